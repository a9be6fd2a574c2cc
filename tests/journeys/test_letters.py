"""The customer takes the talk along by mail; an administrator tries whether mail goes out."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from dryfly.platform.mail import Mailer, Tls
from tests.journeys.conftest import Town
from tests.journeys.looks import look_right, look_right_everywhere
from tests.smtp import Post, post_office


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as post:
        yield post


@pytest.fixture
def mailer(post: Post) -> Mailer:
    return Mailer("127.0.0.1", post.port, Tls.NONE, "Shop <hello@shop.example>")


async def test_the_customer_has_the_talk_by_mail(town: Town, post: Post) -> None:
    customer = await town.customer()
    bob = await town.house.desk("bob")
    await customer.writes("where is my order?")
    await customer.sees("where is my order?")
    contact = await bob.takes()
    await customer.sees("Bob has joined.")
    await bob.says(contact, "It arrives on Monday.")
    await bob.finishes(contact)
    await customer.sees("This talk is closed.")
    panel = customer.panel
    await panel.get_by_role("button", name="Save", exact=True).press("Enter")
    address = panel.get_by_label("Your e-mail address")
    await address.fill("nora@example")
    town.watcher.allows("transcript/mail")  # the browser says that a request was refused
    await address.press("Enter")
    await expect(panel.get_by_role("alert")).to_have_text("Write an e-mail address such as anna@shop.example.")
    await look_right_everywhere(customer.page)
    await address.fill("nora@example.com")
    await panel.get_by_role("button", name="Send", exact=True).last.press("Enter")
    await expect(panel.get_by_text("It is on its way to n***@example.com.")).to_be_visible()
    letter = await post.has(1)
    assert letter["To"] == "nora@example.com"
    assert re.search(r"You\s+where is my order\?.*Bob\s+It arrives on Monday\.", letter.get_content(), re.DOTALL)


async def test_an_administrator_tries_the_mail(town: Town, post: Post) -> None:
    ada = await town._at_desk(await town.house.person("ada", "administrator"), None, ready=False)
    await ada.page.goto(f"{town.house.base}/desk/#/setup/channels")
    card = ada.page.get_by_role("region", name="Letters to customers")
    await expect(card).to_contain_text("From Shop <hello@shop.example>, by 127.0.0.1")
    await card.get_by_role("button", name="Send a test letter to me").press("Enter")
    await expect(card.get_by_role("status")).to_have_text("The mail server has taken it for ada@example.org.")
    assert (await post.has(1))["To"] == "ada@example.org"
    post.answer = "550 No such person"
    town.watcher.allows("setup/mail/test")
    await card.get_by_role("button", name="Send a test letter to me").press("Enter")
    await expect(card.get_by_role("alert")).to_have_text("It did not go out: 550 No such person")
    await look_right(ada.page)
    await ada.page.goto(f"{town.house.base}/desk/#/setup/audit")
    await expect(ada.page.get_by_text("tested").first).to_be_visible()

"""A visitor's own talk by mail: to whom they say, or to the customer's own address on file; a few, and never twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from dryfly.channels.web.letters import JOB, letter_worker
from dryfly.channels.web.words import WhoTalked
from dryfly.conversations.record import SYSTEM
from dryfly.floor.model import ContactId, CustomerId
from dryfly.ledger import CommandId
from dryfly.platform.clock import HandClock
from dryfly.platform.jobs import JobRunner
from dryfly.platform.mail import Mailer, Tls
from dryfly.service import site as service_site
from tests.people import Visitor
from tests.service.conftest import MAIN, House
from tests.smtp import Post, post_office

LETTERS = "select letter, recipient, permit_rule, state, reason from letter order by asked_at, letter"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as post:
        yield post


@pytest.fixture
def mailer(post: Post) -> Mailer:
    return Mailer("127.0.0.1", post.port, Tls.NONE, "Shop <hello@shop.example>")


async def asks(house: House, visitor: Visitor, to: str | None = "ann@example.com", **asked: Any) -> httpx.Response:
    headers = {"x-dryfly-resume": visitor.welcome["resume"], "origin": house.base}
    async with httpx.AsyncClient(base_url=house.base, headers=headers) as client:
        return await client.post("/widget/main/transcript/mail", json={"to": to, **asked})


async def is_offered(house: House, visitor: Visitor) -> str | None:
    async with httpx.AsyncClient(base_url=house.base) as client:
        headers = {"x-dryfly-resume": visitor.welcome["resume"]}
        offer: str | None = (await client.get("/widget/main/transcript/mail", headers=headers)).json()["on_file"]
    return offer


async def letters(house: House) -> list[Any]:
    async with house.server.db.site(MAIN) as conn:
        return list(await conn.fetch(LETTERS))


async def until_state(house: House, state: str) -> None:
    async with asyncio.timeout(20):
        while [row["state"] for row in await letters(house)] != [state]:
            await asyncio.sleep(0.02)


async def by_hand(house: House) -> tuple[JobRunner, HandClock]:
    """The house's jobs, done when we say so, at a time that we turn."""
    for task in asyncio.all_tasks():
        if task.get_name() == "jobs":
            task.cancel()
    server, clock = house.server, HandClock(house.server.clock.now())
    return JobRunner(server.db, [letter_worker(server._letters, server.mailer)], clock), clock


async def a_talk(house: House) -> Visitor:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("my card is 4111 1111 1111 1111")
    contact = await bob.takes()
    await bob.says(contact, "never mind\n.\nBcc: eve@evil.example")
    await bob.finishes(contact)
    await ann.stands_at("closed")
    return ann


async def test_the_talk_arrives_in_the_readers_language(house: House, post: Post) -> None:
    ann = await a_talk(house)
    assert ann.welcome["mails"]
    answer = await asks(house, ann, language="de-AT", zone="Asia/Tokyo")
    assert (answer.status_code, answer.json()) == (202, {"to": "a***@example.com"})
    letter = await post.has(1)
    text = letter.get_content().replace("\r\n", "\n")
    assert letter["To"] == "ann@example.com"
    assert "Uhrzeiten: Asia/Tokyo" in text
    said = [
        "Sie\nmy card is •••• 1111",
        "Bob ist dazugekommen.",
        "Bob\nnever mind\n.\nBcc: eve@",
        "Dieses Gespräch ist beendet.",
    ]
    places = [text.index(part) for part in said]
    assert places == sorted(places)
    assert letter["Bcc"] is None
    await until_state(house, "sent")
    [row] = await letters(house)
    assert (row["permit_rule"], row["state"]) == ("transcript_asked_for", "sent")
    assert row["recipient"] is None, "the address is forgotten when the letter is out"


async def test_only_the_visitors_page_can_ask(house: House, post: Post) -> None:
    await a_talk(house)
    eve = await house.visitor()
    nothing_said = await asks(house, eve)
    nobody = httpx.AsyncClient(base_url=house.base, headers={"origin": house.base})
    foreign = httpx.AsyncClient(base_url=house.base, headers={"origin": "https://evil.example"})
    async with nobody, foreign:
        secretless = await nobody.post("/widget/main/transcript/mail", json={"to": "ann@example.com"})
        stranger = await foreign.post("/widget/main/transcript/mail", json={"to": "ann@example.com"})
    assert nothing_said.json()["error"]["code"] == "no_contact"
    assert (secretless.json()["error"]["code"], stranger.json()["error"]["code"]) == (
        "resume_missing",
        "foreign_origin",
    )
    assert (await letters(house), post.letters) == ([], [])


async def test_what_is_no_address_is_refused_with_a_code(house: House, post: Post) -> None:
    ann = await a_talk(house)
    for to in ("", "ann", "ann@example.com\r\nBcc: eve@evil.example", "a@b.example, c@d.example", "x" * 100_000):
        assert (await asks(house, ann, to)).json()["error"]["code"] == "email_wrong"
    assert (await asks(house, ann, None)).json()["error"]["code"] == "gate_not_proved", "nothing is on file"
    assert await letters(house) == []


async def test_the_address_on_file_is_the_proved_customers(
    house: House, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await a_talk(house)
    who = WhoTalked(CustomerId("k1"), False, "nora@example.com")

    async def who_talked(*_: object) -> WhoTalked:
        return who

    monkeypatch.setattr(service_site, "who_talked", who_talked)
    assert await is_offered(house, ann) is None
    assert (await asks(house, ann, None)).json()["error"]["code"] == "gate_not_proved"
    who = WhoTalked(CustomerId("k1"), True, "nora@example.com")
    assert await is_offered(house, ann) == "n***@example.com"
    assert (await asks(house, ann, None)).json() == {"to": "n***@example.com"}
    assert (await post.has(1))["To"] == "nora@example.com"


async def test_who_talked_is_read_from_the_history(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = ContactId(await bob.takes())
    assert await house.site.who_talked(contact) == WhoTalked()
    for level, is_proved in ((2, False), (3, True)):
        await house.site.recorder.identify(CommandId(ann.new_id()), contact, CustomerId("k1"), level, SYSTEM)
        assert await house.site.who_talked(contact) == WhoTalked(CustomerId("k1"), is_proved)


async def test_three_letters_an_hour(house: House, post: Post) -> None:
    ann = await a_talk(house)
    for count in range(3):
        assert (await asks(house, ann, f"ann{count}@example.com")).status_code == 202
    refused = await asks(house, ann, "ann4@example.com")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "gate_too_many_letters")
    eve = await house.visitor()
    await eve.writes("hello")
    for _ in range(3):
        assert (await asks(house, eve, "Bob@example.com")).status_code == 202
    dan = await house.visitor()
    await dan.writes("hello")
    assert (await asks(house, dan, "bob@example.com")).status_code == 429, "nobody is written to more often either"
    assert (await asks(house, dan, "dan@example.com")).status_code == 202
    async with house.server.db.site(MAIN) as conn:
        await conn.execute("update letter set asked_at = asked_at - interval '1 hour'")
    assert (await asks(house, ann, "ann4@example.com")).status_code == 202


async def test_refused_for_good_it_ends_at_once_and_says_why(house: House, post: Post) -> None:
    post.answer = "550 No such person here"
    ann = await a_talk(house)
    await asks(house, ann)
    await until_state(house, "failed")
    [row] = await letters(house)
    assert (row["reason"], row["recipient"]) == ("550 No such person here", None)
    assert post.letters == []
    sue = {"cookie": await house.person("sue", "supervisor")}
    async with httpx.AsyncClient(base_url=house.base, headers=sue) as client:
        mail = (await client.get("/api/setup/status/")).json()["mail"]
    assert (mail["failed_count"], mail["failed_reason"]) == (1, "550 No such person here")


async def test_refused_for_a_while_it_is_sent_once_later_and_given_up_in_the_end(house: House, post: Post) -> None:
    post.answer = "450 Later"
    ann = await a_talk(house)
    runner, clock = await by_hand(house)
    await asks(house, ann)
    for _ in range(3):
        clock.turn(7_200)
        await runner.run_due()
    assert [row["state"] for row in await letters(house)] == ["waiting"]
    post.answer = "250 OK"
    clock.turn(7_200)
    await runner.run_due()
    await runner.run_due()
    assert [row["state"] for row in await letters(house)] == ["sent"]
    assert len(post.letters) == 1
    post.answer = "450 Later"
    await asks(house, ann)
    for _ in range(20):
        clock.turn(7_200)
        await runner.run_due()
    assert sorted(row["state"] for row in await letters(house)) == ["failed", "sent"]
    async with house.server.db.site(MAIN) as conn:
        assert await conn.fetchval("select count(*) from jobs where kind = $1 and state = 'dead'", JOB) == 1

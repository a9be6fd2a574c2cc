"""One customer writes on two pages: their agent makes it one talk, and parts it again."""

import httpx
import pytest

from dryfly.floor.model import ContactId, CustomerId, IdentifyCustomer
from tests.people import AgentDesk, Frame, Refused, Visitor
from tests.service.conftest import House, a_queue


async def identify(house: House, contact: str, customer: str = "k1") -> None:
    await house.site.submit(IdentifyCustomer(ContactId(contact), CustomerId(customer), 2), "system:test")


@pytest.fixture
async def maja(house: House) -> AgentDesk:
    await house.set_up(a_queue("general"))
    return await house.desk("maja")


async def talks_to(house: House, desk: AgentDesk, text: str, customer: str | None = "k1") -> tuple[Visitor, str]:
    """Somebody's page, and the talk of it that the desk serves."""
    page = await house.visitor()
    await page.writes(text)
    contact = await desk.takes()
    if customer is not None:
        await identify(house, contact, customer)
    return page, contact


async def page_of(house: House, desk: AgentDesk, contact: str) -> Frame:
    cookie = desk._headers["Cookie"]
    async with httpx.AsyncClient(base_url=house.base, headers={"Cookie": cookie}, trust_env=False) as client:
        page: Frame = (await client.get(f"/api/talks/{contact}")).raise_for_status().json()
        return page


async def test_two_pages_are_one_talk_and_the_answer_goes_where_the_customer_wrote_last(
    house: House, maja: AgentDesk
) -> None:
    phone, first = await talks_to(house, maja, "Where is my parcel?")
    laptop, second = await talks_to(house, maja, "Hello, me again.")
    await maja.ask("merge", contact=second, into=first)
    await maja.until(lambda: list(maja.talks) == [first])
    assert [merged["contact"] for merged in maja.talks[first]["merged"]] == [second]
    assert laptop.stage == phone.stage == "agent"

    await laptop.writes("It is order 12.")
    await maja.until(lambda: "It is order 12." in maja.said_in(first))
    assert maja.messages[first][-1]["via"] == second
    await maja.says(first, "It comes today.")
    await laptop.sees("It comes today.")
    assert "It comes today." not in phone.heard("agent")
    await phone.writes("Thank you!")
    await maja.until(lambda: "Thank you!" in maja.said_in(first))
    await maja.says(first, "You are welcome.")
    await phone.sees("You are welcome.")

    page = await page_of(house, maja, first)
    said = [(message["text"], message["via"]) for message in page["messages"] if message["author"] != "system"]
    assert said == [
        ("Where is my parcel?", None),
        ("Hello, me again.", second),
        ("It is order 12.", second),
        ("It comes today.", second),
        ("Thank you!", None),
        ("You are welcome.", None),
    ]


async def test_the_talk_ends_on_both_pages_and_is_read_as_one_afterwards(house: House, maja: AgentDesk) -> None:
    phone, first = await talks_to(house, maja, "Where is my parcel?")
    laptop, second = await talks_to(house, maja, "Hello, me again.")
    await maja.ask("merge", contact=second, into=first)
    await maja.says(first, "It comes today.")
    await maja.finishes(first)
    await phone.stands_at("closed")
    await laptop.stands_at("closed")
    assert laptop.talk["messages"], "what was said there stays there"
    await house.site.followers["talks"].reached(house.site.ledger.durable, 10)
    page = await page_of(house, maja, first)
    assert [merged["contact"] for merged in page["talk"]["merged"]] == [second]
    assert "Hello, me again." in [message["text"] for message in page["messages"]]
    assert (await page_of(house, maja, second))["talk"]["main"] == first


async def test_parted_both_are_talks_of_their_own_with_what_was_said_there(house: House, maja: AgentDesk) -> None:
    _, first = await talks_to(house, maja, "Where is my parcel?")
    laptop, second = await talks_to(house, maja, "Hello, me again.")
    await maja.ask("merge", contact=second, into=first)
    await laptop.writes("It is order 12.")
    await maja.ask("unmerge", contact=second)
    await maja.until(lambda: set(maja.talks) == {first, second})
    assert maja.talks[second]["reply_due_at"] is not None
    assert maja.talks[first]["merged"] == []
    said = [message["text"] for message in (await page_of(house, maja, second))["messages"] if message["text"]]
    assert said == ["Hello, me again.", "It is order 12."]
    assert "It is order 12." not in [message["text"] for message in (await page_of(house, maja, first))["messages"]]


async def test_a_page_whose_talk_was_merged_comes_back_to_it(house: House, maja: AgentDesk) -> None:
    _, first = await talks_to(house, maja, "Where is my parcel?")
    laptop, second = await talks_to(house, maja, "Hello, me again.")
    await maja.ask("merge", contact=second, into=first)
    await laptop.lose_connection()
    laptop.last = None
    await laptop.comes()
    assert (laptop.stage, laptop.talk["agent_name"]) == ("agent", "Maja")
    await laptop.writes("Still there?")
    await maja.until(lambda: "Still there?" in maja.said_in(first))


async def test_an_answer_sent_again_is_the_same_answer_wherever_the_customer_wrote_since(
    house: House, maja: AgentDesk
) -> None:
    phone, first = await talks_to(house, maja, "Where is my parcel?")
    laptop, second = await talks_to(house, maja, "Hello, me again.")
    await maja.ask("merge", contact=second, into=first)
    await laptop.writes("Here I am.")
    id = maja.new_id()
    before = await maja.ask("say", id, contact=first, text="Good.")
    await phone.writes("And here.")
    assert (await maja.ask("say", id, contact=first, text="Good."))["seq"] == before["seq"]
    assert phone.heard("agent").count("Good.") == 0


async def test_strangers_are_not_merged_and_a_visitor_only_when_it_was_confirmed(house: House, maja: AgentDesk) -> None:
    _, first = await talks_to(house, maja, "Where is my parcel?")
    _, other = await talks_to(house, maja, "I am Ben.", "k2")
    _, visitor = await talks_to(house, maja, "It is me, on the phone.", None)
    with pytest.raises(Refused, match="different_customers"):
        await maja.ask("merge", contact=other, into=first, confirmed=True)
    with pytest.raises(Refused, match="merge_unconfirmed"):
        await maja.ask("merge", contact=visitor, into=first)
    await maja.ask("merge", contact=visitor, into=first, confirmed=True)
    await maja.until(lambda: visitor not in maja.talks)


async def test_nobody_merges_or_parts_what_they_may_not_read_and_a_supervisor_all(
    house: House, maja: AgentDesk
) -> None:
    _, first = await talks_to(house, maja, "Where is my parcel?")
    await maja.ask("presence", presence="away")
    tom = await house.desk("tom")
    _, second = await talks_to(house, tom, "Hello, me again.")
    _, stranger = await talks_to(house, tom, "I am Ben.", "k2")
    with pytest.raises(Refused, match="served_by_another"):
        await maja.ask("merge", contact=second, into=first)
    with pytest.raises(Refused, match="talk_exists_not"):
        await maja.ask("merge", contact=stranger, into=first)
    sue = await house.desk_of(await house.person("sue", "supervisor"))
    await sue.ask("merge", contact=second, into=first)
    await tom.until(lambda: second not in tom.talks)
    await maja.until(lambda: len(maja.talks[first]["merged"]) == 1)
    with pytest.raises(Refused, match="not_your_contact"):
        await tom.ask("unmerge", contact=second)
    await sue.ask("unmerge", contact=second)
    await maja.until(lambda: second in maja.talks)


async def test_of_two_merges_at_once_one_holds(house: House, maja: AgentDesk) -> None:
    _, first = await talks_to(house, maja, "Where is my parcel?")
    _, second = await talks_to(house, maja, "Hello, me again.")
    await maja.ask("merge", contact=second, into=first)
    with pytest.raises(Refused, match="already_merged"):
        await maja.ask("merge", contact=first, into=second)
    with pytest.raises(Refused, match="contact_is_merged"):
        await maja.ask("finish", contact=second)

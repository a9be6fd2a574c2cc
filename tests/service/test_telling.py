"""What a talk says by itself: both sides see it at once and after a reload, and nothing counts it as a message."""

import httpx

from tests.service.conftest import House, a_queue


async def test_who_came_and_that_it_is_over(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await ann.until(lambda: ann.told == ["agent_joined Bob"])
    await bob.until(lambda: bob.told.get(contact) == ["agent_joined"])
    assert (bob.talks[contact]["unread_count"], bob.talks[contact]["last_text"]) == (1, "hello")
    await bob.says(contact, "good morning")
    await bob.finishes(contact)
    await ann.until(lambda: len(ann.told) == 2)
    shown, ann.last = ann.talk["messages"], None
    await ann.close()
    await ann.comes()
    assert ann.talk["messages"] == shown, "told as it happened, and read again, it is the same"
    assert ann.told == ["agent_joined Bob", "closed"], "wrapping up tells it once"


async def test_passed_on_by_one_and_taken_by_another(house: House) -> None:
    await house.set_up(a_queue("returns"))
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    eve = await house.desk("eve")
    await bob.ask("transfer", contact=contact, to_queue="returns")
    await eve.takes()
    await ann.until(lambda: ann.told == ["agent_joined Bob", "passed_on", "agent_joined Eve"])


async def test_the_customer_is_told_only_of_who_may_write_to_them(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    eve = await house.desk("eve")
    for role in ("consulted", "invited"):
        await bob.ask("ask_colleague", contact=contact, colleague="eve", role=role)
        await eve.ask("accept_request", contact=contact)
        await eve.ask("part", contact=contact)
    await ann.until(lambda: ann.told == ["agent_joined Bob", "agent_joined Eve", "agent_left Eve"])


async def test_a_talk_that_goes_on_says_so(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await bob.ask("park", contact=contact)
    await ann.writes("one thing more")
    await ann.until(lambda: ann.told == ["agent_joined Bob", "came_back"])


async def test_a_transcript_has_them_in_their_place(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await bob.says(contact, "good morning")
    await ann.ask("leave")
    async with httpx.AsyncClient(base_url=house.base) as client:
        answer = await client.get("/widget/main/transcript", headers={"x-dryfly-resume": ann.welcome["resume"]})
    lines = [message["code"] or message["text"] for message in answer.json()["messages"]]
    assert lines == ["hello", "agent_joined", "good morning", "closed"]


async def test_an_open_desk_sees_the_answer_after_the_talk(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await bob.finishes(contact)
    await bob.send({"do": "look", "contact": contact})
    await bob.has_seen_everything()
    await ann.stands_at("closed")
    await ann.ask("rate", score=4, text="quick")
    await bob.until(lambda: contact in bob.surveys)
    eve = await house.desk("eve")
    await eve.has_seen_everything()
    async with httpx.AsyncClient(base_url=house.base, headers={"cookie": bob._headers["Cookie"]}) as client:
        page = (await client.get(f"/api/talks/{contact}")).json()
    assert page["survey"] == bob.surveys[contact], "what is pushed is what a fresh page has"
    assert (page["survey"]["score"], page["survey"]["text"]) == (4, "quick")
    assert eve.surveys == {}, "who does not read the talk is told nothing"

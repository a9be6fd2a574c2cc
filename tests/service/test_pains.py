"""What people who run contact centres complain about, and that it does not happen here.

The pains are the most frequent threads about other systems; their numbers are in the test names. Those that have
whole files of their own: 12 wrong numbers (tests/insight), 14 one person with many addresses (tests/customers), 18
upgrades (tests/ledger/test_old_journals.py), 20 surveys (tests/channels), 21 rules of going out (tests/gate), 25 a
heavy widget (web/tests/budgets.test.ts).
"""

import asyncio

import pytest

from dryfly.conversations.record import BOT, Said
from dryfly.floor.model import AgentId, AuthorKind, ContactId, CustomerId, IdentifyCustomer
from dryfly.ledger import CommandId
from dryfly.platform.errors import CallerError
from dryfly.setup.model import Agent
from tests.people import Refused, Visitor
from tests.service.conftest import House, a_queue, a_skill


async def waiting(house: House, text: str = "hello") -> Visitor:
    visitor = await house.visitor()
    await visitor.writes(text)
    await visitor.stands_at("waiting")
    return visitor


async def test_pain_02_who_comes_while_everybody_is_busy_waits_in_a_real_line(house: House) -> None:
    bob = await house.desk("bob", chats_max=1)
    first = await house.visitor()
    await first.writes("first")
    contact = await bob.takes()
    second, third = await waiting(house, "second"), await waiting(house, "third")
    await bob.finishes(contact)
    assert (await bob.is_offered())["talk"]["last_text"] == "second"
    await bob.finishes(await bob.takes())
    assert (await bob.is_offered())["talk"]["last_text"] == "third"
    assert (second.stage, third.stage) == ("closed", "waiting")


async def test_pain_03_the_customer_is_told_the_place_in_line(house: House) -> None:
    first, second = await waiting(house), await waiting(house)
    await first.until(lambda: first.talk["place"] == 1)
    await second.until(lambda: second.talk["place"] == 2)
    await first.ask("leave")
    await second.until(lambda: second.talk["place"] == 1)


async def test_pain_04_the_agent_with_the_skill_is_asked(house: House) -> None:
    await house.set_up(a_skill("returns"), a_queue("general", requires={"returns": 4}))
    eve = await house.desk("eve", {"returns": 2})
    bob = await house.desk("bob", {"returns": 5})
    await (await house.visitor()).writes("I want to send it back")
    await bob.is_offered()
    assert not eve.offers


async def test_pain_05_an_offer_that_nobody_answers_is_taken_back(house: House) -> None:
    await house.set_up(a_queue("general", offer_timeout_s=1))
    bob = await house.desk("bob")
    await (await house.visitor()).writes("hello")
    await bob.is_offered()
    eve = await house.desk("eve")
    await eve.is_offered()
    assert not bob.offers


async def test_pain_06_limits_hold_however_many_come_at_once(house: House) -> None:
    bob = await house.desk("bob", chats_max=2, auto_accept=True)
    visitors = [await house.visitor() for _ in range(12)]
    await asyncio.gather(*(visitor.writes("hello") for visitor in visitors))
    await bob.has_seen_everything()
    assert len(bob.talks) == 2
    assert sorted(visitor.stage for visitor in visitors).count("waiting") == 10


async def test_pain_07_who_writes_again_after_hours_is_not_given_to_somebody_who_left(house: House) -> None:
    await house.set_up(a_queue("general", owner_patience_s=0))
    bob, eve = await house.desk("bob"), await house.desk("eve", ready=False)
    ann = await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await bob.says(contact, "I look into it.")
    await bob.ask("park", contact=contact)
    await bob.ask("presence", presence="offline")
    await eve.ask("presence", presence="ready")
    await ann.writes("any news?")
    assert (await eve.is_offered())["talk"]["contact"] == contact


async def test_pain_08_nothing_is_missed_by_who_was_away_for_a_while(house: House) -> None:
    bob = await house.desk("bob")
    ann = await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await bob.lose_connection()
    for number in range(5):
        await ann.writes(f"word {number}")
    await bob.open()
    await bob.until(lambda: bob.said_in(contact)[-5:] == [f"word {number}" for number in range(5)])
    assert not bob.gaps


async def test_pain_09_the_line_is_seen_without_a_reload(house: House) -> None:
    sue = await (await house.desk_of(await house.person("sue", "supervisor"))).looks_at_floor()
    await waiting(house)
    await sue.until(lambda: sue.board.queues["general"]["waiting_count"] == 1)


async def test_pain_10_a_supervisor_frees_what_is_stuck(house: House) -> None:
    bob = await house.desk("bob")
    sue = await house.desk_of(await house.person("sue", "supervisor"))
    ann = await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await bob.ask("presence", presence="away")
    with pytest.raises(Refused, match="supervisors"):
        await bob.ask("release", contact=contact, queue="general")
    await sue.ask("release", contact=contact, queue="general")
    eve = await house.desk("eve")
    assert (await eve.is_offered())["talk"]["contact"] == contact
    assert contact not in bob.talks


async def test_pain_13_two_talks_of_one_customer_become_one_and_two_again(house: House) -> None:
    await house.set_up(a_queue("general"))
    bob = await house.desk("bob")
    contacts, pages = [], []
    for text in ("where is my lamp?", "me again"):
        pages.append(await writes_from_a_page(house, text))
        contacts.append(await bob.takes())
        known = IdentifyCustomer(ContactId(contacts[-1]), CustomerId("ann"), 2)
        await house.site.submit(known, "system:test")
    first, second = contacts
    await bob.ask("merge", contact=second, into=first)
    await bob.says(first, "it comes today")
    await pages[1].sees("it comes today")
    await bob.ask("unmerge", contact=second)
    await bob.until(lambda: set(bob.talks) == {first, second})


async def writes_from_a_page(house: House, text: str) -> Visitor:
    visitor = await house.visitor()
    await visitor.writes(text)
    return visitor


async def test_pain_22_somebody_on_a_break_is_asked_nothing(house: House) -> None:
    bob = await house.desk("bob")
    await bob.ask("presence", presence="away", reason="break")
    await waiting(house)
    await bob.has_seen_everything()
    assert not bob.offers
    await bob.ask("presence", presence="ready")
    await bob.is_offered()


async def test_pain_23_who_else_is_in_the_talk_is_seen(house: House) -> None:
    bob = await house.desk("bob")
    await house.set_up(Agent(AgentId("sue"), "Sue"))
    sue = await house.desk_of(await house.person("sue", "supervisor", "sue"))
    ann = await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await sue.ask("join", contact=contact, role="listening")
    await bob.until(lambda: [other["name"] for other in bob.talks[contact]["participants"]] == ["Sue"])
    await sue.ask("part", contact=contact)
    await bob.until(lambda: not bob.talks[contact]["participants"])


async def test_pain_24_once_a_person_is_wanted_the_bot_is_silent(house: House) -> None:
    ann = await waiting(house)
    said = Said(ContactId(ann.talk["contact"]), "May I help meanwhile?", AuthorKind.BOT)
    with pytest.raises(CallerError) as refused:
        await house.site.recorder.say(CommandId(ann.new_id()), said, BOT)
    assert refused.value.code == "bot_is_silent"
    assert ann.heard("bot") == []

"""The path that everything stands on: a customer writes, is served by the right agent, and it ends well."""

import asyncio
import contextlib

import pytest

from dryfly.conversations.record import BOT, Said
from dryfly.floor.model import AgentId, AuthorKind
from dryfly.ledger import CommandId
from tests.people import Refused
from tests.service.conftest import House, a_queue, a_skill


async def test_first_word_to_wrap_up(house: House) -> None:
    bob = await house.desk("bob")
    ann = await house.visitor()
    await ann.writes("hello, is anybody there?")
    contact = await bob.takes()
    await ann.stands_at("agent")
    assert ann.talk["agent_name"] == "Bob"
    await bob.says(contact, "Good morning Ann")
    await ann.sees("Good morning Ann")
    await ann.writes("my parcel is late")
    await bob.until(lambda: "my parcel is late" in bob.said_in(contact))
    await bob.finishes(contact, note="will look into it")
    await ann.stands_at("closed")
    await bob.until(lambda: contact not in bob.talks)
    assert ann.lines == [
        ("customer", "hello, is anybody there?"),
        ("agent", "Good morning Ann"),
        ("customer", "my parcel is late"),
    ]


async def test_after_the_end_the_next_word_begins_a_new_contact(house: House) -> None:
    bob = await house.desk("bob")
    ann = await house.visitor()
    await ann.writes("first")
    await bob.finishes(await bob.takes())
    await ann.stands_at("closed")
    await ann.writes("second")
    again = await bob.takes()
    assert ann.lines == [("customer", "second")]
    assert bob.talks[again]["last_text"] == "second"


async def test_a_declined_offer_goes_to_somebody_else(house: House) -> None:
    bob, eve = await house.desk("bob"), await house.desk("eve")
    ann = await house.visitor()
    await ann.writes("hello")
    await bob.until(lambda: bool(bob.offers) or bool(eve.offers))
    first, second = (bob, eve) if bob.offers else (eve, bob)
    await first.ask("decline", offer=next(iter(first.offers)))
    await second.takes()
    assert not first.offers


async def test_a_transfer_takes_the_whole_story_along(house: House) -> None:
    await house.set_up(a_skill("returns"), a_queue("returns", requires={"returns": 3}))
    bob = await house.desk("bob")
    eve = await house.desk("eve", {"returns": 5}, ready=False)
    ann = await house.visitor()
    await ann.writes("I want to return it")
    contact = await bob.takes()
    await bob.ask("fact", contact=contact, key="order", value="W1234567")
    await eve.ask("presence", presence="ready")
    await bob.ask("transfer", contact=contact, to_queue="returns", note="broken on arrival")
    await bob.until(lambda: contact not in bob.talks)
    assert await eve.takes() == contact
    await eve.says(contact, "I have your order before me")
    await ann.sees("I have your order before me")


async def test_only_the_owner_speaks(house: House) -> None:
    bob, eve = await house.desk("bob"), await house.desk("eve", ready=False)
    ann = await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    with pytest.raises(Refused, match="not_your_contact"):
        await eve.says(contact, "hello from nobody")
    with pytest.raises(Refused, match="not_allowed"):
        await eve.ask("take_over", contact=contact)
    with pytest.raises(Refused, match="not_your_contact"):
        await eve.ask("note", contact=contact, text="gossip")


async def test_a_card_number_is_never_stored(house: House) -> None:
    bob = await house.desk("bob")
    ann = await house.visitor()
    await ann.writes("my card is 4111 1111 1111 1111, thanks")
    contact = await bob.takes()
    assert "4111" not in bob.talks[contact]["last_text"]
    async with house.server.db.site("main") as conn:
        stored = [row["text"] for row in await conn.fetch("select text from message")]
    assert stored == ["my card is •••• 1111, thanks"]


async def test_who_waits_knows_their_place(house: House) -> None:
    ann, eve = await house.visitor(), await house.visitor()
    await ann.writes("I was first")
    await eve.writes("I am second")
    await eve.until(lambda: eve.talk["place"] == 2)
    await ann.ask("leave")
    await eve.until(lambda: eve.talk["place"] == 1)


async def test_the_bots_lock_is_the_floors(house: House) -> None:
    """A bot that is late with its answer finds that a person is wanted."""
    ann = await house.visitor()
    await ann.writes("hello")
    contact = ann.talk["contact"]
    said = Said(contact, "I have an answer after all", AuthorKind.BOT)
    with pytest.raises(Exception, match="bot_is_silent"):
        await house.site.recorder.say(CommandId(ann.new_id()), said, BOT)


async def test_after_the_store_was_away_the_floor_knows_whose_desks_are_open(house: House) -> None:
    bob = await house.desk("bob")
    async with house.server.db.site("*") as conn:
        await conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dryfly-writer-main'"
        )
    ann = await house.visitor()
    with contextlib.suppress(Refused):
        await ann.writes("hello")  # the first to find out that the writer's connection is gone
    await bob.until(lambda: bob.bye is not None)  # nobody knows what was seen: say hello again

    def is_gone() -> bool:
        return house.site.ledger.peek(lambda state: state.agents[AgentId("bob")].grace_until is not None)

    async with asyncio.timeout(10):
        while not is_gone():
            await asyncio.sleep(0.01)
    bob.last = None
    await bob.open()
    assert not is_gone()

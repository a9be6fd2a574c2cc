"""Waiting well, over the sockets: how long it takes, what was promised, and the place that is kept."""

import pytest

from dryfly.floor.model import Channel, ContactId, HearCustomer, MessageId, QueueId
from dryfly.ledger import Actor, CommandId, Submission
from dryfly.waiting.estimates import Waiting
from dryfly.waiting.model import Band
from tests.people import AgentDesk, Visitor
from tests.service.conftest import MAIN, House, a_queue

GENERAL = QueueId("general")


async def in_line(house: House, count: int) -> list[Visitor]:
    """So many who wait, the first of them first."""
    found = []
    for number in range(1, count + 1):
        visitor = await house.visitor()
        await visitor.writes(f"number {number}")
        await visitor.until(lambda visitor=visitor, number=number: visitor.talk.get("place") == number)  # type: ignore[misc]
        found.append(visitor)
    return found


def tells(house: House, monkeypatch: pytest.MonkeyPatch, p50_s: float, p80_s: float) -> None:
    monkeypatch.setattr(house.site.waiting, "estimate", lambda *_: Band(p50_s, p80_s))


async def shown(visitor: Visitor, from_min: int, to_min: int, because: str = "") -> None:
    wanted = {"from_s": from_min * 60, "to_s": to_min * 60, "because": because}
    await visitor.until(lambda: visitor.talk.get("wait") == wanted, 20)


async def reloads(visitor: Visitor) -> None:
    await visitor.close()
    visitor.last = None
    await visitor.comes()


async def a_hand(house: House, name: str) -> AgentDesk:
    """An agent who served the queue a moment ago, and serves a customer now."""
    desk = await house.desk(name, chats_max=1)
    await (await house.visitor()).writes("hello")
    await desk.takes()
    return desk


async def test_once_some_were_answered_who_waits_is_told_how_long_it_takes(house: House) -> None:
    line = await in_line(house, 5)
    assert line[0].talk["wait"] is None, "nobody was answered yet: nobody can say"
    bob = await house.desk("bob", chats_max=1)
    for _ in range(3):
        await bob.finishes(await bob.takes())
    await line[4].until(lambda: line[4].talk["wait"] is not None, 20)
    assert line[4].talk["wait"]["from_s"] < line[4].talk["wait"]["to_s"]
    await house.site.followers["waiting"].reached(house.site.ledger.durable, 20)
    async with house.server.db.site(MAIN) as conn:
        rows = await conn.fetch("select is_answered, cardinality(signs) as count from waiting_entry order by queued_at")
    assert [row["is_answered"] for row in rows] == [True, True, True, None, None]
    assert {row["count"] for row in rows} == {37}


async def test_who_leaves_is_written_down_as_having_waited_at_least_so_long(house: House) -> None:
    ann, _ = await in_line(house, 2)
    await ann.ask("leave")
    await house.site.followers["waiting"].reached(house.site.ledger.durable, 20)
    async with house.server.db.site(MAIN) as conn:
        rows = await conn.fetch("select is_answered from waiting_entry order by queued_at")
    assert [row["is_answered"] for row in rows] == [False, None]


async def test_a_promise_gets_longer_only_with_a_cause_that_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = await a_hand(house, "bob")
    tells(house, monkeypatch, 130, 290)
    ann = (await in_line(house, 1))[0]
    await shown(ann, 2, 5)
    tells(house, monkeypatch, 600, 890)
    await reloads(ann)
    await shown(ann, 2, 5)
    await bob.ask("presence", presence="away", reason="break")
    await shown(ann, 10, 15, "fewer_agents")
    await reloads(ann)
    await shown(ann, 10, 15, "fewer_agents")


async def test_a_promise_outlives_the_server(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    tells(house, monkeypatch, 130, 290)
    ann = (await in_line(house, 1))[0]
    await shown(ann, 2, 5)
    await house.site.waiting.keep()
    again = Waiting(house.server.db, MAIN)
    await again.start()
    told = again.tell(ContactId(ann.talk["contact"]), GENERAL, 1, house.site.ledger.now())
    assert told is not None
    assert tuple(told.range) == (120, 300)


async def test_the_place_is_kept_over_a_drop_a_reload_and_a_change_of_channel(house: House) -> None:
    ann, eve = await in_line(house, 2)
    contact = ContactId(ann.talk["contact"])
    due = house.site.ledger.peek(lambda state: state.contacts[contact].due_at)
    await ann.lose_connection()
    await ann.comes()
    assert ann.talk["place"] == 1
    await reloads(ann)
    assert ann.talk["place"] == 1
    id = ann.new_id()
    by_mail = HearCustomer(contact, MessageId(id), Channel("mail"))
    await house.site.ledger.submit(Submission(CommandId(id), Actor("customer"), by_mail))
    await reloads(ann)
    assert (ann.talk["place"], eve.talk["place"]) == (1, 2)
    known = house.site.ledger.peek(lambda state: state.contacts[contact])
    assert (known.channel, known.due_at) == ("mail", due)


async def test_the_floor_view_tells_what_somebody_who_comes_now_would_be_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.set_up(a_queue("general"))
    tells(house, monkeypatch, 130, 290)
    sue = await house.desk_of(await house.person("sue", "supervisor"))
    await sue.looks_at_floor()
    await sue.until(lambda: bool(sue.board.queues))
    assert sue.board.queues["general"]["expected"] == {"from_s": 120, "to_s": 300, "learned_days": None}

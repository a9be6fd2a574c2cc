"""What supervisors do about call backs: made now, at another time, called off; and what agents may not."""

from typing import Any

import httpx
import pytest

from dryfly.floor.model import ContactState
from tests.people import AgentDesk, Refused, Visitor
from tests.service.conftest import House, a_queue
from tests.service.test_callbacks import asks, code_of, page_of, waits
from tests.service.test_floor import supervisor

HALF_HOUR_MS = 1_800_000


@pytest.fixture
async def calls(house: House) -> House:
    await house.set_up(a_queue("general", callback_attempts_max=2, callback_retry_s=1, callback_slots_max=2))
    return house


async def slots(house: House, desk: AgentDesk, contact: str) -> list[int]:
    answer = await page_of(house, desk, contact, "/call/slots")
    found: list[int] = answer.raise_for_status().json()["slots"]
    return found


async def booked(house: House, at: int = 0) -> tuple[Visitor, str, int]:
    """Somebody who is promised a call, some half hours ahead."""
    ann = await waits(house)
    contact = str(ann.talk["contact"])
    when = (await _free(house, ann))[at]
    assert (await asks(house, ann, at=when)).status_code == 200
    await ann.stands_at("callback")
    return ann, contact, when


async def _free(house: House, visitor: Visitor) -> list[int]:
    headers = {"x-dryfly-resume": visitor.welcome["resume"]}
    async with httpx.AsyncClient(base_url=house.base, headers=headers) as client:
        told: list[int] = (await client.get("/widget/main/call")).json()["slots"]
    return told


def call_of(desk: AgentDesk, contact: str) -> dict[str, Any] | None:
    found = next((talk for talk in desk.board.talks["talks"] if talk["contact"] == contact), None)
    return found and found["call"]


async def test_the_next_call_stands_first(calls: House) -> None:
    sue = await supervisor(calls)
    _, late, at = await booked(calls, 4)
    _, soon, _ = await booked(calls, 1)
    ann = await waits(calls)
    await asks(calls, ann)
    await sue.send({"do": "look_at_floor", "talks": {"calls": True}})
    await sue.until(lambda: sue.board.contacts == [ann.talk["contact"], soon, late])
    assert call_of(sue, late) == {"at": at, "attempts": 0, "attempts_max": 2}
    await sue.until(lambda: sue.board.counts["calls_count"] == 3)


async def test_a_call_is_moved_and_the_customer_reads_it(calls: House) -> None:
    sue = await supervisor(calls)
    ann, contact, at = await booked(calls)
    free = await slots(calls, sue, contact)
    assert at not in free
    assert all(slot % HALF_HOUR_MS == 0 for slot in free)
    await sue.ask("move_call", contact=contact, at=free[3], seen_at=at)
    await ann.until(lambda: ann.talk["call"]["at"] == free[3])


async def test_one_in_line_is_given_a_time(calls: House) -> None:
    sue = await supervisor(calls)
    ann = await waits(calls)
    await asks(calls, ann)
    contact = str(ann.talk["contact"])
    at = (await slots(calls, sue, contact))[0]
    await sue.ask("move_call", contact=contact, at=at, seen_at=None)
    await ann.stands_at("callback")


async def test_a_call_is_made_before_its_time(calls: House) -> None:
    sue, bob = await supervisor(calls), await calls.desk("bob", ready=False)
    _, contact, _ = await booked(calls)
    await sue.ask("take_over", contact=contact, agent="bob", seen={"owner": None, "queue": "general"})
    await bob.until(lambda: contact in bob.talks)
    assert (await page_of(calls, bob, contact)).json()["number"] == "+493023125000"
    with pytest.raises(Refused, match="no_callback_due"):
        await sue.ask("call_off", contact=contact, seen_at=None)


async def test_called_off_it_is_closed_or_waits_on(calls: House) -> None:
    sue = await supervisor(calls)
    ann, contact, at = await booked(calls)
    ben = await waits(calls)
    await asks(calls, ben)
    await ben.until(lambda: ben.talk["call"]["state"] == "kept")
    id = sue.new_id()
    await sue.ask("call_off", id, contact=contact, seen_at=at)
    await ann.stands_at("closed")
    await sue.ask("call_off", id, contact=contact, seen_at=at)  # sent again: done already
    await sue.ask("call_off", contact=ben.talk["contact"], seen_at=None)
    await ben.until(lambda: ben.talk["call"]["state"] == "")
    assert ben.stage == "waiting"


async def test_of_two_supervisors_the_second_is_told_that_it_is_at_another_time(calls: House) -> None:
    sue, tom = await supervisor(calls), await supervisor(calls, "tom")
    _, contact, at = await booked(calls)
    free = await slots(calls, sue, contact)
    await sue.ask("move_call", contact=contact, at=free[0], seen_at=at)
    with pytest.raises(Refused, match="call_moved"):
        await tom.ask("move_call", contact=contact, at=free[1], seen_at=at)
    with pytest.raises(Refused, match="call_moved"):
        await tom.ask("call_off", contact=contact, seen_at=at)
    state = calls.site.ledger.peek(lambda state: next(iter(state.contacts.values())))
    assert (state.state, state.callback and state.callback.at) == (ContactState.CALLBACK, free[0])


@pytest.mark.parametrize(("at", "code"), [(1, "slot_out_of_range"), (2**62, "slot_out_of_range")])
async def test_times_that_cannot_be_are_refused(calls: House, at: int, code: str) -> None:
    sue = await supervisor(calls)
    _, contact, seen = await booked(calls)
    with pytest.raises(Refused, match=code):
        await sue.ask("move_call", contact=contact, at=at, seen_at=seen)


async def test_agents_neither_see_the_times_nor_move_a_call(calls: House) -> None:
    await supervisor(calls)
    bob = await calls.desk("bob", ready=False)
    _, contact, at = await booked(calls)
    assert code_of(await page_of(calls, bob, contact, "/call/slots")) == "not_allowed"
    with pytest.raises(Refused, match="not_allowed"):
        await bob.ask("move_call", contact=contact, at=at + HALF_HOUR_MS, seen_at=at)
    with pytest.raises(Refused, match="not_allowed"):
        await bob.ask("call_off", contact=contact, seen_at=at)
    sue = await supervisor(calls, "tom")
    assert code_of(await page_of(calls, sue, "nobody", "/call/slots")) == "no_callback_due"

"""Rules tried on yesterday before they are saved: what it tells, who may, and what cannot be told."""

import asyncio
from typing import Any

import httpx
import pytest

from dryfly.floor import model as m
from dryfly.floor.model import AgentId, Channel, ContactId, QueueId, SkillId
from dryfly.ledger import Actor, CommandId, Submission
from dryfly.platform.clock import HandClock
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import new_id
from dryfly.platform.security import guard_of
from dryfly.service.trying import Trials
from tests.service.conftest import MAIN, House, a_queue, a_skill

DAY_S = 86_400
PATH = "/api/setup/queues/orders/trial"
ANYBODY: dict[str, object] = {"spec": {"requirement": [], "service_level_s": 60, "wrap_up_s": 0}}


@pytest.fixture
def house_clock(hand_clock: HandClock) -> HandClock:
    return hand_clock


async def busy_day(house: House, clock: HandClock, pairs: int) -> None:
    """Two customers come at a time for the one who is good at orders; the other agent has nothing to do."""
    ledger = house.site.ledger

    async def do(*commands: m.Command) -> None:
        for command in commands:
            await ledger.submit(Submission(CommandId(new_id(clock.now())), Actor("test"), command))

    needs = {"requires": {"orders": 5}, "service_level_s": 60, "wrap_up_s": 0, "park_after_s": 0}
    await house.set_up(a_skill("orders"), a_queue("orders", **needs))
    for name, skills in (("anna", {SkillId("orders"): 8}), ("ben", {})):
        chats = (m.ChannelCapacity(Channel("web"), 100, 1),)
        await do(m.PutAgent(AgentId(name), m.AgentSpec(skills, channels=chats, auto_accept=True)))
        await do(m.ConnectAgent(AgentId(name)), m.SetPresence(AgentId(name), m.Presence.READY))
    for number in range(pairs):
        both = [ContactId(f"c{number}{half}") for half in "ab"]
        await do(*(m.OpenContact(contact, Channel("web"), queue=QueueId("orders")) for contact in both))
        for contact in both:
            clock.turn(120)
            await ledger.wake_up()
            await do(m.FinishContact(contact, AgentId("anna")))
    clock.turn(DAY_S)


async def asked(house: House, role: str, what: object = ANYBODY, path: str = PATH) -> httpx.Response:
    cookie = await house.person(f"{role}-{new_id(house.server.clock.now()).lower()}", role)
    guard = guard_of(cookie.partition("=")[2])
    headers = {"cookie": cookie, "x-dryfly-guard": guard, "origin": house.base}
    async with httpx.AsyncClient(base_url=house.base, headers=headers, timeout=120) as http:
        return await http.post(path, json=what)


async def test_yesterday_with_other_rules(house: House, hand_clock: HandClock) -> None:
    await busy_day(house, hand_clock, 15)
    before = house.site.ledger.peek(lambda state: state.queues[QueueId("orders")])
    answer = await asked(house, "supervisor")
    assert answer.status_code == 200, answer.text
    trial = answer.json()
    assert (trial["day"], trial["answered_count"]) == ("2026-01-01", 30)
    everybody, *queues = trial["queues"]
    assert everybody["queue"] == ""
    orders = next(found for found in queues if found["queue"] == "orders")
    assert orders["entered_count"] == 30
    level = orders["figures"]["service_level"]
    assert (level["was"], level["before"], level["after"]) == (0.5, 0.5, 1.0)
    assert level["low"] == level["high"] == 0.5
    assert house.site.ledger.peek(lambda state: state.queues[QueueId("orders")]) == before


async def test_a_quiet_day_tells_nothing(house: House, hand_clock: HandClock) -> None:
    await busy_day(house, hand_clock, 2)
    trial = (await asked(house, "administrator")).json()
    assert (trial["queues"], trial["answered_count"], trial["answered_min"]) == ([], 4, 20)
    assert {"code": "too_few", "count": 4} in trial["notes"]
    hand_clock.turn(DAY_S)
    nobody = (await asked(house, "supervisor")).json()
    assert (nobody["day"], nobody["answered_count"], nobody["queues"]) == ("2026-01-02", 0, [])


async def test_who_may_and_what_cannot_be(house: House, hand_clock: HandClock) -> None:
    await busy_day(house, hand_clock, 1)
    assert (await asked(house, "agent")).status_code == 403
    for what, path, code in [
        (ANYBODY, PATH.replace("orders", "nowhere"), "queue_exists_not"),
        ({"spec": {"ring": 0}}, PATH, "rules_wrong"),
    ]:
        answer = await asked(house, "supervisor", what, path)
        assert answer.json()["error"]["code"] == code, answer.text
    nonsenses: tuple[Any, ...] = ({"spec": {"ring": "x" * 200_000}}, {"spec": 3}, [], {"spec": {}, "more": 1})
    for nonsense in nonsenses:
        assert (await asked(house, "supervisor", nonsense)).status_code == 400
    assert (await httpx.AsyncClient().post(house.base + PATH, json=ANYBODY)).status_code == 401


async def test_one_at_a_time_and_none_for_long(house: House, hand_clock: HandClock) -> None:
    await busy_day(house, hand_clock, 1)
    trials = Trials(house.server.db, house.server.sites, hand_clock, minute_s=0.05)
    spec = m.QueueSpec()
    first = asyncio.create_task(trials.try_queue(MAIN, QueueId("orders"), spec))
    await asyncio.sleep(0)
    with pytest.raises(CallerError, match="trial_under_way"):
        await trials.try_queue(MAIN, QueueId("orders"), spec)
    with pytest.raises(CallerError, match="trial_too_long"):
        await first
    with pytest.raises(CallerError, match="trial_too_long"):  # and the next may be asked for
        await trials.try_queue(MAIN, QueueId("orders"), spec)

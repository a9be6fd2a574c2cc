"""A clock that jumps: history never runs backwards, and timers neither stop nor ring twice."""

from itertools import pairwise

from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, AgentSpec, Channel, ChannelCapacity, ContactId, Presence, QueueId, QueueSpec
from dryfly.ledger import Actor, Ledger, Submission
from dryfly.ledger.timekeeper import Timekeeper
from dryfly.platform.clock import HandClock
from tests.ledger.conftest import OpenLedger, Pen

HOUR_S = 3600
OFFER_S, REPLY_S = 20, 300
WEB, BOB, LINE = Channel("web"), AgentId("bob"), QueueId("line")


def test_time_goes_with_the_clock(hand_clock: HandClock) -> None:
    timekeeper = Timekeeper(hand_clock)
    began = timekeeper.now()
    hand_clock.turn(10)
    assert timekeeper.now() == began + 10_000
    assert timekeeper.jumps_count == 0


def test_set_back_it_goes_on_at_half_the_pace_until_the_clock_has_caught_up(hand_clock: HandClock) -> None:
    timekeeper = Timekeeper(hand_clock)
    began = timekeeper.now()
    hand_clock.jump(-60)
    seen = [began]
    for _ in range(300):
        hand_clock.turn(0.5)
        seen.append(timekeeper.now())
    assert all(before <= after for before, after in pairwise(seen))
    assert seen[60] == began + 15_000  # 30 s later
    assert seen[240] == began + 60_000  # both meet after 120 s
    assert seen[300] == hand_clock.now()


def test_looked_at_often_it_still_moves(hand_clock: HandClock) -> None:
    """Half a millisecond would round to nothing each time."""
    timekeeper = Timekeeper(hand_clock)
    began = timekeeper.now()
    hand_clock.jump(-HOUR_S)
    for _ in range(1000):
        hand_clock.turn(0.001)
        timekeeper.now()
    assert timekeeper.now() >= began + 400


def test_history_that_is_ahead_of_the_clock_is_not_overtaken_backwards(hand_clock: HandClock) -> None:
    ahead = hand_clock.now() + 60_000
    timekeeper = Timekeeper(hand_clock, not_before=ahead)
    assert timekeeper.now() == ahead


async def an_offer(ledger: Ledger, pen: Pen) -> None:
    """Bob is offered what Ann opened; the offer stands for 20 s."""
    spec = AgentSpec(channels=(ChannelCapacity(WEB, 100, 1),))
    for command in (
        floor.PutQueue(LINE, QueueSpec(offer_timeout_s=OFFER_S, miss_cooldown_s=5, misses_to_away=100)),
        floor.PutAgent(BOB, spec), floor.ConnectAgent(BOB), floor.SetPresence(BOB, Presence.READY),
        floor.OpenContact(ContactId("ann"), WEB, queue=LINE),
    ):  # fmt: skip
        await ledger.submit(Submission(pen.id(), Actor("test"), command))


async def offers_missed(ledger: Ledger) -> int:
    records = await ledger.records(0)
    return sum(isinstance(record.event, floor.OfferEnded) for record in records)


async def pass_time(ledger: Ledger, clock: HandClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.turn(1)
        await ledger.wake_up()


async def test_timers_go_on_when_the_clock_is_set_back(ledger: Ledger, pen: Pen, hand_clock: HandClock) -> None:
    await an_offer(ledger, pen)
    hand_clock.jump(-HOUR_S)
    await pass_time(ledger, hand_clock, 2 * OFFER_S - 2)
    assert await offers_missed(ledger) == 0  # not early
    await pass_time(ledger, hand_clock, 4)
    assert await offers_missed(ledger) == 1  # at half the pace, and not an hour late


async def test_what_fell_due_in_a_jump_ahead_is_done_once(ledger: Ledger, pen: Pen, hand_clock: HandClock) -> None:
    await an_offer(ledger, pen)
    hand_clock.jump(HOUR_S)
    await ledger.wake_up()
    assert await offers_missed(ledger) == 1  # not as often as it might have been within the hour
    await ledger.wake_up()
    assert await offers_missed(ledger) == 1
    hand_clock.jump(-HOUR_S)  # somebody sets it right
    await pass_time(ledger, hand_clock, 12)
    assert ledger.peek(lambda state: len(state.offers)) == 1  # the cool-down is over: it stands again
    await pass_time(ledger, hand_clock, 2 * OFFER_S)
    assert await offers_missed(ledger) == 2


async def test_commands_are_taken_over_a_jump_and_history_stays_in_order(
    ledger: Ledger, pen: Pen, hand_clock: HandClock, open_ledger: OpenLedger
) -> None:
    await ledger.submit(pen.opens("c1"))
    for jump_s in (50, -50, -HOUR_S, 2 * HOUR_S, -30):
        hand_clock.jump(jump_s)
        id = Pen(HandClock(ledger.now())).id()  # pages make ids by the time that history goes by
        await ledger.submit(pen.says("c1", f"after {jump_s}", id))
        hand_clock.turn(1)
    await ledger.stop()
    again = await open_ledger()
    times = [record.at for record in await again.records(0)]
    assert times == sorted(times)
    assert len(times) == 6

"""Every order of a few steps in a world of two agents and two contacts: nothing that can happen is left out.

Worlds that stand at the same place are one world (their digests agree), so orders that lead there are played on once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from dryfly.floor import State, digest_of, next_deadline, restore, snapshot
from dryfly.floor import model as m
from dryfly.floor.measures import Measures
from dryfly.floor.model import AgentId, ContactId, Instant, QueueId, SkillId, SkillNeed
from tests.floor.day import MAIL, MORNING, VOICE
from tests.floor.floors import CheckedFloor

AGENTS = (AgentId("al"), AgentId("bo"))
CONTACTS = ((ContactId("ann"), VOICE), (ContactId("ben"), MAIL))
HELP = QueueId("help")
LOANS = SkillId("loans")
CHANNELS = (m.ChannelCapacity(VOICE, 100, 1), m.ChannelCapacity(MAIL, 60, 1, interruptible=True))

WORLDS = {
    "one at a time": m.QueueSpec(wrap_up_s=5),
    "ringing both": m.QueueSpec(wrap_up_s=0, ring=2, misses_to_away=2),
    "relaxing, and called back": m.QueueSpec(
        (SkillNeed(LOANS, 5),),
        relaxations=(m.Relaxation(10, (SkillNeed(LOANS, 1),)),),
        overflow=(m.OverflowRule(m.OverflowWhen.WAIT, m.OverflowTo.CALLBACK, 15),),
        callback_attempts_max=1,
        reclaim_after_s=30,
    ),
}


class Uncounted(Measures):
    """Worlds begin in the middle: there is nothing to count from."""

    def add(self, event: m.Event, at: Instant) -> None: ...


@dataclass(frozen=True)
class World:
    """A place where the floor may stand, and how it came there."""

    snapshot: bytes
    now: Instant
    steps: tuple[m.Command, ...] = ()

    def state(self) -> State:
        return restore(self.snapshot)


@pytest.mark.parametrize("spec", WORLDS.values(), ids=WORLDS)
def test_every_order_of_four_steps_keeps_every_promise(spec: m.QueueSpec) -> None:
    assert explore(spec, 4) > 800, "a small world, but not an empty one"


@pytest.mark.long
@pytest.mark.parametrize("spec", WORLDS.values(), ids=WORLDS)
def test_every_order_of_six_steps_keeps_every_promise(spec: m.QueueSpec) -> None:
    assert explore(spec, 6) > 16_000


def explore(spec: m.QueueSpec, steps_max: int) -> int:
    """How many different worlds there are."""
    frontier = [begin(spec)]
    seen = {digest_of(frontier[0].snapshot)}
    for _ in range(steps_max):
        frontier = [world for known in frontier for world in follow(known) if is_new(world, seen)]
    return len(seen)


def begin(spec: m.QueueSpec) -> World:
    floor = CheckedFloor()
    floor.submit(m.PutQueue(HELP, spec), MORNING)
    for agent, level in zip(AGENTS, (9, 2), strict=True):
        floor.submit(m.PutAgent(agent, m.AgentSpec({LOANS: level}, 100, CHANNELS)), MORNING)
        floor.submit(m.ConnectAgent(agent), MORNING)
        floor.submit(m.SetPresence(agent, m.Presence.READY), MORNING)
    return World(snapshot(floor.state), MORNING)


def follow(world: World) -> Iterator[World]:
    """All worlds one step on."""
    state = world.state()
    due = next_deadline(state)
    for command in possible(state):
        yield from played(world, command, world.now)
    if due is not None:
        yield from played(world, m.WakeUp(), Instant(max(due, world.now)))


def played(world: World, command: m.Command, now: Instant) -> Iterator[World]:
    floor = CheckedFloor(world.state(), world.state(), measures=Uncounted())
    try:
        if floor.submit(command, now):
            yield World(snapshot(floor.state), now, (*world.steps, command))
    except AssertionError as error:
        error.add_note("\n".join(map(repr, (*world.steps, command))))
        raise


def possible(state: State) -> Iterator[m.Command]:
    for contact, channel in CONTACTS:
        known = state.contacts.get(contact)
        if known is None:
            yield m.OpenContact(contact, channel, None, HELP)
            continue
        yield m.LeaveContact(contact)
        yield m.BookCallback(contact)
        if known.agent is not None:
            yield m.FinishContact(contact, known.agent)
            yield m.WrapUpContact(contact, known.agent)
    for offer in sorted(state.offers):
        yield m.AcceptOffer(offer, state.offers[offer].agent)
        yield m.DeclineOffer(offer, state.offers[offer].agent)
    for agent in AGENTS:
        is_ready = state.agents[agent].presence is m.Presence.READY
        yield m.SetPresence(agent, m.Presence.AWAY if is_ready else m.Presence.READY)
        yield m.DisconnectAgent(agent) if state.agents[agent].is_connected else m.ConnectAgent(agent)


def is_new(world: World, seen: set[str]) -> bool:
    place = digest_of(world.snapshot)
    if place in seen:
        return False
    seen.add(place)
    return True

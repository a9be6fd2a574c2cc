"""A recorded day is taken apart and played again: the same rules give the same day, other rules another."""

from typing import Any

import numpy as np
import pytest

from dryfly.floor import apply, new_state, step
from dryfly.floor import model as m
from dryfly.floor.model import Instant
from dryfly.platform.errors import CallerError
from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.draws import Chance
from dryfly.simulation.drive import drive
from dryfly.simulation.recorded import Recorder
from dryfly.simulation.replay import (
    AGAIN,
    HAPPENED,
    OTHER,
    Day,
    RecordedDrive,
    beyond,
    day_of,
    happened,
    notes_of,
    play_day,
    replayed,
    roster_of,
    trajectory_of,
    with_rules,
    workload_of,
)
from dryfly.simulation.workload import NONE, Act, Outcome, Workload, plain_workload
from tests.days.generator import EPOCH, GeneratedDay
from tests.simulation.worlds import CHANNELS, VOICE, roster, whole

HOUR_MS = 3_600_000
SKILLED = m.SkillNeed(m.SkillId("orders"), 5)
TO_NOWHERE = {"when": "wait", "to": "queue", "queue": "c"}
STAFF = roster(
    3,
    (900, 2, Act.PAUSE),
    (1500, 2, Act.RESUME),
    (3000, 1, Act.VANISH),
    (3010, 1, Act.COME_BACK),
    speed=np.ones((3, 2)),
)


def centre(**rules: Any) -> Centre:
    """Only one of three agents has the skill that the first of two queues wants."""
    usual: dict[str, Any] = {"wrap_up_s": 30, "service_level_s": 60, "target_s": 60, "choice": "longest_idle"}
    queues = (m.QueueSpec(requirement=(SKILLED,), **usual | rules), m.QueueSpec(**usual))
    skills: tuple[dict[m.SkillId, int], ...] = ({SKILLED.skill: 8}, {}, {})
    return Centre(
        queues=tuple((m.QueueId(name), without_words(spec)) for name, spec in zip("ab", queues, strict=True)),
        agents=tuple(
            (m.AgentId(f"a{n}"), m.AgentSpec(known, channels=CHANNELS, auto_accept=n != 1))
            for n, known in enumerate(skills)
        ),
        channels=(VOICE,),
    )


def busy_hour(count: int = 60, patience_s: float = 400) -> Workload:
    chance = np.random.Generator(np.random.Philox(key=7))
    arrived = np.sort(chance.integers(0, HOUR_MS - 600_000, count))
    return plain_workload(
        arrived.astype(np.int64),
        chance.integers(30_000, 200_000, count).astype(np.int64),
        queue=whole(*(chance.random(count) < 0.5)),
        patience_ms=chance.exponential(patience_s * 1000, count).astype(np.int64) + 1,
        wrap_up_ms=np.full(count, 10_000, dtype=np.int64),
        reaction_ms=np.full(count, 2_000, dtype=np.int64),
    )


def recorded(workload: Workload, where: Centre | None = None) -> Day:
    """What the floor's journal tells of such an hour."""
    where = where or centre()
    begin = where.begins_at
    recorder = Recorder(new_state(), begin)

    def watch(events: list[m.Event], at: Instant) -> None:
        for event in events:
            recorder.see(event, at)

    drive(where, workload, STAFF, watch=watch)
    return day_of(recorder.finish(begin + HOUR_MS), "An hour", "UTC")


def test_what_people_did_is_found_again() -> None:
    workload = busy_hour()
    day = recorded(workload)
    again = workload_of(day, Chance(1, 0))
    assert np.array_equal(again.arrived_ms, workload.arrived_ms)
    assert np.array_equal(again.queue, workload.queue)
    was = drive(centre(), workload, STAFF)
    served = was.started_ms != NONE
    assert np.array_equal(again.handling_ms[served], workload.handling_ms[served])
    left = (was.outcome == Outcome.ABANDONED) & ~served
    assert left.any()
    assert np.array_equal(again.patience_ms[left], workload.patience_ms[left])
    assert bool(np.all(again.patience_ms[served] > (was.started_ms - was.entered_ms)[served]))
    staff = roster_of(day)
    assert (staff.at_ms.tolist(), staff.act.tolist()) == (STAFF.at_ms.tolist(), STAFF.act.tolist())


def test_its_own_rules_give_the_same_day() -> None:
    day = recorded(busy_hour())
    workload, staff = workload_of(day, Chance(1, 3)), roster_of(day)
    was, again = trajectory_of(day, workload, staff), RecordedDrive(day, workload, staff, None).run(HOUR_MS)
    for name in ("entered_ms", "started_ms", "ended_ms", "agent", "handled_ms", "agent_handling_ms", "agent_ready_ms"):
        assert np.array_equal(getattr(was, name), getattr(again, name)), name
    assert np.array_equal(happened(day).totals, play_day(day, 0).totals, equal_nan=True)


def test_other_rules_change_it_in_their_direction() -> None:
    day = recorded(busy_hour())
    anybody = with_rules(day, {"queues": {"a": {"spec": {"requirement": []}}}}, "changes.yaml")
    found = replayed({AGAIN: day, OTHER: anybody}, 4)
    again, other, was = found.variants
    assert was.name == HAPPENED
    levels = [variant.queues[1].figures["service_level"].mean or 0.0 for variant in (was, again, other)]
    assert levels[0] == levels[1]
    assert levels[2] > levels[1] + 0.1
    change = other.queues[1].against_first["abandoned_share"]
    assert change.high is not None
    assert change.high < 0


def test_rules_that_cannot_be_are_refused_with_their_place() -> None:
    day = recorded(busy_hour(5))
    cases: list[tuple[dict[str, Any], str]] = [
        ({"queues": {"a": {"spec": {"rign": 2}}}}, "rules.yaml.queues.a.spec.rign"),
        ({"queues": {"a": {"spec": {"ring": "many"}}}}, "rules.yaml.queues"),
        (
            {"queues": {"a": {"spec": {"overflow": [{"when": "wait", "to": "queue", "queue": "c"}]}}}},
            "rules.yaml queues.a",
        ),
        ({"queues": [1]}, "rules.yaml queues"),
    ]
    for tree, place in cases:
        with pytest.raises(CallerError) as refused:
            with_rules(day, tree, "rules.yaml")
        assert str(refused.value.values["where"]).startswith(place)


def test_needs_of_their_own_and_a_head_start_come_with_them() -> None:
    """The bot let one go who needs more than the queue asks, before others."""
    state, begin = new_state(), EPOCH
    recorder = Recorder(new_state(), begin)

    def told(at_s: int, *commands: m.Command) -> None:
        for command in commands:
            for event in step(state, command, Instant(begin + at_s * 1000)):
                recorder.see(event, begin + at_s * 1000)

    for queue, spec in centre().queues:
        told(0, m.PutQueue(queue, spec))
    for agent, agent_spec in centre().agents:
        told(0, m.PutAgent(agent, agent_spec))
    told(1, *(m.OpenContact(m.ContactId(name), VOICE) for name in ("x", "y")))
    for name, head_start_s, extra in (("x", 0, ()), ("y", 40, (SKILLED,))):
        contact, because = m.ContactId(name), m.QueuedBecause.BOT_LET_GO
        told(5, m.QueueContact(contact, m.QueueId("b"), because, head_start_s=head_start_s, extra=extra))
    told(9, m.ConnectAgent(m.AgentId("a0")), m.SetPresence(m.AgentId("a0"), m.Presence.READY))
    told(99, m.FinishContact(m.ContactId("y"), m.AgentId("a0")))
    told(129, m.WakeUp())
    day = day_of(recorder.finish(begin + 600_000), "Ten minutes", "UTC")
    assert [(entry.head_start_s, entry.extra) for entry in day.recorded.entries] == [(0, ()), (40, (SKILLED,))]
    workload, staff = workload_of(day, Chance(1, 0)), roster_of(day)
    again = RecordedDrive(day, workload, staff, None).run(600_000)
    assert again.started_ms.tolist() == trajectory_of(day, workload, staff).started_ms.tolist()
    assert again.started_ms[1] == 9_000


class Heard:
    """A floor for generated days that tells a recorder."""

    def __init__(self) -> None:
        self.state = new_state()
        self.recorder = Recorder(new_state(), EPOCH)
        self.now = EPOCH

    def submit(self, command: m.Command, now: Instant) -> list[m.Event]:
        try:
            events = step(self.state, command, now)
        except m.Refusal:
            return []
        self.now = now
        for event in events:
            self.recorder.see(event, now)
        return events

    def restart(self) -> None:
        pass


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_day_was_it_can_be_played_again(seed: int) -> None:
    floor = Heard()
    GeneratedDay(seed, floor).run()
    day = day_of(floor.recorder.finish(floor.now + 1), "A day", "UTC")
    if day.recorded.entries:
        again = play_day(day, 0)  # whose books are kept twice
        assert again.totals[4, 0] <= len(day.recorded.entries)
        assert all(str(note).endswith(".") for note in notes_of(day))


def test_a_day_that_begins_in_the_middle() -> None:
    """Who waits or is served then comes at its first moment, and who works is there from it."""
    where = centre()
    state = new_state()
    events: list[tuple[m.Event, Instant]] = []
    drive(where, busy_hour(), STAFF, watch=lambda told, at: events.extend((event, at) for event in told))
    noon = where.begins_at + HOUR_MS // 2
    for event, at in events:
        if at < noon:
            apply(state, event, at)
    waiting = sum(contact.state in ("waiting", "offered", "active", "wrap_up") for contact in state.contacts.values())
    recorder = Recorder(state, noon)
    for event, at in events:
        if at >= noon:
            recorder.see(event, at)
    day = day_of(recorder.finish(where.begins_at + HOUR_MS), "Half an hour", "UTC")
    workload = workload_of(day, Chance(1, 0))
    assert waiting > 3
    assert int((workload.arrived_ms == 0).sum()) == waiting
    assert play_day(day, 0).totals[4, 0] == len(workload)


def test_patience_beyond_what_was_seen() -> None:
    """Half of a hundred left, at ten seconds each; the rest were answered, at five or at fifty."""
    waited = np.array([10_000] * 50 + [5_000] * 25 + [50_000] * 25, dtype=np.int64)
    left = np.array([True] * 50 + [False] * 50)
    luck = np.tile(np.linspace(0.001, 0.999, 25), 4)
    drawn = beyond(waited, left, luck)
    assert drawn[:50].tolist() == [10_000] * 50
    assert bool(np.all(drawn[50:] > waited[50:]))
    soon = int((drawn[50:75] == 10_000).sum())
    assert 15 <= soon <= 18  # two in three of those who were still there at ten seconds left then
    assert beyond(waited, np.zeros(100, dtype=bool), luck).tolist() == [NONE] * 100

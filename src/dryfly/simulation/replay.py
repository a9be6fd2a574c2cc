"""Plays a recorded day again: on the floor itself, with its own rules and with others, for the same customers.

What the day did not tell is drawn anew in each run: how much longer those who were answered would have waited
(`survival`), and how long the work would have taken that nobody did (from work of the same queue). So intervals say how
much hangs on that. Own and other rules meet the same draws.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from dryfly.floor import model as m
from dryfly.floor import new_state, step
from dryfly.floor.model import Instant, QueueId
from dryfly.platform.errors import CallerError
from dryfly.platform.reading import read_as
from dryfly.simulation.audit import Audit
from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.draws import Chance, Purpose
from dryfly.simulation.drive import Drive, Visit
from dryfly.simulation.figures import Run, figures_of
from dryfly.simulation.findings import Findings, findings_of
from dryfly.simulation.plan import HOUR_MS, Plan
from dryfly.simulation.reading import Tree, laid_over
from dryfly.simulation.recorded import Entry, Recorded
from dryfly.simulation.runs import Played
from dryfly.simulation.scenario import Agent, Queue, Scenario
from dryfly.simulation.survival import Truths, constant_rate, kaplan_meier
from dryfly.simulation.workload import NONE, Floats, Ints, Outcome, Roster, Trajectory, Workload, new_trajectory

HAPPENED = "as it happened"
AGAIN = "its own rules again"
OTHER = "other rules"
ANSWERED_MIN = 20  # fewer contacts tell nothing about rules
LEFT_MIN = 20  # of a queue, for a patience of its own
FOR_EVER_MS = 10.0**12
USUAL_TALK_MS = 180_000  # where nobody was served at all


class Rules(msgspec.Struct, frozen=True):
    """What may be otherwise: as in an export of the set-up, of which only each `spec` counts."""

    queues: dict[str, Queue] = {}
    agents: dict[str, Agent] = {}
    site: dict[str, m.SiteSpec] = {}


@dataclass(frozen=True, slots=True)
class Day:
    """A recorded day, and the centre in which it was."""

    recorded: Recorded
    plan: Plan

    @property
    def centre(self) -> Centre:
        return self.plan.centre


def day_of(recorded: Recorded, title: str, zone: str, interval_minutes: int = 30) -> Day:
    queues = {entry.queue for entry in recorded.entries}
    agents = {agent for _, agent, _ in recorded.acts} | set(recorded.agents)
    unset = m.AgentSpec()
    centre = Centre(
        queues=tuple((name, without_words(spec)) for name, spec in sorted(recorded.queues.items())),
        agents=tuple((name, recorded.agents.get(name, unset)) for name in sorted(agents)),
        channels=tuple(sorted({entry.channel for entry in recorded.entries})),
        site=recorded.site,
        begins_at=Instant(recorded.begin),
        hours=tuple(sorted(recorded.hours.items())),
    )
    assert queues <= {name for name, _ in centre.queues}
    return Day(recorded, Plan(_scenario(recorded, title, zone, interval_minutes), centre, (), (), _even(centre)))


def _scenario(recorded: Recorded, title: str, zone: str, interval_minutes: int) -> Scenario:
    begins_at = datetime.fromtimestamp(recorded.begin / 1000, ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
    hours = (recorded.end - recorded.begin) / HOUR_MS
    return Scenario(title, hours, {}, {}, begins_at=begins_at, zone=zone, interval_minutes=interval_minutes)


def _even(centre: Centre) -> Floats:
    """Everybody works as fast as whoever did it."""
    return np.ones((len(centre.agents), len(centre.queues)))


# ---- other rules -------------------------------------------------------------------------------


def with_rules(day: Day, tree: Mapping[str, Any], where: str) -> Day:
    """The same day under rules that are laid over its own. Raises CallerError with the place."""
    centre = day.centre
    queues, agents = dict(centre.queues), dict(centre.agents)
    own: Tree = {
        "queues": {name: {"spec": msgspec.to_builtins(spec)} for name, spec in queues.items()},
        "agents": {name: {"spec": msgspec.to_builtins(spec)} for name, spec in agents.items()},
        "site": {"spec": msgspec.to_builtins(centre.site)},
    }
    wanted = {kind: _specs(tree.get(kind), f"{where} {kind}") for kind in ("queues", "agents")}
    wanted["site"] = {"spec": _spec_of(tree.get("site"))}
    rules = read_as(Rules, laid_over(own, wanted), where)
    _check_queues(rules, where)
    other = replace(
        centre,
        queues=tuple((name, without_words(rules.queues[name].spec)) for name in queues),
        agents=tuple((name, rules.agents[name].spec) for name in agents),
        site=rules.site["spec"],
    )
    return replace(day, plan=replace(day.plan, centre=other))


def _specs(section: Any, where: str) -> Tree:
    """Of each entry what the floor decides by. Those that the day did not have are played by nobody."""
    if section is None:
        return {}
    if not isinstance(section, dict) or not all(isinstance(entry, dict) for entry in section.values()):
        raise CallerError("rules_wrong", f"{where}: Write its entries under it, each by its id.", where=where)
    return {str(name): {"spec": _spec_of(entry)} for name, entry in section.items()}


def _spec_of(entry: Any) -> Tree:
    found = entry.get("spec") if isinstance(entry, dict) else None
    return found if isinstance(found, dict) else {}


def _check_queues(rules: Rules, where: str) -> None:
    """What the floor would refuse or pass over is refused here, with the place."""
    for name, queue in rules.queues.items():
        place = f"{where} queues.{name}.spec"
        try:
            step(new_state(), m.PutQueue(QueueId(name), queue.spec), Instant(0))
        except m.Refusal as refusal:
            values = ", ".join(f"{key} = {value}" for key, value in refusal.values.items())
            raise CallerError("rules_wrong", f"{place}: {refusal.code} ({values}).", where=place) from None
        for rule in queue.spec.overflow:
            if rule.queue is not None and rule.queue not in rules.queues:
                raise CallerError("rules_wrong", f"{place}.overflow: there is no queue {rule.queue!r}.", where=place)


# ---- arrays ------------------------------------------------------------------------------------


def workload_of(day: Day, chance: Chance) -> Workload:
    recorded, centre = day.recorded, day.centre
    entries = recorded.entries
    queues = {name: number for number, (name, _) in enumerate(centre.queues)}
    channels = {name: number for number, name in enumerate(centre.channels)}
    customers = {name: number for number, name in enumerate(dict.fromkeys(entry.customer for entry in entries))}
    queue = _ints(queues[entry.queue] for entry in entries)
    zero = np.zeros(len(entries), dtype=np.int64)
    takes_calls = _share(entry.promised_at is not None for entry in entries if entry.is_proposed)
    luck = chance.uniforms(Purpose.CALLBACKS, "entries", len(entries)) < takes_calls
    return Workload(
        arrived_ms=_ints(entry.entered_at - recorded.begin for entry in entries),
        queue=queue,
        channel=_ints(channels[entry.channel] for entry in entries),
        patience_ms=_patience(recorded, queue, chance),
        handling_ms=_drawn_where(_known(_talk_ms(entry) for entry in entries), queue, Purpose.HANDLING, chance),
        wrap_up_ms=_drawn_where(_known(_wrap_up_ms(entry) for entry in entries), queue, Purpose.WRAP_UP, chance, NONE),
        reaction_ms=_drawn_where(_known(e.reaction_ms for e in entries), queue, Purpose.REACTION, chance, 3_000),
        misses=_ints(entry.misses for entry in entries),
        retries=zero,
        retry_after_ms=zero,
        customer=_ints(NONE if entry.customer is None else customers[entry.customer] for entry in entries),
        callback=_ints(entry.promised_at is not None or took for entry, took in zip(entries, luck, strict=True)),
        unreached=_ints(entry.unreached for entry in entries),
    )


def _talk_ms(entry: Entry) -> int | None:
    return entry.talk_ms if entry.started_at is not None else None


def _wrap_up_ms(entry: Entry) -> int | None:
    """Who closed without wrap-up had none; one that goes on when the day ends lasts until its timer."""
    return (entry.wrap_up_ms or 0) if entry.ended_at is not None and entry.started_at is not None else None


def _patience(recorded: Recorded, queue: Ints, chance: Chance) -> Ints:
    """By queue, where enough left to tell; else as everywhere."""
    waited = _ints(entry.waited_ms(recorded.end) for entry in recorded.entries)
    has_left = np.array([entry.has_left for entry in recorded.entries], dtype=np.bool_)
    luck = chance.uniforms(Purpose.PATIENCE, "entries", len(waited))
    patience = beyond(waited, has_left, luck)
    for number in np.unique(queue[has_left]):
        rows = queue == number
        if has_left[rows].sum() >= LEFT_MIN:
            patience[rows] = beyond(waited[rows], has_left[rows], luck[rows])
    gone = np.array([entry.outcome is Outcome.OTHER and entry.started_at is None for entry in recorded.entries], bool)
    return np.where(gone, waited, patience)


def beyond(waited_ms: Ints, has_left: Truths, uniforms: Floats) -> Ints:
    """The patience of who left, as it was; of who was answered, drawn from what is longer than they waited."""
    if not has_left.any():
        return np.full(len(waited_ms), NONE, dtype=np.int64)
    waited = waited_ms.astype(np.float64)
    curve, steady = kaplan_meier(waited, has_left), constant_rate(waited, has_left)
    drawn = replace(curve, rate=curve.rate or steady.rate).drawn(uniforms, waited)
    longer = np.maximum(np.minimum(drawn, FOR_EVER_MS).astype(np.int64), waited_ms + 1)
    return np.where(has_left, waited_ms, longer)


def _drawn_where(known: Ints, queue: Ints, purpose: Purpose, chance: Chance, usual_ms: int = USUAL_TALK_MS) -> Ints:
    """As it was; where it is not known, as it was for another of the same queue, or else of any."""
    luck = chance.uniforms(purpose, "entries", len(known))
    drawn = known.copy()
    for number in np.unique(queue):
        rows = (queue == number) & (known == NONE)
        seen = np.sort(known[(queue == number) & (known != NONE)])
        if not len(seen):
            seen = np.sort(known[known != NONE])
        drawn[rows] = seen[(luck[rows] * len(seen)).astype(np.int64)] if len(seen) else usual_ms
    return drawn


def roster_of(day: Day) -> Roster:
    numbers = {name: number for number, (name, _) in enumerate(day.centre.agents)}
    acts = sorted(day.recorded.acts, key=lambda act: act[0])
    return Roster(
        at_ms=_ints(at - day.recorded.begin for at, _, _ in acts),
        agent=_ints(numbers[agent] for _, agent, _ in acts),
        act=_ints(act for _, _, act in acts),
        speed=_even(day.centre),
        concurrency=np.ones(1),  # as it was recorded, beside whatever else they did
    )


def trajectory_of(day: Day, workload: Workload, roster: Roster) -> Trajectory:
    """What happened, in the same arrays in which a run tells what would have."""
    recorded, done = day.recorded, new_trajectory(workload, roster)
    numbers = {name: number for number, (name, _) in enumerate(day.centre.agents)}
    for place, entry in enumerate(recorded.entries):
        done.entered_ms[place] = entry.entered_at - recorded.begin
        done.agent[place] = NONE if entry.agent is None else numbers.get(entry.agent, NONE)
        done.started_ms[place] = NONE if entry.started_at is None else entry.started_at - recorded.begin
        done.ended_ms[place] = NONE if entry.ended_at is None else entry.ended_at - recorded.begin
        done.promised_ms[place] = NONE if entry.promised_at is None else entry.promised_at - recorded.begin
        done.handled_ms[place], done.overflows[place] = entry.handled_ms, entry.overflows
        done.outcome[place] = entry.outcome
    for name, number in numbers.items():
        done.agent_handling_ms[number] = recorded.handling_ms.get(name, 0)
        done.agent_ready_ms[number] = recorded.ready_ms.get(name, 0)
    return done


def _ints(values: Any) -> Ints:
    return np.array([int(value) for value in values], dtype=np.int64)


def _known(values: Any) -> Ints:
    return np.array([NONE if value is None else value for value in values], dtype=np.int64)


def _share(values: Iterator[bool]) -> float:
    told = list(values)
    return sum(told) / len(told) if told else 0.0


# ---- playing -----------------------------------------------------------------------------------


class RecordedDrive(Drive):
    """A drive whose contacts may need more than their queue asks, come with a head start, or know an agent."""

    def __init__(self, day: Day, workload: Workload, roster: Roster, audit: Audit | None) -> None:
        self.entries = day.recorded.entries
        self.turned_away: set[m.ContactId] = set()
        super().__init__(day.centre, workload, roster, audit.watch if audit else None)

    def _enter(self, visit: Visit, opened: m.OpenContact, now: Instant) -> None:
        entry = self.entries[visit.contact]
        if not entry.extra and not entry.head_start_s:
            self._take(replace(opened, last_agent=entry.last_agent), now)
            return
        assert opened.queue is not None
        self._take(replace(opened, queue=None), now)
        because = m.QueuedBecause.BOT_LET_GO
        try:
            self._take(
                m.QueueContact(
                    opened.contact, opened.queue, because, None, None, entry.head_start_s, entry.extra, entry.last_agent
                ),
                now,
            )
        except m.Refusal:
            self.turned_away.add(opened.contact)
            self._take(m.LeaveContact(opened.contact), now)
            raise

    def _see_closed(self, event: m.ContactClosed, now: Instant) -> None:
        if event.contact not in self.turned_away:
            super()._see_closed(event, now)


def play_day(day: Day, replication: int, seed: int = 1) -> Run:
    """Raises CallerError `books_differ` if the run does not agree with itself: an error of ours."""
    workload, roster = workload_of(day, Chance(seed, replication)), roster_of(day)
    audit = Audit(day.plan, seen_at=day.centre.begins_at) if replication == 0 else None
    done = RecordedDrive(day, workload, roster, audit).run(day.plan.length_ms)
    if audit and (apart := audit.differences(workload, done)):
        raise CallerError("books_differ", f"The run does not agree with itself: {'; '.join(apart)}")
    return figures_of(day.plan, workload, done)


def happened(day: Day) -> Run:
    workload, roster = workload_of(day, Chance(0, 0)), roster_of(day)
    return figures_of(day.plan, workload, trajectory_of(day, workload, roster))


def replayed(days: Mapping[str, Day], replications: int) -> Findings:
    """`days`: the day under each set of rules, its own first. What happened stands last."""
    first = next(iter(days.values()))
    played = [
        Played(name, day.plan, tuple(play_day(day, n) for n in range(replications))) for name, day in days.items()
    ]
    return findings_of([*played, Played(HAPPENED, first.plan, (happened(first),))])


@dataclass(frozen=True, slots=True)
class Note:
    """What of the day is not in its replay. `code` is a key of NOTES."""

    code: str
    count: int

    def __str__(self) -> str:
        return NOTES[self.code].format(count=self.count)


NOTES = {
    "rules_changed": "The rules of {count} queues changed during the day: those that most contacts met are played.",
    "begun": "Talks that agents began are not played: {count}.",
    "ended_otherwise": "Contacts that ended while they waited, in another way than by leaving, leave then: {count}.",
    "in_the_house": "Contacts in the house when the day began come at its first moment: {count}.",
    "estimate_rules": "Rules that go by the expected wait never hold here, since nobody expects anything: {count}.",
    "too_few": "Only {count} contacts were answered: too few to tell much.",
}


def notes_of(day: Day, other: Day | None = None) -> list[Note]:
    recorded = day.recorded
    rules = [rule for one in (day, other) if one for _, spec in one.centre.queues for rule in spec.overflow]
    few = recorded.answered_count if recorded.answered_count < ANSWERED_MIN else None
    counts = {
        "rules_changed": len(recorded.changed),
        "begun": recorded.begun_count,
        "ended_otherwise": sum(e.outcome is Outcome.OTHER and e.started_at is None for e in recorded.entries),
        "in_the_house": sum(entry.entered_at == recorded.begin for entry in recorded.entries),
        "estimate_rules": sum(rule.when is m.OverflowWhen.ESTIMATE for rule in rules),
    }
    notes = [Note(code, count) for code, count in counts.items() if count]
    return notes if few is None else [*notes, Note("too_few", few)]

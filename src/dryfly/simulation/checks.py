"""What does not fit together in a scenario: each problem says where it stands, why, and what to do.

What one number may be says its type (`scenario`); what the floor's own numbers may be says the floor.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dryfly.floor import model as m
from dryfly.floor import new_state, step
from dryfly.floor.relaxing import may_serve
from dryfly.platform.errors import CallerError
from dryfly.simulation import plan
from dryfly.simulation.centre import without_words
from dryfly.simulation.scenario import AGENTS_MAX, Rate, Scenario, Shift, Stream
from dryfly.simulation.staffing.checks import search_problems

CONTACTS_MAX = 5_000_000

Problems = Iterator[CallerError]


def problems(scenario: Scenario, where: str) -> Problems:
    """All of them; those of the clock alone if the clock is wrong, since times mean nothing then."""
    clock = list(_clock_problems(scenario, where))
    if clock:
        yield from clock
        return
    yield from _size_problems(scenario, where)
    yield from _floor_problems(scenario, where)
    yield from _overflow_problems(scenario, where)
    for name, stream in scenario.workload.items():
        yield from _stream_problems(scenario, name, stream, f"{where} workload.{name}")
    for number, shift in enumerate(scenario.staff):
        yield from _shift_problems(scenario, shift, f"{where} staff[{number}]")
    yield from _overlap_problems(scenario, where)
    yield from _opening_problems(scenario, where)
    yield from _speed_problems(scenario, where)
    yield from search_problems(scenario, where)


def _clock_problems(scenario: Scenario, where: str) -> Problems:
    try:
        ZoneInfo(scenario.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield _problem(f"{where} zone", f"There is no time zone {scenario.zone!r}; write one like Europe/Berlin.")
        return
    try:
        begin = plan.begins_at(scenario)
    except ValueError as error:
        yield _problem(f"{where} begins_at", f"{scenario.begins_at} is no day and time: {error}.")
        return
    if not _exists(begin):
        yield _problem(
            f"{where} begins_at", f"{scenario.begins_at} is not there in {scenario.zone}: clocks jump over it."
        )


def _size_problems(scenario: Scenario, where: str) -> Problems:
    names = [name for name, _ in plan.agents_of(scenario)]
    if not names:
        yield _problem(f"{where} agents", "Nobody works here: write agents or crews.")
    if len(names) > AGENTS_MAX:
        yield _problem(f"{where} agents", f"{len(names)} agents; at most {AGENTS_MAX}.")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        yield _problem(f"{where} crews", f"Two agents are called {twice!r}: give the crew another name.")
    if not scenario.workload:
        yield _problem(f"{where} workload", "Nobody comes: write a stream of customers.")


def _floor_problems(scenario: Scenario, where: str) -> Problems:
    """What the floor refuses itself."""
    queues = ((f"queues.{id}", m.PutQueue(m.QueueId(id), without_words(q.spec))) for id, q in scenario.queues.items())
    agents = ((f"agents.{id}", m.PutAgent(m.AgentId(id), agent.spec)) for id, agent in scenario.agents.items())
    crews = ((f"crews.{id}", m.PutAgent(m.AgentId(id), crew.spec)) for id, crew in scenario.crews.items())
    puts: list[tuple[str, m.Command]] = [("rules", m.PutSite(scenario.rules)), *queues, *agents, *crews]
    state = new_state()  # one for all: queues that overflow in a circle are refused together
    for place, command in puts:
        try:
            step(state, command, m.Instant(1))
        except m.Refusal as refusal:
            values = ", ".join(f"{name} = {value}" for name, value in refusal.values.items())
            yield _problem(f"{where} {place}.spec", f"The floor refuses this ({refusal.code}): {values}.")


def _overflow_problems(scenario: Scenario, where: str) -> Problems:
    """The floor passes over a rule whose queue is not there; who plans wants to know."""
    for name, queue in scenario.queues.items():
        for number, rule in enumerate(queue.spec.overflow):
            place = f"{where} queues.{name}.spec.overflow[{number}]"
            if rule.to is m.OverflowTo.QUEUE and rule.queue not in scenario.queues:
                yield _problem(place, f"There is no queue {rule.queue!r}.")
            if rule.to is m.OverflowTo.CALLBACK and not queue.spec.callback_attempts_max:
                yield _problem(place, "This queue calls nobody back: say how often, with callback_attempts_max.")


# ---- customers ---------------------------------------------------------------------------------


def _stream_problems(scenario: Scenario, name: str, stream: Stream, where: str) -> Problems:
    queue = plan.queue_of(name, stream)
    if queue not in scenario.queues:
        yield _problem(
            f"{where}.queue",
            f"There is no queue {queue!r}; there are {', '.join(list(scenario.queues)[:10]) or 'none'}.",
        )
    else:
        yield from _service_problems(scenario, queue, stream, where)
    if (stream.rate is None) == (stream.recorded is None):
        yield _problem(where, "Write either `rate` or `recorded`.")
    if stream.rate is not None:
        yield from _rate_problems(scenario, stream.rate, f"{where}.rate")


def _service_problems(scenario: Scenario, queue: str, stream: Stream, where: str) -> Problems:
    """Somebody can serve them."""
    specs = [spec for _, spec in plan.agents_of(scenario)]
    on_channel = [spec for spec in specs if any(c.channel == stream.channel for c in spec.channels)]
    if not on_channel:
        yield _problem(f"{where}.channel", f"Nobody serves the channel {stream.channel!r}.")
        return
    needs = scenario.queues[queue].spec.requirement
    if not any(may_serve(spec.skills, needs) for spec in on_channel):
        wanted = ", ".join(f"{need.skill} {need.level_min}" for need in needs)
        yield _problem(f"{where}.queue", f"Nobody on {stream.channel!r} has what {queue!r} needs: {wanted}.")


def _rate_problems(scenario: Scenario, rate: Rate, where: str) -> Problems:
    if (rate.per_hour is None) == (not rate.per_interval):
        yield _problem(where, "Write either `per_hour` or `per_interval`.")
        return
    told = len(rate.per_interval) * rate.minutes / 60
    if rate.per_interval and told != scenario.hours:
        count = f"{len(rate.per_interval)} intervals of {rate.minutes} minutes"
        text = f"{count} are {told:g} hours; the run has {scenario.hours:g}."
        yield _problem(f"{where}.per_interval", text)
    expected = sum(rate.per_interval) if rate.per_interval else (rate.per_hour or 0) * scenario.hours
    if expected > CONTACTS_MAX:
        yield _problem(where, f"{expected:,.0f} contacts; at most {CONTACTS_MAX:,}.")


# ---- staff -------------------------------------------------------------------------------------


def _shift_problems(scenario: Scenario, shift: Shift, where: str) -> Problems:
    for name in _unknown(scenario, shift):
        yield _problem(f"{where}.who", f"There is no agent and no crew {name!r}.")
    days = plan.days_count(scenario)
    for day in shift.days:
        if day > days:
            yield _problem(f"{where}.days", f"The run has {days} days, and no day {day}.")
    for day in plan.days_of(scenario, shift):
        for clock in (shift.from_, shift.until, *(taken.at for taken in shift.breaks)):
            if not _exists(plan.local(scenario, day, clock)):
                yield _problem(where, f"On day {day} there is no {clock} in {scenario.zone}: clocks jump over it.")
    begin, end = plan.span(scenario, 1, shift.from_, shift.until)
    taken = sorted(plan.pause(scenario, shift, 1, number) for number in range(len(shift.breaks)))
    if any(at < begin or until > end for at, until in taken):
        yield _problem(f"{where}.breaks", f"A break is not within {shift.from_} to {shift.until}.")
    if any(one[1] > other[0] for one, other in pairwise(taken)):
        yield _problem(f"{where}.breaks", "Two breaks overlap.")


def _opening_problems(scenario: Scenario, where: str) -> Problems:
    days = plan.days_count(scenario)
    for queue, openings in scenario.hours_open.items():
        if queue not in scenario.queues:
            yield _problem(f"{where} hours_open.{queue}", f"There is no queue {queue!r}.")
        for number, opening in enumerate(openings):
            place = f"{where} hours_open.{queue}[{number}]"
            for day in opening.days or range(1, days + 1):
                if day > days:
                    yield _problem(place, f"The run has {days} days, and no day {day}.")
                elif not all(_exists(plan.local(scenario, day, at)) for at in (opening.from_, opening.until)):
                    yield _problem(place, f"On day {day} clocks jump over a time that is written here.")


def _overlap_problems(scenario: Scenario, where: str) -> Problems:
    """Nobody is on two shifts at once."""
    last: dict[str, tuple[int, int]] = {}  # when the agent's latest shift ends, and which it is
    spans = sorted(
        (*plan.span(scenario, day, shift.from_, shift.until), number)
        for number, shift in enumerate(scenario.staff)
        for day in plan.days_of(scenario, shift)
    )
    told: set[tuple[int, int]] = set()
    for begin, end, number in spans:
        for name in plan.who_is(scenario, scenario.staff[number].who):
            before = last.get(name)
            if before is not None and before[0] > begin and (before[1], number) not in told:
                told.add((before[1], number))
                yield _problem(f"{where} staff[{number}]", f"{name} is on the shift staff[{before[1]}] at that time.")
            last[name] = max(before or (end, number), (end, number))


def _speed_problems(scenario: Scenario, where: str) -> Problems:
    for name, speed in scenario.speeds.items():
        if name not in scenario.agents and name not in scenario.crews and name not in _everybody(scenario):
            yield _problem(f"{where} speeds.{name}", f"There is no agent and no crew {name!r}.")
        for queue in speed if isinstance(speed, dict) else ():
            if queue not in scenario.queues:
                yield _problem(f"{where} speeds.{name}.{queue}", f"There is no queue {queue!r}.")


def _unknown(scenario: Scenario, shift: Shift) -> list[str]:
    known = _everybody(scenario)
    return [name for name in plan.who_is(scenario, shift.who) if name not in known]


def _everybody(scenario: Scenario) -> set[str]:
    return {name for name, _ in plan.agents_of(scenario)}


def _exists(local: datetime) -> bool:
    """Not in the hour that the clock jumps over."""
    there = local.astimezone(UTC).astimezone(local.tzinfo)
    return there.replace(tzinfo=None) == local.replace(tzinfo=None)


def _problem(where: str, text: str) -> CallerError:
    return CallerError("scenario_wrong", f"{where}: {text}", where=where)

"""A scenario made ready to run: names are numbers now, clock times are milliseconds since the beginning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from dryfly.floor.model import AgentId, AgentSpec, Channel, Instant, QueueId, QueueSpec, Span
from dryfly.floor.policies import surplus
from dryfly.floor.relaxing import may_serve
from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.scenario import Opening, Scenario, Shift, Stream
from dryfly.simulation.workload import Floats, Ints

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Record:
    """Arrivals as they were; -1 where a duration is not known."""

    arrived_ms: Ints
    patience_ms: Ints
    handling_ms: Ints


@dataclass(frozen=True, slots=True)
class Source:
    """A stream of customers, and where it goes."""

    name: str
    stream: Stream
    queue: int
    channel: int
    customers_from: int = 0  # the number of the first of its customers
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One agent's shift. `pauses` ascend and lie within."""

    agent: int
    day: int
    from_ms: int
    until_ms: int
    pauses: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    scenario: Scenario
    centre: Centre
    sources: tuple[Source, ...]
    duties: tuple[Duty, ...]
    speed: Floats

    @property
    def length_ms(self) -> int:
        return round(self.scenario.hours * HOUR_MS)

    @property
    def interval_ms(self) -> int:
        return self.scenario.interval_minutes * 60_000


def make_plan(scenario: Scenario, records: dict[str, Record]) -> Plan:
    """`records`: by the stream's name, for those that were recorded. The scenario has been checked."""
    agents = agents_of(scenario)
    centre = _centre(scenario, agents)
    return Plan(
        scenario=scenario,
        centre=centre,
        sources=tuple(_sources(scenario, centre, records)),
        duties=tuple(_duties(scenario, [name for name, _ in agents])),
        speed=_speeds(scenario, agents),
    )


def agents_of(scenario: Scenario) -> list[tuple[str, AgentSpec]]:
    """Everybody: those with a name of their own, then the crews."""
    alone = [(name, agent.spec) for name, agent in scenario.agents.items()]
    crews = scenario.crews.items()
    return alone + [(name, crew.spec) for title, crew in crews for name in crew_names(title, crew.count)]


def crew_names(title: str, count: int) -> list[str]:
    return [f"{title}-{number}" for number in range(1, count + 1)]


def who_is(scenario: Scenario, who: str | tuple[str, ...]) -> list[str]:
    """The agents that a shift means."""
    names = (who,) if isinstance(who, str) else who
    return [
        agent
        for name in names
        for agent in (crew_names(name, scenario.crews[name].count) if name in scenario.crews else [name])
    ]


def queue_of(name: str, stream: Stream) -> str:
    return stream.queue or name


def _centre(scenario: Scenario, agents: list[tuple[str, AgentSpec]]) -> Centre:
    channels = sorted({stream.channel for stream in scenario.workload.values()})
    return Centre(
        queues=tuple((QueueId(name), without_words(queue.spec)) for name, queue in scenario.queues.items()),
        agents=tuple((AgentId(name), spec) for name, spec in agents),
        channels=tuple(Channel(channel) for channel in channels),
        site=scenario.rules,
        begins_at=Instant(round(begins_at(scenario).timestamp() * 1000)),
        hours=tuple((QueueId(queue), spans_of(scenario, spans)) for queue, spans in scenario.hours_open.items()),
    )


def spans_of(scenario: Scenario, openings: tuple[Opening, ...]) -> tuple[Span, ...]:
    """Ascending; those that touch or overlap are one."""
    begin = round(begins_at(scenario).timestamp() * 1000)
    times = sorted(
        span(scenario, day, opening.from_, opening.until)
        for opening in openings
        for day in opening.days or range(1, days_count(scenario) + 1)
    )
    joined: list[tuple[int, int]] = []
    for opens, closes in times:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return tuple(Span(Instant(begin + opens), Instant(begin + closes)) for opens, closes in joined)


def _sources(scenario: Scenario, centre: Centre, records: dict[str, Record]) -> Iterator[Source]:
    queues = [name for name, _ in centre.queues]
    customers = 0
    for name, stream in scenario.workload.items():
        queue = queues.index(QueueId(queue_of(name, stream)))
        channel = centre.channels.index(Channel(stream.channel))
        yield Source(name, stream, queue, channel, customers, records.get(name))
        customers += stream.customers or 0


# ---- how fast ----------------------------------------------------------------------------------


def _speeds(scenario: Scenario, agents: list[tuple[str, AgentSpec]]) -> Floats:
    crew_of = {name: title for title, crew in scenario.crews.items() for name in crew_names(title, crew.count)}
    queues = [(name, queue.spec) for name, queue in scenario.queues.items()]
    speeds = [
        [_speed(scenario, (name, crew_of.get(name, name)), spec, *queue) for queue in queues] for name, spec in agents
    ]
    return np.array(speeds, dtype=np.float64).reshape(len(agents), len(queues))


def _speed(scenario: Scenario, names: tuple[str, str], agent: AgentSpec, queue: str, spec: QueueSpec) -> float:
    """As written for the agent or the crew (`names`); more by each level above what the queue needs."""
    written = scenario.speeds.get(names[0], scenario.speeds.get(names[1], 1.0))
    own = written.get(queue, 1.0) if isinstance(written, dict) else written
    above = surplus(agent.skills, spec.requirement) if may_serve(agent.skills, spec.requirement) else 0
    return own * (1 + scenario.speed_per_level * above)


# ---- when --------------------------------------------------------------------------------------


def begins_at(scenario: Scenario) -> datetime:
    return datetime.fromisoformat(scenario.begins_at).replace(tzinfo=ZoneInfo(scenario.zone))


def days_count(scenario: Scenario) -> int:
    begin = begins_at(scenario)
    end = datetime.fromtimestamp(begin.timestamp() + scenario.hours * 3600 - 1, begin.tzinfo)
    return (end.date() - begin.date()).days + 1


def local(scenario: Scenario, day: int, clock: str) -> datetime:
    """That time of the clock on that day of the run; the first is 1."""
    hour, minute = map(int, clock.split(":"))
    begin = begins_at(scenario)
    return (begin + timedelta(days=day - 1)).replace(hour=hour, minute=minute)


def span(scenario: Scenario, day: int, begin: str, end: str) -> tuple[int, int]:
    """Milliseconds of the run between two times of the clock, the second of which may lie after midnight."""
    return _ms(scenario, day, begin), _ms(scenario, day + (end <= begin), end)


def days_of(scenario: Scenario, shift: Shift) -> tuple[int, ...]:
    return shift.days or tuple(range(1, days_count(scenario) + 1))


def _ms(scenario: Scenario, day: int, clock: str) -> int:
    return round((local(scenario, day, clock).timestamp() - begins_at(scenario).timestamp()) * 1000)


def _duties(scenario: Scenario, agents: list[str]) -> Iterator[Duty]:
    numbers = {name: number for number, name in enumerate(agents)}
    for shift in scenario.staff:
        for day in days_of(scenario, shift):
            begin, end = span(scenario, day, shift.from_, shift.until)
            pauses = tuple(sorted(pause(scenario, shift, day, number) for number in range(len(shift.breaks))))
            for name in who_is(scenario, shift.who):
                yield Duty(numbers[name], day, begin, end, pauses)


def pause(scenario: Scenario, shift: Shift, day: int, number: int) -> tuple[int, int]:
    """A break of a shift that may go over midnight."""
    taken = shift.breaks[number]
    begin = _ms(scenario, day + (taken.at < shift.from_), taken.at)
    return begin, begin + taken.minutes * 60_000

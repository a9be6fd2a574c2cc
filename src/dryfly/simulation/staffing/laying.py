"""A staffing made a plan: so many of each crew, on its shifts or interval by interval."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import msgspec
import numpy as np

from dryfly.simulation.plan import Duty, Plan, crew_names, make_plan
from dryfly.simulation.scenario import Search
from dryfly.simulation.workload import Ints

DAY_MS = 24 * 3_600_000


def laid(plan: Plan, search: Search, numbers: Ints) -> Plan:
    """`numbers`: (crews that are sought, blocks)."""
    scenario = plan.scenario
    counts = {crew: int(row.max()) for crew, row in zip(search.crews, numbers, strict=True)}
    crews = {
        name: msgspec.structs.replace(crew, count=counts.get(name, crew.count)) for name, crew in scenario.crews.items()
    }
    records = {source.name: source.record for source in plan.sources if source.record is not None}
    made = make_plan(msgspec.structs.replace(scenario, crews=crews), records)
    if search.per == "run":
        return made
    places = {str(name): number for number, (name, _) in enumerate(made.centre.agents)}
    sought = {places[name] for crew, count in counts.items() for name in crew_names(crew, count)}
    others = tuple(duty for duty in made.duties if duty.agent not in sought)
    return replace(made, duties=(*others, *_duties(made, search, numbers, places)))


def _duties(plan: Plan, search: Search, numbers: Ints, places: dict[str, int]) -> Iterator[Duty]:
    """The first of a crew are there in each interval that needs anybody, the last only in the busiest."""
    for crew, row in zip(search.crews, numbers, strict=True):
        for rank, name in enumerate(crew_names(crew, int(row.max()))):
            for begin, end in _stretches(row > rank):
                from_ms = begin * plan.interval_ms
                yield Duty(places[name], 1 + from_ms // DAY_MS, from_ms, _until(plan, end, len(row)))


def _stretches(there: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Iterator[tuple[int, int]]:
    for is_there, group in groupby(enumerate(there.tolist()), key=lambda pair: pair[1]):
        if is_there:
            places = [place for place, _ in group]
            yield places[0], places[-1] + 1


def _until(plan: Plan, end: int, blocks: int) -> int:
    """Who is there in the last interval stays for another, for those who still wait."""
    return (end + (end == blocks)) * plan.interval_ms

"""What is shown of a search: the staffing that was found and one agent fewer of each crew, all played by the floor."""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from dryfly.simulation.findings import Figure, Findings, as_figure, findings_of
from dryfly.simulation.intervals import estimate
from dryfly.simulation.plan import HOUR_MS, Plan, crew_names
from dryfly.simulation.runs import Played
from dryfly.simulation.scenario import Search
from dryfly.simulation.staffing.goals import Goal, margins_of
from dryfly.simulation.staffing.guess import guessed
from dryfly.simulation.staffing.laying import laid
from dryfly.simulation.staffing.looking import Bools, Lookout, SpentError
from dryfly.simulation.staffing.search import Searcher
from dryfly.simulation.workload import Ints

FOUND = "what was found"
FEWER = "one fewer of {crew}"
CONFIRMED_MAX = 6  # times that the floor may ask for more

Floors = Callable[[dict[str, Plan]], list[Played]]
Told = Callable[[int], None]


class CrewFound(msgspec.Struct, frozen=True):
    """`numbers`: one, or one an interval. `hours`: of all its agents by plan, breaks left out."""

    crew: str
    numbers: list[int]
    hours: float


class GoalFound(msgspec.Struct, frozen=True):
    """What the floor says of a goal, in the run or each interval. `verdicts`: of `holds` (surely, the whole interval of
    the figure does), `near` (the mean does), `misses`; `none` where nobody came."""

    queue: str
    measure: str
    wanted: float
    figures: list[Figure]
    verdicts: list[str]


class Step(msgspec.Struct, frozen=True):
    """A stage of the way. `kind`: guess, grown, shrunk (which the kernel saw), confirmed, refused (which the floor)."""

    kind: str
    numbers: dict[str, list[int]]
    holds: bool


class Staffed(msgspec.Struct, frozen=True):
    """`is_whole`: the search ended by itself. `findings`: what was found, and one fewer of each crew beside it."""

    name: str
    per: str
    crews: list[CrewFound]
    goals: list[GoalFound]
    steps: list[Step]
    looks_count: int
    is_whole: bool
    findings: Findings

    @property
    def holds(self) -> bool:
        return all(verdict != "misses" for goal in self.goals for verdict in goal.verdicts)


def staffed(name: str, plan: Plan, search: Search, floors: Floors, told: Told) -> Staffed:
    """Raises CallerError `staffing_outside` and `target_out_of_reach`."""
    steps: list[Step] = []

    def note(kind: str, numbers: Ints, holds: bool) -> None:
        by_crew = {crew: row.tolist() for crew, row in zip(search.crews, numbers, strict=True)}
        steps.append(Step(kind, by_crew, holds))

    lookout = Lookout(plan, search, told)
    searcher = Searcher(lookout, note)
    searched = searcher.run(guessed(plan, search))
    numbers, played = _confirmed(searcher, searched.numbers, floors)
    fewer = floors(_fewer(plan, search, numbers))
    return Staffed(
        name=name,
        per=search.per,
        crews=_crews(played.plan, search, numbers),
        goals=[_goal(goal, played, search.per) for goal in lookout.goals],
        steps=steps,
        looks_count=lookout.looks_count,
        is_whole=searched.is_whole,
        findings=findings_of([played, *fewer]),
    )


def _confirmed(searcher: Searcher, numbers: Ints, floors: Floors) -> tuple[Ints, Played]:
    """Played by the floor; where a goal is missed on its customers, one more, and again."""
    lookout = searcher.lookout
    for again in range(CONFIRMED_MAX):
        (played,) = floors({FOUND: laid(lookout.plan, lookout.search, numbers)})
        misses = _misses(lookout.goals, played, lookout.search.per)
        searcher.note("refused" if misses.any() else "confirmed", numbers, not misses.any())
        more = _eased(searcher, numbers, misses) if again + 1 < CONFIRMED_MAX else numbers
        if np.array_equal(more, numbers):
            break
        numbers = more
    return numbers, played


def _eased(searcher: Searcher, numbers: Ints, misses: Bools) -> Ints:
    try:
        return searcher.eased(numbers, misses) if misses.any() else numbers
    except SpentError:
        return numbers


def _misses(goals: Sequence[Goal], played: Played, per: str) -> Bools:
    return np.asarray(margins_of(goals, played.runs, per).min(axis=0) < 0)


def _fewer(plan: Plan, search: Search, numbers: Ints) -> dict[str, Plan]:
    """In each interval at once, if there are numbers by interval."""
    plans: dict[str, Plan] = {}
    for row, crew in enumerate(search.crews):
        if numbers[row].any():
            fewer = numbers.copy()
            fewer[row] = np.maximum(fewer[row] - 1, 0)
            plans[FEWER.format(crew=crew)] = laid(plan, search, fewer)
    return plans


def _crews(plan: Plan, search: Search, numbers: Ints) -> list[CrewFound]:
    return [
        CrewFound(crew, row.tolist(), _hours(plan, search, crew, row))
        for crew, row in zip(search.crews, numbers, strict=True)
    ]


def _hours(plan: Plan, search: Search, crew: str, row: Ints) -> float:
    if search.per == "interval":
        return float(row.sum()) * plan.scenario.interval_minutes / 60
    places = {str(name): number for number, (name, _) in enumerate(plan.centre.agents)}
    own = {places[name] for name in crew_names(crew, int(row[0]))}
    there = (
        duty.until_ms - duty.from_ms - sum(until - begin for begin, until in duty.pauses)
        for duty in plan.duties
        if duty.agent in own
    )
    return sum(there) / HOUR_MS


def _goal(goal: Goal, played: Played, per: str) -> GoalFound:
    figures = [as_figure(estimate(column)) for column in goal.seen(played.runs, per).T]
    return GoalFound(goal.queue, goal.measure, goal.wanted, figures, [_verdict(goal, figure) for figure in figures])


def _verdict(goal: Goal, figure: Figure) -> str:
    if figure.mean is None:
        return "none"
    if not goal.holds(figure.mean):
        return "misses"
    ends = (figure.low, figure.high)
    return "holds" if all(end is not None and goal.holds(end) for end in ends) else "near"

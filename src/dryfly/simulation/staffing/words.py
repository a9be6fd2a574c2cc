"""What was found, in words: for a terminal and for the page."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dryfly.simulation.findings import Figure
from dryfly.simulation.staffing.confirming import GoalFound, Staffed, Step
from dryfly.simulation.staffing.goals import AT_LEAST
from dryfly.simulation.words import TITLES, Table, aligned, comparison_of, told

VERDICTS = {
    "holds": "holds",
    "near": "holds on average, not surely",
    "misses": "missed",
    "none": "nobody came",
}
MARKED = "~: holds on average, not surely; !: missed"
MARKS = {"holds": "", "near": " ~", "misses": " !", "none": ""}
KINDS = {
    "guess": "First guess, Erlang A for each queue alone",
    "grown": "Added until the kernel saw the targets hold",
    "shrunk": "Taken away until nobody could be spared",
    "confirmed": "Played by the floor",
    "refused": "Played by the floor",
}


def lines_of(found: Staffed) -> Iterator[str]:
    yield from (f"{found.findings.title}, {found.name}: how many it takes", summary_of(found))
    yield from ("", "Agents", *aligned(agents_of(found)))
    yield from ("", "Targets, as the floor played them", *(f"  {line}" for line in goals_of(found)))
    if found.per == "interval":
        yield from ("", f"By interval ({MARKED})", *aligned(intervals_of(found)))
    yield from ("", "How it was found", *(f"  {line}" for line in steps_of(found)))
    yield from ("", "What one agent fewer would cost, on the same customers", *comparison_of(found.findings))


def summary_of(found: Staffed) -> str:
    replications, seed = found.findings.replications, found.findings.seed
    seen = f"The kernel looked at {found.looks_count} staffings; the floor played this one {replications} times"
    end = "" if found.is_whole else " The search was stopped by `looks_max`: fewer might do."
    verdict = "" if found.holds else " The floor still misses a target where it says so."
    return f"{seen}, on customers that the search had not met, seed {seed}.{verdict}{end}"


def agents_of(found: Staffed) -> Table:
    rows = ([crew.crew, _span(crew.numbers), f"{crew.hours:,.1f}"] for crew in found.crews)
    return [["", "agents", "hours by plan"], *rows]


def goals_of(found: Staffed) -> Iterator[str]:
    for goal in found.goals:
        if found.per == "run":
            yield f"{wish_of(goal)}: {told(goal.measure, goal.figures[0])}, {VERDICTS[goal.verdicts[0]]}"
        else:
            yield f"{wish_of(goal)}: {_tally(goal)}"


def wish_of(goal: GoalFound) -> str:
    way = "at least" if goal.measure in AT_LEAST else "at most"
    title = TITLES[goal.measure][0].lower() + TITLES[goal.measure][1:]
    return f"{goal.queue}, {title} {way} {told(goal.measure, Figure(goal.wanted))}"


def _tally(goal: GoalFound) -> str:
    """of 10 intervals, holds in 6; holds on average, not surely in 4"""
    counts = [(text, goal.verdicts.count(verdict)) for verdict, text in VERDICTS.items()]
    return f"of {len(goal.verdicts)} intervals, " + "; ".join(f"{text} in {count}" for text, count in counts if count)


def intervals_of(found: Staffed) -> Table:
    """A row an interval: the agents of each crew, then each target's figure."""
    titles = [f"{goal.queue}: {TITLES[goal.measure].lower()}" for goal in found.goals]
    rows = [["from", *(crew.crew for crew in found.crews), *titles]]
    for block, begins in enumerate(_times(found)):
        numbers = [str(crew.numbers[block]) for crew in found.crews]
        rows.append([begins, *numbers, *(_cell(goal, block) for goal in found.goals)])
    return rows


def _cell(goal: GoalFound, block: int) -> str:
    return told(goal.measure, goal.figures[block]) + MARKS[goal.verdicts[block]]


def _times(found: Staffed) -> list[str]:
    begin, step = datetime.fromisoformat(found.findings.begins_at), timedelta(minutes=found.findings.interval_minutes)
    count = len(found.crews[0].numbers)
    form = "%H:%M" if step * count <= timedelta(days=1) else "%a %H:%M"
    return [(begin + number * step).strftime(form) for number in range(count)]


def steps_of(found: Staffed) -> Iterator[str]:
    for number, step in enumerate(found.steps, 1):
        hours = f" ({_hours(found, step):,.1f} hours)" if found.per == "interval" else ""
        yield f"{KINDS[step.kind]}: {_staffing(step)}{hours}{_end(step, is_last=number == len(found.steps))}"


def _hours(found: Staffed, step: Step) -> float:
    return sum(map(sum, step.numbers.values())) * found.findings.interval_minutes / 60


def _staffing(step: Step) -> str:
    return ", ".join(f"{_span(numbers)} {crew}" for crew, numbers in step.numbers.items())


def _end(step: Step, *, is_last: bool) -> str:
    match step.kind, step.holds:
        case "guess", True:
            return "; enough"
        case "guess", False:
            return "; too few"
        case "confirmed", _:
            return "; the targets hold"
        case "refused", _:
            return "; a target is missed" + ("" if is_last else ", so one more")
        case _:
            return ""


def _span(numbers: list[int]) -> str:
    least, most = min(numbers), max(numbers)
    return str(most) if least == most else f"{least} to {most}"

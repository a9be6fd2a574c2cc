"""What was found as a page: the agents over the day, the targets, and what one fewer would cost."""

from collections.abc import Iterable, Sequence
from html import escape

from dryfly.simulation import page
from dryfly.simulation.staffing.confirming import CrewFound, Staffed
from dryfly.simulation.staffing.words import MARKED, agents_of, goals_of, intervals_of, steps_of, summary_of


def page_of(found: Sequence[Staffed]) -> str:
    title = f"{found[0].findings.title}: how many it takes"
    return page.sheet(title, "".join(_part(one, named=len(found) > 1) for one in found))


def _part(found: Staffed, *, named: bool) -> str:
    head = f"<h2>{escape(found.name)}</h2>" if named else ""
    by_interval = f"{_plot(found)}{page.table(intervals_of(found))}<p>{MARKED}</p>" if found.per == "interval" else ""
    return (
        f"{head}<p>{escape(summary_of(found))}</p>{page.table(agents_of(found))}"
        f"<h2>Targets, as the floor played them</h2>{_items(goals_of(found))}{by_interval}"
        f"<h2>How it was found</h2>{_items(steps_of(found))}"
        f"<h2>What one agent fewer would cost</h2>{page.comparison(found.findings)}"
    )


def _items(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}.</li>' for line in lines)}</ul>"


def _plot(found: Staffed) -> str:
    """The agents of each crew, in steps."""
    crews = found.crews[: page.LINES_MAX]
    top = page.round_top(max(max(crew.numbers) for crew in crews))
    drawn = page.levels("entered_count", top) + page.times(found.findings, len(crews[0].numbers))
    drawn += "".join(_stairs(number, crew, top) for number, crew in enumerate(crews))
    return page.figure("Agents", [crew.crew for crew in crews], "Agents by interval, each crew a line", drawn)


def _stairs(number: int, crew: CrewFound, top: float) -> str:
    width = (page.WIDTH - page.LEFT - page.RIGHT) / len(crew.numbers)
    steps = "".join(
        f"{'V' if block else f'M{page.LEFT:.1f} '}{page.y_of(count, top):.1f}H{page.LEFT + (block + 1) * width:.1f}"
        for block, count in enumerate(crew.numbers)
    )
    return f'<path class="line v{number}" d="{steps}"/>'

"""Findings as one HTML page: tables, sentences, and how each figure goes over the day. No script, nothing fetched."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from math import ceil, floor, log10
from pathlib import Path

from dryfly.simulation.findings import BY_INTERVAL, Figure, Findings
from dryfly.simulation.words import TITLES, UNITS, Table, differences_of, summary_of, table_of

STYLE = Path(__file__).with_name("page.css")
WIDTH, HEIGHT = 820, 230
LEFT, RIGHT, TOP, BOTTOM = 48, 14, 12, 26
LABELS_MAX = 12
LINES_MAX = 5  # a sixth line could not be told from the others


def page_of(findings: Findings) -> str:
    return sheet(findings.title, f"<p>{escape(summary_of(findings))}</p>{comparison(findings)}")


def sheet(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE.read_text()}</style><h1>{escape(title)}</h1>{body}</html>"
    )


def comparison(findings: Findings) -> str:
    """What each variant changes, then each queue with its plots."""
    queues = [found.queue for found in findings.variants[0].queues]
    parts = [_queue(findings, number, name) for number, name in enumerate(queues) if number == 0 or len(queues) > 2]
    return f"{_differences(findings)}{''.join(parts)}"


def _differences(findings: Findings) -> str:
    first = escape(findings.variants[0].name)
    parts = []
    for variant in findings.variants[1:]:
        items = "".join(f"<li>{escape(line)}.</li>" for line in differences_of(variant))
        parts.append(f"<h2>{escape(variant.name)}, against {first}</h2><ul>{items}</ul>")
    return "".join(parts)


def _queue(findings: Findings, number: int, name: str) -> str:
    plots = "".join(_plot(findings, number, measure) for measure in BY_INTERVAL)
    return f"<h2>{escape(name)}</h2>{table(table_of(findings, number))}{plots}"


def table(rows: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{escape(title)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for title, *cells in rows[1:]
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


# ---- plots -------------------------------------------------------------------------------------


def _plot(findings: Findings, queue: int, name: str) -> str:
    """Each variant a line with its band, over the intervals."""
    shown = [(one.name, one.queues[queue].intervals[name]) for one in findings.variants[:LINES_MAX]]
    top = _top(name, [figure for _, course in shown for figure in course])
    marks = "".join(_course(number, course, top) for number, (_, course) in enumerate(shown))
    scales = levels(name, top) + times(findings, len(shown[0][1]))
    return figure(
        TITLES[name], [title for title, _ in shown], f"{TITLES[name]} by interval, each variant a line", scales + marks
    )


def figure(title: str, names: Sequence[str], label: str, drawn: str) -> str:
    """A drawing with its title and the key of its lines."""
    key = "".join(f'<li class="v{number}">{escape(name)}</li>' for number, name in enumerate(names))
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
    return f'<figure><figcaption>{escape(title)}<ul class="key">{key}</ul></figcaption>{svg}{drawn}</svg></figure>'


def _top(name: str, figures: Sequence[Figure]) -> float:
    """A round number that nothing passes; 1 for the service level."""
    if name == "service_level":
        return 1.0
    return round_top(max((figure.high or figure.mean or 0.0 for figure in figures), default=0.0))


def round_top(highest: float) -> float:
    if highest <= 0:
        return 1.0
    step = 10.0 ** floor(log10(highest))
    return next(step * factor for factor in (1, 2, 4, 5, 10) if step * factor >= highest)


def _x(number: int, count: int) -> float:
    return LEFT + (number + 0.5) / count * (WIDTH - LEFT - RIGHT)


def y_of(value: float, top: float) -> float:
    inside = min(max(value, 0.0), top)
    return HEIGHT - BOTTOM - inside / top * (HEIGHT - TOP - BOTTOM)


def _course(number: int, course: Sequence[Figure], top: float) -> str:
    """The line and its band; where nothing is known both have a gap."""
    line, parts = "", []
    for run in _unbroken(course):
        means = [f"{_x(at, len(course)):.1f} {y_of(figure.mean or 0, top):.1f}" for at, figure in run]
        line += f"M{'L'.join(means)}"
        sure = [
            (at, figure.low, figure.high) for at, figure in run if figure.low is not None and figure.high is not None
        ]
        edge = [f"{_x(at, len(course)):.1f} {y_of(high, top):.1f}" for at, _, high in sure]
        edge += [f"{_x(at, len(course)):.1f} {y_of(low, top):.1f}" for at, low, _ in reversed(sure)]
        parts.append(f"M{'L'.join(edge)}Z" if edge else "")
    return f'<path class="band v{number}" d="{"".join(parts)}"/><path class="line v{number}" d="{line}"/>'


def _unbroken(course: Sequence[Figure]) -> list[list[tuple[int, Figure]]]:
    runs: list[list[tuple[int, Figure]]] = [[]]
    for at, figure in enumerate(course):
        if figure.mean is not None:
            runs[-1].append((at, figure))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def levels(name: str, top: float) -> str:
    parts = []
    for value in (0.0, top / 2, top):
        shown = f"{value * 100:g} %" if UNITS[name] == "share" else f"{value:g}"
        y = y_of(value, top)
        parts.append(
            f'<line class="level" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="end" x="{LEFT - 8}" y="{y + 4:.1f}">{shown}</text>'
        )
    return "".join(parts)


def times(findings: Findings, count: int) -> str:
    begin, step = datetime.fromisoformat(findings.begins_at), timedelta(minutes=findings.interval_minutes)
    every = ceil(count / LABELS_MAX)
    form = "%H:%M" if step * count <= timedelta(days=1) else "%a %H:%M"
    labels = [(_x(number, count), (begin + number * step).strftime(form)) for number in range(0, count, every)]
    return "".join(f'<text class="middle" x="{x:.1f}" y="{HEIGHT - 8}">{label}</text>' for x, label in labels)

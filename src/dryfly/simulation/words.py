"""Findings in words, for a terminal and for the page."""

from collections.abc import Iterator

from dryfly.simulation.figures import BY_NAME
from dryfly.simulation.findings import ALL_QUEUES, Figure, Findings, VariantFound

SHOWN = ("service_level", "abandoned_share", "asa_s", "wait_p80_s", "aht_s", "entered_count")
COMPARED = ("service_level", "abandoned_share", "asa_s", "wait_p80_s", "occupancy")
TITLES = {name: measure.title for name, measure in BY_NAME.items()} | {
    "wait_p50_s": "Wait of half of them",
    "wait_p80_s": "Wait of 80 in 100",
    "wait_p95_s": "Wait of 95 in 100",
    "occupancy": "Occupancy",
}
UNITS = {name: measure.unit for name, measure in BY_NAME.items()} | {"occupancy": "share"}
BETTER = {name: measure.better for name, measure in BY_NAME.items()}

Table = list[list[str]]


def summary_of(findings: Findings) -> str:
    runs = f"{findings.replications} replications of each variant, seed {findings.seed}"
    return f"{runs}. A ± b: the true mean lies within 95 times in 100."


def table_of(findings: Findings, queue: int) -> Table:
    """A row a figure, a column a variant; the first row and column are titles."""
    found = [variant.queues[queue] for variant in findings.variants if queue < len(variant.queues)]
    rows = [["", *(variant.name for variant in findings.variants)]]
    rows += [[TITLES[name], *(told(name, one.figures[name]) for one in found)] for name in SHOWN]
    if found[0].queue == ALL_QUEUES:
        rows.append([TITLES["occupancy"], *(told("occupancy", variant.occupancy) for variant in findings.variants)])
    return rows


def differences_of(variant: VariantFound) -> Iterator[str]:
    """What the variant changes, a sentence a queue. What the replications cannot tell from nothing is left out."""
    for found in variant.queues:
        differences = dict(found.against_first)
        if found.queue == ALL_QUEUES and variant.occupancy_against_first is not None:
            differences["occupancy"] = variant.occupancy_against_first
        changes = [changed(name, differences[name]) for name in COMPARED if name in differences]
        yield f"{found.queue}: {'; '.join(filter(None, changes)) or 'no change that these runs could tell'}"


def lines_of(findings: Findings) -> Iterator[str]:
    yield from (findings.title, summary_of(findings))
    yield from comparison_of(findings)


def comparison_of(findings: Findings) -> Iterator[str]:
    for number, found in enumerate(findings.variants[0].queues):
        if number == 0 or len(findings.variants[0].queues) > 2:
            yield from ("", found.queue, *aligned(table_of(findings, number)))
    for variant in findings.variants[1:]:
        yield from ("", f"{variant.name}, against {findings.variants[0].name}:")
        yield from (f"  {line}" for line in differences_of(variant))


def told(name: str, figure: Figure) -> str:
    """82.1 % ± 1.3"""
    if figure.mean is None:
        return "-"
    half = "" if figure.high is None else f" ± {_number(name, figure.high - figure.mean)}"
    return f"{_number(name, figure.mean)}{_unit(name)}{half}"


def changed(name: str, difference: Figure) -> str:
    """service level 4.1 points lower (3.2 to 5.0), worse"""
    low, high = difference.low, difference.high
    if difference.mean is None or low is None or high is None or low <= 0 <= high:
        return ""
    least, most = sorted((abs(low), abs(high)))
    way = "higher" if difference.mean > 0 else "lower"
    verdict = {1: ", better", -1: ", worse", 0: ""}[_verdict(name, difference.mean)]
    title = TITLES[name][0].lower() + TITLES[name][1:]
    by = f"{_number(name, abs(difference.mean))}{_step(name)}"
    return f"{title} {by} {way} ({_number(name, least)} to {_number(name, most)}){verdict}"


def _verdict(name: str, change: float) -> int:
    better = BETTER.get(name, -1 if name.startswith("wait_") else 0)
    return better if change > 0 else -better


def _number(name: str, value: float) -> str:
    if UNITS.get(name, "seconds") == "share":
        return f"{value * 100:.1f}"
    return f"{value:,.1f}"


def _unit(name: str) -> str:
    return {"share": " %", "seconds": " s", "count": ""}[UNITS.get(name, "seconds")]


def _step(name: str) -> str:
    return {"share": " points", "seconds": " s", "count": ""}[UNITS.get(name, "seconds")]


def aligned(table: Table) -> Iterator[str]:
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for title, *cells in table:
        line = f"  {title:<{widths[0]}}"
        yield line + "".join(f"   {cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))

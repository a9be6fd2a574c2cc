"""What every benchmark shares: interleaved runs, medians, and one way to print them.

A figure stands beside its anchor, taken in the same run, interleaved, so that a busy machine slows both. `--json`
prints one line a measure for machines, otherwise a table for people. A benchmark never fails a test run: `ok` tells.
"""

import gc
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

ROUNDS_MIN = 5


@dataclass(frozen=True)
class Measure:
    """`ratio` is value / anchor_value. `ok` is None where there is no goal."""

    measure: str
    value: float
    unit: str
    anchor: str | None = None
    anchor_value: float | None = None
    ratio: float | None = None
    goal: str | None = None
    ok: bool | None = None


def against(
    measure: str,
    value: float,
    unit: str,
    anchor: str,
    anchor_value: float,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Measure:
    """A measure beside its anchor, with a goal for their ratio if there is one."""
    ratio = value / anchor_value
    goal, ok = None, None
    if at_least is not None:
        goal, ok = f"ratio >= {at_least:g}", ratio >= at_least
    if at_most is not None:
        goal, ok = f"ratio <= {at_most:g}", ratio <= at_most
    return Measure(measure, value, unit, anchor, anchor_value, ratio, goal, ok)


def medians(runs: Mapping[str, Callable[[], float]], rounds: int = ROUNDS_MIN) -> dict[str, float]:
    """Each run once a round, one after the other; the median of each over the rounds."""
    assert rounds >= ROUNDS_MIN
    figures: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            figures[name].append(run())
    return {name: median(values) for name, values in figures.items()}


def report(measures: Sequence[Measure], arguments: Sequence[str] | None = None) -> None:
    arguments = sys.argv[1:] if arguments is None else arguments
    for measure in measures:
        print(json.dumps(asdict(measure)) if "--json" in arguments else _line(measure))


def _line(measure: Measure) -> str:
    line = f"{measure.measure:<58} {measure.value:>12,.4g} {measure.unit}"
    if measure.ratio is not None:
        line += f"   {measure.ratio:,.3g} x {measure.anchor} ({measure.anchor_value:,.4g})"
    if measure.goal is not None:
        line += f"   goal {measure.goal}: {'ok' if measure.ok else 'NOT MET'}"
    return line

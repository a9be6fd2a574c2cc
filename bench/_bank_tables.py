"""The figures of replayed days, and the tables that the guide shows. Sums end in (figures, queues, hours)."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from bench._bank_day import TYPES
from bench._bank_replay import CALLS, GAVE_UP, KEPT, PROMISED, QUEUES, UNTIL_CALLED, WAITED
from dryfly.simulation.intervals import estimate
from dryfly.simulation.workload import Floats

AS_IT_WAS = "as it was"
ALL = range(len(QUEUES))
EARLY = [number for number, (_, early) in enumerate(QUEUES) if early]
LATER = [number for number, (_, early) in enumerate(QUEUES) if not early]
DRAWS = 4_000
FEW = 10  # calls of a type that are too few to speak of

Rows = list[list[str]]
Shown = Callable[[float], str]


def ratio(sums: Floats, figure: int, by: int = CALLS, queues: Iterable[int] = ALL) -> Floats:
    """Of all hours: the figure, a call."""
    chosen = sums[..., list(queues), :].sum((-1, -2))
    count = chosen[..., by]
    return np.asarray(np.divide(chosen[..., figure], count, out=np.full(count.shape, np.nan), where=count > 0))


def range_of(values: Floats) -> tuple[float, float, float]:
    """The mean, and where 95 of 100 replays lie: what one real day can be held against."""
    low, high = np.quantile(values, (0.025, 0.975))
    return float(values.mean()), float(low), float(high)


def over_days(sums: Floats, base: Floats | None, figure: int, queues: Iterable[int]) -> tuple[float, float, float]:
    """The ratio over all days (first axis), less that of `base`; and its 95 %, when whole days are drawn again."""
    drawn = np.random.default_rng(1).integers(0, len(sums), (DRAWS, len(sums)))
    whole, again = 0.0, np.zeros(DRAWS)
    for sign, array in ((1, sums), (-1, base)):
        if array is not None:
            part = array[..., list(queues), :].sum((-1, -2))
            whole += sign * float(part[:, figure].sum() / part[:, CALLS].sum())
            again += sign * part[drawn][..., figure].sum(1) / part[drawn][..., CALLS].sum(1)
    low, high = np.quantile(again, (0.025, 0.975))
    return whole, float(low), float(high)


# ---- tables ------------------------------------------------------------------------------------


def by_type(happened: Floats, runs: Floats) -> Rows:
    """One day: what happened, beside the range of its replays."""
    rows = [["", "calls", "waited", "replayed", "gave up", "replayed"]]
    for name, queues in groups():
        calls = happened[CALLS, queues].sum()
        cells = [f"{calls:,.0f}"]
        for figure, shown in ((WAITED, seconds), (GAVE_UP, percent)):
            cells += [shown(float(ratio(happened, figure, queues=queues)))]
            cells += [between(range_of(ratio(runs, figure, queues=queues)), shown)]
        if calls >= FEW:
            rows.append([name, *cells])
    return rows


def by_type_all_days(happened: Floats, replayed: Floats) -> Rows:
    rows = [["", "calls", "waited", "replayed less that", "gave up", "replayed less that"]]
    for name, queues in groups():
        cells = [f"{happened[:, CALLS, queues].sum():,.0f}"]
        for figure, shown, more in ((WAITED, seconds, seconds_more), (GAVE_UP, percent, points_more)):
            cells += [shown(over_days(happened, None, figure, queues)[0])]
            cells += [between(over_days(replayed, happened, figure, queues), more)]
        rows.append([name, *cells])
    return rows


def policies_on_the_day(runs: Mapping[str, Floats]) -> Rows:
    """Each replay less the same replay under the rules as they were."""
    rows = [["", "waited in line", "with priority", "without", "gave up", "promised a call", "called after"]]
    base = runs[AS_IT_WAS]
    for name, run in list(runs.items())[1:]:
        cells = [
            paired(ratio(run, figure, queues=queues) - ratio(base, figure, queues=queues), more)
            for figure, queues, more in effects()
        ]
        rows.append([name, *cells, *promises(run)])
    return rows


def policies_over_days(runs: Mapping[str, Floats]) -> Rows:
    rows = [["", "waited in line", "with priority", "without", "gave up", "promised a call", "called after"]]
    for name, run in list(runs.items())[1:]:
        cells = [between(over_days(run, runs[AS_IT_WAS], figure, queues), more) for figure, queues, more in effects()]
        rows.append([name, *cells, *promises(run)])
    return rows


def promises(run: Floats) -> list[str]:
    whole = run.sum(0)
    if not whole[PROMISED].sum():
        return ["", ""]
    return [percent(float(ratio(whole, PROMISED))), minutes(float(ratio(whole, UNTIL_CALLED, KEPT)))]


def sensitivities(happened: Floats, runs: Mapping[str, Mapping[str, Floats]]) -> Rows:
    """Means over the week: what is replayed under each reading, and what the other rules change in it."""
    others = [name for name in next(iter(runs.values())) if name != AS_IT_WAS]
    rows = [["", "waited", "gave up", *(f"{name}: {what}" for name in others for what in ("waited", "gave up"))]]
    rows.append(["happened", *_waited_and_gave_up(happened.sum(0)), *[""] * 2 * len(others)])
    for name, by_policy in runs.items():
        base = by_policy[AS_IT_WAS].sum(0)
        cells = _waited_and_gave_up(base)
        for other in others:
            cells += [
                more(float(ratio(by_policy[other].sum(0), figure) - ratio(base, figure)))
                for figure, more in ((WAITED, seconds_more), (GAVE_UP, points_more))
            ]
        rows.append([name, *cells])
    return rows


def _waited_and_gave_up(sums: Floats) -> list[str]:
    return [seconds(float(ratio(sums, WAITED))), percent(float(ratio(sums, GAVE_UP)))]


def groups() -> list[tuple[str, list[int]]]:
    own = [(kind, [number for number, (type, _) in enumerate(QUEUES) if type == kind]) for kind in TYPES]
    return [*own, ("with priority", EARLY), ("all", list(ALL))]


def effects() -> list[tuple[int, Sequence[int], Shown]]:
    waits = [(WAITED, queues, seconds_more) for queues in (ALL, EARLY, LATER)]
    return [*waits, (GAVE_UP, ALL, points_more)]


# ---- numbers in words --------------------------------------------------------------------------


def seconds(value: float) -> str:
    return f"{value:.0f} s" if abs(value) >= 9.95 else f"{value:.1f} s"


def percent(value: float) -> str:
    return f"{value * 100:.1f} %"


def minutes(value: float) -> str:
    return f"{value / 60:.1f} min"


def seconds_more(value: float) -> str:
    return f"{value:+z.1f} s"


def points_more(value: float) -> str:
    """Not percent, lest it is taken for a share of the share."""
    return f"{value * 100:+z.1f} pt"


def between(found: tuple[float, float, float], shown: Shown) -> str:
    mean, low, high = (shown(value) for value in found)
    return f"{mean} ({low.split()[0]}..{high.split()[0]})".replace("-", "\u2212")


def paired(differences: Floats, more: Shown) -> str:
    found = estimate(differences)
    return between((found.mean, found.low, found.high), more)


def table(rows: Rows) -> str:
    head, *rest = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

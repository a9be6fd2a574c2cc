"""A recorded day of a bank's centre, played on the floor: beside what happened, and with other rules.

Replays meet the recorded calls when they came; patience, work after a call, and the length of calls that nobody
answered are drawn, the same for all rules. `--write` puts the figures into the guide (docs/guide/bank-day.md).

    python -m bench bank_day [--write] [--json] [--replications 40]
"""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bench._bank import CALLS as FILE
from bench._bank import DATA, days
from bench._bank_day import TYPES, Assumed, Days, full_days, typical_day, week_of
from bench._bank_plot import Panel, picture
from bench._bank_replay import CALLS, GAVE_UP, KEPT, PROMISED, QUEUES, UNTIL_CALLED, WAITED, Day, Policy, day_of, replay
from bench._bank_replay import happened as happened_on
from bench._report import Measure, report
from dryfly.simulation.intervals import estimate
from dryfly.simulation.runs import workers_here
from dryfly.simulation.workload import Floats

GUIDE = Path(__file__).parents[1] / "docs/guide/bank-day.md"
PICTURE = Path(__file__).parents[1] / "docs/pictures/bank-day.svg"
REPLICATIONS = 40
SHOWN_HOURS = range(7, 24)
DRAWS = 4_000
AS_IT_WAS = "as it was"
POLICIES = {
    AS_IT_WAS: Policy(),
    "no head start": Policy(head_start_s=0),
    "call back after 60 s": Policy(call_back_after_s=60),
    "generalists spared": Policy(choice="least_sufficient"),
}
TRIED_AGAIN = list(POLICIES)[:3]  # under each reading
ASSUMED = {
    "as told above": Assumed(),
    "absent after a gap of 15 min": Assumed(gap_min=15),
    "absent after a gap of 60 min": Assumed(gap_min=60),
    "patience x 0.8": Assumed(patience_factor=0.8),
    "patience x 1.25": Assumed(patience_factor=1.25),
    "patience exponential, censored mean": Assumed(patience="exponential"),
    "patience as far as it is known of each call": Assumed(patience="kept"),
    "no work after a call": Assumed(work_after=False),
    "everybody takes every type": Assumed(takes_least=0.0),
    "a quarter takes the call back": Assumed(takes_call=0.25),
    "three quarters take it": Assumed(takes_call=0.75),
}
ALL = range(len(QUEUES))
EARLY = [number for number, (_, early) in enumerate(QUEUES) if early]
LATER = [number for number, (_, early) in enumerate(QUEUES) if not early]

Rows = list[list[str]]
Shown = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Turn:
    day: int
    assumed: Assumed
    policy: Policy
    replications: int


# ---- playing -----------------------------------------------------------------------------------


@lru_cache
def recorded() -> Days:
    return days()


@lru_cache(maxsize=4)
def prepared(number: int, assumed: Assumed) -> Day:
    return day_of(recorded(), number, assumed)


def play(turn: Turn) -> Floats:
    """(replications, figures, queues, hours)"""
    day = prepared(turn.day, turn.assumed)
    return np.array([replay(day, turn.policy, number) for number in range(turn.replications)])


def play_all(turns: Sequence[Turn]) -> list[Floats]:
    with ProcessPoolExecutor(workers_here(), get_context("spawn")) as pool:
        return list(pool.map(play, turns))


# ---- figures: arrays end in (figures, queues, hours) -------------------------------------------


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
        if calls >= 10:
            rows.append([name, *cells])
    return rows


def by_type_all_days(happened: Floats, replayed: Floats) -> Rows:
    rows = [["", "calls", "waited", "replayed less that", "gave up", "replayed less that"]]
    for name, queues in groups():
        cells = [f"{happened[:, CALLS, queues].sum():,.0f}"]
        for figure, shown in ((WAITED, seconds), (GAVE_UP, percent)):
            cells += [shown(over_days(happened, None, figure, queues)[0])]
            cells += [between(over_days(replayed, happened, figure, queues), signed(shown))]
        rows.append([name, *cells])
    return rows


def policies_on_the_day(runs: dict[str, Floats]) -> Rows:
    """Each replay less the same replay under the rules as they were."""
    rows = [["", "waited in line", "with priority", "without", "gave up", "promised a call", "called after"]]
    base = runs[AS_IT_WAS]
    for name, run in list(runs.items())[1:]:
        cells = [
            paired(ratio(run, figure, queues=queues) - ratio(base, figure, queues=queues), shown)
            for figure, queues, shown in effects()
        ]
        rows.append([name, *cells, *promises(run)])
    return rows


def policies_over_days(runs: dict[str, Floats]) -> Rows:
    rows = [["", "waited in line", "with priority", "without", "gave up", "promised a call", "called after"]]
    for name, run in list(runs.items())[1:]:
        cells = [
            between(over_days(run, runs[AS_IT_WAS], figure, queues), signed(shown))
            for figure, queues, shown in effects()
        ]
        rows.append([name, *cells, *promises(run)])
    return rows


def promises(run: Floats) -> list[str]:
    whole = run.sum(0)
    if not whole[PROMISED].sum():
        return ["", ""]
    return [percent(float(ratio(whole, PROMISED))), minutes(float(ratio(whole, UNTIL_CALLED, KEPT)))]


def sensitivities(happened: Floats, runs: dict[str, dict[str, Floats]]) -> Rows:
    """Means over the week: what is replayed under each reading, and what the other rules change in it."""
    others = TRIED_AGAIN[1:]
    rows = [["", "waited", "gave up", *(f"{name}: {what}" for name in others for what in ("waited", "gave up"))]]
    rows.append(["happened", *_waited_and_gave_up(happened.sum(0)), *[""] * 2 * len(others)])
    for name, by_policy in runs.items():
        base = by_policy[AS_IT_WAS].sum(0)
        cells = _waited_and_gave_up(base)
        for other in others:
            cells += [
                signed(shown)(float(ratio(by_policy[other].sum(0), figure) - ratio(base, figure)))
                for figure, shown in ((WAITED, seconds), (GAVE_UP, percent))
            ]
        rows.append([name, *cells])
    return rows


def _waited_and_gave_up(sums: Floats) -> list[str]:
    return [seconds(float(ratio(sums, WAITED))), percent(float(ratio(sums, GAVE_UP)))]


def groups() -> list[tuple[str, list[int]]]:
    own = [(kind, [number for number, (type, _) in enumerate(QUEUES) if type == kind]) for kind in TYPES]
    return [*own, ("with priority", EARLY), ("all", list(ALL))]


def effects() -> list[tuple[int, Sequence[int], Shown]]:
    return [(WAITED, ALL, seconds), (WAITED, EARLY, seconds), (WAITED, LATER, seconds), (GAVE_UP, ALL, percent)]


# ---- numbers in words --------------------------------------------------------------------------


def seconds(value: float) -> str:
    return f"{value:.0f} s" if abs(value) >= 9.95 else f"{value:.1f} s"


def percent(value: float) -> str:
    return f"{value * 100:.1f} %"


def minutes(value: float) -> str:
    return f"{value / 60:.1f} min"


def signed(shown: Shown) -> Shown:
    return lambda value: shown(value) if value < 0 else f"+{shown(value)}"


def between(found: tuple[float, float, float], shown: Shown) -> str:
    mean, low, high = (shown(value) for value in found)
    return f"{mean} ({low.split()[0]}..{high.split()[0]})".replace("-", "\u2212")


def paired(differences: Floats, shown: Shown) -> str:
    found = estimate(differences)
    return between((found.mean, found.low, found.high), signed(shown))


def table(rows: Rows) -> str:
    head, *rest = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# ---- the picture -------------------------------------------------------------------------------


def by_hour(happened: Floats, runs: Floats) -> str:
    panels = [
        _panel("Waited in line, mean of all who came in the hour", WAITED, 1.0, " s", happened, runs),
        _panel("Gave up, of all who came in the hour", GAVE_UP, 100.0, " %", happened, runs),
    ]
    label = "Waiting and giving up by hour of the day: what happened, and the range of the replays"
    return picture(panels, SHOWN_HOURS, label)


def _panel(title: str, figure: int, factor: float, unit: str, happened: Floats, runs: Floats) -> Panel:
    real = _hourly(happened[None], figure)[0] * factor
    played = _hourly(runs, figure) * factor
    low, high = np.quantile(played, (0.025, 0.975), axis=0)
    top = float(np.ceil(max(real.max(), high.max()) / 20) * 20)
    return Panel(title, top, unit, real.tolist(), played.mean(0).tolist(), low.tolist(), high.tolist())


def _hourly(sums: Floats, figure: int) -> Floats:
    own = sums.sum(2)[..., SHOWN_HOURS.start : SHOWN_HOURS.stop]
    return np.asarray(own[:, figure] / np.maximum(own[:, CALLS], 1))


# ---- the whole ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Sums by policy. Of the typical day each replication; of several days each day, the mean of its replications."""

    number: int
    day_happened: Floats
    day: dict[str, Floats]
    days_happened: Floats
    days: dict[str, Floats]
    week_happened: Floats
    week: dict[str, dict[str, Floats]]  # by reading first


def find(replications: int) -> Found:
    number, numbers = typical_day(recorded()), full_days(recorded())
    week = [day for day in numbers if week_of(day) == week_of(number)]
    few = max(replications // 10, 2)
    usual = Assumed()
    played = play_all(
        [Turn(number, usual, policy, replications) for policy in POLICIES.values()]
        + [Turn(day, usual, policy, few) for day in numbers for policy in POLICIES.values()]
        + [Turn(day, read, POLICIES[name], few) for read in ASSUMED.values() for day in week for name in TRIED_AGAIN]
    )
    runs = iter(played)
    on_day = {name: next(runs) for name in POLICIES}
    on_days = [{name: next(runs).mean(0) for name in POLICIES} for _ in numbers]
    in_week = {reading: [{name: next(runs).mean(0) for name in TRIED_AGAIN} for _ in week] for reading in ASSUMED}
    happened = {day: happened_on(prepared(day, usual)) for day in numbers}
    return Found(
        number,
        happened[number],
        on_day,
        np.array(list(happened.values())),
        _by_policy(on_days),
        np.array([happened[day] for day in week]),
        {reading: _by_policy(days) for reading, days in in_week.items()},
    )


def _by_policy(by_day: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.array([day[name] for day in by_day]) for name in by_day[0]}


def tables(found: Found) -> dict[str, Rows]:
    return {
        "day": by_type(found.day_happened, found.day[AS_IT_WAS]),
        "days": by_type_all_days(found.days_happened, found.days[AS_IT_WAS]),
        "policies-day": policies_on_the_day(found.day),
        "policies-days": policies_over_days(found.days),
        "sensitivity": sensitivities(found.week_happened, found.week),
    }


def write(found: Found) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name, rows in tables(found).items():
        filled = f"<!-- {name} -->\n\n{table(rows)}\n\n<!-- end -->"
        text, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", filled, text, flags=re.DOTALL)
        assert count == 1, name
    GUIDE.write_text(text, encoding="utf-8")
    PICTURE.write_text(by_hour(found.day_happened, found.day[AS_IT_WAS]), encoding="utf-8")


def measures(found: Found) -> list[Measure]:
    day, days_sums = found.day[AS_IT_WAS], found.days[AS_IT_WAS]
    measured = []
    for figure, name, unit in ((WAITED, "waited in line", "s"), (GAVE_UP, "gave up, share", "")):
        mean, low, high = range_of(ratio(day, figure))
        real = float(ratio(found.day_happened, figure))
        goal, ok = f"{low:.3g}..{high:.3g} holds what happened", low <= real <= high
        title = f"{found.number} February replayed, {name}"
        measured.append(Measure(title, mean, unit, "happened", real, mean / real, goal, ok))
        value, low, high = over_days(days_sums, found.days_happened, figure, ALL)
        measured.append(
            Measure(f"all full days, {name}: replayed less happened", value, f"{unit} ({low:.3g}..{high:.3g})")
        )
    return measured


def main() -> None:
    if not (DATA / FILE).exists():
        raise SystemExit(f"{DATA / FILE} is not there: DRYFLY_DATASETS names the folder with the data.")
    asked = sys.argv[1:]
    found = find(int(asked[asked.index("--replications") + 1]) if "--replications" in asked else REPLICATIONS)
    report(measures(found))
    if "--json" not in asked:
        for name, rows in tables(found).items():
            print(f"\n{name}\n{table(rows)}", flush=True)
    if "--write" in asked:
        write(found)


if __name__ == "__main__":
    main()

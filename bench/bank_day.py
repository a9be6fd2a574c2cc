"""A recorded day of a bank's centre, played on the floor: beside what happened, and with other rules.

Replays meet the recorded calls when they came; patience, work after a call, and the length of calls that nobody
answered are drawn, the same for all rules. `--write` puts the figures into the guide (docs/guide/bank-day.md).

    python -m bench bank_day [--write] [--json] [--replications 20]
"""

import re
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bench._bank import CALLS as FILE
from bench._bank import DATA, days
from bench._bank_day import Assumed, Days, full_days, typical_day, week_of
from bench._bank_plot import Panel, picture
from bench._bank_replay import CALLS, GAVE_UP, WAITED, Day, Policy, day_of, replay
from bench._bank_replay import happened as happened_on
from bench._bank_tables import (
    ALL,
    AS_IT_WAS,
    Rows,
    by_type,
    by_type_all_days,
    over_days,
    policies_on_the_day,
    policies_over_days,
    range_of,
    ratio,
    sensitivities,
    table,
)
from bench._report import Measure, report
from dryfly.simulation.runs import workers_here
from dryfly.simulation.workload import Floats

GUIDE = Path(__file__).parents[1] / "docs/guide/bank-day.md"
PICTURE = Path(__file__).parents[1] / "docs/pictures/bank-day.svg"
REPLICATIONS = 20
SHOWN_HOURS = range(7, 24)
POLICIES = {
    AS_IT_WAS: Policy(),
    "no head start": Policy(head_start_s=0),
    "call back after 60 s": Policy(call_back_after_s=60),
    "generalists spared": Policy(choice="least_sufficient"),
}
TRIED_AGAIN = (AS_IT_WAS, "call back after 60 s")  # under each reading
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
    few, fewest = max(replications // 10, 1), max(replications // 20, 1)
    usual = Assumed()
    played = play_all(
        [Turn(number, usual, policy, replications) for policy in POLICIES.values()]
        + [Turn(day, usual, policy, few) for day in numbers for policy in POLICIES.values()]
        + [Turn(day, read, POLICIES[name], fewest) for read in ASSUMED.values() for day in week for name in TRIED_AGAIN]
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
    GUIDE.write_text(filled(GUIDE.read_text(encoding="utf-8"), tables(found)), encoding="utf-8")
    PICTURE.write_text(by_hour(found.day_happened, found.day[AS_IT_WAS]), encoding="utf-8")


def filled(page: str, shown: dict[str, Rows]) -> str:
    """The page with each table in its place."""
    for name, rows in shown.items():
        told = f"<!-- {name} -->\n\n{table(rows)}\n\n<!-- end -->"
        page, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", told, page, flags=re.DOTALL)
        assert count == 1, name
    return page


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

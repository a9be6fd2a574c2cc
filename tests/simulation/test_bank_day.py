"""What is read from a bank's record before its day is played; and the day, near what happened (`bench bank_day`)."""

from pathlib import Path

import numpy as np
import pytest

from bench._bank import NO_AGENT, Call, days
from bench._bank_day import (
    TYPES,
    Assumed,
    Known,
    full_days,
    gaps_under_pressure,
    learn,
    presence,
    skills,
    talks_of,
    typical_day,
    waiting_spans,
)
from bench._bank_replay import CALLS, GAVE_UP, PROMISED, WAITED, Day, Policy, day_of, happened, replay
from bench._bank_tables import by_type, over_days, range_of, ratio, table
from bench.bank_day import GUIDE, POLICIES, Found, filled, tables
from dryfly.simulation.survival import Survival

ENDLESS = Survival(np.zeros(0), np.zeros(0), 0.0)


def call(
    number: int,
    came: int,
    began: int | None,
    ended: int,
    *,
    kind: str = "PS",
    agent: str = "anna",
    early: bool = False,
) -> Call:
    waited = began is None or began > came
    left = ended if began is None else began
    return Call(number, kind, early, came if waited else None, left if waited else 0, began, ended, agent)


# ---- reading -----------------------------------------------------------------------------------


def test_presence_is_cut_where_nothing_happened_for_long() -> None:
    talks = [(100, 200), (260, 300), (1000, 1100), (1050, 1060), (1110, 1110)]
    assert presence(talks, 60) == [(100, 300), (1000, 1110)]
    assert presence(talks, 700) == [(100, 1110)]
    assert presence([(5, 5)], 60) == [(5, 6)], "somebody who answered was there"


def test_calls_without_a_name_are_nobodys() -> None:
    calls = [call(1, 0, 0, 9, agent=NO_AGENT), call(2, 20, 20, 30), call(3, 5, 6, 8), call(4, 7, None, 9)]
    assert talks_of(calls) == {"anna": [(6, 8), (20, 30)]}


def test_a_type_is_taken_by_those_who_took_some_of_it() -> None:
    both = [call(number, 0, 0, 1, kind=kind) for number, kind in enumerate(["PS", "NE"] * 10)]
    one = [call(number, 0, 0, 1, agent="ben") for number in range(20)]
    once = [call(99, 0, 0, 1, agent="ben", kind="NE")]
    found = skills([both, one + once], 0.2)
    assert {"PS", "NE"} <= found["anna"]
    assert "NE" not in found["ben"]
    assert "NE" in skills([both, one + once], 0.0)["ben"]


def test_somebody_waits_from_the_first_to_the_last_of_those_who_overlap() -> None:
    calls = [call(1, 0, 10, 20), call(2, 10, 15, 20), call(3, 30, None, 40), call(4, 0, 50, 60, kind="NE")]
    assert waiting_spans(calls, frozenset({"PS"})) == [(0, 15), (30, 40)]


def test_work_after_a_call_is_the_gap_in_which_somebody_waited() -> None:
    """After the first talk the line is full until the next begins; after the second it empties; then nobody waits."""
    talks = [(0, 100), (130, 200), (260, 300), (400, 500)]
    waiting = [(90, 131), (190, 220)]
    assert gaps_under_pressure(talks, waiting, 1800) == [(30, True), (20, False)]
    assert gaps_under_pressure(talks, waiting, 25) == []


def test_the_typical_day_is_a_full_one_with_the_median_of_calls() -> None:
    recorded = {day: [call(number, 0, 0, 1) for number in range(day % 10 + 1)] for day in range(1, 15)}
    assert full_days(recorded) == [1, 2, 3, 4, 7, 8, 9, 10, 11, 14]
    assert typical_day(recorded) == 4


# ---- playing -----------------------------------------------------------------------------------


def small_day(**known: object) -> Day:
    """Anna is there from 0 to 300 s. Two are served, and the third, with priority, passes the second."""
    calls = [call(1, 0, 0, 100), call(2, 10, 200, 300), call(3, 20, 100, 200, early=True), call(4, 250, None, 260)]
    assumed = Assumed(takes_call=1.0, unreached=0.0)
    plain = {
        "patience": dict.fromkeys(TYPES, ENDLESS),
        "handling_s": dict.fromkeys(TYPES, np.array([40.0])),
        "work_after": None,
        "takes": {"anna": frozenset({"PS"})},
    }
    return Day(4, calls, Known(**(plain | known)), assumed)  # type: ignore[arg-type]


def test_what_happened_is_added_up_by_queue_and_hour() -> None:
    sums = happened(small_day())
    assert sums[:, :, 0].sum(1)[[CALLS, WAITED, GAVE_UP]].tolist() == [4, 190 + 80 + 10, 1]
    assert sums[WAITED, 1, 0] == 80, "with priority"


def test_a_head_start_passes_others() -> None:
    early, none = replay(small_day(), Policy(), 0), replay(small_day(), Policy(head_start_s=0), 0)
    assert (early[WAITED, 1, 0], none[WAITED, 1, 0]) == (80, 180)


def test_who_has_no_patience_is_gone_before_anybody_is_free() -> None:
    at_once = Survival(np.zeros(0), np.zeros(0), 1e9)
    found = replay(small_day(patience=dict.fromkeys(TYPES, at_once)), Policy(), 0)
    assert (found[CALLS].sum(), found[GAVE_UP].sum()) == (4, 2)


def test_work_after_a_call_keeps_the_next_one_waiting() -> None:
    always_30 = Survival(np.array([30.0]), np.array([0.0]), 0.0)
    plain, working = replay(small_day(), Policy(), 0), replay(small_day(work_after=always_30), Policy(), 0)
    assert working[WAITED, 1, 0] - plain[WAITED, 1, 0] == 30


def test_who_is_promised_a_call_waits_in_line_no_longer() -> None:
    found = replay(small_day(), Policy(call_back_after_s=60), 0)
    assert found[PROMISED].sum() >= 2
    assert found[WAITED, 1, 0] == 60


def test_the_same_people_meet_all_rules() -> None:
    day = small_day()
    assert np.array_equal(replay(day, Policy(), 3), replay(day, Policy(), 3))


# ---- intervals ---------------------------------------------------------------------------------


def test_differences_over_days_are_of_the_same_days() -> None:
    """Days differ far more than the two runs do: drawn again apart, their difference would be lost."""
    chance = np.random.default_rng(5)
    base = np.zeros((20, 6, 12, 24))
    base[:, CALLS] = 10
    base[:, WAITED] = chance.uniform(100, 1000, (20, 1, 1))
    more = base.copy()
    more[:, WAITED] += 10
    mean, low, high = over_days(more, base, WAITED, range(12))
    assert (mean, low, high) == pytest.approx((1, 1, 1))
    mean, low, high = over_days(base, None, WAITED, range(12))
    assert high - low > 10


def test_the_range_holds_95_of_100_replays() -> None:
    assert range_of(np.arange(101.0)) == pytest.approx((50, 2.5, 97.5))
    assert np.isnan(ratio(np.zeros((6, 12, 24)), WAITED))


def test_a_table_says_what_happened_beside_the_range_of_the_replays() -> None:
    real = np.zeros((6, 12, 24))
    real[CALLS, 0, 9], real[WAITED, 0, 9], real[GAVE_UP, 0, 9] = 20, 600, 5
    real[CALLS, 2, 9] = 3
    runs = np.stack([real, 2 * real])
    runs[1, CALLS] = real[CALLS]
    rows = by_type(real, runs)
    assert [row[0] for row in rows] == ["", "PS", "all"], "three calls of a type say nothing"
    assert rows[1] == ["PS", "20", "30 s", "45 s (31..59)", "25.0 %", "37.5 % (25.6..49.4)"]
    assert table(rows).splitlines()[1] == "| --- | ---: | ---: | ---: | ---: | ---: |"


def test_the_guides_page_has_a_place_for_each_table() -> None:
    nothing = np.zeros((5, 6, 12, 24))
    nothing[:, CALLS] = 1
    by_policy = dict.fromkeys(POLICIES, nothing)
    found = Found(15, nothing[0], by_policy, nothing, by_policy, nothing, {"plain": by_policy})
    page = filled(GUIDE.read_text(encoding="utf-8"), tables(found))
    assert filled(page, tables(found)) == page
    assert page.count("| call back after 60 s |") == 2


# ---- the bank ----------------------------------------------------------------------------------


@pytest.mark.data
def test_the_typical_day_comes_out_near_what_happened(datasets: Path) -> None:
    """Learned from the other days: of this one nothing is told but who came, for how long, and who was there."""
    recorded = days(datasets)
    day = day_of(recorded, typical_day(recorded), Assumed())
    runs = np.array([replay(day, Policy(), number) for number in range(3)])
    real = happened(day)
    assert ratio(runs, WAITED).mean() == pytest.approx(float(ratio(real, WAITED)), rel=0.4)
    assert ratio(runs, GAVE_UP).mean() == pytest.approx(float(ratio(real, GAVE_UP)), abs=0.06)
    assert runs[:, CALLS].sum() == 3 * real[CALLS].sum()


@pytest.mark.data
def test_what_is_learned_leaves_the_day_out(datasets: Path) -> None:
    recorded = days(datasets)
    changed = {**recorded, 15: recorded[3]}
    assert learn(recorded, 15, Assumed()).patience["PS"].rate == learn(changed, 15, Assumed()).patience["PS"].rate
    assert learn(recorded, 3, Assumed()).patience["PS"].rate != learn(changed, 3, Assumed()).patience["PS"].rate

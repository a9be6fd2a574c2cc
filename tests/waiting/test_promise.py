"""What is promised to somebody who waits never gets longer without a cause, and the cause is told."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from dryfly.floor.model import QueueId
from dryfly.waiting.model import Band, Cause, Range, Told, rounded, step_s
from dryfly.waiting.promise import shown, told_anew
from dryfly.waiting.rule import erlang

GENERAL, NIGHT = QueueId("general"), QueueId("night")
MINUTE = 60_000


def tell(
    before: Told | None, place: int = 4, at_min: float = 0, band: Band | None = None,
    lost_at_min: float = 0, queue: QueueId = GENERAL,
) -> Told:  # fmt: skip
    told = told_anew(before, queue, place, int(at_min * MINUTE), int(lost_at_min * MINUTE), lambda: band)
    assert told is not None
    return told


def minutes(told: Told, at_min: float) -> tuple[int, int]:
    told_now = shown(told, int(at_min * MINUTE))
    return told_now.from_s // 60, told_now.to_s // 60


FOUR_TO_EIGHT, TEN_TO_14 = Band(250, 470), Band(600, 840)


def test_it_is_told_in_whole_steps_the_end_rounded_up() -> None:
    assert rounded(130, 301, 60) == Range(120, 360)
    assert rounded(5, 20, 60) == Range(0, 60), "never nothing"
    assert [step_s(minutes * 60) for minutes in (3, 15, 16, 60, 61)] == [60, 60, 300, 300, 900]


def test_it_falls_while_the_promise_stands() -> None:
    told = tell(None, band=FOUR_TO_EIGHT)
    assert [minutes(told, at) for at in (0, 1, 3.5, 7.9)] == [(4, 8), (3, 7), (1, 5), (0, 1)]
    assert tell(told, at_min=3, band=TEN_TO_14) is told, "another estimate is no cause"


def test_with_half_the_line_gone_it_may_come_nearer() -> None:
    told = tell(None, band=TEN_TO_14)
    assert tell(told, place=3, at_min=1, band=FOUR_TO_EIGHT) is told
    nearer = tell(told, place=2, at_min=1, band=FOUR_TO_EIGHT)
    assert minutes(nearer, 1) == (4, 8)
    assert minutes(tell(told, place=2, at_min=1, band=Band(900, 899)), 1) == minutes(told, 1)


def test_it_gets_longer_with_a_cause_that_is_told() -> None:
    told = tell(None, band=FOUR_TO_EIGHT)
    lost = tell(told, at_min=2, band=TEN_TO_14, lost_at_min=1)
    assert (lost.because, minutes(lost, 2)) == (Cause.FEWER_AGENTS, (10, 14))
    overtaken = tell(told, place=5, at_min=2, band=TEN_TO_14)
    assert (overtaken.because, minutes(overtaken, 2)) == (Cause.OVERTAKEN, (10, 14))
    moved = tell(told, at_min=2, band=TEN_TO_14, queue=NIGHT)
    assert (moved.because, moved.queue) == (Cause.MOVED, NIGHT)
    late = tell(told, at_min=8, band=FOUR_TO_EIGHT)
    assert (late.because, minutes(late, 8)) == (Cause.LATE, (4, 8))


def test_a_cause_without_a_longer_estimate_changes_nothing() -> None:
    told = tell(None, band=FOUR_TO_EIGHT)
    same = tell(told, at_min=2, band=Band(60, 120), lost_at_min=1)
    assert (same.because, minutes(same, 2)) == (Cause.NONE, minutes(told, 2))
    assert tell(same, at_min=3, band=TEN_TO_14, lost_at_min=1) is same, "and is asked about once"


def test_when_the_end_has_passed_and_nobody_can_say_nothing_is_said() -> None:
    told = tell(None, band=FOUR_TO_EIGHT)
    assert told_anew(told, GENERAL, 4, 8 * MINUTE, 0, lambda: None) is None
    assert told_anew(None, GENERAL, 4, 0, 0, lambda: None) is None


class Moment(NamedTuple):
    after_s: int
    place: int
    band: Band | None
    loses: bool


bands = st.tuples(st.integers(0, 4000), st.integers(1, 3000)).map(lambda pair: Band(pair[0], sum(pair)))
moments = st.builds(Moment, st.integers(0, 300), st.integers(1, 9), st.none() | bands, st.booleans())


@given(bands, st.lists(moments, max_size=30))
def test_neither_end_ever_rises_without_a_cause(first: Band, later: list[Moment]) -> None:
    told, now, lost_at = tell(None, place=5, band=first), 0, 0
    for moment in later:
        before, was = told, shown(told, now)
        now += moment.after_s * 1000
        lost_at = now if moment.loses else lost_at
        fresh = told_anew(told, GENERAL, moment.place, now, lost_at, lambda moment=moment: moment.band)  # type: ignore[misc]
        if fresh is None:
            assert now >= before.until
            return
        told, is_now = fresh, shown(fresh, now)
        has_cause = moment.place > before.place or lost_at > before.at or now >= before.until
        assert has_cause or (is_now.from_s <= was.from_s and is_now.to_s <= was.to_s)
        assert is_now.to_s <= was.to_s or told.because is not Cause.NONE
        assert 0 <= is_now.from_s < is_now.to_s


def test_so_many_times_in_a_row_are_erlangs() -> None:
    """Against the exact 50th and 80th percentiles of Erlang's distribution (k = 1, 4, 20; mean 1 each)."""
    exact = {1: (0.6931, 1.6094), 4: (3.6721, 5.5150), 20: (19.6677, 23.6339)}
    for place, (p50, p80) in exact.items():
        band = erlang(place, 1.0)
        assert abs(band.p50_s - p50) < 0.03 * p50
        assert abs(band.p80_s - p80) < 0.03 * p80

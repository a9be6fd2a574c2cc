"""The difference that asking made, with an interval that can be believed."""

import pytest

from dryfly.channels.web.invitations import Verdict, difference, results_of, wilson


def test_intervals_of_the_books() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-4)  # Newcombe 1998a, table I, method 3
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-4)
    assert difference((56, 70), (48, 80)) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-4)  # 1998b, method 10
    assert difference((9, 10), (3, 10)) == pytest.approx((0.6, 0.1705, 0.8090), abs=5e-4)


def test_an_empty_arm_tells_nothing() -> None:
    [result] = results_of([("basket", "shown", "due", 3), ("basket", "shown", "talk", 1)])
    assert (result.shown.due, result.held.due, result.lift) == (3, 0, None)


def test_more_talks_than_visitors_break_nothing() -> None:
    """A talk may begin days after the visitor was counted, so a short period may have more of them."""
    rows = [("b", "shown", "due", 1), ("b", "shown", "talk", 3), ("b", "held", "due", 4)]
    [result] = results_of(rows)
    assert result.lift == 1.0


@pytest.mark.parametrize(
    ("shown", "held", "verdict"),
    [
        ((0, 0), (0, 9), Verdict.EMPTY),
        ((9, 9), (0, 9), Verdict.TOO_FEW),  # all of nine against none: and yet nine are nine
        ((6, 100), (4, 100), Verdict.TOO_FEW),
        ((80, 1000), (40, 1000), Verdict.MORE),
        ((40, 1000), (80, 1000), Verdict.FEWER),
        ((500, 10_000), (495, 10_000), Verdict.NO_DIFFERENCE),
    ],
)
def test_it_is_said_what_can_be_said(shown: tuple[int, int], held: tuple[int, int], verdict: Verdict) -> None:
    rows = [("b", arm, what, n) for arm, (talk, due) in (("shown", shown), ("held", held))
            for what, n in (("talk", talk), ("due", due))]  # fmt: skip
    [result] = results_of(rows)
    assert result.verdict is verdict

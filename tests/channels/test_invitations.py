"""The difference that asking made, with an interval that can be believed."""

import pytest

from dryfly.channels.web.invitations import difference, results_of, wilson


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

"""An alert is raised once, cleared once, and never flaps."""

import pytest

from dryfly.desk.alerts import Alerts
from dryfly.setup.alerts import Alert, AlertMeasure, alert_problems

MANY_WAIT = Alert("many", "Many wait", AlertMeasure.WAITING, raise_at=10, clear_at=5, for_s=30)
LOW_LEVEL = Alert("level", "Low", AlertMeasure.SERVICE_LEVEL, raise_at=0.6, clear_at=0.75, for_s=0)


class Floor:
    """A number of one queue over time, told by hand."""

    def __init__(self, rule: Alert) -> None:
        self.alerts = Alerts()
        self.rule = rule
        self.now = 1_000_000

    def shows(self, value: float | None, after_s: int = 0) -> bool:
        """Whether the alert is raised, when the number is this."""
        self.now += after_s * 1000
        return bool(self.alerts.look([self.rule], {("general", self.rule.measure): value}, self.now))


def test_a_number_beyond_the_line_for_long_enough_raises_it() -> None:
    floor = Floor(MANY_WAIT)
    assert not floor.shows(12)
    assert not floor.shows(12, after_s=29)
    assert floor.shows(12, after_s=1)


def test_a_moment_beyond_the_line_is_nothing() -> None:
    floor = Floor(MANY_WAIT)
    assert not floor.shows(12)
    assert not floor.shows(9, after_s=20)
    assert not floor.shows(12, after_s=20)
    assert not floor.shows(12, after_s=20)


def test_a_number_that_trembles_around_the_line_raises_one_alert() -> None:
    floor = Floor(MANY_WAIT)
    floor.shows(12)
    assert floor.shows(12, after_s=30)
    assert all(floor.shows(value, after_s=60) for value in (9, 11, 8, 10, 6, 12))


def test_it_clears_when_the_number_was_good_for_long_enough() -> None:
    floor = Floor(MANY_WAIT)
    floor.shows(12)
    floor.shows(12, after_s=30)
    assert floor.shows(5, after_s=10)
    assert floor.shows(6, after_s=29)  # not good any more: the time begins anew
    assert floor.shows(5, after_s=10)
    assert not floor.shows(5, after_s=30)


def test_of_a_service_level_lower_is_worse() -> None:
    floor = Floor(LOW_LEVEL)
    assert not floor.shows(0.61)
    assert floor.shows(0.6)
    assert floor.shows(0.74)
    assert not floor.shows(0.75)


def test_what_is_not_known_changes_nothing() -> None:
    floor = Floor(LOW_LEVEL)
    assert not floor.shows(None)
    assert floor.shows(0.5)
    assert floor.shows(None, after_s=3600)


def test_one_supervisor_takes_care_of_it() -> None:
    floor = Floor(LOW_LEVEL)
    floor.shows(0.5)
    assert floor.alerts.see("level:general", "Sue")
    assert not floor.alerts.see("level:general", "Tom")
    assert floor.alerts.see("level:general", "Sue")
    assert not floor.alerts.see("level:sales", "Sue")


def test_raised_again_it_waits_for_somebody_again() -> None:
    floor = Floor(LOW_LEVEL)
    floor.shows(0.5)
    floor.alerts.see("level:general", "Sue")
    floor.shows(0.9)
    lines = floor.alerts.look([LOW_LEVEL], {("general", AlertMeasure.SERVICE_LEVEL): 0.5}, floor.now)
    assert [line.seen_by for line in lines] == [""]


def test_a_rule_is_watched_where_it_says() -> None:
    values = {(queue, AlertMeasure.WAITING): 20.0 for queue in ("", "general", "sales")}

    def raised(**where: object) -> list[str]:
        rule = Alert("many", "Many", for_s=0, **where)  # type: ignore[arg-type]
        return [line.queue for line in Alerts().look([rule], values, 1)]

    assert raised() == ["general", "sales"]
    assert raised(queues=("sales",)) == ["sales"]
    assert raised(whole_site=True) == [""]


@pytest.mark.parametrize(
    ("rule", "is_right"),
    [
        (MANY_WAIT, True),
        (LOW_LEVEL, True),
        (Alert("x", "X", AlertMeasure.WAITING, 5, 5), False),
        (Alert("x", "X", AlertMeasure.WAITING, 5, 10), False),
        (Alert("x", "X", AlertMeasure.SERVICE_LEVEL, 0.8, 0.6), False),
        (Alert("x", "X", for_s=-1), False),
    ],
)
def test_a_rule_that_would_flap_is_refused(rule: Alert, is_right: bool) -> None:
    assert (list(alert_problems(rule)) == []) is is_right

"""When a number of the floor is worth a supervisor's attention. Pure: values and instants come in.

Theory of operation
- A rule has two lines: the number has to be beyond `raise_at` for `for_s` seconds to raise the alert, and back at
  `clear_at` or better for as long to clear it. Between the two nothing changes, so a number that trembles around a line
  raises one alert, and not twenty.
- For shares such as the service level lower is worse (`clear_at` above `raise_at`): the order of the two says so.
- A value that is not known (nobody came, nothing to divide) changes nothing: it neither raises nor clears.
- A rule without a queue is watched at each queue, or, for the whole site, where `whole_site` says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dryfly.desk.floor_words import AlertLine
from dryfly.setup.alerts import Alert, AlertMeasure

RAISED_MAX = 500
Values = Mapping[tuple[str, AlertMeasure], float | None]
"""By queue ("": the site) and measure."""


@dataclass(slots=True)
class Watch:
    """One rule at one queue."""

    beyond_since: int | None = None  # of the line that would change it
    raised_at: int | None = None
    seen_by: str = ""


@dataclass(slots=True)
class Alerts:
    """Every rule at every place where it is watched."""

    watches: dict[str, Watch] = field(default_factory=dict)

    def look(self, rules: Iterable[Alert], values: Values, now: int) -> tuple[AlertLine, ...]:
        """Takes the values of now; gives what is raised, the oldest first."""
        watched = {f"{rule.id}:{queue}": (rule, queue) for rule in rules for queue in _places(rule, values)}
        self.watches = {name: self.watches.get(name) or Watch() for name in list(watched)[:RAISED_MAX]}
        lines: list[AlertLine] = []
        for name, watch in self.watches.items():
            rule, queue = watched[name]
            value = values.get((queue, rule.measure))
            _turn(watch, rule, value, now)
            if watch.raised_at is not None:
                lines.append(
                    AlertLine(
                        name, rule.measure, queue, value if value is not None else rule.raise_at, rule.raise_at,
                        watch.raised_at, watch.seen_by,
                    )
                )  # fmt: skip
        return tuple(sorted(lines, key=lambda line: (line.raised_at, line.alert)))

    def see(self, alert: str, by: str) -> bool:
        """Somebody takes care of it. False: it is not raised, or somebody else does."""
        watch = self.watches.get(alert)
        if watch is None or watch.raised_at is None or watch.seen_by not in ("", by):
            return False
        watch.seen_by = by
        return True


def _places(rule: Alert, values: Values) -> list[str]:
    if rule.whole_site:
        return [""]
    queues = dict.fromkeys(queue for queue, _ in values if queue)
    return [queue for queue in queues if not rule.queues or queue in rule.queues]


def _turn(watch: Watch, rule: Alert, value: float | None, now: int) -> None:
    if value is None:
        return
    is_raised = watch.raised_at is not None
    if not (_is_cleared(rule, value) if is_raised else _is_beyond(rule, value)):
        watch.beyond_since = None
        return
    watch.beyond_since = now if watch.beyond_since is None else watch.beyond_since
    if now - watch.beyond_since < rule.for_s * 1000:
        return
    watch.raised_at, watch.seen_by, watch.beyond_since = None if is_raised else now, "", None


def _is_beyond(rule: Alert, value: float) -> bool:
    return value <= rule.raise_at if rule.is_lower_worse else value >= rule.raise_at


def _is_cleared(rule: Alert, value: float) -> bool:
    return value >= rule.clear_at if rule.is_lower_worse else value <= rule.clear_at

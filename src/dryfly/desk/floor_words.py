"""What the supervisor's floor and the server say to each other. Volatile: nothing of it is numbered or kept.

Whoever looks at the floor says so (`LookAtFloor`) and is sent a whole board, then only what changed in it; today's
figures when they were counted anew; and one page of the open talks, as they asked for it.
"""

import msgspec

from dryfly.floor.model import ContactState, Presence
from dryfly.setup.alerts import AlertMeasure


class TalksAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which open talks to list. Empty: any. `page` counts from 0."""

    queue: str = ""
    state: ContactState | None = None
    agent: str = ""
    overdue: bool = False
    calls: bool = False  # who is to be called back
    page: int = 0


class LookAtFloor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="look_at_floor"):
    """`talks` None: without the list (a wall). Say it again to ask for another list; `on` false: look away."""

    on: bool = True
    talks: TalksAsked | None = None


class WaitRange(msgspec.Struct, frozen=True):
    """What somebody who queues now is told, seconds. `learned_days`: so many days of the site's own history taught it
    (0: not written down); None: it is the rule of the queue's length."""

    from_s: int
    to_s: int
    learned_days: int | None = None


class QueueShut(msgspec.Struct, frozen=True):
    """Why a queue is closed. By its hours: without `by`. By a supervisor: `until` they said, and `reason`."""

    until: int | None  # None: not known
    by: str = ""
    reason: str = ""


class QueueLine(msgspec.Struct, frozen=True):
    """One queue, now. Ready and on: agents whose skills fit."""

    queue: str
    title: str
    target_s: int  # T of the service level
    waiting_count: int
    oldest_since: int | None
    overdue_count: int
    agents_ready_count: int
    agents_on_count: int
    expected: WaitRange | None
    shut: QueueShut | None = None  # None: it is open


class AgentLine(msgspec.Struct, frozen=True):
    agent: str
    name: str
    team: str  # its title
    presence: Presence
    reason: str | None
    since: int
    connected: bool
    lost_until: int | None  # the connection is lost; the talks go back then
    units: int
    units_max: int
    talks_count: int
    overdue_count: int
    over_at: int | None  # a break is over-long from then on
    queues: tuple[str, ...]  # that they can serve


class FloorCounts(msgspec.Struct, frozen=True):
    """Of all open contacts."""

    open_count: int
    with_bot_count: int
    waiting_count: int
    served_count: int
    overdue_count: int
    calls_count: int = 0  # call backs that were promised, and nobody has made yet
    next_call_at: int | None = None  # the next one that is at a time


class BoardNow(msgspec.Struct, frozen=True, tag_field="is", tag="board"):
    """`whole`: forget what was shown. Otherwise only the lines that changed, and the ids of those that are gone."""

    at: int
    whole: bool
    counts: FloorCounts
    queues: tuple[QueueLine, ...] = ()
    agents: tuple[AgentLine, ...] = ()
    gone: tuple[str, ...] = ()  # ids of queues and agents


class FloorFigures(msgspec.Struct, frozen=True):
    """Of those who queued within a stretch of time (docs/guide/reports.md). Shares 0..1; None: nothing to divide."""

    entered_count: int = 0
    answered_count: int = 0
    abandoned_count: int = 0
    service_level: float | None = None
    abandoned_share: float | None = None
    asa_s: float | None = None
    solved_by_bot_count: int = 0
    asked_twice_count: int = 0


class FloorQuarter(msgspec.Struct, frozen=True):
    """A quarter of an hour that begins at `at`."""

    at: int
    entered_count: int
    service_level: float | None


class QueueToday(msgspec.Struct, frozen=True):
    """`today` since `TodayNow.since`, `lately` of the last 30 minutes. `queue` "": the whole site."""

    queue: str
    today: FloorFigures
    lately: FloorFigures
    quarters: tuple[FloorQuarter, ...]


class Today(msgspec.Struct, frozen=True):
    """Today's figures. `since`: from when on they count (midnight where the site is)."""

    since: int
    site: QueueToday
    queues: tuple[QueueToday, ...]
    test_count: int = 0  # test contacts, which none of it counts


class TodayNow(msgspec.Struct, frozen=True, tag_field="is", tag="today"):
    today: Today


class AlertLine(msgspec.Struct, frozen=True):
    """A raised alert. `seen_by`: the supervisor who takes care of it."""

    alert: str
    measure: AlertMeasure
    queue: str  # "": the whole site
    value: float
    limit: float
    raised_at: int
    seen_by: str = ""


class AlertsNow(msgspec.Struct, frozen=True, tag_field="is", tag="alerts"):
    alerts: tuple[AlertLine, ...]

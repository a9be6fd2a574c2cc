"""What reports say to screens and programs. Shares are 0..1 and None while there is nothing to divide by; instants
are milliseconds since 1970 UTC. Each figure is defined in docs/guide/reports.md."""

from enum import StrEnum

import msgspec

from dryfly.insight.periods import Every


class By(StrEnum):
    """What the rows of a report are."""

    QUEUE = "queue"
    AGENT = "agent"
    CHANNEL = "channel"
    NEED = "need"


class Measure(StrEnum):
    """A number that contacts stand behind."""

    ENTERED = "entered"
    WAITING = "waiting"
    ANSWERED = "answered"
    WITHIN = "within"
    LATE = "late"
    SERVICE_LEVEL = "service_level"
    ASA = "asa"
    ABANDONED = "abandoned"
    SHORT_ABANDONED = "short_abandoned"
    ABANDONED_LATER = "abandoned_later"
    SOLVED_WAITING = "solved_waiting"
    HANDLED = "handled"
    AHT = "aht"
    LONGEST_WAIT = "longest_wait"
    SOLVED_BY_BOT = "solved_by_bot"
    LEFT_BOT = "left_bot"
    BOT_ONLY = "bot_only"
    ASKED_TWICE = "asked_twice"
    PROMISED = "promised"
    KEPT = "kept"
    UNREACHED = "unreached"
    TEST = "test"


class Figures(msgspec.Struct, frozen=True):
    """The last five are those of agents: None where a report is not of agents or of everybody."""

    entered_count: int
    waiting_count: int
    answered_count: int
    within_count: int
    service_level: float | None
    abandoned_count: int
    abandoned_share: float | None
    short_abandoned_count: int
    abandoned_later_count: int
    solved_waiting_count: int
    asa_s: float | None
    longest_wait_s: float
    handled_count: int
    aht_s: float | None
    solved_by_bot_count: int
    left_bot_count: int
    bot_only_count: int
    asked_twice_count: int
    promised_count: int
    kept_count: int
    kept_share: float | None  # of the promised
    unreached_count: int
    test_count: int  # left out of everything else
    agent_s_per_contact: float | None
    occupancy: float | None
    ready_s: float | None
    handling_s: float | None
    away_s: float | None


class ReportGroup(msgspec.Struct, frozen=True):
    """An agent, queue, channel or need with its figures of the whole period. `id` is empty for what has none: contacts
    that never queued, that nobody answered, or whose need nobody knew."""

    id: str
    title: str
    figures: Figures


class ReportCell(msgspec.Struct, frozen=True):
    """Of one group within one interval, by their places in the report's lists."""

    group: int
    interval: int
    figures: Figures


class Report(msgspec.Struct, frozen=True):
    """`intervals` are the beginnings; the last one ends with the period. Cells in which nothing was are left out."""

    by: By
    every: Every
    zone: str
    from_at: int
    to_at: int
    made_at: int
    intervals: tuple[int, ...]
    groups: tuple[ReportGroup, ...]
    sums: tuple[Figures, ...]  # of each interval, over all groups
    total: Figures
    cells: tuple[ReportCell, ...]


class ReportContact(msgspec.Struct, frozen=True):
    """One entry of a contact into a queue, or a contact that never queued (`entered_at` is None)."""

    contact: str
    number: int
    customer_name: str
    channel: str
    need: str
    queue: str
    queue_title: str
    arrived_at: int
    entered_at: int | None
    answered_at: int | None
    agent: str
    agent_name: str
    is_within: bool
    ended_at: int | None
    ending: str
    is_short: bool
    disposition: str
    wait_s: float | None
    handle_s: float | None


class ReportContacts(msgspec.Struct, frozen=True):
    """`next` is the `after` of the following page; None: this is the last."""

    contacts: tuple[ReportContact, ...]
    next: str | None

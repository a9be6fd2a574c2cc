"""What reports count, and how: each figure of `floor.measures` for one entry of a contact into a queue.

An *entry* is a row: all figures of a report are sums over entries, so that behind each number stand the contacts
that made it. An entry counts in the interval in which it entered, whenever it was answered or ended. Time of agents
is a row of its own kind, a *span*.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter

from dryfly.floor.model import AgentId, Channel, ContactId, Ending, Presence, QueueId

QUARTER_MS = 15 * 60 * 1000
DAY_MS = 24 * 3600 * 1000
ENTERED_ANEW = "entered_anew"  # ending of an entry whose contact, parked, was spoken to again and queued


def quarter_of(at: int) -> int:
    return at - at % QUARTER_MS


@dataclass(slots=True)
class Sums:
    """What adds up. `longest_wait_ms` is the largest instead. The names are those of the tables' columns."""

    entered_count: int = 0
    answered_count: int = 0
    within_count: int = 0
    answer_ms: int = 0  # over the answered
    abandoned_count: int = 0
    short_abandoned_count: int = 0
    abandoned_later_count: int = 0  # left while waiting for a second agent
    solved_waiting_count: int = 0  # by the bot, released by a supervisor, or merged, before anybody answered
    handled_count: int = 0
    handle_ms: int = 0  # over the handled
    solved_by_bot_count: int = 0
    left_bot_count: int = 0
    bot_only_count: int = 0  # ended without having queued
    asked_twice_count: int = 0  # questions whose answer was known
    test_count: int = 0  # entries of test contacts: they count in nothing else
    promised_count: int = 0  # a call back
    kept_count: int = 0  # of those: an agent called, in time
    unreached_count: int = 0  # called as often as promised, in vain
    longest_wait_ms: int = 0

    def add(self, other: "Sums", sign: int = 1) -> None:
        for name in ADDED:
            setattr(self, name, getattr(self, name) + sign * getattr(other, name))
        self.longest_wait_ms = max(self.longest_wait_ms, other.longest_wait_ms)

    @property
    def waiting_count(self) -> int:
        """Entered, and nothing has come of it yet."""
        left = self.abandoned_count + self.short_abandoned_count + self.solved_waiting_count
        return self.entered_count - self.answered_count - left - self.promised_count


SUMS = tuple(field.name for field in fields(Sums))
ADDED = tuple(name for name in SUMS if name != "longest_wait_ms")
_added_of = attrgetter(*ADDED)


def total_of(many: Iterable[Sums]) -> Sums:
    """All of them together, column by column: much faster than one after the other."""
    many = list(many)
    if not many:
        return Sums()
    added = map(sum, zip(*map(_added_of, many), strict=True))
    whole = [*added, max(sums.longest_wait_ms for sums in many)]
    return Sums(*whole)


@dataclass(slots=True)
class Entry:
    """A row of `report_entry`. `channel` and `need` are those at entry; `agent` is who answered first."""

    contact: ContactId
    number: int
    channel: Channel
    arrived_at: int
    need: str = ""
    queue: QueueId = QueueId("")  # noqa: RUF009
    entered_at: int | None = None
    service_level_s: int = 0
    short_abandon_s: int = 0
    answered_at: int | None = None
    agent: AgentId = AgentId("")  # noqa: RUF009
    is_within: bool = False
    ended_at: int | None = None
    ending: str = ""
    is_short: bool = False
    disposition: str = ""
    handle_ms: int = 0
    serving: AgentId = AgentId("")  # noqa: RUF009
    served_since: int | None = None
    channel_now: Channel = Channel("")  # noqa: RUF009
    is_test: bool = False
    asked_twice_count: int = 0
    promise: str = ""  # of a call back
    agreed_at: int | None = None

    @property
    def counted_at(self) -> int:
        return self.arrived_at if self.entered_at is None else self.entered_at


def sums_of(entry: Entry) -> Sums:
    """One entry's part in each figure (the view `report_entry_figures` says the same)."""
    if entry.is_test:
        return Sums(test_count=1)
    sums = Sums(
        solved_by_bot_count=int(entry.ending == Ending.SOLVED_BY_BOT), asked_twice_count=entry.asked_twice_count
    )
    if entry.entered_at is None:
        return _count_bot_only(sums, entry)
    sums.entered_count = 1
    sums.unreached_count = int(entry.answered_at is not None and entry.ending == Ending.UNREACHED)
    if entry.promise:
        _count_promised(sums, entry)
    elif entry.answered_at is not None:
        _count_answered(sums, entry, entry.answered_at - entry.entered_at)
    elif entry.ended_at is not None:
        _count_left(sums, entry, entry.ended_at - entry.entered_at)
    return sums


def _count_bot_only(sums: Sums, entry: Entry) -> Sums:
    sums.bot_only_count = int(entry.ended_at is not None and not entry.agent)
    sums.left_bot_count = int(entry.ending == Ending.LEFT_BOT)
    return sums


def _count_answered(sums: Sums, entry: Entry, waited_ms: int) -> None:
    sums.answered_count, sums.within_count = 1, int(entry.is_within)
    sums.answer_ms = sums.longest_wait_ms = waited_ms
    _count_handled(sums, entry)


def _count_promised(sums: Sums, entry: Entry) -> None:
    """Who was promised a call waits no more: when an agent has it, the promise is kept or late, and nobody answered."""
    sums.promised_count, sums.kept_count = 1, int(entry.promise == Promise.KEPT)
    if entry.answered_at is not None:
        _count_handled(sums, entry)


def _count_handled(sums: Sums, entry: Entry) -> None:
    sums.abandoned_later_count = int(entry.ending == Ending.ABANDONED)
    if entry.ended_at is not None:
        sums.handled_count, sums.handle_ms = 1, entry.handle_ms


def _count_left(sums: Sums, entry: Entry, waited_ms: int) -> None:
    sums.longest_wait_ms = waited_ms
    if entry.ending != Ending.ABANDONED:
        sums.solved_waiting_count = 1
    elif entry.is_short:
        sums.short_abandoned_count = 1
    else:
        sums.abandoned_count = 1


class Promise(StrEnum):
    """Of a call back, in an entry that nobody had answered."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"


class Doing(StrEnum):
    """What an agent's time is spent on."""

    READY = "ready"
    AWAY = "away"
    HANDLING = "handling"
    OFFLINE = "offline"  # signed out, or the connection is lost


@dataclass(slots=True)
class Span:
    """A row of `report_span`."""

    agent: AgentId
    from_at: int
    to_at: int | None = None
    state: Doing = Doing.OFFLINE
    reason: str = ""
    contacts_count: int = 0
    presence: Presence = Presence.OFFLINE
    is_connected: bool = False


def doing(contacts_count: int, presence: Presence, *, is_connected: bool) -> Doing:
    if contacts_count:
        return Doing.HANDLING
    if presence is Presence.READY and is_connected:
        return Doing.READY
    return Doing.AWAY if presence is Presence.AWAY else Doing.OFFLINE

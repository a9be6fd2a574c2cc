"""The ledger's words: what goes in (`Submission`), what comes back (`Receipt`), what comes out (`Recorded`).

Those that are kept by the thousand are hidden from the collector of cycles (`gc=False`): they are frozen and made
of what was there before them, so they are never part of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType, Protocol

import msgspec

from dryfly.floor import REFUSALS, State
from dryfly.floor.model import Command, ContactId, Event, SiteId
from dryfly.platform.errors import CallerError, ErrorValue

CommandId = NewType("CommandId", str)
Actor = NewType("Actor", str)  # "agent:01H...", "customer", "bot", "clock", "system:setup"
Topic = NewType("Topic", str)  # what a reader follows: "customer:<contact>", "agent:<id>", "board"

CLOCK = Actor("clock")


class CommandRefused(msgspec.Struct, frozen=True):
    """A command that the floor refused. Kept so that sending it again gets the same answer."""

    code: str
    values: Mapping[str, ErrorValue] = {}


class Words(msgspec.Struct, frozen=True, gc=False):
    """Base of the rows that carry words (a message, the value of a fact) beside an event.

    A room derives one class for each of its word tables and registers it (`WordTable`). The ledger writes
    the row in the statement that appends the command's events, and adds site, the first event's number
    and the instant.
    """

    contact: ContactId


@dataclass(frozen=True, slots=True)
class WordTable:
    """Where rows of one `Words` class lie. `columns`: field name -> PostgreSQL type, in order."""

    words: type[Words]
    table: str
    columns: dict[str, str]


class Submission(msgspec.Struct, frozen=True):
    """One command with everything that history has to know of it.

    `id` makes it safe to send again: the same id gives the same receipt. `cause` is the number of the event
    that this answers, if any.
    """

    id: CommandId
    actor: Actor
    command: Command
    words: tuple[Words, ...] = ()
    cause: int | None = None


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """The command is done, durably. `seq` is the number of its last event; `first` of its first."""

    first: int
    seq: int
    at: int


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """One event as the journal has it. `words` are those of its command, on the command's first event."""

    seq: int
    at: int
    event: Event | CommandRefused
    actor: Actor
    command: CommandId
    contact: ContactId | None
    cause: int | None = None
    words: tuple[Words, ...] = ()


class Refused(CallerError):
    """The floor refused the command. Nothing happened; asking again with the same id gets the same answer."""

    @classmethod
    def by(cls, code: str, values: Mapping[str, ErrorValue]) -> "Refused":
        return cls(code, REFUSALS.get(code, "The floor refused it."), status=409, **values)


class View(Protocol):
    """A room's window on history: which readers are told what of an event.

    `state` is the floor as of that event's command. `see` is called in journal order, before the event is
    durable; what it returns leaves only after.
    """

    async def reset(self, site: SiteId, state: State) -> None:
        """Memory begins anew at `state` (a start, or a recovery)."""
        ...

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        """The encoded pushes, each with the topic whose followers get it."""
        ...

"""The customer's place in line: told with a fresh state, and again when it moved.

A place is the number of those in the same queue who are due earlier, plus one. It is not in the history: it
follows from it, for everybody at once, so it is told as a volatile frame, at most once a second, and only to
pages that are open.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Protocol

import msgspec

from dryfly.channels.web.words import HoursNow, PlaceNow, Wait
from dryfly.conversations.topics import customer_topic
from dryfly.floor import State
from dryfly.floor.model import ContactId, ContactState, QueueId
from dryfly.floor.state import talk_of
from dryfly.ledger import Ledger
from dryfly.platform.errors import PeerError

TOLD_EVERY_S = 1.0
RETOLD_S = 15.0  # a wait changes by itself too
WAITING = (ContactState.WAITING, ContactState.OFFERED)

_encode = msgspec.json.Encoder().encode
_Due = tuple[int, int, ContactId]


def places(state: State) -> dict[ContactId, int]:
    """Everybody's place, by queue. 1 is next."""
    lines: dict[QueueId, list[_Due]] = {}
    for contact in state.contacts.values():
        if contact.state in WAITING and contact.queue is not None:
            lines.setdefault(contact.queue, []).append((contact.due_at, contact.number, contact.id))
    return {due[2]: place for line in lines.values() for place, due in enumerate(sorted(line), 1)}


def place_of(state: State, contact: ContactId) -> int | None:
    """One contact's place; None: it does not wait."""
    found = state.contacts.get(contact)
    known = talk_of(state, found) if found else None
    if known is None or known.state not in WAITING:
        return None
    own = (known.due_at, known.number)
    return 1 + sum(
        other.queue == known.queue and other.state in WAITING and (other.due_at, other.number) < own
        for other in state.contacts.values()
    )


Hours = Callable[[QueueId | None], HoursNow]


class Waits(Protocol):
    """What everybody who waits was told of it."""

    def tell(self, contact: ContactId, queue: QueueId, place: int, now: int) -> Wait | None:
        """None: nobody can say."""
        ...

    def forget(self, contact: ContactId) -> None: ...
    async def keep(self) -> None:
        """What was told outlives us."""
        ...


class Line:
    """What somebody who waits is told: the place, how long it may take, and when people answer again."""

    def __init__(self, ledger: Ledger, waits: Waits, hours: Hours) -> None:
        self._ledger = ledger
        self._waits = waits
        self._hours = hours

    def told(self, contact: ContactId, queue: QueueId, place: int) -> PlaceNow:
        hours = self._hours(queue)
        if not hours.is_open:
            self._waits.forget(contact)  # when people are back, the waiting begins anew
            return PlaceNow(place, None, hours.opens_at, self._calls_back(queue))
        wait = self._waits.tell(contact, queue, place, self._ledger.now())
        return PlaceNow(place, wait, calls_back=self._calls_back(queue))

    def _calls_back(self, queue: QueueId) -> bool:
        spec = self._ledger.peek(lambda state: state.queues.get(queue))
        return spec is not None and spec.callback_attempts_max > 0

    def standing(self, state: State, contact: ContactId) -> PlaceNow:
        place = place_of(state, contact)
        queue = talk_of(state, state.contacts[contact]).queue if place else None
        return PlaceNow(None) if place is None or queue is None else self.told(contact, queue, place)

    async def tell(self) -> None:
        """Until cancelled: whoever waits with an open page hears of a new place, or of another wait."""
        told: dict[ContactId, PlaceNow] = {}
        seen = 0
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RETOLD_S):
                    seen = await self._ledger.advanced(seen)
            with contextlib.suppress(PeerError):  # the store is away: told when it is back
                told = await self._tell_changes(told)
            await asyncio.sleep(TOLD_EVERY_S)

    async def _tell_changes(self, told: dict[ContactId, PlaceNow]) -> dict[ContactId, PlaceNow]:
        waiting, _ = await self._ledger.read(in_line)
        now = {contact: self.told(contact, queue, place) for contact, (queue, place) in waiting.items()}
        for contact, frame in now.items():
            if told.get(contact) != frame:
                self._tell_pages(contact, _encode(frame))
        await self._waits.keep()
        return now

    def _tell_pages(self, contact: ContactId, frame: bytes) -> None:
        for name in self._ledger.peek(lambda state: pages_of(state, contact)):
            self._ledger.publisher.hint(customer_topic(name), frame)


def pages_of(state: State, contact: ContactId) -> list[ContactId]:
    """A talk's contacts: its place is the place of each."""
    known = state.contacts.get(contact)
    return [contact, *known.followers] if known else []


def in_line(state: State) -> dict[ContactId, tuple[QueueId, int]]:
    """(queue, place) of everybody who waits."""
    found = places(state)
    return {contact: (queue, place) for contact, place in found.items() if (queue := state.contacts[contact].queue)}

"""The customer's place in line: told with a fresh state, and again when it moved.

A place is the number of those in the same queue who are due earlier, plus one. It is not in the history: it
follows from it, for everybody at once, so it is told as a volatile frame, at most once a second, and only to
pages that are open.
"""

import asyncio
import contextlib

import msgspec

from dryfly.channels.web.words import PlaceNow
from dryfly.conversations.topics import customer_topic
from dryfly.floor import State
from dryfly.floor.model import ContactId, ContactState, QueueId
from dryfly.ledger import Ledger
from dryfly.platform.errors import PeerError

TOLD_EVERY_S = 1.0
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
    known = state.contacts.get(contact)
    if known is None or known.state not in WAITING:
        return None
    own = (known.due_at, known.number)
    return 1 + sum(
        other.queue == known.queue and other.state in WAITING and (other.due_at, other.number) < own
        for other in state.contacts.values()
    )


async def tell_places(ledger: Ledger) -> None:
    """Until cancelled: whoever waits with an open page hears of a new place."""
    told: dict[ContactId, int] = {}
    seen = 0
    while True:
        seen = await ledger.advanced(seen)
        with contextlib.suppress(PeerError):  # the store is away: told when it is back
            told = await _tell_changes(ledger, told)
        await asyncio.sleep(TOLD_EVERY_S)


async def _tell_changes(ledger: Ledger, told: dict[ContactId, int]) -> dict[ContactId, int]:
    now, _ = await ledger.read(places)
    for contact, place in now.items():
        if told.get(contact) != place:
            ledger.publisher.hint(customer_topic(contact), _encode(PlaceNow(place)))
    return now

"""Events to rows of the journal and back, across releases.

A row holds the event's kind (its class's name), a version and its fields as JSON. A field that was added
later has a default, so an old row simply lacks it. A changed meaning is a new kind, and a pure function in
`UPCASTERS` lifts the old row: (kind, version) -> (kind, version, fields). `VERSIONS` says which version is
written today; a kind that is not there is at version 1.
"""

from collections.abc import Callable
from typing import Any, get_args

import msgspec

from dryfly.floor import model as floor
from dryfly.ledger.model import CommandRefused

Fields = dict[str, Any]
Upcaster = Callable[[Fields], tuple[str, int, Fields]]

VERSIONS: dict[str, int] = {}
UPCASTERS: dict[tuple[str, int], Upcaster] = {}


JournalEvent = floor.Event | CommandRefused

KINDS: dict[str, type] = {kind.__name__: kind for kind in (*get_args(floor.Event), CommandRefused)}
_DECODERS: dict[str, msgspec.json.Decoder[JournalEvent]] = {
    name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()
}
_encode = msgspec.json.Encoder().encode


class UnknownEvent(Exception):
    """The journal was written by a newer release."""


def encode_event(event: JournalEvent) -> tuple[str, int, str]:
    """(kind, version, fields as JSON)"""
    kind = type(event).__name__
    return kind, VERSIONS.get(kind, 1), _encode(event).decode()


def decode_event(kind: str, version: int, body: str) -> JournalEvent:
    """The event as today's release knows it."""
    if version == VERSIONS.get(kind, 1) and kind in _DECODERS:
        return _DECODERS[kind].decode(body)
    fields: Fields = msgspec.json.decode(body)
    while version != VERSIONS.get(kind, 1) or kind not in KINDS:
        lift = UPCASTERS.get((kind, version))
        if lift is None:
            raise UnknownEvent(
                f"{kind} version {version} is unknown here: start the release that wrote it, or a newer one"
            )
        kind, version, fields = lift(fields)
    return msgspec.convert(fields, KINDS[kind])

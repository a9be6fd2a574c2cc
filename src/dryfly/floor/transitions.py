"""A contact's life as data: which event takes it from which state to which.

`apply` looks here and nowhere else, so an event that does not belong is an error of ours and stops the step.
`mermaid()` draws the picture in the guide from the same table.
"""

from dryfly.floor.model import (
    BotResumed,
    CallbackBooked,
    ContactBegun,
    ContactClosed,
    ContactEngaged,
    ContactMerged,
    ContactParked,
    ContactQueued,
    ContactResumed,
    ContactSnoozed,
    ContactState,
    ContactUnmerged,
    OfferEnded,
    OfferMade,
    WrapUpBegun,
)

_BOT = ContactState.WITH_BOT
_WAITING = ContactState.WAITING
_OFFERED = ContactState.OFFERED
_CALLBACK = ContactState.CALLBACK
_ACTIVE = ContactState.ACTIVE
_PARKED = ContactState.PARKED
_WRAP_UP = ContactState.WRAP_UP
_MERGED = ContactState.MERGED
_CLOSED = ContactState.CLOSED

# Held out to several, a contact is offered until the last of them has turned it away.
# An accepted offer is followed by ContactEngaged, which moves the contact on; until then it stays offered. So does
# ContactUnmerged by ContactEngaged or ContactQueued.
TRANSITIONS: dict[type, dict[ContactState, ContactState]] = {
    ContactQueued: {
        _BOT: _WAITING,
        _CALLBACK: _WAITING,
        _WAITING: _WAITING,
        _ACTIVE: _WAITING,
        _PARKED: _WAITING,
        _WRAP_UP: _WAITING,
        _MERGED: _WAITING,
    },
    ContactBegun: {_BOT: _ACTIVE},
    BotResumed: {_WAITING: _WAITING, _OFFERED: _OFFERED},
    CallbackBooked: {_WAITING: _CALLBACK, _CALLBACK: _CALLBACK, _ACTIVE: _CALLBACK},
    OfferMade: {_WAITING: _OFFERED, _OFFERED: _OFFERED},
    OfferEnded: {_OFFERED: _WAITING},
    ContactEngaged: {
        _WAITING: _ACTIVE,
        _CALLBACK: _ACTIVE,
        _OFFERED: _ACTIVE,
        _ACTIVE: _ACTIVE,
        _PARKED: _ACTIVE,
        _WRAP_UP: _ACTIVE,
        _MERGED: _ACTIVE,
    },
    ContactParked: {_ACTIVE: _PARKED},
    ContactSnoozed: {_ACTIVE: _PARKED, _PARKED: _PARKED},
    ContactResumed: {_PARKED: _ACTIVE, _WRAP_UP: _ACTIVE},
    WrapUpBegun: {_ACTIVE: _WRAP_UP},
    ContactMerged: {_BOT: _MERGED, _CALLBACK: _MERGED, _WAITING: _MERGED, _ACTIVE: _MERGED, _PARKED: _MERGED},
    ContactUnmerged: {_MERGED: _MERGED},
    ContactClosed: {
        _BOT: _CLOSED,
        _CALLBACK: _CLOSED,
        _WAITING: _CLOSED,
        _ACTIVE: _CLOSED,
        _PARKED: _CLOSED,
        _WRAP_UP: _CLOSED,
        _MERGED: _CLOSED,
    },
}


def next_state(state: ContactState, event: type) -> ContactState:
    after = TRANSITIONS[event].get(state)
    assert after is not None, f"{event.__name__} does not belong to a contact that is {state}"
    return after


def mermaid() -> str:
    """The life of a contact as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {_BOT}: ContactArrived"]
    for event, rows in TRANSITIONS.items():
        lines += [f"    {before} --> {after}: {event.__name__}" for before, after in rows.items()]
    return "\n".join([*lines, f"    {_CLOSED} --> [*]", ""])

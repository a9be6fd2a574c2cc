"""The floor's words: ids, set-up, commands and events.

The vocabulary that the whole house shares: `terms`, `commands` and `events`, to be imported from here.
Nothing here decides anything; `decide.py` does.

Rules of these files
- Everything is a `fact`, frozen: a command is what somebody asked for, an event is what happened.
- Commands are imperative (`AcceptOffer`), events are in the past tense (`OfferAccepted`).
- Only ids, enums, numbers and *keys* of facts: never a name, an address or a word that somebody said.
  What was said lives in `conversations`, so that erasing a person breaks neither order nor replay.
- An event's fields are never removed or given a new meaning. A new field has a default; a changed
  meaning is a new event (`ledger.upcasters` lifts old ones).
- Instants are integers: milliseconds since 1970-01-01 UTC. Durations that people set end in `_s`.
"""

from dryfly.floor.commands import *
from dryfly.floor.events import *
from dryfly.floor.terms import *

"""The floor: one pure, deterministic core that decides everything that happens to a contact. See `decide`."""

from dryfly.floor.apply import apply
from dryfly.floor.decide import decide, step
from dryfly.floor.entities import Agent, Contact, Offer
from dryfly.floor.refusals import REFUSALS
from dryfly.floor.snapshot import digest, restore, snapshot
from dryfly.floor.state import State, new_state
from dryfly.floor.timers import next_deadline

__all__ = [
    "REFUSALS",
    "Agent",
    "Contact",
    "Offer",
    "State",
    "apply",
    "decide",
    "digest",
    "new_state",
    "next_deadline",
    "restore",
    "snapshot",
    "step",
]

"""The floor: one pure, deterministic core that decides everything that happens to a contact. See `decide`."""

from dryfly.floor.apply import apply
from dryfly.floor.decide import decide, step
from dryfly.floor.entities import Agent, Contact, Offer
from dryfly.floor.invariants import check_invariants
from dryfly.floor.measures import Measures
from dryfly.floor.refusals import REFUSALS
from dryfly.floor.snapshot import digest, digest_of, restore, snapshot
from dryfly.floor.state import State, new_state
from dryfly.floor.timers import next_deadline
from dryfly.floor.why import Explanation, why

__all__ = [
    "REFUSALS",
    "Agent",
    "Contact",
    "Explanation",
    "Measures",
    "Offer",
    "State",
    "apply",
    "check_invariants",
    "decide",
    "digest",
    "digest_of",
    "new_state",
    "next_deadline",
    "restore",
    "snapshot",
    "step",
    "why",
]

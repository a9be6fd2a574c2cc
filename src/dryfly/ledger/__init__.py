"""One ordered history a site: submit a command, follow what happened. See docs/decisions/0004-ledger.md."""

from dryfly.ledger.following import DurableFollower, child_id, derived_id
from dryfly.ledger.model import (
    CLOCK,
    Actor,
    CommandId,
    Receipt,
    Recorded,
    Refused,
    Submission,
    Topic,
    View,
    Words,
    WordTable,
)
from dryfly.ledger.publishing import Following, Publisher
from dryfly.ledger.store import read_events, read_story
from dryfly.ledger.writer import Ledger, Mode

__all__ = [
    "CLOCK",
    "Actor",
    "CommandId",
    "DurableFollower",
    "Following",
    "Ledger",
    "Mode",
    "Publisher",
    "Receipt",
    "Recorded",
    "Refused",
    "Submission",
    "Topic",
    "View",
    "WordTable",
    "Words",
    "child_id",
    "derived_id",
    "read_events",
    "read_story",
]

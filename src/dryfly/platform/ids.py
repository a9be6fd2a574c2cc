"""Ids that sort by the time they were made.

An id is 26 characters of Crockford's base 32: 48 bits of milliseconds since 1970, then 80 random bits (the
layout of a ULID). Because an id carries its time, the ledger can tell a fresh command from a late retry
without remembering every id (docs/decisions/0003-command-ids.md).
"""

import re
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID = re.compile(f"[0-7][{_ALPHABET}]{{25}}")
_TO_BASE_32 = str.maketrans(_ALPHABET, "0123456789abcdefghijklmnopqrstuv")  # as `int` reads it
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]
_TIME_LENGTH = 10


def new_id(now: int, random: int | None = None) -> str:
    """A fresh id for the instant `now` (ms). `random`: 80 bits, for tests that want them fixed."""
    number = (now << 80) | (secrets.randbits(80) if random is None else random)
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -10, -10)])


def instant_of(id: str) -> int | None:
    """The milliseconds that an id carries, or None if it is not such an id."""
    return int(id[:_TIME_LENGTH].translate(_TO_BASE_32), 32) if _ID.fullmatch(id) else None

"""Whether the floor runs compiled: if it was compiled from the very sources that are here, and nobody wants it plain.

`./dryfly compile` installs a package `dryfly_floor` beside this one (native/, docs/decisions/0017). Its folder is put
in front of ours, so that `dryfly.floor` is found there first: before anything else is imported, and told at start.
"""

import os
from collections.abc import MutableSequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Literal

COMPILED = "dryfly_floor"
SWITCH = "DRYFLY_FLOOR"
PLAIN = "plain"

Build = Literal["plain", "compiled", "outdated"]
"""`outdated`: there is a compiled one, of other sources; the plain one runs."""


def choose_floor(rooms: MutableSequence[str]) -> Build:
    """`rooms`: the folders in which the rooms are looked for; the compiled floor's goes first."""
    if os.environ.get(SWITCH) == PLAIN:
        return "plain"
    try:
        compiled = import_module(COMPILED)
    except ImportError:
        return "plain"
    if fingerprint(Path(rooms[0]) / "floor") != compiled.SOURCES:
        return "outdated"
    rooms.insert(0, str(Path(compiled.__file__ or "").parent))
    return "compiled"


def fingerprint(floor: Path) -> str:
    """SHA-256 over the names and contents of the floor's files."""
    whole = sha256()
    for file in sorted(floor.glob("*.py")):
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()

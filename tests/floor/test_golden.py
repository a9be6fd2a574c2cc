"""Golden days: readable commands in, events out. `DRYFLY_GOLDEN=update pytest tests/floor` writes them anew.

    # A comment.
    10 OpenContact contact=ann channel=web       <- 10 seconds after the day began, a command
        ContactArrived contact=ann channel=web   <- what happened
        refused: contact_exists                  <- or why not

Instants are written as seconds since the day began (`due_at=+70`), specs as JSON without blanks.
"""

import json
import os
from dataclasses import MISSING, Field, fields
from pathlib import Path

import msgspec
import pytest

from dryfly.floor import check_invariants, new_state, step
from dryfly.floor import model as m

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.day"))
INSTANTS = ("_at", "until", "_since")
INDENT = "    "


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_day_goes_as_written(path: Path) -> None:
    written = path.read_text()
    played = play(written)
    if os.environ.get("DRYFLY_GOLDEN") == "update":
        path.write_text(played)
    assert played == written, "if this is meant, write it anew and read the difference"


def play(text: str) -> str:
    """The day again, with the events that happen now."""
    state = new_state()
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(INDENT):
            continue
        lines.append(line)
        if not line or line.startswith("#"):
            continue
        seconds, name, *words = line.split()
        try:
            events = step(state, parse(name, words), m.Instant(int(float(seconds) * 1000)))
        except m.Refusal as refusal:
            lines.append(f"{INDENT}refused: {refusal.code}")
            continue
        lines += [INDENT + render(event) for event in events]
        check_invariants(state)
    return "\n".join(lines) + "\n"


def parse(name: str, words: list[str]) -> m.Command:
    values = dict(word.split("=", 1) for word in words)
    plain = {key: _value(value) for key, value in values.items()}
    command: m.Command = msgspec.convert(plain, getattr(m, name), strict=False)
    return command


def _value(word: str) -> object:
    return json.loads(word) if word[0] in "{[" or word == "null" else word


def render(event: m.Event) -> str:
    words = [type(event).__name__]
    for known in fields(event):
        value = getattr(event, known.name)
        if not _is_default(known, value) and known.name != "spec":
            words.append(f"{known.name}={_plain(known.name, value)}")
    return " ".join(words)


def _is_default(known: Field[object], value: object) -> bool:
    if known.default_factory is not MISSING:
        return value == known.default_factory()
    return known.default is not MISSING and value == known.default


def _plain(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith(INSTANTS):
        return f"+{value / 1000:g}"
    if isinstance(value, dict):
        value = {key: _plain(key, item) if key.endswith(INSTANTS) else item for key, item in value.items()}
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()

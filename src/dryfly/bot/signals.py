"""Signals that stand in the words themselves: expressions beside the model, since each finds what the other misses."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from dryfly.bot.model import SignalKind, Strength

Expression = Annotated[str, Meta(min_length=1)]
SHOUTED_LETTERS_MIN = 12  # "OK" and "#W2611340" are no shouting


class Seeds(Struct, frozen=True, forbid_unknown_fields=True):
    """What one signal starts with: see seeds.yaml."""

    examples: tuple[str, ...] = ()
    clear: tuple[Expression, ...] = ()
    weak: tuple[Expression, ...] = ()
    not_: tuple[Expression, ...] = msgspec.field(name="not", default=())


class AllSeeds(Struct, frozen=True, forbid_unknown_fields=True):
    signals: dict[SignalKind, Seeds]
    background: tuple[str, ...]


@cache
def seeds() -> AllSeeds:
    text = Path(__file__).with_name("seeds.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=AllSeeds)


def signs(text: str) -> dict[SignalKind, Strength]:
    """The signals that an expression finds in `text`."""
    plain = _plain(text)
    found = {kind: strength for kind in seeds().signals if (strength := _strength(kind, plain))}
    if _shouts(text):
        found.setdefault(SignalKind.FRUSTRATION, Strength.WEAK)
    return found


def denied(text: str, kind: SignalKind) -> bool:
    """The text says that it does not mean this ("I don't want to talk to a person")."""
    return _finds(_expressions(kind)["not_"], _plain(text))


def _strength(kind: SignalKind, plain: str) -> Strength | None:
    expressions = _expressions(kind)
    if _finds(expressions["not_"], plain):
        return None
    if _finds(expressions["clear"], plain):
        return Strength.CLEAR
    return Strength.WEAK if _finds(expressions["weak"], plain) else None


def _finds(expression: re.Pattern[str] | None, plain: str) -> bool:
    return expression is not None and expression.search(plain) is not None


@cache
def _expressions(kind: SignalKind) -> dict[str, re.Pattern[str] | None]:
    known = seeds().signals[kind]
    return {name: _union(getattr(known, name)) for name in ("clear", "weak", "not_")}


def _union(expressions: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{e})" for e in expressions)) if expressions else None


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def _shouts(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= SHOUTED_LETTERS_MIN and sum(map(str.isupper, letters)) > 0.8 * len(letters)

"""The glossary is the house's vocabulary: each term is in use, and the floor is named by these terms alone."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from dryfly.floor import model as floor

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

FORBIDDEN = {
    "ticket": "contact",
    "user": "customer, agent or person",
    "task": "contact, job or timer",
    "operator": "agent",
    "client": "customer",
    "interaction": "contact or message",
    "lead": "customer",
}
# Words that mean something else there: (file below src/dryfly, identifier) -> why.
ASYNCIO = "asyncio's own word for what runs beside others"
ALLOWED = {
    ("demo/life.py", "_tasks"): ASYNCIO,
    ("demo/life.py", "task"): ASYNCIO,
    ("demo/life.py", "tasks"): ASYNCIO,
    ("demo/standin.py", "_tasks"): ASYNCIO,
    ("demo/standin.py", "task"): ASYNCIO,
    ("demo/tour.py", "client"): "ASGI's name for the other end of a connection",
    ("desk/gateway.py", "task"): ASYNCIO,
    ("ledger/writer.py", "_task"): ASYNCIO,
    ("platform/sockets.py", "_task"): ASYNCIO,
    ("service/server.py", "_tasks"): ASYNCIO,
    ("service/server.py", "task"): ASYNCIO,
    ("service/site.py", "_tasks"): ASYNCIO,
    ("service/site.py", "task"): ASYNCIO,
    ("service/up.py", "task"): ASYNCIO,
    ("service/up.py", "tasks"): ASYNCIO,
    ("platform/http.py", "operator_routes"): "whoever operates the installation",
    ("service/commands.py", "_operator"): "whoever operates the installation",
    ("platform/security.py", "client"): "ASGI's name for the other end of a connection",
    ("walk/running.py", "task"): ASYNCIO,
}
# Events that have no participle of their own kind.
PARTICIPLES = {"begun", "heard", "kept", "made", "overdue", "put", "said", "written"}


@cache
def glossary() -> dict[str, str]:
    """Term -> meaning, as the file has it."""
    rows = ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    return {term: meaning for term, meaning in rows if term not in ("Term", "---")}


def words_of(text: str) -> str:
    """camelCase, snake_case and prose alike: " agent is away "."""
    return f" {' '.join(word.lower() for word in WORD.findall(text))} "


@cache
def house() -> str:
    """Every word of the code and of the screens, in order."""
    files = [
        *(ROOT / "src" / "dryfly").rglob("*.py"),
        *(ROOT / "src" / "dryfly").rglob("*.sql"),
        *(ROOT / "web").glob("*/src/**/*.ts*"),
    ]
    return "".join(words_of(file.read_text(encoding="utf-8")) for file in files)


@cache
def terms() -> frozenset[str]:
    return frozenset(words_of(term).strip() for term in glossary())


def test_terms_come_once_in_the_order_of_the_alphabet_and_are_explained_in_a_line() -> None:
    rows = ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))[1:]
    told = [term for term, _ in rows if term != "---"]
    assert told == sorted(set(told), key=lambda term: words_of(term).strip())
    assert [term for term, meaning in glossary().items() if not meaning.endswith(".") or len(meaning) > 200] == []


@pytest.mark.parametrize("term", glossary())
def test_each_term_is_in_use(term: str) -> None:
    plain = words_of(term).rstrip()
    assert f"{plain} " in house() or f"{plain}s " in house(), f"{term!r} is nowhere in src/ or web/: take it out"


def name_words(kind: type) -> list[str]:
    return words_of(kind.__name__).split()


def longest_term(words: list[str]) -> list[str]:
    """The longest term that `words` begin with."""
    for length in range(len(words), 0, -1):
        if " ".join(words[:length]) in terms():
            return words[:length]
    return []


@pytest.mark.parametrize("command", get_args(floor.Command))
def test_a_command_is_a_verb_and_then_a_term(command: type) -> None:
    if command is floor.WakeUp:  # the shell's alarm speaks of nothing in the trade
        return
    words = name_words(command)
    tails = [" ".join(words[start:]) for start in range(1, len(words))]
    singular = [tail.removesuffix("s") for tail in tails]
    assert terms().intersection(tails + singular), f"{command.__name__} is about nothing in the glossary"
    assert words[0] == "heed" or not words[0].endswith("ed"), f"{command.__name__} should be an imperative"


@pytest.mark.parametrize("event", get_args(floor.Event))
def test_an_event_is_a_term_and_then_what_happened(event: type) -> None:
    words = name_words(event)
    subject = longest_term([words[0].removesuffix("s"), *words[1:]]) or longest_term(words)
    assert subject, f"{event.__name__} is about nothing in the glossary"
    last = words[-1]
    assert last.endswith("ed") or last in PARTICIPLES, f"{event.__name__} should be in the past tense"


def enums() -> list[type[StrEnum]]:
    found = [kind for kind in vars(floor).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return [kind for kind in found if kind is not StrEnum]


@pytest.mark.parametrize("kind", enums())
def test_each_enum_of_the_floor_is_explained_with_all_its_values(kind: type[StrEnum]) -> None:
    name = words_of(kind.__name__.removesuffix("Kind")).strip()
    meaning = next((words_of(meaning) for term, meaning in glossary().items() if words_of(term).strip() == name), None)
    assert meaning is not None, f"{kind.__name__} is no term"
    assert [value for value in kind if words_of(value) not in meaning] == []


# ---- what nothing is called --------------------------------------------------------------------


def identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case _:
                pass


def wrongly_named() -> set[tuple[str, str]]:
    source = ROOT / "src" / "dryfly"
    texts = {file.relative_to(source).as_posix(): file.read_text(encoding="utf-8") for file in source.rglob("*.py")}
    return {
        (file, name)
        for file, text in texts.items()
        if is_forbidden(text)  # cheaper than reading all of them as Python
        for name in identifiers(ast.parse(text))
        if is_forbidden(name)
    }


def is_forbidden(text: str) -> bool:
    return not FORBIDDEN.keys().isdisjoint(word.removesuffix("s") for word in words_of(text).split())


def test_nothing_is_called_by_another_trades_word() -> None:
    found = wrongly_named()
    wrong = found - ALLOWED.keys()
    advice = ", ".join(f"{word}: say {instead}" for word, instead in FORBIDDEN.items())
    assert wrong == set(), f"rename these ({advice}), or say in ALLOWED why they are right"
    assert ALLOWED.keys() - found == set(), "these are gone: take them out of ALLOWED"


def test_tables_and_columns_neither() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src/dryfly/migrations").glob("*.sql"))
    code = re.sub(r"--.*", "", text)
    assert not is_forbidden(code)

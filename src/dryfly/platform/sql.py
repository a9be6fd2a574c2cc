"""SQL lives in `.sql` files beside the module that runs it.

A file is a sequence of blocks, each opened by a line `-- name: insert_message`. The module says

    sql = load_sql(__file__, "store.sql")

and uses `sql.insert_message`. A name that the module uses and the file does not have fails when the module
is imported, not when a customer gets there.
"""

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_NAME_LINE = re.compile(r"^--[ \t]*name:[ \t]*(.*?)[ \t]*$", re.MULTILINE)

T = TypeVar("T")


class SqlError(Exception):
    """A `.sql` file and the module beside it do not fit. Ours to mend."""


class Queries:
    """One attribute a named block."""

    def __init__(self, path: Path, blocks: dict[str, str]) -> None:
        self._path = path
        self._blocks = blocks

    def __getattr__(self, name: str) -> str:
        try:
            return self._blocks[name]
        except KeyError:
            raise AttributeError(f"{self._path.name} has no block `-- name: {name}`") from None

    def __dir__(self) -> list[str]:
        return sorted(self._blocks)


def load_sql(module_file: str, name: str, **parts: str) -> Queries:
    """The blocks of the file `name` beside `module_file`, checked against that module's use of `sql.…`.

    `parts` stand in the file as `{part}`: what several blocks have in common is said once, by the module.
    """
    module = Path(module_file)
    path = module.with_name(name)
    blocks = _blocks(path)
    queries = Queries(path, {block: _composed(text, parts) for block, text in blocks.items()})
    if unused := [part for part in parts if not any(f"{{{part}}}" in text for text in blocks.values())]:
        raise SqlError(f"{path} has no place for {', '.join(unused)}")
    if missing := _names_used(module) - set(dir(queries)):
        raise SqlError(f"{module.name} uses {', '.join(sorted(missing))}: no such block in {path}")
    return queries


def rows_as(kind: type[T], rows: Iterable[Mapping[str, Any] | Any]) -> list[T]:
    """Database rows as structs (or dataclasses) of `kind`, validated; columns are named like its fields."""
    return msgspec.convert([dict(row) for row in rows], list[kind])  # type: ignore[valid-type]


def row_as(kind: type[T], row: Mapping[str, Any] | Any | None) -> T | None:
    return None if row is None else msgspec.convert(dict(row), kind)


def _blocks(path: Path) -> dict[str, str]:
    head, *parts = _NAME_LINE.split(path.read_text(encoding="utf-8"))
    if _statements(head):
        raise SqlError(f"{path}: SQL before the first `-- name:` line")
    blocks: dict[str, str] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        _check_block(path, name, body, blocks)
        blocks[name] = body.strip().removesuffix(";")
    return blocks


def _check_block(path: Path, name: str, body: str, blocks: dict[str, str]) -> None:
    if not name.isidentifier():
        raise SqlError(f"{path}: `{name}` is no name for a block: letters, digits and _ only")
    if name in blocks:
        raise SqlError(f"{path}: two blocks are named `{name}`")
    if not _statements(body):
        raise SqlError(f"{path}: the block `{name}` is empty")


def _composed(text: str, parts: Mapping[str, str]) -> str:
    for part, sql in parts.items():
        text = text.replace(f"{{{part}}}", sql)
    return text


def _statements(text: str) -> str:
    return re.sub(r"--.*", "", text).strip()


def _names_used(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sql"
    }

"""Reads a mapping from YAML and tells what is wrong in it: with its line, the key and what to do."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path as FilePath
from typing import Any

import msgspec
import yaml

from dryfly.customers.mapping import (
    MAPPING_BYTES_MAX,
    CustomersSpec,
    LineSpec,
    Mapping,
    PostgresDatabase,
    RecordSpec,
    Source,
    SqliteFile,
    all_paths,
    entities,
    fields,
)
from dryfly.customers.model import FieldType, IdentifierKind
from dryfly.customers.paths import parse_path
from dryfly.platform.errors import CallerError

Fault = tuple[tuple[str, ...], str]


def read_mapping(path: FilePath) -> Mapping:
    """The mapping in this file. Relative paths in it count from its folder."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CallerError("mapping_unreadable", f"{path} cannot be read: {error}") from error
    return parse_mapping(text, folder=path.resolve().parent)


def parse_mapping(text: str, *, folder: FilePath | None = None) -> Mapping:
    if len(text) > MAPPING_BYTES_MAX:
        raise CallerError("mapping_too_long", f"A mapping has at most {MAPPING_BYTES_MAX} characters.")
    node = _compose(text)
    mapping = _convert(node)
    _check(mapping, node)
    return _rooted(mapping, folder) if folder else mapping


def format_mapping(mapping: Mapping) -> str:
    """The mapping as YAML. Comments of the file that it came from are not in it."""
    return yaml.safe_dump(msgspec.to_builtins(mapping), sort_keys=False, allow_unicode=True, width=110)


def _compose(text: str) -> yaml.Node:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise CallerError("mapping_invalid", "A mapping has no aliases (*name): write the value out.")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise CallerError("mapping_invalid", f"The mapping is no YAML: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise CallerError("mapping_invalid", "A mapping begins with keys such as `name:` and `sources:`.")
    _refuse_twins(node, "")
    return node


def _refuse_twins(node: yaml.Node, where: str) -> None:
    """YAML would let the last of two equal keys win in silence."""
    if isinstance(node, yaml.MappingNode):
        counts = Counter(key.value for key, _ in node.value)
        for key, value in node.value:
            if counts[key.value] > 1:
                raise _error(f"`{where}{key.value}` stands here twice: keep one", key)
            _refuse_twins(value, f"{where}{key.value}.")
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_twins(value, where)


def _convert(node: yaml.Node) -> Mapping:
    try:
        document = yaml.SafeLoader("").construct_document(node)
    except yaml.YAMLError as error:
        raise CallerError("mapping_invalid", f"The mapping is no YAML: {error}") from error
    if message := _fault(document):
        what, _, where = message.partition(" - at `")
        keys = _keys(document, where.rstrip("`"), what)
        raise _error(f"{what} (at `{'.'.join(keys) or 'top'}`)", _node_at(node, keys, what))
    return msgspec.convert(document, Mapping)


def _fault(document: object) -> str | None:
    try:
        msgspec.convert(document, Mapping)
    except msgspec.ValidationError as error:
        return str(error)
    return None


def _keys(document: dict[str, Any], where: str, what: str) -> list[str]:
    """The keys that lead to the fault. msgspec writes `[...]` for a key of ours: the entry that fails alone is it."""
    found: list[str] = []
    for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", where):
        found.append(name or index)
        if index == "...":
            found[-1] = next(
                (key for key in _at(document, found[:-1]) if _fails(document, [*found[:-1], key], what)), ""
            )
    return found


def _fails(document: dict[str, Any], keys: list[str], what: str) -> bool:
    alone = deepcopy(document)
    holder = _at(alone, keys[:-1])
    for other in holder.keys() - {keys[-1]}:
        del holder[other]
    return (_fault(alone) or "").startswith(what)


def _at(document: Any, keys: list[str]) -> Any:
    for key in keys:
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document


def _node_at(node: yaml.Node, keys: list[str], what: str) -> yaml.Node:
    for key in keys:
        node = _child(node, key) or node
    unknown = re.search("unknown field `(.+)`", what)
    return (_key_node(node, unknown[1]) if unknown else None) or node


def _child(node: yaml.Node, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and step.isdecimal():
        return node.value[int(step)]  # type: ignore[no-any-return]
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _key_node(node: yaml.Node, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((key for key, _ in pairs if key.value == name), None)


def _error(text: str, node: yaml.Node) -> CallerError:
    line = node.start_mark.line + 1
    return CallerError("mapping_invalid", f"Line {line}: {text}.", line=line)


# ---- what types alone cannot say ----------------------------------------------------------------


def _check(mapping: Mapping, root: yaml.Node) -> None:
    for where, text in _faults(mapping):
        node = root
        for step in where:
            node = _child(node, step) or node
        raise _error(f"{text} (at `{'.'.join(where)}`)", node)


def _faults(mapping: Mapping) -> Iterator[Fault]:
    for where, entity in entities(mapping):
        yield from _entity_faults(mapping, where, entity)
    for where, path, _ in all_paths(mapping):
        try:
            parse_path(path)
        except ValueError as error:
            yield where, str(error)
    for where, field in fields(mapping):
        if field.type is FieldType.MONEY and not (field.currency or mapping.currency):
            yield where, f"`{field.key}` is money of no currency: add `currency: USD` to it or to the mapping"
        if not (field.from_ or field.parts):
            yield where, f"`{field.key}` comes from nowhere: add `from:` or `parts:`"
    yield from _other_faults(mapping)


def _entity_faults(
    mapping: Mapping, where: tuple[str, ...], entity: CustomersSpec | RecordSpec | LineSpec
) -> Iterator[Fault]:
    source = mapping.sources.get(entity.source or "")
    is_sql = isinstance(source, SqliteFile | PostgresDatabase)
    if source is None:
        known = ", ".join(mapping.sources)
        yield (*where, "source"), f"there is no source `{entity.source}`: name one of {known}"
    elif is_sql and bool(entity.table) == bool(entity.query):
        yield where, "a database needs either `table:` or `query:`"
    elif not is_sql and (entity.table or entity.query):
        yield where, "a file has no tables: leave `table:` and `query:` out"


def _other_faults(mapping: Mapping) -> Iterator[Fault]:
    for kind, record in mapping.records.items():
        if record.amount and not (record.currency or mapping.currency):
            yield ("records", kind), "its amount has no currency: add `currency: USD` to it or to the mapping"
        if record.lines and bool(record.lines.from_) == bool(record.lines.source and record.lines.owner):
            yield ("records", kind, "lines"), "lines have either `from:`, or `source:` and `owner:`"
    for name, pattern in mapping.patterns.items():
        try:
            re.compile(pattern)
        except re.error as error:
            yield ("patterns", name), f"`{pattern}` is no pattern: {error}"
    claims = {kind.value for kind in IdentifierKind} | mapping.customers.proofs.keys()
    for claim in mapping.identity.said.keys() - claims:
        yield ("identity", "said"), f"`{claim}` is no identifier and no proof: choose from {', '.join(sorted(claims))}"


def _rooted(mapping: Mapping, folder: FilePath) -> Mapping:
    """Relative paths made absolute, since the stored mapping has no folder. `${NAME}` stays as it is."""
    sources = {name: _rooted_source(source, folder) for name, source in mapping.sources.items()}
    return msgspec.structs.replace(mapping, sources=sources)


def _rooted_source(source: Source, folder: FilePath) -> Source:
    if isinstance(source, PostgresDatabase) or source.path.startswith("${"):
        return source
    return msgspec.structs.replace(source, path=str(folder / source.path))

"""Writes a first mapping from the sources themselves, and says what it was unsure of.

It looks at names and at values: which table has people, which tables point at them, what lies inside those. Where
two readings are possible it takes the careful one (a field is heard only by who has proved who they are; an amount
that would have to be summed up is left out) and leaves a note.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dryfly.customers.mapping import (
    CsvFile,
    JsonFile,
    ParquetFile,
    PostgresDatabase,
    Source,
    SqliteFile,
)
from dryfly.customers.paths import EVERY
from dryfly.customers.rows import BATCH_ROWS, Sources
from dryfly.customers.survey import PEOPLE, Column, Meaning, Table, folded, number_pattern, singular, survey
from dryfly.platform.errors import CallerError

Block = dict[str, Any]
_SQLITE_TABLES = "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'"
_POSTGRES_TABLES = """
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') order by 1
"""
_TYPES = {
    Meaning.DATE: "date",
    Meaning.MONEY: "money",
    Meaning.NUMBER: "number",
    Meaning.QUANTITY: "number",
    Meaning.EMAIL: "email",
    Meaning.PHONE: "phone",
    Meaning.PAIRS: "pairs",
}
_TITLE = re.compile(r"name|title|product|description|track|article|item")
_ADDRESS_ORDER = ("address", "street", "line", "city", "town", "state", "province", "region", "zip", "post", "country")


@dataclass(slots=True)
class Proposal:
    """A mapping as YAML, and the notes on what to look at before using it."""

    text: str
    unsure: list[str]


@dataclass(slots=True)
class _Notes:
    unsure: list[str] = field(default_factory=list)

    def add(self, note: str) -> None:
        self.unsure.append(note)


class _Plain(yaml.SafeDumper):
    """Writes equal lists out instead of naming the first."""

    def ignore_aliases(self, data: object) -> bool:
        return True


async def propose(locations: list[str]) -> Proposal:
    """`locations`: files (.json .jsonl .csv .tsv .parquet .sqlite .db), or `env:NAME`, a variable with an address of
    PostgreSQL.

    Raises CallerError if one cannot be read, or if no table looks like customers.
    """
    sources = _named(locations)
    tables = await _survey(sources)
    notes = _Notes()
    mapping = _compose(sources, tables, notes)
    head = "".join(f"# unsure: {note}\n" for note in notes.unsure)
    body = yaml.dump(mapping, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
    return Proposal(head + body, notes.unsure)


# ---- sources ------------------------------------------------------------------------------------


def _named(locations: list[str]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for location in locations:
        name = re.sub(r"^(?=\d)", "s_", folded(Path(location.removeprefix("env:")).stem)) or "source"
        while name in sources:
            name += "_"
        sources[name] = _source_of(location)
    return sources


def _source_of(location: str) -> Source:
    if location.startswith("env:"):
        return PostgresDatabase(url_env=location.removeprefix("env:"))
    path = str(Path(location).resolve())
    match Path(location).suffix.lower():
        case ".json" | ".jsonl":
            return JsonFile(path=path)
        case ".csv":
            return CsvFile(path=path)
        case ".tsv":
            return CsvFile(path=path, delimiter="\t")
        case ".parquet":
            return ParquetFile(path=path)
        case ".sqlite" | ".sqlite3" | ".db":
            return SqliteFile(path=path)
        case _:
            pass
    text = f"{location} is of no kind that can be read: .json .jsonl .csv .tsv .parquet .sqlite .db, or env:NAME."
    raise CallerError("source_unreadable", text)


async def _survey(sources: dict[str, Source]) -> list[Table]:
    tables = []
    async with Sources(sources) as opened:
        for name, source in sources.items():
            for table in await _tables(opened, name, source):
                sample = await (await opened.rows(name, table)).sample()
                tables.append(survey(name, table, [row.values for row in sample if not row.fault]))
    return tables


async def _tables(sources: Sources, name: str, source: Source) -> list[str | None]:
    match source:
        case SqliteFile():
            rows = await sources.rows(name, query=_SQLITE_TABLES)
        case PostgresDatabase():
            rows = await sources.rows(name, query=_POSTGRES_TABLES)
        case _:
            return [None]
    return [row.values["name"] async for batch in rows.batches() for row in batch]


# ---- the whole ----------------------------------------------------------------------------------


def _compose(sources: dict[str, Source], tables: list[Table], notes: _Notes) -> Block:
    people, key = _people(tables, notes)
    linked = [(table, owner) for table in tables if table is not people and (owner := _owner(table, people, key))]
    records = {_record_kind(table): _record(table, owner, tables, notes) for table, owner in linked}
    if not records:
        notes.add("no table points at the customers: there are no records yet")
    notes.add("default_region: US is where telephone numbers without a country are taken to be")
    notes.add("currency: USD is a guess, no source says it")
    patterns = _patterns(records, {_record_kind(table): table for table, _ in linked})
    return {
        "name": people.name.replace("_", " "),
        "default_region": "US",
        "currency": "USD",
        "sources": {name: msgspec.to_builtins(source) for name, source in sources.items()},
        "customers": _customers(people, key, notes),
        "profile": _profile(people, key, records, [table for table, _ in linked]),
        "records": records,
        **({"patterns": patterns} if patterns else {}),
    }


def _people(tables: list[Table], notes: _Notes) -> tuple[Table, Column]:
    candidates = sorted(((_people_score(t, tables), t.name, t) for t in tables if t.unique()), key=lambda c: -c[0])
    if not candidates or candidates[0][0] < 3:
        text = "No table looks like customers (a key of their own, with mail, telephone or name): name another source."
        raise CallerError("no_customers_found", text)
    if len(candidates) > 1 and candidates[1][0] >= 3:
        notes.add(f"`{candidates[0][1]}` was taken for the customers, `{candidates[1][1]}` has people too")
    people = candidates[0][2]
    return people, _key(people, notes)


def _people_score(table: Table, tables: list[Table]) -> int:
    """Signs of people; those whom other tables point at are the customers rather than the staff."""
    named = 3 if PEOPLE.search(table.name) else 0
    signs = sum(bool(table.having(m)) for m in (Meaning.EMAIL, Meaning.PHONE, Meaning.FIRST_NAME, Meaning.POSTCODE))
    key = _best_key(table)
    pointed_at = sum(_owner(other, table, key) is not None for other in tables if other is not table) if signs else 0
    return signs and named + signs + min(pointed_at, 2)


def _best_key(table: Table) -> Column:
    """Among equals the first one; the key of a JSON object only if nothing inside says the same."""
    own = {"id", f"{singular(table.name)}_id", f"{singular(table.name)}_number"}

    def rank(column: Column) -> tuple[bool, bool, int]:
        return column.name in own, column.path == "$key" or _is_key_name(column), len(column.texts)

    return max(table.unique(), key=rank)


def _is_key_name(column: Column) -> bool:
    return bool(re.search(r"(id|key|no|nr|number)$", column.name))


def _key(table: Table, notes: _Notes) -> Column:
    key = _best_key(table)
    if key.path != "$key" and not _is_key_name(key):
        notes.add(f"`{key.path}` was taken for the key of `{table.name}`, since no two rows share it")
    return key


def _owner(table: Table, people: Table, key: Column) -> Column | None:
    """The column of `table` that holds keys of `people`."""
    keys = set(key.texts)
    hints = {singular(people.name), f"{singular(people.name)}_id"} | ({key.name} - {"id", "key"})
    numbers = all(text.isdecimal() for text in keys)
    for column in table.columns:
        texts = column.texts
        if not (column.is_single and texts):
            continue
        hinted = column.name in hints
        inside = sum(text in keys for text in texts) >= 0.95 * len(texts)
        cut = len(people.rows) >= BATCH_ROWS  # only a sample of the keys is known
        if (inside and (hinted or not numbers)) or (hinted and cut):
            return column
    return None


# ---- customers ----------------------------------------------------------------------------------


def _entity(table: Table) -> Block:
    return {"source": table.source, **({"table": table.table} if table.table else {})}


def _name_parts(table: Table) -> list[str]:
    first, last = table.having(Meaning.FIRST_NAME), table.having(Meaning.LAST_NAME)
    parts = [*first[:1], *last[:1]] or table.having(Meaning.FULL_NAME)[:1]
    return [column.path for column in parts if column.is_single]


def _customers(people: Table, key: Column, notes: _Notes) -> Block:
    block: Block = {**_entity(people), "key": key.path}
    if parts := _name_parts(people):
        block["name"] = {"parts": parts}
    else:
        notes.add(f"`{people.name}` has no column that looks like a name")
    identifiers = [{"kind": "email", "from": c.path} for c in people.having(Meaning.EMAIL)]
    identifiers += [{"kind": "phone", "from": c.path} for c in people.having(Meaning.PHONE) if "fax" not in c.name]
    block["identifiers"] = [*identifiers, {"kind": "account", "from": key.path}]
    postcodes = [c for c in people.having(Meaning.POSTCODE) if c.is_single]
    if parts and postcodes:
        block["proofs"] = {"name_postcode": {"name": {"parts": parts}, "postcode": postcodes[0].path}}
    return block


def _profile(people: Table, key: Column, records: Block, linked: list[Table]) -> list[Block]:
    record_keys = {text for table in linked for column in table.unique() for text in column.texts}
    taken = {key.path, *_name_parts(people)}
    rest = [c for c in people.columns if c.path not in taken and not _lists_records(c, record_keys)]
    return _fields(rest)


def _lists_records(column: Column, record_keys: set[str]) -> bool:
    """A customer's own list of orders: the orders tell it better."""
    return not column.is_single and bool(column.texts) and set(column.texts) <= record_keys


def _fields(columns: list[Column]) -> list[Block]:
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.meaning in (Meaning.ADDRESS, Meaning.POSTCODE) and column.is_single:
            groups.setdefault(column.path.rpartition(".")[0], []).append(column)
    grouped = {c.path for group in groups.values() if len(group) > 1 for c in group}
    fields = [_address(holder, group) for holder, group in groups.items() if len(group) > 1]
    fields += [_field(column) for column in columns if column.path not in grouped and column.values]
    return _with_own_keys(fields)


def _address(holder: str, group: list[Column]) -> Block:
    def order(column: Column) -> int:
        return next((i for i, word in enumerate(_ADDRESS_ORDER) if column.name.startswith(word)), 99)

    parts = [column.path.removeprefix(f"{holder}.") for column in sorted(group, key=order)]
    name = folded(holder.split(".")[-1]) or "address"
    block: Block = {"key": name, "label": _label(name), "type": "address"}
    return block | ({"from": holder} if holder else {}) | {"parts": parts, "join": ", "}


def _field(column: Column) -> Block:
    name = "_".join(folded(step) for step in column.path.split(".") if step != EVERY)
    block: Block = {"key": name, "label": _label(name), "from": column.path}
    if column.meaning in _TYPES:
        block["type"] = _TYPES[column.meaning]
    elif all(isinstance(value, bool) for value in column.values):
        block["type"] = "flag"
    return block | ({"format": column.format} if column.format else {})


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _with_own_keys(fields: list[Block]) -> list[Block]:
    """Keys begin with a letter, and no two are the same."""
    seen: set[str] = set()
    for block in fields:
        key = re.sub(r"^(?![a-z])", "f_", block["key"])
        while key in seen:
            key += "_"
        seen.add(key)
        block["key"] = key
    return fields


# ---- records ------------------------------------------------------------------------------------


def _record_kind(table: Table) -> str:
    return re.sub(r"^(?![a-z])", "r_", singular(table.name))


def _record(table: Table, owner: Column, tables: list[Table], notes: _Notes) -> Block:
    kind = _record_kind(table)
    if not table.unique():
        notes.add(f"`{table.name}` has no column of its own values for a key: its first one stands there")
    key = _key(table, notes) if table.unique() else table.columns[0]
    block: Block = {"label": _label(kind), **_entity(table), "key": key.path, "owner": owner.path}
    if number_pattern(key.texts):
        block["identifier"] = "order_number"
    used = {key.path, owner.path}
    for name, column in _core(table, kind, notes).items():
        used.add(column.path)
        block[name] = {"from": column.path, "format": column.format} if column.format else column.path
    lines, prefix = _lines(table, key, tables, notes)
    if lines:
        block["lines"] = lines
    rest = [c for c in table.columns if c.path not in used and not (prefix and c.path.startswith(prefix))]
    return block | {"fields": _fields([c for c in rest if c.path != "$key"])}


def _core(table: Table, kind: str, notes: _Notes) -> dict[str, Column]:
    """Status, amount and date, as far as the row itself says them."""
    core: dict[str, Column] = {}
    for name, meaning in (("status", Meaning.STATUS), ("amount", Meaning.MONEY), ("date", Meaning.DATE)):
        found = [column for column in table.having(meaning) if column.is_single]
        if found:
            core[name] = max(found, key=lambda column: bool(re.search(f"total|{kind}", column.name)))
        elif inside := table.having(meaning):
            notes.add(f"`{table.name}` has {name}s inside ({inside[0].path}): say how they become one, or leave it")
        else:
            notes.add(f"`{table.name}` has no {name}: none will be claimed")
        if len(found) > 1:
            notes.add(f"`{core[name].path}` was taken for the {name} of `{table.name}`")
        if found and core[name].doubt:
            notes.add(f"`{core[name].path}` is read as {core[name].format}, but {core[name].doubt}")
    return core


def _lines(table: Table, key: Column, tables: list[Table], notes: _Notes) -> tuple[Block | None, str]:
    nested: dict[str, list[Column]] = {}
    for column in table.columns:
        head, star, rest = column.path.partition(f".{EVERY}.")
        if star and EVERY not in rest.split("."):
            nested.setdefault(f"{head}.{EVERY}", []).append(column)
    for holder, columns in nested.items():
        if any(_TITLE.search(column.name) for column in columns if "id" not in column.name) and len(columns) > 2:
            inside = [_inner(column, f"{holder}.") for column in columns]
            return {"from": holder, **_line(inside, table.name, notes)}, f"{holder}."
    return _line_table(table, key, tables, notes), ""


def _inner(column: Column, prefix: str) -> Column:
    return Column(column.path.removeprefix(prefix), column.values, column.meaning, column.format)


def _line_table(table: Table, key: Column, tables: list[Table], notes: _Notes) -> Block | None:
    for other in tables:
        owner = _owner(other, table, key) if other is not table else None
        if owner and singular(table.name) in other.name:
            columns = [column for column in other.columns if column is not owner]
            return {**_entity(other), "owner": owner.path, **_line(columns, other.name, notes)}
    return None


def _line(columns: list[Column], name: str, notes: _Notes) -> Block:
    single = [column for column in columns if column.is_single]
    keys = [column for column in single if _is_key_name(column)] or single
    key = max(keys, key=lambda column: len(set(column.texts)))
    titles = [c for c in single if _TITLE.search(c.name) and not c.name.endswith("id")]
    title = titles[0] if titles else next((c for c in keys if c is not key), key)
    if not titles:
        notes.add(f"the lines of `{name}` have no title: `{title.path}` stands there; a query could join it")
    block: Block = {"key": key.path, "title": title.path}
    for part, meaning in (("quantity", Meaning.QUANTITY), ("amount", Meaning.MONEY)):
        if found := [column for column in single if column.meaning is meaning]:
            block[part] = found[0].path
    used = set(block.values())
    return block | {"fields": _fields([column for column in columns if column.path not in used])}


def _patterns(records: Block, tables: dict[str, Table]) -> dict[str, str]:
    numbered = [_best_key(tables[kind]) for kind, block in records.items() if "identifier" in block]
    made = [pattern for key in numbered if (pattern := number_pattern(key.texts))]
    return {"order_number": "|".join(dict.fromkeys(made))} if made else {}

"""The mapping: one YAML file that says where each part of the customer image comes from.

`mapping_file` reads it. examples/retail/image.yaml and examples/chinook/image.yaml show it in use.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from dryfly.customers.model import Evidence, FieldType, IdentifierKind, IdentityLevel

MAPPING_BYTES_MAX = 262_144
KEY = r"^[a-z][a-z0-9_]*$"

Key = Annotated[str, Meta(pattern=KEY)]
Share = Annotated[float, Meta(ge=0, le=1)]
Level = Literal["public", "claimed", "known_address", "proved", "agents"]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
LEVEL_NUMBERS: dict[Level, int] = {"public": 0, "claimed": 1, "known_address": 2, "proved": 3, "agents": 4}


class _Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


# ---- sources ------------------------------------------------------------------------------------


class _Source(_Strict, frozen=True, kw_only=True, tag_field="type"):
    pass


class JsonFile(_Source, frozen=True, kw_only=True, tag="json"):
    """A list of objects, one object of objects (`$key` is each one's key), or, named .jsonl, one object a line."""

    path: str


class CsvFile(_Source, frozen=True, kw_only=True, tag="csv"):
    path: str
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","
    encoding: str = "utf-8-sig"


class ParquetFile(_Source, frozen=True, kw_only=True, tag="parquet"):
    path: str


class SqliteFile(_Source, frozen=True, kw_only=True, tag="sqlite"):
    path: str


class PostgresDatabase(_Source, frozen=True, kw_only=True, tag="postgres"):
    """`url_env` names the environment variable that holds the address: it is never written down here."""

    url_env: Annotated[str, Meta(pattern="^[A-Z][A-Z0-9_]*$")]


Source = JsonFile | CsvFile | ParquetFile | SqliteFile | PostgresDatabase


class _Entity(_Strict, frozen=True, kw_only=True):
    source: str
    table: str | None = None  # SQL sources: a table or view...
    query: str | None = None  # ...or one read-only statement


# ---- values -------------------------------------------------------------------------------------


class Fold(StrEnum):
    """How several found values become one."""

    SUM = "sum"
    COUNT = "count"
    FIRST = "first"


class Value(_Strict, frozen=True, kw_only=True):
    """`from` is a path. With `parts`, each found object becomes those of its parts that it has, joined."""

    from_: str = msgspec.field(name="from", default="")
    parts: tuple[str, ...] = ()
    join: str = " "
    fold: Fold | None = None
    optional: bool = False  # do not check that the sample has it
    format: str | None = None  # dates: as in strptime, or epoch_s, epoch_ms
    decimal: Literal[".", ","] = "."

    def paths(self) -> Iterator[str]:
        """Every path that a row is asked for, from the row's top."""
        if self.from_ and not self.parts:
            yield self.from_
        for part in self.parts:
            yield f"{self.from_}.{part}" if self.from_ else part


class FieldSpec(Value, frozen=True, kw_only=True):
    """One thing to keep. `level`: the least identity level that may hear it; "agents": no customer at all."""

    key: Key
    label: str
    type: FieldType = FieldType.TEXT
    level: Level = "proved"
    currency: Currency | None = None  # money: else the mapping's
    words: dict[str, str] = {}
    required: bool = False  # a row without it is kept aside


class NameSpec(_Strict, frozen=True, kw_only=True):
    parts: tuple[str, ...]
    level: Level = "known_address"


class IdentifierSpec(Value, frozen=True, kw_only=True):
    kind: IdentifierKind
    channel: str | None = None  # kind channel: put before the value, "whatsapp"


class StatusSpec(_Strict, frozen=True, kw_only=True):
    words: str
    category: Key | None = None


class LineSpec(_Strict, frozen=True, kw_only=True):
    """Items inside the record (`from`), or rows of their own (`source`, `owner` = the record's key)."""

    from_: str = msgspec.field(name="from", default="")
    source: str | None = None
    table: str | None = None
    query: str | None = None
    owner: str | None = None
    key: str
    title: str | Value
    quantity: str | Value | None = None
    amount: str | Value | None = None
    fields: tuple[FieldSpec, ...] = ()


class CustomersSpec(_Entity, frozen=True, kw_only=True):
    key: str
    name: NameSpec | None = None
    identifiers: tuple[IdentifierSpec, ...] = ()
    proofs: dict[Key, dict[Key, str | Value]] = {}  # name_postcode: {name: ..., postcode: ...}


class RecordSpec(_Entity, frozen=True, kw_only=True):
    """One kind of record. Leave `date` out where the source has none: nobody will make one up."""

    label: str
    key: str
    owner: str
    level: Level = "proved"
    identifier: IdentifierKind | None = None  # the key names its owner too: order_number
    title: str | Value | None = None
    status: str | Value | None = None
    statuses: dict[str, StatusSpec] = {}
    amount: str | Value | None = None
    currency: Currency | None = None
    date: str | Value | None = None
    date_type: Literal["date", "time"] = "date"
    lines: LineSpec | None = None
    fields: tuple[FieldSpec, ...] = ()


LevelWord = Literal["unknown", "claimed", "known_address", "proved"]


class IdentityPolicy(_Strict, frozen=True, kw_only=True):
    """Which level each kind of evidence gives; `said` is set per kind of identifier or proof.

    As it comes, what somebody merely says is a claim, which asks for a proof.
    """

    said: dict[str, LevelWord] = {}
    address: LevelWord = "known_address"
    code: LevelWord = "proved"
    signed: LevelWord = "proved"

    def level(self, by: str, evidence: Evidence) -> IdentityLevel:
        if evidence is Evidence.SAID:
            return IdentityLevel[self.said.get(by, "claimed").upper()]
        word: LevelWord = getattr(self, evidence.value)
        return IdentityLevel[word.upper()]


class Mapping(_Strict, frozen=True, kw_only=True):
    name: str  # shown as the source of every answer
    sources: dict[Key, Source]
    customers: CustomersSpec
    profile: tuple[FieldSpec, ...] = ()
    records: dict[Key, RecordSpec] = {}
    identity: IdentityPolicy = IdentityPolicy()
    patterns: dict[IdentifierKind, str] = {}  # how customers write their numbers: {order_number: '#?\s*W\d{7}'}
    default_region: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "US"  # of telephone numbers without a country
    currency: Currency | None = None
    drop_share_max: Share = 0.2
    refresh_every_min: Annotated[int, Meta(ge=1)] | None = None


# ---- walks over it ------------------------------------------------------------------------------

Place = tuple[str, ...]  # the keys that lead to a part of the mapping
Paths = Iterator[tuple[Place, str, bool]]  # ..., the path, whether the source must have it


def entities(mapping: Mapping) -> Iterator[tuple[Place, CustomersSpec | RecordSpec | LineSpec]]:
    """Everything that has rows of its own, with its place in the mapping."""
    yield ("customers",), mapping.customers
    for kind, record in mapping.records.items():
        yield ("records", kind), record
        if record.lines and record.lines.source:
            yield ("records", kind, "lines"), record.lines


def fields(mapping: Mapping) -> Iterator[tuple[Place, FieldSpec]]:
    for i, field in enumerate(mapping.profile):
        yield ("profile", str(i)), field
    for kind, record in mapping.records.items():
        for i, field in enumerate(record.fields):
            yield ("records", kind, "fields", str(i)), field
        for i, field in enumerate(record.lines.fields if record.lines else ()):
            yield ("records", kind, "lines", "fields", str(i)), field


def all_paths(mapping: Mapping) -> Paths:
    yield from customer_paths(mapping)
    for kind, record in mapping.records.items():
        yield from record_paths(kind, record)
        if record.lines:
            yield from line_paths(kind, record.lines)


def _value_paths(where: Place, value: str | Value | None) -> Paths:
    if isinstance(value, str):
        yield where, value, True
    elif value is not None:
        yield from ((where, path, not value.optional) for path in value.paths())


def customer_paths(mapping: Mapping) -> Paths:
    """Every place in a customer's row that the mapping names."""
    spec = mapping.customers
    yield ("customers", "key"), spec.key, True
    for part in spec.name.parts if spec.name else ():
        yield ("customers", "name"), part, True
    for i, identifier in enumerate(spec.identifiers):
        yield from _value_paths(("customers", "identifiers", str(i)), identifier)
    for kind, parts in spec.proofs.items():
        for name, value in parts.items():
            yield from _value_paths(("customers", "proofs", kind, name), value)
    for i, field in enumerate(mapping.profile):
        yield from _value_paths(("profile", str(i)), field)


def record_paths(kind: str, record: RecordSpec) -> Paths:
    where = ("records", kind)
    for name in ("key", "owner", "title", "status", "amount", "date"):
        yield from _value_paths((*where, name), getattr(record, name))
    for i, field in enumerate(record.fields):
        yield from _value_paths((*where, "fields", str(i)), field)
    if record.lines and record.lines.from_:
        yield (*where, "lines", "from"), record.lines.from_, True


def line_paths(kind: str, lines: LineSpec) -> Paths:
    """Places in a line, counted from the line."""
    where = ("records", kind, "lines")
    for name in ("owner", "key", "title", "quantity", "amount"):
        yield from _value_paths((*where, name), getattr(lines, name))
    for i, field in enumerate(lines.fields):
        yield from _value_paths((*where, "fields", str(i)), field)

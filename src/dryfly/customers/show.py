"""What of the image may be shown at a level, in the mapping's words: pure."""

from collections.abc import Iterable
from collections.abc import Mapping as Dict
from decimal import Decimal
from typing import Any

from dryfly.customers.mapping import LEVEL_NUMBERS, FieldSpec, Level, LineSpec, Mapping
from dryfly.customers.model import Field, FieldType, Line, Profile, Provenance, Record
from dryfly.floor.model import CustomerId

Body = Dict[str, list[str]]


def may_see(needed: Level, level: int) -> bool:
    return level >= LEVEL_NUMBERS[needed]


def show_profile(
    mapping: Mapping, customer: CustomerId, name: str, body: Body, level: int, provenance: Provenance
) -> Profile:
    named = mapping.customers.name
    name_seen = name if name and named and may_see(named.level, level) else None
    fields, withheld = _split(mapping.profile, body, level, mapping.currency)
    return Profile(customer, name_seen, fields, withheld, provenance)


def kinds_seen(mapping: Mapping, level: int, wanted: str | None) -> tuple[list[str], tuple[str, ...]]:
    """The kinds of records that may be seen at this level, and those that may not."""
    asked = {kind: spec for kind, spec in mapping.records.items() if wanted in (None, kind)}
    seen = [kind for kind, spec in asked.items() if may_see(spec.level, level)]
    return seen, tuple(kind for kind in asked if kind not in seen)


def show_record(mapping: Mapping, row: Dict[str, Any], level: int, provenance: Provenance) -> Record:
    spec = mapping.records[row["kind"]]
    currency = spec.currency or mapping.currency
    status: str | None = row["status"]
    meaning = spec.statuses.get(status or "")
    fields, withheld = _split(spec.fields, row["body"], level, currency)
    return Record(
        kind=row["kind"],
        label=spec.label,
        key=row["key"],
        title=row["title"],
        status=status,
        status_words=meaning.words if meaning else status and status.replace("_", " "),
        status_category=meaning.category if meaning else None,
        amount=row["amount"],
        currency=currency if row["amount"] is not None else None,
        date=row["date"] or None,
        lines=tuple(_line(spec.lines, line, level, currency) for line in row["lines"] if spec.lines),
        fields=fields,
        withheld=withheld,
        provenance=provenance,
    )


def _line(spec: LineSpec, line: Dict[str, Any], level: int, currency: str | None) -> Line:
    fields, _ = _split(spec.fields, line["fields"], level, currency)
    return Line(line["key"], line["title"], _decimal(line["quantity"]), _decimal(line["amount"]), fields)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _split(
    specs: Iterable[FieldSpec], body: Body, level: int, currency: str | None
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """The fields on file that may be seen, and the keys of those that may not."""
    on_file = [spec for spec in specs if body.get(spec.key)]
    seen = tuple(_field(spec, body[spec.key], currency) for spec in on_file if may_see(spec.level, level))
    return seen, tuple(spec.key for spec in on_file if not may_see(spec.level, level))


def _field(spec: FieldSpec, values: list[str], currency: str | None) -> Field:
    unit = (spec.currency or currency) if spec.type is FieldType.MONEY else None
    words = [spec.words.get(value, value) for value in values]
    return Field(
        key=spec.key,
        label=spec.label,
        type=spec.type,
        values=tuple(values),
        words=tuple(f"{word} {unit}" if unit else word for word in words),
        currency=unit,
    )

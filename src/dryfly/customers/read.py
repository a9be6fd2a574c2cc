"""Reads one source row by the mapping: pure, no I/O.

A row without its key or its owner is broken and kept aside whole (`Broken`). A single value that cannot be read is
left out, and the rest of the row stands: a customer with a mistyped telephone number is still a customer. Both are
told to whoever keeps the image (`Problem`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from dryfly.customers.identifiers import normalise, normalise_proof
from dryfly.customers.mapping import (
    FieldSpec,
    Fold,
    IdentifierSpec,
    LineSpec,
    Mapping,
    RecordSpec,
    Value,
)
from dryfly.customers.model import FieldType, Identifier, Proof
from dryfly.customers.paths import Row, parse_path
from dryfly.customers.values import Flaw, canonical, date_of, money_of, number_of, pairs_of, plain, text_of, time_of

Body = dict[str, list[str]]  # a field's key, its canonical values
PROOF = "proof:"
T = TypeVar("T")


class Broken(ValueError):
    """The row cannot be kept at all; the text says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that was left out."""

    place: str
    reason: str


@dataclass(slots=True)
class CustomerDraft:
    key: str
    name: str
    body: Body
    identifiers: set[tuple[str, str]]  # kind, normalised
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class LineDraft:
    owner: str
    key: str
    title: str
    quantity: str | None
    amount: str | None
    fields: Body


@dataclass(slots=True)
class RecordDraft:
    key: str
    owner: str
    title: str
    status: str | None
    amount: Decimal | None
    date: str | None
    body: Body
    identifier: str | None
    lines: list[LineDraft]
    problems: list[Problem] = field(default_factory=list)


# ---- values -------------------------------------------------------------------------------------


def find_values(value: str | Value, row: Row, words: dict[str, str] | None = None) -> list[object]:
    """What the row holds at this place of the mapping; raises Flaw."""
    if isinstance(value, str):
        return parse_path(value).find(row)
    found: list[object] = parse_path(value.from_).find(row) if value.from_ else [row]
    if value.parts:
        found = [text for holder in found if (text := _joined(holder, value, words or {}))]
    return _folded(found, value)


def _joined(holder: object, value: Value, words: dict[str, str]) -> str:
    if not isinstance(holder, dict):
        raise Flaw("is no object with parts")
    found = [text_of(inner) for part in value.parts for inner in parse_path(part).find(holder)]
    return value.join.join(words.get(text, text) for text in found if text)


def _folded(found: list[object], value: Value) -> list[object]:
    match value.fold:
        case Fold.SUM:
            return [sum((number_of(v, value.decimal) for v in found), Decimal(0))] if found else []
        case Fold.COUNT:
            return [len(found)]
        case Fold.FIRST:
            return found[:1]
        case None:
            return found


def _one(value: str | Value | None, row: Row) -> object | None:
    """The single value there, or None; several are a flaw, since nobody said which one counts."""
    found = find_values(value, row) if value is not None else []
    if len(found) > 1:
        raise Flaw(f"finds {len(found)} values where one is wanted: add `fold: first`, `sum` or `count`")
    return found[0] if found else None


class RowReader:
    """Reads one row and notes the problems on the way."""

    def __init__(self, mapping: Mapping, row: Row) -> None:
        self._mapping = mapping
        self._row = row
        self.problems: list[Problem] = []

    def required(self, name: str, value: str | Value) -> str:
        try:
            text = text_of(found) if (found := _one(value, self._row)) is not None else ""
        except Flaw as flaw:
            raise Broken(f"{name} {flaw}") from flaw
        if not text:
            raise Broken(f"{name} is empty")
        return text

    def text(self, name: str, value: str | Value | None) -> str | None:
        return self._attempt(name, value, text_of)

    def money(self, name: str, value: str | Value | None, currency: str | None) -> Decimal | None:
        return self._attempt(name, value, lambda found: money_of(found, currency, _decimal(value)))

    def number(self, name: str, value: str | Value | None) -> Decimal | None:
        return self._attempt(name, value, lambda found: number_of(found, _decimal(value)))

    def moment(self, name: str, value: str | Value | None, kind: str) -> str | None:
        format = value.format if isinstance(value, Value) else None
        turn = time_of if kind == "time" else date_of
        return self._attempt(name, value, lambda found: turn(found, format))

    def _attempt(self, name: str, value: str | Value | None, turn: Callable[[object], T]) -> T | None:
        try:
            found = _one(value, self._row)
            return None if found is None or found == "" else turn(found)
        except Flaw as flaw:
            self._note(name, flaw)
            return None

    def fields(self, specs: Iterable[FieldSpec]) -> Body:
        body = {spec.key: self._field(spec) for spec in specs}
        return {key: values for key, values in body.items() if values}

    def _field(self, spec: FieldSpec) -> list[str]:
        try:
            values = self._canonical_all(spec)
        except Flaw as flaw:
            if spec.required:
                raise Broken(f"{spec.key} {flaw}") from flaw
            self._note(spec.key, flaw)
            values = []
        if spec.required and not values:
            raise Broken(f"{spec.key} is empty")
        return values

    def _canonical_all(self, spec: FieldSpec) -> list[str]:
        found = find_values(spec, self._row, spec.words)
        if spec.type is FieldType.PAIRS:
            return [pair for value in found for pair in pairs_of(value)]
        texts = [self._canonical(value, spec) for value in found]
        return [text for text in texts if text]

    def _canonical(self, value: object, spec: FieldSpec) -> str:
        return canonical(
            value,
            spec.type,
            currency=spec.currency or self._mapping.currency,
            format=spec.format,
            decimal=spec.decimal,
            region=self._mapping.default_region,
        )

    def identifiers(self, spec: IdentifierSpec) -> Iterable[tuple[str, str]]:
        name = f"identifier {spec.kind}"
        for text in self._texts(name, spec):
            spelled = f"{spec.channel}:{text}" if spec.channel else text
            normalised = normalise(Identifier(spec.kind, spelled), self._mapping.default_region)
            if normalised is None:
                self._note(name, Flaw(f"`{text[:60]}` is no {spec.kind}"))
            else:
                yield spec.kind.value, normalised

    def proof(self, kind: str, parts: dict[str, str | Value]) -> tuple[str, str] | None:
        values = {name: " ".join(self._texts(f"proof {kind}", value)) for name, value in parts.items()}
        normalised = normalise_proof(Proof(kind, values))
        return (PROOF + kind, normalised) if normalised else None

    def _texts(self, name: str, value: str | Value) -> list[str]:
        try:
            return [text for found in find_values(value, self._row) if (text := text_of(found))]
        except Flaw as flaw:
            self._note(name, flaw)
            return []

    def _note(self, place: str, flaw: Flaw) -> None:
        self.problems.append(Problem(place, str(flaw)))


def _decimal(value: str | Value | None) -> str:
    return value.decimal if isinstance(value, Value) else "."


# ---- customers and records ----------------------------------------------------------------------


def read_customer(mapping: Mapping, row: Row) -> CustomerDraft:
    spec = mapping.customers
    reader = RowReader(mapping, row)
    key = reader.required("the key", spec.key)
    name = reader.text("name", Value(parts=spec.name.parts)) if spec.name else None
    identifiers = {found for one in spec.identifiers for found in reader.identifiers(one)}
    proofs = (reader.proof(kind, parts) for kind, parts in spec.proofs.items())
    identifiers.update(proof for proof in proofs if proof)
    return CustomerDraft(key, name or "", reader.fields(mapping.profile), identifiers, reader.problems)


def read_record(mapping: Mapping, kind: str, row: Row) -> RecordDraft:
    spec = mapping.records[kind]
    reader = RowReader(mapping, row)
    key = reader.required("the key", spec.key)
    draft = RecordDraft(
        key=key,
        owner=reader.required("the owner", spec.owner),
        title=reader.text("title", spec.title) or f"{spec.label} {key}",
        status=reader.text("status", spec.status) or None,
        amount=reader.money("amount", spec.amount, spec.currency or mapping.currency),
        date=reader.moment("date", spec.date, spec.date_type),
        body=reader.fields(spec.fields),
        identifier=_record_identifier(mapping, spec, key),
        lines=[],
        problems=reader.problems,
    )
    draft.lines.extend(_nested_lines(mapping, spec, row, draft))
    return draft


def _record_identifier(mapping: Mapping, spec: RecordSpec, key: str) -> str | None:
    return normalise(Identifier(spec.identifier, key), mapping.default_region) if spec.identifier else None


def _nested_lines(mapping: Mapping, spec: RecordSpec, row: Row, draft: RecordDraft) -> Iterable[LineDraft]:
    if not (spec.lines and spec.lines.from_):
        return
    for i, holder in enumerate(parse_path(spec.lines.from_).find(row)):
        try:
            if not isinstance(holder, dict):
                raise Broken("is no object")
            line, problems = read_line(mapping, spec, holder, draft.key)
        except Broken as broken:
            draft.problems.append(Problem(f"line {i + 1}", str(broken)))
        else:
            draft.problems.extend(problems)
            yield line


def read_line(
    mapping: Mapping, spec: RecordSpec, row: Row, owner: str | None = None
) -> tuple[LineDraft, list[Problem]]:
    """One line of a record, inside it (`owner` is its key) or in a row of its own."""
    lines: LineSpec | None = spec.lines
    assert lines is not None
    reader = RowReader(mapping, row)
    quantity = reader.number("line quantity", lines.quantity)
    amount = reader.money("line amount", lines.amount, spec.currency or mapping.currency)
    line = LineDraft(
        owner=owner or reader.required("the owner", lines.owner or ""),
        key=reader.required("the line's key", lines.key),
        title=reader.text("line title", lines.title) or "",
        quantity=None if quantity is None else plain(quantity),
        amount=None if amount is None else plain(amount),
        fields=reader.fields(lines.fields),
    )
    return line, reader.problems

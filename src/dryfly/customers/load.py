"""Reads every entity of a mapping into the staging tables of one transaction.

Only ids and keys stay in memory (to tell duplicates, and orders of nobody), so an image may be larger than that.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from dryfly.customers.check import Entity, check_columns
from dryfly.customers.identifiers import customer_id, identifier_hash
from dryfly.customers.mapping import Mapping, Place, RecordSpec, entities
from dryfly.customers.paths import parse_path
from dryfly.customers.read import (
    Broken,
    CustomerDraft,
    LineDraft,
    Problem,
    RecordDraft,
    read_customer,
    read_line,
    read_record,
)
from dryfly.customers.rows import Rows, SourceRow, Sources
from dryfly.customers.values import Flaw, text_of
from dryfly.floor.model import CustomerId
from dryfly.platform.database import Connection
from dryfly.platform.masking import mask_cards

REJECTS_KEPT_MAX = 1_000
RAW_LENGTH_MAX = 2_000


class Reject(Struct, frozen=True):
    """A row (`what` = "row") or one value of it that could not be used."""

    entity: str
    source: str
    row_number: int
    what: str
    place: str
    reason: str
    raw: str
    customer: str | None


@dataclass(slots=True)
class Rejects:
    """All are counted, the first `REJECTS_KEPT_MAX` are kept."""

    kept: list[Reject] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, reject: Reject) -> None:
        self.counts[reject.what + "s"] += 1
        if len(self.kept) < REJECTS_KEPT_MAX:
            self.kept.append(reject)


class Load:
    """One reading of all sources. What cannot be used is told to `rejects`."""

    def __init__(self, conn: Connection, mapping: Mapping, secret: bytes, rejects: Rejects) -> None:
        self._conn = conn
        self._mapping = mapping
        self._secret = secret
        self._customers: set[CustomerId] = set()
        self._lines_of: dict[str, int] = {}  # of the record kind at hand: its keys, and how many lines each has
        self._owner_of: dict[str, CustomerId] = {}
        self._rejects = rejects

    async def run(self, sources: Sources) -> None:
        rows = {
            where: await sources.rows(entity.source or "", entity.table, entity.query)
            for where, entity in entities(self._mapping)
        }
        for where, entity in entities(self._mapping):
            await check_columns(self._mapping, where, entity, rows[where])
        await self._load_customers(rows[("customers",)])
        for kind, record in self._mapping.records.items():
            self._lines_of.clear()
            self._owner_of.clear()
            await self._load_records(kind, record, rows[("records", kind)])
            if lines := rows.get(("records", kind, "lines")):
                await self._load_lines(kind, record, lines)

    # ---- customers ----

    async def _load_customers(self, rows: Rows) -> None:
        async for batch in rows.batches():
            drafts = [draft for row in batch if (draft := self._customer(row))]
            await self._copy("customer", ((id, draft.name, _json(draft.body)) for id, draft in drafts))
            await self._copy(
                "identifier", (self._identified(id, *pair) for id, draft in drafts for pair in draft.identifiers)
            )

    def _customer(self, row: SourceRow) -> tuple[CustomerId, CustomerDraft] | None:
        spec = self._mapping.customers
        owner = self._owner(row, spec.key)
        try:
            _refuse_fault(row)
            draft = read_customer(self._mapping, row.values)
            if owner is None or owner in self._customers:
                raise Broken(f"the key `{draft.key}` stood in an earlier row")
        except Broken as broken:
            self._reject(("customers",), spec, row, broken, owner)
            return None
        self._customers.add(owner)
        self._note(("customers",), spec, row, draft.problems, owner)
        return owner, draft

    def _identified(self, customer: CustomerId, kind: str, value: str) -> tuple[bytes, str, str, str]:
        return identifier_hash(self._secret, kind, value), customer, kind, value

    # ---- records ----

    async def _load_records(self, kind: str, spec: RecordSpec, rows: Rows) -> None:
        async for batch in rows.batches():
            drafts = [draft for row in batch if (draft := self._record(kind, spec, row))]
            await self._copy("record", (_record_row(kind, owner, draft) for owner, draft in drafts))
            await self._copy("line", (self._line_row(kind, line) for _, draft in drafts for line in draft.lines))
            if spec.identifier:
                pairs = ((owner, draft.identifier) for owner, draft in drafts if draft.identifier)
                await self._copy("identifier", (self._identified(o, spec.identifier, value) for o, value in pairs))

    def _record(self, kind: str, spec: RecordSpec, row: SourceRow) -> tuple[CustomerId, RecordDraft] | None:
        owner = self._owner(row, spec.owner)
        try:
            _refuse_fault(row)
            draft = read_record(self._mapping, kind, row.values)
            if draft.key in self._lines_of:
                raise Broken(f"the key `{draft.key}` stood in an earlier row")
            if owner is None or owner not in self._customers:
                raise Broken(f"its owner `{draft.owner}` is no customer")
        except Broken as broken:
            self._reject(("records", kind), spec, row, broken, owner)
            return None
        self._lines_of[draft.key] = 0
        self._owner_of[draft.key] = owner
        self._note(("records", kind), spec, row, draft.problems, owner)
        return owner, draft

    async def _load_lines(self, kind: str, spec: RecordSpec, rows: Rows) -> None:
        async for batch in rows.batches():
            lines = [line for row in batch if (line := self._line(kind, spec, row))]
            await self._copy("line", (self._line_row(kind, line) for line in lines))

    def _line(self, kind: str, spec: RecordSpec, row: SourceRow) -> LineDraft | None:
        where = ("records", kind, "lines")
        assert spec.lines is not None
        try:
            _refuse_fault(row)
            line, problems = read_line(self._mapping, spec, row.values)
            if line.owner not in self._lines_of:
                raise Broken(f"there is no {kind} `{line.owner}`")
        except Broken as broken:
            self._reject(where, spec.lines, row, broken, None)
            return None
        self._note(where, spec.lines, row, problems, self._owner_of[line.owner])
        return line

    def _line_row(self, kind: str, line: LineDraft) -> tuple[str, str, int, str]:
        self._lines_of[line.owner] += 1
        body = {name: getattr(line, name) for name in ("key", "title", "quantity", "amount", "fields")}
        return kind, line.owner, self._lines_of[line.owner], _json(body)

    # ---- what both need ----

    def _owner(self, row: SourceRow, path: str) -> CustomerId | None:
        """The customer that the row is about, as far as it tells: broken rows are erased with them."""
        try:
            found = parse_path(path).find(row.values)
            key = text_of(found[0]) if len(found) == 1 else ""
        except Flaw:
            return None
        return customer_id(self._secret, self._mapping.customers.source, key) if key else None

    async def _copy(self, stage: str, rows: Iterable[Sequence[object]]) -> None:
        if ready := list(rows):
            await self._conn.copy_records_to_table("stage_" + stage, records=ready)

    def _note(
        self, where: Place, entity: Entity, row: SourceRow, problems: list[Problem], customer: CustomerId | None
    ) -> None:
        for problem in problems:
            self._add(where, entity, row, "value", problem.place, problem.reason, customer)

    def _reject(
        self, where: Place, entity: Entity, row: SourceRow, broken: Broken, customer: CustomerId | None
    ) -> None:
        self._add(where, entity, row, "row", "", str(broken), customer)

    def _add(
        self, where: Place, entity: Entity, row: SourceRow, what: str, place: str, reason: str, customer: str | None
    ) -> None:
        raw = _storable(_json_of_row(row.values))[:RAW_LENGTH_MAX]
        name, source = ".".join(where), entity.source or ""
        self._rejects.add(Reject(name, source, row.number, what, place, _storable(reason), raw, customer))


def _refuse_fault(row: SourceRow) -> None:
    if row.fault:
        raise Broken(row.fault)


def _record_row(kind: str, owner: CustomerId, draft: RecordDraft) -> tuple[object, ...]:
    return (
        kind, draft.key, owner, draft.title, draft.status, draft.amount, draft.date or "", _json(draft.body),
    )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _json_of_row(values: dict[str, object]) -> str:
    clean = {_encodable(key): _encodable(value) for key, value in values.items()}
    return msgspec.json.encode(clean, enc_hook=str).decode()


def _encodable(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _storable(text: str) -> str:
    """PostgreSQL keeps no zero bytes, and nobody keeps card numbers."""
    return mask_cards(text.replace("\x00", "").encode("utf-8", "replace").decode())

"""Asks the customer image: who may this be, what is on file, and may this listener hear it.

Each question is one statement over one whole version. The mapping and the secret of the version are remembered; every
answer tells its version, so that a remembered one that has become old is noticed and the question asked again.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from dryfly.customers.detect import detect_identifiers
from dryfly.customers.identifiers import aliases, identifier_hash, normalise, normalise_proof
from dryfly.customers.mapping import Mapping
from dryfly.customers.mapping_file import parse_mapping
from dryfly.customers.model import (
    RECORDS_MAX,
    Evidence,
    Identifier,
    IdentityLevel,
    Match,
    Profile,
    Proof,
    Provenance,
    Recognition,
    Record,
    Records,
)
from dryfly.customers.read import PROOF
from dryfly.customers.recognise import recognition_of
from dryfly.customers.show import kinds_seen, show_profile, show_record
from dryfly.floor.model import CustomerId
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "store.sql")

MATCHES_MAX = 50
_Rows = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Image:
    """The version of a site's image that is read now."""

    mapping: Mapping
    secret: bytes
    provenance: Provenance


class Customers:
    """The customer image of every site. `level` is what the listener may hear: an IdentityLevel, or AGENT_SIGHT."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._images: dict[str, Image] = {}

    async def find(self, site: str, identifier: Identifier, evidence: Evidence = Evidence.SAID) -> list[Match]:
        """Everybody whom the identifier may mean. Empty if nobody, or if it cannot be one of its kind."""
        return await self._find(site, [identifier], evidence)

    async def find_by_proof(
        self, site: str, kind: str, values: dict[str, str], evidence: Evidence = Evidence.SAID
    ) -> list[Match]:
        """Everybody for whom all the values hold: people who share name and postcode are all returned."""
        return await self._find(site, [Proof(kind, values)], evidence)

    async def recognise(self, site: str, text: str, evidence: Evidence = Evidence.SAID) -> Recognition:
        """Who talks, as far as the text tells."""
        image = await self.image(site)
        said = detect_identifiers(text, image.mapping) if image else []
        matches = await self._find(site, said, evidence) if said else []
        return recognition_of(said, matches)

    async def profile(self, site: str, customer: CustomerId, level: int) -> Profile | None:
        """What is on file about the customer and may be heard at this level; None: nobody of that id."""
        image, rows = await self._ask(site, lambda conn, _: conn.fetch(sql.profile, site, customer))
        if image is None or not rows:
            return None
        row = rows[0]
        return show_profile(image.mapping, customer, row["name"], row["body"], level, image.provenance)

    async def records(
        self,
        site: str,
        customer: CustomerId,
        kind: str | None = None,
        *,
        level: int,
        after: str | None = None,
        limit: int = RECORDS_MAX,
    ) -> Records:
        """The customer's orders, invoices..., newest first where they have dates."""
        start = _cursor(after)
        size = max(1, min(limit, RECORDS_MAX))

        def ask(conn: Connection, image: Image) -> Awaitable[_Rows]:
            seen, _ = kinds_seen(image.mapping, level, kind)
            return conn.fetch(sql.records, site, customer, seen, *start, size + 1)

        image, rows = await self._ask(site, ask)
        if image is None:
            return Records(())
        shown = tuple(show_record(image.mapping, row, level, image.provenance) for row in rows[:size])
        _, withheld = kinds_seen(image.mapping, level, kind)
        return Records(shown, withheld, _cursor_after(rows[:size]) if len(rows) > size else None, image.provenance)

    async def record(self, site: str, customer: CustomerId, kind: str, key: str, *, level: int) -> Record | None:
        """One record of this customer; None: there is none, it is somebody else's, or above the level."""
        image, rows = await self._ask(site, lambda conn, _: conn.fetch(sql.record, site, customer, kind, key))
        if image is None or not rows or kind not in kinds_seen(image.mapping, level, kind)[0]:
            return None
        return show_record(image.mapping, rows[0], level, image.provenance)

    async def image(self, site: str) -> Image | None:
        """The version that is read now, with its mapping; None: the site has no image yet."""
        async with self._db.site(site) as conn:
            return await self._load(conn, site)

    async def is_on_file(self, site: str, customer: CustomerId) -> bool:
        """In any version."""
        async with self._db.site(site) as conn:
            return bool(await conn.fetchval(sql.is_on_file, site, customer))

    async def suppress(self, site: str, customer: CustomerId, *, now: int) -> None:
        """Erases the customer from all versions; no refresh brings them back."""
        async with self._db.site(site) as conn:
            await conn.execute(sql.lock_switch, site)
            await conn.execute(sql.suppress, site, customer, now)
            await conn.execute(sql.erase_customer, site, customer)

    async def _find(self, site: str, said: Sequence[Identifier | Proof], evidence: Evidence) -> list[Match]:
        def ask(conn: Connection, image: Image) -> Awaitable[_Rows]:
            return conn.fetch(sql.find, site, list(_hashes(said, image)), MATCHES_MAX)

        image, rows = await self._ask(site, ask)
        if image is None:
            return []
        wanted = _hashes(said, image)
        found = [row for row in rows if wanted.get(row["hash"]) == row["value"]]
        return _matches(found, image, evidence)

    async def _ask(self, site: str, ask: Callable[[Connection, Image], Awaitable[_Rows]]) -> tuple[Image | None, _Rows]:
        """The rows that were found, without the one that tells the version (first) and nothing else (second)."""
        async with self._db.site(site) as conn:
            image = self._images.get(site) or await self._load(conn, site)
            while image is not None:
                rows = await ask(conn, image)
                if rows and rows[0]["version"] == image.provenance.version:
                    return image, [row for row in rows if row[1] is not None]
                image = await self._load(conn, site)
        return None, ()

    async def _load(self, conn: Connection, site: str) -> Image | None:
        row = await conn.fetchrow(sql.site, site)
        if row is None or row["version"] is None:
            self._images.pop(site, None)
            return None
        known = self._images.get(site)
        if known is None or known.provenance.version != row["version"]:
            provenance = Provenance(row["source"], row["version"], row["loaded_at"])
            known = Image(parse_mapping(row["version_mapping"]), row["secret"], provenance)
            self._images[site] = known
        return known


def _hashes(said: Iterable[Identifier | Proof], image: Image) -> dict[bytes, str]:
    """What to look for, with the normalised value that must stand beside it."""
    spelled = _spelled(said, image.mapping.default_region)
    return {identifier_hash(image.secret, kind, value): value for kind, value in spelled}


def _spelled(said: Iterable[Identifier | Proof], region: str) -> Iterable[tuple[str, str]]:
    for one in said:
        if isinstance(one, Proof):
            if value := normalise_proof(one):
                yield PROOF + one.kind, value
        else:
            for alias in aliases(one):
                if value := normalise(alias, region):
                    yield alias.kind.value, value


def _matches(rows: _Rows, image: Image, evidence: Evidence) -> list[Match]:
    matches = []
    for row in rows:
        by = str(row["kind"]).removeprefix(PROOF)
        level: IdentityLevel = image.mapping.identity.level(by, evidence)
        matches.append(Match(CustomerId(row["customer"]), by, level, image.provenance))
    return matches


def _cursor(after: str | None) -> tuple[str | None, str | None, str | None]:
    if after is None:
        return None, None, None
    try:
        return msgspec.json.decode(after, type=tuple[str, str, str])
    except msgspec.DecodeError as error:
        text = "`after` is no place in a list: pass the `next` of the page before."
        raise CallerError("bad_cursor", text) from error


def _cursor_after(rows: _Rows) -> str:
    last = rows[-1]
    return msgspec.json.encode((last["date"], last["kind"], last["key"])).decode()

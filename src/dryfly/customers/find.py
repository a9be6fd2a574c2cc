"""Finds customers for the company's own people: by a part of their name, or by what identifies them, as typed.

Unlike `Customers.find`, which tells who somebody may be who claims something, this is for looking somebody up: the
beginning of an e-mail address, an order number or a name is enough.
"""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from dryfly.customers.identifiers import bare_name, bare_number, spoken_email, spoken_phone
from dryfly.floor.model import CustomerId
from dryfly.platform.database import Database
from dryfly.platform.sql import load_sql, rows_as

sql = load_sql(__file__, "find.sql")

START_MIN = 3  # letters and digits, before the beginning of an identifier is looked for
NAME_MIN = 2
WORDS_MAX = 6
ADDRESSES_MAX = 20
_NOT_A_NAME = re.compile(r"[\d@]")


class CustomerFound(Struct, frozen=True):
    """`kind`: by what they were found ("name", "email", "phone", ...), and its `value` on file."""

    customer: CustomerId
    name: str
    kind: str
    value: str


class Address(Struct, frozen=True):
    kind: str
    value: str


class CustomerSearch:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def find(
        self, site: str, text: str, region: str, limit: int, among: Sequence[CustomerId] | None = None
    ) -> list[CustomerFound]:
        """Each customer once, those by an identifier first. `among`: nobody but these."""
        names, starts = name_words(text), identifier_starts(text, region)
        if not names and not starts:
            return []
        only = None if among is None else list(among)
        async with self._db.site(site) as conn:
            rows: Sequence[Any] = await conn.fetch(sql.find, site, names, starts, only, 3 * limit)
        firsts: dict[CustomerId, CustomerFound] = {}
        for found in rows_as(CustomerFound, rows):
            firsts.setdefault(found.customer, found)
        return list(firsts.values())[:limit]

    async def names(self, site: str, customers: Sequence[CustomerId]) -> dict[CustomerId, str]:
        async with self._db.site(site) as conn:
            rows = await conn.fetch(sql.names, site, list(customers))
        return {CustomerId(row["customer"]): row["name"] for row in rows}

    async def addresses(self, site: str, customer: CustomerId) -> tuple[Address, ...]:
        """Where the customer can be met, as far as is on file."""
        async with self._db.site(site) as conn:
            return tuple(rows_as(Address, await conn.fetch(sql.addresses, site, customer, ADDRESSES_MAX)))

    async def records_counts(self, site: str, customer: CustomerId) -> dict[str, int]:
        async with self._db.site(site) as conn:
            return {row["kind"]: row["count"] for row in await conn.fetch(sql.counts, site, customer)}


def name_words(text: str) -> list[str]:
    """The words of a name, the longest first, since it leaves the fewest; none where the text is no name."""
    words = [word for word in bare_name(text).split() if word] if not _NOT_A_NAME.search(text) else []
    longest = sorted(words, key=len, reverse=True)[:WORDS_MAX]
    return longest if longest and len(longest[0]) >= NAME_MIN else []


def identifier_starts(text: str, region: str) -> list[str]:
    """What identifiers on file may begin with, in their one spelling, for what somebody typed."""
    text = text.strip()
    number = bare_number(text) or ""
    starts = {spoken_phone(text, region), spoken_email(text), text.casefold() if "@" in text else None}
    if len(number) >= START_MIN and any(c.isdigit() for c in number):
        starts |= {number, "+" + number if text.startswith("+") else None}
    return sorted(start for start in starts if start)

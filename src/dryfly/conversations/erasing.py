"""Erasing what was said with a person. Rows of words are emptied where their number tells the order, else deleted.

What stays: that a talk was, when, on which channel, who served it and how it ended. The journal holds ids only.
"""

from collections.abc import Sequence

from dryfly.floor.model import ContactId, CustomerId, SiteId
from dryfly.platform.database import Connection
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "erasing.sql")

EMPTYING = (
    sql.erase_lines, sql.erase_messages, sql.erase_notes, sql.erase_facts, sql.erase_briefs, sql.erase_answers,
    sql.erase_talks,
)  # fmt: skip


async def talks_of(conn: Connection, site: SiteId, customer: CustomerId) -> tuple[list[ContactId], list[ContactId]]:
    """(all talks with the customer, those of them that are open)."""
    rows = await conn.fetch(sql.talks_of_customer, site, customer)
    return [row["contact"] for row in rows], [row["contact"] for row in rows if row["is_open"]]


async def erase_words(conn: Connection, site: SiteId, contacts: Sequence[ContactId], owners: Sequence[str]) -> None:
    """`owners`: visitors whose files go too, sent or not."""
    await conn.execute(sql.see_all_lines)
    for statement in EMPTYING:
        await conn.execute(statement, site, contacts)
    await conn.execute(sql.erase_files, site, contacts, owners)

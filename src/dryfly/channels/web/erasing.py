"""Erasing the places where a person was met: their pages, and the letters they asked for."""

from collections.abc import Sequence

from dryfly.floor.model import ContactId, SiteId
from dryfly.platform.database import Connection
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "erasing.sql")


async def erase_visitors(conn: Connection, site: SiteId, contacts: Sequence[ContactId]) -> list[str]:
    """The visitors who are nobody's from now on: a page that kept its secret begins anew."""
    visitors = [row["visitor"] for row in await conn.fetch(sql.visitors, site, contacts)]
    await conn.execute(sql.erase_letters, site, contacts, visitors)
    await conn.execute(sql.erase_talks, site, contacts, visitors)
    await conn.execute(sql.erase_visitors, site, visitors)
    return visitors

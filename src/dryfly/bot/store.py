"""What the bot remembers, in PostgreSQL: a row a turn, and the site's playbooks."""

import msgspec

from dryfly.bot.model import Answered, Heard, Turn
from dryfly.floor.model import ContactId, CustomerId, MessageId, SiteId
from dryfly.platform.database import Connection
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "store.sql")

EARLIER_TALKS_MAX = 20


async def turns_of(
    conn: Connection, site: SiteId, contact: ContactId, message: MessageId
) -> tuple[Turn | None, Turn | None]:
    """(the newest turn of the contact, the turn that `message` has had)."""
    rows = await conn.fetch(sql.turns, site, contact, message)
    turns = [(row["message"], msgspec.convert(row["turn"], Turn)) for row in rows]
    return turns[0][1] if turns else None, next((turn for id, turn in turns if id == message), None)


async def keep_turn(
    conn: Connection, site: SiteId, contact: ContactId, customer: CustomerId | None, heard: Heard, turn: Turn
) -> None:
    body = msgspec.to_builtins(turn)
    await conn.execute(sql.keep_turn, site, contact, heard.id, customer, body, heard.at)


async def answered_since(
    conn: Connection, site: SiteId, customer: CustomerId, contact: ContactId, since: int
) -> tuple[Answered, ...]:
    """What this customer was answered in other contacts, on any channel, from `since` (ms) on."""
    rows = await conn.fetch(sql.answered, site, customer, contact, since, EARLIER_TALKS_MAX)
    turns = [msgspec.convert(row["turn"], Turn) for row in rows]
    return tuple(answered for turn in turns for answered in turn.state.answered if answered.at >= since)


async def forget_customer(conn: Connection, site: SiteId, customer: CustomerId) -> None:
    await conn.execute(sql.forget_customer, site, customer)


async def forget_contact(conn: Connection, site: SiteId, contact: ContactId) -> None:
    await conn.execute(sql.forget_contact, site, contact)


async def forget_before(conn: Connection, site: SiteId, before: int) -> None:
    """Turns of before that instant (ms)."""
    await conn.execute(sql.forget_before, site, before)


async def newest_playbook(conn: Connection, site: SiteId) -> tuple[int, str] | None:
    """(version, YAML) of the playbook in use."""
    row = await conn.fetchrow(sql.playbook, site)
    return (row["version"], row["text"]) if row else None


async def put_playbook(conn: Connection, site: SiteId, text: str, at: int) -> int:
    """Keeps `text`, which must have been read without a fault, as the newest version; returns its number."""
    version: int = await conn.fetchval(sql.put_playbook, site, text, at)
    return version

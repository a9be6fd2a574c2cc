"""Sites are strangers to each other, and what crosses the line has one shape."""

import asyncpg
import pytest

from dryfly.platform.database import ALL_SITES, Database
from dryfly.platform.errors import PeerError


@pytest.fixture
async def notes(db: Database) -> Database:
    async with db.site(ALL_SITES) as conn:
        await conn.execute("create table notes (site text, text text, primary key (site, text))")
        await conn.execute("select dryfly_protect('notes')")
        await conn.execute("insert into notes values ('north', 'of the north'), ('south', 'of the south')")
    return db


async def test_a_site_sees_its_own_rows_only(notes: Database) -> None:
    async with notes.site("north") as conn:
        assert [row["text"] for row in await conn.fetch("select text from notes")] == ["of the north"]
        assert await conn.execute("update notes set text = 'mine now'") == "UPDATE 1"


async def test_a_site_cannot_write_into_another(notes: Database) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with notes.site("north") as conn:
            await conn.execute("insert into notes values ('south', 'smuggled')")


@pytest.mark.parametrize("site", ["", "no such site"])
async def test_without_a_site_there_is_nothing_to_see(notes: Database, site: str) -> None:
    async with notes.site(site) as conn:
        assert await conn.fetch("select * from notes") == []


async def test_a_bare_connection_sees_nothing(notes: Database) -> None:
    conn = await notes.connect("")
    try:
        assert await conn.fetch("select * from notes") == []
    finally:
        await conn.close()


async def test_a_site_does_not_stick_to_a_pooled_connection(database_url: str, notes: Database) -> None:
    one_connection = await Database.open(database_url, size=1)
    async with one_connection.site(ALL_SITES) as conn:
        assert await conn.fetchval("select count(*) from notes") == 2
    async with one_connection.site("north") as conn:
        assert await conn.fetchval("select count(*) from notes") == 1
    await one_connection.close()


async def test_instants_are_milliseconds_and_json_is_plain(db: Database) -> None:
    at, body = 1_767_225_600_123, {"need": "where is my order", "tried": [1, None]}
    async with db.site("north") as conn:
        assert await conn.fetchval("select $1::timestamptz", at) == at
        assert await conn.fetchval("select $1::timestamptz[]", [at]) == [at]
        assert await conn.fetchval("select $1::jsonb", body) == body
        assert await conn.fetchval("select extract(epoch from $1::timestamptz) * 1000", at) == at


async def test_a_database_that_is_away_is_a_peers_trouble() -> None:
    with pytest.raises(PeerError, match="database_unreachable"):
        await Database.open("postgresql://nobody@localhost:1/none")


async def test_a_database_that_goes_away_is_a_peers_failure_and_not_ours(db: Database) -> None:
    with pytest.raises(PeerError, match="database_unreachable"):
        async with db.site("north") as conn:
            await conn.execute("select pg_terminate_backend(pg_backend_pid())")
    async with db.site("north") as conn:
        assert await conn.fetchval("select 1") == 1


async def test_a_mistake_in_a_query_stays_a_mistake(db: Database) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        async with db.site("north") as conn:
            await conn.execute("select from nowhere")

"""The database is what the files say, or we do not go on."""

import asyncio

import pytest

from dryfly.platform.database import connect
from dryfly.platform.errors import CallerError
from dryfly.platform.migrations import Migration, migrate, read_migrations

FIRST = Migration("9001_test_shelves.sql", "create table shelves (site text primary key)")
SECOND = Migration("9002_test_books.sql", "create table books (site text primary key)")
BROKEN = Migration("9003_test_broken.sql", "create table half (site text); create tabel typo (site text)")
SHIPPED = read_migrations()


async def tables_of(url: str) -> set[str]:
    conn = await connect(url)
    try:
        return {row["tablename"] for row in await conn.fetch("select tablename from pg_tables")}
    finally:
        await conn.close()


async def test_every_file_is_applied_once_in_order(database_url: str) -> None:
    assert await migrate(database_url, [*SHIPPED, FIRST]) == [FIRST.name]
    assert await migrate(database_url, [*SHIPPED, FIRST, SECOND]) == [SECOND.name]
    assert await migrate(database_url, [*SHIPPED, FIRST, SECOND]) == []
    assert {"shelves", "books"} <= await tables_of(database_url)


async def test_a_dry_run_tells_what_would_be_done_and_changes_nothing(database_url: str) -> None:
    assert await migrate(database_url, [*SHIPPED, FIRST], dry_run=True) == [FIRST.name]
    assert "shelves" not in await tables_of(database_url)


async def test_a_dry_run_finds_the_mistake(database_url: str) -> None:
    with pytest.raises(CallerError, match=r"migration_failed: 9003_test_broken.sql .*tabel"):
        await migrate(database_url, [*SHIPPED, BROKEN], dry_run=True)


async def test_a_file_that_fails_leaves_nothing_behind_and_those_before_it_stand(database_url: str) -> None:
    with pytest.raises(CallerError, match="migration_failed"):
        await migrate(database_url, [*SHIPPED, FIRST, BROKEN])
    tables = await tables_of(database_url)
    assert "shelves" in tables
    assert "half" not in tables


async def test_an_applied_file_that_was_edited_is_refused(database_url: str) -> None:
    await migrate(database_url, [*SHIPPED, FIRST])
    with pytest.raises(CallerError, match=r"migration_edited: 9001_test_shelves.sql") as refused:
        await migrate(database_url, [*SHIPPED, Migration(FIRST.name, FIRST.sql + " -- tidied"), SECOND])
    assert refused.value.values == {"migration": FIRST.name}
    assert "books" not in await tables_of(database_url)


async def test_an_older_release_refuses_the_database_of_a_newer_one(database_url: str) -> None:
    await migrate(database_url, [*SHIPPED, FIRST])
    with pytest.raises(CallerError, match="migration_missing"):
        await migrate(database_url, SHIPPED)


async def test_runners_that_start_at_once_do_the_work_once(database_url: str) -> None:
    results = await asyncio.gather(*(migrate(database_url, [*SHIPPED, FIRST, SECOND]) for _ in range(4)))
    assert sorted(results) == [[], [], [], [FIRST.name, SECOND.name]]


async def test_a_role_that_passes_over_row_level_security_is_refused(database_urls: tuple[str, str]) -> None:
    admin_url, _ = database_urls
    with pytest.raises(CallerError, match="database_role_too_mighty"):
        await migrate(admin_url, [FIRST])


async def test_every_table_of_every_room_is_protected_by_site(database_url: str) -> None:
    """A table that somebody forgot to protect would show one company's customers to another."""
    conn = await connect(database_url)
    try:
        bare = await conn.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') "
            "and not relispartition and not (relrowsecurity and relforcerowsecurity)"
        )
    finally:
        await conn.close()
    assert [row["relname"] for row in bare] == ["dryfly_migrations"]

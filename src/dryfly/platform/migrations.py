"""Forward-only migrations: `src/dryfly/migrations/NNNN_room_subject.sql`, in one global order.

- Every file runs once, in a transaction of its own, together with the line that remembers it.
- Runners that start at once queue up behind an advisory lock; the later ones find nothing to do.
- An applied file is history: if it was edited or removed since, we refuse to go on, because the database
  is then not what the files say. Mend it with a new file.
- A dry run applies everything that is pending and rolls it back.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import asyncpg

from dryfly.platform.database import LAST_WORDS, Connection, connect, must_answer
from dryfly.platform.errors import CallerError

_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_LOCK = 0x6472_7966_6C79  # "dryfly"

_REMEMBERED = """
create table if not exists dryfly_migrations (
    name       text        primary key,
    checksum   text        not null,
    applied_at timestamptz not null default now()
)"""


@dataclass(frozen=True, slots=True)
class Migration:
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


class _RolledBack(Exception):
    """Leaves the transaction of a dry run."""


def read_migrations(folder: Traversable | None = None) -> list[Migration]:
    """The files of `folder` (default: the ones that Dryfly ships) in their order."""
    folder = folder or files("dryfly") / "migrations"
    found = sorted((path for path in folder.iterdir() if path.name.endswith(".sql")), key=lambda path: path.name)
    _check_names([path.name for path in found])
    return [Migration(path.name, path.read_text(encoding="utf-8")) for path in found]


async def migrate(url: str, migrations: Sequence[Migration] | None = None, *, dry_run: bool = False) -> list[str]:
    """Brings the database up to date. Returns the names of the files that were (would be) applied.

    Raises CallerError `migration_edited`, `migration_missing`, `migration_failed`, or `database_role_too_mighty`
    for a role that row-level security does not bind.
    """
    migrations = read_migrations() if migrations is None else migrations
    conn = await connect(url, site="*")
    try:
        with must_answer():
            await _check_role(conn)
            await conn.execute("select pg_advisory_lock($1)", _LOCK)
            pending = _pending(migrations, await _applied(conn))
            await (_rehearse if dry_run else _apply_each)(conn, pending)
        return [migration.name for migration in pending]
    finally:
        await conn.close()  # and with it the lock


async def _apply_each(conn: Connection, pending: Sequence[Migration]) -> None:
    await conn.execute(_REMEMBERED)
    for migration in pending:
        async with conn.transaction():
            await _apply(conn, migration)


async def _rehearse(conn: Connection, pending: Sequence[Migration]) -> None:
    try:
        async with conn.transaction():
            await conn.execute(_REMEMBERED)
            for migration in pending:
                await _apply(conn, migration)
            raise _RolledBack
    except _RolledBack:
        pass


async def _apply(conn: Connection, migration: Migration) -> None:
    try:
        await conn.execute(migration.sql)
    except LAST_WORDS:
        raise
    except asyncpg.PostgresError as error:
        raise CallerError(
            "migration_failed",
            f"{migration.name} does not apply: {error}. The database is as it was before this file.",
            status=500,
            migration=migration.name,
        ) from error
    await conn.execute(
        "insert into dryfly_migrations (name, checksum) values ($1, $2)", migration.name, migration.checksum
    )


async def _applied(conn: Connection) -> dict[str, str]:
    if await conn.fetchval("select to_regclass('dryfly_migrations')") is None:
        return {}
    return {row["name"]: row["checksum"] for row in await conn.fetch("select name, checksum from dryfly_migrations")}


def _pending(migrations: Sequence[Migration], applied: dict[str, str]) -> list[Migration]:
    known = {migration.name: migration for migration in migrations}
    for name, checksum in sorted(applied.items()):
        if name not in known:
            raise _refused("migration_missing", name, "was applied, but this release does not have it: a newer one ran")
        if known[name].checksum != checksum:
            raise _refused("migration_edited", name, "was edited after it was applied: put it back, write a new file")
    return [migration for migration in migrations if migration.name not in applied]


def _refused(code: str, name: str, why: str) -> CallerError:
    return CallerError(code, f"{name} {why}.", status=500, migration=name)


def _check_names(names: Sequence[str]) -> None:
    numbers: set[str] = set()
    for name in names:
        found = _FILE_NAME.fullmatch(name)
        if not found:
            raise _refused("migration_misnamed", name, "is not named NNNN_room_subject.sql")
        if found[1] in numbers:
            raise _refused("migration_number_taken", name, f"shares its number {found[1]} with another file")
        numbers.add(found[1])


async def _check_role(conn: Connection) -> None:
    role = await conn.fetchrow(
        "select rolname, rolsuper or rolbypassrls as mighty from pg_roles where rolname = current_user"
    )
    if role and role["mighty"]:
        raise CallerError(
            "database_role_too_mighty",
            f"The role {role['rolname']} passes over row-level security, which keeps sites apart. Give Dryfly a role "
            "of its own that is neither superuser nor BYPASSRLS and owns its database.",
            status=500,
            role=role["rolname"],
        )

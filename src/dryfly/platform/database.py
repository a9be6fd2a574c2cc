"""The one way to PostgreSQL.

- Every table's key begins with `site`, and row-level security shows a transaction only the rows of the site it
  was opened for: `async with db.site("north") as conn`. `ALL_SITES` sees every site; it is for start-up,
  sign-in and jobs, before it is known whose work it is.
- What crosses the line has one shape: `timestamptz` is an `int` (milliseconds since 1970 UTC), `json` and
  `jsonb` are plain Python values.
- A transaction is one request or one job. Nothing here retries: who asked knows whether asking again is safe.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import asyncpg
import msgspec

from dryfly.platform.errors import PeerError

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    _Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:  # the stubs' generics do not exist at run time
    Connection = asyncpg.Connection
    _Pool = asyncpg.Pool

ALL_SITES = "*"
CONNECT_TIMEOUT_S = 20.0
# After these a connection is of no use, even where it is not closed yet.
LAST_WORDS = (
    asyncpg.AdminShutdownError, asyncpg.CrashShutdownError, asyncpg.CannotConnectNowError, asyncpg.InternalClientError,
)  # fmt: skip
AWAY = (*LAST_WORDS, OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)
_MS_1970_TO_2000 = 946_684_800_000  # PostgreSQL counts microseconds since 2000


class Database:
    """A pool of connections. Open it once a process."""

    def __init__(self, url: str, pool: _Pool) -> None:
        self.url = url
        self._pool = pool

    @classmethod
    async def open(cls, url: str, *, size: int = 8, settings: Mapping[str, str] | None = None) -> Self:
        """`settings` are PostgreSQL's, of each connection. Raises PeerError `database_unreachable`."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=size,
                timeout=CONNECT_TIMEOUT_S,
                init=_speak_our_types,
                reset=_nothing_to_reset,
                server_settings=dict(settings or {}),
            )
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise _unreachable(error) from error
        return cls(url, pool)

    @asynccontextmanager
    async def site(self, site: str) -> AsyncIterator[Connection]:
        """A transaction that sees the rows of `site` and no others.

        Raises PeerError `database_unreachable` where the database is away, or goes away meanwhile.
        """
        quoted = site.replace("'", "''")
        async with self._connected() as conn:
            # One way there and back instead of two: a simple query may hold several statements.
            await conn.execute(f"begin; set local dryfly.site = '{quoted}'")
            try:
                yield conn
            except BaseException:
                if not _is_gone(conn):
                    await conn.execute("rollback")
                raise
            await conn.execute("commit")

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        try:
            conn = await self._pool.acquire()
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise _unreachable(error) from error
        try:
            yield conn
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            if isinstance(error, LAST_WORDS) and not _is_gone(conn):
                conn.terminate()
            if _is_gone(conn):
                raise _unreachable(error) from error
            raise
        finally:
            await self._pool.release(conn)

    async def connect(self, site: str) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection of one's own beside the pool, for a lease, the journal or LISTEN. Close it yourself."""
        return await connect(self.url, site=site)

    async def probe(self) -> str | None:
        """For the health report. Raises when nobody answers."""
        await self._pool.execute("select 1")
        return None

    async def close(self) -> None:
        await self._pool.close()


async def connect(url: str, *, site: str = "") -> "asyncpg.Connection[asyncpg.Record]":
    """One connection, its site set for as long as it lives."""
    settings = {"dryfly.site": site} if site else None
    try:
        conn = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_S, server_settings=settings)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise _unreachable(error) from error
    await _speak_our_types(conn)
    return conn


async def _nothing_to_reset(_: Connection) -> None:
    """All that a transaction sets, it sets `local`; asyncpg's own clean-up would be one more way there and back."""


@contextmanager
def must_answer() -> Iterator[None]:
    """Whoever speaks to the database on a connection of their own: raises PeerError `database_unreachable`."""
    try:
        yield
    except AWAY as error:
        raise _unreachable(error) from error


def _is_gone(conn: Connection) -> bool:
    try:
        return conn.is_closed()
    except asyncpg.InterfaceError:  # the pool took it back when it closed
        return True


def _unreachable(error: Exception) -> PeerError:
    return PeerError("database_unreachable", f"The database does not answer ({type(error).__name__}: {error}).")


async def _speak_our_types(conn: Connection) -> None:
    await conn.set_type_codec(
        "timestamptz", schema="pg_catalog", encoder=_instant_out, decoder=_instant_in, format="tuple"
    )
    await conn.set_type_codec("json", schema="pg_catalog", encoder=_json_out, decoder=msgspec.json.decode)
    await conn.set_type_codec("jsonb", schema="pg_catalog", encoder=_json_out, decoder=msgspec.json.decode)


def _instant_out(ms: int) -> tuple[int]:
    return ((ms - _MS_1970_TO_2000) * 1000,)


def _instant_in(since_2000: tuple[int]) -> int:
    return since_2000[0] // 1000 + _MS_1970_TO_2000


def _json_out(value: Any) -> str:
    return msgspec.json.encode(value).decode()

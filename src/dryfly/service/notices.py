"""How a command tells the running server that the set-up changed: PostgreSQL's LISTEN and NOTIFY.

Nothing depends on a notice being heard: the tables say what is wanted, and every start looks there.
"""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import structlog

from dryfly.floor.model import SiteId
from dryfly.platform.database import ALL_SITES, Connection, Database
from dryfly.platform.errors import PeerError

log = structlog.get_logger(__name__)

CHANNEL = "dryfly_setup"
AGAIN_AFTER_S = 2


async def tell(conn: Connection, site: SiteId) -> None:
    """The running server, if there is one, reads the site's set-up and playbook anew."""
    await conn.execute("select pg_notify($1, $2)", CHANNEL, site)


async def listen(db: Database, heard: Callable[[SiteId], Awaitable[None]]) -> None:
    """Calls `heard` for each notice, until cancelled; a lost connection is made again."""
    while True:
        try:
            await _listen_once(db, heard)
        except (OSError, PeerError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("notices.lost", error=repr(error))
        await asyncio.sleep(AGAIN_AFTER_S)


async def _listen_once(db: Database, heard: Callable[[SiteId], Awaitable[None]]) -> None:
    waiting: asyncio.Queue[str] = asyncio.Queue()
    conn = await db.connect(ALL_SITES)
    conn.add_termination_listener(lambda _: waiting.put_nowait(""))
    try:
        await conn.add_listener(CHANNEL, lambda *said: waiting.put_nowait(str(said[3])))
        while site := await waiting.get():
            try:
                await heard(SiteId(site))
            except Exception:  # one site's fault must not make us deaf for the others
                log.exception("notices.failed", site=site)
    finally:
        if not conn.is_closed():
            await conn.close()

"""The server of `bench message`: a whole Dryfly in a process of its own, in one of three compositions.

`python -m bench._message_house URL PORT COMPOSITION COOKIES` serves until it is told to stop. It writes the session
cookies of its agents to the file COOKIES, and then says "ready".
"""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

import uvicorn
import uvloop
from argon2 import PasswordHasher

from bench._message_twins import NullJournal, serve_on_picows
from dryfly.floor.model import AgentId, AgentSpec, Channel, ChannelCapacity, QueueId, QueueSpec, SiteId
from dryfly.ledger import Ledger
from dryfly.platform.clock import SystemClock
from dryfly.platform.database import Database
from dryfly.platform.ids import new_id
from dryfly.platform.memory import settle_memory
from dryfly.platform.sockets import SERVING
from dryfly.platform.telemetry import set_up_logging
from dryfly.service import app as service_app
from dryfly.service import site as service_site
from dryfly.service.http import application
from dryfly.service.server import Server
from dryfly.setup.change import Change
from dryfly.setup.model import Agent, PersonId, Queue
from dryfly.setup.passwords import Passwords

SHIPPED, NO_STORE, FASTEST = "shipped", "no_store", "fastest"
MAIN = SiteId("main")
AGENTS_COUNT = 50
TALKS_EACH = 10
NO_LIMIT = 1_000_000


async def main(url: str, port: int, composition: str, cookies: Path) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    if composition != SHIPPED:
        Ledger.journal_class = NullJournal
    db = await Database.open(url)
    server = Server(db, url, SystemClock(), Path(), Passwords(PasswordHasher(1, 8, 1)))
    await server.start()
    cookies.write_text("\n".join(await _hire(server)))
    app = application(server)
    serving = asyncio.create_task(serve_on_picows(app, port) if composition == FASTEST else _serve(app, port))
    await _until_open(port)
    settle_memory()
    print("ready", file=sys.__stdout__, flush=True)
    await stopping.wait()
    serving.cancel()
    await server.stop()


def lift_limits() -> None:
    """One address and one visitor may do here what a crowd does elsewhere."""
    service_app.SOCKETS_OF_AN_ADDRESS_MAX = NO_LIMIT
    service_site.SAY_PER_S = service_site.SAY_BURST = NO_LIMIT


async def _hire(server: Server) -> list[str]:
    """Agents who take ten talks each, as they come; their session cookies."""
    spec = AgentSpec(channels=(ChannelCapacity(Channel("web"), 100 // TALKS_EACH, TALKS_EACH),), auto_accept=True)
    agents = [Agent(AgentId(f"agent{n}"), f"Agent {n}", spec=spec) for n in range(AGENTS_COUNT)]
    # Nobody answers here: the talks must not go back into line for that.
    queue = Queue(QueueId("general"), "General", spec=QueueSpec(reply_clock_s=None, park_after_s=0))
    await server.sites.change(MAIN, Change(puts=(queue, *agents)), "system:bench")
    return [await _sign_in(server, agent) for agent in agents]


async def _sign_in(server: Server, agent: Agent) -> str:
    now = server.clock.now()
    person, email = PersonId(new_id(now)), f"{agent.id}@example.org"
    async with server.db.site("*") as conn:
        await conn.execute(
            "insert into account (id, email, password_hash, must_change, changed_at) values ($1, $2, '', false, $3)",
            person, email, now,
        )  # fmt: skip
        await conn.execute(
            "insert into person (site, id, email, name, role, agent) values ($1, $2, $3, $4, 'agent', $5)",
            MAIN, person, email, agent.name, agent.id,
        )  # fmt: skip
    token, _ = await server.sessions.open(person, MAIN)
    return f"dryfly_session={token}"


async def _until_open(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return


async def _serve(app: Any, port: int) -> None:
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, lifespan="off", log_config=None, access_log=False, **SERVING
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    sys.stdout = sys.stderr  # where logs belong: our own output is read by the benchmark, line by line
    set_up_logging("warning")
    lift_limits()
    url, port, composition, cookies = sys.argv[1:]
    uvloop.run(main(url, int(port), composition, Path(cookies)))

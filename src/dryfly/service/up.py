"""`dryfly up`: one process that serves everything, until it is told to stop."""

import asyncio
import contextlib
import signal
from dataclasses import dataclass
from functools import partial

import structlog
import uvicorn

from dryfly import FLOOR
from dryfly.demo.company import SITE as DEMO_SITE
from dryfly.demo.demo import Beside, Demo
from dryfly.floor import State
from dryfly.floor.model import AgentId, Presence
from dryfly.platform.clock import SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.mail import mailer_of
from dryfly.platform.memory import settle_memory
from dryfly.platform.migrations import migrate
from dryfly.platform.postgres import EmbeddedPostgres
from dryfly.platform.settings import Settings
from dryfly.platform.sockets import SERVING
from dryfly.platform.telemetry import Health, Metrics
from dryfly.service.http import application
from dryfly.service.numbers import count_sites
from dryfly.service.server import Server
from dryfly.setup.people import FIRST_EMAIL

log = structlog.get_logger(__name__)

DIED = ("database_unreachable", "postgres_failed")
START_PAUSES_S = (0.5, 1.0, 2.0)
DRAIN_S = 3  # open requests may end for so long when the server stops


@dataclass
class Store:
    """The database that a command works on: the embedded one, or a server of the company's own."""

    url: str
    embedded: EmbeddedPostgres | None

    @classmethod
    async def open(cls, settings: Settings) -> "Store":
        if settings.database_url is not None:
            return cls(settings.database_url, None)
        embedded = EmbeddedPostgres(settings.home)
        await embedded.start()
        return cls(embedded.url, embedded)

    @classmethod
    def running(cls, settings: Settings) -> "Store":
        """The embedded database that another process keeps up."""
        return cls(EmbeddedPostgres(settings.home).url, None)

    async def close(self) -> None:
        if self.embedded is not None:
            await self.embedded.stop()


async def up(settings: Settings, demo: Demo | None = None) -> None:
    """Database, migrations, rooms, web server; and back in reverse on SIGINT or SIGTERM. With the `demo` beside it.

    A database that dies while we start is started again, as it is later on; one that keeps dying is told of.
    """
    _tell_floor(settings)
    stopping = _stop_on_signals()
    for pause_s in START_PAUSES_S:
        try:
            await _up(settings, stopping, demo)
        except (PeerError, CallerError) as error:
            if settings.database_url is not None or error.code not in DIED or stopping.is_set():
                raise
            log.warning("starting_again", code=error.code, text=error.text, in_s=pause_s)
            await asyncio.sleep(pause_s)
        else:
            return
    await _up(settings, stopping, demo)


def _tell_floor(settings: Settings) -> None:
    """Which floor runs was settled when the program began, by the environment."""
    if settings.floor == "plain" and FLOOR == "compiled":
        raise CallerError("setting_wrong", "`floor` is read from the environment only: set DRYFLY_FLOOR=plain.")
    if FLOOR == "outdated":
        log.warning("floor_outdated", text="The plain floor runs. Run ./dryfly compile again, or compile --remove.")
    log.info("floor", build=FLOOR)


async def _up(settings: Settings, stopping: asyncio.Event, demo: Demo | None) -> None:
    store = await Store.open(settings)
    watching = asyncio.create_task(store.embedded.watch()) if store.embedded else None
    try:
        for name in await migrate(store.url):
            log.info("migrated", name=name)
        db = await Database.open(store.url, size=settings.database_connections_max)
        try:
            if demo is not None:
                await demo.prepare(db, store.url, SystemClock())
            await _serve(settings, store, db, stopping, demo)
        finally:
            await db.close()
    finally:
        await store.close()
        if watching is not None:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def _serve(settings: Settings, store: Store, db: Database, stopping: asyncio.Event, demo: Demo | None) -> None:
    server = Server(db, store.url, SystemClock(), settings.home / "models", mailer=mailer_of(settings))
    metrics, health = Metrics(), Health()
    server.on_site = count_sites(metrics)
    health.add("writer", server.probe)
    health.add("database", db.probe)
    if store.embedded is not None:
        health.add("postgres", store.embedded.probe)
    app = application(server, health, metrics, settings.request_bytes_max, more_routes=demo.routes() if demo else ())
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=DRAIN_S,
        server_header=False,
        **SERVING,
    )
    web = _QuietServer(config)
    serving = asyncio.create_task(web.serve())
    starting = asyncio.create_task(server.start())
    try:
        await _first_of(starting, stopping, serving)
        if starting.done() and not stopping.is_set():
            settle_memory()
            _tell(settings, web, starting.result(), await _begin(demo, server, _base(settings, web)))
            await _first_of(serving, stopping)
    finally:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        web.should_exit = True
        if demo is not None:
            await demo.stop()
        await server.stop()
        with contextlib.suppress(asyncio.CancelledError):
            await serving


class _QuietServer(uvicorn.Server):
    """Signals are ours: the rooms stop before the web server does."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


def _stop_on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


async def _first_of(*awaited: "asyncio.Task[object] | asyncio.Event") -> None:
    """Until one of them is done; what failed is raised."""
    tasks = [asyncio.create_task(one.wait()) if isinstance(one, asyncio.Event) else one for one in awaited]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task, one in zip(tasks, awaited, strict=True):
        if isinstance(one, asyncio.Event):
            task.cancel()
    for task in done:
        task.result()


async def _begin(demo: Demo | None, server: Server, base: str) -> list[str]:
    if demo is None:
        return []
    at_work = await server.at_work(DEMO_SITE)
    ready = partial(at_work.ledger.peek, _ready_agents)
    return await demo.begin(base, Beside(server.db, server.clock, server.people, server.sessions, ready))


def _ready_agents(state: State) -> frozenset[AgentId]:
    return frozenset(agent.id for agent in state.agents.values() if agent.presence is Presence.READY)


def _base(settings: Settings, web: uvicorn.Server) -> str:
    port = web.servers[0].sockets[0].getsockname()[1] if web.servers else settings.port
    return settings.public_url or f"http://{'localhost' if settings.host == '127.0.0.1' else settings.host}:{port}"


def _tell(settings: Settings, web: uvicorn.Server, password: str | None, more: list[str]) -> None:
    """The addresses, and on the very first start how to sign in."""
    base = _base(settings, web)
    lines = ["", f"  Dryfly is up. A page with the widget: {base}/", f"                        The desk: {base}/desk/"]
    if password is not None:
        lines += ["", f"  Sign in as {FIRST_EMAIL} with the one-time password {password}"]
        lines += ["  It is shown this once; you will be asked for one of your own."]
    print("\n".join([*lines, *more, ""]), flush=True)

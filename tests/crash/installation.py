"""A Dryfly in processes of its own, to be killed: the server as `dryfly up` runs it, and its PostgreSQL.

Everything is ended by the id of a process that was started here; a server that was killed leaves its postmaster
behind, and that one is found by the pid file below the installation's own folder.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from dryfly.floor.model import AgentId, AgentSpec, Channel, ChannelCapacity, Command, QueueId, QueueSpec, SiteId
from dryfly.platform.clock import SystemClock
from dryfly.platform.database import Database
from dryfly.platform.ids import new_id
from dryfly.platform.migrations import migrate
from dryfly.platform.postgres import EmbeddedPostgres
from dryfly.setup.change import Change
from dryfly.setup.model import Agent, PersonId, Queue
from dryfly.setup.sessions import Sessions
from dryfly.setup.sites import SYSTEM, Sites

ROOT = Path(__file__).parents[2]
MAIN = SiteId("main")
PATIENCE_S = 60.0
AS_SHIPPED = "dryfly.service"


class Installation:
    """One home with its server. `program`: the module that runs as `dryfly` does; `more`: what `up` is told too."""

    def __init__(self, home: Path, program: str = AS_SHIPPED, more: Sequence[str] = ()) -> None:
        self.home = home
        self.port = _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = home.parent / f"{home.name}.log"
        self._program = program
        self._more = more
        self._server: subprocess.Popen[bytes] | None = None

    # ---- setting up ----------------------------------------------------------------------------

    async def prepare(self, agents: Sequence[str], queue: QueueSpec, chats_max: int = 4) -> dict[str, str]:
        """Hires agents and a supervisor before the first start; their session cookies, by name."""
        postgres = EmbeddedPostgres(self.home)
        await postgres.start()
        try:
            await migrate(postgres.url)
            db = await Database.open(postgres.url, size=2)
            try:
                return await _hire(db, agents, queue, chats_max)
            finally:
                await db.close()
        finally:
            await postgres.stop()

    @property
    def database_url(self) -> str:
        return EmbeddedPostgres(self.home).url

    # ---- life and death ------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        assert self._server is not None
        return self._server.pid

    def launch(self) -> None:
        """Starts the server and does not wait for it."""
        where = ["--port", str(self.port), "--home", str(self.home)]
        command = [sys.executable, "-m", self._program, "up", *where, *self._more]
        of_others = {name: value for name, value in os.environ.items() if not name.startswith("DRYFLY_")}
        environment = of_others | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "DRYFLY_LOG_LEVEL": "error"}
        with self.log.open("ab") as output:
            self._server = subprocess.Popen(
                command, cwd=self.home.parent, stdout=output, stderr=output, env=environment
            )

    async def ready(self, patience_s: float = PATIENCE_S) -> None:
        """Waits until the server says that it can serve."""
        deadline = time.monotonic() + patience_s
        async with httpx.AsyncClient(base_url=self.base, trust_env=False) as client:
            while time.monotonic() < deadline:
                assert self._server is not None
                assert self._server.poll() is None, f"the server ended by itself: see {self.log}"
                try:
                    if (await client.get("/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError(f"the server was not ready within {patience_s} s: see {self.log}")

    def kill_server(self) -> None:
        assert self._server is not None
        self._server.kill()
        self._server.wait()

    def kill_postmaster(self) -> int:
        """The pid of the one that was killed."""
        pid = self.postmaster_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        return pid

    def postmaster_pid(self) -> int | None:
        """Of the postmaster of this home, if there is a living one."""
        data = self.home / "postgres" / "data"
        try:
            pid = int((data / "postmaster.pid").read_text().partition("\n")[0])
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return None
        return pid if str(data.resolve()).encode() in words else None

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int | None:
        """In an orderly way, as an operator does. Returns how the server says that it ended."""
        if self._server is None:
            return None
        if self._server.poll() is None:
            self._server.send_signal(how)
            await asyncio.to_thread(self._server.wait, 60)
        return self._server.returncode

    def end(self) -> None:
        """Whatever is left, however the test went."""
        if self._server is not None and self._server.poll() is None:
            self.kill_server()
        if self.postmaster_pid() is not None:
            self.kill_postmaster()

    def last_words(self, lines_max: int = 100) -> str:
        """The end of the server's log, for a test that failed."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-lines_max:])

    def resident_mib(self) -> float:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


@contextmanager
def installed(home: Path, program: str = AS_SHIPPED, more: Sequence[str] = ()) -> Iterator[Installation]:
    """PostgreSQL's account must be able to enter the folder (it never runs as root)."""
    for folder in (home.parent, home):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    installation = Installation(home, program, more)
    try:
        yield installation
    finally:
        installation.end()


@contextmanager
def told_on_failure(installation: Installation) -> Iterator[None]:
    try:
        yield
    except BaseException:
        print(installation.last_words())
        raise


async def _hire(db: Database, names: Sequence[str], queue: QueueSpec, chats_max: int) -> dict[str, str]:
    clock = SystemClock()
    sites = Sites(db, clock, _the_start_tells_the_floor)
    await sites.ensure_first_site()
    await sites.refresh(MAIN)
    spec = AgentSpec(channels=(ChannelCapacity(Channel("web"), 100 // chats_max, chats_max),))
    agents = [Agent(AgentId(name), name.title(), spec=spec) for name in names]
    await sites.change(MAIN, Change(puts=(Queue(QueueId("general"), "General", spec=queue), *agents)), SYSTEM)
    cookies = {name: await _sign_in(db, clock, name, "agent", name) for name in names}
    return cookies | {"supervisor": await _sign_in(db, clock, "supervisor", "supervisor", None)}


async def _sign_in(db: Database, clock: SystemClock, name: str, role: str, agent: str | None) -> str:
    now = clock.now()
    person, email = PersonId(new_id(now)), f"{name}@example.org"
    async with db.site("*") as conn:
        await conn.execute(
            "insert into account (id, email, password_hash, must_change, changed_at) values ($1, $2, '', false, $3)",
            person, email, now,
        )  # fmt: skip
        await conn.execute(
            "insert into person (site, id, email, name, role, agent) values ($1, $2, $3, $4, $5, $6)",
            MAIN, person, email, name.title(), role, agent,
        )  # fmt: skip
    token, _ = await Sessions(db, clock).open(person, MAIN)
    return f"dryfly_session={token}"


async def _the_start_tells_the_floor(site: SiteId, command: Command, actor: str) -> None:
    """The tables are what is wanted; the server's start makes its floor follow."""


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port

"""The embedded PostgreSQL and its supervisor.

    server = EmbeddedPostgres(home)
    await server.start()
    ... server.url ...                 # and `server.watch()` as a task of the process
    await server.stop()

Theory of operation. The postmaster is started in a session of its own, so that it outlives us when we are
killed: whoever starts next on the same folder finds it by its pid file and adopts it. A file lock, which the
kernel drops with its holder, keeps a second copy of Dryfly away. `watch` sees the postmaster die, ends the
backends that it left behind (as a postmaster does with those of a crashed sibling) and starts another; how long
that one recovers is its own affair, as long as it lives. It listens on a socket in a folder that nobody else
may enter and asks for a password even there. `postgres_install` has what is on the disk.
"""

import asyncio
import contextlib
import errno
import fcntl
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVarTuple
from urllib.parse import quote, urlencode

import asyncpg
import psutil
import structlog

from dryfly.platform import postgres_errors as errors
from dryfly.platform import postgres_install as install
from dryfly.platform.database import must_answer
from dryfly.platform.errors import CallerError
from dryfly.platform.postgres_install import ADMIN_ROLE, APP_ROLE, Account, Layout

log = structlog.get_logger(__name__)
Ts = TypeVarTuple("Ts")

LOOK_EVERY_S = 0.25
STOP_PATIENCE_S = 60.0
ORPHAN_PATIENCE_S = 5.0
RESTART_PAUSE_S_MAX = 30.0
LOG_BYTES_MAX = 10_000_000

# One journal writer with group commit and a handful of pool connections on a small machine.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "huge_pages": "off",
    "jit": "off",
    "io_method": "sync",
    "max_parallel_workers_per_gather": "0",  # containers give too little shared memory for it
    "max_parallel_maintenance_workers": "0",
    "synchronous_commit": "on",
    "wal_compression": "off",
    "wal_buffers": "16MB",
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # What customers said stays out of the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True, slots=True)
class _Running:
    """A postmaster, ours by birth (`child`) or adopted."""

    process: psutil.Process
    child: subprocess.Popen[bytes] | None = None

    def is_alive(self) -> bool:
        if self.child:
            return self.child.poll() is None  # and reaps it
        return _is_alive(self.process)

    def send(self, number: signal.Signals) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            self.process.send_signal(number)

    async def ended(self) -> None:
        while self.is_alive():  # noqa: ASYNC110 - no event tells of the death of a process that is not our child
            await asyncio.sleep(0.02)


class EmbeddedPostgres:
    """One PostgreSQL below `home`, for as long as its owner wants it."""

    def __init__(self, home: Path, *, settings: dict[str, str] | None = None) -> None:
        """`settings`: of PostgreSQL, beside and above our own."""
        self._layout = Layout(home.resolve() / "postgres")
        self._settings = SETTINGS | {"unix_socket_directories": str(self._layout.sockets)} | (settings or {})
        self._account = Account("")
        self._binaries = Path()
        self._lock: int | None = None
        self._log_begins = 0
        self._running: _Running | None = None
        self._stopping = False
        self.trouble: CallerError | None = None
        """Why the database is away, while it is."""

    @property
    def url(self) -> str:
        """For the application: a role that owns its database and is bound by row-level security."""
        return self.url_of(APP_ROLE, APP_ROLE)

    @property
    def admin_url(self) -> str:
        """For backups and for tests that make databases. Never for serving."""
        return self.url_of(ADMIN_ROLE, "postgres")

    def url_of(self, role: str, database: str) -> str:
        password = quote(install.keep_secret(self._layout, role), safe="")
        return f"postgresql://{role}:{password}@/{database}?{urlencode({'host': str(self._layout.sockets)})}"

    @property
    def pid(self) -> int | None:
        return self._running.process.pid if self._running else None

    async def probe(self) -> str | None:
        """For the health report: the code of what is wrong."""
        return self.trouble.code if self.trouble else None

    async def start(self) -> None:
        """Returns when the database answers, however long it has to recover. Raises CallerError `postgres_…`."""
        _check_socket_path(self._layout.socket)
        self._stopping = False
        self._account = install.choose_account(self._layout.data)
        await self._on_disk(install.prepare_root, self._layout, self._account)
        self._lock = _lock(self._layout)
        try:
            await self._on_disk(self._install)
            await self._run()
            await self._provide_database()
        except BaseException:
            await self.stop()
            raise

    async def watch(self) -> None:
        """Starts the postmaster again whenever it dies. Returns after `stop`."""
        while self._running:
            if not self._running.is_alive():
                log.warning("postgres_died", pid=self.pid)
                await self._revive()
            await asyncio.sleep(LOOK_EVERY_S)

    async def stop(self) -> None:
        """Ends the postmaster in an orderly way; open transactions are rolled back."""
        self._stopping = True
        running, self._running = self._running, None
        if running:
            await self._end(running)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # ---- starting ------------------------------------------------------------------------------

    def _install(self) -> None:
        self._binaries = install.find_binaries(self._layout, self._account)
        major = install.server_major(self._binaries, self._account)
        if not self._layout.data.exists():
            install.create_data(self._layout, self._account, self._binaries)
        install.check_data(self._layout, self._account, major)

    async def _run(self) -> None:
        running = await self._adopted()
        if running is None:
            await asyncio.to_thread(self._clear_remains)
            if self._stopping:
                return
            running = self._launched()
        self._running = running
        await self._until_ready(running)
        self.trouble = None
        log.info("postgres_ready", pid=running.process.pid)

    async def _adopted(self) -> _Running | None:
        """The postmaster that an earlier, killed Dryfly left; ended if it runs with other settings."""
        process = _postmaster(self._layout.data)
        if process is None:
            return None
        if _command_of(process) == self._command():
            log.info("postgres_adopted", pid=process.pid)
            return _Running(process)
        await self._end(_Running(process))
        return None

    def _launched(self) -> _Running:
        _shorten(self._layout.log)
        with self._layout.log.open("ab") as output:
            self._log_begins = output.tell()
            child = subprocess.Popen(
                self._command(), stdout=output, stderr=output, start_new_session=True, **self._account.process_options()
            )
        return _Running(psutil.Process(child.pid), child)

    def _command(self) -> list[str]:
        settings = [f"--{name}={value}" for name, value in sorted(self._settings.items())]
        return [str(self._binaries / "postgres"), "-D", str(self._layout.data), *settings]

    def _clear_remains(self) -> None:
        """After a postmaster that was killed: its backends, and its pid files, which may name a stranger by now."""
        orphans = _processes_in(self._layout.data)
        for orphan in orphans:
            orphan.send_signal(signal.SIGQUIT)
        _, stubborn = psutil.wait_procs(orphans, timeout=ORPHAN_PATIENCE_S)
        for orphan in stubborn:
            orphan.kill()
        psutil.wait_procs(stubborn, timeout=ORPHAN_PATIENCE_S)
        for left in (self._layout.data / "postmaster.pid", self._layout.socket, self._layout.socket_lock):
            left.unlink(missing_ok=True)

    async def _until_ready(self, running: _Running) -> None:
        pause_s = 0.02
        while not await self._answers():
            if not running.is_alive():
                raise errors.failed(self._layout.root, self._last_words())
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 1.5, 0.5)

    async def _answers(self) -> bool:
        try:
            conn = await asyncpg.connect(self.admin_url, timeout=5)
            await conn.close()
        except asyncpg.InvalidPasswordError as error:
            raise errors.password_lost(self._layout.secret(ADMIN_ROLE)) from error
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        return True

    def _last_words(self) -> str:
        with self._layout.log.open("rb") as output:
            output.seek(self._log_begins)
            return output.read().decode(errors="replace")

    async def _provide_database(self) -> None:
        password = install.keep_secret(self._layout, APP_ROLE)
        with must_answer():
            conn = await asyncpg.connect(self.admin_url)
        try:
            if not await conn.fetchval("select 1 from pg_roles where rolname = $1", APP_ROLE):
                await conn.execute(f"create role {APP_ROLE} login password '{password}'")
            if not await conn.fetchval("select 1 from pg_database where datname = $1", APP_ROLE):
                await conn.execute(f"create database {APP_ROLE} owner {APP_ROLE}")
        finally:
            await conn.close()

    # ---- dying ---------------------------------------------------------------------------------

    async def _revive(self) -> None:
        pause_s = LOOK_EVERY_S
        while not self._stopping:
            try:
                await self._run()
            except CallerError as error:
                if self._stopping:
                    return
                self.trouble = error
                log.error("postgres_does_not_start", code=error.code, text=error.text, again_in_s=pause_s)
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, RESTART_PAUSE_S_MAX)
            else:
                return

    async def _end(self, running: _Running) -> None:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            running.send(number)
            try:
                async with asyncio.timeout(STOP_PATIENCE_S):
                    await running.ended()
                return
            except TimeoutError:
                log.error("postgres_slow_to_stop", pid=running.process.pid, sent=number.name)

    async def _on_disk(self, work: Callable[[*Ts], object], *arguments: *Ts) -> None:
        try:
            await asyncio.to_thread(work, *arguments)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise errors.disk_full(self._layout.root) from error
            raise


def _check_socket_path(socket: Path) -> None:
    if len(os.fsencode(socket)) > errors.SOCKET_PATH_BYTES_MAX:
        raise errors.socket_path_too_long(socket)


def _lock(layout: Layout) -> int:
    """Held by this process until it ends, however it ends."""
    fd = os.open(layout.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(fd, 20).decode()
        os.close(fd)
        raise errors.another_copy(layout.root, holder) from None
    os.truncate(fd, 0)
    os.pwrite(fd, str(os.getpid()).encode(), 0)
    return fd


def _postmaster(data: Path) -> psutil.Process | None:
    """The living postmaster that the pid file names, if it is one and is of this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().partition("\n")[0])
        process = psutil.Process(pid)
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    return process if _is_alive(process) and str(data) in _command_of(process) else None


def _command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _processes_in(folder: Path) -> list[psutil.Process]:
    """Those whose working folder it is: every process of a PostgreSQL works in its data folder."""
    return [process for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == str(folder)]


def _shorten(path: Path) -> None:
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_suffix(".old"))

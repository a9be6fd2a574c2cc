"""A message's whole way: written by a customer, durable, receipted, and on the desk of the agent who serves them.

Customers speak the widget's own protocol over real sockets; fifty agents serve ten talks each; the floor decides on
every message. A message counts once its writer has the receipt *and* the agent's desk has the push. Three
compositions take turns: Dryfly as it ships; the same without the store (a journal that keeps nothing); and that on the
fastest web-socket server we know. The load comes from a C program, compiled for the occasion. The processor's time that
the server takes for a message is the steadier figure where others work on the same machine. Then the memory of idle
sockets: what 2,000 customers who said hello cost the server, in pages of its own (PSS).
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Self

import asyncpg
import psutil

from bench._message_house import AGENTS_COUNT, FASTEST, NO_STORE, SHIPPED, TALKS_EACH
from bench._report import Measure, against, report
from dryfly.platform.migrations import migrate
from dryfly.platform.postgres import EmbeddedPostgres
from dryfly.platform.postgres_install import APP_ROLE

RUN_S = 1.5
ROUNDS = 9
CUSTOMERS_COUNT = AGENTS_COUNT * TALKS_EACH
IDLE_COUNT, IDLE_WARM_COUNT = 2_000, 200
WITHOUT_STORE_MIN, OF_FASTEST_MIN = 0.7, 0.4
KIB_A_SOCKET_MAX = 25
PATIENCE_S = 10
SOURCE = Path(__file__).parent / "native" / "load.c"


@dataclass(frozen=True)
class Figures:
    """Of one run, or the medians of several."""

    messages_per_s: float
    p50_ms: float
    p99_ms: float
    server_us: float  # processor time of the server for one message

    @classmethod
    def median(cls, runs: Sequence["Figures"]) -> Self:
        return cls(
            median(run.messages_per_s for run in runs),
            median(run.p50_ms for run in runs),
            median(run.p99_ms for run in runs),
            median(run.server_us for run in runs),
        )


class Program:
    """A process of ours that says "ready", obeys lines, and ends with us."""

    def __init__(self, *command: object) -> None:
        self._process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pid = self._process.pid
        if self._line() != "ready":
            raise SystemExit(f"bench message: this did not begin: {' '.join(map(str, command))}")

    def ask(self, line: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def cpu_s(self) -> float:
        times = psutil.Process(self.pid).cpu_times()
        return times.user + times.system

    def kib(self) -> int:
        """Its own pages, and its share of those that it has in common with others."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def compiled(folder: Path) -> Path:
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise SystemExit("bench message: the load comes from a C program; install a C compiler (Debian: gcc libc6-dev)")
    program = folder / "load"
    subprocess.run([compiler, "-O2", "-o", str(program), str(SOURCE)], check=True)
    return program


def house(url: str, composition: str, folder: Path) -> tuple[Program, int]:
    """A server with its port; its agents' cookies are in the folder, by the composition's name."""
    port = free_port()
    return Program(sys.executable, "-m", "bench._message_house", url, port, composition, folder / composition), port


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@asynccontextmanager
async def databases(folder: Path) -> AsyncIterator[list[str]]:
    """One PostgreSQL as Dryfly ships it (it waits for the disk), with a migrated database for each composition."""
    postgres = EmbeddedPostgres(folder)
    await postgres.start()
    try:
        urls = []
        admin = await asyncpg.connect(postgres.admin_url)
        for name in (SHIPPED, NO_STORE, FASTEST):
            await admin.execute(f"create database {name} owner {APP_ROLE}")
            urls.append(postgres.url_of(APP_ROLE, name))
            await migrate(urls[-1])
        await admin.close()
        yield urls
    finally:
        await postgres.stop()


def throughput(load: Path, servers: Mapping[str, tuple[Program, int]], folder: Path) -> dict[str, Figures]:
    """Each composition's medians; they take turns, and their sockets stay open meanwhile."""
    with ExitStack() as stack:
        crowds = {
            name: stack.enter_context(Program(load, "serve", port, CUSTOMERS_COUNT, folder / name))
            for name, (_, port) in servers.items()
        }
        runs: dict[str, list[Figures]] = {name: [] for name in crowds}
        for number in range(ROUNDS):
            for name in list(crowds)[:: 1 if number % 2 else -1]:  # nobody is always the first
                runs[name].append(one_run(crowds[name], servers[name][0]))
    return {name: Figures.median(taken) for name, taken in runs.items()}


def one_run(crowd: Program, server: Program) -> Figures:
    before = server.cpu_s()
    rate, p50, p99, messages = map(float, crowd.ask(str(RUN_S)).split())
    return Figures(rate, p50, p99, 1e6 * (server.cpu_s() - before) / messages)


def kib_an_idle_socket(load: Path, server: Program, port: int) -> float:
    """Some come and go first, so that what the first ones bring with them is not counted."""
    with Program(load, "idle", port, IDLE_WARM_COUNT):
        pass
    time.sleep(0.5)
    before = server.kib()
    with Program(load, "idle", port, IDLE_COUNT):
        return (server.kib() - before) / IDLE_COUNT


def measures(found: dict[str, Figures], kib: float) -> list[Measure]:
    shipped, no_store, fastest = (found[name] for name in (SHIPPED, NO_STORE, FASTEST))
    rate = shipped.messages_per_s
    unit = "msg/s"
    parts = [
        measure
        for name, figures in found.items()
        for measure in (
            Measure(f"message_{name}_p50", figures.p50_ms, "ms"),
            Measure(f"message_{name}_p99", figures.p99_ms, "ms"),
            Measure(f"message_{name}_server_cpu", figures.server_us, "us"),
        )
    ]
    return [
        against("message_durable", rate, unit, "no store", no_store.messages_per_s, at_least=WITHOUT_STORE_MIN),
        against("message_durable", rate, unit, "picows, no store", fastest.messages_per_s, at_least=OF_FASTEST_MIN),
        *parts,
        against("message_idle_socket", kib, "KiB", "limit", KIB_A_SOCKET_MAX, at_most=1),
    ]


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dryfly-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        load = compiled(folder)
        async with databases(folder) as urls:
            with ExitStack() as stack:
                servers = {}
                for composition, url in zip((SHIPPED, NO_STORE, FASTEST), urls, strict=True):
                    server, port = house(url, composition, folder)
                    servers[composition] = stack.enter_context(server), port
                kib = kib_an_idle_socket(load, *servers[SHIPPED])
                found = throughput(load, servers, folder)
        report(measures(found, kib))


if __name__ == "__main__":
    asyncio.run(main())

"""`dryfly up --demo` is stopped as people stop it, leaves nothing running, and goes on from where it was."""

import asyncio
import signal
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest

from tests.crash.installation import Installation, installed, told_on_failure

PATIENCE_S = 900.0  # the first start makes a company and weeks of its history
RATE = ("--demo", "--rate", "60")

pytestmark = pytest.mark.long


@pytest.fixture
async def demo() -> AsyncIterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="dryfly-demo-") as name, installed(Path(name) / "home", more=RATE) as demo:
        yield demo


async def comes_up(demo: Installation) -> list[psutil.Process]:
    """It serves, and somebody comes to it. Every process of it."""
    demo.launch()
    await demo.ready(PATIENCE_S)
    async with httpx.AsyncClient(base_url=demo.base, trust_env=False) as client:
        while (await client.get("/tour")).status_code != 200:
            await asyncio.sleep(0.1)
    server = psutil.Process(demo.pid)
    return [server, *server.children(recursive=True)]


async def history(demo: Installation) -> tuple[int, int]:
    """How long the journal is, and how much was said."""
    conn = await asyncpg.connect(demo.database_url, server_settings={"dryfly.site": "*"})
    try:
        row = await conn.fetchrow("select (select max(seq) from journal), (select count(*) from message)")
        assert row is not None
        return row[0], row[1]
    finally:
        await conn.close()


async def lives(demo: Installation) -> tuple[int, int]:
    """Waits until somebody has come and said something; the history as it is then."""
    before = await history(demo)
    async with asyncio.timeout(PATIENCE_S):
        while (now := await history(demo)) <= before or now[1] <= before[1]:
            await asyncio.sleep(0.2)
    return now


def is_free(port: int) -> bool:
    with closing(socket.socket()) as asked:
        return asked.connect_ex(("127.0.0.1", port)) != 0


async def test_it_is_stopped_and_started_again(demo: Installation) -> None:
    with told_on_failure(demo):
        kept = (0, 0)
        for how in (signal.SIGTERM, signal.SIGINT):
            processes = await comes_up(demo)
            assert len(processes) > 1, "PostgreSQL runs beside it"
            assert await history(demo) >= kept
            kept = await lives(demo)
            assert await demo.stop(how) == 0
            assert [process for process in processes if process.is_running()] == []
            assert demo.postmaster_pid() is None
            assert is_free(demo.port)
        assert "Traceback" not in demo.last_words(10_000)

"""What every test may ask for: a fresh, migrated database (`db`, `database_url`) and a clock turned by hand.

One embedded PostgreSQL serves the whole run, xdist's workers included. It is started when the first test wants
it, or before the workers are. A test's database is a copy of a template and is dropped behind it.
"""

import asyncio
import contextlib
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from dryfly import FLOOR
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.migrations import migrate
from dryfly.platform.postgres import EmbeddedPostgres
from dryfly.platform.postgres_install import APP_ROLE

ROOT = Path(__file__).parent.parent
TEMPLATE = "dryfly_template"
# A test's database need not outlive a power cut.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}

LEFTOVER_S = 3600

_numbers = itertools.count(1)


def pytest_report_header() -> str:
    return f"floor: {FLOOR}"


class TestServer:
    """The run's PostgreSQL with its template."""

    __test__ = False

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="dryfly-test-"))
        self.home.chmod(0o755)
        self._postgres = EmbeddedPostgres(self.home, settings=SETTINGS)

    async def start(self) -> tuple[str, str]:
        """The URLs of the administrator and of the application's role."""
        await _end_leftovers()
        await self._postgres.start()
        conn = await asyncpg.connect(self._postgres.admin_url)
        await conn.execute(f"create database {TEMPLATE} owner {APP_ROLE}")
        await conn.close()
        await migrate(self._postgres.url_of(APP_ROLE, TEMPLATE))
        return self._postgres.admin_url, self._postgres.url

    def stop(self) -> None:
        asyncio.run(self._postgres.stop())
        shutil.rmtree(self.home, ignore_errors=True)


async def _end_leftovers() -> None:
    """The servers of runs that were killed. One that is in use, or another account's, says so and is left alone."""
    for home in Path(tempfile.gettempdir()).glob("dryfly-test-*"):
        with contextlib.suppress(CallerError, OSError):
            if time.time() - home.stat().st_mtime > LEFTOVER_S and (home / "postgres" / "data").exists():
                leftover = EmbeddedPostgres(home, settings=SETTINGS)
                await leftover.start()
                await leftover.stop()
                shutil.rmtree(home)


_server: TestServer | None = None
_urls: tuple[str, str] | None = None


def _start_once() -> tuple[str, str]:
    global _server, _urls
    if _urls is None:
        _server = TestServer()
        _urls = asyncio.run(_server.start())
    return _urls


class ForWorkers:
    """xdist's controller starts the server and tells the workers where it is."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["database_urls"] = _start_once()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ForWorkers())


def pytest_unconfigure() -> None:
    if _server is not None:
        _server.stop()


@pytest.fixture(scope="session")
def database_urls(request: pytest.FixtureRequest) -> tuple[str, str]:
    told: tuple[str, str] | None = getattr(request.config, "workerinput", {}).get("database_urls")
    return told or _start_once()


@pytest.fixture
async def database_url(database_urls: tuple[str, str]) -> AsyncIterator[str]:
    """A database of this test's own, migrated; the role is the application's, bound by row-level security."""
    admin_url, app_url = database_urls
    name = f"test_{os.getpid()}_{next(_numbers)}"
    admin = await asyncpg.connect(admin_url)
    try:
        await admin.execute(f"create database {name} template {TEMPLATE} owner {APP_ROLE} strategy file_copy")
        yield app_url.replace(f"/{APP_ROLE}?", f"/{name}?")
        await admin.execute(f"drop database {name} with (force)")
    finally:
        await admin.close()


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def datasets() -> Path:
    """The folder of real data: DRYFLY_DATASETS, or ../shared/data beside the checkout. For tests marked `data`."""
    folder = Path(os.environ.get("DRYFLY_DATASETS") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"needs the data sets: there is no folder {folder}, set DRYFLY_DATASETS")
    return folder


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()

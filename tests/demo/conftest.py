"""A whole Dryfly with the demo company in it, on a real port: small, and with people in a hurry."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import uvicorn
from argon2 import PasswordHasher

from dryfly.demo import shop as books
from dryfly.demo.company import SITE
from dryfly.demo.demo import Beside, Demo
from dryfly.floor import State
from dryfly.floor.model import AgentId, Presence
from dryfly.platform.clock import SystemClock
from dryfly.platform.database import Database
from dryfly.service.http import application
from dryfly.service.server import Server
from dryfly.service.site import SiteAtWork
from dryfly.setup.passwords import Passwords
from tests.service.conftest import MODELS, _free_port

HURRY = 40.0
FEW = 150


@dataclass
class Company:
    """The demo at work."""

    demo: Demo
    server: Server
    base: str
    told: list[str]

    @property
    def site(self) -> SiteAtWork:
        return self.server._at_work[SITE]


@pytest.fixture
def rate() -> float:
    """So many customers come a minute; a test says otherwise by a fixture of its own."""
    return 0


@pytest.fixture
async def company(
    db: Database, database_url: str, tmp_path: Path, rate: float, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Company]:
    monkeypatch.setattr(books.make_shop, "__defaults__", (FEW,))
    demo = Demo(tmp_path, rate=rate, days=1, speed=HURRY)
    await demo.prepare(db, database_url, SystemClock())
    server = Server(db, database_url, SystemClock(), MODELS, Passwords(PasswordHasher(1, 8, 1)))
    port = _free_port()
    app = application(server, more_routes=demo.routes())
    serving = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off"))
    task = asyncio.create_task(serving.serve())
    await server.start()
    while not serving.started:
        await asyncio.sleep(0.01)
    base = f"http://localhost:{port}"
    ready = partial((await server.at_work(SITE)).ledger.peek, _ready)
    told = await demo.begin(base, Beside(db, server.clock, server.people, server.sessions, ready))
    yield Company(demo, server, base, told)
    await demo.stop()
    serving.should_exit = True
    await task
    await server.stop()


def _ready(state: State) -> frozenset[AgentId]:
    return frozenset(agent.id for agent in state.agents.values() if agent.presence is Presence.READY)

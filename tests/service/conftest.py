"""A whole Dryfly in this process, on a real database and a real port of the loopback."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from argon2 import PasswordHasher

from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Channel,
    ChannelCapacity,
    QueueId,
    QueueSpec,
    SiteId,
    SkillId,
    SkillNeed,
)
from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.database import Database
from dryfly.platform.ids import new_id
from dryfly.platform.mail import Mailer
from dryfly.service.http import application
from dryfly.service.server import Server
from dryfly.service.site import SiteAtWork
from dryfly.setup.change import Change
from dryfly.setup.model import Agent, PersonId, Queue, Skill
from dryfly.setup.passwords import Passwords
from tests.people import AgentDesk, Visitor

MAIN = SiteId("main")
MODELS = Path(os.environ.get("DRYFLY_TEST_MODELS", "~/.cache/dryfly/models")).expanduser()


@dataclass
class House:
    """A running installation, and ways to make the people in it."""

    server: Server
    base: str
    pages: list[Visitor | AgentDesk] = field(default_factory=list)

    @property
    def site(self) -> SiteAtWork:
        return self.server._at_work[MAIN]

    async def visitor(self, **hello: object) -> Visitor:
        visitor = Visitor(self.base)
        self.pages.append(visitor)
        return await visitor.comes(**hello)

    async def bot_has_worked_on(self, seq: int) -> None:
        """The bot is done with everything up to this number."""
        async with asyncio.timeout(60):
            while self.site.followers["bot"].seq < seq:
                await asyncio.sleep(0.005)

    async def set_up(self, *entries: Agent | Queue | Skill) -> None:
        await self.server.sites.change(MAIN, Change(puts=entries), "system:test")

    async def agent(self, name: str, skills: dict[str, int] | None = None, chats_max: int = 4, **spec: object) -> str:
        """An agent who may sign in; the cookie with which they have done so."""
        channels = (ChannelCapacity(Channel("web"), 100 // chats_max, chats_max),)
        known = {SkillId(skill): level for skill, level in (skills or {}).items()}
        wanted = Agent(AgentId(name), name.title(), spec=AgentSpec(known, channels=channels, **spec))  # type: ignore[arg-type]
        await self.set_up(*(Skill(skill, skill.title()) for skill in known), wanted)
        return await self.person(name, "agent", name)

    async def person(self, name: str, role: str, agent: str | None = None, site: SiteId = MAIN) -> str:
        now = self.server.clock.now()
        person = PersonId(new_id(now))
        async with self.server.db.site("*") as conn:
            await conn.execute(
                "insert into account (id, email, password_hash, must_change, changed_at)"
                " values ($1, $2, '', false, $3)",
                person, f"{name}@example.org", now,
            )  # fmt: skip
            await conn.execute(
                "insert into person (site, id, email, name, role, agent) values ($1, $2, $3, $4, $5, $6)",
                site, person, f"{name}@example.org", name.title(), role, agent,
            )  # fmt: skip
        token, _ = await self.server.sessions.open(person, site)
        return f"dryfly_session={token}"

    async def desk(
        self, name: str, skills: dict[str, int] | None = None, *, ready: bool = True, **spec: object
    ) -> AgentDesk:
        """An agent at an open desk."""
        return await self.desk_of(await self.agent(name, skills, **spec), ready=ready)  # type: ignore[arg-type]

    async def desk_of(self, cookie: str, *, ready: bool = False) -> AgentDesk:
        desk = AgentDesk(self.base, cookie)
        self.pages.append(desk)
        return await desk.sits_down(ready=ready)


def a_skill(name: str) -> Skill:
    return Skill(SkillId(name), name.title())


def a_queue(name: str, **spec: object) -> Queue:
    needs = tuple(SkillNeed(SkillId(skill), level) for skill, level in dict(spec.pop("requires", {})).items())  # type: ignore[call-overload]
    return Queue(QueueId(name), name.title(), spec=QueueSpec(requirement=needs, **spec))  # type: ignore[arg-type]


@pytest.fixture
def house_clock() -> Clock:
    """Where time stands still or is turned by hand, a module or a folder says so by a fixture of its own."""
    return SystemClock()


@pytest.fixture
def mailer() -> Mailer | None:
    """No mail is set up, where a module does not say so."""
    return None


@pytest.fixture
async def house(db: Database, database_url: str, house_clock: Clock, mailer: Mailer | None) -> AsyncIterator[House]:
    server = Server(db, database_url, house_clock, MODELS, Passwords(PasswordHasher(1, 8, 1)), mailer)
    await server.start()
    port = _free_port()
    config = uvicorn.Config(application(server), host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    serving = uvicorn.Server(config)
    task = asyncio.create_task(serving.serve())
    while not serving.started:
        await asyncio.sleep(0.01)
    house = House(server, f"http://127.0.0.1:{port}")
    yield house
    for page in house.pages:
        await page.close()
    serving.should_exit = True
    await task
    await server.stop()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port

"""`./dryfly up --demo`: what is done before the server starts, beside it, and when it stops."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from litestar.handlers import HTTPRouteHandler

from dryfly.demo.founding import Founded, Founding
from dryfly.demo.history import DAYS
from dryfly.demo.life import Life
from dryfly.demo.pace import Pace
from dryfly.demo.people import Crew
from dryfly.demo.tour import Tour
from dryfly.floor.model import AgentId
from dryfly.platform.clock import Clock
from dryfly.platform.database import Database
from dryfly.setup.people import People
from dryfly.setup.sessions import Sessions

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Beside:
    """What the demo uses of the server that it runs beside. `ready`: the agents who are ready now."""

    db: Database
    clock: Clock
    people: People
    sessions: Sessions
    ready: Callable[[], frozenset[AgentId]]


@dataclass
class Demo:
    """`rate`: so many simulated customers come a minute; 0: nobody does. `host`: where the server listens.
    `days`: of history. `speed`: of the people; a test is in a hurry."""

    folder: Path
    host: str = "127.0.0.1"
    rate: float = 1.5
    days: int = DAYS
    speed: float = 1.0
    _founded: Founded | None = field(default=None, init=False)
    _crew: Crew | None = field(default=None, init=False)
    life: Life | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.tour = Tour(self._company, self._people, self.host in LOOPBACK)

    def _company(self) -> Founded:
        assert self._founded is not None, "prepare comes first"
        return self._founded

    def _people(self) -> Crew:
        assert self._crew is not None, "begin comes first"
        return self._crew

    def routes(self) -> list[HTTPRouteHandler]:
        return self.tour.routes()

    async def prepare(self, db: Database, url: str, clock: Clock) -> None:
        """Before anything serves: the company is there, with its history."""
        self._founded = await Founding(db, url, self.folder, clock, days=self.days).ensure()

    async def begin(self, base: str, beside: Beside) -> list[str]:
        """Once the server serves. Returns what the operator is told."""
        self._crew = Crew(beside.db, beside.clock, beside.people, beside.sessions)
        keys = await self._crew.keys()
        pace = Pace(Random(), self.speed)
        self.life = Life(base, self._company(), self._crew, beside.ready, self.tour.login_token, self.rate, pace)
        await self.life.begin()
        told = [f"  The tour, ten minutes: {base}/tour", "", "  Who you may be, with passwords of this start:"]
        return [*told, *(f"    {key.who:<14} {key.email:<28} {key.password}" for key in keys)]

    async def stop(self) -> None:
        """Everybody simulated goes home."""
        if self.life is not None:
            await self.life.stop()

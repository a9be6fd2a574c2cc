"""The demo goes on: customers come at a rate, stand-ins serve them, and step aside for people who sign in."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import structlog

from dryfly.demo.cases import Case, Cases
from dryfly.demo.company import WORKERS
from dryfly.demo.desk import Desk
from dryfly.demo.founding import Founded
from dryfly.demo.pace import Pace
from dryfly.demo.people import Crew
from dryfly.demo.shop import Customer
from dryfly.demo.shopper import Shopper
from dryfly.demo.standin import StandIn
from dryfly.floor.model import AgentId
from dryfly.walk.line import Visitor

log = structlog.get_logger(__name__)

ON_DUTY = ("anna", "kofi", "priya", "tiago", "grace", "omar", "elif", "camila", "mei")
SHOPPERS_MAX = 20
CASES_KEPT = 500
LOOK_EVERY_S = 2.0
STOP_S = 5.0
AGAIN_S = 5.0
SIGNED_IN_SHARE = 0.5


@dataclass
class Life:
    """`ready`: the agents who are ready now. `login`: how the shop's page signs who is there."""

    base: str
    founded: Founded
    crew: Crew
    ready: Callable[[], frozenset[AgentId]]
    login: Callable[[Customer], str]
    rate: float
    pace: Pace = field(default_factory=lambda: Pace(Random()))
    endings: dict[str, int] = field(default_factory=dict, init=False)
    standins: dict[AgentId, StandIn] = field(default_factory=dict, init=False)
    _cases: dict[str, Case] = field(default_factory=dict, init=False)
    _people: frozenset[AgentId] = field(default_factory=frozenset, init=False)  # agents whom a real person is
    _tasks: list[asyncio.Task[None]] = field(default_factory=list, init=False)
    _shoppers: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    async def begin(self) -> None:
        names = {AgentId(worker.id): worker.name.split()[0] for worker in WORKERS if worker.id in ON_DUTY}
        await self.crew.begin_standing_in(names)
        self._tasks = [asyncio.create_task(self._stand_in(agent, name)) for agent, name in names.items()]
        self._tasks.append(asyncio.create_task(self._look_who_came()))
        if self.rate > 0:
            self._tasks.append(asyncio.create_task(self._customers_come()))

    async def stop(self) -> None:
        tasks = [*self._tasks, *self._shoppers]
        for task in tasks:
            task.cancel()
        if tasks:  # nobody simulated holds the server up
            await asyncio.wait(tasks, timeout=STOP_S)

    # ---- agents ----------------------------------------------------------------------------------

    async def _stand_in(self, agent: AgentId, name: str) -> None:
        """At the desk while no real person is this agent."""
        while True:
            if agent not in self._people:
                await self._at_desk(agent, name)
            await self.pace.pause(AGAIN_S, AGAIN_S)

    async def _at_desk(self, agent: AgentId, name: str) -> None:
        desk = Desk(self.base, await self.crew.cookie(agent))
        standin = self.standins[agent] = StandIn(name, desk, self.pace, self._cases.get, self._is_somebody_ready)
        work = asyncio.create_task(standin.work())
        try:
            while not work.done() and agent not in self._people:
                await asyncio.wait([work], timeout=LOOK_EVERY_S / self.pace.speed)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    def _is_somebody_ready(self) -> bool:
        return bool(self.ready() - (self.standins.keys() - self._people))

    async def _look_who_came(self) -> None:
        while True:
            self._people = await self.crew.who_signed_in()
            await asyncio.sleep(LOOK_EVERY_S / self.pace.speed)

    # ---- customers -------------------------------------------------------------------------------

    async def _customers_come(self) -> None:
        cases = Cases(self.founded.shop, self.pace.random)
        while True:
            await asyncio.sleep(self.pace.random.expovariate(self.rate / 60) / self.pace.speed)
            if len(self._shoppers) < SHOPPERS_MAX:
                shopper = asyncio.create_task(self._shop(cases.draw()))
                self._shoppers.add(shopper)
                shopper.add_done_callback(self._shoppers.discard)

    async def _shop(self, case: Case) -> None:
        login = self.login(case.customer) if self.pace.random.random() < SIGNED_IN_SHARE else None
        shopper = Shopper(Visitor(self.base), case, self.founded.told, self.pace, login, self._came)
        ending = await shopper.visit()
        self.endings[ending] = self.endings.get(ending, 0) + 1

    def _came(self, contact: str, case: Case) -> None:
        self._cases[contact] = case
        if len(self._cases) > CASES_KEPT:
            del self._cases[next(iter(self._cases))]

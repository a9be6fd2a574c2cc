"""Who can sign in at the demo: three for the visitor to be, and an account for each simulated agent."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from argon2 import PasswordHasher

from dryfly.demo.company import PEOPLE, SITE, WORKERS, email_of
from dryfly.floor.model import AgentId
from dryfly.platform.clock import Clock
from dryfly.platform.database import Database
from dryfly.setup.model import NewPerson, Person, PersonId, PersonRole
from dryfly.setup.passwords import Passwords
from dryfly.setup.people import People
from dryfly.setup.sessions import COOKIE, Session, Sessions


@dataclass(frozen=True)
class Key:
    """With which the visitor signs in. The password is made at each start and kept nowhere."""

    who: str  # "agent", "supervisor", "administrator"
    name: str
    email: str
    password: str


class Crew:
    def __init__(self, db: Database, clock: Clock, people: People, sessions: Sessions) -> None:
        self._people = people
        self._sessions = sessions
        # Nobody ever sees the password of a simulated agent, and it is random: its hash need not be slow.
        light = Passwords(PasswordHasher(1, 8, 1), at_once=1)
        self._simulated = People(db, clock, light, sessions)
        self._persons: dict[AgentId, PersonId] = {}
        self._watched: dict[PersonId, AgentId] = {}
        self._ours: set[str] = set()
        self._looking = asyncio.Lock()  # or a session that is just being opened looks like a stranger's

    async def keys(self) -> list[Key]:
        """Fresh one-time passwords for the visitor's three people."""
        known = {person.email: person for person in await self._people.page(SITE)}
        return [await self._key(who, known.get(email_of(who_id(who)))) for who in PEOPLE]

    async def _key(self, who: str, known: Person | None) -> Key:
        name, role, agent = PEOPLE[who]
        email = email_of(who_id(who))
        if known is None:
            known = (await self._people.add(SITE, NewPerson(email, name, role, agent), _by_the_demo())).person
        made = await self._people.reset_password(SITE, known.id, _by_the_demo(), must_change=False)
        return Key(who, name, email, made.password or "")

    async def agents(self) -> dict[AgentId, PersonId]:
        """The person behind each simulated agent."""
        there = {person.agent: person.id for person in await self._people.page(SITE) if person.agent}
        for worker in WORKERS:
            agent = AgentId(worker.id)
            if agent not in there:
                there[agent] = await self._hire(agent, worker.name)
        return {AgentId(worker.id): there[AgentId(worker.id)] for worker in WORKERS}

    async def _hire(self, agent: AgentId, name: str) -> PersonId:
        new = NewPerson(email_of(agent), name, PersonRole.AGENT, agent)
        person = (await self._simulated.add(SITE, new, _by_the_demo())).person.id
        await self._simulated.reset_password(SITE, person, _by_the_demo(), must_change=False)
        return person

    async def begin_standing_in(self, agents: Iterable[AgentId]) -> None:
        there = await self.agents()
        self._persons = {agent: there[agent] for agent in agents}
        for person in self._persons.values():
            await self._sessions.end_all(person, "removed")  # of an earlier start
        watched = {person.agent: person.id for person in await self._people.page(SITE) if person.agent}
        self._watched = {person: agent for agent, person in watched.items() if agent}

    async def cookie(self, agent: AgentId) -> str:
        """A session of a simulated agent's own, with which their desk is opened."""
        async with self._looking:
            token, session = await self._sessions.open(self._persons[agent], SITE)
            self._ours.add(session.id)
        return f"{COOKIE}={token}"

    async def who_signed_in(self) -> frozenset[AgentId]:
        """The agents whom a real person is just now: there is a session that we did not open."""
        async with self._looking:
            held = await self._sessions.held_by(list(self._watched))
        return frozenset(self._watched[person] for person, id in held if id not in self._ours)

    async def enter(self, who: str) -> str:
        """The token of a new session as one of the visitor's people."""
        person = next(person for person in await self._people.page(SITE) if person.email == email_of(who_id(who)))
        return (await self._sessions.open(person.id, SITE))[0]


def who_id(who: str) -> str:
    """The first name, as in the address: "Noor Rahman" is noor."""
    return PEOPLE[who][0].split()[0].lower()


def _by_the_demo() -> Session:
    return Session(
        id="", person=PersonId("demo"), name="Demo", email="", site=SITE,
        roles={SITE: PersonRole.ADMINISTRATOR}, agent=None, must_change=False, made_at=0, guard="", heard=0,
    )  # fmt: skip

"""An installation with two sites, people of each role, and the real floor of each site behind them."""

from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar, Request, Response

from dryfly import floor
from dryfly.floor.model import AgentId, Command, Instant, QueueId, Refusal, SiteId
from dryfly.ledger.model import Refused
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.setup.api import setup_router
from dryfly.setup.change import Change
from dryfly.setup.model import Agent, NewPerson, PersonRole, Queue, Site
from dryfly.setup.passwords import Passwords
from dryfly.setup.people import People
from dryfly.setup.session_api import session_router
from dryfly.setup.sessions import COOKIE, GUARD_HEADER, Session, Sessions
from dryfly.setup.sign_in import SignIns
from dryfly.setup.sites import SYSTEM, Sites

NORTH, SOUTH = SiteId("north"), SiteId("south")


class Floors:
    """The real floors, without a journal: what is submitted is decided and applied at once."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self.states: dict[SiteId, floor.State] = {}
        self.heard: list[Command] = []
        self.fails_at: type[Command] | None = None

    def at(self, site: SiteId) -> floor.State:
        return self.states.setdefault(site, floor.new_state())

    async def submit(self, site: SiteId, command: Command, actor: str) -> None:
        fails = self.fails_at is not None and isinstance(command, self.fails_at)
        now = Instant(self._clock.now())
        try:
            floor.step(self.at(site), command, now)
        except Refusal as refusal:
            raise Refused.by(refusal.code, refusal.values) from None
        self.heard.append(command)
        if fails:
            self.fails_at = None
            raise ConnectionError("the store is away, after it was done")


def cheap_passwords(**limits: int) -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), **limits)


@dataclass
class Installation:
    db: Database
    clock: HandClock
    floors: Floors = field(init=False)
    sites: Sites = field(init=False)
    sessions: Sessions = field(init=False)
    people: People = field(init=False)
    sign_ins: SignIns = field(init=False)
    app: Litestar = field(init=False)

    def __post_init__(self) -> None:
        self.floors = Floors(self.clock)
        self.start()

    def start(self) -> None:
        """Everything that a process holds in memory begins anew; the tables and the floor stay."""
        passwords = cheap_passwords()
        self.sites = Sites(self.db, self.clock, self.floors.submit)
        self.sessions = Sessions(self.db, self.clock)
        self.people = People(self.db, self.clock, passwords, self.sessions)
        self.sign_ins = SignIns(self.db, self.clock, passwords, self.sessions)

        self.app = _app(self)


def _app(of: Installation) -> Litestar:
    routers = [setup_router(of.sites, of.people, of.sessions), session_router(of.sites, of.sessions, of.sign_ins)]
    return Litestar(routers, exception_handlers={CallerError: _answer}, openapi_config=None)


def _answer(_: Request[Any, Any, Any], error: CallerError) -> Response[Any]:
    body = {"error": {"code": error.code, "text": error.text, "values": error.values}}
    return Response(body, status_code=error.status)


class Browser:
    """Somebody's browser with the console open."""

    def __init__(self, installation: Installation) -> None:
        transport = httpx.ASGITransport(cast(Any, installation.app), client=("192.0.2.7", 5000))
        self.client = httpx.AsyncClient(transport=transport, base_url="https://desk.example")
        self.guard = ""
        self.origin = "https://desk.example"

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        told = {"origin": self.origin, GUARD_HEADER: self.guard} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        kind = {"content": body} if isinstance(body, str) else {"json": body} if body is not None else {}
        answer = await self.client.request(method, path, headers=told, **kind)
        return answer.status_code, answer.json() if answer.content and "json" in answer.headers[
            "content-type"
        ] else answer.text

    async def refused(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        status, answer = await self.ask(method, path, body, **headers)
        return status, answer["error"]["code"]

    async def sign_in(self, email: str, password: str) -> Any:
        status, answer = await self.ask("POST", "/api/session", {"email": email, "password": password})
        assert status == 200, answer
        self.guard = answer["guard"]
        return answer

    @property
    def token(self) -> str:
        return self.client.cookies[COOKIE]

    def socket(self) -> dict[str, Any]:
        """The scope of a socket that this browser opens."""
        headers = [(b"cookie", f"{COOKIE}={self.token}".encode()), (b"host", b"desk.example")]
        return {"type": "websocket", "headers": headers, "client": ("192.0.2.7", 1), "scheme": "wss"}


PASSWORD = "four words do very well"


@dataclass
class Company:
    """`root` administers everything; each site has an administrator, a supervisor and an agent."""

    installation: Installation
    root: Session

    async def hire(self, site: SiteId, name: str, role: PersonRole, agent: str | None = None) -> str:
        """Somebody new with a password of their own. Returns their address."""
        email = f"{name}@{site}.example"
        made = await self.installation.people.add(site, NewPerson(email, name.title(), role, _agent(agent)), self.root)
        assert made.password
        _, session = await self.installation.sign_ins.sign_in(email, made.password, "192.0.2.1")
        await self.installation.sign_ins.change_password(session, made.password, PASSWORD, "192.0.2.1")
        return email


def _agent(id: str | None) -> AgentId | None:
    return None if id is None else AgentId(id)


@pytest.fixture
def installation(db: Database, hand_clock: HandClock) -> Installation:
    return Installation(db, hand_clock)


@pytest.fixture
async def company(installation: Installation) -> Company:
    first = await installation.people.ensure_first_administrator()
    assert first is not None
    for site in (NORTH, SOUTH):
        entries = Change(
            puts=(Queue(QueueId("general"), "General"), Agent(AgentId("anna"), "Anna"), Agent(AgentId("ben"), "Ben"))
        )
        await installation.sites.found(Site(site, site.title()), SYSTEM, entries)
    _, session = await installation.sign_ins.sign_in("admin@localhost", first, "192.0.2.1")
    _, session = await installation.sign_ins.change_password(session, first, PASSWORD, "192.0.2.1")
    company = Company(installation, session)
    for site in (NORTH, SOUTH):
        await company.hire(site, "alma", PersonRole.ADMINISTRATOR)
        await company.hire(site, "sven", PersonRole.SUPERVISOR)
        await company.hire(site, "anna", PersonRole.AGENT, "anna")
    return company


@pytest.fixture
def browser(installation: Installation) -> Browser:
    return Browser(installation)


@pytest.fixture
async def alma(company: Company, browser: Browser) -> Browser:
    """The administrator of the north, signed in."""
    await browser.sign_in("alma@north.example", PASSWORD)
    return browser


@pytest.fixture
async def sven(company: Company) -> Browser:
    """The supervisor of the north, signed in."""
    browser = Browser(company.installation)
    await browser.sign_in("sven@north.example", PASSWORD)
    return browser


@pytest.fixture
async def anna(company: Company) -> Browser:
    """An agent of the north, signed in."""
    browser = Browser(company.installation)
    await browser.sign_in("anna@north.example", PASSWORD)
    return browser

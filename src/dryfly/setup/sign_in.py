"""Signing in: slow for those who guess, and never a way to lock somebody else out.

Three limits, each of them taken before the password is looked at and given back when it was right:
- an address may fail so often, whoever it tries to be;
- an address that fails for one account waits longer each time, up to five minutes;
- all strangers together may fail so often for one account. Addresses from which its owner has signed in are no
  strangers, so guessing from elsewhere does not keep the owner out.

Whether an address is known, a password wrong or a person without an account: the answer and the work are the same.
"""

from collections import OrderedDict

from dryfly.floor.model import SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.database import ALL_SITES, Database
from dryfly.platform.errors import CallerError
from dryfly.platform.security import KEYS_MAX, GrowingDelay, RateLimiter
from dryfly.platform.sql import load_sql
from dryfly.setup import store
from dryfly.setup.check import check_email, check_password
from dryfly.setup.model import PASSWORD_MAX, PersonId
from dryfly.setup.passwords import Passwords
from dryfly.setup.sessions import Session, Sessions

sql = load_sql(__file__, "people.sql")


class SignIns:
    def __init__(self, db: Database, clock: Clock, passwords: Passwords, sessions: Sessions) -> None:
        self._db = db
        self._clock = clock
        self._passwords = passwords
        self._sessions = sessions
        self._limits = _Limits(clock)

    async def sign_in(self, email: str, password: str, address: str) -> tuple[str, Session]:
        """The token for the cookie, and the session. Raises `sign_in_failed`, `too_many_requests`, `sign_in_busy`."""
        email = _comparable(email)
        self._limits.take(address, email)
        async with self._db.site(ALL_SITES) as conn:
            account = await conn.fetchrow(sql.read_account, email)
        hashed = account["password_hash"] if account else None
        right = await self._passwords.fits(password[: PASSWORD_MAX + 1], hashed)
        await self._note(account["id"] if account else "", "sign_in" if right else "sign_in_failed", address)
        if account is None or not right:
            self._limits.failed(address, email)
            raise CallerError("sign_in_failed", "Address or password is wrong.", status=401)
        self._limits.succeeded(address, email)
        if self._passwords.is_outdated(account["password_hash"]):
            await self._set_password(account["id"], password, must_change=account["must_change"])
        return await self._sessions.open(account["id"], await self._first_site(account["id"]))

    async def change_password(self, session: Session, old: str, new: str, address: str) -> tuple[str, Session]:
        """Ends every session of the person and begins a new one here: whoever knew the old password is out."""
        self._limits.take(address, session.email)
        async with self._db.site(ALL_SITES) as conn:
            account = await conn.fetchrow(sql.read_account_of, session.person)
        if account is None or not await self._passwords.fits(old[: PASSWORD_MAX + 1], account["password_hash"]):
            self._limits.failed(address, session.email)
            raise CallerError("sign_in_failed", "The old password is wrong.", status=401)
        self._limits.succeeded(address, session.email)
        check_password(new, session.email)
        if new == old:
            raise CallerError("password_wrong", "Choose a password other than the old one.")
        await self._set_password(session.person, new, must_change=False)
        await self._note(session.person, "change_password", address)
        await self._sessions.end_all(session.person, "password_changed")
        return await self._sessions.open(session.person, session.site)

    async def sign_out(self, session: Session) -> None:
        """Ends the session and every open socket of it, at once."""
        await self._sessions.end(session)
        await self._note(session.person, "sign_out", "")

    async def _set_password(self, person: PersonId, password: str, *, must_change: bool) -> None:
        hashed = await self._passwords.hash(password)
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(sql.set_password, person, hashed, must_change, self._clock.now())

    async def _first_site(self, person: PersonId) -> SiteId:
        """Where they work; who works everywhere begins at the first site."""
        async with self._db.site(ALL_SITES) as conn:
            sites = [row["site"] for row in await conn.fetch(sql.sites_of, person)]
            own = [site for site in sites if site != ALL_SITES]
            return SiteId(own[0] if own else await conn.fetchval(sql.first_site))

    async def _note(self, person: str, action: str, address: str) -> None:
        actor = f"person:{person}" if person else "unknown"
        values = {"address": address} if address else {}
        async with self._db.site(ALL_SITES) as conn:
            await store.write_audit(conn, ALL_SITES, actor, self._clock.now(), [(action, "session", values)])


class _Limits:
    def __init__(self, clock: Clock) -> None:
        self._addresses = RateLimiter(clock, per_s=0.2, burst=50)  # an office signs in behind one address
        self._strangers = RateLimiter(clock, per_s=0.05, burst=30)
        self._pairs = GrowingDelay(clock, free=3, first_s=1, max_s=300)
        self._known: OrderedDict[str, None] = OrderedDict()

    def take(self, address: str, email: str) -> None:
        pair = f"{address} {email}"
        self._pairs.require(pair)
        self._addresses.require(address)
        if pair not in self._known:
            self._strangers.require(email)

    def failed(self, address: str, email: str) -> None:
        self._pairs.failed(f"{address} {email}")

    def succeeded(self, address: str, email: str) -> None:
        pair = f"{address} {email}"
        self._pairs.succeeded(pair)
        self._addresses.give_back(address)
        if pair not in self._known:
            self._strangers.give_back(email)
        self._known[pair] = None
        self._known.move_to_end(pair)
        if len(self._known) > KEYS_MAX:
            self._known.popitem(last=False)


def _comparable(email: str) -> str:
    """What is no address is nobody's, and takes the same way."""
    try:
        return check_email(email)
    except CallerError:
        return ""

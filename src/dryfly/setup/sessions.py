"""Who is signed in: sessions live in the database, and end at once wherever they are used.

- The cookie holds 256 random bits, the table their SHA-256. Each sign-in makes new ones.
- A session ends by signing out, by an hour without use, after twelve hours, by a new password, and when the
  person is removed. Roles are read with every request, and never from the session.
- Open sockets `watch` their session. They are told in the same moment: that it is over, or that rights have
  changed and they should say hello again.
- Several processes: each tells the others what it announces (`on_end` gives it, `hear` takes it; `Ended` is
  made to be sent by NOTIFY). A process that heard nothing still refuses every request, since it reads the table.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence

import msgspec

from dryfly.floor.model import AgentId, SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.database import ALL_SITES, Database
from dryfly.platform.errors import CallerError
from dryfly.platform.security import (
    SAFE_METHODS,
    Scope,
    cookie_of,
    digest_of,
    guard_fits,
    guard_of,
    header_of,
    is_secure,
    new_token,
    require_same_origin,
)
from dryfly.platform.sql import load_sql
from dryfly.setup.model import PersonId, PersonRole

sql = load_sql(__file__, "sessions.sql")

COOKIE = "dryfly_session"
GUARD_HEADER = "x-dryfly-guard"
IDLE_S = 3_600
ABSOLUTE_S = 12 * 3_600
SEEN_EVERY_S = 60  # a used session is written down no more often
SESSIONS_EACH_MAX = 20  # of one person; the least used ends
ANNOUNCED_MAX = 1_000


class Session(msgspec.Struct, frozen=True):
    """Somebody signed in, as of one moment. `id` names the session and opens nothing.

    `site`: where they work now. `roles`: at every site where they have one; "*" holds everywhere.
    """

    id: str
    person: PersonId
    name: str
    email: str
    site: SiteId
    roles: Mapping[SiteId, PersonRole]
    agent: AgentId | None  # whom they serve contacts as, at `site`
    must_change: bool
    made_at: int
    guard: str
    heard: int  # how many announcements came before it was read

    def role_at(self, site: str) -> PersonRole | None:
        held = [self.roles[key] for key in (SiteId(site), SiteId(ALL_SITES)) if key in self.roles]
        return max(held, key=list(PersonRole).index, default=None)

    @property
    def actor(self) -> str:
        """As journal and audit name who did it."""
        return f"person:{self.person}"


class Ended(msgspec.Struct, frozen=True):
    """Sessions that are over, or (`again`) whose rights changed: the socket may come back with the same cookie.

    `session`: this one; None: all of `person`, but `but`.
    """

    person: PersonId
    reason: str  # "signed_out", "expired", "password_changed", "removed", "rights_changed"
    session: str | None = None
    but: str | None = None
    again: bool = False

    def means(self, session: Session) -> bool:
        if self.session is not None:
            return session.id == self.session
        return session.person == self.person and session.id != self.but


OnEnd = Callable[[Ended], None]


class _Place(msgspec.Struct):
    site: SiteId
    name: str
    role: PersonRole
    agent: AgentId | None


class Sessions:
    def __init__(self, db: Database, clock: Clock, *, idle_s: int = IDLE_S, absolute_s: int = ABSOLUTE_S) -> None:
        self._db = db
        self._clock = clock
        self._idle_ms = idle_s * 1000
        self._absolute_ms = absolute_s * 1000
        self._watching: dict[int, tuple[Session, OnEnd]] = {}
        self._watches_count = 0
        self._listeners: list[OnEnd] = []
        self._announced: deque[Ended] = deque(maxlen=ANNOUNCED_MAX)
        self._announced_count = 0
        self._touched: dict[str, int] = {}

    # ---- beginning and reading -----------------------------------------------------------------

    async def open(self, person: PersonId, site: SiteId) -> tuple[str, Session]:
        """A new session and its token, which is nowhere but in the cookie. Raises `no_role` if they have none."""
        token, now = new_token(), self._clock.now()
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(sql.insert_session, digest_of(token), person, site, now)
            ended = await conn.fetch(sql.end_oldest_of, person, digest_of(token), SESSIONS_EACH_MAX - 1)
        for row in ended:
            self._announce(Ended(person, "signed_out", row["digest"].hex()))
        session = await self.read(token)
        if session is None:
            raise CallerError("no_role", "You have no role at any site: ask an administrator for one.", status=403)
        return token, session

    async def authenticate(self, scope: Scope) -> Session | None:
        """Who sends this request or opens this socket, by the cookie. Says nothing about what they may do."""
        token = cookie_of(scope, COOKIE)
        return await self.read(token) if token else None

    async def read(self, token: str) -> Session | None:
        digest, heard, now = digest_of(token), self._announced_count, self._clock.now()
        async with self._db.site(ALL_SITES) as conn:
            row = await conn.fetchrow(sql.read_session, digest)
            if row is None or self._is_over(row["made_at"], row["seen_at"], now):
                return None
            if now - row["seen_at"] >= SEEN_EVERY_S * 1000:
                await conn.execute(sql.see_session, digest, now)
        places = {place.site: place for place in msgspec.convert(row["places"] or [], list[_Place])}
        here = places.get(row["at_site"]) or places.get(SiteId(ALL_SITES)) or next(iter(places.values()), None)
        if here is None:
            return None
        everywhere = ALL_SITES in places and row["at_site"] != ALL_SITES
        return Session(
            id=digest.hex(),
            person=row["person"],
            name=here.name,
            email=row["email"],
            site=row["at_site"] if everywhere else here.site,
            roles={site: place.role for site, place in places.items()},
            agent=here.agent,
            must_change=row["must_change"],
            made_at=row["made_at"],
            guard=guard_of(token),
            heard=heard,
        )

    async def require(self, scope: Scope) -> Session:
        """Who sends this request. One that changes something has to come from a page of ours, and to prove it.

        Raises CallerError `not_signed_in`, `foreign_origin`, `guard_wrong`.
        """
        session = await self.authenticate(scope)
        if session is None:
            raise not_signed_in()
        if scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS:
            require_same_origin(scope)
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            require_guard(scope)
        return session

    async def held_by(self, people: Sequence[PersonId]) -> set[tuple[PersonId, str]]:
        """Who of them is signed in, with the ids of their sessions."""
        async with self._db.site(ALL_SITES) as conn:
            return {(row["person"], row["digest"].hex()) for row in await conn.fetch(sql.sessions_of, people)}

    def _is_over(self, made_at: int, seen_at: int, now: int) -> bool:
        return now - seen_at > self._idle_ms or now - made_at > self._absolute_ms

    # ---- using ---------------------------------------------------------------------------------

    async def move(self, session: Session, site: SiteId) -> None:
        """Works at another site from now on; open sockets come back there."""
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(sql.move_session, bytes.fromhex(session.id), site)
        self._announce(Ended(session.person, "site_changed", session.id, again=True))

    def touch(self, session: Session) -> None:
        """The session is in use on a socket: somebody did something there."""
        self._touched[session.id] = self._clock.now()

    def watch(self, session: Session, on_end: OnEnd) -> Callable[[], None]:
        """Calls `on_end` once something ends or changes the session; call what it returns when the socket closes.

        Nothing is missed between reading the session and watching it.
        """
        self._watches_count += 1
        number = self._watches_count
        self._watching[number] = (session, on_end)
        unheard = self._announced_count - session.heard
        for ended in list(self._announced)[max(0, len(self._announced) - unheard) :]:
            if ended.means(session):
                on_end(ended)
        return lambda: self._watching.pop(number, None) and None

    # ---- ending --------------------------------------------------------------------------------

    async def end(self, session: Session, reason: str = "signed_out") -> None:
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(sql.end_session, bytes.fromhex(session.id))
        self._announce(Ended(session.person, reason, session.id))

    async def end_all(self, person: PersonId, reason: str, *, but: Session | None = None) -> None:
        """Every session of a person, but the one that asks for it."""
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(sql.end_sessions_of, person, bytes.fromhex(but.id) if but else b"")
        self._announce(Ended(person, reason, but=but.id if but else None))

    def rights_changed(self, person: PersonId) -> None:
        """Open sockets come back with their new rights; requests read them anyway."""
        self._announce(Ended(person, "rights_changed", again=True))

    def on_end(self, listener: OnEnd) -> None:
        """`listener` gets every announcement that this process makes, to tell other processes."""
        self._listeners.append(listener)

    def hear(self, ended: Ended) -> None:
        """Another process announced it."""
        self._announced.append(ended)
        self._announced_count += 1
        for session, on_end in list(self._watching.values()):
            if ended.means(session):
                on_end(ended)

    async def sweep(self) -> None:
        """Writes down which sessions are in use and ends those that are not. A job, once a minute."""
        touched, self._touched, now = self._touched, {}, self._clock.now()
        async with self._db.site(ALL_SITES) as conn:
            await conn.executemany(sql.see_session, [(bytes.fromhex(id), at) for id, at in touched.items()])
            rows = await conn.fetch(sql.end_expired, now - self._idle_ms, now - self._absolute_ms)
        for row in rows:
            self._announce(Ended(row["person"], "expired", row["digest"].hex()))

    def _announce(self, ended: Ended) -> None:
        self.hear(ended)
        for listener in self._listeners:
            listener(ended)


# ---- what a request needs ----------------------------------------------------------------------


def require_guard(scope: Scope) -> None:
    """The header that only a page of ours can know; see `security.guard_of`."""
    token, guard = cookie_of(scope, COOKIE), header_of(scope, GUARD_HEADER)
    if token is None or guard is None or not guard_fits(guard, token):
        text = f"Send the guard that came with the sign-in as the header {GUARD_HEADER}."
        raise CallerError("guard_wrong", text, status=403)


def require_role(session: Session, site: str, needed: PersonRole) -> None:
    """Raises CallerError `not_allowed`, whether the site is there or not; `password_must_change` before anything."""
    if session.must_change:
        raise CallerError("password_must_change", "Choose a password of your own first.", status=403)
    held = session.role_at(site)
    if held is None or not held.covers(needed):
        raise CallerError("not_allowed", f"This needs the role {needed} at the site.", status=403, needed=needed)


def not_signed_in() -> CallerError:
    return CallerError("not_signed_in", "Sign in first.", status=401)


def set_cookie(token: str, scope: Scope) -> str:
    """The value of `Set-Cookie` that begins a session."""
    return f"{COOKIE}={token}; Max-Age={ABSOLUTE_S}; {_attributes(scope)}"


def unset_cookie(scope: Scope) -> str:
    return f"{COOKIE}=; Max-Age=0; {_attributes(scope)}"


def _attributes(scope: Scope) -> str:
    return "Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if is_secure(scope) else "")

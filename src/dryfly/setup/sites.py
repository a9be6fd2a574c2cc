"""The set-up of all sites: read by everybody, changed in one way.

How tables and journal stay together. A change is one transaction that locks the site's row, writes the
documents and the audit, and hands the floor its commands before it commits:
- the floor refuses: nothing is written, and what the floor took before is put back;
- we die before the commit: the journal has what nobody was told is done. At the next start `reconcile` sends
  the floor what the tables say;
- the commit is done: both have it.
So the tables say what is wanted, the floor follows, and whoever was told "done" finds it so.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import structlog

from dryfly.floor.model import AgentId, Command, SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.database import ALL_SITES, Connection, Database
from dryfly.platform.errors import CallerError
from dryfly.setup import store
from dryfly.setup.change import (
    Change,
    FloorSpecs,
    changed,
    commands_between,
    specs_wanted,
    undoing,
)
from dryfly.setup.check import problems
from dryfly.setup.defaults import first_entries, first_site
from dryfly.setup.model import AuditLine, Catalogue, Kind, Site, shown, with_kept_secrets
from dryfly.setup.stale import Expected, check_fresh

SYSTEM = "system:setup"

log = structlog.get_logger()


Beside = Callable[[Connection], Awaitable[None]]


class Submit(Protocol):
    """Hands the floor of a site a command and returns when it is done, durably.

    Raises CallerError if the floor refuses it, PeerError if nothing was recorded.
    """

    async def __call__(self, site: SiteId, command: Command, actor: str) -> None: ...


class Sites:
    """One a process. Reads come from memory; changes take turns."""

    def __init__(self, db: Database, clock: Clock, submit: Submit) -> None:
        self._db = db
        self._clock = clock
        self._submit = submit
        self._known: dict[SiteId, Catalogue] = {}
        self.on_change: Callable[[SiteId], None] = lambda site: None
        """Called whenever this process sees another set-up of a site than before, whoever changed it."""
        self._turn = asyncio.Lock()  # at most one connection of the pool waits for the floor

    # ---- reading -------------------------------------------------------------------------------

    async def page(self, after: str = "", limit: int = 200, only: Sequence[str] | None = None) -> list[Site]:
        async with self._db.site(ALL_SITES) as conn:
            return await store.list_sites(conn, after, limit, only)

    async def catalogue(self, site: SiteId) -> Catalogue:
        """The set-up as this process last saw it. Raises CallerError `site_exists_not`."""
        return self._known.get(site) or await self.refresh(site)

    def seen(self, site: SiteId) -> Catalogue:
        """The set-up as this process last saw it, without asking; an empty one where it never did."""
        return self._known.get(site) or Catalogue(Site(site, site))

    def shown_name(self, site: SiteId, agent: AgentId) -> str:
        """How customers see the agent called, as far as `seen` knows."""
        known = self.seen(site).agents.get(agent)
        return known.shown_name if known else ""

    async def refresh(self, site: SiteId) -> Catalogue:
        """Looks whether another process changed it."""
        async with self._db.site(site) as conn:
            found = await store.read_catalogue(conn, site, self._known.get(site))
        if found is None:
            raise site_exists_not(site)
        self._know(site, found)
        return found

    def _know(self, site: SiteId, found: Catalogue) -> None:
        before, self._known[site] = self._known.get(site), found
        if before is not found:
            self.on_change(site)

    def now(self) -> int:
        return self._clock.now()

    async def audit(self, site: SiteId, before: int | None = None, limit: int = 200) -> list[AuditLine]:
        async with self._db.site(site) as conn:
            return await store.list_audit(conn, site, before, limit)

    # ---- changing ------------------------------------------------------------------------------

    async def found(self, site: Site, actor: str, entries: Change | None = None) -> bool:
        """Makes a site with `entries` in it. False: it is there already, and stays as it is."""
        new = changed(Catalogue(site), entries or Change())
        for problem in problems(new):
            raise problem
        now = self._clock.now()
        async with self._turn, self._db.site(site.id) as conn:
            if not await store.insert_site(conn, site, now):
                return False
            notes = await store.write_changes(conn, Catalogue(site), new, actor, now)
            await store.write_audit(conn, site.id, actor, now, [("put", "site", {"after": shown(site)}), *notes])
            await self._tell_floor(site.id, FloorSpecs(), specs_wanted(new), actor)
        return True

    async def ensure_first_site(self) -> SiteId:
        """The first site of the installation; makes one that can be worked at if there is none."""
        if sites := await self.page(limit=1):
            return sites[0].id
        site = first_site()
        await self.found(site, SYSTEM, first_entries())
        return site.id

    async def change(
        self,
        site: SiteId,
        change: Change,
        actor: str,
        *,
        version: int | None = None,
        expected: Expected | None = None,
        beside: Beside | None = None,
    ) -> Catalogue:
        """Does all of `change` or nothing. Returns the set-up after it.

        `version`: refuse with `setup_moved` if somebody changed the set-up since this version was read.
        `expected`: refuse with `entry_moved` if one of these is not as it was seen.
        `beside`: what is written in the same transaction; it sees every site.
        Raises the first of `check.problems`, or what the floor refuses.
        """
        async with self._turn, self._db.site(ALL_SITES if beside else site) as conn:
            old = await self._lock(conn, site, version)
            check_fresh(old, expected or {})
            new = await self._write(conn, old, change, actor)
            if beside:
                await beside(conn)
            await self._tell_floor(site, specs_wanted(old), specs_wanted(new), actor)
        self._know(site, new)
        return new

    async def _lock(self, conn: Connection, site: SiteId, version: int | None) -> Catalogue:
        old = await store.lock_catalogue(conn, site, self._known.get(site))
        if old is None:
            raise site_exists_not(site)
        if version is not None and version != old.version:
            text = "The set-up was changed meanwhile: look at the difference again."
            raise CallerError("setup_moved", text, status=409, version=old.version)
        return old

    async def _write(self, conn: Connection, old: Catalogue, change: Change, actor: str) -> Catalogue:
        new = changed(old, _with_secrets(change, old))
        for problem in problems(new, of=old):
            raise problem
        await self._check_agents_free(conn, old, new)
        notes = await store.write_changes(conn, old, new, actor, self._clock.now())
        await store.write_audit(conn, new.site.id, actor, self._clock.now(), notes)
        return new

    async def _check_agents_free(self, conn: Connection, old: Catalogue, new: Catalogue) -> None:
        gone = old.agents.keys() - new.agents.keys()
        if gone and (taken := sorted(gone & await store.agents_of_people(conn, new.site.id))):
            text = f"A person still serves as {taken[0]!r}: give them another agent first, or remove them."
            raise CallerError("agent_in_use", text, status=409, agent=taken[0])

    async def _tell_floor(self, site: SiteId, old: FloorSpecs, new: FloorSpecs, actor: str) -> None:
        """All or nothing. What was cut off in between may have happened, so it is put back too."""
        tried: list[Command] = []
        try:
            for command in commands_between(old, new):
                tried.append(command)
                await self._submit(site, command, actor)
        except BaseException as error:
            if isinstance(error, CallerError):
                tried.pop()
            for command in reversed(tried):
                await self._put_back(site, undoing(command, old))
            raise

    async def _put_back(self, site: SiteId, command: Command) -> None:
        try:
            await self._submit(site, command, SYSTEM)
        except Exception as error:  # whatever it is, the next start puts it right, and the first error is to be told
            log.warning("setup.not_put_back", site=site, command=type(command).__name__, error=repr(error))

    # ---- the floor follows ---------------------------------------------------------------------

    async def reconcile(self, site: SiteId, floor: FloorSpecs) -> int:
        """Tells the floor where it differs from the tables; call it whenever its journal was replayed.

        `floor`: `specs_on_floor(state)`. Returns how many commands it took. What the floor refuses (a removed
        queue in which contacts still wait) is logged, and tried again at the next start.
        """
        async with self._turn:
            wanted = specs_wanted(await self.refresh(site))
            commands = commands_between(floor, wanted)
            return sum([await self._try(site, command) for command in commands])

    async def _try(self, site: SiteId, command: Command) -> bool:
        try:
            await self._submit(site, command, SYSTEM)
        except CallerError as refused:
            log.warning("setup.floor_differs", site=site, command=type(command).__name__, refused=refused.code)
            return False
        return True


def _with_secrets(change: Change, old: Catalogue) -> Change:
    if change.site is None:
        return change
    return Change(with_kept_secrets(change.site, old.site), change.puts, change.removals)


def site_exists_not(site: str) -> CallerError:
    return CallerError("site_exists_not", "There is no such site.", status=404, site=site)


def entry_exists_not(kind: Kind, id: str) -> CallerError:
    return CallerError("entry_exists_not", f"There is no {kind}/{id} at this site.", status=404, kind=kind, id=id)

"""Takes a table of people (see `people_file`) into the site: accounts, roles and agents in one transaction."""

import asyncio
from collections.abc import Sequence

import msgspec

from dryfly.floor.model import AgentId, SiteId
from dryfly.platform.database import Connection
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import new_id
from dryfly.platform.security import new_password
from dryfly.platform.sql import load_sql, rows_as
from dryfly.setup import store
from dryfly.setup.change import Change
from dryfly.setup.model import Catalogue, Person, PersonId, PersonRole
from dryfly.setup.people import People, audited
from dryfly.setup.people_file import Plan, RowProblem, Wanted, lines_of, plan_people
from dryfly.setup.sessions import Session, require_role
from dryfly.setup.sites import Sites
from dryfly.setup.tree import difference

sql = load_sql(__file__, "people.sql")

PROBLEMS_SHOWN_MAX = 500


class OneTimePassword(msgspec.Struct, frozen=True):
    email: str
    name: str
    password: str


class PeopleFileRead(msgspec.Struct, frozen=True):
    """`lines`: what would change, or has changed. `passwords` are shown this once."""

    rows_count: int
    problems: list[RowProblem]
    problems_count: int
    lines: list[str]
    version: int
    done: bool = False
    passwords: list[OneTimePassword] = []


class _Account(msgspec.Struct, frozen=True):
    row: Wanted
    id: PersonId
    password: str
    hashed: str


class PeopleFiles:
    def __init__(self, sites: Sites, people: People) -> None:
        self._sites = sites
        self._people = people
        self._turn = asyncio.Lock()  # a file takes a core for seconds: one at a time

    async def look(self, site: SiteId, body: bytes) -> PeopleFileRead:
        async with self._turn:
            catalogue, plan = await self._plan(site, body)
            return await asyncio.to_thread(_read, catalogue, plan)

    async def act(self, site: SiteId, body: bytes, by: Session, version: int | None) -> PeopleFileRead:
        """All of it or nothing; nothing where a line is wrong (`file_wrong`) or the set-up moved (`setup_moved`)."""
        require_role(by, site, PersonRole.ADMINISTRATOR)
        async with self._turn:
            catalogue, plan = await self._plan(site, body)
            seen = await asyncio.to_thread(_read, catalogue, plan)
            if plan.problems:
                first = plan.problems[0]
                raise CallerError("file_wrong", f"Line {first.line}: {first.text}", line=first.line)
            passwords = await self._write(catalogue, plan, by, version or catalogue.version)
            now = (await self._sites.catalogue(site)).version
            return msgspec.structs.replace(seen, version=now, done=True, passwords=passwords)

    async def _plan(self, site: SiteId, body: bytes) -> tuple[Catalogue, Plan]:
        catalogue = await self._sites.refresh(site)
        people = await self._people.everybody(site)
        return catalogue, await asyncio.to_thread(plan_people, body, catalogue, people)

    async def _write(self, catalogue: Catalogue, plan: Plan, by: Session, version: int) -> list[OneTimePassword]:
        """Somebody with an account keeps their password; their agents and roles go in with everybody's."""
        site, now = catalogue.site.id, self._people.clock.now()
        changed = plan.people_changed()
        new = [row for row in changed if row.before is None]
        plain = [new_password() for _ in new]
        hashed = await self._people.passwords.hash_one_time(plain)
        accounts = [_Account(row, PersonId(new_id(now)), *two) for row, *two in zip(new, plain, hashed, strict=True)]
        made: set[str] = set()

        async def beside(conn: Connection) -> None:
            await _check_unmoved(conn, site, changed)
            ids = await insert_accounts(conn, accounts, made, now)
            await write_people(conn, site, changed, ids)
            notes = [_note(row, ids[row.email]) for row in changed]
            await store.write_audit(conn, site, by.actor, now, notes)

        change = Change(puts=tuple(plan.agents_changed(catalogue)))
        await self._sites.change(site, change, by.actor, version=version, beside=beside)
        for row in changed:
            if row.before is not None:
                self._people.sessions.rights_changed(row.before.id)
        return [OneTimePassword(a.row.email, a.row.name, a.password) for a in accounts if a.row.email in made]


async def insert_accounts(
    conn: Connection, accounts: Sequence[_Account], made: set[str], now: int
) -> dict[str, PersonId]:
    """Who they are, by address. `made` gets those who had no account at any site."""
    columns = [(a.id, a.row.email, a.hashed) for a in accounts]
    ids, emails, hashes = ([row[number] for row in columns] for number in range(3))
    made.update(row["email"] for row in await conn.fetch(sql.insert_accounts, ids, emails, hashes, now))
    return {row["email"]: row["id"] for row in await conn.fetch(sql.read_accounts, emails)}


async def write_people(conn: Connection, site: SiteId, rows: Sequence[Wanted], ids: dict[str, PersonId]) -> None:
    ids.update({row.email: row.before.id for row in rows if row.before is not None})
    values = [(site, ids[row.email], row.email, row.name, row.role, row.agent_id) for row in rows]
    await conn.executemany(sql.put_person, values)


async def _check_unmoved(conn: Connection, site: SiteId, rows: Sequence[Wanted]) -> None:
    """People are not part of the set-up's version, so whether they are as they were seen is looked at again."""
    now = rows_as(Person, await conn.fetch(sql.list_everybody, site))
    there, taken = {person.email: person for person in now}, {person.agent: person.email for person in now}
    if any(there.get(row.email) != row.before or _is_taken(row, taken) for row in rows):
        raise CallerError("setup_moved", "Somebody changed these people meanwhile: look at the file again.", status=409)


def _is_taken(row: Wanted, taken: dict[AgentId | None, str]) -> bool:
    return row.agent_id is not None and taken.get(row.agent_id, row.email) != row.email


def _note(row: Wanted, id: PersonId) -> store.AuditNote:
    after = audited(Person(id, row.email, row.name, row.role, row.agent_id))
    before = {"before": audited(row.before)} if row.before else {}
    return "put", f"people/{id}", {**before, "after": after}


def _read(catalogue: Catalogue, plan: Plan) -> PeopleFileRead:
    change = Change(puts=tuple(plan.agents_changed(catalogue)))
    lines = lines_of(plan) + difference(catalogue, change)
    shown, count = plan.problems[:PROBLEMS_SHOWN_MAX], len(plan.problems)
    return PeopleFileRead(len(plan.rows) + count, shown, count, lines, catalogue.version)

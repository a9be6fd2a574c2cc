"""The people who sign in: who they are, and what they may do at a site.

An account (address, password) belongs to the installation; a role belongs to a site. An administrator of one
site gives and takes roles there. Touching the account itself (password, address) needs the administrator's
right at every site where the person has a role: else one company could sign in as another one's people.
"""

import asyncpg
import msgspec

from dryfly.floor.model import SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.database import ALL_SITES, Connection, Database
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import new_id
from dryfly.platform.security import new_password
from dryfly.platform.sql import load_sql, row_as, rows_as
from dryfly.setup import store
from dryfly.setup.check import check_email, check_name
from dryfly.setup.model import NewPerson, Person, PersonId, PersonMade, PersonRole
from dryfly.setup.passwords import Passwords
from dryfly.setup.sessions import Session, Sessions, require_role

sql = load_sql(__file__, "people.sql")

FIRST_EMAIL = "admin@localhost"


class People:
    def __init__(self, db: Database, clock: Clock, passwords: Passwords, sessions: Sessions) -> None:
        self._db = db
        self.clock = clock
        self.passwords = passwords
        self.sessions = sessions

    async def page(self, site: SiteId, after: str = "", limit: int = 200, find: str = "") -> list[Person]:
        """`find`: a part of the name or address; empty: everybody."""
        async with self._db.site(site) as conn:
            return rows_as(Person, await conn.fetch(sql.list_people, site, after, limit, find.strip()))

    async def everybody(self, site: SiteId) -> list[Person]:
        async with self._db.site(site) as conn:
            return rows_as(Person, await conn.fetch(sql.list_everybody, site))

    async def get(self, site: SiteId, id: PersonId) -> Person:
        async with self._db.site(site) as conn:
            return await _person(conn, site, id)

    async def add(self, site: SiteId, new: NewPerson, by: Session) -> PersonMade:
        """Gives somebody a role at the site; makes an account with a one-time password if they have none."""
        require_role(by, site, PersonRole.ADMINISTRATOR)
        email = check_email(new.email)
        check_name(new.name)
        password = new_password()
        hashed = await self.passwords.hash(password)
        async with self._db.site(ALL_SITES) as conn:
            id = PersonId(new_id(self.clock.now()))
            made = await conn.fetchval(sql.insert_account, id, email, hashed, self.clock.now())
            if not made:
                id = await conn.fetchval(sql.read_account, email)
            person = Person(id, email, new.name, new.role, new.agent)
            await _check_agent(conn, site, person)
            if not await conn.fetchval(sql.insert_person, site, id, email, person.name, person.role, person.agent):
                raise CallerError("person_exists", "Somebody with this address works here already.", status=409, id=id)
            await self._note(conn, site, by, "put", id, {"after": audited(person)})
        self.sessions.rights_changed(id)
        return PersonMade(person, password if made else None)

    async def put(self, site: SiteId, person: Person, by: Session) -> Person:
        """Changes name, role and agent, and the address where that is allowed. Takes effect on open sockets at once."""
        require_role(by, site, PersonRole.ADMINISTRATOR)
        check_name(person.name)
        person = msgspec.structs.replace(person, email=check_email(person.email))
        async with self._db.site(ALL_SITES) as conn:
            administrators = {row["id"] for row in await conn.fetch(sql.lock_administrators)}
            before = await _person(conn, site, person.id)
            if site == ALL_SITES and person.role is not PersonRole.ADMINISTRATOR:
                _check_not_last(administrators, person.id)
            await _check_agent(conn, site, person)
            await conn.execute(sql.update_person, site, person.id, person.name, person.role, person.agent)
            if person.email != before.email:
                await self._set_email(conn, person, by)
            await self._note(conn, site, by, "put", person.id, {"before": audited(before), "after": audited(person)})
        self.sessions.rights_changed(person.id)
        return person

    async def remove(self, site: SiteId, id: PersonId, by: Session) -> None:
        """Takes the role at this site; with the last role goes the account. Their sessions end at once."""
        require_role(by, site, PersonRole.ADMINISTRATOR)
        async with self._db.site(ALL_SITES) as conn:
            administrators = {row["id"] for row in await conn.fetch(sql.lock_administrators)}
            if site == ALL_SITES:
                _check_not_last(administrators, id)
            before = await _person(conn, site, id)
            await conn.execute(sql.remove_person, site, id)
            await conn.execute(sql.remove_account, id)
            await self._note(conn, site, by, "remove", id, {"before": audited(before)})
        await self.sessions.end_all(id, "removed")

    async def reset_password(self, site: SiteId, id: PersonId, by: Session, *, must_change: bool = True) -> PersonMade:
        """A one-time password, shown once. Their sessions end at once."""
        require_role(by, site, PersonRole.ADMINISTRATOR)
        password = new_password()
        hashed = await self.passwords.hash(password)
        async with self._db.site(ALL_SITES) as conn:
            person = await _person(conn, site, id)
            await _require_over_account(conn, id, by)
            await conn.execute(sql.set_password, id, hashed, must_change, self.clock.now())
            await self._note(conn, site, by, "reset_password", id, {})
        await self.sessions.end_all(id, "password_changed")
        return PersonMade(person, password)

    async def ensure_first_administrator(self, email: str = FIRST_EMAIL) -> str | None:
        """The one-time password of a first administrator of everything, or None if anybody can sign in already."""
        async with self._db.site(ALL_SITES) as conn:
            if await conn.fetchval(sql.any_account):
                return None
        password = new_password()
        hashed = await self.passwords.hash(password)
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(sql.lock_accounts)
            if await conn.fetchval(sql.any_account):
                return None
            id, now = PersonId(new_id(self.clock.now())), self.clock.now()
            await conn.execute(sql.insert_account, id, check_email(email), hashed, now)
            await conn.execute(sql.insert_person, ALL_SITES, id, email, "Administrator", "administrator", None)
            await store.write_audit(conn, ALL_SITES, "system:setup", now, [("put", f"people/{id}", {})])
        return password

    async def _set_email(self, conn: Connection, person: Person, by: Session) -> None:
        await _require_over_account(conn, person.id, by)
        try:
            await conn.execute(sql.set_email, person.id, person.email)
        except asyncpg.UniqueViolationError:
            raise CallerError("person_exists", "Somebody else has this address.", status=409) from None
        await conn.execute(sql.set_email_everywhere, person.id, person.email)

    async def _note(
        self, conn: Connection, site: str, by: Session, action: str, id: str, values: dict[str, object]
    ) -> None:
        await store.write_audit(conn, site, by.actor, self.clock.now(), [(action, f"people/{id}", values)])


async def _person(conn: Connection, site: SiteId, id: PersonId) -> Person:
    found = row_as(Person, await conn.fetchrow(sql.read_person, site, id))
    if found is None:
        raise CallerError("person_exists_not", "Nobody with this id works at this site.", status=404, id=id)
    return found


async def _require_over_account(conn: Connection, id: PersonId, by: Session) -> None:
    for row in await conn.fetch(sql.sites_of, id):
        if by.role_at(row["site"]) is not PersonRole.ADMINISTRATOR:
            text = (
                "This person works at other sites too: they change it themselves, or an administrator of all of them."
            )
            raise CallerError("person_of_other_sites", text, status=403)


async def _check_agent(conn: Connection, site: SiteId, person: Person) -> None:
    """The agent is there, stays there until we are done, and is nobody else's."""
    if person.agent is None:
        if person.role is PersonRole.AGENT:
            raise CallerError("agent_missing", "Say as which agent this person serves contacts.")
        return
    await conn.execute(sql.lock_setup, site)
    if not await conn.fetchval(sql.keep_agent, site, person.agent):
        raise CallerError(
            "agent_exists_not", "There is no such agent here: make it first.", status=409, id=person.agent
        )
    if await conn.fetchval(sql.agent_taken, site, person.agent, person.id):
        raise CallerError("agent_taken", "Somebody else serves as this agent.", status=409, id=person.agent)


def _check_not_last(administrators: set[str], id: str) -> None:
    if administrators <= {id}:
        text = "Nobody could administer this installation any more: name another administrator first."
        raise CallerError("last_administrator", text, status=409)


def audited(person: Person) -> dict[str, object]:
    """Role and agent, without the name and address of somebody who may have to be forgotten."""
    return {"role": person.role, "agent": person.agent}

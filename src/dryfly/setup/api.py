"""The set-up over HTTP. Supervisors read it, administrators change it; `?site=` names another site than one's own.

Lists come in the order of their ids: `after` is the last id seen, `limit` at most 200. What is read carries its
tag (`ETag`); sent back as `If-Match` with a change, it keeps two people from losing each other's work.
"""

import asyncio
from typing import Any

import msgspec
from litestar import Request, Response, Router, delete, get, post, put
from litestar.datastructures import CacheControlHeader
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery, JSONBody, RawBody

from dryfly.floor.model import SiteId
from dryfly.platform.database import ALL_SITES
from dryfly.platform.errors import CallerError
from dryfly.platform.reading import check_nothing_unknown
from dryfly.setup.advice import Finding, findings, warnings
from dryfly.setup.change import Change, changed
from dryfly.setup.edits import Blanks, EditsAsked, only_kind, read_edits
from dryfly.setup.model import (
    STRUCT_OF,
    AuditLine,
    Catalogue,
    Entry,
    Kind,
    NewPerson,
    Person,
    PersonId,
    PersonMade,
    PersonRole,
    Site,
    shown,
)
from dryfly.setup.people import People
from dryfly.setup.people_files import PeopleFileRead, PeopleFiles
from dryfly.setup.sessions import Session, Sessions, require_role
from dryfly.setup.sites import Sites, entry_exists_not
from dryfly.setup.stale import SITE, tag_of
from dryfly.setup.tree import difference, export_tree, read_tree

LIMIT_MAX = 200
NO_STORE = CacheControlHeader(no_store=True)

Req = Request[Any, Any, Any]
AtSite = FromQuery[str | None]
Id = FromPath[str]
After = FromQuery[str]
Limit = FromQuery[int]


class TreeDifference(msgspec.Struct, frozen=True):
    """What the tree would change (or changed), as lines, and what is to be said of it. `version`: send it with
    `act=true`."""

    lines: list[str]
    version: int
    done: bool
    findings: list[Finding] = []


OF_SUPERVISORS = frozenset({Kind.ALERTS})
"""What supervisors change without an administrator."""


class Door:
    """Who may come in, to which site."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def reader(self, request: Req, site: str | None) -> SiteId:
        return (await self.enter(request, site, PersonRole.SUPERVISOR))[1]

    async def changer(self, request: Req, site: str | None, kind: Kind | None = None) -> tuple[Session, SiteId]:
        needed = PersonRole.SUPERVISOR if kind in OF_SUPERVISORS else PersonRole.ADMINISTRATOR
        return await self.enter(request, site, needed)

    async def anybody(self, request: Req) -> Session:
        return await self._sessions.require(request.scope)

    async def enter(self, request: Req, site: str | None, needed: PersonRole) -> tuple[Session, SiteId]:
        session = await self._sessions.require(request.scope)
        at = SiteId(site or session.site)
        require_role(session, at, needed)
        return session, at


def setup_router(sites: Sites, people: People, sessions: Sessions) -> Router:
    door = Door(sessions)
    handlers = [
        *site_handlers(sites, door),
        *people_handlers(people, door),
        *tree_handlers(sites, door),
        *edit_handlers(sites, door),
        *people_file_handlers(PeopleFiles(sites, people), door),
        *(handler for kind in Kind for handler in entry_handlers(kind, sites, door)),
    ]
    return Router("/api/setup", route_handlers=handlers, cache_control=NO_STORE, tags=["setup"])


def check_limit(limit: int) -> int:
    if not 1 <= limit <= LIMIT_MAX:
        raise CallerError("limit_wrong", f"Ask for 1 to {LIMIT_MAX} at a time.", limit_max=LIMIT_MAX)
    return limit


def _check_same_id(id: str, told: str) -> None:
    if id != told:
        raise CallerError("id_differs", "The id in the path and in the body are not the same.", id=id)


def _tagged(entry: Entry | Site) -> Response[Any]:
    return Response(entry, headers={"etag": f'"{tag_of(entry)}"'})


def _seen(request: Req, where: str) -> dict[str, str]:
    """What the sender saw there before they changed it, where they say so."""
    tag = request.headers.get("if-match")
    return {} if tag is None else {where: tag.strip().removeprefix("W/").strip('"')}


def entry_handlers(kind: Kind, sites: Sites, door: Door) -> list[HTTPRouteHandler]:
    """The four ways to one kind of entry. Their types are the kind's own, for the reader and for OpenAPI."""

    async def list_entries(request: Req, site: AtSite = None, after: After = "", limit: Limit = LIMIT_MAX) -> Any:
        at = await door.reader(request, site)
        entries = (await sites.refresh(at)).entries(kind)
        ids = sorted(id for id in entries if id > after)[: check_limit(limit)]
        return [entries[id] for id in ids]

    async def read_entry(request: Req, id: Id, site: AtSite = None) -> Any:
        at = await door.reader(request, site)
        entry = (await sites.refresh(at)).entries(kind).get(id)
        if entry is None:
            raise entry_exists_not(kind, id)
        return _tagged(entry)

    async def put_entry(request: Req, id: Id, data: Any, body: RawBody, site: AtSite = None) -> Any:
        session, at = await door.changer(request, site, kind)
        entry: Entry = data
        _check_same_id(id, entry.id)
        check_nothing_unknown(msgspec.json.decode(body), entry, f"{kind}/{id}")
        seen = _seen(request, f"{kind}/{id}")
        catalogue = await sites.change(at, Change(puts=(entry,)), session.actor, expected=seen)
        return _tagged(catalogue.entries(kind)[id])

    async def remove_entry(request: Req, id: Id, site: AtSite = None) -> None:
        session, at = await door.changer(request, site, kind)
        seen = _seen(request, f"{kind}/{id}")
        await sites.change(at, Change(removals=((kind, id),)), session.actor, expected=seen)

    struct = STRUCT_OF[kind]
    list_entries.__annotations__["return"] = list[struct]  # type: ignore[valid-type]
    read_entry.__annotations__["return"] = Response[struct]  # type: ignore[valid-type]
    put_entry.__annotations__ |= {"data": JSONBody[struct], "return": Response[struct]}  # type: ignore[misc, valid-type]
    name = kind.replace("-", "_")
    return [
        get(f"/{kind}", operation_id=f"list_{name}")(list_entries),
        get(f"/{kind}/{{id:str}}", operation_id=f"read_{name}")(read_entry),
        put(f"/{kind}/{{id:str}}", operation_id=f"put_{name}")(put_entry),
        delete(f"/{kind}/{{id:str}}", operation_id=f"remove_{name}")(remove_entry),
    ]


def site_handlers(sites: Sites, door: Door) -> list[HTTPRouteHandler]:
    @get("/sites")
    async def list_sites(request: Req, after: After = "", limit: Limit = LIMIT_MAX) -> list[Site]:
        """The sites at which one is at least a supervisor."""
        session = await door.anybody(request)
        everywhere = session.role_at(ALL_SITES) is not None
        mine = [site for site, role in session.roles.items() if role.covers(PersonRole.SUPERVISOR)]
        return [shown(site) for site in await sites.page(after, check_limit(limit), None if everywhere else mine)]

    @get("/sites/{id:str}")
    async def read_site(request: Req, id: Id) -> Response[Site]:
        return _tagged(shown((await sites.refresh(await door.reader(request, id))).site))

    @put("/sites/{id:str}")
    async def put_site(request: Req, id: Id, data: JSONBody[Site], body: RawBody) -> Response[Site]:
        """Changes a site; makes it, for an administrator of the installation. A secret sent as "••••" is kept."""
        session, at = await door.changer(request, id)
        _check_same_id(id, data.id)
        check_nothing_unknown(msgspec.json.decode(body), data, "site")
        if session.role_at(ALL_SITES) is PersonRole.ADMINISTRATOR and await sites.found(data, session.actor):
            return _tagged(shown(data))
        seen = _seen(request, SITE)
        return _tagged(shown((await sites.change(at, Change(site=data), session.actor, expected=seen)).site))

    @get("/audit")
    async def list_audit(
        request: Req,
        site: AtSite = None,
        before: FromQuery[int | None] = None,
        limit: Limit = LIMIT_MAX,
    ) -> list[AuditLine]:
        """Who changed what, the newest first."""
        _, at = await door.changer(request, site)
        return await sites.audit(at, before, check_limit(limit))

    return [list_sites, read_site, put_site, list_audit]


def people_handlers(people: People, door: Door) -> list[HTTPRouteHandler]:
    @get("/people")
    async def list_people(
        request: Req, site: AtSite = None, after: After = "", limit: Limit = LIMIT_MAX, find: FromQuery[str] = ""
    ) -> list[Person]:
        """`find`: a part of the name, the address or the agent."""
        return await people.page(await door.reader(request, site), after, check_limit(limit), find)

    @get("/people/{id:str}")
    async def read_person(request: Req, id: Id, site: AtSite = None) -> Person:
        return await people.get(await door.reader(request, site), PersonId(id))

    @post("/people")
    async def add_person(request: Req, data: JSONBody[NewPerson], site: AtSite = None) -> PersonMade:
        session, at = await door.changer(request, site)
        return await people.add(at, data, session)

    @put("/people/{id:str}")
    async def put_person(request: Req, id: Id, data: JSONBody[Person], site: AtSite = None) -> Person:
        session, at = await door.changer(request, site)
        _check_same_id(id, data.id)
        return await people.put(at, data, session)

    @delete("/people/{id:str}")
    async def remove_person(request: Req, id: Id, site: AtSite = None) -> None:
        session, at = await door.changer(request, site)
        await people.remove(at, PersonId(id), session)

    @post("/people/{id:str}/password")
    async def reset_password(request: Req, id: Id, site: AtSite = None) -> PersonMade:
        session, at = await door.changer(request, site)
        return await people.reset_password(at, PersonId(id), session)

    return [list_people, read_person, add_person, put_person, remove_person, reset_password]


def edit_handlers(sites: Sites, door: Door) -> list[HTTPRouteHandler]:
    @get("/catalogue")
    async def read_catalogue(
        request: Req, site: AtSite = None, known: FromQuery[int | None] = None
    ) -> Response[Catalogue | None]:
        """The whole set-up at one moment; no content if `known` is its version."""
        catalogue = await sites.refresh(await door.reader(request, site))
        if known == catalogue.version:
            return Response(None, status_code=204)
        return Response(msgspec.structs.replace(catalogue, site=shown(catalogue.site)))

    @get("/blanks")
    async def read_blanks(request: Req) -> Blanks:
        """What a new entry of each kind begins with."""
        await door.anybody(request)
        return Blanks()

    @post("/edits", status_code=200)
    async def edit(request: Req, data: JSONBody[EditsAsked], site: AtSite = None) -> TreeDifference:
        """Changes several entries, all or none; refused with `entry_moved` where one is not as it was seen."""
        session, at = await door.changer(request, site, only_kind(data.edits))
        catalogue = await sites.refresh(at)
        change, expected = await asyncio.to_thread(read_edits, data.edits, catalogue)
        lines = await asyncio.to_thread(difference, catalogue, change)
        found = await asyncio.to_thread(findings, catalogue, changed(catalogue, change), sites.now())
        if data.act:
            catalogue = await sites.change(at, change, session.actor, expected=expected)
        return TreeDifference(lines, catalogue.version, data.act, found)

    @get("/findings")
    async def read_findings(request: Req, site: AtSite = None) -> list[Finding]:
        """What will surprise in the set-up as it is."""
        catalogue = await sites.refresh(await door.reader(request, site))
        return await asyncio.to_thread(lambda: list(warnings(catalogue, sites.now())))

    return [read_catalogue, read_blanks, read_findings, edit]


def people_file_handlers(files: PeopleFiles, door: Door) -> list[HTTPRouteHandler]:
    @post("/people-file", status_code=200)
    async def read_people_file(
        request: Req,
        body: RawBody,
        site: AtSite = None,
        act: FromQuery[bool] = False,
        version: FromQuery[int | None] = None,
    ) -> PeopleFileRead:
        """Shows what the CSV in the body would change, and what is wrong with it by line and column; with
        `act=true` and the `version` shown before, does all of it."""
        session, at = await door.changer(request, site)
        if act:
            return await files.act(at, body, session, version)
        return await files.look(at, body)

    return [read_people_file]


def tree_handlers(sites: Sites, door: Door) -> list[HTTPRouteHandler]:
    @get("/tree", media_type="application/yaml")
    async def read_whole_tree(request: Req, site: AtSite = None) -> Response[str]:
        at = await door.reader(request, site)
        return Response(await asyncio.to_thread(export_tree, await sites.refresh(at)), media_type="application/yaml")

    @post("/tree", status_code=200)
    async def apply_tree(
        request: Req,
        body: RawBody,
        site: AtSite = None,
        act: FromQuery[bool] = False,
        version: FromQuery[int | None] = None,
    ) -> TreeDifference:
        """Shows what the tree in the body would change; with `act=true` and the `version` shown before, does it."""
        session, at = await door.changer(request, site)
        catalogue = await sites.refresh(at)
        change = await asyncio.to_thread(read_tree, body, catalogue)
        lines = difference(catalogue, change)
        found = await asyncio.to_thread(findings, catalogue, changed(catalogue, change), sites.now())
        if act and lines:
            catalogue = await sites.change(at, change, session.actor, version=version or catalogue.version)
        return TreeDifference(lines, catalogue.version, act, found)

    return [read_whole_tree, apply_tree]

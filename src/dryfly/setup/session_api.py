"""Signing in and out over HTTP."""

from typing import Any

import msgspec
from litestar import Response, Router, delete, get, post, put
from litestar.params import JSONBody

from dryfly.floor.model import SiteId
from dryfly.platform.security import address_of, require_same_origin
from dryfly.setup.api import NO_STORE, Req
from dryfly.setup.model import ALL_SITES, ChangePassword, Me, PersonRole, SignedIn, SignIn, SitePlace
from dryfly.setup.sessions import Session, Sessions, require_role, set_cookie, unset_cookie
from dryfly.setup.sign_in import SignIns
from dryfly.setup.sites import Sites

SITES_SHOWN_MAX = 500


class MoveTo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    site: str


async def me_of(session: Session, sites: Sites) -> Me:
    """Who a session is, as screens show it."""
    role = session.role_at(session.site)
    assert role is not None, session.person
    title = (await sites.catalogue(session.site)).site.title
    return Me(session.person, session.name, session.email, session.site, title, role, session.agent)


async def signed_in(session: Session, sites: Sites) -> SignedIn:
    return SignedIn(await me_of(session, sites), session.guard, session.must_change)


async def places_of(session: Session, sites: Sites) -> list[SitePlace]:
    """Where this person may work. A role at all sites is one at each."""
    only = None if ALL_SITES in session.roles else list(session.roles)
    found = await sites.page(limit=SITES_SHOWN_MAX, only=only)
    roles = [(site, session.role_at(site.id)) for site in found]
    return [SitePlace(site.id, site.title, role) for site, role in roles if role is not None]


def session_router(sites: Sites, sessions: Sessions, sign_ins: SignIns) -> Router:
    async def answer(request: Req, token: str, session: Session) -> Response[SignedIn]:
        headers = {"set-cookie": set_cookie(token, request.scope)}
        return Response(await signed_in(session, sites), headers=headers)

    @post("/", status_code=200)
    async def sign_in(request: Req, data: JSONBody[SignIn]) -> Response[SignedIn]:
        """A page elsewhere must not sign its visitor in under a name of its own, so this too is for our pages."""
        require_same_origin(request.scope)
        return await answer(request, *await sign_ins.sign_in(data.email, data.password, address_of(request.scope)))

    @get("/")
    async def read_session(request: Req) -> SignedIn:
        return await signed_in(await sessions.require(request.scope), sites)

    @delete("/", status_code=204)
    async def sign_out(request: Req) -> Response[None]:
        await sign_ins.sign_out(await sessions.require(request.scope))
        clear = {"set-cookie": unset_cookie(request.scope), "clear-site-data": '"cache", "storage"'}
        return Response(None, status_code=204, headers=clear)

    @put("/password")
    async def change_password(request: Req, data: JSONBody[ChangePassword]) -> Response[SignedIn]:
        session = await sessions.require(request.scope)
        address = address_of(request.scope)
        return await answer(request, *await sign_ins.change_password(session, data.old, data.new, address))

    @put("/site")
    async def move(request: Req, data: JSONBody[MoveTo]) -> SignedIn:
        """Works at another site where one has a role."""
        session = await sessions.require(request.scope)
        require_role(session, data.site, PersonRole.AGENT)
        await sites.refresh(SiteId(data.site))
        await sessions.move(session, SiteId(data.site))
        return await read_again(request)

    @get("/sites")
    async def read_sites(request: Req) -> list[SitePlace]:
        """The sites where one has a role, for whoever works at several."""
        session = await sessions.require(request.scope)
        require_role(session, session.site, PersonRole.AGENT)
        return await places_of(session, sites)

    async def read_again(request: Req) -> SignedIn:
        return await signed_in(await sessions.require(request.scope), sites)

    handlers: list[Any] = [sign_in, read_session, sign_out, change_password, read_sites, move]
    return Router("/api/session", route_handlers=handlers, cache_control=NO_STORE, tags=["session"])

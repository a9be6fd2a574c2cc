"""The ways from a request, or a site's name, to the part of the house that answers. Rights are checked on the way."""

from typing import Any

from litestar import Request

from dryfly.channels.web.gateway import WidgetGateway
from dryfly.desk.calling import Calling
from dryfly.desk.helping import Helping
from dryfly.desk.pages import Pages
from dryfly.desk.routing import Routing
from dryfly.desk.searching import Searching
from dryfly.floor.model import SiteId
from dryfly.service.app import widget_of
from dryfly.service.opening import Openings
from dryfly.service.server import Server
from dryfly.setup.model import Catalogue, Me, PersonRole
from dryfly.setup.session_api import me_of
from dryfly.setup.sessions import Session, require_role

Req = Request[Any, Any, Any]


class Ways:
    """Of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    # ---- by who asks ---------------------------------------------------------------------------

    async def _session(self, request: Req, role: PersonRole) -> Session:
        session = await self._server.sessions.require(request.scope)
        require_role(session, session.site, role)
        return session

    async def somebody(self, request: Req) -> Me:
        return await me_of(await self._session(request, PersonRole.AGENT), self._server.sites)

    async def administrator(self, request: Req) -> Me:
        return await me_of(await self._session(request, PersonRole.ADMINISTRATOR), self._server.sites)

    async def supervised(self, request: Req) -> SiteId:
        return (await self._session(request, PersonRole.SUPERVISOR)).site

    async def supervised_widget(self, request: Req) -> WidgetGateway:
        return (await self._server.at_work(await self.supervised(request))).widget

    async def widget(self, request: Req, site: str) -> WidgetGateway:
        """A picture in a page says no origin; the visitor's secret in its address is what opens it."""
        if request.method == "GET":
            return (await self._server.at_work(SiteId(site))).widget
        return await widget_of(self._server, request.scope, site)

    # ---- by site -------------------------------------------------------------------------------

    async def pages(self, site: str) -> Pages:
        return (await self._server.at_work(SiteId(site))).pages

    async def reading(self, site: str) -> tuple[Pages, Searching]:
        at_work = await self._server.at_work(SiteId(site))
        return at_work.pages, at_work.searching

    async def routing(self, site: str) -> Routing:
        return (await self._server.at_work(SiteId(site))).routing

    async def helping(self, site: str) -> tuple[Helping, Catalogue]:
        at_work = await self._server.at_work(SiteId(site))
        return at_work.helping, at_work.catalogue()

    async def calling(self, site: str) -> Calling:
        return (await self._server.at_work(SiteId(site))).desk.calling

    async def openings(self, site: SiteId) -> Openings:
        return (await self._server.at_work(site)).openings

"""The HTTP face of all rooms, put together."""

from typing import Any

from litestar import Litestar, Request

from dryfly.channels.web.api import widget_router
from dryfly.channels.web.gateway import WidgetGateway
from dryfly.conversations.store import Conversations
from dryfly.desk.api import desk_router
from dryfly.desk.pages import Pages
from dryfly.floor.model import SiteId
from dryfly.service.app import Application, widget_of
from dryfly.service.server import Server
from dryfly.setup.api import setup_router
from dryfly.setup.model import Me, PersonRole
from dryfly.setup.session_api import me_of, session_router
from dryfly.setup.sessions import require_role

Req = Request[Any, Any, Any]


def application(server: Server) -> Application:
    return Application(server, http_face(server))


def http_face(server: Server) -> Litestar:
    """Everything but the sockets. Opened without a server it still tells its OpenAPI document."""

    async def who(request: Req) -> Me:
        session = await server.sessions.require(request.scope)
        require_role(session, session.site, PersonRole.AGENT)
        return await me_of(session, server.sites)

    async def pages_of(site: str) -> Pages:
        return (await server.at_work(SiteId(site))).pages

    async def gateway_of(request: Req, site: str) -> WidgetGateway:
        return await widget_of(server, request.scope, site)

    conversations = Conversations(server.db)
    return Litestar(
        route_handlers=[
            session_router(server.sites, server.sessions, server.sign_ins),
            setup_router(server.sites, server.people, server.sessions),
            desk_router(who, pages_of, conversations, server.clock),
            widget_router(gateway_of, conversations, server.clock),
        ],
    )

"""The one ASGI application: sockets to their gateways, everything else to Litestar."""

from collections.abc import Callable
from functools import partial
from typing import Any

from litestar import Litestar

from dryfly.channels.web.gateway import WidgetGateway
from dryfly.floor.model import SiteId
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.security import Places, address_of, require_origin
from dryfly.platform.sockets import (
    CLOSE_AGAIN,
    CLOSE_FORBIDDEN,
    CLOSE_SIGNED_OUT,
    Conversation,
    Outbox,
    Receive,
    Scope,
    Send,
    converse,
    refuse,
)
from dryfly.service.server import Server, require_ready
from dryfly.setup.model import PersonRole
from dryfly.setup.session_api import me_of
from dryfly.setup.sessions import Ended, require_role

CLOSES = {401: CLOSE_SIGNED_OUT, 503: CLOSE_AGAIN}
SOCKETS_OF_AN_ADDRESS_MAX = 500  # a company's whole floor may sit behind one


class Application:
    """What the web server runs."""

    def __init__(self, server: Server, http: Litestar) -> None:
        self._server = server
        self._http = http
        self._places = Places(SOCKETS_OF_AN_ADDRESS_MAX)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._http(scope, receive, send)  # type: ignore[arg-type]

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A page cannot read why a handshake failed, so whoever is refused is told on the open socket."""
        address = address_of(scope)
        try:
            self._places.take(address)
        except CallerError as error:
            await refuse(receive, send, CLOSE_AGAIN, error.code, error.text)
            return
        try:
            begin = await self._beginning(scope)
            await converse(receive, send, begin)
        except CallerError as error:
            await refuse(receive, send, CLOSES.get(error.status, CLOSE_FORBIDDEN), error.code, error.text)
        except PeerError as error:
            await refuse(receive, send, CLOSE_AGAIN, error.code, error.text)
        finally:
            self._places.free(address)

    async def _beginning(self, scope: Scope) -> Callable[[Outbox], Conversation]:
        require_ready(self._server)
        match scope["path"].strip("/").split("/"):
            case ["widget", site, "socket"]:
                return (await widget_of(self._server, scope, site)).begin
            case ["desk", "socket"]:
                return await self._desk(scope)
            case _:
                raise CallerError("no_such_socket", "There is no socket at this address.", status=404)

    async def _desk(self, scope: Scope) -> Callable[[Outbox], Conversation]:
        session = await self._server.sessions.require(scope)
        require_role(session, session.site, PersonRole.AGENT)
        me = await me_of(session, self._server.sites)
        at_work = await self._server.at_work(session.site)

        def begin(outbox: Outbox) -> Conversation:
            def end(ended: Ended) -> None:
                conversation.is_signed_out = not ended.again
                _end(outbox, ended)

            conversation = at_work.desk.begin(outbox, me)
            conversation.touch = partial(self._server.sessions.touch, session)
            conversation.unwatch = self._server.sessions.watch(session, end)
            return conversation

        return begin


async def widget_of(server: Server, scope: Scope | Any, site: str) -> WidgetGateway:
    """A site's widget, for pages of the installation and of the site's list."""
    at_work = await server.at_work(SiteId(site))
    require_origin(scope, at_work.catalogue().site.origins)
    return at_work.widget


def _end(outbox: Outbox, ended: Ended) -> None:
    """The session is over, or its rights changed: the socket closes at once."""
    code = CLOSE_AGAIN if ended.again else CLOSE_SIGNED_OUT
    outbox.close(code, ended.reason, "Sign in again." if not ended.again else "Say hello again.", again=ended.again)

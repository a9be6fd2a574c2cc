"""How contacts find their agents, over HTTP: read on demand, by those who may read the talk."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Router, get
from litestar.params import FromPath

from dryfly.desk.api import NO_STORE, Who
from dryfly.desk.routing import Routing
from dryfly.desk.routing_words import RoutingPage
from dryfly.floor.model import ContactId

Req = Request[Any, Any, Any]
RoutingOf = Callable[[str], Awaitable[Routing]]


def routing_router(who: Who, routing_of: RoutingOf) -> Router:
    @get("/talks/{contact:str}/routing")
    async def read_routing(request: Req, contact: FromPath[str]) -> RoutingPage:
        """How it came where it is, decision by decision; and for one who waits, what stands in its way."""
        me = await who(request)
        return await (await routing_of(me.site)).page(me, ContactId(contact))

    return Router("/api", route_handlers=[read_routing], cache_control=NO_STORE, tags=["desk"])

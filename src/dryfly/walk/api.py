"""Walking from the console: supervisors begin a walk and see what the customer sees."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Router, delete, get, post
from litestar.params import JSONBody

from dryfly.floor.model import SiteId
from dryfly.setup.api import NO_STORE
from dryfly.walk.running import Walks
from dryfly.walk.words import WalkAsked, WalkPage

Req = Request[Any, Any, Any]


def walk_router(site_of: Callable[[Req], Awaitable[SiteId]], walks: Walks) -> Router:
    """`site_of`: the supervisor's site; it refuses everybody else."""

    @get("/")
    async def page(request: Req) -> WalkPage:
        return walks.page(await site_of(request))

    @post("/", status_code=202)
    async def begin(request: Req, data: JSONBody[WalkAsked]) -> WalkPage:
        site = await site_of(request)
        walks.begin(site, _own_address(request), data.script)
        return walks.page(site)

    @delete("/", status_code=200)
    async def end(request: Req) -> WalkPage:
        site = await site_of(request)
        await walks.end(site)
        return walks.page(site)

    handlers: list[Any] = [page, begin, end]
    return Router("/api/walk", route_handlers=handlers, cache_control=NO_STORE, tags=["walk"])


def _own_address(request: Req) -> str:
    """Where this very server listens, as seen from itself; never what the request claims."""
    host, port = request.scope["server"] or ("127.0.0.1", 80)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

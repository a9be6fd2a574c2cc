"""The widget over HTTP: files that the customer attaches, and those that they were sent."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery, RawBody

from dryfly.channels.web.gateway import WidgetGateway, visitor_id
from dryfly.conversations.files import file_response
from dryfly.conversations.model import AttachmentRef
from dryfly.conversations.store import Conversations
from dryfly.floor.model import SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import new_id

Req = Request[Any, Any, Any]
RESUME_HEADER = "x-dryfly-resume"

GatewayOf = Callable[[Req, str], Awaitable[WidgetGateway]]


def widget_router(gateway_of: GatewayOf, conversations: Conversations, clock: Clock) -> Router:
    """`gateway_of` gives a site's widget to pages that may open it, and refuses the others."""

    @post("/{site:str}/attachments")
    async def put_attachment(
        request: Req, site: FromPath[str], body: RawBody, name: FromQuery[str] = "file"
    ) -> AttachmentRef:
        """The file is the body; it is sent with the next message that names its id."""
        gateway = await gateway_of(request, site)
        visitor = visitor_id(_require_resume(request))
        gateway.require_attaching(visitor)
        media_type = request.headers.get("content-type", "application/octet-stream")
        return await conversations.put_attachment(SiteId(site), new_id(clock.now()), visitor, name, media_type, body)

    @get("/{site:str}/attachments/{id:str}")
    async def read_attachment(
        request: Req, site: FromPath[str], id: FromPath[str], resume: FromQuery[str] = ""
    ) -> Response[bytes]:
        """A file of the visitor's own talk. A picture in a page cannot send a header: `resume` may be in the query."""
        gateway = await gateway_of(request, site)
        visitor, contact = await gateway.visitor_of(resume or _require_resume(request))
        found = await conversations.attachment(SiteId(site), id)
        if found is None or (found.owner != visitor and (contact is None or found.contact != contact)):
            raise CallerError("attachment_unknown", "There is no such file.", status=404)
        return file_response(found.name, found.media_type, found.content)

    return Router("/widget", route_handlers=[put_attachment, read_attachment], tags=["widget"])


def _require_resume(request: Req) -> str:
    resume = request.headers.get(RESUME_HEADER)
    if not resume:
        raise CallerError("resume_missing", f"Send the visitor's `resume` as the header {RESUME_HEADER}.", status=401)
    return resume

"""The desk over HTTP: pages that are read once, and files. Everything that happens goes through the socket."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.datastructures import CacheControlHeader
from litestar.params import FromPath, FromQuery, RawBody

from dryfly.conversations.files import file_response
from dryfly.conversations.model import AttachmentRef
from dryfly.conversations.store import Conversations
from dryfly.desk import words
from dryfly.desk.calling import Calling
from dryfly.desk.helping import Helping, Replies, Suggestions
from dryfly.desk.pages import Pages
from dryfly.floor.model import AgentId, ContactId, SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import new_id
from dryfly.setup.model import Catalogue, PersonRole

Req = Request[Any, Any, Any]
NO_STORE = CacheControlHeader(no_store=True)

Who = Callable[[Req], Awaitable[words.Me]]
PagesOf = Callable[[str], Awaitable[Pages]]
HelpingOf = Callable[[str], Awaitable[tuple[Helping, Catalogue]]]


def helping_router(who: Who, pages_of: PagesOf, helping_of: HelpingOf) -> Router:
    """Words that need not be written anew. The second of `helping_of` is the site's set-up."""

    @get("/replies")
    async def read_replies(request: Req) -> Replies:
        """The canned replies of my site."""
        me = await who(request)
        helping, catalogue = await helping_of(me.site)
        return helping.replies(catalogue, me)

    @get("/talks/{contact:str}/suggestions")
    async def read_suggestions(request: Req, contact: FromPath[str]) -> Suggestions:
        """At most three answers to what the customer said last, for an agent to read, change and send."""
        me = await who(request)
        await (await pages_of(me.site)).require_reader(me, ContactId(contact))
        helping, catalogue = await helping_of(me.site)
        return await helping.suggestions(catalogue, ContactId(contact))

    return Router("/api", route_handlers=[read_replies, read_suggestions], cache_control=NO_STORE, tags=["desk"])


def calling_router(who: Who, calling_of: Callable[[str], Awaitable[Calling]]) -> Router:
    """Customers who were promised a call."""

    @get("/talks/{contact:str}/call")
    async def read_call(request: Req, contact: FromPath[str]) -> words.CallPage:
        """The number to call, for the agent who serves the talk. The gate is asked for leave."""
        me = await who(request)
        calling = await calling_of(me.site)
        return await calling.page(ContactId(contact), AgentId(me.agent) if me.agent else None)

    @get("/talks/{contact:str}/call/slots")
    async def read_slots(request: Req, contact: FromPath[str]) -> words.CallSlots:
        """When this customer's call back could be instead, for a supervisor who moves it."""
        me = await who(request)
        if me.role is PersonRole.AGENT:
            raise CallerError("not_allowed", "This is for supervisors.", status=403)
        return (await calling_of(me.site)).slots(ContactId(contact))

    return Router("/api", route_handlers=[read_call, read_slots], cache_control=NO_STORE, tags=["desk"])


def desk_router(who: Who, pages_of: PagesOf, conversations: Conversations, clock: Clock) -> Router:
    """`who` tells who asks, or refuses; `pages_of` gives the pages of a site."""

    @get("/talks/{contact:str}")
    async def read_talk(request: Req, contact: FromPath[str]) -> words.TalkPage:
        """Everything about one talk that is, or was, on this desk."""
        me = await who(request)
        return await (await pages_of(me.site)).talk(me, ContactId(contact))

    @get("/talks/{contact:str}/messages")
    async def read_messages(
        request: Req, contact: FromPath[str], before: FromQuery[int], limit: FromQuery[int] = 200
    ) -> words.MessagesPage:
        me = await who(request)
        return await (await pages_of(me.site)).messages(me, ContactId(contact), before, limit)

    @post("/attachments")
    async def put_attachment(request: Req, body: RawBody, name: FromQuery[str] = "file") -> AttachmentRef:
        """The file is the body; it is sent with the next message that names its id."""
        me = await who(request)
        media_type = request.headers.get("content-type", "application/octet-stream")
        return await conversations.put_attachment(
            SiteId(me.site), new_id(clock.now()), me.person, name, media_type, body
        )

    @get("/attachments/{id:str}")
    async def read_attachment(request: Req, id: FromPath[str]) -> Response[bytes]:
        me = await who(request)
        found = await conversations.attachment(SiteId(me.site), id)
        if found is None or (found.contact is None and found.owner != me.person):
            raise CallerError("attachment_unknown", "There is no such file.", status=404)
        if found.contact is not None:
            await (await pages_of(me.site)).require_reader(me, found.contact)
        return file_response(found.name, found.media_type, found.content)

    return Router(
        "/api",
        route_handlers=[read_talk, read_messages, put_attachment, read_attachment],
        cache_control=NO_STORE,
        tags=["desk"],
    )

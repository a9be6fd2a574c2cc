"""The widget over HTTP: files that the customer attaches, and those that they were sent."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, RawBody

from dryfly.channels.web.gateway import WidgetGateway, visitor_id
from dryfly.channels.web.invitations import Arm, InvitationResult, What
from dryfly.channels.web.view import for_customer
from dryfly.channels.web.words import (
    AskCall,
    AskLetter,
    CallAsked,
    CallChoices,
    LetterAsked,
    LetterOffer,
    LookPage,
    Transcript,
)
from dryfly.conversations.files import file_response
from dryfly.conversations.model import AttachmentRef
from dryfly.conversations.store import Conversations
from dryfly.floor.model import SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import new_id
from dryfly.platform.security import RateLimiter, address_of

Req = Request[Any, Any, Any]
RESUME_HEADER = "x-dryfly-resume"
LOOK_KEPT_S = 60
COUNTED_PER_S, COUNTED_BURST = 0.2, 20  # of one address: many visitors may share it
LETTERS_PER_S, LETTERS_BURST = 20 / 3600, 20  # likewise
CALLS_PER_S, CALLS_BURST = 20 / 3600, 20  # likewise: promised, changed and called off
NUMBERS_PER_S, NUMBERS_BURST = 5 / 3600, 5  # of one telephone number, whoever gives it

GatewayOf = Callable[[Req, str], Awaitable[WidgetGateway]]


def widget_routers(gateway_of: GatewayOf, conversations: Conversations, clock: Clock) -> list[Router]:
    """`gateway_of` gives a site's widget to pages that may open it, and refuses the others."""
    return [
        _files_router(gateway_of, conversations, clock),
        _transcript_router(gateway_of, conversations, clock),
        _launcher_router(gateway_of, clock),
        _call_router(gateway_of, clock),
    ]


def _files_router(gateway_of: GatewayOf, conversations: Conversations, clock: Clock) -> Router:
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


def _launcher_router(gateway_of: GatewayOf, clock: Clock) -> Router:
    """What a page asks before anybody has written."""
    counting = RateLimiter(clock, per_s=COUNTED_PER_S, burst=COUNTED_BURST)

    @get("/{site:str}/look")
    async def look(request: Req, site: FromPath[str]) -> Response[LookPage]:
        """What the launcher draws by. The same for everybody, and kept for a minute."""
        page = (await gateway_of(request, site)).house.look_page()
        return Response(page, headers={"cache-control": f"public, max-age={LOOK_KEPT_S}"})

    @post("/{site:str}/invited", status_code=204)
    async def invited(
        request: Req, site: FromPath[str], invitation: FromQuery[str], arm: FromQuery[Arm], what: FromQuery[What]
    ) -> None:
        """Counts what came of an invitation, of nobody in particular."""
        gateway = await gateway_of(request, site)
        counting.require(address_of(request.scope))
        if any(known.id == invitation for known in gateway.house.look_page().invitations):
            await gateway.invitations.count(invitation, arm, what)

    return Router("/widget", route_handlers=[look, invited], tags=["widget"])


def _transcript_router(gateway_of: GatewayOf, conversations: Conversations, clock: Clock) -> Router:
    """The visitor's own talk, to read and by mail."""
    mailing = RateLimiter(clock, per_s=LETTERS_PER_S, burst=LETTERS_BURST)

    @get("/{site:str}/transcript")
    async def transcript(request: Req, site: FromPath[str], before: FromQuery[int | None] = None) -> Transcript:
        """The visitor's own talk, the newest part first: `before` is the number of its oldest message."""
        gateway = await gateway_of(request, site)
        _, contact = await gateway.visitor_of(_require_resume(request))
        if contact is None:
            return Transcript((), False)
        start = gateway.ledger.durable + 1 if before is None else before
        messages, more = await conversations.messages(SiteId(site), contact, start)
        return Transcript(tuple(for_customer(message) for message in messages), more)

    @get("/{site:str}/transcript/mail")
    async def offer_letter(request: Req, site: FromPath[str]) -> LetterOffer:
        gateway = await gateway_of(request, site)
        _, contact = await gateway.visitor_of(_require_resume(request))
        return await gateway.letters.offer(contact)

    @post("/{site:str}/transcript/mail", status_code=202)
    async def ask_letter(request: Req, site: FromPath[str], data: JSONBody[AskLetter]) -> LetterAsked:
        """Mails the visitor's own talk, to the address that they write or to their own on file."""
        gateway = await gateway_of(request, site)
        visitor, contact = await gateway.visitor_of(_require_resume(request))
        mailing.require(address_of(request.scope))
        return await gateway.letters.ask(visitor, contact, data)

    return Router("/widget", route_handlers=[transcript, offer_letter, ask_letter], tags=["widget"])


def _call_router(gateway_of: GatewayOf, clock: Clock) -> Router:
    """Being called back, for the visitor who waits."""
    calling = RateLimiter(clock, per_s=CALLS_PER_S, burst=CALLS_BURST)
    numbers = RateLimiter(clock, per_s=NUMBERS_PER_S, burst=NUMBERS_BURST)

    @get("/{site:str}/call")
    async def call_choices(request: Req, site: FromPath[str]) -> CallChoices:
        """How the visitor who waits may be called back."""
        gateway = await gateway_of(request, site)
        _, contact = await gateway.visitor_of(_require_resume(request))
        return await gateway.calling.choices(contact)

    @post("/{site:str}/call", status_code=200)
    async def ask_call(request: Req, site: FromPath[str], data: JSONBody[AskCall]) -> CallAsked:
        """Promises the visitor a call in their turn or at a time, or moves the one that was promised."""
        gateway = await gateway_of(request, site)
        _, contact = await gateway.visitor_of(_require_resume(request))
        calling.require(address_of(request.scope))
        return await gateway.calling.ask(contact, data, numbers)

    @post("/{site:str}/call/off", status_code=204)
    async def call_off(request: Req, site: FromPath[str], id: FromQuery[str]) -> None:
        gateway = await gateway_of(request, site)
        _, contact = await gateway.visitor_of(_require_resume(request))
        calling.require(address_of(request.scope))
        await gateway.calling.call_off(contact, id)

    return Router("/widget", route_handlers=[call_choices, ask_call, call_off], tags=["widget"])


def invitations_router(gateway_for: Callable[[Req], Awaitable[WidgetGateway]]) -> Router:
    """`gateway_for` gives a supervisor the widget of their site."""

    @get("/invitations")
    async def results(request: Req, days: FromQuery[int] = 30) -> list[InvitationResult]:
        """What asking visitors did, against not asking."""
        return await (await gateway_for(request)).invitations.results(days)

    return Router("/api", route_handlers=[results], tags=["widget"])


def _require_resume(request: Req) -> str:
    resume = request.headers.get(RESUME_HEADER)
    if not resume:
        raise CallerError("resume_missing", f"Send the visitor's `resume` as the header {RESUME_HEADER}.", status=401)
    return resume

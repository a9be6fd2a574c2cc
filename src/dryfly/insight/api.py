"""Reports over HTTP. Supervisors read all of their site; agents what they answered themselves, and no more."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, Router, get
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, QueryParameter

from dryfly.floor.model import SiteId
from dryfly.insight.export import Exported, Format, What, export_contacts, export_report
from dryfly.insight.periods import Every, instant_of, zone_of
from dryfly.insight.reports import Asked, Reports
from dryfly.insight.words import By, Measure, Report, ReportContacts
from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError
from dryfly.setup.model import Catalogue, Me, PersonRole

Req = Request[Any, Any, Any]
Who = Callable[[Req], Awaitable[Me]]
CatalogueOf = Callable[[SiteId], Awaitable[Catalogue]]
Chosen = tuple[str, ...] | None

PACKED = "is_packed_already"  # a route's mark: its answers are packed off the event loop
PACK_LEVEL = 4
NO_STORE = CacheControlHeader(no_store=True)
CHOSEN_MAX, CHOSEN_LENGTH_MAX = 500, 200
KNOWN = frozenset({
    "by", "every", "from", "to", "zone", "queue", "agent", "channel", "need", "measure", "after", "limit", "what",
    "format",
})  # fmt: skip


class Question(msgspec.Struct, frozen=True):
    """What every request has in common."""

    site: SiteId
    asked: Asked
    names: Catalogue


def reports_router(who: Who, reports: Reports, catalogue_of: CatalogueOf, clock: Clock) -> Router:
    """`who` tells who asks, or refuses; `catalogue_of` gives a site's set-up."""

    async def question(
        request: Req,
        begin: Annotated[str, QueryParameter(name="from")],
        to: FromQuery[str],
        zone: FromQuery[str] = "",
        queue: FromQuery[list[str] | None] = None,
        agent: FromQuery[list[str] | None] = None,
        channel: FromQuery[list[str] | None] = None,
        need: FromQuery[list[str] | None] = None,
    ) -> Question:
        _check_known(request.query_params)
        me = await who(request)
        names = await catalogue_of(SiteId(me.site))
        there = zone_of(zone or zone_of_site(names))
        agents = _agents_for(me, _chosen(agent))
        times = instant_of(begin, there), instant_of(to, there)
        asked = Asked(*times, there, _chosen(queue), agents, _chosen(channel), _chosen(need))
        return Question(SiteId(me.site), asked, names)

    @get("/", opt={PACKED: True}, responses={200: ResponseSpec(Report)})
    async def read_report(
        request: Req,
        question: NamedDependency[Question],
        by: FromQuery[By] = By.QUEUE,
        every: FromQuery[Every] = Every.HOUR,
    ) -> Response[bytes]:
        report = await reports.report(question.site, question.asked, by, every, clock.now(), question.names)
        is_packed = "gzip" in request.headers.get("accept-encoding", "")
        return await asyncio.to_thread(_answer, report, is_packed=is_packed)

    @get("/contacts")
    async def read_contacts(
        question: NamedDependency[Question],
        measure: FromQuery[Measure] = Measure.ENTERED,
        after: FromQuery[str] = "",
        limit: FromQuery[int] = 100,
    ) -> ReportContacts:
        """The contacts behind one number, in the order in which they count."""
        return await reports.contacts(question.site, question.asked, measure, after, limit, question.names)

    @get("/export")
    async def export(
        question: NamedDependency[Question],
        format: FromQuery[Format],
        what: FromQuery[What] = What.FIGURES,
        by: FromQuery[By] = By.QUEUE,
        every: FromQuery[Every] = Every.HOUR,
        measure: FromQuery[Measure] = Measure.ENTERED,
    ) -> Response[bytes]:
        if what is What.CONTACTS:
            return _file(await export_contacts(reports, question.site, question.asked, measure, format))
        report = await reports.report(
            question.site, question.asked, by, every, clock.now(), question.names, lane=reports.exporting
        )
        return _file(await export_report(report, question.asked.zone, format))

    return Router(
        "/api/reports",
        route_handlers=[read_report, read_contacts, export],
        dependencies={"question": Provide(question)},
        cache_control=NO_STORE,
        tags=["reports"],
    )


def zone_of_site(names: Catalogue) -> str:
    """The zone in which its people work."""
    hours = names.site.hours
    return hours.zone if hours else "UTC"


def _agents_for(me: Me, chosen: Chosen) -> Chosen:
    """Agents see their own row, and cannot ask for anybody else's."""
    if me.role is not PersonRole.AGENT:
        return chosen
    if me.agent is None or chosen not in (None, (me.agent,)):
        raise CallerError("not_allowed", "Agents see their own figures only.", status=403, needed="supervisor")
    return (me.agent,)


def _chosen(values: list[str] | None) -> Chosen:
    if values is None:
        return None
    if len(values) > CHOSEN_MAX or any(len(value) > CHOSEN_LENGTH_MAX for value in values):
        raise CallerError("filter_too_long", f"A filter names at most {CHOSEN_MAX} ids.", limit=CHOSEN_MAX)
    return tuple(values)


def _check_known(params: Mapping[str, Any]) -> None:
    """A misspelt filter must not silently mean everything."""
    if unknown := sorted(set(params) - KNOWN):
        raise CallerError("field_unknown", f"There is no {unknown[0][:40]!r} to ask by.", where=unknown[0][:40])


def _answer(report: Report, *, is_packed: bool) -> Response[bytes]:
    """Of thousands of cells: written and packed in a thread, so that no message waits for it."""
    content, headers = msgspec.json.encode(report), {"vary": "Accept-Encoding"}
    if is_packed:
        content = gzip.compress(content, PACK_LEVEL, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(content, media_type=MediaType.JSON, headers=headers)


def _file(exported: Exported) -> Response[bytes]:
    return Response(
        exported.content,
        media_type=exported.media_type,
        headers={"content-disposition": f'attachment; filename="{exported.name}"'},
    )

"""Hours over HTTP, beside the set-up: closing a queue now and opening it again, and public holidays to choose from."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Router, delete, get, put
from litestar.params import FromPath, FromQuery, JSONBody

from dryfly.floor.model import QueueId, SiteId
from dryfly.platform.clock import Clock
from dryfly.service.opening import Openings
from dryfly.setup.api import NO_STORE, AtSite, Door
from dryfly.setup.closings import AskClosing, Closing
from dryfly.setup.holidays import HolidaysShown, PublicHolidays, holidays_shown
from dryfly.setup.model import PersonRole
from dryfly.setup.sessions import Sessions

Req = Request[Any, Any, Any]
OpeningsOf = Callable[[SiteId], Awaitable[Openings]]


def opening_router(sessions: Sessions, openings_of: OpeningsOf, clock: Clock) -> Router:
    door = Door(sessions)

    @put("/closings/{queue:str}")
    async def close_queue(
        request: Req, queue: FromPath[str], data: JSONBody[AskClosing], site: AtSite = None
    ) -> Closing:
        """Closes the queue now, whatever its hours say, until a time. For supervisors."""
        session, at = await door.enter(request, site, PersonRole.SUPERVISOR)
        return await (await openings_of(at)).close(QueueId(queue), data, session.name, session.actor)

    @delete("/closings/{queue:str}")
    async def reopen_queue(request: Req, queue: FromPath[str], site: AtSite = None) -> None:
        """It goes by its hours again. Nothing happens where it does already."""
        session, at = await door.enter(request, site, PersonRole.SUPERVISOR)
        await (await openings_of(at)).lift(QueueId(queue), session.actor)

    @get("/holidays")
    async def read_holidays(request: Req, country: FromQuery[str] = "", part: FromQuery[str] = "") -> HolidaysShown:
        """Countries with public holidays that are known; the parts and the next holidays of one."""
        await door.anybody(request)
        today = datetime.fromtimestamp(clock.now() / 1000, UTC).date()
        return await asyncio.to_thread(holidays_shown, PublicHolidays(country, part), today)

    handlers = [close_queue, reopen_queue, read_holidays]
    return Router("/api/setup", route_handlers=handlers, cache_control=NO_STORE, tags=["setup"])

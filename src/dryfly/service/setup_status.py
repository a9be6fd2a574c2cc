"""What else is in use at a site, beside the set-up: customer records, playbook, channels. Supervisors read it."""

import asyncio
from typing import Any

import msgspec
from litestar import Request, Router, get

from dryfly.bot import store as bot_store
from dryfly.bot.playbook_file import parse_playbook
from dryfly.customers.refresh import VersionStatus, image_rejects, image_status
from dryfly.floor.model import SiteId
from dryfly.platform.database import Database
from dryfly.setup.api import NO_STORE, AtSite, Door
from dryfly.setup.sessions import Sessions

REJECTS_SHOWN_MAX = 50
LAST_CONTACT = "select max(opened_at) from talk where site = $1 and channel = 'web'"


class NeedStatus(msgspec.Struct, frozen=True):
    key: str
    title: str
    queue: str


class PlaybookStatus(msgspec.Struct, frozen=True):
    version: int
    name: str
    needs: list[NeedStatus]


class RejectStatus(msgspec.Struct, frozen=True):
    """What could not be used, and why; not what it said, which may be somebody's."""

    number: int
    source: str
    row_number: int
    place: str
    reason: str


class SetupStatus(msgspec.Struct, frozen=True):
    image: list[VersionStatus]
    rejects: list[RejectStatus]
    playbook: PlaybookStatus | None
    web_contact_at: int | None  # when somebody last wrote on the web


def status_router(db: Database, sessions: Sessions) -> Router:
    door = Door(sessions)

    @get("/")
    async def read_status(request: Request[Any, Any, Any], site: AtSite = None) -> SetupStatus:
        return await status_of(db, await door.reader(request, site))

    return Router("/api/setup/status", route_handlers=[read_status], cache_control=NO_STORE, tags=["setup"])


async def status_of(db: Database, site: SiteId) -> SetupStatus:
    async with db.site(site) as conn:
        newest = await bot_store.newest_playbook(conn, site)
        last = await conn.fetchval(LAST_CONTACT, site)
    rejects = await image_rejects(db, site, limit=REJECTS_SHOWN_MAX)
    return SetupStatus(
        await image_status(db, site),
        [RejectStatus(one.number, one.source, one.row_number, one.place, one.reason) for one in rejects],
        await asyncio.to_thread(_playbook_status, *newest) if newest else None,
        last,
    )


def _playbook_status(version: int, text: str) -> PlaybookStatus:
    playbook = parse_playbook(text)
    needs = [NeedStatus(need.key, need.title, playbook.queue_of(need)) for need in playbook.needs]
    return PlaybookStatus(version, playbook.name, needs)

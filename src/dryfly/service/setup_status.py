"""What else is in use at a site, beside the set-up: customer records, playbook, channels. Supervisors read it."""

import asyncio
from typing import Any

import msgspec
from litestar import Request, Router, get

from dryfly.bot import store as bot_store
from dryfly.bot.playbook_file import parse_playbook
from dryfly.customers.refresh import VersionStatus, image_rejects, image_status
from dryfly.floor.model import SiteId
from dryfly.platform.database import Connection, Database
from dryfly.platform.mail import Mailer
from dryfly.setup.api import NO_STORE, AtSite, Door
from dryfly.setup.sessions import Sessions

REJECTS_SHOWN_MAX = 50
LETTERS = """
select count(*) filter (where state = 'waiting')::int, count(*) filter (where state = 'sent')::int,
    count(*) filter (where state = 'failed')::int,
    coalesce((array_agg(reason order by ended_at desc) filter (where state = 'failed'))[1], '')
from letter where site = $1"""
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


class MailStatus(msgspec.Struct, frozen=True):
    """The mail server of the installation (`host` None: none), and this site's letters of the last days."""

    host: str | None = None
    port: int = 0
    tls: str = ""
    sender: str = ""
    waiting_count: int = 0
    sent_count: int = 0
    failed_count: int = 0
    failed_reason: str = ""  # of the newest


class SetupStatus(msgspec.Struct, frozen=True):
    image: list[VersionStatus]
    rejects: list[RejectStatus]
    playbook: PlaybookStatus | None
    web_contact_at: int | None  # when somebody last wrote on the web
    mail: MailStatus = MailStatus()


def status_router(db: Database, sessions: Sessions, mailer: Mailer | None = None) -> Router:
    door = Door(sessions)

    @get("/")
    async def read_status(request: Request[Any, Any, Any], site: AtSite = None) -> SetupStatus:
        return await status_of(db, await door.reader(request, site), mailer)

    return Router("/api/setup/status", route_handlers=[read_status], cache_control=NO_STORE, tags=["setup"])


async def status_of(db: Database, site: SiteId, mailer: Mailer | None = None) -> SetupStatus:
    async with db.site(site) as conn:
        newest = await bot_store.newest_playbook(conn, site)
        last = await conn.fetchval(LAST_CONTACT, site)
        mail = await _mail_status(conn, site, mailer)
    rejects = await image_rejects(db, site, limit=REJECTS_SHOWN_MAX)
    return SetupStatus(
        await image_status(db, site),
        [RejectStatus(one.number, one.source, one.row_number, one.place, one.reason) for one in rejects],
        await asyncio.to_thread(_playbook_status, *newest) if newest else None,
        last,
        mail,
    )


async def _mail_status(conn: Connection, site: SiteId, mailer: Mailer | None) -> MailStatus:
    if mailer is None:
        return MailStatus()
    row = await conn.fetchrow(LETTERS, site)
    assert row is not None
    return MailStatus(mailer.host, mailer.port, mailer.tls, mailer.sender, *row)


def _playbook_status(version: int, text: str) -> PlaybookStatus:
    playbook = parse_playbook(text)
    needs = [NeedStatus(need.key, need.title, playbook.queue_of(need)) for need in playbook.needs]
    return PlaybookStatus(version, playbook.name, needs)

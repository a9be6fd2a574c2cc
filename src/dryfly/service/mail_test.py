"""A letter to oneself: whether mail goes out, tried by an administrator, and written into the audit."""

from typing import Any

import msgspec
from litestar import Request, Router, post

from dryfly.floor.model import SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.ids import new_id
from dryfly.platform.mail import Letter, Mailer, masked
from dryfly.platform.security import RateLimiter
from dryfly.setup import store
from dryfly.setup.api import NO_STORE, AtSite, Door
from dryfly.setup.sessions import Session, Sessions

TESTS_PER_S, TESTS_BURST = 1 / 60, 5  # of one person
SUBJECT = "A test of Dryfly's mail"
TEXT = "If you can read this, letters from Dryfly reach you. Nothing else has to be done.\n"


class MailTested(msgspec.Struct, frozen=True):
    """The mail server has taken it. To the address with which one signs in."""

    to: str


def mail_router(db: Database, sessions: Sessions, clock: Clock, mailer: Mailer | None) -> Router:
    door, trying = Door(sessions), RateLimiter(clock, per_s=TESTS_PER_S, burst=TESTS_BURST)

    @post("/test", status_code=200)
    async def send_test(request: Request[Any, Any, Any], site: AtSite = None) -> MailTested:
        """Sends a letter to oneself, at once; refused with what the mail server said."""
        session, at = await door.changer(request, site)
        if mailer is None:
            raise CallerError("mail_unconfigured", "No mail server is set up: see the settings mail_*.", status=409)
        trying.require(session.person)
        failure = await _try(mailer, Letter(new_id(clock.now()), session.email, SUBJECT, TEXT, clock.now()))
        await _audit(db, at, session, clock.now(), failure)
        if failure:
            raise CallerError("mail_failed", f"It did not go out: {failure}", status=502, reason=failure)
        return MailTested(session.email)

    return Router("/api/setup/mail", route_handlers=[send_test], cache_control=NO_STORE, tags=["setup"])


async def _try(mailer: Mailer, letter: Letter) -> str:
    """What went wrong; empty: nothing."""
    try:
        await mailer.send(letter)
    except PeerError as error:
        return error.text
    return ""


async def _audit(db: Database, site: SiteId, session: Session, now: int, failure: str) -> None:
    values = {"to": masked(session.email), **({"failure": failure} if failure else {})}
    async with db.site(site) as conn:
        await store.write_audit(conn, site, session.actor, now, [("tested", "mail", values)])

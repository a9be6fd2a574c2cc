"""`dryfly why CONTACT`: the whole story of a contact's routing in words, and what stands in its way now."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dryfly.desk.why_lines import why_line
from dryfly.desk.why_sentences import Names, lines_of, standing_of
from dryfly.floor import State, why
from dryfly.floor.entities import IN_LINE
from dryfly.floor.model import ContactId, ContactState, Instant, QueueId, SiteId
from dryfly.insight.api import zone_of_site
from dryfly.insight.periods import zone_of
from dryfly.ledger import read_story
from dryfly.ledger.history import floor_at
from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.service.commands import open_sites
from dryfly.setup.defaults import FIRST_SITE
from dryfly.setup.model import Catalogue

STEPS_MAX = 5_000
WAITS = (*IN_LINE, ContactState.CALLBACK)


async def main(
    argv: Sequence[str], db: Database, *, clock: Clock | None = None, say: Callable[[str], None] = print
) -> int:
    parser = argparse.ArgumentParser(prog="dryfly why", description="Why a contact went where it went.")
    parser.add_argument("contact", help="its id: the last part of the talk's address at the desk")
    parser.add_argument("--site", default=FIRST_SITE)
    args = parser.parse_args(argv)
    clock = clock or SystemClock()
    site, contact = SiteId(args.site), ContactId(args.contact)
    catalogue = await (await open_sites(db, clock)).refresh(site)
    names = names_of(catalogue)
    now = Instant(clock.now())
    async with db.site(site) as conn:
        story = await read_story(conn, site, contact, 2**62, STEPS_MAX)
        if not story:
            raise CallerError("talk_exists_not", f"There is no contact {args.contact[:64]!r} at this site.", status=404)
        past = await floor_at(conn, site, now + 1)
    told = [line for recorded in story if (line := why_line(recorded))]
    for text in (*lines_of(told, names), *_now(past.state, contact, now, names)):
        say(text)
    return 0


def _now(state: State, contact: ContactId, now: Instant, names: Names) -> Iterator[str]:
    known = state.contacts.get(contact)
    if known is None or known.state not in WAITS:
        return
    yield ""
    yield f"Now, at {names.time(now)}:"
    spec = state.queues.get(known.queue) if known.queue else None
    yield from (f"  {line}" for line in standing_of(why(state, contact, now), spec, names))


def names_of(catalogue: Catalogue) -> Names:
    zone = zone_of(zone_of_site(catalogue))

    def queue(name: str) -> str:
        known = catalogue.queues.get(QueueId(name))
        return known.title if known else name

    def agent(name: str) -> str:
        known = next((one for id, one in catalogue.agents.items() if id == name), None)
        return known.name if known else name

    return Names(queue, agent, lambda at: _time(at, zone))


def _time(at: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at / 1000, zone).strftime("%Y-%m-%d %H:%M:%S")

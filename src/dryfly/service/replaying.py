"""`dryfly replay DAY`: a recorded day again, with its own rules and with others.

The journal tells what people did; the floor is played on it (`simulation.replay`). All of it runs beside the server
that is at work, on a connection of its own, and writes nothing.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from dryfly.floor.model import SiteId
from dryfly.insight.api import zone_of_site
from dryfly.insight.periods import first_of_day, zone_of
from dryfly.ledger.history import floor_at, history, prove
from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.service.commands import open_sites
from dryfly.setup.defaults import FIRST_SITE
from dryfly.simulation.page import page_of
from dryfly.simulation.reading import read_tree
from dryfly.simulation.recorded import Recorded, Recorder
from dryfly.simulation.replay import AGAIN, OTHER, Day, day_of, notes_of, replayed, with_rules
from dryfly.simulation.words import lines_of

REPLICATIONS = 10
REPLICATIONS_MAX = 200

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A local day, as instants."""

    name: str
    day: str  # YYYY-MM-DD
    zone: str
    begin: int
    end: int


def stretch_of(day: date, zone: ZoneInfo) -> Stretch:
    begin, end = first_of_day(day, zone), first_of_day(day + timedelta(days=1), zone)
    return Stretch(f"{day:%A, %-d %B %Y}", day.isoformat(), zone.key, begin, end)


async def read_day(db: Database, site: SiteId, stretch: Stretch, now: int) -> Recorded:
    """The day out of the journal. Raises CallerError `day_empty` where nobody came."""
    end = min(stretch.end, now)
    async with db.site(site) as conn:
        past = await floor_at(conn, site, stretch.begin)
        recorder = Recorder(past.state, stretch.begin)
        async for _, at, event in history(conn, site, past.seq, end):
            if event is not None:
                recorder.see(event, at)
    recorded = recorder.finish(end)
    if not recorded.entries:
        text = f"Nobody waited for a person on {stretch.name}: there is nothing to play."
        raise CallerError("day_empty", text, status=409)
    return recorded


def days_of(day: Day, rules: Mapping[str, Any] | None, where: str) -> dict[str, Day]:
    return {AGAIN: day} | ({} if rules is None else {OTHER: with_rules(day, rules, where)})


async def main(argv: Sequence[str], db: Database, *, clock: Clock | None = None, say: Say = print) -> int:
    args = _parser().parse_args(argv)
    clock = clock or SystemClock()
    site, now = SiteId(args.site), clock.now()
    zone = zone_of(zone_of_site(await (await open_sites(db, clock)).refresh(site)))
    stretch = stretch_of(_date(args.day, now, zone), zone)
    if args.exact:
        return await _prove(db, site, stretch, now, say)
    rules = read_tree(args.rules) if args.rules else None
    day = day_of(await read_day(db, site, stretch, now), f"{stretch.name}, again", stretch.zone)
    days = days_of(day, rules, args.rules.name if args.rules else "")
    findings = replayed(days, _within(args.replications))
    if args.page is not None:
        args.page.write_text(page_of(findings), encoding="utf-8")
    if args.json:
        say(msgspec.json.encode(findings).decode())
        return 0
    for line in (*lines_of(findings), "", *map(str, notes_of(day, days.get(OTHER)))):
        say(line)
    return 0


async def _prove(db: Database, site: SiteId, stretch: Stretch, now: int, say: Say) -> int:
    async with db.site(site) as conn:
        proof = await prove(conn, site, stretch.begin, min(stretch.end, now))
    say(f"{proof.events_count:,} events of {stretch.name} were applied again.")
    say(f"  digest before  {proof.digest_before}")
    say(f"  digest after   {proof.digest_after}")
    for seq in proof.kept:
        say(f"  at event {seq:,} the floor stands where the stored snapshot says")
    for seq in proof.differ:
        say(f"  at event {seq:,} the stored snapshot says something else")
    if not proof.kept and not proof.differ:
        say("  no snapshot is stored from then on: there is nothing to hold it against")
    return 1 if proof.differ else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dryfly replay", description="Run a recorded day again on the floor.")
    parser.add_argument("day", help="such as 2026-11-20, or yesterday")
    parser.add_argument("--site", default=FIRST_SITE)
    parser.add_argument("--rules", type=Path, help="other rules: an export of the set-up, or a few changes in YAML")
    parser.add_argument("--replications", type=int, default=REPLICATIONS, help="runs under each set of rules")
    parser.add_argument("--page", type=Path, help="a file for the page with plots, such as monday.html")
    parser.add_argument("--json", action="store_true", help="everything that was found, for machines")
    parser.add_argument("--exact", action="store_true", help="apply the journal again, and prove the digest")
    return parser


def _date(text: str, now: int, zone: ZoneInfo) -> date:
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date()
    if text in ("today", "yesterday"):
        return today - timedelta(days=text == "yesterday")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CallerError("day_wrong", f"{text[:40]!r} is no day: write 2026-11-20, or yesterday.") from None
    if day > today:
        raise CallerError("day_wrong", f"{day} has not been yet.")
    return day


def _within(replications: int) -> int:
    if not 2 <= replications <= REPLICATIONS_MAX:
        raise CallerError("argument_wrong", f"--replications is 2 to {REPLICATIONS_MAX}.", name="replications")
    return replications

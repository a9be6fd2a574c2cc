"""`dryfly image ...`: the customer image on the command line.

dryfly image propose customers.csv orders.json --out image.yaml
dryfly image refresh image.yaml --site north [--accept-drop]
dryfly image status --site north
dryfly image rejects --site north [--after 200]
"""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dryfly.customers.mapping_file import read_mapping
from dryfly.customers.propose import propose
from dryfly.customers.refresh import image_rejects, image_status, refresh, save_mapping
from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError, PeerError

Say = Callable[[str], None]


def needs_database(argv: list[str]) -> bool:
    """Whether the command works on the image; a proposal needs nothing but the sources."""
    return argv[:1] != ["propose"] and not {"-h", "--help"} & set(argv)


async def main(argv: list[str], db: Database | None, *, clock: Clock | None = None, say: Say = print) -> int:
    """Runs one command and returns the exit code: 0, 1 for a mistake that is told, 2 for an unknown command."""
    args = _parser().parse_args(argv)
    try:
        if args.command == "propose":
            await _propose(args, say)
        else:
            assert db is not None
            await _WITH_DATABASE[args.command](args, db, (clock or SystemClock()).now(), say)
    except (CallerError, PeerError) as error:
        print(f"{error.text} ({error.code})", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dryfly image", description="The customer image.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("propose", help="write a first mapping from the sources")
    command.add_argument(
        "source", nargs="+", help="a .json .jsonl .csv .parquet .sqlite file, or env:NAME (PostgreSQL)"
    )
    command.add_argument("--out", type=Path, help="the file to write; else it is printed")
    command = commands.add_parser("refresh", help="read the sources and make them the image")
    command.add_argument("mapping", nargs="?", type=Path, help="a mapping to read and keep; else the kept one")
    command.add_argument("--site", required=True)
    command.add_argument("--accept-drop", action="store_true", help="go on although many customers would go")
    command = commands.add_parser("status", help="the versions that are kept, and their age")
    command.add_argument("--site", required=True)
    command = commands.add_parser("rejects", help="what the last refresh could not use")
    command.add_argument("--site", required=True)
    command.add_argument("--after", type=int, default=0, help="the number of the last one seen")
    return parser


async def _propose(args: argparse.Namespace, say: Say) -> None:
    proposal = await propose(args.source)
    if args.out is None:
        say(proposal.text)
        return
    if args.out.exists():
        raise CallerError("file_exists", f"{args.out} exists already: name another file.", status=409)
    args.out.write_text(proposal.text, encoding="utf-8")
    for note in proposal.unsure:
        say(f"unsure: {note}")
    say(f"{args.out} is written. Look it through, then: dryfly image refresh {args.out} --site SITE")


async def _refresh(args: argparse.Namespace, db: Database, now: int, say: Say) -> None:
    mapping = read_mapping(args.mapping) if args.mapping else None
    report = await refresh(db, args.site, mapping, now=now, accept_drop=args.accept_drop)
    if mapping:
        await save_mapping(db, args.site, mapping, now=now)
    records = ", ".join(f"{count} x {kind}" for kind, count in report.records.items()) or "no records"
    say(f"Version {report.version}: {report.customers_count} customers, {records}; {report.dropped_count} dropped.")
    if report.rejected:
        told = ", ".join(f"{count} {what}" for what, count in report.rejected.items())
        say(f"Not used: {told}. See: dryfly image rejects --site {args.site}")


async def _status(args: argparse.Namespace, db: Database, now: int, say: Say) -> None:
    versions = await image_status(db, args.site)
    if not versions:
        say(f"Site {args.site} has no image yet.")
    for version in versions:
        loaded = datetime.fromtimestamp(version.loaded_at / 1000, UTC).isoformat(timespec="seconds")
        minutes = max(0, now - version.loaded_at) // 60_000
        say(
            f"{'*' if version.current else ' '} version {version.version} of {version.source}: "
            f"{version.customers_count} customers, {version.records}, loaded {loaded}, {minutes} min old, "
            f"not used {version.rejected}"
        )


async def _rejects(args: argparse.Namespace, db: Database, now: int, say: Say) -> None:
    for reject in await image_rejects(db, args.site, after=args.after):
        place = f" {reject.place}:" if reject.place else ""
        say(f"{reject.number} {reject.entity} row {reject.row_number} of {reject.source}:{place} {reject.reason}")
        say(f"    {reject.raw}")


_WITH_DATABASE = {"refresh": _refresh, "status": _status, "rejects": _rejects}

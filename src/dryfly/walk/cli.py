"""`dryfly walk SCRIPT.yaml`: plays customers against a running server. The exit code tells whether a way is blocked."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec

from dryfly.platform.errors import CallerError
from dryfly.walk.line import Visitor
from dryfly.walk.path import Walked
from dryfly.walk.play import Walker
from dryfly.walk.script import parse_script
from dryfly.walk.show import line_of, page_of, summary_of

URL = "http://localhost:8470"
Say = Callable[[str], None]
Mark = Callable[[str, str], Awaitable[None]]  # site, contact: no number is to count it


async def main(argv: Sequence[str], *, say: Say = print, mark: Mark | None = None) -> int:
    """0: every path was walked to its end; 1: there is a dead end."""
    parser = argparse.ArgumentParser(prog="dryfly walk", description="Walk the customer's path on a running server.")
    parser.add_argument("scripts", nargs="+", type=Path, help="YAML files (docs/guide/walk.md)")
    parser.add_argument("--url", default=URL, help=f"the server's address (default {URL})")
    parser.add_argument("--site", default="main")
    parser.add_argument("--out", type=Path, help="a folder for what was seen, as HTML and JSON")
    args = parser.parse_args(argv)
    if mark is None:
        say("This installation is not here: what is walked counts in its numbers.")
    walked = [await _walk(path, args.url, args.site, args.out, say, mark) for path in args.scripts]
    return 0 if all(one.is_good for one in walked) else 1


async def _walk(path: Path, url: str, site: str, out: Path | None, say: Say, mark: Mark | None) -> Walked:
    script = parse_script(_read(path))
    marks: dict[str, asyncio.Future[None]] = {}

    def came(contact: str) -> None:
        if mark is not None and contact not in marks:
            marks[contact] = asyncio.ensure_future(mark(site, contact))

    walker = Walker(Visitor(url, site), script, seen=lambda moment: say(line_of(moment)), came=came)
    walked = await walker.walk()
    await asyncio.gather(*marks.values())
    for line in ("", *summary_of(walked), ""):
        say(line)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{path.stem}.html").write_text(page_of(walked), encoding="utf-8")
        (out / f"{path.stem}.json").write_bytes(msgspec.json.format(msgspec.json.encode(walked)))
    return walked


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CallerError("file_unreadable", f"{path} cannot be read: {error}") from error

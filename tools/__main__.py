"""`./dryfly COMMAND`: makes the environment that the command needs, then runs it.

up                  serve; the first time it installs and makes the database. --port N; --demo
test [--long]       everything that proves Dryfly, within 15 minutes; --long proves more
check               style, types, layers
bench [name]        measure, each against its anchor; --json
image               the customer image: propose, refresh, status, rejects
config              the business set-up: export, diff, apply
playbook            what the bot says: import
people              who may sign in: add
erase               a person, in every room: it cannot be undone
walk                walk the customer's path on a running server: SCRIPT.yaml --url U
why                 the story of a contact's routing, and what stands in its way: CONTACT
replay              run a recorded day again: DAY --rules FILE; --page out.html; --exact
simulate            run the floor on made-up days: SCENARIO.yaml --replications N; --out page.html; --json;
                    --staff: the fewest agents for its targets
guide               the guide as a site, into site/; --pictures takes them anew
lock                resolve the lock files anew
compile             the floor as machine code, beside the plain one; --remove
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tools import checks, compiling, guide, locks, testing, web
from tools.environment import ROOT, Environment, SetUpError

SERVICE_COMMANDS = ("up", "walk", "simulate", "image", "config", "playbook", "people", "erase", "why", "replay")
DEVELOPER_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "test": testing.main,
    "check": checks.main,
    "compile": compiling.main,
    "guide": guide.main,
    "lock": locks.main,
}


def main(arguments: list[str]) -> int:
    command, *rest = arguments or ["help"]
    try:
        if command in SERVICE_COMMANDS:
            return become(Environment("run", "model", *sets_beside(command, rest)), "dryfly.service", command, *rest)
        if command == "bench":
            return become(Environment("run", "model", "test", "bench"), "bench", *rest)
        if command in DEVELOPER_COMMANDS:
            return DEVELOPER_COMMANDS[command](rest)
    except SetUpError as error:
        print(f"dryfly: {error}", file=sys.stderr)
        return 1
    print(__doc__)
    return 0 if command in ("help", "--help", "-h") else 2


def sets_beside(command: str, arguments: list[str]) -> tuple[str, ...]:
    """Of packages, that only this call has a use for."""
    return ("simulation",) if command == "simulate" and "--staff" in arguments else ()


def become(environment: Environment, module: str, *arguments: str) -> int:
    """This process becomes the command, so that signals reach it."""
    environment.ensure()
    if "up" in arguments[:1]:
        web.provide()
    os.environ.setdefault("DRYFLY_HOME", str(default_home("-demo" if "--demo" in arguments else "")))
    os.execv(environment.python, [str(environment.python), "-P", "-m", module, *arguments])


def default_home(end: str = "") -> Path:
    """.dryfly in the checkout. For root, whose folders may be closed to the database's account: /var/lib."""
    closed = any(not folder.stat().st_mode & 0o001 for folder in (ROOT, *ROOT.parents))
    return Path(f"/var/lib/dryfly{end}") if os.geteuid() == 0 and closed else ROOT / f".dryfly{end}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m dryfly.service COMMAND`: what `./dryfly` runs once the environment stands."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop

from dryfly.customers import cli as image_cli
from dryfly.demo.demo import Demo
from dryfly.platform.clock import SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.migrations import migrate
from dryfly.platform.settings import Settings, load_settings
from dryfly.platform.telemetry import set_up_logging
from dryfly.service import commands, erasing, explaining, replaying, walking
from dryfly.service.up import Store, up
from dryfly.simulation import cli as simulation_cli
from dryfly.walk import cli as walk_cli

DEMO_HOME = Path(".dryfly-demo")

WITH_DATABASE = {
    "image": image_cli.main,
    "config": commands.config,
    "playbook": commands.playbook,
    "people": commands.people,
    "erase": erasing.main,
    "why": explaining.main,
    "replay": replaying.main,
}
COMMANDS = ("up", "walk", "simulate", *WITH_DATABASE)


def main(argv: Sequence[str] | None = None) -> int:
    command, *rest = argv or sys.argv[1:] or ["up"]
    try:
        if command == "up":
            return _up(rest)
        if command == "walk":
            return uvloop.run(_walk(rest))
        if command == "simulate":
            return simulation_cli.main(rest)
        if command in WITH_DATABASE:
            return uvloop.run(_with_database(command, rest))
    except CallerError as error:
        print(f"dryfly: {error.text} ({error.code})", file=sys.stderr)
        return 2
    except PeerError as error:
        print(f"dryfly: {error.text} ({error.code})", file=sys.stderr)
        return 1
    print(f"dryfly: there is no command {command!r}; there are {', '.join(COMMANDS)}.", file=sys.stderr)
    return 2


def _up(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dryfly up", description="Serve, until stopped.")
    parser.add_argument("--port", type=int, help="port to listen on (default 8470)")
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--home", type=Path, help="folder of the database (default .dryfly)")
    parser.add_argument("--demo", action="store_true", help="with a made-up company in it, in .dryfly-demo")
    parser.add_argument("--rate", type=float, default=1.5, help="of the demo: how many customers come a minute")
    said = vars(parser.parse_args(arguments))
    is_demo, rate = said.pop("demo"), said.pop("rate")
    if is_demo and said["home"] is None and "DRYFLY_HOME" not in os.environ:
        said["home"] = DEMO_HOME
    settings = load_settings(os.environ, **said)
    set_up_logging("warning" if is_demo else settings.log_level, settings.log_format)
    uvloop.run(up(settings, Demo(settings.home / "demo", settings.host, rate) if is_demo else None))
    return 0


async def _with_database(command: str, arguments: list[str]) -> int:
    settings = load_settings(os.environ)
    set_up_logging("warning", settings.log_format)
    if command == "image" and not image_cli.needs_database(arguments):
        return await image_cli.main(arguments, None)
    store = await _open_beside(settings)
    try:
        await migrate(store.url)
        db = await Database.open(store.url, size=2)
        try:
            return await WITH_DATABASE[command](arguments, db, clock=SystemClock())
        finally:
            await db.close()
    finally:
        await store.close()


async def _walk(arguments: list[str]) -> int:
    """Where the installation is here, its walks are marked as such; elsewhere they count, and that is said."""
    try:
        db = await Database.open(Store.running(load_settings(os.environ)).url, size=1)
    except PeerError:
        return await walk_cli.main(arguments)
    try:
        return await walk_cli.main(arguments, mark=walking.marking(db))
    finally:
        await db.close()


async def _open_beside(settings: Settings) -> Store:
    """Commands work beside a running server: its database is used while it is up, and started while it is not."""
    try:
        return await Store.open(settings)
    except CallerError as error:
        if error.code != "postgres_already_running":
            raise
        return Store.running(settings)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(130)

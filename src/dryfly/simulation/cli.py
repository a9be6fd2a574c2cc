"""`dryfly simulate FILE.yaml`: what would happen, if."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from dryfly.platform.errors import CallerError
from dryfly.simulation.findings import findings_of
from dryfly.simulation.page import page_of
from dryfly.simulation.plan import Plan
from dryfly.simulation.reading import read_plans
from dryfly.simulation.runs import WORKERS_MAX, Played, play_all, workers_here
from dryfly.simulation.words import lines_of

REPLICATIONS_MAX = 10_000
PROGRESS_EVERY_S = 0.5

Say = Callable[[str], None]
Floors = Callable[[dict[str, Plan]], list[Played]]


def main(argv: Sequence[str], *, say: Say = print) -> int:
    args = _parser().parse_args(argv)
    plans = read_plans(args.file)
    count = _within("replications", _said(args.replications, _first(plans).scenario.replications), 2, REPLICATIONS_MAX)
    if args.seed is not None:
        seed = _within("seed", args.seed, 0, 2**63 - 1)
        plans = {name: _seeded(plan, seed) for name, plan in plans.items()}
    workers = _within("workers", _said(args.workers, workers_here()), 1, WORKERS_MAX)
    if args.staff:
        return _staff(args, plans, lambda some: play_all(some, count, workers, Progress("runs"), args.cluster), say)
    findings = findings_of(play_all(plans, count, workers, Progress("runs"), args.cluster))
    if args.out is not None:
        args.out.write_text(page_of(findings), encoding="utf-8")
    if args.json:
        say(msgspec.json.encode(findings).decode())
    else:
        for line in lines_of(findings):
            say(line)
    return 0


def _staff(args: argparse.Namespace, plans: dict[str, Plan], floors: Floors, say: Say) -> int:
    from dryfly.simulation.staffing import command  # brings numba with it, which is slow to start

    found = command.staffed_all(plans, args.file.name, floors, Progress)
    if args.out is not None:
        args.out.write_text(command.page_of(found), encoding="utf-8")
    for line in [msgspec.json.encode(found).decode()] if args.json else command.lines_of(found):
        say(line)
    return 0


class Progress:
    """How far it is, and how long it will take at most, on one line of a terminal; nothing elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = self._said = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or (now - self._said < PROGRESS_EVERY_S and done < of):
            return
        self._said = now
        left_s = (now - self._began) / done * (of - done)
        text = f"{done} of {of} {self._what}, about {left_s:.0f} s left" if done < of else ""
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dryfly simulate", description="Run the floor on made-up days, many times.")
    parser.add_argument("file", type=Path, help="a scenario (docs/guide/simulation.md)")
    parser.add_argument("--replications", type=int, help="runs of each variant (default: the scenario's)")
    parser.add_argument("--seed", type=int, help="another chance (default: the scenario's)")
    parser.add_argument("--workers", type=int, help="processes at once (default: one a core)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="a Ray cluster instead: auto, local, or ray://host:10001")
    parser.add_argument("--staff", action="store_true", help="find the fewest agents for the scenario's `search`")
    parser.add_argument("--out", type=Path, help="a file for the page with plots, such as monday.html")
    parser.add_argument("--json", action="store_true", help="everything that was found, for machines")
    return parser


def _first(plans: dict[str, Plan]) -> Plan:
    return next(iter(plans.values()))


def _seeded(plan: Plan, seed: int) -> Plan:
    return replace(plan, scenario=msgspec.structs.replace(plan.scenario, seed=seed))


def _said(argument: int | None, otherwise: int) -> int:
    return otherwise if argument is None else argument


def _within(name: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise CallerError("argument_wrong", f"--{name} is {least} to {most:,}.", name=name)
    return value

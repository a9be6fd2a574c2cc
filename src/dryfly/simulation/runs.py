"""Plays the replications of each variant, spread over the machine's cores or over a cluster.

Replication n of each variant meets the same customers (`draws`), so differences are taken replication by
replication. The first of each variant is audited: its books are kept a second way, and have to agree.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from dryfly.platform.errors import CallerError
from dryfly.simulation.audit import Audit
from dryfly.simulation.cluster import Turn, played_on
from dryfly.simulation.crew import draw_roster
from dryfly.simulation.crowd import draw_workload
from dryfly.simulation.draws import Chance
from dryfly.simulation.drive import drive
from dryfly.simulation.figures import Run, figures_of
from dryfly.simulation.plan import Plan

WORKERS_MAX = 64

Progress = Callable[[int, int], None]  # done, of how many

_plans: dict[str, Plan] = {}  # of a worker process


@dataclass(frozen=True, slots=True)
class Played:
    """A variant, replication by replication."""

    name: str
    plan: Plan
    runs: tuple[Run, ...]


def play_all(
    plans: dict[str, Plan], replications: int, workers: int, progress: Progress, cluster: str | None = None
) -> list[Played]:
    """On `workers` processes here, or on the Ray cluster at that address. Raises CallerError `books_differ` if a run is
    not consistent with itself: that is an error of ours."""
    turns = [(name, number) for number in range(replications) for name in plans]
    runs: dict[Turn, Run] = {}
    workers = min(workers, len(turns), WORKERS_MAX)
    for turn, run in _played(plans, turns, workers) if cluster is None else played_on(cluster, play, plans, turns):
        runs[turn] = run
        progress(len(runs), len(turns))
    return [
        Played(name, plan, tuple(runs[name, number] for number in range(replications))) for name, plan in plans.items()
    ]


def workers_here() -> int:
    """As many as there are cores for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def play(plan: Plan, replication: int) -> Run:
    chance = Chance(plan.scenario.seed, replication)
    workload, roster = draw_workload(plan, chance), draw_roster(plan, chance)
    audit = Audit(plan, seen_at=plan.centre.begins_at) if replication == 0 else None
    done = drive(plan.centre, workload, roster, watch=audit.watch if audit else None)
    if audit and (apart := audit.differences(workload, done)):
        raise CallerError("books_differ", f"The run does not agree with itself: {'; '.join(apart)}")
    return figures_of(plan, workload, done)


def _played(plans: dict[str, Plan], turns: list[Turn], workers: int) -> Iterator[tuple[Turn, Run]]:
    if workers <= 1:
        yield from ((turn, play(plans[turn[0]], turn[1])) for turn in turns)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _take_plans, (plans,)) as pool:
        waiting = {pool.submit(_play_named, *turn): turn for turn in turns}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def _take_plans(plans: dict[str, Plan]) -> None:
    _plans.update(plans)


def _play_named(name: str, replication: int) -> Run:
    return play(_plans[name], replication)

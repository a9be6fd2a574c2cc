"""Looks at a staffing: the kernel plays it on customers that all staffings of a search meet, and no confirming run."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dryfly.platform.errors import CallerError
from dryfly.simulation import kernel
from dryfly.simulation.crew import draw_roster
from dryfly.simulation.crowd import draw_workload
from dryfly.simulation.draws import Chance
from dryfly.simulation.figures import figures_of
from dryfly.simulation.plan import Plan
from dryfly.simulation.scenario import Search
from dryfly.simulation.staffing.goals import Goal, blocks_count, goals_of, margins_of
from dryfly.simulation.staffing.laying import laid
from dryfly.simulation.submodel import reasons_outside, rules_of
from dryfly.simulation.workload import Floats, Ints

RUNS_MAX = 50
FIRST_RUN = 1_000_000  # replications of the floor are below: who is met here is met nowhere else

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was seen of a staffing: (goals, blocks), below zero where a goal is missed."""

    margins: Floats

    @property
    def misses(self) -> Bools:
        """Blocks in which a goal is missed."""
        return np.asarray(self.margins.min(axis=0) < 0)

    @property
    def shortfall(self) -> Floats:
        """How far each block is from all its goals."""
        return np.asarray(-np.minimum(self.margins, 0.0).sum(axis=0))

    @property
    def room(self) -> Floats:
        """What is left in each block before a goal is missed, over all goals."""
        return np.asarray(self.margins.sum(axis=0))


class SpentError(Exception):
    """As many staffings were looked at as may be."""


class Lookout:
    def __init__(self, plan: Plan, search: Search, told: Callable[[int], None]) -> None:
        """Raises CallerError if the kernel may not play it. `told`: how many staffings were looked at."""
        self.plan = plan
        self.search = search
        self.goals: tuple[Goal, ...] = goals_of(plan, search)
        self.blocks = blocks_count(plan, search)
        self.looks_count = 0
        self._told = told
        self._known: dict[bytes, Look] = {}
        runs = min(plan.scenario.replications, RUNS_MAX)
        self._chances = [Chance(plan.scenario.seed, FIRST_RUN + number) for number in range(runs)]
        self._workloads = [draw_workload(plan, chance) for chance in self._chances]
        self._refuse_outside()

    def look(self, numbers: Ints) -> Look:
        """Raises SpentError."""
        key = numbers.tobytes()
        if key not in self._known:
            if self.looks_count >= self.search.looks_max:
                raise SpentError
            self.looks_count += 1
            self._known[key] = self._seen(numbers)
            self._told(self.looks_count)
        return self._known[key]

    def _seen(self, numbers: Ints) -> Look:
        plan = laid(self.plan, self.search, numbers)
        rules = rules_of(plan.centre)
        runs = [
            figures_of(plan, workload, kernel.play(rules, workload, draw_roster(plan, chance)))
            for chance, workload in zip(self._chances, self._workloads, strict=True)
        ]
        return Look(margins_of(self.goals, runs, self.search.per))

    def _refuse_outside(self) -> None:
        one_each = np.ones((len(self.search.crews), self.blocks), dtype=np.int64)
        plan, chance = laid(self.plan, self.search, one_each), self._chances[0]
        reasons = reasons_outside(plan.centre, self._workloads[0], draw_roster(plan, chance))
        if self.plan.scenario.faults.losses_per_hour:
            reasons = [
                *(reason for reason in reasons if "Connections" not in reason),
                "Connections are lost (`faults`).",
            ]
        if reasons:
            text = f"search: the kernel, which looks, knows a part of the floor's rules. {' '.join(reasons)}"
            raise CallerError("staffing_outside", text, where="search")

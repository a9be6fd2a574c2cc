"""The floor in a process of its own, plain or compiled: which one it is, is settled when Python starts.

`python -m bench._simulation_floors` is that process: it says which floor it runs, and then answers each name
on a line (`calls`, `week`) with a figure.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter, process_time

import dryfly
from bench._simulation_week import week
from dryfly.simulation.centre import Centre
from dryfly.simulation.crew import draw_roster
from dryfly.simulation.crowd import draw_workload
from dryfly.simulation.draws import Chance
from dryfly.simulation.drive import drive
from dryfly.simulation.workload import Roster, Trajectory, Workload


class Floor:
    """`switch`: `plain`, or `auto` for the compiled one if it is installed. `build` says which one it is."""

    def __init__(self, switch: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench._simulation_floors"],
            env=os.environ | {"DRYFLY_FLOOR": switch},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.build = self._line()

    def ask(self, name: str) -> float:
        assert self._process.stdin is not None
        print(name, file=self._process.stdin, flush=True)
        return float(self._line())

    def close(self) -> None:
        self._process.communicate()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def floors() -> Iterator[list[Floor]]:
    """The plain one, and the compiled one if it is installed."""
    plain, other = Floor("plain"), Floor("auto")
    if other.build != "compiled":
        print(f"bench: the floor is {other.build}; ./dryfly compile builds the compiled one", file=sys.stderr)
    try:
        yield [plain, other] if other.build == "compiled" else [plain]
    finally:
        plain.close()
        other.close()


def play_week() -> tuple[float, Centre, Workload, Roster, Trajectory]:
    """How long it took, in seconds of the processor, and what was played."""
    plan, chance = week(), Chance(1, 0)
    workload, roster = draw_workload(plan, chance), draw_roster(plan, chance)
    began = process_time()
    done = drive(plan.centre, workload, roster)
    return process_time() - began, plan.centre, workload, roster, done


def main() -> None:
    from bench.simulation import CALLS, CONTACTS

    workload = CALLS.workload(CONTACTS)

    def calls() -> float:
        began = perf_counter()
        CALLS.run(workload)
        return CONTACTS / (perf_counter() - began)

    asked: dict[str, Callable[[], float]] = {"calls": calls, "week": lambda: play_week()[0]}
    print(dryfly.FLOOR, flush=True)
    for line in sys.stdin:
        print(asked[line.strip()](), flush=True)


if __name__ == "__main__":
    main()

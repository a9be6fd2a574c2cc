"""The simulator: how fast the floor runs under virtual time, and whether what it says is true.

Speed is that of M/M/n+M (48 erlangs, 50 agents, handling 240 s, patience 120 s) beside SimPy and Ciw, all in one
run; of the plain floor, and of the compiled one where it is installed (`./dryfly compile`). Truth: the same model and
the textbook's against exact Erlang A, within three standard errors; the floor and SimPy of one mind about each single
customer; Little's law and the floor's own measures in every queue of the example; and what is held in memory while
days go by. The kernel for searches stands beside SimPy on one queue and on five skills, and beside the exact solution
of a Markov chain on two.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import sqrt
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

import numpy as np
import psutil

from bench import _simulation_kernel as by_kernel
from bench._report import Measure, against, medians, report
from bench._simulation_floors import floors, play_week
from bench._simulation_twins import by_ciw, by_simpy
from dryfly import FLOOR
from dryfly.floor import model as m
from dryfly.simulation import drive as driving
from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.draws import Chance, Exponential, Purpose, as_ms
from dryfly.simulation.erlang import erlang_a
from dryfly.simulation.reading import read_plans
from dryfly.simulation.runs import play
from dryfly.simulation.workload import Outcome, Roster, Trajectory, Workload, plain_roster, plain_workload

CONTACTS = 5_000  # of a run for speed
CONTACTS_CIW = 1_500
SPEEDUP_MIN = {"plain": 1.5, "compiled": 3.0}
REPLICATIONS = 10
CONTACTS_TRUTH = 12_000
CONTACTS_COLD = 2_000  # at the beginning, while the floor fills
DAYS = 8
CONTACTS_A_DAY = 5_000
GROWTH_MAX_MB = 0.5
WEEK_MAX_S = 60
EXAMPLE = Path(__file__).parent.parent / "examples" / "scenarios" / "monday.yaml"


@dataclass(frozen=True)
class Queueing:
    """M/M/n+M."""

    per_hour: float
    handling_s: float
    agents: int
    patience_s: float
    target_s: int = 20

    @property
    def centre(self) -> Centre:
        voice = m.Channel("voice")
        queue = m.QueueSpec(
            service_level_s=self.target_s, target_s=20, wrap_up_s=0, choice="longest_idle", waiting_max=10**6
        )
        agent = m.AgentSpec(channels=(m.ChannelCapacity(voice, 100, 1),), auto_accept=True)
        names = (m.AgentId(f"a{number}") for number in range(self.agents))
        return Centre(((m.QueueId("q"), without_words(queue)),), tuple((name, agent) for name in names), (voice,))

    def workload(self, contacts: int, replication: int = 0) -> Workload:
        chance = Chance(7, replication)
        gaps = Exponential(3600 / self.per_hour).drawn(chance.rows(Purpose.ARRIVALS, "q", contacts))
        patience = Exponential(self.patience_s).drawn(chance.rows(Purpose.PATIENCE, "q", contacts))
        handling = Exponential(self.handling_s).drawn(chance.rows(Purpose.HANDLING, "q", contacts))
        return plain_workload(as_ms(np.cumsum(gaps)), as_ms(handling), patience_ms=as_ms(patience))

    @property
    def roster(self) -> Roster:
        return plain_roster(self.agents)

    def run(self, workload: Workload) -> Trajectory:
        return driving.drive(self.centre, workload, self.roster)


CALLS = Queueing(720, 240, 50, 120)
TEXTBOOK = Queueing(2_880, 60, 50, 120)


# ---- speed -------------------------------------------------------------------------------------


def speed() -> list[Measure]:
    with floors() as played:
        builds = [floor.build for floor in played]
        found = medians({floor.build: partial(floor.ask, "calls") for floor in played} | _anchors())
    drive, simpy, unit = found["drive"], found["SimPy"], "contacts/s"
    return [measure for build in builds for measure in _beside_others(build, found)] + [
        against("simulation: the drive alone, the floor's events told again", drive, unit, "SimPy", simpy)
    ]


def _anchors() -> dict[str, Callable[[], float]]:
    workload = CALLS.workload(CONTACTS)
    events = _told(workload)
    return {
        "SimPy": lambda: _rate(CONTACTS, lambda: by_simpy(workload, CALLS.agents)),
        "Ciw": lambda: _rate(CONTACTS_CIW, lambda: by_ciw(CONTACTS_CIW, CALLS.agents, 720, 240, 120, 7)),
        "drive": lambda: _rate(CONTACTS, lambda: _retold(workload, events)),
    }


def _beside_others(build: str, found: dict[str, float]) -> list[Measure]:
    title, unit = f"simulation: the {build} floor, M/M/50+M", "contacts/s"
    return [
        against(title, found[build], unit, "SimPy", found["SimPy"], at_least=SPEEDUP_MIN[build]),
        against(f"{title}, beside Ciw", found[build], unit, "Ciw", found["Ciw"]),
    ]


def _rate(contacts: int, run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return contacts / (perf_counter() - began)


def _told(workload: Workload) -> list[list[m.Event]]:
    """What the floor answers, step by step."""
    events: list[list[m.Event]] = []
    driving.drive(CALLS.centre, workload, CALLS.roster, watch=lambda told, at: events.append(told))
    return events


def _retold(workload: Workload, events: list[list[m.Event]]) -> None:
    """The drive on a floor that costs nothing: it says again what the floor said."""
    again = iter(events)
    with patch.multiple(driving, step=lambda *_: next(again), next_deadline=lambda *_: None):
        driving.drive(CALLS.centre, workload, CALLS.roster)


# ---- truth -------------------------------------------------------------------------------------


def truth() -> list[Measure]:
    return [*_against_exact("48 E of 240 s", CALLS), *_against_exact("48 E of 60 s", TEXTBOOK), _same_as_simpy()]


def _against_exact(name: str, model: Queueing) -> list[Measure]:
    exact = erlang_a(model.per_hour, model.handling_s, model.agents, model.patience_s, model.target_s)
    seen = np.array([_shares(model, replication) for replication in range(REPLICATIONS)])
    means, errors = seen.mean(axis=0), seen.std(axis=0, ddof=1) / sqrt(REPLICATIONS)
    wanted = (exact.wait_share, exact.abandoned_share, exact.within_share, exact.wait_s)
    titles = (("waits", "share"), ("abandoned", "share"), ("answered in 20 s", "share"), ("mean wait", "s"))
    return [
        _within(f"simulation: {name}, {title}", unit, float(mean), float(error), true)
        for (title, unit), mean, error, true in zip(titles, means, errors, wanted, strict=True)
    ]


def _within(title: str, unit: str, mean: float, error: float, true: float) -> Measure:
    goal = f"within 3 standard errors ({error:.2g})"
    return Measure(title, mean, unit, "exact Erlang A", true, mean / true, goal, abs(mean - true) <= 3 * error)


def _shares(model: Queueing, replication: int) -> tuple[float, float, float, float]:
    """Who waited, left, was answered within the target; and the mean wait: of a floor that is warm."""
    done = model.run(model.workload(CONTACTS_TRUTH, replication))
    warm = slice(CONTACTS_COLD, CONTACTS_TRUTH)
    left = done.outcome[warm] == Outcome.ABANDONED
    waited = np.where(left, done.ended_ms[warm], done.started_ms[warm]) - done.entered_ms[warm]
    within = ~left & (waited <= model.target_s * 1000)
    return float((waited > 0).mean()), float(left.mean()), float(within.mean()), float(waited.mean()) / 1000


def _same_as_simpy() -> Measure:
    workload = CALLS.workload(CONTACTS)
    apart = int(np.count_nonzero(CALLS.run(workload).started_ms != np.array(by_simpy(workload, CALLS.agents))))
    goal = "each answered at the same millisecond, or not at all"
    return Measure("simulation: customers whom SimPy saw otherwise", apart, "contacts", goal=goal, ok=not apart)


def books() -> list[Measure]:
    """`play` audits its first replication, and raises if the books differ."""
    plans = read_plans(EXAMPLE)
    for plan in plans.values():
        play(plan, 0)
    queues = sum(len(plan.centre.queues) for plan in plans.values())
    return [Measure("simulation: queues in which Little's law holds", queues, "queues", goal="in every queue", ok=True)]


def a_week() -> list[Measure]:
    """300,000 contacts, 500 seats, five skills: one run of each floor, and one of the kernel."""
    spent, centre, workload, roster, done = play_week()
    with floors() as played:
        times = {FLOOR: spent} | {floor.build: floor.ask("week") for floor in played if floor.build != FLOOR}
    title, goal = f"{len(workload):,} contacts, 500 seats", f"<= {WEEK_MAX_S} s of the processor"
    return [
        Measure(f"simulation: {title}, the {build} floor", time, "s", goal=goal, ok=time <= WEEK_MAX_S)
        for build, time in times.items()
    ] + by_kernel.week(centre, workload, roster, done)


def fast() -> list[Measure]:
    """The kernel that searches use."""
    return [*by_kernel.one_queue(CALLS.centre, CALLS.roster, CALLS.workload), *by_kernel.skills()]


# ---- memory ------------------------------------------------------------------------------------


def memory() -> list[Measure]:
    """The process at the end of each day; the first is left out."""
    begins = CALLS.centre.begins_at
    workload = CALLS.workload(DAYS * CONTACTS_A_DAY)
    day_ms = int(workload.arrived_ms[-1]) // DAYS
    held: list[float] = []

    def watch(events: list[m.Event], at: m.Instant) -> None:
        if at - begins >= (len(held) + 1) * day_ms:
            gc.collect()
            held.append(psutil.Process().memory_info().rss / 2**20)

    driving.drive(CALLS.centre, workload, CALLS.roster, watch=watch)
    growth = (held[DAYS - 1] - held[0]) / (DAYS - 1)
    goal = f"<= {GROWTH_MAX_MB} MB a day"
    title = f"simulation: memory gained a day, {CONTACTS_A_DAY:,} contacts each"
    return [Measure(title, growth, "MB", goal=goal, ok=growth <= GROWTH_MAX_MB)]


def main() -> None:
    for measures in (memory, speed, fast, truth, by_kernel.two_skills, books, a_week):
        report(measures())


if __name__ == "__main__":
    main()

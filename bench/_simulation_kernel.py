"""The kernel of the simulator: how fast it is beside SimPy, and that it says what the floor and exact results say."""

from collections.abc import Callable
from math import sqrt
from time import perf_counter

import numpy as np

from bench._report import Measure, against, medians
from bench._simulation_skills import TwoSkills, everybody, five_skills, skills_by_simpy
from bench._simulation_twins import by_simpy
from dryfly.simulation import kernel
from dryfly.simulation.audit import Audit
from dryfly.simulation.centre import Centre
from dryfly.simulation.crowd import draw_workload
from dryfly.simulation.draws import Chance
from dryfly.simulation.drive import drive
from dryfly.simulation.submodel import rules_of
from dryfly.simulation.workload import Floats, Outcome, Roster, Trajectory, Workload

SPEEDUP_MIN = 90
HOURS = 5  # of the five skills, for SimPy and the floor: 4,700 contacts
HOURS_KERNEL = 107  # 100,000
HOURS_TWO_SKILLS = 500  # 120,000 in each replication
COLD_MS = 5 * 3_600_000
REPLICATIONS = 10
WEEK_MAX_S = 1.0


def one_queue(centre: Centre, roster: Roster, drawn: Callable[[int], Workload]) -> list[Measure]:
    """M/M/n+M. `drawn` gives so many customers."""
    few, many, rules = drawn(5_000), drawn(100_000), rules_of(centre)
    kernel.play(rules, few, roster)
    runs = {
        "kernel": lambda: _rate(many, lambda: kernel.play(rules, many, roster)),
        "SimPy": lambda: _rate(few, lambda: by_simpy(few, roster.agents_count)),
    }
    found = medians(runs)
    title = f"simulation: the kernel, M/M/{roster.agents_count}+M"
    return [against(title, found["kernel"], "contacts/s", "SimPy", found["SimPy"], at_least=SPEEDUP_MIN)]


def skills() -> list[Measure]:
    """Five skills, eight teams, 67 agents: floor, kernel and SimPy meet the same customers."""
    plan, long = five_skills(HOURS), five_skills(HOURS_KERNEL)
    roster, rules = everybody(plan), rules_of(plan.centre)
    few, many = draw_workload(plan, Chance(3, 0)), draw_workload(long, Chance(3, 0))
    runs = {
        "kernel": lambda: _rate(many, lambda: kernel.play(rules, many, roster)),
        "floor": lambda: _rate(few, lambda: drive(plan.centre, few, roster)),
        "SimPy": lambda: _rate(few, lambda: skills_by_simpy(plan, few)),
    }
    found, unit = medians(runs), "contacts/s"
    audit = Audit(plan, seen_at=plan.centre.begins_at)
    done = drive(plan.centre, few, roster, watch=audit.watch)
    apart = np.count_nonzero(done.started_ms != np.array(skills_by_simpy(plan, few)))
    odd, goal = len(audit.differences(few, done)), "none: Little's law holds in every queue, and every count agrees"
    title = "simulation: the kernel, five skills"
    return [
        against(title, found["kernel"], unit, "SimPy", found["SimPy"], at_least=SPEEDUP_MIN),
        against("simulation: the floor, five skills", found["floor"], unit, "SimPy", found["SimPy"]),
        Measure("simulation: five skills, SimPy saw otherwise", int(apart), "contacts", goal="none", ok=not apart),
        Measure("simulation: five skills, books that differ", odd, "figures", goal=goal, ok=not odd),
        same_as_floor("five skills", done, kernel.play(rules, few, roster)),
    ]


def same_as_floor(name: str, floor: Trajectory, fast: Trajectory) -> Measure:
    apart = (floor.started_ms != fast.started_ms) | (floor.ended_ms != fast.ended_ms) | (floor.agent != fast.agent)
    count = int(np.count_nonzero(apart))
    goal = "the same agent, answer and end, to the millisecond"
    return Measure(f"simulation: {name}, the kernel saw otherwise", count, "contacts", goal=goal, ok=not count)


def week(centre: Centre, workload: Workload, roster: Roster, floor: Trajectory) -> list[Measure]:
    """The week that the floor has played, again."""
    rules = rules_of(centre)
    kernel.play(rules, workload, roster)
    spent = len(workload) / _rate(workload, lambda: kernel.play(rules, workload, roster))
    goal = f"<= {WEEK_MAX_S:g} s"
    return [
        Measure("simulation: the same week by the kernel", spent, "s", goal=goal, ok=spent <= WEEK_MAX_S),
        same_as_floor("a week of 500 seats", floor, kernel.play(rules, workload, roster)),
    ]


def two_skills() -> list[Measure]:
    """Against the exact solution of the Markov chain."""
    model = TwoSkills()
    plan = model.plan(HOURS_TWO_SKILLS)
    roster, exact = model.roster(plan), model.exact()
    seen = np.array([_seen(plan.centre, draw_workload(plan, Chance(11, n)), roster) for n in range(REPLICATIONS)])
    means, errors = seen.mean(axis=0), seen.std(axis=0, ddof=1) / sqrt(REPLICATIONS)
    titles = (("first skill leaves", "share"), ("second skill leaves", "share"))
    titles += (("first skill waits", "s"), ("second skill waits", "s"))
    return [
        _within(f"simulation: two skills, {title}", unit, float(mean), float(error), true)
        for (title, unit), mean, error, true in zip(titles, means, errors, exact, strict=True)
    ] + [_floor_on_two_skills(model)]


def _floor_on_two_skills(model: TwoSkills) -> Measure:
    plan = model.plan(HOURS_TWO_SKILLS / 25)
    workload, roster = draw_workload(plan, Chance(11, 0)), model.roster(plan)
    return same_as_floor(
        "two skills", drive(plan.centre, workload, roster), kernel.drive(plan.centre, workload, roster)
    )


def _within(title: str, unit: str, mean: float, error: float, true: float) -> Measure:
    goal = f"within 3 standard errors ({error:.2g})"
    return Measure(title, mean, unit, "exact Markov chain", true, mean / true, goal, abs(mean - true) <= 3 * error)


def _seen(centre: Centre, workload: Workload, roster: Roster) -> Floats:
    done = kernel.drive(centre, workload, roster)
    left = done.outcome == Outcome.ABANDONED
    waited_s = (np.where(left, done.ended_ms, done.started_ms) - done.entered_ms) / 1000
    of = [(workload.arrived_ms >= COLD_MS) & (workload.queue == queue) for queue in (0, 1)]
    return np.array([left[of[0]].mean(), left[of[1]].mean(), waited_s[of[0]].mean(), waited_s[of[1]].mean()])


def _rate(workload: Workload, run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return len(workload) / (perf_counter() - began)

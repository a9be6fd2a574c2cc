"""Five skills over eight overlapping teams, for the simulators; and two skills with an answer that is exact.

The second is an N: one team serves the first skill only, the other team both; the second skill always goes before the
first (by its target), who needs the first is sent to the specialists while one is free. All is exponential, so that who
serves and who waits is a Markov chain, which is solved here without any simulation.
"""

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
import simpy
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import spsolve

from dryfly.floor import model as m
from dryfly.simulation.draws import Exponential
from dryfly.simulation.plan import Plan, make_plan
from dryfly.simulation.scenario import Crew, Queue, Rate, Scenario, Stream
from dryfly.simulation.submodel import rules_of
from dryfly.simulation.workload import Floats, Roster, Workload, plain_roster

VOICE = m.Channel("voice")
HANDLING_S, PATIENCE_S = 240.0, 120.0
ERLANGS = (12.8, 16.0, 12.8, 11.2, 9.6)
TEAMS = (((0,), 9), ((1,), 10), ((2,), 9), ((3,), 8), ((4,), 7), ((0, 1), 8), ((1, 2, 3), 8), ((0, 1, 2, 3, 4), 8))


def five_skills(hours: float) -> Plan:
    return make_plan(
        Scenario(
            title="Five skills",
            hours=hours,
            queues={f"q{skill}": Queue(_queue(skill, 20)) for skill in range(len(ERLANGS))},
            crews={f"team{number}": Crew(count, _agent(skills)) for number, (skills, count) in enumerate(TEAMS)},
            workload={
                f"q{skill}": _stream(load * 3600 / HANDLING_S, HANDLING_S, PATIENCE_S)
                for skill, load in enumerate(ERLANGS)
            },
        ),
        {},
    )


def everybody(plan: Plan) -> Roster:
    return plain_roster(len(plan.centre.agents), len(plan.centre.queues))


def _queue(skill: int, target_s: int) -> m.QueueSpec:
    needs = (m.SkillNeed(m.SkillId(f"s{skill}")),)
    return m.QueueSpec(needs, target_s=target_s, service_level_s=20, wrap_up_s=0, waiting_max=10**6)


def _agent(skills: tuple[int, ...]) -> m.AgentSpec:
    levels = {m.SkillId(f"s{skill}"): 1 for skill in skills}
    return m.AgentSpec(levels, channels=(m.ChannelCapacity(VOICE, 100, 1),), auto_accept=True)


def _stream(per_hour: float, handling_s: float, patience_s: float) -> Stream:
    return Stream(
        channel=VOICE,
        handling=Exponential(handling_s),
        rate=Rate(per_hour=per_hour),
        patience=Exponential(patience_s),
    )


# ---- the five in SimPy -------------------------------------------------------------------------


def skills_by_simpy(plan: Plan, workload: Workload) -> list[float]:
    """When each was answered; -1 for those who left. Who is asked first is the floor's own choice."""
    rules = rules_of(plan.centre)
    skills, arrived = workload.queue.tolist(), workload.arrived_ms.tolist()
    patience, handling = workload.patience_ms.tolist(), workload.handling_ms.tolist()
    asked = _pieces(rules.asked.tolist(), rules.asked_from.tolist())
    serves = _pieces(rules.serves.tolist(), rules.serves_from.tolist())
    world = simpy.Environment()
    idle = np.bincount(rules.group).tolist()
    lines: list[deque[tuple[int, simpy.Event]]] = [deque() for _ in asked]
    started = [-1.0] * len(arrived)

    def customer(number: int) -> Generator[Any, Any, None]:
        skill = skills[number]
        team = next((team for team in asked[skill] if idle[team]), None)
        if team is not None:
            idle[team] -= 1
        else:
            turn = world.event()
            lines[skill].append((number, turn))
            won = yield turn | world.timeout(patience[number])
            if turn not in won:
                lines[skill].remove((number, turn))
                return
            team = turn.value
        started[number] = world.now
        yield world.timeout(handling[number])
        release(team)

    def release(team: int) -> None:
        """To whoever has waited for longest."""
        skill = min((skill for skill in serves[team] if lines[skill]), key=lambda s: lines[s][0][0], default=None)
        if skill is None:
            idle[team] += 1
        else:
            lines[skill].popleft()[1].succeed(team)

    def door() -> Generator[Any, Any, None]:
        for number, at in enumerate(arrived):
            yield world.timeout(at - world.now)
            world.process(customer(number))

    world.process(door())
    world.run()
    return started


def _pieces(values: list[int], edges: list[int]) -> list[list[int]]:
    return [values[edge:end] for edge, end in pairwise(edges)]


# ---- two skills, exactly -----------------------------------------------------------------------


@dataclass(frozen=True)
class TwoSkills:
    """Rates by hour, durations in seconds; the first number of each pair is the first skill's or the specialists'."""

    per_hour: tuple[float, float] = (150.0, 90.0)
    handling_s: float = 240.0
    agents: tuple[int, int] = (8, 8)
    speeds: tuple[float, float] = (1.2, 1.0)
    patience_s: tuple[float, float] = (180.0, 90.0)
    longest: tuple[int, int] = (90, 60)  # lines are cut off there: a negligible share of the time is beyond

    def plan(self, hours: float) -> Plan:
        never_s = 10**8  # who needs the first skill is due after everybody else
        targets = (never_s, 0)
        pairs = list(zip(self.per_hour, self.patience_s, strict=True))
        return make_plan(
            Scenario(
                title="Two skills",
                hours=hours,
                queues={f"q{skill}": Queue(_queue(skill, targets[skill])) for skill in range(2)},
                crews={
                    "specialist": Crew(self.agents[0], _agent((0,))),
                    "both": Crew(self.agents[1], _agent((0, 1))),
                },
                workload={f"q{n}": _stream(rate, self.handling_s, waits) for n, (rate, waits) in enumerate(pairs)},
                speeds={"specialist": self.speeds[0], "both": self.speeds[1]},
            ),
            {},
        )

    def roster(self, plan: Plan) -> Roster:
        everyone = everybody(plan)
        return Roster(everyone.at_ms, everyone.agent, everyone.act, plan.speed, np.ones(1))

    def exact(self) -> tuple[float, float, float, float]:
        """For each skill: the share that leaves, then the mean time in line of all who come, in seconds."""
        states, chances = self._balance()
        waiting = [
            float(sum(chance * state[2 + n] for state, chance in zip(states, chances, strict=True))) for n in (0, 1)
        ]
        waits = [count / (rate / 3600) for count, rate in zip(waiting, self.per_hour, strict=True)]
        left = [wait / patience for wait, patience in zip(waits, self.patience_s, strict=True)]
        return left[0], left[1], waits[0], waits[1]

    def _balance(self) -> tuple[list[tuple[int, int, int, int]], Floats]:
        states = list(self._states())
        number = {state: n for n, state in enumerate(states)}
        moves = [(n, number[to], rate) for n, state in enumerate(states) for to, rate in self._moves(state)]
        rows, columns, rates = (np.array(column) for column in zip(*moves, strict=True))
        size = len(states)
        flow = csr_matrix((rates, (columns, rows)), shape=(size, size)).tolil()
        flow.setdiag(-np.bincount(rows, weights=rates, minlength=size))
        flow[0] = np.ones(size)  # one balance equation follows from the others; the chances add up to one
        whole = np.zeros(size)
        whole[0] = 1.0
        return states, spsolve(flow.tocsc(), whole)

    def _states(self) -> "chain[tuple[int, int, int, int]]":
        """(specialists busy, others busy, first skill waiting, second waiting); nobody is idle who could serve."""
        one, two = self.agents
        return chain(
            ((a, b, 0, 0) for a in range(one + 1) for b in range(two)),
            ((a, two, 0, w) for a in range(one) for w in range(self.longest[1] + 1)),
            ((one, two, v, w) for v in range(self.longest[0] + 1) for w in range(self.longest[1] + 1)),
        )

    def _moves(self, state: tuple[int, int, int, int]) -> list[tuple[tuple[int, int, int, int], float]]:
        a, b, v, w = state
        (one, two), (speed_one, speed_two) = self.agents, self.speeds
        first, second = (rate / 3600 for rate in self.per_hour)
        moves: list[tuple[tuple[int, int, int, int], float]] = []
        if a < one:
            moves.append(((a + 1, b, v, w), first))
        elif b < two:
            moves.append(((a, b + 1, v, w), first))
        elif v < self.longest[0]:
            moves.append(((a, b, v + 1, w), first))
        if b < two:
            moves.append(((a, b + 1, v, w), second))
        elif w < self.longest[1]:
            moves.append(((a, b, v, w + 1), second))
        if a:
            moves.append(((a, b, v - 1, w) if v else (a - 1, b, v, w), a * speed_one / self.handling_s))
        if b:
            freed = (a, b, v, w - 1) if w else (a, b, v - 1, w) if v else (a, b - 1, v, w)
            moves.append((freed, b * speed_two / self.handling_s))
        if v:
            moves.append(((a, b, v - 1, w), v / self.patience_s[0]))
        if w:
            moves.append(((a, b, v, w - 1), w / self.patience_s[1]))
        return moves

"""The staff of one replication: who is there when, who stays away, and whose connection is lost."""

from collections.abc import Iterator

import numpy as np

from dryfly.simulation.draws import Chance, Exponential, Purpose
from dryfly.simulation.plan import HOUR_MS, Duty, Plan
from dryfly.simulation.workload import Act, Roster

LOSSES_MAX = 1_000  # of one agent in one shift

Planned = tuple[int, int, int]  # when, agent, act


def draw_roster(plan: Plan, chance: Chance) -> Roster:
    scenario = plan.scenario
    there = [duty for duty in plan.duties if _comes(plan, duty, chance)]
    acts = sorted((at, act, agent) for duty in there for at, agent, act in _acts(plan, duty, chance))
    table = np.array(acts, dtype=np.int64).reshape(len(acts), 3)
    at, act, agent = (np.ascontiguousarray(table[:, column]) for column in range(3))
    return Roster(
        at_ms=np.maximum(at, 0),
        agent=agent,
        act=act,
        speed=plan.speed,
        concurrency=np.array(scenario.concurrency),
        pause_ms=round(scenario.pause_after_misses * 1000),
    )


def _comes(plan: Plan, duty: Duty, chance: Chance) -> bool:
    share = plan.scenario.absent_share
    return not share or bool(chance.uniforms(Purpose.ABSENCE, _subject(plan, duty), 1)[0] >= share)


def _subject(plan: Plan, duty: Duty) -> str:
    return f"{plan.centre.agents[duty.agent][0]}/{duty.from_ms}"


def _acts(plan: Plan, duty: Duty, chance: Chance) -> Iterator[Planned]:
    agent = duty.agent
    if duty.until_ms <= 0:
        return
    yield duty.from_ms, agent, Act.SIGN_IN
    for begin, end in duty.pauses:
        yield begin, agent, Act.PAUSE
        yield end, agent, Act.RESUME
    for lost, back in _losses(plan, duty, chance):
        yield lost, agent, Act.VANISH
        yield back, agent, Act.COME_BACK
    yield duty.until_ms, agent, Act.SIGN_OUT


def _losses(plan: Plan, duty: Duty, chance: Chance) -> Iterator[tuple[int, int]]:
    """One after the other, all within the shift."""
    faults = plan.scenario.faults
    if not faults.losses_per_hour:
        return
    subject = _subject(plan, duty)
    between = Exponential(3600 / faults.losses_per_hour)
    count = min(LOSSES_MAX, int(10 + 4 * faults.losses_per_hour * (duty.until_ms - duty.from_ms) / HOUR_MS))
    gaps = between.drawn(chance.rows(Purpose.LOSSES, subject, count))
    away = faults.back_after.drawn(chance.rows(Purpose.RETURNS, subject, count))
    at = duty.from_ms
    for gap_s, away_s in zip(gaps, away, strict=True):
        lost = at + round(gap_s * 1000)
        at = lost + max(1, round(away_s * 1000))
        if at >= duty.until_ms:
            return
        yield lost, at

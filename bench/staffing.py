"""How many agents the search finds for five skills, beside what Erlang A says exactly, and how long that takes.

62.4 erlangs on five queues; 80 in 100 answered in 20 s and at most one in twenty lost, in each queue. Five teams with
one skill are five queues of Erlang A; one team with all skills is one. Agents with two skills, in a ring, lie
between: near the one team, as Wallace and Whitt (2005) found. What is found there is confirmed by the floor on other
customers.
"""

from time import process_time

from bench._report import Measure, against, report
from bench._simulation_skills import ERLANGS, HANDLING_S, PATIENCE_S, VOICE
from dryfly.floor import model as m
from dryfly.simulation.draws import Exponential
from dryfly.simulation.plan import Plan, make_plan
from dryfly.simulation.scenario import Crew, Queue, Rate, Scenario, Search, Shift, Sought, Stream, Target
from dryfly.simulation.staffing.guess import Load, fewest, guessed, holds_alone
from dryfly.simulation.staffing.looking import Lookout
from dryfly.simulation.staffing.search import Searcher

TARGET = Target(service_level=0.8, abandoned_share=0.05)
TEAMS = {
    "one skill each": [(skill,) for skill in range(5)],
    "two skills each": [(skill, (skill + 1) % 5) for skill in range(5)],
    "all skills": [(0, 1, 2, 3, 4)],
}
HOURS, REPLICATIONS = 48, 10
ABOVE_POOLED_MAX = 1.05
"""With two skills each: in agents, over those of one team. One agent in 64 is 1.6 %."""


def plan_of(teams: list[tuple[int, ...]]) -> tuple[Plan, Search]:
    crews = {f"team{''.join(map(str, skills))}": Crew(1, _agent(skills)) for skills in teams}
    search = Search(crews={name: Sought() for name in crews}, targets={f"q{n}": TARGET for n in range(len(ERLANGS))})
    scenario = Scenario(
        title="Five skills",
        begins_at="2026-01-05T00:00",
        hours=HOURS,
        replications=REPLICATIONS,
        queues={f"q{skill}": Queue(_queue(skill)) for skill in range(len(ERLANGS))},
        crews=crews,
        workload={f"q{skill}": _stream(load) for skill, load in enumerate(ERLANGS)},
        staff=tuple(Shift(name, "00:00", "00:00") for name in crews),
        search=search,
    )
    return make_plan(scenario, {}), search


def _queue(skill: int) -> m.QueueSpec:
    needs = (m.SkillNeed(m.SkillId(f"s{skill}")),)
    return m.QueueSpec(needs, target_s=20, service_level_s=20, wrap_up_s=0, waiting_max=10**6, short_abandon_s=0)


def _agent(skills: tuple[int, ...]) -> m.AgentSpec:
    levels = {m.SkillId(f"s{skill}"): 1 for skill in skills}
    return m.AgentSpec(levels, channels=(m.ChannelCapacity(VOICE, 100, 1),), auto_accept=True)


def _stream(erlangs: float) -> Stream:
    rate = Rate(per_hour=erlangs * 3600 / HANDLING_S)
    return Stream(channel=VOICE, rate=rate, handling=Exponential(HANDLING_S), patience=Exponential(PATIENCE_S))


def exact(erlangs: float) -> int:
    load = Load(erlangs * 3600 / HANDLING_S, HANDLING_S, PATIENCE_S)
    return fewest(load, lambda agents: holds_alone(load, agents, _queue(0), TARGET))


def looked_for(teams: list[tuple[int, ...]]) -> tuple[int, float]:
    """How many agents, and the seconds of processor that it took."""
    plan, search = plan_of(teams)
    began = process_time()
    found = Searcher(Lookout(plan, search, lambda looks: None), lambda *noted: None).run(guessed(plan, search))
    return int(found.numbers.sum()), process_time() - began


def measures() -> list[Measure]:
    alone, pooled = sum(map(exact, ERLANGS)), exact(sum(ERLANGS))
    found = {name: looked_for(teams) for name, teams in TEAMS.items()}
    told = [
        _agents("one skill each", found["one skill each"][0], alone),
        _agents("all skills", found["all skills"][0], pooled),
        against(
            "staffing: two skills each", found["two skills each"][0], "agents", "one team, exact Erlang A", pooled,
            at_most=ABOVE_POOLED_MAX,
        ),
    ]  # fmt: skip
    times = [Measure(f"staffing: {name}, the search", spent, "s of processor") for name, (_, spent) in found.items()]
    return [*told, *times]


def _agents(name: str, count: int, exactly: int) -> Measure:
    goal = "the same number"
    return Measure(
        f"staffing: {name}", count, "agents", "exact Erlang A", exactly, count / exactly, goal, count == exactly
    )


def main() -> None:
    report(measures())


if __name__ == "__main__":
    main()

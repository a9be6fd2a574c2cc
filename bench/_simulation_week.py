"""One week of a centre with 500 seats: 300,000 contacts, five skills, two shifts a day, days that differ."""

from math import exp

from dryfly.floor import model as m
from dryfly.simulation.draws import Exponential, Fixed, Lognormal
from dryfly.simulation.plan import Plan, make_plan
from dryfly.simulation.scenario import Break, Crew, Queue, Rate, Retries, Scenario, Shift, Stream

CONTACTS = 300_000
SKILLS = ("orders", "returns", "billing", "advice", "technical")
SHARES = (0.32, 0.2, 0.2, 0.16, 0.12)
HANDLING_S = (180, 220, 240, 350, 400)
DAYS = (1.25, 1.1, 1.05, 1.0, 1.1, 0.8, 0.7)  # Monday first
OPENS, CLOSES = 8, 20  # o'clock
LUNCHES = ("11:30", "12:00", "12:30", "13:00")
TEAS = ("16:30", "17:00", "17:30", "18:00")
VOICE = m.Channel("voice")
CREWS = {  # skills, and how many
    "alpha": (("orders",), 60),
    "beta": (("returns", "billing"), 90),
    "gamma": (("advice",), 40),
    "delta": (("technical",), 40),
    "pairs": (("orders", "returns"), 110),
    "trios": (("returns", "billing", "advice"), 70),
    "all": (SKILLS, 90),
}


def week() -> Plan:
    return make_plan(
        Scenario(
            title="A week of 500 seats",
            begins_at="2026-11-23T00:00",
            hours=24 * 7,
            queues={skill: Queue(_queue(skill)) for skill in SKILLS},
            crews={name: Crew(count, _agent(skills)) for name, (skills, count) in CREWS.items()},
            workload={skill: _stream(number) for number, skill in enumerate(SKILLS)},
            staff=tuple(_shifts()),
            absent_share=0.06,
        ),
        {},
    )


def _queue(skill: str) -> m.QueueSpec:
    needs = (m.SkillNeed(m.SkillId(skill), 3),)
    return m.QueueSpec(requirement=needs, service_level_s=20, target_s=20, wrap_up_s=30, waiting_max=10**6)


def _agent(skills: tuple[str, ...]) -> m.AgentSpec:
    levels = {m.SkillId(skill): 5 for skill in skills}
    return m.AgentSpec(levels, channels=(m.ChannelCapacity(VOICE, 100, 1),), auto_accept=True)


def _stream(number: int) -> Stream:
    return Stream(
        channel=VOICE,
        rate=Rate(per_interval=tuple(SHARES[number] * share * CONTACTS for share in _profile()), minutes=30),
        handling=Lognormal(float(HANDLING_S[number]), 1.1),
        patience=Exponential(150.0),
        wrap_up=Exponential(20.0),
        reaction=Fixed(0.0),
        retries=Retries(0.3, Exponential(900.0)),
    )


def _profile() -> list[float]:
    """Each half hour's share of the week: two humps a day while it is open."""
    hours = [half / 2 for half in range(48)]
    day = [_humps(hour) if OPENS <= hour < CLOSES else 0.0 for hour in hours]
    whole = sum(day) * sum(DAYS)
    return [weight * value / whole for weight in DAYS for value in day]


def _humps(hour: float) -> float:
    return 0.35 + exp(-(((hour - 10.5) / 1.8) ** 2)) + 0.8 * exp(-(((hour - 15) / 2.2) ** 2))


def _shifts() -> list[Shift]:
    """Two of three come in the morning; one in three comes later and stays to the end."""
    shifts = []
    for turn, (name, (_, count)) in enumerate(CREWS.items()):
        names = [f"{name}-{number}" for number in range(1, count + 1)]
        early = tuple(name for number, name in enumerate(names) if number % 3)
        late = tuple(name for number, name in enumerate(names) if number % 3 == 0)
        shifts.append(Shift(early, "07:55", "16:30", (Break(LUNCHES[turn % 4], 30),)))
        shifts.append(Shift(late, "11:30", "20:05", (Break(TEAS[turn % 4], 30),)))
    return shifts

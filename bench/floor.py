"""How fast the floor decides, and how that grows with agents, skill profiles and waiting contacts.

A decision is one command taken by `step`, with all that follows from it: an arrival, an acceptance, the end of a talk.
Two times of the day are measured: *busy* (everybody is full, many wait, and each talk that ends frees room for the
next) and *calm* (half of the agents are free, and each arrival goes to the best of them). The anchor is the same floor
with matching by a full scan: all agents for a contact, all who wait for an agent.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from bench._report import Measure, against, medians, report
from dryfly.floor import Agent, Contact, State, apply, decide, new_state, step
from dryfly.floor import model as m
from dryfly.floor.capacity import has_room
from dryfly.floor.index import place_in_line
from dryfly.floor.matching import offered
from dryfly.floor.model import AgentId, Channel, ContactId, Instant, QueueId, SkillId, SkillNeed
from dryfly.floor.policies import Standing, least_loaded_first, rank_by_skills
from dryfly.floor.search import Choice

MORNING = Instant(1_800_000_000_000)
WEB = Channel("web")
CHANNELS = (m.ChannelCapacity(WEB, 50, 2), m.ChannelCapacity(Channel("mail"), 10, 3))
SKILLS_COUNT = 24
SKILLS_EACH = 5
QUEUES_COUNT = 40
PROFILES_COUNT = 60
AGENTS_COUNTS = (100, 1_000, 10_000)
WAITING_COUNTS = (100, 10_000, 100_000)
CYCLES = 300
CYCLES_SCAN = 4
SPEEDUP_MIN = 50
GROWTH_MAX = 5

Step = Callable[[State, m.Command, Instant], list[m.Event]]


@dataclass
class Shift:
    """A floor under steady load: as many talks begin as end."""

    agents_count: int
    profiles_count: int
    waiting_count: int  # 0: calm
    state: State = field(default_factory=new_state)
    now: Instant = MORNING
    random: Random = field(default_factory=lambda: Random(7))
    served: deque[tuple[ContactId, AgentId]] = field(default_factory=deque)
    contacts_count: int = 0
    decisions_count: int = 0

    def __post_init__(self) -> None:
        profiles = [self._skills() for _ in range(self.profiles_count)]
        for number in range(QUEUES_COUNT):
            skills = sorted(profiles[number % len(profiles)].items())[:2]
            needs = tuple(SkillNeed(skill, max(1, level - 3)) for skill, level in skills)
            spec = m.QueueSpec(requirement=needs, wrap_up_s=0, waiting_max=10**6)
            self._take(step, m.PutQueue(QueueId(f"q{number}"), spec))
        for number in range(self.agents_count):
            self._sign_in(AgentId(f"a{number}"), profiles[number % len(profiles)])
        if self.waiting_count:
            while len(self.state.index.demand_of) < self.waiting_count:
                self._arrive(step)
        else:
            while len(self.served) < self.agents_count // 2:
                self._arrive(step)
        self.run(step, 50)

    def run(self, by: Step, cycles: int) -> float:
        """Decisions per second."""
        self.decisions_count = 0
        began = perf_counter()
        for _ in range(cycles):
            self._end_a_talk(by)
            self._arrive(by)
        return self.decisions_count / (perf_counter() - began)

    def _skills(self) -> dict[SkillId, int]:
        known = self.random.sample(range(SKILLS_COUNT), SKILLS_EACH)
        return {SkillId(f"s{number}"): self.random.randint(1, 10) for number in known}

    def _sign_in(self, agent: AgentId, skills: dict[SkillId, int]) -> None:
        self._take(step, m.PutAgent(agent, m.AgentSpec(skills, channels=CHANNELS)))
        self._take(step, m.ConnectAgent(agent))
        self._take(step, m.SetPresence(agent, m.Presence.READY))

    def _arrive(self, by: Step) -> None:
        self.contacts_count += 1
        contact = ContactId(f"c{self.contacts_count}")
        queue = QueueId(f"q{self.random.randrange(QUEUES_COUNT)}")
        self._accept_all(by, self._take(by, m.OpenContact(contact, WEB, None, queue)))

    def _end_a_talk(self, by: Step) -> None:
        if self.served:
            contact, agent = self.served.popleft()
            self._accept_all(by, self._take(by, m.FinishContact(contact, agent)))

    def _accept_all(self, by: Step, events: list[m.Event]) -> None:
        for event in events:
            if isinstance(event, m.OfferMade):
                self._take(by, m.AcceptOffer(event.offer, event.agent))
                self.served.append((event.contact, event.agent))

    def _take(self, by: Step, command: m.Command) -> list[m.Event]:
        self.now = Instant(self.now + 7)
        self.decisions_count += 1
        return by(self.state, command, self.now)


# ---- the anchor --------------------------------------------------------------------------------


def scan_step(state: State, command: m.Command, now: Instant) -> list[m.Event]:
    """`step`, with matching by looking at everybody."""
    events = decide(state, command, now)
    for event in events:
        apply(state, event, now)
    offers = [*_place_all(state, now), *_feed_all(state, now)]
    return [*events, *offers]


def _place_all(state: State, now: Instant) -> list[m.Event]:
    made: list[m.Event] = []
    for name in list(state.index.unplaced):
        contact = state.contacts[name]
        able = [agent for agent in state.agents.values() if _may_take(agent, contact)]
        if able:
            made += _offer(state, contact, *min(_ranked(state, contact, able)), now)
    state.index.unplaced.clear()
    return made


def _feed_all(state: State, now: Instant) -> list[m.Event]:
    """The agent who is free takes the first of all who wait."""
    made: list[m.Event] = []
    for name in list(state.index.freed):
        agent = state.agents[name]
        waiting = (state.contacts[waits] for waits in state.index.demand_of)
        first = min((c for c in waiting if _may_take(agent, c)), key=place_in_line, default=None)
        if first is not None:
            made += _offer(state, first, *_ranked(state, first, [agent])[0], now)
    state.index.freed.clear()
    state.index.unplaced.clear()
    return made


def _may_take(agent: Agent, contact: Contact) -> bool:
    if agent.presence is not m.Presence.READY or not agent.is_connected:
        return False
    if not has_room(agent, contact.channel) or agent.id in contact.tried:
        return False
    skills = agent.spec.skills
    for need in contact.requirement:  # a plain loop: the anchor gets every chance  # noqa: SIM110
        if skills.get(need.skill, 0) < need.level_min:
            return False
    return True


def _ranked(state: State, contact: Contact, able: list[Agent]) -> list[tuple[Standing, tuple[int, int], AgentId]]:
    holders, count, needs = state.index.holders, len(state.agents), contact.requirement
    return [
        ((0, *rank_by_skills(agent.spec.skills, needs, holders, count)), least_loaded_first(agent), agent.id)
        for agent in able
    ]


def _offer(
    state: State, contact: Contact, rank: Standing, order: tuple[int, int], agent: AgentId, now: Instant
) -> list[m.Event]:
    events = offered(state, contact, [Choice(agent, "full_scan", rank)], now)
    for event in events:
        apply(state, event, now)
    return events


# ---- the measures ------------------------------------------------------------------------------


def kind_of_profiles(shift: Shift) -> str:
    return "60 profiles" if shift.profiles_count == PROFILES_COUNT else "a profile each"


def name_of(shift: Shift) -> str:
    time_of_day = f"busy, {shift.waiting_count:,} waiting" if shift.waiting_count else "calm"
    return f"floor: {shift.agents_count:,} agents, {kind_of_profiles(shift)}, {time_of_day}"


def shifts_by(agents_counts: tuple[int, ...], waiting_counts: tuple[int, ...]) -> list[Shift]:
    return [
        Shift(agents, profiles, waiting)
        for agents in agents_counts
        for profiles in (PROFILES_COUNT, agents)
        for waiting in waiting_counts
    ]


def speed_against_scan(shifts: list[Shift]) -> list[Measure]:
    """The floor and the full scan take turns on the same shifts."""
    runs: dict[str, Callable[[], float]] = {}
    for shift in shifts:
        runs[name_of(shift)] = lambda shift=shift: shift.run(step, CYCLES)  # type: ignore[misc]
        runs[f"scan {name_of(shift)}"] = lambda shift=shift: shift.run(scan_step, CYCLES_SCAN)  # type: ignore[misc]
    speeds = medians(runs)
    return [_against_scan(shift, speeds) for shift in shifts] + _growth(shifts, speeds)


def _against_scan(shift: Shift, speeds: dict[str, float]) -> Measure:
    name = name_of(shift)
    goal = SPEEDUP_MIN if shift.agents_count == max(AGENTS_COUNTS) else None
    return against(name, speeds[name], "decisions/s", "full scan", speeds[f"scan {name}"], at_least=goal)


def _growth(shifts: list[Shift], speeds: dict[str, float]) -> list[Measure]:
    """Cost per decision with the most agents, against that with the fewest."""
    few, many = min(AGENTS_COUNTS), max(AGENTS_COUNTS)
    measures = []
    for small in (shift for shift in shifts if shift.agents_count == few):
        profiles = PROFILES_COUNT if small.profiles_count == PROFILES_COUNT else many
        large = next(
            s
            for s in shifts
            if (s.agents_count, s.profiles_count, s.waiting_count) == (many, profiles, small.waiting_count)
        )
        goal = GROWTH_MAX if profiles == PROFILES_COUNT else None
        cost, cost_few = (1e6 / speeds[name_of(shift)] for shift in (large, small))
        measures.append(
            against(f"growth of {name_of(large)}", cost, "us/decision", f"{few} agents", cost_few, at_most=goal)
        )
    return measures


def main() -> None:
    by_agents = shifts_by(AGENTS_COUNTS, (0, 1_000))
    report(speed_against_scan(by_agents))
    by_waiting = shifts_by((1_000,), WAITING_COUNTS)
    speeds = medians({name_of(s): lambda s=s: s.run(step, CYCLES) for s in by_waiting})  # type: ignore[misc]
    report([Measure(name, speed, "decisions/s") for name, speed in speeds.items()])


if __name__ == "__main__":
    main()

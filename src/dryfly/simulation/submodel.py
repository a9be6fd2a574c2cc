"""The sub-model "one at a time": the part of the floor's rules that `kernel` knows, and what of a centre lies outside.

In it each agent serves one contact and accepts by set-up; a contact waits in one queue until an agent answers or it
leaves; work after the talk follows; agents sign in, pause and sign out. Requirements with levels, all choices of
agents, several queues over shared agents, full queues and coming again are in it. What is in it, the kernel does as the
floor, to the millisecond. Who may serve what, and how well, is asked of the floor's own policies: `rules_of` only
writes it down.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from dryfly.floor.index import ProfileKey, profile_key
from dryfly.floor.model import AgentSpec, Channel, QueueSpec, SkillId
from dryfly.floor.policies import POLICIES, Holders, Standing, standing
from dryfly.floor.service import merged
from dryfly.simulation.centre import Centre
from dryfly.simulation.workload import NONE, Act, Ints, Roster, Workload

TIME_BITS, KIND_BITS, NUMBER_BITS = 36, 3, 24  # of one number that says what is next: milliseconds, what, whose
TIME_MAX = 2**TIME_BITS - 1  # two years
NUMBER_MAX = 2**NUMBER_BITS - 1
ORDERS_KNOWN = ("least_loaded", "longest_idle")  # alike among agents who hold nothing


class Rules(NamedTuple):
    """A centre in arrays. A *line* is a queue on a channel; a *group* is all agents who are set up alike."""

    target_ms: Ints  # by line
    waiting_max: Ints  # by queue
    wrap_up_ms: Ints  # by queue
    own_wrap_up_ms: Ints  # by agent; -1: the queue's
    name_rank: Ints  # by agent: of names in order, which breaks the last tie
    group: Ints  # by agent
    asked_from: Ints  # by line: where its groups begin in `asked` and `asked_rank`
    asked: Ints  # groups, best first
    asked_rank: Ints  # groups of one rank compete by who is idle for longest
    serves_from: Ints  # by group: where its lines begin in `serves`
    serves: Ints
    channels_count: int
    contacts_max: int  # open at once


# ---- what lies outside -------------------------------------------------------------------------


def reasons_outside(centre: Centre, workload: Workload, roster: Roster) -> list[str]:
    """In words, why the kernel may not play this; nothing, if it may."""
    return [*_of_queues(centre), *_of_agents(centre), *_of_people(workload, roster)]


def fits(centre: Centre, workload: Workload, roster: Roster) -> bool:
    return not reasons_outside(centre, workload, roster)


def _of_queues(centre: Centre) -> Iterator[str]:
    for name, _ in centre.hours:
        yield f"The queue {name} has opening hours."
    for name, spec in centre.queues:
        if spec.relaxations:
            yield f"The queue {name} relaxes what it asks for while customers wait."
        if spec.overflow:
            yield f"The queue {name} overflows."
        if spec.reply_clock_s is not None:
            yield f"Agents of the queue {name} owe an answer within a time."
        if POLICIES[spec.choice].order not in ORDERS_KNOWN:
            yield f"The queue {name} chooses agents by {spec.choice}, which is not a part of it."


def _of_agents(centre: Centre) -> Iterator[str]:
    by_hand = [name for name, spec in centre.agents if not spec.auto_accept]
    several = [name for name, spec in centre.agents if not _serves_one(spec, centre.channels)]
    if any(capacity.interruptible for _, spec in centre.agents for capacity in spec.channels):
        yield "Some work gives way to other work."
    if centre.site.overdue_agent_share < 1 and set(centre.site.deferrable) & set(centre.channels):
        yield "Only a share of the agents may take overdue small work."
    if by_hand:
        yield f"{_who(by_hand)} by hand what is offered."
    if several:
        yield f"{_who(several, 'may serve', 'may serve')} several contacts at once."


def _who(names: Sequence[str], one: str = "accepts", more: str = "accept") -> str:
    return f"{names[0]} {one}" if len(names) == 1 else f"{names[0]} and {len(names) - 1} others {more}"


def _serves_one(spec: AgentSpec, channels: tuple[Channel, ...]) -> bool:
    """No two contacts fit together."""
    fitting = [c for c in spec.channels if _fits(c.units_each, c.contacts_max, spec)]
    if len(fitting) == 1 and fitting[0].contacts_max == 1:
        return True
    return not fitting or 2 * min(c.units_each for c in fitting) > spec.capacity_units


def _fits(units_each: int, contacts_max: int, spec: AgentSpec) -> bool:
    return units_each <= spec.capacity_units and contacts_max > 0


def _of_people(workload: Workload, roster: Roster) -> Iterator[str]:
    if np.any(workload.customer != NONE):
        yield "Customers are known, and one customer's contacts go to the same agent."
    if np.any((roster.act == Act.VANISH) | (roster.act == Act.COME_BACK)):
        yield "Connections are lost."
    if workload.places_count > NUMBER_MAX or roster.agents_count > NUMBER_MAX:
        yield f"There are more than {NUMBER_MAX:,} tries."
    latest = max((int(times.max()) for times in (workload.arrived_ms, roster.at_ms) if len(times)), default=0)
    if latest > TIME_MAX:
        yield "The run is longer than two years."


# ---- the rules in arrays -----------------------------------------------------------------------


def rules_of(centre: Centre) -> Rules:
    """The centre has been checked: it fits."""
    groups, of_agent = _groups(centre)
    standings = list(_standings(centre, groups))
    queues = [spec for _, spec in centre.queues]
    asked_from, asked, asked_rank = _asked(standings, len(queues) * len(centre.channels))
    serves_from, serves = _serves(standings, len(groups))
    own = [NONE if spec.wrap_up_s is None else spec.wrap_up_s * 1000 for _, spec in centre.agents]
    return Rules(
        target_ms=np.repeat(_ints(spec.target_s * 1000 for spec in queues), len(centre.channels)),
        waiting_max=_ints(spec.waiting_max for spec in queues),
        wrap_up_ms=_ints(spec.wrap_up_s * 1000 for spec in queues),
        own_wrap_up_ms=_ints(own),
        name_rank=_ranks([name for name, _ in centre.agents]),
        group=of_agent,
        asked_from=asked_from,
        asked=asked,
        asked_rank=asked_rank,
        serves_from=serves_from,
        serves=serves,
        channels_count=len(centre.channels),
        contacts_max=centre.site.contacts_max,
    )


def _groups(centre: Centre) -> tuple[list[AgentSpec], Ints]:
    """One agent's set-up for each group, and the group of each agent."""
    numbers: dict[ProfileKey, int] = {}
    found: list[AgentSpec] = []
    of_agent = []
    for _, spec in centre.agents:
        key = profile_key(spec)
        if key not in numbers:
            numbers[key] = len(found)
            found.append(spec)
        of_agent.append(numbers[key])
    return found, _ints(of_agent)


def _standings(centre: Centre, groups: list[AgentSpec]) -> Iterator[tuple[int, Standing, int]]:
    """How each group stands in each line that it may serve: line, standing, group."""
    holders: Holders = {}
    for _, spec in centre.agents:
        for skill in spec.skills:
            holders[skill] = holders.get(skill, 0) + 1
    for queue, (_, queue_spec) in enumerate(centre.queues):
        for group, spec in enumerate(groups):
            rank = _standing(queue_spec, spec.skills, holders, len(centre.agents))
            if rank is None:
                continue
            for channel, name in enumerate(centre.channels):
                if any(c.channel == name and _fits(c.units_each, c.contacts_max, spec) for c in spec.channels):
                    yield queue * len(centre.channels) + channel, rank, group


def _standing(queue: QueueSpec, skills: dict[SkillId, int], holders: Holders, agents: int) -> Standing | None:
    return standing(POLICIES[queue.choice], skills, merged(queue.requirement), (), holders, agents)


def _asked(standings: list[tuple[int, Standing, int]], lines: int) -> tuple[Ints, Ints, Ints]:
    ordered = sorted(standings)
    ranks = {rank: number for number, rank in enumerate(sorted({rank for _, rank, _ in ordered}))}
    begins = np.searchsorted(_ints(line for line, _, _ in ordered), np.arange(lines + 1))
    return (
        begins.astype(np.int64),
        _ints(group for _, _, group in ordered),
        _ints(ranks[rank] for _, rank, _ in ordered),
    )


def _serves(standings: list[tuple[int, Standing, int]], groups: int) -> tuple[Ints, Ints]:
    ordered = sorted((group, line) for line, _, group in standings)
    begins = np.searchsorted(_ints(group for group, _ in ordered), np.arange(groups + 1))
    return begins.astype(np.int64), _ints(line for _, line in ordered)


def _ranks(names: Sequence[str]) -> Ints:
    places = np.empty(len(names), dtype=np.int64)
    places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return places


def _ints(numbers: Iterable[int]) -> Ints:
    return np.array(list(numbers), dtype=np.int64)

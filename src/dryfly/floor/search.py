"""Finds the best agent for a contact, and the contact that an agent should take first, without scanning.

For a contact: its demand's buckets of profiles, best rank first; the first bucket with somebody open decides, by
the first entry of each of its profiles' heaps. For an agent: the first contact of each demand that its profile may
serve. Contacts remember whom they were offered to (`tried`); those are stepped over, which costs one step for each.
"""

from collections.abc import Collection
from heapq import heappop, heappush

from dryfly.floor.capacity import fits_when_empty, has_room, is_open
from dryfly.floor.entities import COOLED, Agent, Contact
from dryfly.floor.facts import fact
from dryfly.floor.index import AgentEntry, ContactEntry, Demand, Profile, place_in_line
from dryfly.floor.indexing import first_in_line, is_true_entry
from dryfly.floor.model import AgentId, Channel
from dryfly.floor.policies import ORDERS, POLICIES, Policy, Standing, standing
from dryfly.floor.relaxing import needs_met
from dryfly.floor.sharing import order_of
from dryfly.floor.state import State

NO_RANK: Standing = (0, 0, 0)


@fact
class Choice:
    """An agent, and why this one."""

    agent: AgentId
    rule: str
    rank: Standing = NO_RANK


# ---- the best agent for a contact --------------------------------------------------------------


def best_agents(state: State, contact: Contact, count: int) -> list[Choice]:
    """The best first, `count` at most. Those who were asked before only if nobody else is open."""
    if contact.preferred is not None:
        return _preferred(state, contact)
    demand = state.index.demand_of[contact.id]
    policy = _ranked(state, demand)
    open_bits = state.index.open_bits.get(contact.channel, 0)
    found: list[Choice] = []
    for rank, bits in demand.buckets:
        while bits & open_bits and len(found) < count:
            but = {choice.agent for choice in found}
            entry = _first_of(state, bits & open_bits, policy.order, contact.channel, contact, but)
            if entry is None:
                break
            found.append(Choice(entry[2], demand.policy, rank))
    return found or _asked_again(state, contact, demand, policy)[:count]


def agent_to_drain(state: State, contact: Contact) -> AgentId | None:
    """Who could make room: the first, in the queue's order, of those open for smaller work only."""
    demand = state.index.demand_of[contact.id]
    order = _ranked(state, demand).order
    if demand.drained is not None or first_in_line(state, demand) != contact.id:
        return None
    found: list[AgentEntry] = []
    for smaller, bits in demand.smaller:
        candidates = bits & state.index.open_bits.get(smaller, 0)
        if candidates:
            found += _first_each(state, candidates, order, smaller, contact, must_lack_room=True)
    return min(found)[2] if found else None


def _preferred(state: State, contact: Contact) -> list[Choice]:
    assert contact.preferred is not None
    agent = state.agents[contact.preferred]
    if is_open(agent) and has_room(agent, contact.channel) and not is_cooling(contact, agent.id):
        return [Choice(agent.id, "preferred")]
    return []


def _asked_again(state: State, contact: Contact, demand: Demand, policy: Policy) -> list[Choice]:
    """Nobody else is open: those whose cool-down is over may be asked once more."""
    found: list[tuple[Standing, AgentEntry]] = []
    for name, until in contact.tried.items():
        agent = state.agents.get(name)
        if until != COOLED or agent is None or contact.channel not in agent.open_on:
            continue
        bit = 1 << state.index.profile_of[name].bit
        key = ORDERS[policy.order](agent)
        found += [(rank, (key[0], key[1], name)) for rank, bits in demand.buckets if bits & bit]
    return [Choice(entry[2], demand.policy, rank) for rank, entry in sorted(found)]


def _first_of(
    state: State, bits: int, order: str, channel: Channel, contact: Contact, but: set[AgentId]
) -> AgentEntry | None:
    return min(_first_each(state, bits, order, channel, contact, but), default=None)


def _first_each(
    state: State,
    bits: int,
    order: str,
    channel: Channel,
    contact: Contact,
    but: Collection[AgentId] = (),
    *,
    must_lack_room: bool = False,
) -> list[AgentEntry]:
    """The first agent of each profile in `bits`, other than `but`."""
    found: list[AgentEntry] = []
    while bits:
        lowest = bits & -bits
        bits ^= lowest
        profile = state.index.by_bit[lowest.bit_length() - 1]
        entry = _first_in(state, profile, order, channel, contact, but, must_lack_room)
        if entry is not None:
            found.append(entry)
    return found


def _first_in(
    state: State,
    profile: Profile,
    order: str,
    channel: Channel,
    contact: Contact,
    but: Collection[AgentId],
    must_lack_room: bool,
) -> AgentEntry | None:
    """The first true entry of a profile's heap whose agent was not tried yet."""
    heap = profile.heaps.get((order, channel), [])
    aside: list[AgentEntry] = []
    first: AgentEntry | None = None
    while heap:
        if not is_true_entry(state, profile, order, channel, heap[0]):
            heappop(heap)
            continue
        name = heap[0][2]
        is_new = name not in contact.tried and name not in but
        if is_new and not (must_lack_room and has_room(state.agents[name], contact.channel)):
            first = heap[0]
            break
        aside.append(heappop(heap))
    for entry in aside:
        heappush(heap, entry)
    return first


# ---- the contact that an agent should take first -----------------------------------------------


def first_contact_for(state: State, agent: Agent) -> Contact | None:
    """Due first among all that the agent may take, or may be drained for."""
    if not agent.open_on:
        return None
    found = _awaiting(state, agent)
    for demand in _demands_of(state, agent):
        if demand.waiting_count:
            entry = _first_for(state, demand, agent)
            if entry is not None:
                found.append(entry)
    if not found:
        return None
    if state.site.overdue_agent_share >= 1:
        return state.contacts[min(found)[2]]
    return min((state.contacts[entry[2]] for entry in found), key=lambda contact: order_of(state, contact))


def is_cooling(contact: Contact, agent: AgentId) -> bool:
    return contact.tried.get(agent, COOLED) != COOLED


def is_drainable(agent: Agent, channel: Channel) -> bool:
    """Open for smaller work, too full for this channel, and with room for it when empty."""
    if has_room(agent, channel) or not fits_when_empty(agent, channel):
        return False
    units = agent.channels[channel].units_each
    return any(agent.channels[smaller].units_each < units for smaller in agent.open_on)


def _awaiting(state: State, agent: Agent) -> list[ContactEntry]:
    """Contacts that wait for this very agent, and for which there is room."""
    if not agent.awaited:
        return []
    contacts = [state.contacts[name] for name in agent.awaited]
    return [
        place_in_line(contact)
        for contact in contacts
        if has_room(agent, contact.channel) and not is_cooling(contact, agent.id)
    ]


def _first_for(state: State, demand: Demand, agent: Agent) -> ContactEntry | None:
    if demand.channel in agent.open_on:
        return _first_not_cooling(state, demand, agent)
    if demand.drained is not None or not is_drainable(agent, demand.channel):
        return None
    first = first_in_line(state, demand)
    if first is None or agent.id in state.contacts[first].tried:
        return None
    return place_in_line(state.contacts[first])


def _first_not_cooling(state: State, demand: Demand, agent: Agent) -> ContactEntry | None:
    heap = demand.heap
    aside: list[ContactEntry] = []
    first: ContactEntry | None = None
    while first_in_line(state, demand) is not None:
        if not is_cooling(state.contacts[heap[0][2]], agent.id):
            first = heap[0]
            break
        aside.append(heappop(heap))
    for entry in aside:
        heappush(heap, entry)
    return first


# ---- which profiles serve which demand, worked out again only after set-up changed --------------


def _ranked(state: State, demand: Demand) -> Policy:
    if demand.stamp != state.index.stamp:
        demand.policy = state.queues[demand.queue].choice
        _rank_profiles(state, demand)
        demand.stamp = state.index.stamp
    return POLICIES[demand.policy]


def _rank_profiles(state: State, demand: Demand) -> None:
    index, policy = state.index, POLICIES[demand.policy]
    steps = state.queues[demand.queue].relaxations[: demand.relaxed]
    buckets: dict[Standing, int] = {}
    smaller: dict[Channel, int] = {}
    for profile in index.profiles.values():
        units = profile.units_each.get(demand.channel)
        if units is None:
            continue
        rank = standing(policy, profile.skills, demand.requirement, steps, index.holders, len(state.agents))
        if rank is None:
            continue
        buckets[rank] = buckets.get(rank, 0) | 1 << profile.bit
        for channel, units_each in profile.units_each.items():
            if units_each < units:
                smaller[channel] = smaller.get(channel, 0) | 1 << profile.bit
    demand.buckets = sorted(buckets.items())
    demand.smaller = sorted(smaller.items())


def _demands_of(state: State, agent: Agent) -> list[Demand]:
    index = state.index
    profile = index.profile_of[agent.id]
    if profile.stamp != index.stamp:
        profile.demands = [d for d in index.demands.values() if _serves(state, profile, d)]
        profile.stamp = index.stamp
    return profile.demands


def _serves(state: State, profile: Profile, demand: Demand) -> bool:
    if demand.channel not in profile.units_each or demand.queue not in state.queues:
        return False
    steps = state.queues[demand.queue].relaxations[: demand.relaxed]
    return needs_met(profile.skills, demand.requirement, steps) is not None

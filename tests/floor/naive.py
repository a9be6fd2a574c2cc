"""Matching by looking at everybody: sort all who wait, and give each to the first of all agents, sorted.

Decisions and their effects are the floor's own; what is checked against this is the index, its marks and the search.
"""

from dryfly.floor import Agent, Contact, State, apply, decide
from dryfly.floor.capacity import is_open
from dryfly.floor.entities import COOLED
from dryfly.floor.index import DemandKey, demand_key
from dryfly.floor.interrupting import settle
from dryfly.floor.matching import offered
from dryfly.floor.model import AgentDrained, AgentId, Command, ContactState, Event, Instant, WakeUp
from dryfly.floor.policies import ORDERS, POLICIES, Standing, standing
from dryfly.floor.search import Choice, is_drainable
from dryfly.floor.sharing import order_of
from dryfly.floor.state import queue_spec
from dryfly.floor.timers import fire
from dryfly.floor.why import is_skilled, obstacle


def naive_step(state: State, command: Command, now: Instant) -> list[Event]:
    events = _applied(state, decide(state, command, now), now)
    while isinstance(command, WakeUp) and (more := fire(state, now)):
        events += _applied(state, more, now)
    while more := _first_pair(state, now):
        events += _applied(state, more, now)
    state.index.unsettled = dict.fromkeys(state.agents)  # nobody is overlooked
    return events + settle(state, now)


def _applied(state: State, events: list[Event], now: Instant) -> list[Event]:
    for event in events:
        apply(state, event, now)
    return events


def _first_pair(state: State, now: Instant) -> list[Event]:
    seen: set[DemandKey] = set()
    waiting = [c for c in state.contacts.values() if c.state is ContactState.WAITING]
    for contact in sorted(waiting, key=lambda contact: order_of(state, contact)):
        choices = _best(state, contact)
        if choices:
            return offered(state, contact, choices, now)
        demand = demand_key(contact)
        if contact.preferred is None and demand not in seen:
            seen.add(demand)
            drained = _to_drain(state, contact, demand)
            if drained is not None:
                return [AgentDrained(drained, contact.id)]
    return []


def _best(state: State, contact: Contact) -> list[Choice]:
    able = [agent for agent in state.agents.values() if obstacle(state, contact, agent) is None]
    fresh = [agent for agent in able if agent.id not in contact.tried]
    asked = [agent for agent in able if contact.tried.get(agent.id) == COOLED]
    if contact.preferred is not None:
        return [Choice(contact.preferred, "preferred")] if able else []
    spec = queue_spec(state, contact)
    best = sorted(fresh or asked, key=lambda agent: _key(state, contact, agent))[: spec.ring]
    return [Choice(agent.id, spec.choice, _rank(state, contact, agent)) for agent in best]


def _rank(state: State, contact: Contact, agent: Agent) -> Standing:
    holders: dict[str, int] = {}
    for other in state.agents.values():
        for skill in other.spec.skills:
            holders[skill] = holders.get(skill, 0) + 1
    spec = queue_spec(state, contact)
    steps = spec.relaxations[: contact.relaxed]
    count = len(state.agents)
    found = standing(POLICIES[spec.choice], agent.spec.skills, contact.requirement, steps, holders, count)  # type: ignore[arg-type]
    assert found is not None
    return found


def _key(state: State, contact: Contact, agent: Agent) -> tuple[Standing, tuple[int, int], AgentId]:
    order = ORDERS[POLICIES[queue_spec(state, contact).choice].order]
    return _rank(state, contact, agent), order(agent), agent.id


def _to_drain(state: State, contact: Contact, demand: DemandKey) -> AgentId | None:
    for agent in state.agents.values():
        if agent.draining_for is not None:
            other = state.contacts[agent.draining_for]
            if demand_key(other) == demand:
                return None
    order = ORDERS[POLICIES[queue_spec(state, contact).choice].order]
    able = [
        agent
        for agent in state.agents.values()
        if is_open(agent)
        and agent.id not in contact.tried
        and is_skilled(state, contact, agent)
        and is_drainable(agent, contact.channel)
    ]
    best = min(able, key=lambda agent: (order(agent), agent.id), default=None)
    return best.id if best else None

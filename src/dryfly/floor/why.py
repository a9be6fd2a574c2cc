"""Explains the floor to people: why this agent was offered it, or why nobody was.

Reasons are codes with values; sentences are made where the reader's language is known. Explaining looks at every
agent and everybody in line; nothing that decides calls it.
"""

from dataclasses import field

from dryfly.floor.capacity import fits_when_empty, has_room
from dryfly.floor.entities import Agent, Contact
from dryfly.floor.facts import fact
from dryfly.floor.index import place_in_line
from dryfly.floor.model import AgentId, ContactId, ContactState, Instant, Presence
from dryfly.floor.relaxing import needs_met
from dryfly.floor.search import is_cooling
from dryfly.floor.service import require_contact
from dryfly.floor.state import State, queue_spec

OBSTACLES: dict[str, str] = {
    "no_skill": "lacks a skill, its level, or the channel",
    "not_yet": "may serve it later, when the requirement relaxes",
    "offline": "is not signed in",
    "vanished": "has lost the connection and is in the grace time",
    "away": "is on a break or otherwise away",
    "preferred_wait": "waits aside, because the agent who knows the contact is waited for",
    "cool_down": "declined or missed it a moment ago",
    "draining": "takes nothing new, to make room for a larger contact",
    "full": "has no room left",
}
"""What stands between a waiting contact and one agent."""

REASONS: dict[str, str] = {
    "preferred_wait": "The agent who knows the contact is waited for.",
    "no_agent_with_skills": "No agent has the skills and the channel.",
    "not_yet": "Who could serve it is asked later, when the requirement relaxes.",
    "all_away": "Everybody who could serve it is away or offline.",
    "all_full": "Everybody who could serve it has no room left.",
    "cool_down": "Who could serve it declined or missed it a moment ago.",
    "draining": "An agent makes room for it.",
    "callback_agreed": "The customer is called back at the time that was agreed.",
    "offered": "It is offered to an agent.",
    "merged": "It goes on inside another contact of the customer.",
    "not_waiting": "It does not wait for an agent.",
}


@fact
class Explanation:
    """`reason` is a key of REASONS. `agents` counts the able agents behind each of OBSTACLES.

    For an offer: `agent`, the `rule` that chose, and the `values` that it compared. For one who waits: `values`
    holds the time waited, the due time and how many of the same kind are due before.
    """

    contact: ContactId
    reason: str
    agent: AgentId | None = None
    rule: str = ""
    values: dict[str, int | str] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)


def why(state: State, contact: ContactId, now: Instant) -> Explanation:
    """Why the contact is offered to whom it is, or why nobody is offered it."""
    found = require_contact(state, contact)
    if found.state is ContactState.OFFERED:
        agent, name = next(iter(found.offers.items()))
        offer = state.offers[name]
        return Explanation(contact, "offered", agent, offer.rule, offer.values)
    if found.state is ContactState.CALLBACK:
        return Explanation(contact, "callback_agreed")
    if found.main is not None:
        return Explanation(contact, "merged", state.contacts[found.main].agent)
    if found.state is not ContactState.WAITING:
        return Explanation(contact, "not_waiting", found.agent)
    agents = _count_obstacles(state, found)
    return Explanation(contact, _reason(state, found, agents), found.preferred, "", _wait(state, found, now), agents)


def obstacle(state: State, contact: Contact, agent: Agent) -> str | None:
    """What keeps a waiting contact from this agent: a key of OBSTACLES, or nothing."""
    if contact.preferred != agent.id and not (is_skilled(state, contact, agent) and _fits(contact, agent)):
        return "not_yet" if _will_be_skilled(state, contact, agent) and _fits(contact, agent) else "no_skill"
    if agent.presence is Presence.OFFLINE:
        return "offline"
    if not agent.is_connected:
        return "vanished"
    if agent.presence is Presence.AWAY:
        return "away"
    if contact.preferred not in (None, agent.id):
        return "preferred_wait"
    if agent.draining_for is not None:
        return "draining"
    if not has_room(agent, contact.channel):
        return "full"
    return "cool_down" if is_cooling(contact, agent.id) else None


def is_skilled(state: State, contact: Contact, agent: Agent) -> bool:
    """For the requirement as it has relaxed by now."""
    steps = queue_spec(state, contact).relaxations[: contact.relaxed]
    return needs_met(agent.spec.skills, contact.requirement, steps) is not None


def _will_be_skilled(state: State, contact: Contact, agent: Agent) -> bool:
    return needs_met(agent.spec.skills, contact.requirement, queue_spec(state, contact).relaxations) is not None


def _fits(contact: Contact, agent: Agent) -> bool:
    return fits_when_empty(agent, contact.channel)


def _count_obstacles(state: State, contact: Contact) -> dict[str, int]:
    counts: dict[str, int] = {}
    for agent in state.agents.values():
        found = obstacle(state, contact, agent)
        if found is not None and found != "no_skill":
            counts[found] = counts.get(found, 0) + 1
    return counts


def _reason(state: State, contact: Contact, agents: dict[str, int]) -> str:
    if contact.preferred is not None:
        return "preferred_wait"
    if any(agent.draining_for == contact.id for agent in state.agents.values()):
        return "draining"
    if not agents:
        return "no_agent_with_skills"
    if set(agents) == {"not_yet"}:
        return "not_yet"
    if "cool_down" in agents:
        return "cool_down"
    return "all_full" if "full" in agents or "draining" in agents else "all_away"


def _wait(state: State, contact: Contact, now: Instant) -> dict[str, int | str]:
    demand = state.index.demand_of[contact.id]
    line = [state.contacts[name] for name, other in state.index.demand_of.items() if other is demand]
    return {
        "waited_ms": now - contact.waiting_since,
        "due_at": contact.due_at,
        "relaxed": contact.relaxed,
        "ahead_count": sum(place_in_line(other) < place_in_line(contact) for other in line),
    }

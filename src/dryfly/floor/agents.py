"""What becomes of an agent: set up, connected, ready, away, gone.

Who is not ready is offered nothing, so offers are taken back at once, and nobody waits for that agent any longer. Talks
stay with an agent who goes away; with one who goes offline (by choice, by removal, or lost for longer than the grace
time) they go back to their queue with the due time kept, and what was being wrapped up closes.
"""

from dryfly.floor.entities import Agent, Contact
from dryfly.floor.hours import after
from dryfly.floor.model import (
    LEVEL_MAX,
    LEVEL_MIN,
    AgentConnected,
    AgentPut,
    AgentRemoved,
    AgentSpec,
    AgentVanished,
    CommandNoted,
    ConnectAgent,
    ContactClosed,
    ContactState,
    DisconnectAgent,
    Ending,
    Event,
    Instant,
    ParticipantParted,
    PreferredWaitEnded,
    Presence,
    PresenceChanged,
    PutAgent,
    QueuedBecause,
    RemoveAgent,
    RequestEnd,
    RequestEnded,
    SetPresence,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import requeued, rescinded_from
from dryfly.floor.state import State
from dryfly.floor.talks import require_agent, require_connected


def put_agent(state: State, command: PutAgent) -> list[Event]:
    _check_spec(command.spec)
    known = state.agents.get(command.agent)
    if known is not None and known.spec == command.spec:
        return [CommandNoted()]
    return [AgentPut(command.agent, command.spec)]


def remove_agent(state: State, command: RemoveAgent, now: Instant) -> list[Event]:
    agent = require_agent(state, command.agent)
    return [*_taken_from(state, agent, now, "removed"), AgentRemoved(agent.id)]


def connect(state: State, command: ConnectAgent) -> list[Event]:
    if require_agent(state, command.agent).is_connected:
        return [CommandNoted()]
    return [AgentConnected(command.agent)]


def disconnect(state: State, command: DisconnectAgent, now: Instant) -> list[Event]:
    agent = require_agent(state, command.agent)
    if not agent.is_connected:
        return [CommandNoted()]
    vanished = AgentVanished(agent.id, after(now, state.site.agent_grace_s))
    return [*_offered_no_more(state, agent, "agent_vanished"), vanished]


def set_presence(state: State, command: SetPresence, now: Instant) -> list[Event]:
    agent = require_agent(state, command.agent)
    if (agent.presence, agent.reason) == (command.presence, command.reason):
        return [CommandNoted()]
    changed = PresenceChanged(agent.id, command.presence, command.reason)
    match command.presence:
        case Presence.READY:
            require_connected(state, agent.id)
            return [changed]
        case Presence.AWAY:
            return [*_offered_no_more(state, agent, "agent_away"), changed]
        case Presence.OFFLINE:
            return [*_taken_from(state, agent, now, "signed_out"), changed]


def grace_over(state: State, agent: Agent, now: Instant) -> list[Event]:
    """The desk did not come back in time."""
    changed = PresenceChanged(agent.id, Presence.OFFLINE, "vanished", by_floor=True)
    return [*_taken_from(state, agent, now, "vanished"), changed]


def turned_away(state: State, agent: Agent, presence: Presence, reason: str, *, but: Contact) -> list[Event]:
    """The floor changes the agent's presence; the offer of `but` has ended already."""
    taken_back = _offered_no_more(state, agent, reason, but=but)
    return [*taken_back, PresenceChanged(agent.id, presence, reason, by_floor=True)]


def _offered_no_more(state: State, agent: Agent, reason: str, but: Contact | None = None) -> list[Event]:
    held = [state.contacts[name] for name in sorted(agent.holding)]
    events = [event for contact in held if contact is not but for event in rescinded_from(contact, agent.id, reason)]
    return events + [PreferredWaitEnded(name, agent.id) for name in sorted(agent.awaited)]


def _taken_from(state: State, agent: Agent, now: Instant, reason: str) -> list[Event]:
    """Everything that the agent had goes where it is not lost."""
    events = _offered_no_more(state, agent, reason)
    for contact in [state.contacts[name] for name in sorted(agent.holding)]:
        if contact.state is ContactState.WRAP_UP:
            events.append(ContactClosed(contact.id, Ending.SERVED, agent.id))
        elif contact.state is ContactState.ACTIVE:
            events.append(requeued(state, contact, now, QueuedBecause.AGENT_VANISHED, reason=reason))
    events += [RequestEnded(name, agent.id, RequestEnd.GONE) for name in sorted(agent.asked)]
    return events + [
        ParticipantParted(name, agent.id, state.contacts[name].participants[agent.id]) for name in sorted(agent.joined)
    ]


def _check_spec(spec: AgentSpec) -> None:
    for skill, level in spec.skills.items():
        if not LEVEL_MIN <= level <= LEVEL_MAX:
            refuse("spec_out_of_range", skill=skill, level=level)
    if spec.capacity_units < 0 or (spec.wrap_up_s or 0) < 0:
        refuse("spec_out_of_range", capacity_units=spec.capacity_units, wrap_up_s=spec.wrap_up_s)
    for capacity in spec.channels:
        if capacity.units_each < 1 or capacity.contacts_max < 0:
            refuse("spec_out_of_range", channel=capacity.channel)

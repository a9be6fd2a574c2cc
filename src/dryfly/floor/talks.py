"""What agents and supervisors do with a contact: pass it on, take it, join it, hold it, park it, end it."""

from dataclasses import replace

from dryfly.floor.capacity import has_room, is_present
from dryfly.floor.entities import PARKED, WRAP_UP, Agent, Contact
from dryfly.floor.hours import after
from dryfly.floor.model import (
    AgentId,
    CommandNoted,
    ContactClosed,
    ContactEngaged,
    ContactId,
    ContactParked,
    ContactQueued,
    ContactState,
    Ending,
    Event,
    FinishContact,
    HoldChanged,
    HoldContact,
    Instant,
    JoinContact,
    ParkContact,
    PartContact,
    ParticipantJoined,
    ParticipantParted,
    QueuedBecause,
    QueueId,
    ReleaseContact,
    Role,
    TakeOverContact,
    TransferContact,
    WrapUpBegun,
    WrapUpContact,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import check_queue, engaged, merged, queued, requeued, require_contact, rescinded
from dryfly.floor.state import State, queue_spec


def require_agent(state: State, agent: AgentId) -> Agent:
    found = state.agents.get(agent)
    if found is None:
        refuse("agent_exists_not", agent=agent)
    return found


def require_connected(state: State, agent: AgentId) -> Agent:
    found = require_agent(state, agent)
    if not found.is_connected:
        refuse("agent_not_connected", agent=agent)
    return found


def require_own_talk(state: State, contact: ContactId) -> Contact:
    """The contact, unless it goes on inside another one."""
    found = require_contact(state, contact)
    if found.main is not None:
        refuse("contact_is_merged", contact=contact, main=found.main)
    return found


def require_owned(state: State, contact: ContactId, agent: AgentId) -> Contact:
    """The contact, if this agent serves, wraps up or (parked) knows it."""
    found = require_own_talk(state, contact)
    if found.agent != agent:
        refuse("not_your_contact", contact=contact, agent=agent)
    return found


def require_served(state: State, contact: ContactId, agent: AgentId) -> Contact:
    found = require_owned(state, contact, agent)
    if found.state is not ContactState.ACTIVE:
        refuse("contact_not_active", contact=contact, state=found.state)
    return found


def wrap_up(state: State, contact: Contact, now: Instant) -> list[Event]:
    """Wrap-up by the agent's own time or the queue's; none at all closes at once."""
    assert contact.agent is not None
    own_s = state.agents[contact.agent].spec.wrap_up_s
    seconds = queue_spec(state, contact).wrap_up_s if own_s is None else own_s
    begun = WrapUpBegun(contact.id, contact.agent, after(now, seconds))
    return [begun] if seconds else [begun, ContactClosed(contact.id, Ending.SERVED, contact.agent)]


def transfer(state: State, command: TransferContact, now: Instant) -> list[Event]:
    contact = require_served(state, command.contact, command.agent)
    if (command.to_queue is None) == (command.to_agent is None):
        refuse("transfer_needs_one_target")
    if command.to_queue is not None:
        check_queue(state, command.to_queue, contact)
        return [_to_queue(state, contact, command.to_queue, now, QueuedBecause.TRANSFERRED)]
    assert command.to_agent is not None
    if command.to_agent == command.agent:
        return [CommandNoted()]
    if contact.participants.get(command.to_agent, Role.LISTENING) is not Role.LISTENING:
        return [_handed_over(state, contact, command.to_agent, now)]
    if not is_present(require_agent(state, command.to_agent)):
        refuse("agent_not_ready", agent=command.to_agent)
    return [_to_agent(state, contact, command.to_agent, now)]


def _handed_over(state: State, contact: Contact, agent: AgentId, now: Instant) -> ContactEngaged:
    """To a colleague who is in the talk already: nothing is offered, nobody waits."""
    if not has_room(require_connected(state, agent), contact.channel):
        refuse("agent_is_full", agent=agent, channel=contact.channel)
    return engaged(state, contact, agent, now)


def _to_queue(state: State, contact: Contact, queue: QueueId, now: Instant, because: QueuedBecause) -> ContactQueued:
    """To others than the agent who gives it away; the due time is kept, so nobody waits twice."""
    back = requeued(state, contact, now, because, cooled=contact.agent)
    return replace(back, queue=queue, requirement=merged(state.queues[queue].requirement))


def _to_agent(state: State, contact: Contact, agent: AgentId, now: Instant) -> ContactQueued:
    """Held out to one agent for the queue's patience, then to anybody."""
    back = requeued(state, contact, now, QueuedBecause.TRANSFERRED, cooled=contact.agent)
    until = after(now, queue_spec(state, contact).owner_patience_s)
    return replace(back, preferred=agent, preferred_until=until)


def take_over(state: State, command: TakeOverContact, now: Instant) -> list[Event]:
    contact = require_own_talk(state, command.contact)
    agent = require_connected(state, command.agent)
    if contact.queue is None:
        refuse("contact_has_no_queue", contact=contact.id)
    if contact.agent == agent.id and contact.state is ContactState.ACTIVE:
        return [CommandNoted()]
    freed = rescinded(contact, "taken_over")
    holds_it = contact.id in agent.holding
    if not holds_it and not has_room(agent, contact.channel):
        refuse("agent_is_full", agent=agent.id, channel=contact.channel)
    return [*freed, engaged(state, contact, agent.id, now)]


def release(state: State, command: ReleaseContact, now: Instant) -> list[Event]:
    contact = require_own_talk(state, command.contact)
    freed = rescinded(contact, "released")
    if command.queue is None:
        return [*freed, ContactClosed(contact.id, Ending.RELEASED, contact.agent)]
    check_queue(state, command.queue, contact)
    if contact.queue is None:
        return [queued(state, contact, command.queue, now, QueuedBecause.TAKEN_BACK)]
    return [*freed, _to_queue(state, contact, command.queue, now, QueuedBecause.TAKEN_BACK)]


def join(state: State, command: JoinContact) -> list[Event]:
    contact = require_own_talk(state, command.contact)
    require_connected(state, command.agent)
    if contact.agent == command.agent or contact.participants.get(command.agent) is command.role:
        return [CommandNoted()]
    return [ParticipantJoined(contact.id, command.agent, command.role)]


def part(state: State, command: PartContact) -> list[Event]:
    contact = require_contact(state, command.contact)
    if command.agent not in contact.participants:
        refuse("not_a_participant", contact=contact.id, agent=command.agent)
    return [ParticipantParted(contact.id, command.agent, contact.participants[command.agent])]


def hold(state: State, command: HoldContact) -> list[Event]:
    contact = require_served(state, command.contact, command.agent)
    if contact.held == command.held:
        return [CommandNoted()]
    return [HoldChanged(contact.id, command.agent, command.held)]


def park(state: State, command: ParkContact) -> list[Event]:
    contact = require_owned(state, command.contact, command.agent)
    if contact.state is ContactState.PARKED:
        return [CommandNoted()]
    require_served(state, command.contact, command.agent)
    return [ContactParked(contact.id, command.agent)]


def finish(state: State, command: FinishContact, now: Instant) -> list[Event]:
    contact = require_owned(state, command.contact, command.agent)
    if contact.state is PARKED:
        return [ContactClosed(contact.id, Ending.SERVED, command.agent)]
    if contact.state is WRAP_UP:
        return [CommandNoted()]
    return wrap_up(state, contact, now)


def end_wrap_up(state: State, command: WrapUpContact) -> list[Event]:
    contact = require_owned(state, command.contact, command.agent)
    if contact.state is not ContactState.WRAP_UP:
        refuse("contact_not_wrapping_up", contact=contact.id, state=contact.state)
    return [ContactClosed(contact.id, Ending.SERVED, command.agent, command.disposition)]

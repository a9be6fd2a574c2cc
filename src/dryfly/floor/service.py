"""Events that several decisions share: a contact comes to an agent, goes to a queue, or loses its agent.

The due time is set at entry, and kept after a transfer, a lost agent or an overdue reply: nobody waits twice. A talk
that was parked and is spoken to again begins anew.
"""

from dataclasses import replace

from dryfly.floor.capacity import fits_when_empty, has_room, is_open, is_present
from dryfly.floor.entities import IN_LINE, Contact
from dryfly.floor.hours import after, after_open
from dryfly.floor.model import (
    AgentId,
    Channel,
    ContactEngaged,
    ContactId,
    ContactQueued,
    ContactResumed,
    ContactState,
    Event,
    Instant,
    OfferEnd,
    OfferEnded,
    QueuedBecause,
    QueueId,
    SkillNeed,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.relaxing import needs_met
from dryfly.floor.state import State, queue_spec, talk_of

SERVED = (ContactState.ACTIVE, ContactState.WRAP_UP)


def require_contact(state: State, contact: ContactId) -> Contact:
    found = state.contacts.get(contact)
    if found is None:
        refuse("contact_closed", contact=contact)
    return found


def reply_due(state: State, contact: Contact, now: Instant) -> Instant | None:
    clock_s = queue_spec(state, contact).reply_clock_s
    return after(now, clock_s) if clock_s is not None else None


def engaged(state: State, contact: Contact, agent: AgentId, now: Instant) -> ContactEngaged:
    """The agent serves the contact from now on, and owes an answer if the customer spoke last."""
    owes_answer = contact.unanswered and contact.callback is None
    due = reply_due(state, contact, now) if owes_answer else None
    return ContactEngaged(contact.id, agent, due)


def rescinded(contact: Contact, reason: str, *, but: AgentId | None = None) -> list[Event]:
    """Take the contact's offers back, if it is offered."""
    return [
        OfferEnded(offer, contact.id, agent, OfferEnd.RESCINDED, reason=reason)
        for agent, offer in sorted(contact.offers.items())
        if agent != but
    ]


def rescinded_from(contact: Contact, agent: AgentId, reason: str) -> list[Event]:
    """Take back what is held out to this agent, if anything is."""
    offer = contact.offers.get(agent)
    return [OfferEnded(offer, contact.id, agent, OfferEnd.RESCINDED, reason=reason)] if offer else []


def queued(
    state: State,
    contact: Contact,
    queue: QueueId,
    now: Instant,
    because: QueuedBecause,
    *,
    extra: tuple[SkillNeed, ...] = (),
    head_start_s: int = 0,
    need: str | None = None,
    reason: str | None = None,
    last_agent: AgentId | None = None,
) -> ContactQueued:
    """A new entry, or a move of one who waits: the waiting counts from its beginning."""
    spec = state.queues[queue]
    since = contact.waiting_since if contact.state in IN_LINE else now
    requirement = merged(spec.requirement, extra)
    knows, until = _who_knows(state, contact, queue, requirement, last_agent, now)
    return ContactQueued(
        contact=contact.id,
        queue=queue,
        due_at=after_open(state.hours.get(queue), since, spec.target_s - head_start_s),
        waiting_since=since,
        because=because,
        requirement=requirement,
        need=need,
        reason=reason,
        preferred=knows,
        preferred_until=until,
    )


def _who_knows(
    state: State,
    contact: Contact,
    queue: QueueId,
    requirement: tuple[SkillNeed, ...],
    last_agent: AgentId | None,
    now: Instant,
) -> tuple[AgentId | None, Instant | None]:
    """Who serves the customer elsewhere now, or served them last, and until when this agent is waited for."""
    spec = state.queues[queue]
    companion = companion_agent(state, contact)
    if companion is not None:
        return companion, after(now, spec.owner_patience_s)
    known = state.agents.get(last_agent) if spec.sticky_s and last_agent is not None else None
    if known is None or not is_present(known) or not fits_when_empty(known, contact.channel):
        return None, None
    if needs_met(known.spec.skills, requirement, spec.relaxations) is None:
        return None, None
    return known.id, after(now, spec.sticky_s)


def requeued(
    state: State,
    contact: Contact,
    now: Instant,
    because: QueuedBecause,
    *,
    reason: str | None = None,
    cooled: AgentId | None = None,
) -> ContactQueued:
    """Back into the queue it came from, the due time kept; not to `cooled` for a while."""
    assert contact.queue is not None
    cooldown_s = queue_spec(state, contact).miss_cooldown_s
    return ContactQueued(
        contact=contact.id,
        queue=contact.queue,
        due_at=contact.due_at,
        waiting_since=contact.waiting_since if contact.state in IN_LINE else now,
        because=because,
        requirement=contact.requirement,
        need=contact.need,
        reason=reason,
        cooled=cooled,
        cooldown_until=after(now, cooldown_s) if cooled is not None else None,
    )


def comes_back(
    state: State, contact: Contact, channel: Channel, now: Instant, because: QueuedBecause
) -> ContactResumed | ContactQueued:
    """A parked talk goes on: the agent who knows it has it at once, is waited for, or is not there."""
    assert contact.agent is not None
    assert contact.queue is not None
    if can_take_now(state, contact.agent, channel):
        return ContactResumed(contact.id, contact.agent, reply_due(state, contact, now))
    again = queued(state, contact, contact.queue, now, because)
    knows = state.agents.get(contact.agent)
    is_waited_for = knows is not None and is_present(knows)
    until = after(now, queue_spec(state, contact).owner_patience_s)
    return replace(
        again,
        requirement=contact.requirement,
        preferred=contact.agent if is_waited_for else again.preferred,
        preferred_until=until if is_waited_for else again.preferred_until,
    )


def companion_agent(state: State, contact: Contact) -> AgentId | None:
    """Who serves this customer on another contact now: one customer meets one agent."""
    if contact.customer is None:
        return None
    names = state.index.customers.get(contact.customer, {})
    others = [talk_of(state, state.contacts[name]) for name in names]
    served = [(other.number, other.agent) for other in others if other is not contact and other.state in SERVED]
    for _, agent in sorted(served, key=lambda pair: pair[0]):
        if agent is not None and is_present(state.agents[agent]):
            return agent
    return None


def can_take_now(state: State, agent: AgentId, channel: Channel) -> bool:
    found = state.agents.get(agent)
    return found is not None and is_open(found) and has_room(found, channel)


def merged(*requirements: tuple[SkillNeed, ...]) -> tuple[SkillNeed, ...]:
    """One requirement that asks for the higher level of each skill, firm where one is, in the skills' own order."""
    needs = tuple(need for requirement in requirements for need in requirement)
    if len(needs) <= 1:
        return needs
    levels: dict[str, SkillNeed] = {}
    for need in needs:
        known = levels.get(need.skill, need)
        level_min = max(known.level_min, need.level_min)
        levels[need.skill] = SkillNeed(need.skill, level_min, known.firm or need.firm)
    return tuple(levels[skill] for skill in sorted(levels))


def check_queue(state: State, queue: QueueId, contact: Contact | None = None) -> None:
    """The queue exists and takes one more."""
    spec = state.queues.get(queue)
    if spec is None:
        refuse("queue_exists_not", queue=queue)
    is_there = contact is not None and contact.queue == queue and contact.state in IN_LINE
    if not is_there and state.index.waiting_counts.get(queue, 0) >= spec.waiting_max:
        refuse("queue_is_full", queue=queue, waiting_max=spec.waiting_max)

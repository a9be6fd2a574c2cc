"""Where a contact goes when its queue is too long, too slow or closed.

A rule is followed once in a queue. At entry the rules of the queue it overflows to are followed as well; rules that
lead in a circle are refused where queues are put. A rule whose queue is not there is passed over.
"""

from dataclasses import replace

from dryfly.floor.entities import Contact
from dryfly.floor.hours import after, after_open, first_closed_at, is_open_at
from dryfly.floor.model import (
    ContactOverflowed,
    ContactQueued,
    Event,
    Instant,
    OverflowRule,
    OverflowTo,
    OverflowWhen,
    QueuedBecause,
    QueueId,
    QueueSpec,
    SkillNeed,
)
from dryfly.floor.service import merged
from dryfly.floor.state import State, queue_spec

AT_ENTRY = (OverflowWhen.LENGTH, OverflowWhen.ESTIMATE, OverflowWhen.CLOSED)


def enters(state: State, entry: ContactQueued, now: Instant) -> list[Event]:
    """The entry, and where it flows over to from there."""
    events: list[Event] = [entry]
    while (rule := _rule_at_entry(state, entry.queue, now)) is not None:
        if rule.to is not OverflowTo.QUEUE:
            return [*events, ContactOverflowed(entry.contact, rule.name, rule.to)]
        entry = _moved(state, entry, rule, now)
        events.append(entry)
    return events


def overflows_at(state: State, contact: Contact) -> Instant | None:
    """When the next rule of its queue will hold for one who waits."""
    times = [_holds_at(state, contact, rule) for rule in _rules_left(state, contact)]
    return min((at for at in times if at is not None), default=None)


def overflowed(state: State, contact: Contact, due: Instant, now: Instant) -> Event:
    """What the rule that holds since `due` does."""
    rule = next(rule for rule in _rules_left(state, contact) if _holds_at(state, contact, rule) == due)
    if rule.to is not OverflowTo.QUEUE:
        return ContactOverflowed(contact.id, rule.name, rule.to)
    assert contact.queue is not None
    stands = ContactQueued(
        contact.id, contact.queue, contact.due_at, contact.waiting_since, QueuedBecause.OVERFLOWED, contact.requirement
    )
    return _moved(state, stands, rule, now)


def _rule_at_entry(state: State, queue: QueueId, now: Instant) -> OverflowRule | None:
    if not state.queues[queue].overflow:
        return None
    rules = (rule for rule in state.queues[queue].overflow if rule.when in AT_ENTRY and _is_possible(state, rule))
    return next((rule for rule in rules if _holds_at_entry(state, queue, rule, now)), None)


def _holds_at_entry(state: State, queue: QueueId, rule: OverflowRule, now: Instant) -> bool:
    match rule.when:
        case OverflowWhen.LENGTH:
            return state.index.waiting_counts.get(queue, 0) >= rule.limit
        case OverflowWhen.ESTIMATE:
            return state.estimates.get(queue, 0) > rule.limit
        case _:
            return not is_open_at(state.hours.get(queue), now)


def _rules_left(state: State, contact: Contact) -> list[OverflowRule]:
    """Rules that time alone can make hold, and that were not followed yet."""
    timed = (OverflowWhen.WAIT, OverflowWhen.CLOSED)
    rules = queue_spec(state, contact).overflow
    return [r for r in rules if r.when in timed and r.name not in contact.overflows and _is_possible(state, r)]


def _holds_at(state: State, contact: Contact, rule: OverflowRule) -> Instant | None:
    assert contact.queue is not None
    if rule.when is OverflowWhen.WAIT:
        return after(contact.waiting_since, rule.limit)
    return first_closed_at(state.hours.get(contact.queue), contact.waiting_since)


def _is_possible(state: State, rule: OverflowRule) -> bool:
    return rule.to is not OverflowTo.QUEUE or rule.queue in state.queues


def _moved(state: State, entry: ContactQueued, rule: OverflowRule, now: Instant) -> ContactQueued:
    """The due time is kept, so nobody waits twice; where the queue is closed, the other sees to it in its own time."""
    assert rule.queue is not None
    spec = state.queues[rule.queue]
    due_at = entry.due_at
    if rule.when is OverflowWhen.CLOSED:
        due_at = after_open(state.hours.get(rule.queue), now, spec.target_s)
    own = extra_needs(state.queues[entry.queue], entry.requirement)
    return replace(
        entry,
        queue=rule.queue,
        due_at=due_at,
        because=QueuedBecause.OVERFLOWED,
        requirement=merged(spec.requirement, own),
        reason=rule.name,
        preferred=None,
        preferred_until=None,
    )


def extra_needs(spec: QueueSpec, requirement: tuple[SkillNeed, ...]) -> tuple[SkillNeed, ...]:
    """What the contact needs beside what its queue asks for."""
    return tuple(need for need in requirement if need not in spec.requirement)


def goes_in_a_circle(queues: dict[QueueId, QueueSpec], queue: QueueId, spec: QueueSpec) -> bool:
    """Whether a contact could come back to this queue by the rules."""
    seen: set[QueueId] = set()
    ahead = targets(spec)
    while ahead:
        name = ahead.pop()
        if name == queue:
            return True
        if name not in seen and name in queues:
            seen.add(name)
            ahead += targets(queues[name])
    return False


def targets(spec: QueueSpec) -> list[QueueId]:
    return [rule.queue for rule in spec.overflow if rule.to is OverflowTo.QUEUE and rule.queue is not None]

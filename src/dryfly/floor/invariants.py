"""What is true after every step of every day (FLOOR.md). Raises AssertionError with a sentence otherwise.

Everything is worked out anew from the facts, by looking at everything: slow, simple, and independent of the index.
"""

from dryfly.floor.capacity import firm_units_of, has_room, is_beyond, is_open, is_present, units_of
from dryfly.floor.deadlines import deadline_of_agent, deadline_of_contact, is_pending
from dryfly.floor.entities import Agent, Contact, holders_of
from dryfly.floor.index import DemandKey, demand_key, place_in_line
from dryfly.floor.indexing import first_in_line
from dryfly.floor.interrupting import interruptible
from dryfly.floor.model import ContactState
from dryfly.floor.search import is_drainable
from dryfly.floor.state import State
from dryfly.floor.timers import next_deadline
from dryfly.floor.why import is_skilled, obstacle


def check_invariants(state: State) -> None:
    for contact in state.contacts.values():
        _check_contact(state, contact)
    assert len(state.offers) == sum(len(contact.offers) for contact in state.contacts.values())
    for agent in state.agents.values():
        _check_agent(state, agent)
    overdue = {name for c in state.contacts.values() if c.is_overdue_work for name in holders_of(c)}
    assert state.index.overdue_counts.keys() == overdue
    assert state.index.present.keys() == {agent.id for agent in state.agents.values() if is_present(agent)}
    _check_nobody_waits_in_vain(state)
    _check_deadlines(state)


def _check_contact(state: State, contact: Contact) -> None:
    """1, 2: somebody or something owns it."""
    match contact.state:
        case ContactState.WITH_BOT:
            assert contact.agent is None
        case ContactState.WAITING:
            assert contact.queue in state.queues
            assert contact.agent is None
        case ContactState.OFFERED:
            assert contact.agent is None
            for name, offer in contact.offers.items():
                assert (state.offers[offer].contact, state.offers[offer].agent) == (contact.id, name)
        case ContactState.CALLBACK:
            assert contact.queue in state.queues
            assert contact.agent is None
            assert contact.callback is not None
            assert contact.callback.at is not None
        case ContactState.ACTIVE | ContactState.WRAP_UP:
            assert contact.agent in state.agents, "a served contact has an agent"
        case ContactState.PARKED:
            assert deadline_of_contact(state, contact) is not None, "a parked contact has a timer"
        case ContactState.MERGED:
            _check_follower(state, contact)
        case ContactState.CLOSED:
            raise AssertionError("closed contacts leave the state")
    assert bool(contact.offers) == (contact.state is ContactState.OFFERED)
    assert (contact.main is not None) == (contact.state is ContactState.MERGED)
    _check_family(state, contact)
    served = contact.state in (ContactState.ACTIVE, ContactState.WRAP_UP)
    _check_requests(contact)
    assert not (served and contact.agent in contact.participants), "an owner is no participant"


def _check_follower(state: State, contact: Contact) -> None:
    """It is its main contact's, takes nothing of anybody, and is nobody else's."""
    assert contact.main is not None
    main = state.contacts[contact.main]
    assert main.main is None, "what is followed does not follow"
    assert main.state is not ContactState.WITH_BOT
    assert (contact.agent, contact.reply_due_at, contact.requeue_at, contact.preferred) == (None, None, None, None)
    assert not contact.participants
    assert not contact.followers


def _check_family(state: State, contact: Contact) -> None:
    """Who follows is known where it is followed, and is of one customer."""
    assert {c.id for c in state.contacts.values() if c.main == contact.id} == contact.followers.keys()
    known = {c.customer for c in (contact, *contact.followers.values()) if c.customer is not None}
    assert len(known) <= 1, "contacts of two customers are one talk"
    assert contact.heard_on is None or contact.heard_on in contact.followers


def _check_requests(contact: Contact) -> None:
    """Who serves it asks; who is asked is not in it."""
    assert not contact.requests or contact.state is ContactState.ACTIVE
    assert all(request.agent == contact.agent for request in contact.requests.values())
    assert contact.agent not in contact.requests
    assert contact.requests.keys().isdisjoint(contact.participants)


def _check_agent(state: State, agent: Agent) -> None:
    """3: capacity, and nobody unavailable is offered anything."""
    held = [c for c in state.contacts.values() if agent.id in holders_of(c)]
    assert {c.id for c in held} == set(agent.holding)
    assert agent.units == sum(units_of(agent, c.channel) for c in held)
    _check_interrupted(state, agent)
    assert agent.is_overfull or not is_beyond(agent), f"{agent.id} holds more than the set-up allows"
    if any(c.state is ContactState.OFFERED for c in held):
        assert is_present(agent), f"{agent.id} is offered a contact and is not there"
    assert set(agent.joined) == {c.id for c in state.contacts.values() if agent.id in c.participants}
    asked = {c.id for c in state.contacts.values() if agent.id in c.requests and is_pending(c.requests[agent.id])}
    assert set(agent.asked) == asked
    if agent.draining_for is not None:
        drained_for = state.contacts[agent.draining_for]
        assert drained_for.state is ContactState.WAITING
        assert not has_room(agent, drained_for.channel)


def _check_interrupted(state: State, agent: Agent) -> None:
    """Only what may be interrupted is set aside, and only while it does not fit."""
    assert agent.firm_units == sum(firm_units_of(agent, state.contacts[name].channel) for name in agent.holding)
    room = agent.spec.capacity_units - agent.firm_units
    for contact in interruptible(state, agent):
        room -= units_of(agent, contact.channel)
        assert contact.is_interrupted == (room < 0), f"{contact.id} gives way, and need not, or does not and should"


def _check_nobody_waits_in_vain(state: State) -> None:
    """4, 5: no waiting contact could be served now, and each line stands in due order."""
    lines: dict[DemandKey, list[Contact]] = {}
    for contact in state.contacts.values():
        if contact.state is not ContactState.WAITING:
            continue
        for agent in state.agents.values():
            assert obstacle(state, contact, agent), f"{agent.id} could serve {contact.id}"
        if contact.preferred is None:
            lines.setdefault(demand_key(contact), []).append(contact)
    for line in lines.values():
        _check_line(state, line)


def _check_line(state: State, line: list[Contact]) -> None:
    first = min(line, key=place_in_line)
    demand = state.index.demand_of[first.id]
    assert demand.waiting_count == len(line)
    assert first_in_line(state, demand) == first.id
    drained = [a for a in state.agents.values() if a.draining_for in {c.id for c in line}]
    assert [a.id for a in drained] == ([demand.drained] if demand.drained else []), "one drained agent a line"
    if not drained:
        assert not any(_could_drain(state, a, first) for a in state.agents.values()), (
            f"nobody makes room for {first.id}"
        )


def _could_drain(state: State, agent: Agent, contact: Contact) -> bool:
    return (
        is_open(agent)
        and agent.id not in contact.tried
        and is_skilled(state, contact, agent)
        and is_drainable(agent, contact.channel)
    )


def _check_deadlines(state: State) -> None:
    """7: the alarm is set for exactly what is due first."""
    due = [deadline_of_agent(agent) for agent in state.agents.values()]
    due += [deadline_of_contact(state, contact) for contact in state.contacts.values()]
    assert next_deadline(state) == min((at for at in due if at is not None), default=None)

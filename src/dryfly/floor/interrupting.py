"""Work that may be interrupted gives way to work that may not wait, and goes on when there is room again.

The agent keeps what is set aside. The newest gives way first; the oldest goes on first. What lies for longer than its
queue allows goes back in line, to others, with its due time kept.
"""

from dryfly.floor.apply import apply
from dryfly.floor.entities import Agent, Contact
from dryfly.floor.hours import after
from dryfly.floor.model import ContactContinued, ContactInterrupted, ContactState, Event, Instant
from dryfly.floor.state import State, queue_spec


def settle(state: State, now: Instant) -> list[Event]:
    """For each agent whose load has changed, set aside what does not fit, and take up what fits again."""
    done: list[Event] = []
    for name in sorted(state.index.unsettled):
        for event in _settled(state, state.agents[name], now):
            apply(state, event, now)
            done.append(event)
    state.index.unsettled.clear()
    return done


def _settled(state: State, agent: Agent, now: Instant) -> list[Event]:
    if agent.units == agent.firm_units:
        return []
    events: list[Event] = []
    room = agent.spec.capacity_units - agent.firm_units
    for contact in interruptible(state, agent):
        room -= agent.channels[contact.channel].units_each
        if room < 0 and not contact.is_interrupted:
            reclaim_s = queue_spec(state, contact).reclaim_after_s
            events.append(ContactInterrupted(contact.id, agent.id, after(now, reclaim_s) if reclaim_s else None))
        elif room >= 0 and contact.is_interrupted:
            events.append(ContactContinued(contact.id, agent.id))
    return events


def interruptible(state: State, agent: Agent) -> list[Contact]:
    """What the agent serves that may be interrupted, the oldest first."""
    held = [state.contacts[name] for name in agent.holding]
    channels = {name for name, capacity in agent.channels.items() if capacity.interruptible}
    found = [c for c in held if c.state is ContactState.ACTIVE and c.channel in channels]
    return sorted(found, key=lambda contact: contact.number)

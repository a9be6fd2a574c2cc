"""How much an agent can hold.

An agent has `capacity_units`; each contact takes the units of its channel from the moment of the offer to the
end of wrap-up; a channel may also be limited in number. A parked contact takes nothing. Participants take nothing.
Interruptible work (one open mail) leaves room for other work (a call): it is set aside while both do not fit.
"""

from dryfly.floor.entities import READY, Agent
from dryfly.floor.model import Channel


def is_present(agent: Agent) -> bool:
    """There, and willing to take work."""
    return agent.presence is READY and agent.is_connected


def is_open(agent: Agent) -> bool:
    """May be offered new work, if there is room for it."""
    return is_present(agent) and agent.draining_for is None


def units_of(agent: Agent, channel: Channel) -> int:
    """Units that one contact takes; 0 on a channel that the agent no longer serves (a talk kept from before)."""
    capacity = agent.channels.get(channel)
    return capacity.units_each if capacity else 0


def firm_units_of(agent: Agent, channel: Channel) -> int:
    """The same, of work that may not be interrupted."""
    capacity = agent.channels.get(channel)
    return capacity.units_each if capacity and not capacity.interruptible else 0


def has_room(agent: Agent, channel: Channel) -> bool:
    capacity = agent.channels.get(channel)
    if capacity is None or agent.counts.get(channel, 0) >= capacity.contacts_max:
        return False
    taken = agent.units if capacity.interruptible else agent.firm_units
    return taken + capacity.units_each <= agent.spec.capacity_units


def fits_when_empty(agent: Agent, channel: Channel) -> bool:
    capacity = agent.channels.get(channel)
    return capacity is not None and capacity.units_each <= agent.spec.capacity_units and capacity.contacts_max > 0


def is_beyond(agent: Agent) -> bool:
    """Holds more than the set-up allows."""
    if max(agent.firm_units, agent.units - agent.firm_units) > agent.spec.capacity_units:
        return True
    return any(
        count > agent.channels[channel].contacts_max
        for channel, count in agent.counts.items()
        if channel in agent.channels
    )


def load_permille(agent: Agent) -> int:
    return agent.units * 1000 // max(1, agent.spec.capacity_units)

"""Keeps the index true while facts change; `apply` is the only caller, `rebuild` makes it all anew.

A contact is withdrawn from the index, changed, and enlisted again; an agent whose load, presence or set-up changed
is listed again. Marks (`index.unplaced`, `index.freed`) tell matching whom to look at; they only ever say "look",
so a mark too many costs a look and changes nothing.
"""

from heapq import heapify, heappop, heappush

from dryfly.floor.alarms import AGENT, CONTACT, Alarms
from dryfly.floor.capacity import fits_when_empty, has_room, is_open, is_present
from dryfly.floor.deadlines import deadline_of_agent, is_pending
from dryfly.floor.entities import CALLBACK, HOLDING, IN_LINE, OFFERED, PARKED, WAITING, Agent, Contact, holders_of
from dryfly.floor.hours import slot_of
from dryfly.floor.index import (
    DEMANDS_MAX,
    AgentEntry,
    ContactEntry,
    Demand,
    Index,
    Profile,
    add_count,
    demand_key,
    place_in_line,
    profile_key,
)
from dryfly.floor.model import Channel, ContactId, QueueId
from dryfly.floor.policies import ORDERS, POLICIES
from dryfly.floor.state import State

HEAP_SLACK = 16  # stale entries tolerated beyond one for each true one


def rebuild(state: State) -> None:
    """Make the index and the alarms from the facts alone."""
    state.index = Index(orders=_orders_in_use(state))
    state.alarms = Alarms()
    draining = [(agent, agent.draining_for) for agent in state.agents.values()]
    for agent in state.agents.values():
        agent.holding, agent.joined, agent.awaited, agent.parked, agent.asked = {}, {}, {}, {}, {}
        agent.open_on, agent.draining_for = (), None
        enter_agent(state, agent)
        watch_agent(state, agent)
    for contact in state.contacts.values():
        contact.followers = {}
    for contact in state.contacts.values():
        enter_contact(state, contact)
    for agent, drained_for in draining:  # only now it is known that there is no room
        if drained_for is not None:
            begin_drain(state, agent, drained_for)


# ---- agents ------------------------------------------------------------------------------------


def enter_agent(state: State, agent: Agent) -> None:
    """A new agent, or one whose set-up changed (after `leave_agent`)."""
    index = state.index
    agent.channels = {capacity.channel: capacity for capacity in agent.spec.channels}
    key = profile_key(agent.spec)
    profile = index.profiles.get(key)
    if profile is None:
        profile = _new_profile(index, agent)
        index.profiles[key] = profile
    profile.members_count += 1
    index.profile_of[agent.id] = profile
    for skill in agent.spec.skills:
        add_count(index.holders, skill, +1)
    index.stamp += 1
    _count_load(state, agent)
    note_load(state, agent)
    note_presence(state, agent)
    relist_agent(state, agent, freed=True)


def recall_parked(state: State, agent: Agent) -> None:
    """An agent who was removed comes back: their quiet talks are theirs again."""
    contacts = state.contacts.values()
    agent.parked = {c.id: None for c in contacts if c.agent == agent.id and c.state is PARKED}


def leave_agent(state: State, agent: Agent) -> None:
    index = state.index
    _unlist(index, agent)
    profile = index.profile_of.pop(agent.id)
    profile.members_count -= 1
    if profile.members_count == 0:
        del index.profiles[profile_key(agent.spec)]
        del index.by_bit[profile.bit]
        index.bits_free.append(profile.bit)
    for skill in agent.spec.skills:
        add_count(index.holders, skill, -1)
    index.stamp += 1
    index.freed.pop(agent.id, None)
    index.unsettled.pop(agent.id, None)
    index.present.pop(agent.id, None)


def relist_agent(state: State, agent: Agent, *, freed: bool) -> None:
    """Put the agent where matching finds it: on each channel with room, in each order that is in use."""
    if agent.draining_for is not None and not _must_drain(state, agent):
        end_drain(state, agent)
        freed = True
    index = state.index
    profile = index.profile_of[agent.id]
    open_on = tuple([c for c in agent.channels if has_room(agent, c)]) if is_open(agent) else ()
    if open_on != agent.open_on:
        _unlist(index, agent)
        agent.open_on = open_on
        for channel in open_on:
            if add_count(profile.open_counts, channel, +1) == 1:
                index.open_bits[channel] = index.open_bits.get(channel, 0) | (1 << profile.bit)
    if not open_on:
        return
    for order in index.orders:
        key = ORDERS[order](agent)
        entry = (key[0], key[1], agent.id)
        for channel in open_on:
            _push_agent(state, profile, order, channel, entry)
    if freed:
        index.freed[agent.id] = None


def note_presence(state: State, agent: Agent) -> None:
    if is_present(agent):
        state.index.present[agent.id] = None
    else:
        state.index.present.pop(agent.id, None)


def begin_drain(state: State, agent: Agent, contact: ContactId) -> None:
    agent.draining_for = contact
    state.index.demand_of[contact].drained = agent.id
    relist_agent(state, agent, freed=False)


def end_drain(state: State, agent: Agent) -> None:
    assert agent.draining_for is not None
    contact = agent.draining_for
    agent.draining_for = None
    demand = state.index.demand_of.get(contact)
    if demand is not None:
        demand.drained = None
        state.index.unplaced[contact] = None


def watch_agent(state: State, agent: Agent) -> None:
    state.alarms.watch((AGENT, agent.id), deadline_of_agent(agent))


def relist_for_orders(state: State) -> None:
    """After a queue was put: list the agents in the orders that are now in use."""
    orders = _orders_in_use(state)
    if orders == state.index.orders:
        return
    state.index.orders = orders
    for profile in state.index.by_bit.values():
        profile.heaps = {}
    for agent in state.agents.values():
        relist_agent(state, agent, freed=False)


def forget_agent(state: State, agent: Agent) -> None:
    """The agent is removed for good."""
    state.alarms.forget((AGENT, agent.id))


def forget_ranks(state: State) -> None:
    """Queues may choose by another policy now."""
    state.index.stamp += 1


def is_true_entry(state: State, profile: Profile, order: str, channel: Channel, entry: AgentEntry) -> bool:
    agent = state.agents.get(entry[2])
    return (
        agent is not None
        and channel in agent.open_on
        and ORDERS[order](agent) == entry[:2]
        and state.index.profile_of[agent.id] is profile
    )


def _new_profile(index: Index, agent: Agent) -> Profile:
    bit = index.bits_free.pop() if index.bits_free else len(index.by_bit)
    units_each = {c.channel: c.units_each for c in agent.spec.channels if fits_when_empty(agent, c.channel)}
    profile = Profile(bit, dict(agent.spec.skills), units_each)
    index.by_bit[bit] = profile
    return profile


def _count_load(state: State, agent: Agent) -> None:
    agent.units, agent.firm_units, agent.counts = 0, 0, {}
    for held in agent.holding:
        _add_load(agent, state.contacts[held].channel, +1)


def _add_load(agent: Agent, channel: Channel, change: int) -> None:
    """Nothing on a channel that the agent serves no longer (a talk kept from before)."""
    capacity = agent.channels.get(channel)
    if capacity is not None:
        units = change * capacity.units_each
        agent.units += units
        agent.firm_units += 0 if capacity.interruptible else units
    add_count(agent.counts, channel, change)


def _must_drain(state: State, agent: Agent) -> bool:
    assert agent.draining_for is not None
    channel = state.contacts[agent.draining_for].channel
    return is_present(agent) and fits_when_empty(agent, channel) and not has_room(agent, channel)


def _unlist(index: Index, agent: Agent) -> None:
    profile = index.profile_of[agent.id]
    for channel in agent.open_on:
        if add_count(profile.open_counts, channel, -1) == 0:
            index.open_bits[channel] &= ~(1 << profile.bit)
    agent.open_on = ()


def _push_agent(state: State, profile: Profile, order: str, channel: Channel, entry: AgentEntry) -> None:
    heap = profile.heaps.setdefault((order, channel), [])
    heappush(heap, entry)
    if len(heap) > 2 * profile.open_counts[channel] + HEAP_SLACK:
        heap[:] = {e for e in heap if is_true_entry(state, profile, order, channel, e)}
        heapify(heap)


def _orders_in_use(state: State) -> tuple[str, ...]:
    return tuple(sorted({POLICIES[spec.choice].order for spec in state.queues.values()}))


# ---- contacts ----------------------------------------------------------------------------------


def enter_contact(state: State, contact: Contact) -> None:
    """A contact that is new to the index."""
    for name in contact.participants:
        state.agents[name].joined[contact.id] = None
    for name, request in contact.requests.items():
        if is_pending(request):
            state.agents[name].asked[contact.id] = None
    if contact.main is not None:
        state.contacts[contact.main].followers[contact.id] = contact
    note_customer(state, contact)
    enlist(state, contact)


def leave_contact(state: State, contact: Contact) -> None:
    """Forget a contact that was withdrawn and is closed."""
    for name in contact.participants:
        state.agents[name].joined.pop(contact.id, None)
    if contact.main is not None:
        del state.contacts[contact.main].followers[contact.id]
    forget_customer(state, contact)
    state.alarms.changed.pop(contact.id, None)
    state.alarms.forget((CONTACT, contact.id))


def note_customer(state: State, contact: Contact) -> None:
    if contact.customer is not None:
        state.index.customers.setdefault(contact.customer, {})[contact.id] = None


def forget_customer(state: State, contact: Contact) -> None:
    if contact.customer is not None:
        others = state.index.customers[contact.customer]
        del others[contact.id]
        if not others:
            del state.index.customers[contact.customer]


def enlist(state: State, contact: Contact) -> None:
    """Let the index know where the contact is now."""
    index = state.index
    if contact.queue is not None:
        add_count(index.open_counts, contact.queue, +1)
        if contact.state in IN_LINE:
            add_count(index.waiting_counts, contact.queue, +1)
    if contact.state is WAITING:
        _join_line(state, contact)
    elif contact.state in HOLDING:
        for name in holders_of(contact):
            take(state, contact, state.agents[name])
    elif contact.state is PARKED and contact.agent in state.agents:
        state.agents[contact.agent].parked[contact.id] = None
    elif contact.state is CALLBACK:
        add_count(index.slots, _slot(contact), +1)
    watch_contact(state, contact)


def withdraw(state: State, contact: Contact) -> None:
    """Undo `enlist`, before the contact changes."""
    index = state.index
    if contact.queue is not None:
        add_count(index.open_counts, contact.queue, -1)
        if contact.state in IN_LINE:
            add_count(index.waiting_counts, contact.queue, -1)
    if contact.state is WAITING:
        _leave_line(state, contact)
    elif contact.state in HOLDING:
        for name in holders_of(contact):
            give_back(state, contact, state.agents[name])
    elif contact.state is PARKED and contact.agent in state.agents:
        state.agents[contact.agent].parked.pop(contact.id, None)
    elif contact.state is CALLBACK:
        add_count(index.slots, _slot(contact), -1)


def _slot(contact: Contact) -> tuple[QueueId, int]:
    assert contact.queue is not None
    assert contact.callback is not None
    assert contact.callback.at is not None
    return contact.queue, slot_of(contact.callback.at)


def look_again(state: State, contact: Contact) -> None:
    """More agents may have it now, though nothing that the index knows has changed."""
    if contact.state is WAITING:
        state.index.unplaced[contact.id] = None
    watch_contact(state, contact)


def look_at_line(state: State, queue: QueueId) -> None:
    """The queue's steps of relaxation may be others now."""
    for name in state.index.demand_of:
        if state.contacts[name].queue == queue:
            state.index.unplaced[name] = None


def begin_service(state: State, contact: Contact) -> None:
    """An accepted offer becomes service: the capacity that it held goes on being held."""
    assert contact.state is OFFERED
    assert contact.queue is not None
    add_count(state.index.waiting_counts, contact.queue, -1)


def watch_contact(state: State, contact: Contact) -> None:
    state.alarms.changed[contact.id] = None


def watch_all_contacts(state: State) -> None:
    """After a change of set-up, which may bring deadlines forward."""
    for contact in state.contacts.values():
        watch_contact(state, contact)


def is_true_place(state: State, demand: Demand, entry: ContactEntry) -> bool:
    contact = state.contacts.get(entry[2])
    return (
        contact is not None
        and contact.due_at == entry[0]
        and contact.preferred is None
        and state.index.demand_of.get(contact.id) is demand
    )


def first_in_line(state: State, demand: Demand) -> ContactId | None:
    """Due first among those who wait for anybody."""
    heap = demand.heap
    while heap and not is_true_place(state, demand, heap[0]):
        heappop(heap)
    return heap[0][2] if heap else None


def _join_line(state: State, contact: Contact) -> None:
    index = state.index
    demand = _demand_for(index, contact)
    index.demand_of[contact.id] = demand
    index.unplaced[contact.id] = None
    if contact.preferred is not None:
        state.agents[contact.preferred].awaited[contact.id] = None
        return
    demand.waiting_count += 1
    heappush(demand.heap, place_in_line(contact))
    if len(demand.heap) > 2 * demand.waiting_count + HEAP_SLACK:
        demand.heap[:] = {e for e in demand.heap if is_true_place(state, demand, e)}
        heapify(demand.heap)


def _leave_line(state: State, contact: Contact) -> None:
    index = state.index
    demand = index.demand_of.pop(contact.id)
    index.unplaced.pop(contact.id, None)
    if contact.preferred is not None:
        del state.agents[contact.preferred].awaited[contact.id]
    else:
        demand.waiting_count -= 1
    _leave_drain(state, contact, demand)


def _leave_drain(state: State, contact: Contact, demand: Demand) -> None:
    """End the drain for this contact; whoever is first in line now may want one."""
    agent = state.agents[demand.drained] if demand.drained is not None else None
    if agent is not None and agent.draining_for == contact.id:
        demand.drained = agent.draining_for = None
        relist_agent(state, agent, freed=True)
    if demand.drained is None and _may_drain(state.index, demand):
        first = first_in_line(state, demand)
        if first is not None:
            state.index.unplaced[first] = None


def _may_drain(index: Index, demand: Demand) -> bool:
    """Somebody may be open for smaller work only; not known if set-up has changed since the profiles were ranked."""
    if demand.stamp != index.stamp:
        return True
    return any(bits & index.open_bits.get(channel, 0) for channel, bits in demand.smaller)


def _demand_for(index: Index, contact: Contact) -> Demand:
    key = demand_key(contact)
    demand = index.demands.get(key)
    if demand is None:
        if len(index.demands) >= DEMANDS_MAX:
            in_use = {id(d) for d in index.demand_of.values()}
            index.demands = {k: d for k, d in index.demands.items() if id(d) in in_use}
        demand = index.demands[key] = Demand(*key)
        index.stamp += 1
    return demand


def note_load(state: State, agent: Agent) -> None:
    """What may be interrupted may have to give way now, or may go on."""
    if agent.units != agent.firm_units:
        state.index.unsettled[agent.id] = None


def take(state: State, contact: Contact, agent: Agent) -> None:
    """The contact takes capacity of this agent."""
    agent.holding[contact.id] = None
    _add_load(agent, contact.channel, +1)
    note_load(state, agent)
    if contact.is_overdue_work:
        add_count(state.index.overdue_counts, agent.id, +1)
    relist_agent(state, agent, freed=False)


def give_back(state: State, contact: Contact, agent: Agent) -> None:
    del agent.holding[contact.id]
    _add_load(agent, contact.channel, -1)
    note_load(state, agent)
    if contact.is_overdue_work:
        add_count(state.index.overdue_counts, agent.id, -1)
    relist_agent(state, agent, freed=True)

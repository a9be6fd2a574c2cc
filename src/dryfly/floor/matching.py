"""Brings waiting contacts and free agents together after each step.

One rule: in due order, each waiting contact goes to the best agent with room. Where none has room, but one who is open
for smaller work could make room by taking nothing else, that agent is drained for it: one agent a demand.

After every step no pair is left that the rule would join, so after the next step only contacts and agents that
were touched have to be looked at (the index marks them). tests/floor/naive.py does the same by sorting everything.
"""

from heapq import heappop, heappush, heapreplace

from dryfly.floor.apply import apply
from dryfly.floor.entities import Agent, Contact
from dryfly.floor.hours import after
from dryfly.floor.model import (
    AgentDrained,
    Event,
    Instant,
    OfferEnd,
    OfferEnded,
    OfferId,
    OfferMade,
)
from dryfly.floor.search import Choice, agent_to_drain, best_agents, first_contact_for
from dryfly.floor.service import engaged
from dryfly.floor.sharing import OrderEntry, is_overdue_work, order_of
from dryfly.floor.state import State, queue_spec


def match_waiting(state: State, now: Instant) -> list[Event]:
    """Make and apply every offer that is possible now."""
    done: list[Event] = []
    lines: list[OrderEntry] = []
    while (contact := _due_first(state, lines)) is not None:
        events = place(state, contact, now)
        for event in events:
            apply(state, event, now)
        done += events
    return done


def place(state: State, contact: Contact, now: Instant) -> list[Event]:
    """Offer the contact to the best agent, or have one drained for it, or leave it waiting."""
    choices = best_agents(state, contact, queue_spec(state, contact).ring)
    if choices:
        return offered(state, contact, choices, now)
    drained = agent_to_drain(state, contact)
    return [AgentDrained(drained, contact.id)] if drained is not None else []


def offered(state: State, contact: Contact, choices: list[Choice], now: Instant) -> list[Event]:
    """Held out to all of them at once; who accepts by set-up has it."""
    accepting = next((choice for choice in choices if state.agents[choice.agent].spec.auto_accept), None)
    if accepting is None:
        return [_made(state, contact, choice, number, now) for number, choice in enumerate(choices)]
    made = _made(state, contact, accepting, 0, now)
    accepted = OfferEnded(made.offer, contact.id, accepting.agent, OfferEnd.ACCEPTED)
    return [made, accepted, engaged(state, contact, accepting.agent, now)]


def _made(state: State, contact: Contact, choice: Choice, number: int, now: Instant) -> OfferMade:
    return OfferMade(
        offer=OfferId(f"o{state.offers_count + 1 + number}"),
        contact=contact.id,
        agent=choice.agent,
        expires_at=after(now, queue_spec(state, contact).offer_timeout_s),
        rule=choice.rule,
        values=_reasons(contact, state.agents[choice.agent], choice, now),
        overdue=is_overdue_work(state, contact, now),
    )


def _reasons(contact: Contact, agent: Agent, choice: Choice, now: Instant) -> dict[str, int | str]:
    return {
        "relaxed": choice.rank[0],
        "surplus": choice.rank[1],
        "scarcity": choice.rank[2],
        "load_units": agent.units,
        "idle_ms": now - agent.idle_since,
        "waited_ms": now - contact.waiting_since,
        "due_at": contact.due_at,
    }


def _due_first(state: State, lines: list[OrderEntry]) -> Contact | None:
    """The contact to look at next: due first among the marked, and among what marked agents should take."""
    if state.index.unplaced:
        for name in state.index.unplaced:
            heappush(lines, order_of(state, state.contacts[name]))
        state.index.unplaced.clear()
    _put_right(state, lines)
    wanted = _wanted(state) if state.index.freed else None
    if lines and (wanted is None or lines[0] <= wanted):
        return state.contacts[heappop(lines)[3]]
    return state.contacts[wanted[3]] if wanted else None


def _put_right(state: State, lines: list[OrderEntry]) -> None:
    """The first of the line still waits, and stands where it belongs: who did not yield before may yield now."""
    while lines:
        name = lines[0][3]
        if name not in state.index.demand_of:
            heappop(lines)
            continue
        order = order_of(state, state.contacts[name])
        if order <= lines[0]:
            return
        heapreplace(lines, order)


def _wanted(state: State) -> OrderEntry | None:
    """Due first among what each marked agent should take; who can take nothing is marked no more."""
    found: list[OrderEntry] = []
    for name in list(state.index.freed):
        contact = first_contact_for(state, state.agents[name])
        if contact is None:
            del state.index.freed[name]
        else:
            found.append(order_of(state, contact))
    return min(found, default=None)

"""What an agent does with an offer: accept, decline, fail to be shown it, or miss it.

A contact may be held out to several at once: the first to accept has it, and the others are told.
"""

from dryfly.floor.agents import turned_away
from dryfly.floor.entities import Contact, Offer
from dryfly.floor.hours import after
from dryfly.floor.model import (
    AcceptOffer,
    AgentId,
    DeclineOffer,
    Event,
    FailOffer,
    Instant,
    OfferEnd,
    OfferEnded,
    OfferId,
    Presence,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import engaged, rescinded
from dryfly.floor.state import State, queue_spec

TAKEN = "taken"  # why an offer was taken back: another agent accepted the contact


def require_offer(state: State, offer: OfferId, agent: AgentId, now: Instant) -> Offer:
    """The offer, if it stands and is this agent's."""
    found = state.offers.get(offer)
    if found is None or now >= found.expires_at:
        refuse("offer_gone", offer=offer)
    if found.agent != agent:
        refuse("not_your_offer", offer=offer, agent=agent)
    return found


def accept(state: State, command: AcceptOffer, now: Instant) -> list[Event]:
    offer = require_offer(state, command.offer, command.agent, now)
    contact = state.contacts[offer.contact]
    others = rescinded(contact, TAKEN, but=command.agent)
    return [*others, _ended(offer, OfferEnd.ACCEPTED), engaged(state, contact, command.agent, now)]


def decline(state: State, command: DeclineOffer, now: Instant) -> list[Event]:
    offer = require_offer(state, command.offer, command.agent, now)
    cooldown_s = queue_spec(state, state.contacts[offer.contact]).decline_cooldown_s
    return [_ended(offer, OfferEnd.DECLINED, after(now, cooldown_s), command.reason)]


def fail(state: State, command: FailOffer, now: Instant) -> list[Event]:
    offer = require_offer(state, command.offer, command.agent, now)
    cooldown_s = queue_spec(state, state.contacts[offer.contact]).fail_cooldown_s
    return [_ended(offer, OfferEnd.FAILED, after(now, cooldown_s))]


def missed(state: State, contact: Contact, now: Instant) -> list[Event]:
    """The offer that ends first ran out; too many in a row, and the floor sets the agent away."""
    offer = min((state.offers[name] for name in contact.offers.values()), key=lambda o: (o.expires_at, o.agent))
    spec = queue_spec(state, contact)
    agent = state.agents[offer.agent]
    ended: list[Event] = [_ended(offer, OfferEnd.MISSED, after(now, spec.miss_cooldown_s))]
    if agent.misses + 1 < spec.misses_to_away:
        return ended
    return ended + turned_away(state, agent, Presence.AWAY, "missed_offers", but=contact)


def _ended(offer: Offer, end: OfferEnd, cooldown_until: Instant | None = None, reason: str | None = None) -> OfferEnded:
    return OfferEnded(offer.id, offer.contact, offer.agent, end, cooldown_until, reason)

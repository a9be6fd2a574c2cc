"""Tells desks that the story of a customer whom they are serving moved: by another contact, on whatever channel.

Of one event a desk is told once. Whoever has that other contact before them, or is offered it, hears of it as a
talk, and knows by its customer that the story moved.
"""

from collections import defaultdict

import msgspec

from dryfly.conversations.topics import agent_topic
from dryfly.desk import words
from dryfly.desk.view import on_screen
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, ContactId, CustomerId, SiteId
from dryfly.ledger import Recorded, Topic, View

_encode = msgspec.json.Encoder().encode

MOVES_STORY = (
    floor.ContactArrived, floor.CustomerIdentified, floor.ContactQueued, floor.ContactEngaged, floor.ContactClosed,
    floor.ContactBegun, floor.ContactMerged, floor.ContactUnmerged,
)  # fmt: skip


class StoryView:
    """Implements `ledger.View` around the desks' own. Knows the open contacts of each customer."""

    def __init__(self, desks: View) -> None:
        self._desks = desks
        self._open: dict[CustomerId, set[ContactId]] = defaultdict(set)
        self._customers: dict[ContactId, CustomerId] = {}

    async def reset(self, site: SiteId, state: State) -> None:
        await self._desks.reset(site, state)
        self._open.clear()
        self._customers.clear()
        for contact in state.contacts.values():
            self._belongs(contact.id, contact.customer)

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        pushes = self._desks.see(recorded, state)
        contact = recorded.contact
        if contact is None or not isinstance(recorded.event, MOVES_STORY):
            return pushes
        known = state.contacts.get(contact)
        if known is not None:
            self._belongs(contact, known.customer)
        customer = self._customers.get(contact)
        others = self._serving(state, customer, contact) if customer else set()
        if isinstance(recorded.event, floor.ContactClosed):
            self._belongs(contact, None)
        told = {topic for topic, _ in pushes}
        moved = _encode(words.StoryMoved(customer or ""))
        return [*pushes, *((topic, moved) for topic in sorted(map(agent_topic, others)) if topic not in told)]

    def _serving(self, state: State, customer: CustomerId, but: ContactId) -> set[AgentId]:
        return {agent for contact in self._open[customer] if contact != but for agent in on_screen(state, contact)}

    def _belongs(self, contact: ContactId, customer: CustomerId | None) -> None:
        before = self._customers.pop(contact, None)
        if before is not None:
            self._open[before].discard(contact)
            if not self._open[before]:
                del self._open[before]
        if customer is not None:
            self._customers[contact] = customer
            self._open[customer].add(contact)

"""Keeps the flow of one site up with its history.

Theory of operation
- After each event, what the flow holds of its contact is compared with where the contact stands on the floor, and set
  right: whichever events there are, now or later, the flow follows.
- The signs at the moment in which a contact begins to wait are put aside for the follower that writes them down
  (`record.py`), once that moment is durable. They are lost with a restart: then that wait teaches nothing.
- A start, or a recovery, begins with who waits and who serves; the counts of the last quarter of an hour fill up again.
"""

from collections import OrderedDict
from collections.abc import Callable

import msgspec

from dryfly.floor import Contact, State
from dryfly.floor.model import AgentId, ContactId, ContactQueued, ContactState, Presence, QueueId, SiteId
from dryfly.ledger import Recorded, Topic
from dryfly.waiting.flow import Flow, Waiter
from dryfly.waiting.model import Band
from dryfly.waiting.rule import by_rule
from dryfly.waiting.signs import signs

WAITING = (ContactState.WAITING, ContactState.OFFERED)
ASIDE_MAX = 10_000
EARLY_MS = 1_000  # due sooner by more than that than somebody else who came now


Estimate = Callable[[QueueId, list[float]], Band | None]
"""How long it takes in this queue by these signs; None: nothing was learned of it."""


class Aside(msgspec.Struct, frozen=True):
    """Of one who began to wait: the signs, and the wait by the rule and as it was told."""

    signs: list[float]
    rule: Band | None
    told: Band | None


class Watch:
    """Implements `ledger.View`; tells nobody anything."""

    def __init__(self, estimate: Estimate) -> None:
        self._estimate = estimate
        self.flow = Flow()
        self._state = State()
        self._aside: OrderedDict[tuple[ContactId, int], Aside] = OrderedDict()

    async def reset(self, site: SiteId, state: State) -> None:
        self.begin(state)

    def begin(self, state: State) -> None:
        self.flow, self._state = Flow(), state
        self._aside.clear()
        for contact in sorted(state.contacts.values(), key=lambda one: one.waiting_since):
            self._follow(contact, contact.waiting_since)
        self._aside.clear()

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        self._state = state
        if recorded.contact is not None:
            self._see_contact(recorded.contact, recorded, state)
        agent: AgentId | None = getattr(recorded.event, "agent", None)
        if agent is not None and not _is_there(state, agent):
            self.flow.lose(agent, recorded.at)
        return []

    def _see_contact(self, id: ContactId, recorded: Recorded, state: State) -> None:
        contact = state.contacts.get(id)
        if contact is None:
            self.flow.finish(id, recorded.at)
            self.flow.leave(id, recorded.at)
        else:
            self._follow(contact, recorded.at, is_queued_now=isinstance(recorded.event, ContactQueued))

    def aside(self, contact: ContactId, at: int) -> Aside | None:
        """What was put aside when it began to wait; once."""
        return self._aside.pop((contact, at), None)

    # ---- following -----------------------------------------------------------------------------

    def _follow(self, contact: Contact, at: int, *, is_queued_now: bool = False) -> None:
        flow, queue = self.flow, contact.queue
        if queue is None:
            return
        if contact.state in WAITING:
            if is_queued_now or flow.queue_of.get(contact.id) != queue:
                self._begins_to_wait(contact, queue, at)
        elif contact.state is ContactState.ACTIVE and contact.agent is not None:
            self._is_served(contact.id, contact.agent, queue, at, is_queued_now)
        else:
            flow.finish(contact.id, at)
            flow.leave(contact.id, at)

    def _begins_to_wait(self, contact: Contact, queue: QueueId, at: int) -> None:
        waiter = Waiter(at, contact.due_at, contact.due_at + EARLY_MS < self._due(queue, at))
        row = signs(self.flow, queue, waiter, at)
        place = self.flow.lines[queue].place(waiter.due)
        rule = by_rule(self.flow.lines[queue], place, at)
        self._aside[contact.id, at] = Aside(row, rule, self._estimate(queue, row) or rule)
        self.flow.queue(contact.id, queue, waiter, at)
        if len(self._aside) > ASIDE_MAX:
            self._aside.popitem(last=False)

    def _is_served(self, contact: ContactId, agent: AgentId, queue: QueueId, at: int, had_at_once: bool) -> None:
        served = self.flow.serving.get(contact)
        if served is not None and served.agent == agent:
            return
        if had_at_once or contact in self.flow.queue_of:
            self.flow.engage(contact, agent, queue, at)
        else:
            self.flow.serve(contact, agent, queue, at)

    # ---- reading -------------------------------------------------------------------------------

    def waiter(self, contact: ContactId | None, queue: QueueId, at: int) -> Waiter:
        """As which it waits; without a contact, as which somebody would who came now."""
        found = self.flow.lines[queue].waiting.get(contact) if contact else None
        return found or Waiter(at, self._due(queue, at))

    def _due(self, queue: QueueId, at: int) -> int:
        spec = self._state.queues.get(queue)
        return at + spec.target_s * 1000 if spec else at


def _is_there(state: State, agent: AgentId) -> bool:
    known = state.agents.get(agent)
    return known is not None and known.is_connected and known.presence is Presence.READY

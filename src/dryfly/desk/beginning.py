"""An agent writes first, to a customer who was here before.

Who may: agents to customers whom they serve or served, supervisors to any of their site, as with reading their story.
The customer is met where they were last. Each step may be asked again by the same id and goes on from where it was.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from dryfly.conversations.record import NOT_BEGUN, Recorder, Said, agent_actor
from dryfly.conversations.store import Conversations
from dryfly.desk import words
from dryfly.desk.lines import Lines
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, AuthorKind, Channel, ContactId, CustomerId, QueueId
from dryfly.gate import Rule
from dryfly.ledger import CommandId, Ledger, Receipt, child_id
from dryfly.platform.errors import CallerError

AGENTS_BEGIN = "agents_begin"  # a site's setting; off: only customers begin
WEB = Channel("web")


class Places(Protocol):
    """Where customers are met: the widget."""

    def place_of(
        self, customer: CustomerId, begun: ContactId
    ) -> AbstractAsyncContextManager[tuple[str, ContactId]]: ...
    async def move(self, visitor: str, before: ContactId, contact: ContactId) -> None: ...


class Readers(Protocol):
    async def require_beginner(self, me: words.Me, customer: CustomerId, after: ContactId) -> None: ...


class Beginning:
    """One site's."""

    def __init__(
        self, ledger: Ledger, recorder: Recorder, conversations: Conversations, lines: Lines, places: Places,
        readers: Callable[[], Readers], site_begins: Callable[[], bool], default_queue: Callable[[], QueueId],
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._recorder = recorder
        self._conversations = conversations
        self._lines = lines
        self._places = places
        self._readers = readers
        self._site_begins = site_begins
        self._default_queue = default_queue

    async def begin(self, asked: words.Begin, me: words.Me, agent: AgentId) -> Receipt:
        id, customer, after = CommandId(asked.id), CustomerId(asked.customer), ContactId(asked.after)
        if receipt := await self._ledger.answer_to(id):
            return receipt
        await self._readers().require_beginner(me, customer, after)
        contact = ContactId(child_id(id, "contact"))
        queue = QueueId(asked.queue) if asked.queue else await self._queue_of(after)
        said = Said(contact, asked.text, AuthorKind.AGENT, agent, self._lines.shown_name(agent))
        command = floor.BeginContact(contact, customer, WEB, agent, queue, "")
        async with self._places.place_of(customer, contact) as (visitor, before):
            self._require_quiet(before, contact)
            receipt = await self._recorder.begin(id, said, command, agent_actor(agent), site_begins=self._site_begins())
            await self._places.move(visitor, before, contact)
        return receipt

    def _require_quiet(self, before: ContactId, contact: ContactId) -> None:
        """The customer writes in this very moment, and has not said yet who they are."""
        if before != contact and self._ledger.peek(lambda state: before in state.contacts):
            text = NOT_BEGUN[Rule.HAS_OPEN_CONTACT]
            raise CallerError(f"gate_{Rule.HAS_OPEN_CONTACT}", text, status=409, contact=before)

    async def _queue_of(self, after: ContactId) -> QueueId:
        talk = await self._conversations.talk(self._ledger.site, after)
        known = QueueId(talk["queue"]) if talk and talk["queue"] else None
        is_there = self._ledger.peek(lambda state: known in state.queues)
        return known if known and is_there else self._default_queue()

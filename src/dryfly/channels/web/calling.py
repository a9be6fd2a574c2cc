"""Being called back instead of waiting, as the visitor's page asks for it: in their turn, or at a free half hour.

The number is a fact of the talk, said by the customer: it lies in `conversations` with the other words, is erased with
them, and is in no event. It is stored in the same statement as the promise, so that neither is ever without the other.
"""

from typing import Protocol

from dryfly.channels.web.telephone import check_number, masked_number, written_number
from dryfly.channels.web.words import AskCall, CallAsked, CallChoices
from dryfly.conversations.model import CALLBACK_NUMBER, Certainty, Fact, Origin
from dryfly.conversations.record import CUSTOMER, Recorder
from dryfly.conversations.store import Conversations
from dryfly.floor import Contact, State
from dryfly.floor.callbacks import free_slots
from dryfly.floor.entities import IN_LINE
from dryfly.floor.model import BookCallback, CancelCallback, ContactId, ContactState, Instant
from dryfly.floor.state import queue_spec
from dryfly.ledger import CommandId, Ledger
from dryfly.platform.errors import CallerError

SLOTS_TOLD_MAX = 48


class Limits(Protocol):
    """How often a number may be asked to be called."""

    def require(self, key: str) -> None: ...


class Calling:
    """One site's."""

    def __init__(self, ledger: Ledger, conversations: Conversations, recorder: Recorder) -> None:
        self._ledger = ledger
        self._conversations = conversations
        self._recorder = recorder

    async def choices(self, contact: ContactId | None) -> CallChoices:
        keeps_place, slots = self._ledger.peek(lambda state: _choices(state, contact, self._now()))
        return CallChoices(keeps_place, tuple(slots), masked_number(await self._number(contact)))

    async def ask(self, contact: ContactId | None, asked: AskCall, numbers: Limits) -> CallAsked:
        """Asked again, it is promised already."""
        id = CommandId(asked.id)
        if await self._ledger.answer_to(id):
            return CallAsked(masked_number(await self._number(contact)))
        known = self._ledger.peek(lambda state: _may_be_called(state, contact).id)
        at = None if asked.at is None else Instant(asked.at)
        number = await self._number(known)
        facts: tuple[Fact, ...] = ()
        if asked.number is not None:
            number = check_number(asked.number, asked.region)
            numbers.require(number)
            facts = (_said(number, self._ledger.now()),)
        elif not number:
            raise CallerError("number_missing", "Write the number on which you want to be called.")
        await self._recorder.book_call(id, BookCallback(known, at), facts)
        return CallAsked(written_number(number) if facts else masked_number(number))

    async def call_off(self, contact: ContactId | None, id: str) -> None:
        if contact is None:
            raise CallerError("no_contact", "Nothing was said yet: write first.", status=409)
        await self._recorder.do(CommandId(id), CUSTOMER, CancelCallback(contact))

    async def _number(self, contact: ContactId | None) -> str:
        if contact is None:
            return ""
        facts = await self._conversations.facts(self._ledger.site, contact, self._ledger.durable)
        return next((fact.value for fact in facts if fact.key == CALLBACK_NUMBER), "")

    def _now(self) -> Instant:
        return Instant(self._ledger.now())


def _said(number: str, now: int) -> Fact:
    return Fact(CALLBACK_NUMBER, number, Origin.CUSTOMER, Certainty.SAID, now, label="Call back on")


def _choices(state: State, name: ContactId | None, now: Instant) -> tuple[bool, list[Instant]]:
    contact = _may_be_called(state, name)
    return contact.state in IN_LINE, free_slots(state, contact, now, SLOTS_TOLD_MAX)


def _may_be_called(state: State, name: ContactId | None) -> Contact:
    contact = state.contacts.get(name) if name else None
    if contact is None or contact.state not in (*IN_LINE, ContactState.CALLBACK):
        raise CallerError("contact_not_waiting", "Only who waits can be called back.", status=409)
    if not queue_spec(state, contact).callback_attempts_max:
        raise CallerError("no_callbacks", "Nobody is called back here.", status=409)
    return contact

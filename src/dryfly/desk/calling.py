"""Calling a customer back: an agent who serves the talk gets leave and the number, calls, and says what came of it.

A call is an outgoing contact like any other: the gate is asked before the number is told, and again by the report,
whose events keep the rule as evidence. The customer's wish is the leave; who called it off is not called.
"""

import structlog

from dryfly.conversations.model import CALLBACK_NUMBER
from dryfly.conversations.record import Recorder, agent_actor
from dryfly.conversations.store import Conversations
from dryfly.desk import words
from dryfly.desk.board import is_to_be_called
from dryfly.floor import Contact, State
from dryfly.floor.callbacks import free_slots
from dryfly.floor.model import AgentId, AuthorKind, Channel, ContactId, ContactState, Instant, MessageId, ReportCallback
from dryfly.gate import Circumstances, Denied, Outgoing, Permit, Purpose, may_go_out
from dryfly.ledger import CommandId, Ledger, Receipt
from dryfly.platform.errors import CallerError

log = structlog.get_logger(__name__)

VOICE = Channel("voice")
SLOTS_TOLD_MAX = 96


class Calling:
    """One site's."""

    def __init__(self, ledger: Ledger, conversations: Conversations, recorder: Recorder) -> None:
        self._ledger = ledger
        self._conversations = conversations
        self._recorder = recorder

    async def page(self, contact: ContactId, agent: AgentId | None) -> words.CallPage:
        """For the agent who is about to call."""
        permit = self._permit(contact, agent)
        number = await self._number(contact)
        log.info("call.permitted", site=self._ledger.site, contact=contact, agent=agent, rule=permit.rule)
        return words.CallPage(number, permit.rule)

    def slots(self, contact: ContactId) -> words.CallSlots:
        """For a supervisor who books the call for another time."""
        now = Instant(self._ledger.now())
        return words.CallSlots(tuple(self._ledger.peek(lambda state: _free_slots(state, contact, now))))

    async def report(self, asked: words.Called, agent: AgentId) -> Receipt:
        id, contact = CommandId(asked.id), ContactId(asked.contact)
        if receipt := await self._ledger.answer_to(id):
            return receipt
        permit = self._permit(contact, agent)
        command = ReportCallback(contact, agent, asked.reached, permit.rule)
        return await self._recorder.do(id, agent_actor(agent), command)

    def _permit(self, name: ContactId, agent: AgentId | None) -> Permit:
        contact = self._ledger.peek(lambda state: _served_by(state, name, agent))
        asked_for = contact.callback is not None
        call = MessageId(f"{name}.call{contact.callback.attempts if contact.callback else 0}")
        outgoing = Outgoing(call, name, contact.customer, VOICE, AuthorKind.AGENT, Purpose.CALLBACK)
        now = Instant(self._ledger.now())
        decided = may_go_out(outgoing, Circumstances(contact.state, contact.customer, now, asked_for=asked_for))
        if isinstance(decided, Denied):
            text = "This customer does not wait to be called back."
            raise CallerError(f"gate_{decided.rule}", text, status=409, rule=decided.rule)
        return decided

    async def _number(self, contact: ContactId) -> str:
        merged = self._ledger.peek(lambda state: list(state.contacts[contact].followers))
        facts = await self._conversations.facts(self._ledger.site, contact, self._ledger.durable, merged)
        return next((fact.value for fact in facts if fact.key == CALLBACK_NUMBER), "")


def _free_slots(state: State, name: ContactId, now: Instant) -> list[Instant]:
    contact = state.contacts.get(name)
    if contact is None or not is_to_be_called(contact):
        raise CallerError("no_callback_due", "This customer does not wait to be called back.", status=409)
    return free_slots(state, contact, now, SLOTS_TOLD_MAX)


def _served_by(state: State, name: ContactId, agent: AgentId | None) -> Contact:
    contact = state.contacts.get(name)
    if contact is None or agent is None or contact.agent != agent or contact.state is not ContactState.ACTIVE:
        raise CallerError("not_your_contact", "This talk is not with you.", status=403)
    return contact

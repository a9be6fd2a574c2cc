"""What supervisors do beyond their own talks. Each deed is checked here, and journaled in the supervisor's name.

Two supervisors may act on one talk at once. Each deed that moves a talk carries where its doer saw it (`Where`); if
it is somewhere else by now, the second is refused with a sentence that says where, instead of undoing the first.
So is one that moves a call back which is at another time by now.
Deciding follows the look at once, without a pause in which something could happen.
"""

from dryfly.conversations.record import Recorder
from dryfly.desk import words
from dryfly.desk.board import is_to_be_called
from dryfly.desk.floor_feed import FloorFeed
from dryfly.desk.lines import HOLDING, Lines
from dryfly.floor import Contact, State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, ContactId, Presence, QueueId
from dryfly.ledger import Actor, CommandId, Ledger, Receipt
from dryfly.platform.errors import CallerError

BY_SUPERVISOR = "supervisor"
"""Reason of a presence that a supervisor set."""


class Supervising:
    """One site's supervisors at work."""

    def __init__(self, ledger: Ledger, recorder: Recorder, lines: Lines, feed: FloorFeed) -> None:
        self._ledger = ledger
        self._recorder = recorder
        self._lines = lines
        self.feed = feed

    async def do(self, asked: words.AsksOfSupervisor, me: words.Me, actor: Actor) -> Receipt:
        """`me` is a supervisor: whoever calls has checked that."""
        match asked:
            case words.Whisper():
                return await self._whisper(asked, me, actor)
            case words.SeeAlert():
                return await self._see_alert(asked, me)
            case words.SetAgent():
                return await self._set_agent(asked, actor)
            case words.MoveCall() | words.CallOff():
                await self._check_call(asked)
                return await self._recorder.do(CommandId(asked.id), actor, _of_call(asked))
            case words.TakeOver() | words.Release():
                await self._check_place(asked.id, ContactId(asked.contact), asked.seen)
                return await self._recorder.do(CommandId(asked.id), actor, _command(asked, me))

    async def _whisper(self, asked: words.Whisper, me: words.Me, actor: Actor) -> Receipt:
        """A note that pops up at the composer of whoever serves the talk. The customer never sees it."""
        id, contact = CommandId(asked.id), ContactId(asked.contact)
        known = self._ledger.peek(lambda state: state.contacts.get(contact))
        is_heard = known is not None and known.agent is not None and known.state in HOLDING
        if not is_heard and not await self._ledger.is_known(id):
            raise CallerError("nobody_to_hear", "Nobody serves this talk at the moment.", status=409)
        agent = AgentId(me.agent) if me.agent else None
        return await self._recorder.whisper(id, contact, asked.text, agent, me.name, actor)

    async def _set_agent(self, asked: words.SetAgent, actor: Actor) -> Receipt:
        """Who is signed out loses the talks to their queues, by the floor's rules, and is told why."""
        id, agent = CommandId(asked.id), AgentId(asked.agent)
        if asked.presence is Presence.READY:
            raise CallerError("presence_unfit", "Agents say themselves that they are ready.")
        known = self._ledger.peek(lambda state: state.agents.get(agent))
        is_out = known is not None and known.presence is Presence.OFFLINE
        if is_out and not await self._ledger.is_known(id):
            raise CallerError("agent_signed_out", "This agent is signed out already.", status=409)
        return await self._recorder.do(id, actor, floor.SetPresence(agent, asked.presence, BY_SUPERVISOR))

    async def _see_alert(self, asked: words.SeeAlert, me: words.Me) -> Receipt:
        if not await self.feed.see_alert(asked.alert, me.name):
            raise CallerError("alert_gone", "This has passed, or a colleague takes care of it.", status=409)
        seq = self._ledger.publisher.published
        return Receipt(seq, seq, self._ledger.now())

    async def _check_call(self, asked: words.MoveCall | words.CallOff) -> None:
        if await self._ledger.is_known(CommandId(asked.id)):
            return
        contact = ContactId(asked.contact)
        known = self._ledger.peek(lambda state: state.contacts.get(contact))
        if known is None or not is_to_be_called(known) or known.callback is None:
            raise CallerError("no_callback_due", "This customer does not wait to be called back.", status=409)
        if known.callback.at != asked.seen_at:
            raise CallerError("call_moved", "This call was booked for another time meanwhile.", status=409)

    async def _check_place(self, id: str, contact: ContactId, seen: words.Where | None) -> None:
        if seen is None or await self._ledger.is_known(CommandId(id)):
            return
        known = self._ledger.peek(lambda state: _where(state, contact))
        if known is None:
            raise CallerError("contact_closed", "This talk is closed by now.", status=409)
        if known != seen:
            name = self._lines.agent_name(AgentId(known.owner) if known.owner else None)
            raise CallerError(
                "talk_moved", "Somebody moved this talk meanwhile. Look again.",
                status=409, owner=name, queue=known.queue or "",
            )  # fmt: skip


def _of_call(asked: words.MoveCall | words.CallOff) -> floor.Command:
    contact = ContactId(asked.contact)
    if isinstance(asked, words.CallOff):
        return floor.CancelCallback(contact)
    return floor.BookCallback(contact, floor.Instant(asked.at))


def _command(asked: words.TakeOver | words.Release, me: words.Me) -> floor.Command:
    contact = ContactId(asked.contact)
    if isinstance(asked, words.Release):
        return floor.ReleaseContact(contact, QueueId(asked.queue) if asked.queue else None)
    agent = asked.agent or me.agent
    if agent is None:
        raise CallerError("not_an_agent", "You serve no contacts here: give it to an agent.", status=403)
    return floor.TakeOverContact(contact, AgentId(agent))


def _where(state: State, contact: ContactId) -> words.Where | None:
    known: Contact | None = state.contacts.get(contact)
    if known is None:
        return None
    return words.Where(known.agent if known.state in HOLDING else None, known.queue)

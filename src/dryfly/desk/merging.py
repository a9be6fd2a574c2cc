"""Two contacts of one customer are made one talk, and parted again.

Whose contact may be merged, the floor decides; that who merges it may read it at all is decided here. Supervisors
merge and part talks of others too.
"""

from collections.abc import Callable
from typing import Protocol

from dryfly.conversations.record import Recorder, agent_actor
from dryfly.desk import words
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, ContactId
from dryfly.ledger import CommandId, Ledger, Receipt
from dryfly.platform.errors import CallerError


class Readers(Protocol):
    async def require_reader(self, me: words.Me, contact: ContactId) -> None: ...


class Merging:
    """One site's."""

    def __init__(self, ledger: Ledger, recorder: Recorder, readers: Callable[[], Readers]) -> None:
        self._ledger = ledger
        self._recorder = recorder
        self._readers = readers

    async def do(self, asked: words.Merge | words.Unmerge, me: words.Me, *, as_supervisor: bool) -> Receipt:
        agent, contact = AgentId(me.agent) if me.agent else None, ContactId(asked.contact)
        if agent is None and not as_supervisor:
            raise CallerError("not_an_agent", "You serve no contacts here.", status=403)
        if not await self._ledger.is_known(CommandId(asked.id)):
            await self._readers().require_reader(me, contact)
        command: floor.Command = floor.UnmergeContact(contact, agent, as_supervisor)
        if isinstance(asked, words.Merge):
            command = floor.MergeContact(contact, ContactId(asked.into), agent, asked.confirmed, as_supervisor)
        return await self._recorder.do(CommandId(asked.id), agent_actor(agent or me.person), command)

"""Who last served a customer, for queues that let the same agent serve them again (`sticky_s`)."""

from dataclasses import replace

from dryfly.floor import State
from dryfly.floor.model import AgentId, Command, ContactId, CustomerId, OpenContact, QueueContact
from dryfly.ledger import Ledger
from dryfly.platform.database import Database
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "story.sql")


class Remembering:
    """Adds to a command that queues a contact who last served its customer. Asks the history only where it counts."""

    def __init__(self, db: Database, ledger: Ledger) -> None:
        self._db = db
        self._ledger = ledger

    async def __call__(self, command: Command) -> Command:
        if not isinstance(command, OpenContact | QueueContact) or command.last_agent is not None:
            return command
        customer = self._ledger.peek(lambda state: _asked_for(state, command))
        return replace(command, last_agent=await self.last_agent(customer, command.contact)) if customer else command

    async def last_agent(self, customer: CustomerId, but: ContactId) -> AgentId | None:
        """In another contact than `but`: whoever serves that one is known to the floor."""
        async with self._db.site(self._ledger.site) as conn:
            agent: AgentId | None = await conn.fetchval(sql.last_agent, self._ledger.site, customer, but)
        return agent


def _asked_for(state: State, command: OpenContact | QueueContact) -> CustomerId | None:
    """The customer, where they are known and the queue asks for who served them."""
    spec = state.queues.get(command.queue) if command.queue else None
    if spec is None or not spec.sticky_s:
        return None
    if isinstance(command, OpenContact):
        return command.customer
    known = state.contacts.get(command.contact)
    return known.customer if known else None

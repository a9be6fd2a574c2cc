"""The routing of one contact, for those who may read it: each decision of the floor, and what stands in its way now.

Agents are counted, never named, unless the contact is held out to them or waited for them. Looking costs a pass over
all agents and over those in line: it is done on demand, and never by what decides.
"""

from collections.abc import Awaitable, Callable

from dryfly.desk.routing_words import InTheWay, Obstacle, RoutingPage
from dryfly.desk.why_lines import why_line
from dryfly.desk.words import Me
from dryfly.floor import Contact, State, why
from dryfly.floor.entities import IN_LINE
from dryfly.floor.hours import after
from dryfly.floor.model import ContactId, ContactState, Instant
from dryfly.floor.state import queue_spec
from dryfly.ledger import Ledger, read_story
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError

STEPS_MAX = 2_000
WAITS = (*IN_LINE, ContactState.CALLBACK)

MayRead = Callable[[Me, ContactId], Awaitable[None]]


class Routing:
    """One site's. `may_read` raises CallerError."""

    def __init__(self, ledger: Ledger, db: Database, may_read: MayRead) -> None:
        self._ledger = ledger
        self._db = db
        self._may_read = may_read

    async def page(self, me: Me, contact: ContactId) -> RoutingPage:
        await self._may_read(me, contact)
        now = Instant(self._ledger.now())
        found, seq = await self._ledger.read(lambda state: in_the_way(state, contact, now))
        async with self._db.site(self._ledger.site) as conn:
            story = await read_story(conn, self._ledger.site, contact, seq, STEPS_MAX)
        if not story:  # a supervisor may read every talk of the site; this is none of it
            raise CallerError("talk_exists_not", "There is no such talk, or it is not yours.", status=404)
        return RoutingPage(now, tuple(line for recorded in story if (line := why_line(recorded))), found)


def in_the_way(state: State, name: ContactId, now: Instant) -> InTheWay | None:
    contact = state.contacts.get(name)
    if contact is None or contact.state not in WAITS:
        return None
    explained = why(state, name, now)
    counts = sorted(explained.agents.items(), key=lambda found: (-found[1], found[0]))
    ahead = explained.values.get("ahead_count")
    is_in_line = contact.state in IN_LINE
    return InTheWay(
        reason=explained.reason,
        agent=explained.agent,
        waiting_since=contact.waiting_since if is_in_line else None,
        due_at=contact.due_at if is_in_line else None,
        ahead_count=int(ahead) if ahead is not None else None,
        call_at=contact.callback.at if contact.callback and not is_in_line else None,
        obstacles=tuple(Obstacle(code, count) for code, count in counts),
        relaxes_at=_relaxes_at(state, contact) if contact.state is ContactState.WAITING else (),
    )


def _relaxes_at(state: State, contact: Contact) -> tuple[int, ...]:
    steps = queue_spec(state, contact).relaxations[contact.relaxed :]
    return tuple(after(contact.waiting_since, step.after_s) for step in steps)

"""Who has which talk open: volatile, and gone with the socket.

A desk says which talk is open on it (`Look`). If its person may read that talk, it follows what happens there,
and everybody else who has it open or on their desk sees the name. A desk looks at one talk at a time, so there
are never more looks than sockets. A right that ends while somebody looks ends the look: each change of a
talk's line is followed by a second check.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import msgspec

from dryfly.conversations.topics import agent_topic, watch_topic
from dryfly.desk import words
from dryfly.desk.view import CHANGES_LINE, on_screen
from dryfly.floor import State
from dryfly.floor.model import ContactId, SiteId
from dryfly.ledger import Following, Ledger, Recorded, Topic
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.sockets import Outbox

_encode = msgspec.json.Encoder().encode
CHECK_AGAIN_AFTER_S = 2.0  # by then the lines of closed talks have followed

MayRead = Callable[[words.Me, ContactId], Awaitable[None]]


class Desk(Protocol):
    """One open desk, as this room needs it."""

    outbox: Outbox
    me: words.Me
    following: Following | None


class Looks:
    """Implements `ledger.View`, to hear when a right to read may have ended."""

    def __init__(self, may_read: MayRead) -> None:
        self._may_read = may_read  # raises CallerError
        self._talk_of: dict[Desk, ContactId] = {}
        self._desks_at: dict[ContactId, set[Desk]] = {}
        self._checks: dict[ContactId, asyncio.Task[None]] = {}
        self._ledger: Ledger | None = None

    def begin(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @property
    def count(self) -> int:
        return len(self._talk_of)

    def at(self, desk: Desk) -> ContactId | None:
        return self._talk_of.get(desk)

    async def look(self, desk: Desk, contact: ContactId | None) -> None:
        """Who may not read it looks at nothing; the page that they asked for tells them so."""
        self.leave(desk, but=contact)
        if contact is None:
            return
        try:
            await self._may_read(desk.me, contact)
        except CallerError:
            self.leave(desk)
            return
        if desk.following is None or desk.outbox.is_closed:  # gone meanwhile
            return
        self._talk_of[desk] = contact
        self._desks_at.setdefault(contact, set()).add(desk)
        assert self._ledger is not None
        self._ledger.publisher.add_topic(desk.following, watch_topic(contact))
        self._tell_who(contact)

    def leave(self, desk: Desk, but: ContactId | None = None) -> None:
        contact = self._talk_of.get(desk)
        if contact is None or contact == but:
            return
        del self._talk_of[desk]
        left = self._desks_at[contact]
        left.discard(desk)
        if not left:
            del self._desks_at[contact]
        if desk.following is not None and self._ledger is not None:
            self._ledger.publisher.drop_topic(desk.following, watch_topic(contact))
        self._tell_who(contact)

    def typing(self, desk: Desk, contact: ContactId) -> None:
        """An answer is being written: the others know, so that not two answer at once."""
        typing = words.ColleagueTyping(contact, words.Colleague(desk.me.person, desk.me.name))
        self._tell(contact, _encode(typing), but=desk.following)

    # ---- telling -------------------------------------------------------------------------------

    def _tell_who(self, contact: ContactId) -> None:
        assert self._ledger is not None
        people = {desk.me.person: desk.me.name for desk in self._desks_at.get(contact, ())}
        who = tuple(words.Colleague(person, name) for person, name in sorted(people.items()))
        self._tell(contact, _encode(words.ColleaguesNow(contact, self._ledger.publisher.published, who)))

    def _tell(self, contact: ContactId, frame: bytes, but: Following | None = None) -> None:
        assert self._ledger is not None
        publisher = self._ledger.publisher
        there = self._ledger.peek(lambda state: on_screen(state, contact))
        for agent in there:
            publisher.hint(agent_topic(agent), frame, but)
        for desk in self._desks_at.get(contact, ()):
            if desk.me.agent not in there and desk.following is not but:
                desk.outbox.put(frame)

    # ---- the right to read ---------------------------------------------------------------------

    async def reset(self, site: SiteId, state: State) -> None:
        """Every reader is cut off and comes back."""

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        contact = recorded.contact
        if contact in self._desks_at and contact not in self._checks and isinstance(recorded.event, CHANGES_LINE):
            self._checks[contact] = asyncio.create_task(self._check_later(contact))
        return []

    async def _check_later(self, contact: ContactId) -> None:
        await asyncio.sleep(CHECK_AGAIN_AFTER_S)
        del self._checks[contact]
        await self.check(contact)

    async def check(self, contact: ContactId) -> None:
        """Whoever may not read the talk any more looks away."""
        for desk in tuple(self._desks_at.get(contact, ())):
            try:
                await self._may_read(desk.me, contact)
            except (CallerError, PeerError):
                self.leave(desk)

"""Words that an agent need not write anew: the site's canned replies, and answers that suit what was said last.

Nothing here is sent: whatever is proposed goes into the composer, and an agent reads it first.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

import msgspec

from dryfly.conversations.model import Message
from dryfly.conversations.store import Conversations
from dryfly.desk.lines import Lines
from dryfly.floor import Contact
from dryfly.floor.model import AgentId, AuthorKind, ContactId, SiteId
from dryfly.ledger import Ledger
from dryfly.setup.model import Catalogue, Me, Reply

SUGGESTIONS_MAX = 3
LOOKED_BACK = 30  # messages, for the customer's last words


class SuggestionOrigin(StrEnum):
    PLAYBOOK = "playbook"  # what the assistant would answer, from this customer's record
    REPLY = "reply"  # a canned reply that suits the need


class Suggestion(msgspec.Struct, frozen=True):
    """`sources`: what the words stand on. Those of a reply still have their fields."""

    origin: SuggestionOrigin
    title: str
    text: str
    sources: tuple[str, ...] = ()


class Suggestions(msgspec.Struct, frozen=True):
    """For the customer's words `message`; None: they have not said anything yet."""

    message: str | None
    suggestions: tuple[Suggestion, ...]


class Replies(msgspec.Struct, frozen=True):
    """`agent_name`: how customers see me called, for the field {agent}."""

    agent_name: str
    replies: tuple[Reply, ...]


class WouldAnswer(msgspec.Struct, frozen=True):
    """What a playbook makes of a customer's words: the need, and the answer, if it has one."""

    need: str = ""
    title: str = ""
    texts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Proposing(Protocol):
    """Whoever knows the playbook. Proposes only: nothing is said, learned or kept."""

    async def would_answer(self, contact: ContactId, message: Message) -> WouldAnswer: ...


class Helping:
    """One site's help in writing."""

    def __init__(self, ledger: Ledger, conversations: Conversations, lines: Lines, proposing: Proposing) -> None:
        self._ledger = ledger
        self._conversations = conversations
        self._lines = lines
        self._proposing = proposing

    def replies(self, catalogue: Catalogue, me: Me) -> Replies:
        name = self._lines.shown_name(AgentId(me.agent)) if me.agent else ""
        return Replies(name or me.name, tuple(catalogue.replies.values()))

    async def suggestions(self, catalogue: Catalogue, contact: ContactId) -> Suggestions:
        last = await self._last_words(self._ledger.site, contact)
        if last is None:
            return Suggestions(None, ())
        would = await self._proposing.would_answer(contact, last)
        queue, need = self._ledger.peek(lambda state: _about(state.contacts.get(contact)))
        needs = {need, would.need} - {""}
        answers = [Suggestion(SuggestionOrigin.PLAYBOOK, would.title, "\n".join(would.texts), would.sources)]
        suiting = suiting_replies(catalogue.replies.values(), queue, needs)
        replies = [Suggestion(SuggestionOrigin.REPLY, reply.title, reply.text) for reply in suiting]
        return Suggestions(last.id, tuple([*(answers if would.texts else ()), *replies][:SUGGESTIONS_MAX]))

    async def _last_words(self, site: SiteId, contact: ContactId) -> Message | None:
        messages, _ = await self._conversations.messages(site, contact, self._ledger.durable + 1, LOOKED_BACK)
        said = (message for message in reversed(messages) if message.author is AuthorKind.CUSTOMER and message.text)
        return next(said, None)


def suiting_replies(replies: Iterable[Reply], queue: str, needs: set[str]) -> list[Reply]:
    """Replies made for one of these needs, where they are offered in this queue."""
    offered = [reply for reply in replies if not reply.queues or queue in reply.queues]
    return [reply for reply in offered if needs.intersection(reply.needs)]


def _about(contact: Contact | None) -> tuple[str, str]:
    """(queue, need)"""
    return (contact.queue or "", contact.need or "") if contact else ("", "")

"""The few words that every screen shows of an open contact, kept in memory as history goes by.

The floor knows no words, so this fold stands beside it: who the customer is called, what they need, what
was said last, how much is unread. Desk and channels read it when they tell their followers of an event.
Closed contacts leave; what they were about is in the database.
"""

from dataclasses import dataclass

from dryfly.conversations.store import Conversations
from dryfly.conversations.words import FactWords, MessageWords
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AuthorKind, ContactId, SiteId
from dryfly.ledger import Recorded, Topic

LAST_TEXT_MAX = 120
SPEAKERS = (AuthorKind.CUSTOMER, AuthorKind.AGENT)  # whose words tell what a talk is about


@dataclass(slots=True)
class TalkWords:
    """What is said about one open contact in a line."""

    customer_name: str = ""
    need_title: str = ""
    last_text: str = ""
    last_at: int = 0
    unread_count: int = 0

    def hear(self, words: MessageWords, at: int) -> None:
        if words.author in SPEAKERS:
            self.last_text = words.text[:LAST_TEXT_MAX]
        self.last_at = at
        if words.author is AuthorKind.CUSTOMER:
            self.unread_count += 1
        elif words.author is AuthorKind.AGENT:
            self.unread_count = 0

    def learn(self, key: str, value: str) -> None:
        if key == "name":
            self.customer_name = value
        elif key == "need":
            self.need_title = value


class Talks:
    """Implements `ledger.View`; it must be the first of the views, since the others read it."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._talks: dict[ContactId, TalkWords] = {}
        self._forget: ContactId | None = None

    def of(self, contact: ContactId) -> TalkWords:
        return self._talks.get(contact) or TalkWords()

    async def reset(self, site: SiteId, state: State) -> None:
        self._talks = {contact: TalkWords() for contact in state.contacts}
        self._forget = None
        await self._conversations.recall_talks(site, self._talks)

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        self._forget_closed()
        contact = recorded.contact
        if contact is None:
            return []
        match recorded.event:
            case floor.ContactArrived():
                self._talks[contact] = TalkWords()
            case floor.ContactClosed():
                self._forget = contact  # the views after this one still tell its last words
            case _:
                pass
        talk = self._talks.get(contact)
        if talk is not None:
            self._fold(talk, recorded)
        return []

    def _fold(self, talk: TalkWords, recorded: Recorded) -> None:
        for words in recorded.words:
            if isinstance(words, MessageWords):
                talk.hear(words, recorded.at)
            elif isinstance(words, FactWords):
                talk.learn(words.key, words.value)

    def _forget_closed(self) -> None:
        if self._forget is not None:
            self._talks.pop(self._forget, None)
            self._forget = None

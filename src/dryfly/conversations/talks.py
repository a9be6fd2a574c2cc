"""The few words that every screen shows of an open contact, kept in memory as history goes by.

The floor knows no words, so this fold stands beside it: who the customer is called, what they need, what
was said last, how much is unread. Desk and channels read it when they tell their followers of an event.
Closed contacts leave; what they were about is in the database.
"""

from dataclasses import dataclass, field, replace

from dryfly.conversations.asking import Asked
from dryfly.conversations.model import Certainty
from dryfly.conversations.store import Conversations
from dryfly.conversations.words import FactWords, MessageWords, NoteWords
from dryfly.floor import Contact, State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, AuthorKind, ContactId, NoteId, SiteId
from dryfly.floor.state import talk_of
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
    spoken_at: int = 0  # when `last_text` was said
    unread_count: int = 0
    asked: dict[NoteId, str] = field(default_factory=dict)  # what colleagues who are asked in now were told
    questions: Asked = field(default_factory=Asked)  # that were put to the customer

    def hear(self, words: MessageWords, at: int) -> None:
        if words.author in SPEAKERS:
            self.last_text, self.spoken_at = words.text[:LAST_TEXT_MAX], at
        self.last_at = at
        if words.author is AuthorKind.CUSTOMER:
            self.unread_count += 1
        elif words.author is AuthorKind.AGENT:
            self.unread_count = 0

    def follow_questions(self, author: AuthorKind, agent: AgentId | None, text: str) -> None:
        if author is AuthorKind.CUSTOMER:
            self.questions.hear()
        else:
            self.questions.put(agent or author, text)

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

    def of_talk(self, contact: Contact) -> TalkWords:
        """Those of a contact and of what is merged into it, as one."""
        own = self.of(contact.id)
        if not contact.followers:
            return own
        words = [own, *(self.of(name) for name in sorted(contact.followers))]
        latest = max(words, key=lambda each: each.spoken_at)
        return replace(
            own,
            customer_name=next((each.customer_name for each in words if each.customer_name), ""),
            need_title=next((each.need_title for each in words if each.need_title), ""),
            last_text=latest.last_text,
            last_at=max(each.last_at for each in words),
            unread_count=sum(each.unread_count for each in words),
        )

    def asks_again(self, contact: ContactId, who: str, text: str, fact: str) -> bool:
        """Whether a question is put to the customer whose answer was known (`conversations.asking`)."""
        return self.of(contact).questions.is_again(who, text, fact)

    async def reset(self, site: SiteId, state: State) -> None:
        self._talks = {contact: TalkWords() for contact in state.contacts}
        self._forget = None
        mains = {name: contact.main or name for name, contact in state.contacts.items()}
        await self._conversations.recall_talks(site, self._talks, mains)
        await self._recall_requests(site, state)

    async def _recall_requests(self, site: SiteId, state: State) -> None:
        notes = {note: name for name, contact in state.contacts.items() for note in _notes_of_requests(contact)}
        if notes:
            for note, text in (await self._conversations.note_texts(site, list(notes.values()), list(notes))).items():
                self._talks[notes[note]].asked[note] = text

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
            self._fold_into_family(recorded, state)
            self._keep_asked(talk, recorded, state.contacts.get(contact))
        return []

    def _keep_asked(self, talk: TalkWords, recorded: Recorded, contact: Contact | None) -> None:
        """The words of who asks a colleague, for as long as the request stands."""
        notes = _notes_of_requests(contact) if contact else set()
        for words in recorded.words:
            if isinstance(words, NoteWords) and words.note in notes:
                talk.asked[words.note] = words.text
        if talk.asked and talk.asked.keys() != notes:
            talk.asked = {note: text for note, text in talk.asked.items() if note in notes}

    def _fold(self, talk: TalkWords, recorded: Recorded) -> None:
        for words in recorded.words:
            if isinstance(words, MessageWords):
                talk.hear(words, recorded.at)
                talk.follow_questions(words.author, words.agent, words.text)
            elif isinstance(words, FactWords):
                talk.learn(words.key, words.value)
                if words.certainty > Certainty.GUESSED:
                    talk.questions.facts.add(words.key)

    def _fold_into_family(self, recorded: Recorded, state: State) -> None:
        """An answer on one contact of a talk is one on all; what is learned on a merged one, its main one knows."""
        contact = state.contacts.get(recorded.contact) if recorded.contact else None
        if contact is None or (contact.main is None and not contact.followers):
            return
        main = talk_of(state, contact)
        for words in recorded.words:
            if isinstance(words, MessageWords) and words.author is AuthorKind.AGENT:
                for name in (main.id, *main.followers):
                    self._talks[name].unread_count = 0
            elif isinstance(words, FactWords) and main is not contact:
                self._talks[main.id].learn(words.key, words.value)

    def _forget_closed(self) -> None:
        if self._forget is not None:
            self._talks.pop(self._forget, None)
            self._forget = None


def _notes_of_requests(contact: Contact) -> set[NoteId]:
    return {request.note for request in contact.requests.values() if request.note}

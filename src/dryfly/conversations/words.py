"""The rows of what was said: written by the ledger in the statement that appends their event."""

import msgspec

from dryfly.conversations.model import (
    AttachmentRef,
    Brief,
    Certainty,
    Choice,
    Delivery,
    Fact,
    Message,
    Note,
    Origin,
)
from dryfly.conversations.surveys import SURVEY_TABLE
from dryfly.floor.model import AgentId, AuthorKind, ContactId, MessageId, NoteId
from dryfly.ledger import Words, WordTable


class MessageExtra(msgspec.Struct, frozen=True, omit_defaults=True):
    """What only some messages have."""

    attachments: tuple[AttachmentRef, ...] = ()
    choices: tuple[Choice, ...] = ()
    sources: tuple[str, ...] = ()
    values: dict[str, int | str] = {}


NO_EXTRA = MessageExtra()
_encode = msgspec.json.Encoder().encode
_decode_extra = msgspec.json.Decoder(MessageExtra).decode


def extra_text(extra: MessageExtra) -> str:
    return "" if extra == NO_EXTRA else _encode(extra).decode()


class MessageWords(Words, frozen=True):
    contact: ContactId
    message: MessageId
    author: AuthorKind
    agent: AgentId | None = None
    author_name: str = ""
    text: str = ""
    code: str = ""
    extra: str = ""

    def as_message(
        self, seq: int, at: int, delivery: Delivery = Delivery.RECORDED, shown_in: ContactId | None = None
    ) -> Message:
        """`shown_in`: the talk that it is shown in, where its contact may be merged into it."""
        extra = _decode_extra(self.extra) if self.extra else NO_EXTRA
        return Message(
            id=self.message, seq=seq, at=at, author=self.author, text=self.text, agent=self.agent,
            author_name=self.author_name, code=self.code, values=extra.values, attachments=extra.attachments,
            choices=extra.choices, sources=extra.sources, delivery=delivery,
            via=None if shown_in in (None, self.contact) else self.contact,
        )  # fmt: skip


class NoteWords(Words, frozen=True):
    contact: ContactId
    note: NoteId
    text: str
    agent: AgentId | None = None
    author_name: str = ""
    mentions: str = ""  # agents' ids, with a space between
    whisper: bool = False

    def as_note(self, seq: int, at: int) -> Note:
        mentions = tuple(AgentId(agent) for agent in self.mentions.split())
        return Note(self.note, seq, at, self.text, self.agent, self.author_name, mentions, self.whisper)


class HeededWords(Words, frozen=True):
    """Not words, but kept beside them: which colleague has seen a note that mentions them."""

    contact: ContactId
    note: NoteId
    agent: AgentId


class FactWords(Words, frozen=True):
    contact: ContactId
    key: str
    value: str
    label: str
    origin: Origin
    certainty: Certainty
    learned_by: AgentId | None = None
    message: MessageId | None = None
    valid_until: int | None = None

    def as_fact(self, at: int) -> Fact:
        return Fact(
            self.key,
            self.value,
            self.origin,
            self.certainty,
            at,
            self.label,
            self.learned_by,
            self.message,
            self.valid_until,
        )

    @classmethod
    def of(cls, contact: ContactId, fact: Fact) -> "FactWords":
        return cls(
            contact,
            fact.key,
            fact.value,
            fact.label,
            fact.origin,
            fact.certainty,
            fact.learned_by,
            fact.message,
            fact.valid_until,
        )


class BriefWords(Words, frozen=True):
    contact: ContactId
    body: str

    @classmethod
    def of(cls, contact: ContactId, brief: Brief) -> "BriefWords":
        return cls(contact, _encode(brief).decode())

    def as_brief(self) -> Brief:
        return msgspec.json.decode(self.body, type=Brief)


class DeliveryWords(Words, frozen=True):
    """Not words, but kept beside them: what became of a message."""

    contact: ContactId
    message: MessageId
    state: Delivery


TABLES = (
    WordTable(
        MessageWords,
        "message",
        {
            "contact": "text",
            "message": "text",
            "author": "text",
            "agent": "text",
            "author_name": "text",
            "text": "text",
            "code": "text",
            "extra": "text",
        },
    ),
    WordTable(
        NoteWords,
        "note",
        {
            "contact": "text",
            "note": "text",
            "text": "text",
            "agent": "text",
            "author_name": "text",
            "mentions": "text",
            "whisper": "boolean",
        },
    ),
    WordTable(HeededWords, "note_heeded", {"contact": "text", "note": "text", "agent": "text"}),
    WordTable(
        FactWords,
        "fact",
        {
            "contact": "text",
            "key": "text",
            "value": "text",
            "label": "text",
            "origin": "text",
            "certainty": "smallint",
            "learned_by": "text",
            "message": "text",
            "valid_until": "bigint",
        },
    ),
    WordTable(BriefWords, "brief", {"contact": "text", "body": "text"}),
    WordTable(DeliveryWords, "delivery", {"contact": "text", "message": "text", "state": "text"}),
    SURVEY_TABLE,
)

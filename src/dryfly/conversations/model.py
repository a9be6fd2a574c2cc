"""The words of what was said: messages, notes, facts, and the brief that a hand-over carries.

These are the rows that erasing a person empties; the journal beside them holds only their ids and keys.
"""

from enum import IntEnum, StrEnum

import msgspec

from dryfly.floor.model import AgentId, AuthorKind, ContactId, CustomerId, MessageId, NoteId

TEXT_MAX = 8_000  # characters of a message or note
MENTIONS_MAX = 10  # of one note
ATTACHMENTS_MAX = 10  # of one message
ATTACHMENT_BYTES_MAX = 8 * 1024 * 1024
FACTS_MAX = 100  # of one contact
FACT_VALUE_MAX = 500
TEST_CONTACT = "test_contact"  # a fact's key: whoever runs the place walked it, and no number counts it
CALLBACK_NUMBER = "callback_number"  # a fact's key: where the customer wants to be called back


class Delivery(StrEnum):
    """What became of a message to the customer."""

    RECORDED = "recorded"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"  # handed to a provider, and no answer came


class AttachmentRef(msgspec.Struct, frozen=True):
    id: str
    name: str
    media_type: str
    bytes_count: int


class Choice(msgspec.Struct, frozen=True):
    """An answer that the reader may pick instead of writing it. `say` is sent as if they had written it."""

    label: str
    say: str


class Message(msgspec.Struct, frozen=True):
    """One message of a talk. `seq` is its number in the journal: messages of a contact are ordered by it.

    `text` is kept as it was said. A system message has a `code` (and `values`) instead: the reader's screen
    makes the sentence in the reader's language.
    """

    id: MessageId
    seq: int
    at: int
    author: AuthorKind
    text: str = ""
    agent: AgentId | None = None
    author_name: str = ""  # how an agent is called in front of the customer
    code: str = ""
    values: dict[str, int | str] = {}
    attachments: tuple[AttachmentRef, ...] = ()
    choices: tuple[Choice, ...] = ()
    sources: tuple[str, ...] = ()  # what the bot's answer stands on: "orders, version 3, 4 min old"
    delivery: Delivery = Delivery.RECORDED
    via: ContactId | None = None  # the merged contact on which it was said, in the talk that shows it


class Merged(msgspec.Struct, frozen=True):
    """A contact that goes on inside another one, since `merged_at`."""

    contact: ContactId
    channel: str
    opened_at: int
    merged_at: int


class Note(msgspec.Struct, frozen=True):
    """What colleagues write to each other; the customer never sees it."""

    id: NoteId
    seq: int
    at: int
    text: str
    agent: AgentId | None = None
    author_name: str = ""
    mentions: tuple[AgentId, ...] = ()  # colleagues whom it is for
    whisper: bool = False  # a supervisor's, to whoever serves the talk


class Certainty(IntEnum):
    """How sure a fact is. Only `PROVED` and `ON_RECORD` need no confirming word."""

    GUESSED = 1
    SAID = 2  # the customer said so
    ON_RECORD = 3  # the customer image has it
    PROVED = 4  # a code, a signed login


class Origin(StrEnum):
    CUSTOMER = "customer"
    RECORD = "record"
    BOT = "bot"
    AGENT = "agent"
    LOGIN = "login"


class Fact(msgspec.Struct, frozen=True):
    """Something learned once, so that nobody asks again.

    `key` is a dotted name ("order", "email", "need", "reason"); `value` is shown as it is. `valid_until` (ms)
    says until when it holds; None: for good.
    """

    key: str
    value: str
    origin: Origin
    certainty: Certainty
    at: int
    label: str = ""
    learned_by: AgentId | None = None
    message: MessageId | None = None  # where it was said
    valid_until: int | None = None


class BriefLine(msgspec.Struct, frozen=True):
    """One thing that was answered or tried, and whether it helped."""

    text: str
    at: int


class Brief(msgspec.Struct, frozen=True):
    """What the next person needs to know, so that the customer is asked nothing twice."""

    customer: CustomerId | None = None
    identity_level: int = 0
    identity_proof: str = ""  # "known address", "e-mail", "signed login"
    need: str = ""
    need_title: str = ""
    need_share: float = 0.0  # 0..1, how sure the bot is of the need
    reason: str = ""  # why the bot let go: a code
    facts: tuple[Fact, ...] = ()
    answered: tuple[BriefLine, ...] = ()
    tried: tuple[BriefLine, ...] = ()
    asked: tuple[str, ...] = ()  # keys of facts that were asked for already
    mood: str = ""  # "calm", "annoyed", "angry"


class TalkRef(msgspec.Struct, frozen=True):
    """An earlier or parallel contact of the same customer."""

    contact: ContactId
    channel: str
    opened_at: int
    closed_at: int | None = None
    need: str = ""
    ending: str = ""
    queue: str | None = None
    need_title: str = ""
    agents: tuple[AgentId, ...] = ()  # who served it, the last one last
    with_bot: bool = False  # the assistant spoke in it
    disposition: str | None = None


class StoryTalk(TalkRef, frozen=True):
    """A contact as the story tells it. `score`: what its customer gave it (see `surveys`)."""

    score: int | None = None
    main: ContactId | None = None  # the contact that it is merged into

"""The bot's words: what it is told, what it understands, what it says, and when it lets go.

Theory of operation. One turn of talk is three steps, and only the first two touch the world:

    understanding = understander.understand(text, context)     # a model's opinion, with scores
    knowledge     = lookup.knowledge(...)                      # what the customer image has, at this identity level
    turn          = dialogue.turn(state, heard, understanding, knowledge)   # pure

`turn` returns everything that is to happen as values: sentences, facts learned, letting go, the next state.
The bot never makes up a value: what it says of a customer is the playbook's sentence with values of the
record in it, as they are on file.

Facts and the brief are the words of `conversations`: what the bot learns is what the agent reads.
"""

from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from dryfly.conversations.model import Brief, BriefLine, Choice, Fact
from dryfly.floor.model import CustomerId, MessageId, SkillNeed

CHOICES_MAX = 3  # that one clarifying question may offer
ANSWERED_MAX = 50  # answers that a state remembers


class Level:
    """Identity levels, numbered as everywhere in the house: what may be disclosed depends on them."""

    UNKNOWN = 0
    CLAIMED = 1
    KNOWN_ADDRESS = 2
    PROVED = 3


# ---- what the bot is told ----------------------------------------------------------------------


class Heard(Struct, frozen=True):
    """What the customer said. `at` in ms UTC."""

    id: MessageId
    text: str
    at: int


class Source(Struct, frozen=True):
    """Where knowledge comes from. `loaded_at`: when it was read from its owner (ms UTC)."""

    name: str
    version: int
    loaded_at: int


class Record(Struct, frozen=True):
    """One order, invoice, contract... of the customer. All values are text, exactly as on file.

    A value that is not on file is absent. `date` (ISO 8601) is empty where the source has none: then no
    record is "the latest". `lines` are its items, each with a `title`.
    """

    kind: str
    key: str
    fields: dict[str, str] = {}
    lines: tuple[dict[str, str], ...] = ()
    date: str = ""


class Knowledge(Struct, frozen=True):
    """Everything that may be said to whoever talks, already cut down to their identity level.

    `proof`: how they were identified, for the brief ("known address", "e-mail", "signed login").
    `identified_now`: it was this message that told who they are (set by `shell`).
    `claimed_unknown`: they named an identity that is not on file, or that fits several people.
    `code_to`: a masked address on file to which a code can be sent; empty: none.
    `code_failed`: the message holds a code, and it is the wrong one.
    """

    customer: CustomerId | None = None
    level: int = Level.UNKNOWN
    proof: str = ""
    name: str = ""
    profile: dict[str, str] = {}
    records: tuple[Record, ...] = ()
    source: Source | None = None
    identified_now: bool = False
    claimed_unknown: bool = False
    code_to: str = ""
    code_failed: bool = False


class CustomerLookup(Protocol):
    """The customer image, as the bot needs it. `service` adapts the room that has it."""

    async def recognise(self, text: str, before: Knowledge) -> Knowledge:
        """What is known once `text` is said too. Never lowers the level of `before`."""
        ...


# ---- what the bot understands ------------------------------------------------------------------


class SignalKind(StrEnum):
    """What a customer may want beside the playbook's needs. Several may hold at once."""

    HUMAN = "human"
    LEAVE = "leave"
    BUY = "buy"
    COMPLAINT = "complaint"
    FRAUD = "fraud"
    LEGAL = "legal"
    VULNERABLE = "vulnerable"
    FRUSTRATION = "frustration"
    THANKS = "thanks"
    SOLVED = "solved"
    HELLO = "hello"
    YES = "yes"
    NO = "no"


class Strength(StrEnum):
    WEAK = "weak"
    CLEAR = "clear"


class EntityKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    REFERENCE = "reference"  # looks like an order's or invoice's number
    AMOUNT = "amount"


class Entity(Struct, frozen=True):
    """A value that stands in the text, at [start, end)."""

    kind: EntityKind
    value: str
    start: int
    end: int


class NeedScore(Struct, frozen=True):
    need: str
    share: float  # 0..1


class Context(Struct, frozen=True):
    """What the understander may look at beside the message.

    `answered`: questions of this customer that were answered already (in the last days, on any channel).
    `name`: the customer's, which says nothing about what they want.
    """

    answered: tuple[str, ...] = ()
    name: str = ""
    language: str = ""


class Understanding(Struct, frozen=True):
    """A model's opinion of one message.

    `needs`: the likeliest first, shares in 0..1. `confident`: the first one is good enough to act on.
    `oos`: 0..1, how likely it is that no need of the playbook is meant.
    `repeats`: the greatest cosine to a question in `Context.answered`; 0 where there is none.
    """

    needs: tuple[NeedScore, ...] = ()
    confident: bool = False
    oos: float = 1.0
    signals: dict[SignalKind, Strength] = {}
    entities: tuple[Entity, ...] = ()
    language: str = ""
    repeats: float = 0.0


class Understander(Protocol):
    """Reads one message. Keeps nothing, decides nothing: what is done about it is the dialogue's."""

    def understand(self, text: str, context: Context) -> Understanding: ...


# ---- what the bot does -------------------------------------------------------------------------


class Reason(StrEnum):
    """Why the bot let go: a code, for the agent's screen and the reports."""

    ASKED_FOR_PERSON = "asked_for_person"
    LEAVING = "leaving"
    BUYING = "buying"
    COMPLAINT = "complaint"
    FRAUD = "fraud"
    LEGAL = "legal"
    VULNERABLE = "vulnerable"
    FRUSTRATED = "frustrated"
    REPEATED_QUESTION = "repeated_question"
    NOT_UNDERSTOOD = "not_understood"
    NOT_IDENTIFIED = "not_identified"
    IDENTITY_TOO_LOW = "identity_too_low"
    NOT_ON_RECORD = "not_on_record"
    NEEDS_PERSON = "needs_person"  # the playbook says so: a consequence that a person answers for
    BOT_ERROR = "bot_error"


class Say(Struct, frozen=True):
    """One message to the customer.

    `used` names the values of the record that stand in it ("order #W2611340 status"), `source` where they
    come from: every number, date and amount in `text` is one of them or is the playbook's own.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    used: tuple[str, ...] = ()
    source: Source | None = None


class LetGo(Struct, frozen=True):
    """A person takes over. The bot is silent from here until the customer chooses to go on with it."""

    queue: str
    reason: Reason
    need: str | None
    brief: Brief
    head_start_s: int = 0
    skills: tuple[SkillNeed, ...] = ()


class Pending(Struct, frozen=True):
    """What the bot waits to hear: a fact's key, and the need that it is for."""

    fact: str
    need: str = ""


class Answered(Struct, frozen=True):
    question: str
    answer: str
    need: str
    records: tuple[str, ...]
    at: int


class BotState(Struct, frozen=True):
    """What the bot remembers of one contact. Holds words: erasing a person erases it.

    `asked`: keys of all facts ever asked for; none is asked for again. `annoyed_count`: weak signs of
    frustration in a row. `tried`: what the bot said that was no answer. A new contact may begin with what
    was `answered` to this customer in the days before, on any channel.
    """

    greeted: bool = False
    silent: bool = False
    pending: Pending | None = None
    need: str = ""
    need_share: float = 0.0
    facts: tuple[Fact, ...] = ()
    asked: tuple[str, ...] = ()
    answered: tuple[Answered, ...] = ()
    tried: tuple[BriefLine, ...] = ()
    annoyed_count: int = 0
    mood: str = "calm"

    def fact(self, key: str) -> Fact | None:
        return next((fact for fact in reversed(self.facts) if fact.key == key), None)


class Turn(Struct, frozen=True):
    """Everything that follows from one message of the customer.

    `ask`: the key of the fact that this turn asks for. `facts`: what this turn learned. `solved`: the
    customer said that nothing is left. `send_code`: send a code to `Knowledge.code_to`.
    """

    state: BotState
    say: tuple[Say, ...] = ()
    ask: str | None = None
    let_go: LetGo | None = None
    facts: tuple[Fact, ...] = ()
    solved: bool = False
    send_code: bool = False

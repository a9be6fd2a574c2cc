"""What the widget and the server say to each other (see `platform.frames` for the frames they share).

The socket is `/widget/{site}/socket`. The widget keeps `resume` (a secret that stands for this visitor) and
the last `seq`, and nothing else: everything on its screen comes from `State` and the pushes after it.
"""

from enum import StrEnum

import msgspec

from dryfly.conversations.model import Delivery, Message
from dryfly.floor.model import CustomerId
from dryfly.platform.frames import Bye, Receipt, Refused

# ---- from the widget ---------------------------------------------------------------------------


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="hello"):
    """First frame. `since`, `contact`: the last number that the page has, and the talk that it shows.

    `login` is the page's signed token (JWT) that tells who is there, if the page knows.
    """

    resume: str | None = None
    since: int | None = None
    contact: str | None = None
    login: str | None = None
    language: str = "en"
    page: str = ""


class Say(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="say"):
    """The customer writes. The first one opens the contact."""

    id: str
    text: str
    attachments: tuple[str, ...] = ()


class AskForPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="person"):
    id: str


class GoOnWithBot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="bot"):
    """The waiting customer chooses the assistant meanwhile; the place is kept."""

    id: str


class Leave(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="leave"):
    id: str
    solved: bool = False


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="seen"):
    """The customer's page showed `message` (and all before it)."""

    id: str
    message: str


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="rate"):
    """The answer to the one question after a talk, once. `score` 1..5; None: rather not."""

    id: str
    score: int | None = None
    text: str = ""


class Typing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="typing"):
    """Volatile: no id, no receipt."""


class Ping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="ping"):
    """Answered by `Pong`; a page that hears nothing for 45 s reconnects."""


FromWidget = Hello | Say | AskForPerson | GoOnWithBot | Leave | Seen | Rate | Typing | Ping

# ---- to the widget -----------------------------------------------------------------------------


class Stage(StrEnum):
    """Where the customer stands, in the customer's words."""

    NONE = "none"  # no contact yet
    BOT = "bot"
    WAITING = "waiting"
    WAITING_WITH_BOT = "waiting_with_bot"  # goes on with the bot, keeps the place
    CALLBACK = "callback"  # is called back at a time that was agreed
    AGENT = "agent"
    CLOSED = "closed"


class WidgetLook(msgspec.Struct, frozen=True):
    """How the site wants the widget to look and speak (see `setup.look.Look`). `languages`: those it may speak."""

    title: str
    bot_name: str = "Assistant"
    accent: str = "#0b6e64"
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    theme: str = "auto"
    side: str = "end"
    offset_x: int = 20
    offset_y: int = 20
    greeting: str = ""
    survey: bool = True


class Invite(msgspec.Struct, frozen=True):
    """When a visitor may be asked whether they want to talk (see `setup.look.Invitation`)."""

    id: str
    text: str
    pages: str = "*"
    after_s: int = 20
    scroll: float = 0.0
    on_exit: bool = False
    share: float = 0.5


class LookPage(msgspec.Struct, frozen=True):
    """What the launcher fetches before it draws its button. The same for everybody; nobody is asked who they are."""

    look: WidgetLook
    invitations: tuple[Invite, ...] = ()


class Transcript(msgspec.Struct, frozen=True):
    """A part of the visitor's talk, oldest first."""

    messages: tuple[Message, ...]
    more_before: bool


class LetterOffer(msgspec.Struct, frozen=True):
    """Where the talk can be mailed to without typing: the customer's address on file, masked; None: nowhere."""

    on_file: str | None


class AskLetter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The visitor wants their talk by mail. `to` None: to the address on file. In their language and zone."""

    to: str | None = None
    language: str = "en"
    zone: str = "UTC"


class LetterAsked(msgspec.Struct, frozen=True):
    """It is on its way there (masked)."""

    to: str


class WhoTalked(msgspec.Struct, frozen=True):
    """As the history of a contact has it. `address`: the customer's e-mail address on file, if they are proved."""

    customer: CustomerId | None = None
    is_proved: bool = False
    address: str = ""


class HoursNow(msgspec.Struct, frozen=True, tag_field="is", tag="hours"):
    """Volatile, and in the welcome: do people answer now? `opens_at`: the next opening, if one is known."""

    is_open: bool = True
    opens_at: int | None = None
    text: str = ""  # the site's own, in an emergency


class LongerBecause(StrEnum):
    """Why it takes longer than was told before (see `waiting.model.Cause`)."""

    NOT = ""
    LATE = "late"
    FEWER_AGENTS = "fewer_agents"
    OVERTAKEN = "overtaken"
    MOVED = "moved"


class Wait(msgspec.Struct, frozen=True):
    """How long it takes, as far as anybody can say. It never rises without a cause; `because` is the cause, where it
    takes longer than was told before."""

    from_s: int
    to_s: int
    because: LongerBecause = LongerBecause.NOT


class CallIs(StrEnum):
    """Where the customer stands with being called back."""

    NOT = ""
    PROPOSED = "proposed"  # a rule of the line says that it would be better
    KEPT = "kept"  # promised, in their turn
    BOOKED = "booked"  # promised, at a time
    NOW = "now"  # an agent has it, and calls


class Call(msgspec.Struct, frozen=True):
    """What was promised, if anything. `at`: the time that was agreed; `attempts` did not reach them."""

    state: CallIs = CallIs.NOT
    at: int | None = None
    attempts: int = 0


class CallChoices(msgspec.Struct, frozen=True):
    """How the visitor may be called back. `number`: the one they gave, all but its end hidden; "": none yet."""

    keeps_place: bool  # in their turn
    slots: tuple[int, ...]  # the next half hours that are free
    number: str


class AskCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The visitor wants to be called back. `at` None: in their turn. `number` None: the one they gave before.

    `region`: the country that a number without its code is of, as the visitor's browser has it."""

    id: str
    at: int | None = None
    number: str | None = None
    region: str = ""


class CallAsked(msgspec.Struct, frozen=True):
    """It is promised. `number`: in full where it was just given, so that who wrote it may see what it was read as."""

    number: str


class Welcome(msgspec.Struct, frozen=True, tag_field="is", tag="welcome"):
    """`resume`: keep it, and say it in the next hello. `now`: the server's clock, ids are made by it."""

    resume: str
    now: int
    look: WidgetLook
    text_max: int
    attachment_bytes_max: int
    hours: HoursNow = HoursNow()
    mails: bool = False  # the talk can be had by mail


class TalkState(msgspec.Struct, frozen=True):
    """Everything that the widget shows."""

    contact: str | None
    stage: Stage
    agent_name: str = ""
    place: int | None = None  # 1 is next
    messages: tuple[Message, ...] = ()  # the newest 200
    more_before: bool = False
    wait: Wait | None = None  # None: nobody can say
    opens_at: int | None = None  # it waits outside the hours of its queue, until then
    is_rated: bool = False  # the question after the talk was answered, or waved away
    call: Call = Call()
    calls_back: bool = False  # who waits in this line may be called back instead


class State(msgspec.Struct, frozen=True, tag_field="is", tag="state"):
    seq: int
    talk: TalkState


class MessageAdded(msgspec.Struct, frozen=True, tag_field="kind", tag="message_added"):
    message: Message


class StageChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="stage_changed"):
    contact: str
    stage: Stage
    agent_name: str = ""
    place: int | None = None
    told: Message | None = None  # the line that stands in the talk for it
    call: Call = Call()


class DeliveryChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="delivery_changed"):
    message: str
    delivery: Delivery


WidgetPush = MessageAdded | StageChanged | DeliveryChanged


class Push(msgspec.Struct, frozen=True, tag_field="is", tag="push"):
    prev: int
    seq: int
    at: int
    push: WidgetPush


class TypingNow(msgspec.Struct, frozen=True, tag_field="is", tag="typing"):
    """Somebody on the other side is writing; forget it after 6 s."""

    author: str  # "agent" or "bot"


class PlaceNow(msgspec.Struct, frozen=True, tag_field="is", tag="place"):
    """Volatile: the place in line moved, or what can be said of the wait."""

    place: int | None
    wait: Wait | None = None
    opens_at: int | None = None
    calls_back: bool = False


class Pong(msgspec.Struct, frozen=True, tag_field="is", tag="pong"):
    now: int


ToWidget = Welcome | State | Push | TypingNow | PlaceNow | HoursNow | Pong | Receipt | Refused | Bye

"""What the console and the server say to each other (see `platform.frames` for the frames they share).

The socket is `/desk/socket`; the session cookie says who is there. The screen's state is `DeskState` and the
pushes after it; a talk's words are fetched once (`GET /api/talks/{contact}`) and kept up by the same pushes.
"""

import msgspec

from dryfly.conversations.model import Brief, Delivery, Fact, Merged, Message, Note
from dryfly.conversations.surveys import SurveyAnswer
from dryfly.desk.customer_words import CustomerPanel
from dryfly.desk.floor_words import AlertsNow, BoardNow, TalksAsked, TodayNow
from dryfly.desk.floor_words import LookAtFloor as LookAtFloor
from dryfly.desk.house_words import DispositionLine as DispositionLine
from dryfly.desk.house_words import Named as Named
from dryfly.desk.house_words import OnDuty, OnDutyNow, SetUpNow
from dryfly.floor.model import ContactState, OfferEnd, Presence, RequestEnd, Role
from dryfly.platform.frames import Bye, Receipt, Refused
from dryfly.setup.model import Me as Me

# ---- from the console --------------------------------------------------------------------------


class Asks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    """A command: answered once, by id."""

    id: str


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="hello"):
    """What is shown already: everything up to `since`, of this `site`, with this version of its set-up."""

    since: int | None = None
    set_up: int | None = None
    site: str | None = None


class BePresent(Asks, frozen=True, tag="presence"):
    presence: Presence
    reason: str | None = None


class Accept(Asks, frozen=True, tag="accept"):
    offer: str


class Decline(Asks, frozen=True, tag="decline"):
    offer: str
    reason: str | None = None


class Say(Asks, frozen=True, tag="say"):
    contact: str
    text: str
    attachments: tuple[str, ...] = ()


class WriteNote(Asks, frozen=True, tag="note"):
    """`mentions`: colleagues (agents) who are told of it, and may read the talk."""

    contact: str
    text: str
    mentions: tuple[str, ...] = ()


class HeedMention(Asks, frozen=True, tag="heed"):
    """I have seen the note that mentions me."""

    contact: str
    note: str


class LearnFact(Asks, frozen=True, tag="fact"):
    contact: str
    key: str
    value: str


class Transfer(Asks, frozen=True, tag="transfer"):
    contact: str
    to_queue: str | None = None
    to_agent: str | None = None
    note: str = ""


class Finish(Asks, frozen=True, tag="finish"):
    """The talk is over; wrap-up begins."""

    contact: str


class WrapUp(Asks, frozen=True, tag="wrap_up"):
    contact: str
    disposition: str | None = None
    note: str = ""


class Park(Asks, frozen=True, tag="park"):
    contact: str


class Snooze(Asks, frozen=True, tag="snooze"):
    """Parked until then (ms); it comes back by itself."""

    contact: str
    until: int


class Hold(Asks, frozen=True, tag="hold"):
    contact: str
    held: bool


class Called(Asks, frozen=True, tag="called"):
    """I called the customer of this talk back, and reached them or did not."""

    contact: str
    reached: bool


class Begin(Asks, frozen=True, tag="begin"):
    """Write first to a customer who was here before, in the talk `after`. Without a queue: the one of that talk."""

    customer: str
    after: str
    text: str
    queue: str | None = None


class AskColleague(Asks, frozen=True, tag="ask_colleague"):
    """Consulted: reads, and writes notes. Invited: writes to the customer too. The note stands in the talk."""

    contact: str
    colleague: str
    role: Role
    note: str = ""


class AcceptRequest(Asks, frozen=True, tag="accept_request"):
    contact: str


class DeclineRequest(Asks, frozen=True, tag="decline_request"):
    contact: str


class WithdrawRequest(Asks, frozen=True, tag="withdraw_request"):
    """Asks no longer; or the answer was seen."""

    contact: str
    colleague: str


class Join(Asks, frozen=True, tag="join"):
    """Supervisors listen or take part."""

    contact: str
    role: Role


class Part(Asks, frozen=True, tag="part"):
    contact: str


class Merge(Asks, frozen=True, tag="merge"):
    """`contact` goes on inside `into`. `confirmed`: it is the same person, where a customer is not known."""

    contact: str
    into: str
    confirmed: bool = False


class Unmerge(Asks, frozen=True, tag="unmerge"):
    """The merged contact becomes a talk of its own again."""

    contact: str


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a supervisor saw a talk: with which agent, of which queue."""

    owner: str | None
    queue: str | None


class TakeOver(Asks, frozen=True, tag="take_over"):
    """A supervisor serves it, or gives it to `agent`. `seen`: refused if it is somewhere else by now."""

    contact: str
    agent: str | None = None
    seen: Where | None = None


class Release(Asks, frozen=True, tag="release"):
    """A supervisor moves it to `queue`, or closes it."""

    contact: str
    queue: str | None = None
    seen: Where | None = None


class Whisper(Asks, frozen=True, tag="whisper"):
    """A supervisor's word to whoever serves the talk; the customer never sees it."""

    contact: str
    text: str


class SetAgent(Asks, frozen=True, tag="set_agent"):
    """A supervisor sets an agent away, or signs them out: then their talks go back to the queues."""

    agent: str
    presence: Presence


class MoveCall(Asks, frozen=True, tag="move_call"):
    """A supervisor books a customer's call back for `at`. `seen_at`: when it was to be, where they saw it (None: in
    turn); refused if it is otherwise by now."""

    contact: str
    at: int
    seen_at: int | None


class CallOff(Asks, frozen=True, tag="call_off"):
    """The customer wants no call back. One in line waits on; one with a time is closed. `seen_at`: as above."""

    contact: str
    seen_at: int | None


class SeeAlert(Asks, frozen=True, tag="see_alert"):
    """A supervisor takes care of it."""

    alert: str


AsksOfSupervisor = TakeOver | Release | Whisper | SetAgent | MoveCall | CallOff | SeeAlert


class Seen(Asks, frozen=True, tag="seen"):
    contact: str
    message: str


class Typing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="typing"):
    contact: str


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="look"):
    """The talk that is open on this desk now; None: none. Volatile: answered with `ColleaguesNow`."""

    contact: str | None = None


class Ping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag="ping"):
    pass


FromDesk = (
    Hello
    | BePresent
    | Accept
    | Decline
    | Say
    | WriteNote
    | HeedMention
    | LearnFact
    | Transfer
    | Finish
    | WrapUp
    | Park
    | Snooze
    | Begin
    | Hold
    | Called
    | AskColleague
    | AcceptRequest
    | DeclineRequest
    | WithdrawRequest
    | Join
    | Part
    | Merge
    | Unmerge
    | TakeOver
    | Release
    | Whisper
    | SetAgent
    | MoveCall
    | CallOff
    | SeeAlert
    | LookAtFloor
    | Seen
    | Typing
    | Look
    | Ping
)

# ---- what the desk shows -----------------------------------------------------------------------


class MyPresence(msgspec.Struct, frozen=True):
    presence: Presence
    reason: str | None
    since: int


class Participant(msgspec.Struct, frozen=True):
    agent: str
    name: str
    role: Role


class Asked(msgspec.Struct, frozen=True):
    """A colleague who was asked into the talk. `end` tells why they did not join; None: no answer yet."""

    agent: str
    name: str
    role: Role
    expires_at: int
    end: RequestEnd | None = None


class CallPromised(msgspec.Struct, frozen=True):
    """The customer is to be called back: in their turn (`at` None) or at a time."""

    at: int | None
    attempts: int  # that did not reach them
    attempts_max: int


class CallPage(msgspec.Struct, frozen=True):
    """Leave to call, and where. `rule`: by which the gate gave it."""

    number: str
    rule: str


class CallSlots(msgspec.Struct, frozen=True):
    """The next half hours for which a call back can be booked, by their beginning."""

    slots: tuple[int, ...]


class Talk(msgspec.Struct, frozen=True):
    """One contact as a line of the list. Words are few here: the name, the need, the last message's start."""

    contact: str
    channel: str
    state: ContactState
    opened_at: int
    changed_at: int
    customer: str | None = None
    customer_name: str = ""
    identity_level: int = 0
    queue: str | None = None
    need: str = ""
    need_title: str = ""
    owner: str | None = None  # the agent
    owner_name: str = ""
    waiting_since: int | None = None
    due_at: int | None = None
    reply_due_at: int | None = None
    reply_overdue: bool = False
    wrap_up_until: int | None = None
    held: bool = False
    snoozed_until: int | None = None
    woken: bool = False  # came back from a snooze, and waits to be seen to
    last_text: str = ""
    last_at: int | None = None
    unread_count: int = 0
    participants: tuple[Participant, ...] = ()
    asked: tuple[Asked, ...] = ()
    main: str | None = None  # the contact that it is merged into
    merged: tuple[Merged, ...] = ()  # into it, in the order in which they came
    answers_on: str | None = None  # the one of them on which the customer spoke last, and reads the answer
    call: CallPromised | None = None


class Offer(msgspec.Struct, frozen=True):
    """A contact held out to me. `why`: the rule and its values, for the sentence under it."""

    offer: str
    talk: Talk
    made_at: int
    expires_at: int
    rule: str = ""
    values: dict[str, int | str] = {}
    auto_accept: bool = False


class ColleagueRequest(msgspec.Struct, frozen=True):
    """I am asked into a talk: by whom, as what, why. One a contact."""

    contact: str
    customer: str | None
    customer_name: str
    need_title: str
    agent: str
    agent_name: str
    role: Role
    note: str
    made_at: int
    expires_at: int


class Mention(msgspec.Struct, frozen=True):
    """A note that mentions me, until I have heeded it."""

    contact: str
    note: Note


class DeskState(msgspec.Struct, frozen=True):
    me: Me
    presence: MyPresence
    talks: tuple[Talk, ...]
    offers: tuple[Offer, ...]
    requests: tuple[ColleagueRequest, ...]
    queues: tuple[Named, ...]  # where a talk can be transferred
    agents: tuple[Named, ...]
    dispositions: tuple[DispositionLine, ...]
    presence_reasons: tuple[Named, ...]
    mentions: tuple[Mention, ...] = ()
    set_up: int = 0  # the version of the set-up that is shown
    on_duty: tuple[OnDuty, ...] = ()


class WhyLine(msgspec.Struct, frozen=True):
    """One decision of the floor about this contact, as a code and its values."""

    seq: int
    at: int
    rule: str
    values: dict[str, int | str]


class TalkPage(msgspec.Struct, frozen=True):
    """Everything about one talk, as of `seq`."""

    seq: int
    talk: Talk
    messages: tuple[Message, ...]
    more_before: bool
    notes: tuple[Note, ...]
    facts: tuple[Fact, ...]
    brief: Brief | None
    customer: CustomerPanel | None
    why: tuple[WhyLine, ...]
    survey: SurveyAnswer | None = None  # what the customer said of it when it was over


class MessagesPage(msgspec.Struct, frozen=True):
    """Older messages, oldest first."""

    messages: tuple[Message, ...]
    more_before: bool


# ---- to the console ----------------------------------------------------------------------------


class Welcome(msgspec.Struct, frozen=True, tag_field="is", tag="welcome"):
    now: int
    text_max: int
    attachment_bytes_max: int


class State(msgspec.Struct, frozen=True, tag_field="is", tag="state"):
    seq: int
    desk: DeskState


class PresenceSet(msgspec.Struct, frozen=True, tag_field="kind", tag="presence_set"):
    presence: MyPresence


class TalkChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="talk_changed"):
    """The whole line, to be put in place of the old one. `told`: what stands in the talk for it."""

    talk: Talk
    told: Message | None = None


class WatchedChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="watched_changed"):
    """The line of a talk that is read here without being on this desk."""

    talk: Talk
    told: Message | None = None


class TalkMerged(msgspec.Struct, frozen=True, tag_field="kind", tag="talk_merged"):
    """`contact` is no talk of its own any more: it goes on in this one, which is mine."""

    contact: str
    talk: Talk


class TalkGone(msgspec.Struct, frozen=True, tag_field="kind", tag="talk_gone"):
    """No longer mine to show."""

    contact: str


class RequestShown(msgspec.Struct, frozen=True, tag_field="kind", tag="request_shown"):
    request: ColleagueRequest


class RequestGone(msgspec.Struct, frozen=True, tag_field="kind", tag="request_gone"):
    """I am asked no longer. Where I joined, `talk_changed` comes in its place."""

    contact: str


class OfferShown(msgspec.Struct, frozen=True, tag_field="kind", tag="offer_shown"):
    offer: Offer


class OfferGone(msgspec.Struct, frozen=True, tag_field="kind", tag="offer_gone"):
    """`talk`: its line as it is now, where I take part in it. `taken`: it rang at several desks, and a colleague was
    faster."""

    offer: str
    end: OfferEnd
    talk: Talk | None = None
    taken: bool = False


class MessageAdded(msgspec.Struct, frozen=True, tag_field="kind", tag="message_added"):
    """`channel` and what follows are the talk's, as they are with this message."""

    contact: str
    message: Message
    channel: str
    reply_due_at: int | None = None
    reply_overdue: bool = False
    woken: bool = False
    answers_on: str | None = None


class NoteAdded(msgspec.Struct, frozen=True, tag_field="kind", tag="note_added"):
    """Told to those who have the talk before them, and to those whom the note mentions."""

    contact: str
    note: Note


class MentionHeeded(msgspec.Struct, frozen=True, tag_field="kind", tag="mention_heeded"):
    contact: str
    note: str


class FactsLearned(msgspec.Struct, frozen=True, tag_field="kind", tag="facts_learned"):
    contact: str
    facts: tuple[Fact, ...]


class StoryMoved(msgspec.Struct, frozen=True, tag_field="kind", tag="story_moved"):
    """Another contact of this customer began, moved or ended: their story is to be read again."""

    customer: str


class SurveyTaken(msgspec.Struct, frozen=True, tag_field="kind", tag="survey_taken"):
    """The customer answered the one question after the talk."""

    contact: str
    survey: SurveyAnswer


class DeliveryChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="delivery_changed"):
    contact: str
    message: str
    delivery: Delivery


DeskPush = (
    PresenceSet
    | TalkChanged
    | WatchedChanged
    | TalkMerged
    | TalkGone
    | RequestShown
    | RequestGone
    | OfferShown
    | OfferGone
    | MessageAdded
    | NoteAdded
    | MentionHeeded
    | FactsLearned
    | DeliveryChanged
    | SurveyTaken
    | StoryMoved
)


class Push(msgspec.Struct, frozen=True, tag_field="is", tag="push"):
    prev: int
    seq: int
    at: int
    push: DeskPush


class TypingNow(msgspec.Struct, frozen=True, tag_field="is", tag="typing"):
    contact: str


class Colleague(msgspec.Struct, frozen=True):
    person: str
    name: str


class ColleaguesNow(msgspec.Struct, frozen=True, tag_field="is", tag="colleagues"):
    """Who has this talk open now, oneself included. `seq`: from this number on, what happens there is pushed."""

    contact: str
    seq: int
    colleagues: tuple[Colleague, ...]


class ColleagueTyping(msgspec.Struct, frozen=True, tag_field="is", tag="colleague_typing"):
    """Somebody else writes an answer in this talk."""

    contact: str
    colleague: Colleague


class FloorTalks(msgspec.Struct, frozen=True, tag_field="is", tag="floor_talks"):
    """One page of the open talks, as asked for; `count`: of all pages."""

    asked: TalksAsked
    count: int
    talks: tuple[Talk, ...]


class Pong(msgspec.Struct, frozen=True, tag_field="is", tag="pong"):
    now: int


ToDesk = (
    Welcome
    | State
    | Push
    | TypingNow
    | ColleaguesNow
    | ColleagueTyping
    | SetUpNow
    | OnDutyNow
    | BoardNow
    | TodayNow
    | AlertsNow
    | FloorTalks
    | Pong
    | Receipt
    | Refused
    | Bye
)

"""The floor decides: what a command does, given the state, now.

Theory of operation
- `decide` is pure. It reads the state and the time it is given, and returns the events that the command causes, or
  refuses with a code of `refusals`. Nothing has changed either way.
- `apply` lets one event have happened. Journal and recovery use it alone.
- `step` is what the live server, the simulator and the tests call: decide, apply, do what is due if the command is
  `WakeUp`, and then bring waiting contacts and free agents together. It returns all that happened, in order.
- Time never goes back: `now` earlier than the last event is refused. Who owns the clock holds it still meanwhile.
"""

from typing import assert_never

from dryfly.floor import agents, beginning, callbacks, consulting, contacts, merging, offers, site, snoozing, talks
from dryfly.floor.apply import apply
from dryfly.floor.interrupting import settle
from dryfly.floor.matching import match_waiting
from dryfly.floor.model import (
    AcceptOffer,
    AcceptRequest,
    AnswerSurvey,
    AskColleague,
    BeginContact,
    BookCallback,
    CancelCallback,
    Command,
    CommandNoted,
    ConnectAgent,
    DeclineOffer,
    DeclineRequest,
    DeliveryReported,
    DisconnectAgent,
    Event,
    FactsRecorded,
    FailOffer,
    FinishContact,
    HearCustomer,
    HeedNote,
    HoldContact,
    IdentifyCustomer,
    Instant,
    JoinContact,
    LeaveContact,
    MergeContact,
    NoteEstimate,
    NoteHeeded,
    NoteWritten,
    OpenContact,
    ParkContact,
    PartContact,
    PutAgent,
    PutHours,
    PutQueue,
    PutSite,
    QueueContact,
    RecordFacts,
    ReleaseContact,
    RemoveAgent,
    RemoveQueue,
    ReportCallback,
    ReportDelivery,
    ReturnToBot,
    SayToCustomer,
    SetPresence,
    SnoozeContact,
    SurveyAnswered,
    TakeOverContact,
    TransferContact,
    UnmergeContact,
    WakeUp,
    WithdrawRequest,
    WrapUpContact,
    WriteNote,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import require_contact
from dryfly.floor.state import State
from dryfly.floor.timers import fire

_Setup = PutSite | PutQueue | PutHours | NoteEstimate | RemoveQueue | PutAgent | RemoveAgent
_Agents = ConnectAgent | DisconnectAgent | SetPresence | AcceptOffer | DeclineOffer | FailOffer
_Customers = OpenContact | IdentifyCustomer | HearCustomer | SayToCustomer | QueueContact | ReturnToBot | LeaveContact
_Talks = (
    FinishContact
    | TransferContact
    | TakeOverContact
    | ReleaseContact
    | MergeContact
    | UnmergeContact
    | JoinContact
    | PartContact
    | HoldContact
    | ParkContact
    | SnoozeContact
    | WrapUpContact
)
_Callbacks = BookCallback | CancelCallback | ReportCallback
_Requests = AskColleague | AcceptRequest | DeclineRequest | WithdrawRequest
_Records = ReportDelivery | WriteNote | HeedNote | RecordFacts | AnswerSurvey


def step(state: State, command: Command, now: Instant) -> list[Event]:
    """Let the command happen, and everything that follows from it. A `Refusal` leaves the state as it was."""
    events = decide(state, command, now)
    for event in events:
        apply(state, event, now)
    if isinstance(command, WakeUp):
        while more := fire(state, now):
            for event in more:
                apply(state, event, now)
            events += more
    events += match_waiting(state, now)
    return events + settle(state, now) if state.index.unsettled else events


def decide(state: State, command: Command, now: Instant) -> list[Event]:
    """What the command causes by itself. `WakeUp` causes what is due first; `step` goes on from there."""
    if now < state.clock:
        refuse("clock_went_back", clock=state.clock, now=now)
    if isinstance(command, WakeUp):
        return fire(state, now) or [CommandNoted()]
    return merging.with_followers(state, _decide(state, command, now))


def _decide(state: State, command: Command, now: Instant) -> list[Event]:
    assert not isinstance(command, WakeUp)
    if isinstance(command, _Customers):
        return _decide_customers(state, command, now)
    if isinstance(command, _Agents):
        return _decide_agents(state, command, now)
    if isinstance(command, _Talks):
        return _decide_talks(state, command, now)
    if isinstance(command, BeginContact):
        return beginning.begin(state, command, now)
    if isinstance(command, _Callbacks):
        return _decide_callbacks(state, command, now)
    if isinstance(command, _Requests):
        return _decide_requests(state, command, now)
    if isinstance(command, _Records):
        return _decide_records(state, command)
    return _decide_setup(state, command, now)


def _decide_customers(state: State, command: _Customers, now: Instant) -> list[Event]:
    match command:
        case OpenContact():
            return contacts.open_contact(state, command, now)
        case IdentifyCustomer():
            return contacts.identify(state, command, now)
        case HearCustomer():
            return contacts.hear(state, command, now)
        case SayToCustomer():
            return contacts.say(state, command)
        case QueueContact():
            return contacts.queue_contact(state, command, now)
        case ReturnToBot():
            return contacts.return_to_bot(state, command)
        case LeaveContact():
            return contacts.leave(state, command, now)
        case _:
            assert_never(command)


def _decide_agents(state: State, command: _Agents, now: Instant) -> list[Event]:
    match command:
        case ConnectAgent():
            return agents.connect(state, command)
        case DisconnectAgent():
            return agents.disconnect(state, command, now)
        case SetPresence():
            return agents.set_presence(state, command, now)
        case AcceptOffer():
            return offers.accept(state, command, now)
        case DeclineOffer():
            return offers.decline(state, command, now)
        case FailOffer():
            return offers.fail(state, command, now)
        case _:
            assert_never(command)


def _decide_talks(state: State, command: _Talks, now: Instant) -> list[Event]:
    match command:
        case FinishContact():
            return talks.finish(state, command, now)
        case TransferContact():
            return talks.transfer(state, command, now)
        case TakeOverContact():
            return talks.take_over(state, command, now)
        case ReleaseContact():
            return talks.release(state, command, now)
        case MergeContact():
            return merging.merge(state, command, now)
        case UnmergeContact():
            return merging.unmerge(state, command, now)
        case JoinContact():
            return talks.join(state, command)
        case PartContact():
            return talks.part(state, command)
        case HoldContact():
            return talks.hold(state, command)
        case ParkContact():
            return talks.park(state, command)
        case SnoozeContact():
            return snoozing.snooze(state, command, now)
        case WrapUpContact():
            return talks.end_wrap_up(state, command)
        case _:
            assert_never(command)


def _decide_callbacks(state: State, command: _Callbacks, now: Instant) -> list[Event]:
    match command:
        case BookCallback():
            return callbacks.book(state, command, now)
        case CancelCallback():
            return callbacks.cancel(state, command)
        case ReportCallback():
            return callbacks.report(state, command, now)
        case _:
            assert_never(command)


def _decide_requests(state: State, command: _Requests, now: Instant) -> list[Event]:
    match command:
        case AskColleague():
            return consulting.ask(state, command, now)
        case AcceptRequest():
            return consulting.accept(state, command, now)
        case DeclineRequest():
            return consulting.decline(state, command, now)
        case WithdrawRequest():
            return consulting.withdraw(state, command)
        case _:
            assert_never(command)


def _decide_records(state: State, command: _Records) -> list[Event]:
    """What the floor only keeps the order of."""
    if isinstance(command, ReportDelivery):  # a receipt may come after the contact has closed
        return [DeliveryReported(command.contact, command.message, command.state)]
    if isinstance(command, HeedNote):  # so may a look at a note
        return [NoteHeeded(command.contact, command.note, command.agent)]
    if isinstance(command, AnswerSurvey):  # and what is said of it
        return [SurveyAnswered(command.contact, command.score)]
    require_contact(state, command.contact)
    match command:
        case WriteNote():
            return [NoteWritten(command.contact, command.note, command.agent, command.mentions)]
        case RecordFacts():
            return [FactsRecorded(command.contact, command.keys)]
        case _:
            assert_never(command)


def _decide_setup(state: State, command: _Setup, now: Instant) -> list[Event]:
    match command:
        case PutSite():
            return site.put_site(state, command)
        case PutQueue():
            return site.put_queue(state, command)
        case PutHours():
            return site.put_hours(state, command)
        case NoteEstimate():
            return site.note_estimate(state, command)
        case RemoveQueue():
            return site.remove_queue(state, command)
        case PutAgent():
            return agents.put_agent(state, command)
        case RemoveAgent():
            return agents.remove_agent(state, command, now)
        case _:
            assert_never(command)

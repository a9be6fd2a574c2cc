"""What customers and the bot do: come, say something, ask for a person, go back to the bot, leave.

The bot's lock: it speaks while it owns the contact, and while the customer, waiting, has chosen to go on with it.
Everywhere else it is refused, so that it is silent from the moment a person was asked for.
"""

from dryfly.floor.entities import IN_LINE, Contact
from dryfly.floor.merging import parted_strangers
from dryfly.floor.model import (
    AgentId,
    AuthorKind,
    BotResumed,
    CommandNoted,
    ContactArrived,
    ContactClosed,
    ContactResumed,
    ContactState,
    CustomerIdentified,
    Ending,
    Event,
    HearCustomer,
    IdentifyCustomer,
    Instant,
    LeaveContact,
    MessageHeard,
    MessageSaid,
    OpenContact,
    QueueContact,
    QueuedBecause,
    ReturnToBot,
    Role,
    SayToCustomer,
)
from dryfly.floor.overflow import enters
from dryfly.floor.refusals import refuse
from dryfly.floor.service import check_queue, comes_back, queued, reply_due, require_contact, rescinded
from dryfly.floor.state import State, talk_of
from dryfly.floor.talks import require_own_talk, wrap_up

OWNER_SPEAKS = (ContactState.ACTIVE, ContactState.PARKED, ContactState.WRAP_UP)


def open_contact(state: State, command: OpenContact, now: Instant) -> list[Event]:
    if command.contact in state.contacts:
        refuse("contact_exists", contact=command.contact)
    if len(state.contacts) >= state.site.contacts_max:
        refuse("site_is_full", contacts_max=state.site.contacts_max)
    arrived = ContactArrived(command.contact, command.channel, command.customer)
    if command.queue is None:
        return [arrived]
    check_queue(state, command.queue)
    contact = Contact(command.contact, 0, command.channel, now, now, command.customer)
    entry = queued(state, contact, command.queue, now, QueuedBecause.OPENED, last_agent=command.last_agent)
    return [arrived, *enters(state, entry, now)]


def identify(state: State, command: IdentifyCustomer, now: Instant) -> list[Event]:
    contact = require_contact(state, command.contact)
    if (contact.customer, contact.identity_level) == (command.customer, command.level):
        return [CommandNoted()]
    identified = CustomerIdentified(command.contact, command.customer, command.level)
    return [identified, *parted_strangers(state, contact, command.customer, now)]


def hear(state: State, command: HearCustomer, now: Instant) -> list[Event]:
    contact = require_contact(state, command.contact)
    talk = talk_of(state, contact)
    channel = command.channel if talk is contact else None  # a merged one keeps its own until it is parted
    heard = MessageHeard(contact.id, command.message, channel)
    match talk.state:
        case ContactState.ACTIVE if talk.reply_due_at is None and talk.requeue_at is None:
            due = reply_due(state, talk, now)
            return [MessageHeard(contact.id, command.message, channel, due)]
        case ContactState.WRAP_UP:
            assert talk.agent is not None
            return [heard, ContactResumed(talk.id, talk.agent, reply_due(state, talk, now))]
        case ContactState.PARKED:
            return [heard, comes_back(state, talk, channel or talk.channel, now, QueuedBecause.SPOKE_AGAIN)]
        case _:
            return [heard]


def say(state: State, command: SayToCustomer) -> list[Event]:
    contact = require_contact(state, command.contact)
    match command.author:
        case AuthorKind.BOT if not (contact.state is ContactState.WITH_BOT or contact.bot_resumed):
            refuse("bot_is_silent", contact=contact.id, state=contact.state)
        case AuthorKind.AGENT if command.agent is None or not may_speak(talk_of(state, contact), command.agent):
            refuse("not_your_contact", contact=contact.id, agent=command.agent)
        case AuthorKind.CUSTOMER:
            refuse("author_unfit", author=command.author)
        case _:
            pass
    return [
        MessageSaid(contact.id, command.message, command.author, command.agent, command.permit_rule, command.asks_again)
    ]


def may_speak(contact: Contact, agent: AgentId) -> bool:
    """To the customer: the owner, and who was invited. Who is consulted or listens may not."""
    if contact.agent == agent and contact.state in OWNER_SPEAKS:
        return True
    return contact.participants.get(agent) is Role.INVITED


def queue_contact(state: State, command: QueueContact, now: Instant) -> list[Event]:
    contact = require_contact(state, command.contact)
    if contact.main is not None and command.because is QueuedBecause.CUSTOMER_ASKED:
        return [CommandNoted()]  # a person has it
    require_own_talk(state, contact.id)
    if contact.state is not ContactState.WITH_BOT and contact.state not in IN_LINE:
        refuse("contact_not_waiting", contact=contact.id, state=contact.state)
    check_queue(state, command.queue, contact)
    entry = queued(
        state,
        contact,
        command.queue,
        now,
        command.because,
        extra=command.extra,
        head_start_s=command.head_start_s,
        need=command.need,
        reason=command.reason,
        last_agent=command.last_agent,
    )
    return [*rescinded(contact, "moved"), *enters(state, entry, now)]


def return_to_bot(state: State, command: ReturnToBot) -> list[Event]:
    contact = require_own_talk(state, command.contact)
    if contact.state is ContactState.WITH_BOT or contact.bot_resumed:
        return [CommandNoted()]
    if contact.state not in IN_LINE:
        refuse("contact_not_waiting", contact=contact.id, state=contact.state)
    return [BotResumed(contact.id)]


def leave(state: State, command: LeaveContact, now: Instant) -> list[Event]:
    """On whichever of its contacts they end it, the talk is over."""
    contact = talk_of(state, require_contact(state, command.contact))
    solved = Ending.SOLVED_BY_BOT if command.solved else None
    match contact.state:
        case ContactState.WITH_BOT:
            return [ContactClosed(contact.id, solved or Ending.LEFT_BOT)]
        case ContactState.WAITING | ContactState.OFFERED if contact.callback is not None and not command.solved:
            return [CommandNoted()]  # and is called back as promised
        case ContactState.WAITING | ContactState.OFFERED:
            by_bot = solved if contact.bot_resumed else None
            closed = ContactClosed(contact.id, by_bot or Ending.ABANDONED)
            return [*rescinded(contact, "customer_left"), closed]
        case ContactState.ACTIVE:
            return wrap_up(state, contact, now)
        case ContactState.PARKED:
            return [ContactClosed(contact.id, Ending.SERVED, contact.agent)]
        case _:
            return [CommandNoted()]

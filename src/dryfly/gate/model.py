"""The gate's words: what is asked, and the permit or refusal that answers it."""

from dataclasses import dataclass
from enum import StrEnum

from dryfly.floor.model import AuthorKind, Channel, ContactId, ContactState, CustomerId, Instant, MessageId


class Purpose(StrEnum):
    """Why something goes out. More purposes (campaign, survey) come with their rules."""

    ANSWER = "answer"  # within the customer's own contact
    BEGIN = "begin"  # an agent writes first, to a customer who was here before
    TRANSCRIPT = "transcript"  # the customer's own talk, by mail, because they asked for it
    CALLBACK = "callback"  # the customer is called, because they asked for it


class Rule(StrEnum):
    """Every rule by which the gate decides. The name is what the journal keeps as evidence."""

    ANSWER_IN_OWN_CONTACT = "answer_in_own_contact"
    BEGUN_BY_AGENT = "begun_by_agent"
    SITE_BEGINS_NOT = "site_begins_not"
    HAS_OPEN_CONTACT = "has_open_contact"
    NOT_IN_OWN_NAME = "not_in_own_name"
    NO_SUCH_CONTACT = "no_such_contact"
    CONTACT_CLOSED = "contact_closed"
    OTHER_CUSTOMER = "other_customer"
    TRANSCRIPT_ASKED_FOR = "transcript_asked_for"
    CALLBACK_ASKED_FOR = "callback_asked_for"
    NOT_ASKED_FOR = "not_asked_for"
    NOT_PROVED = "not_proved"
    TOO_MANY_LETTERS = "too_many_letters"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What wants to go out: one message to one customer on one channel."""

    message: MessageId
    contact: ContactId
    customer: CustomerId | None
    channel: Channel
    author: AuthorKind
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the gate has to know, gathered by the shell. `contact_state` is None where no contact is open."""

    contact_state: ContactState | None
    contact_customer: CustomerId | None
    now: Instant
    site_begins: bool = False  # the site lets its agents write first
    has_open_contact: bool = False  # the customer has, on any channel
    asked_for: bool = False  # by the visitor whose talk it is, and the wish stands
    to_file: bool = False  # to the address on file, which is the customer's and nobody else's
    is_proved: bool = False  # it is the customer on file who talks
    letters_free_at: Instant | None = None  # when the next one may go; None: now


@dataclass(frozen=True, slots=True)
class Denied:
    """It may not go out: by which rule, and when at the earliest it may (None: not as long as things are so)."""

    rule: Rule
    earliest_at: Instant | None = None

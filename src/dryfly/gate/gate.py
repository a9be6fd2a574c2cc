"""The one gate that everything passes on its way to a customer, whoever sends it.

Theory of operation
- `may_go_out` is pure: what it decides by comes in as `Outgoing` and `Circumstances`.
- A yes is a `Permit`, and nobody else can make one. What sends takes the permit and shows it to the
  message (`covers`), so forgetting the gate is a type error and borrowing a permit is caught.
- Rules are small named functions in the order in which they are asked; the first that denies decides.
  Law, consent, preference, frequency, hours and open complaints join this list with outreach; the type of
  the permit, its place and the law that nothing is sent without one stay as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dryfly.floor.model import AuthorKind, ContactId, ContactState, Instant, MessageId
from dryfly.gate.model import Circumstances, Denied, Outgoing, Purpose, Rule

_MINT = object()


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave for one message to go out once. Only `may_go_out` makes it."""

    outgoing: Outgoing
    rule: Rule
    given_at: Instant
    _mint: object

    def __post_init__(self) -> None:
        if self._mint is not _MINT:
            raise TypeError("a Permit comes from gate.may_go_out and from nowhere else")

    def covers(self, message: MessageId, contact: ContactId) -> bool:
        """It is leave for this message to go out on this contact, and for nothing else."""
        return (self.outgoing.message, self.outgoing.contact) == (message, contact)


def _contact_is_open(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    if seen.contact_state is None:
        return Denied(Rule.NO_SUCH_CONTACT)
    if seen.contact_state is ContactState.CLOSED:
        return Denied(Rule.CONTACT_CLOSED)
    return None


def _contact_is_the_customers_own(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    return Denied(Rule.OTHER_CUSTOMER) if outgoing.customer != seen.contact_customer else None


def _site_begins(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    return None if seen.site_begins else Denied(Rule.SITE_BEGINS_NOT)


def _nothing_is_open(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    return Denied(Rule.HAS_OPEN_CONTACT) if seen.has_open_contact else None


def _in_own_name(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    return None if outgoing.author is AuthorKind.AGENT and outgoing.customer else Denied(Rule.NOT_IN_OWN_NAME)


def _in_a_persons_name(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    return None if outgoing.author is AuthorKind.AGENT else Denied(Rule.NOT_IN_OWN_NAME)


def _asked_for(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    return None if seen.asked_for else Denied(Rule.NOT_ASKED_FOR)


def _address_is_theirs(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    """What is on file is for whom it is on file; what the visitor types is theirs to say."""
    return Denied(Rule.NOT_PROVED) if seen.to_file and not (outgoing.customer and seen.is_proved) else None


def _not_too_many(outgoing: Outgoing, seen: Circumstances) -> Denied | None:
    free_at = seen.letters_free_at
    return Denied(Rule.TOO_MANY_LETTERS, free_at) if free_at is not None and free_at > seen.now else None


Denies = Callable[[Outgoing, Circumstances], Denied | None]

RULES: dict[Purpose, tuple[tuple[Denies, ...], Rule]] = {
    Purpose.ANSWER: ((_contact_is_open, _contact_is_the_customers_own), Rule.ANSWER_IN_OWN_CONTACT),
    Purpose.TRANSCRIPT: (
        (_asked_for, _contact_is_the_customers_own, _address_is_theirs, _not_too_many),
        Rule.TRANSCRIPT_ASKED_FOR,
    ),
    Purpose.CALLBACK: (
        (_contact_is_open, _contact_is_the_customers_own, _asked_for, _in_a_persons_name),
        Rule.CALLBACK_ASKED_FOR,
    ),
    Purpose.BEGIN: ((_site_begins, _in_own_name, _nothing_is_open), Rule.BEGUN_BY_AGENT),
}


def may_go_out(outgoing: Outgoing, seen: Circumstances) -> Permit | Denied:
    """The permit, or the first rule that denies."""
    denying, allowing = RULES[outgoing.purpose]
    for denies in denying:
        denied = denies(outgoing, seen)
        if denied is not None:
            return denied
    return Permit(outgoing, allowing, seen.now, _MINT)

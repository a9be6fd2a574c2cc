"""The customer image's words: who may be meant, what is on file about them, and where each answer came from.

Rules of this file
- A value is text in one canonical form, exact as the source has it: "1380.79", "2021-01-31", "pending". It is
  never a float, and never completed: what the source does not say is absent, and a record without a date has none.
- Every answer carries its `Provenance`, so that whoever shows it can say how old it is.
- What may be told to whom is decided by level (`IdentityLevel` and each field's own), when it is read.
"""

from decimal import Decimal
from enum import IntEnum, StrEnum

from msgspec import Struct

from dryfly.floor.model import CustomerId

AGENT_SIGHT = 4  # what the company's own agents see: all levels of a customer, and what is for agents only
RECORDS_MAX = 200


class IdentityLevel(IntEnum):
    """How sure it is that the person who talks is the customer on file. A field's own level is the least it takes."""

    UNKNOWN = 0  # nobody in particular: only what is public
    CLAIMED = 1  # they said something that names one customer
    KNOWN_ADDRESS = 2  # they write from an address on file
    PROVED = 3  # signed login, a code sent to an address on file, or what the site accepts as proof


class Evidence(StrEnum):
    """How an identifier was learned."""

    SAID = "said"  # in the talk, by whoever talks
    ADDRESS = "address"  # the channel vouches that they write or call from it
    CODE = "code"  # a code sent to it came back
    SIGNED = "signed"  # the company's own signed login


class IdentifierKind(StrEnum):
    PHONE = "phone"  # any spelling in, E.164 on file
    EMAIL = "email"
    ACCOUNT = "account"  # the customer's number in the company's books
    ORDER_NUMBER = "order_number"  # of any record whose number customers know
    CHANNEL = "channel"  # "whatsapp:+4915112345678", "telegram:4711"


class FieldType(StrEnum):
    TEXT = "text"
    DATE = "date"  # ISO 8601 day
    TIME = "time"  # ISO 8601, with "Z" where the source knows the zone
    MONEY = "money"  # exact decimal beside a currency
    NUMBER = "number"
    FLAG = "flag"  # "yes" or "no"
    ENUM = "enum"  # a key; `words` of the field translates it
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    PAIRS = "pairs"  # "color: blue": whatever names and values the source has


class Identifier(Struct, frozen=True):
    kind: IdentifierKind
    value: str


class Proof(Struct, frozen=True):
    """Several facts that only together name a customer: kind "name_postcode", values name and postcode."""

    kind: str
    values: dict[str, str]


class Provenance(Struct, frozen=True):
    """Where an answer came from. `loaded_at`: when the image was read from its source (ms UTC)."""

    source: str
    version: int
    loaded_at: int

    def age_ms(self, now: int) -> int:
        """How old the answer is at `now`; never negative, even after the clock was set back."""
        return max(0, now - self.loaded_at)


class Match(Struct, frozen=True):
    """One customer whom an identifier or a proof may mean. Several matches mean several people: never pick one.

    `level` is the identity level that this claim alone gives, by the site's policy.
    """

    customer: CustomerId
    by: str  # an IdentifierKind, or the kind of a proof
    level: IdentityLevel
    provenance: Provenance


class Recognition(Struct, frozen=True):
    """What a text (or an address) tells of who talks.

    `customer` only if all claims that match anybody agree on exactly one; otherwise `matches` shows the
    candidates, and one question decides; with a customer the claim that proves most comes first. `said` is what was
    found in the text, matched or not.
    """

    customer: CustomerId | None
    level: IdentityLevel
    matches: tuple[Match, ...] = ()
    said: tuple[Identifier | Proof, ...] = ()


class Field(Struct, frozen=True):
    """One thing on file, ready to be shown. `words` are the values in people's words; never empty."""

    key: str
    label: str
    type: FieldType
    values: tuple[str, ...]
    words: tuple[str, ...]
    currency: str | None = None

    @property
    def text(self) -> str:
        """All values in one line."""
        return ", ".join(self.words)


class Profile(Struct, frozen=True):
    """A customer as far as the asked level may see. `withheld`: keys of fields on file above that level."""

    customer: CustomerId
    name: str | None  # None: absent from the source, or above the asked level
    fields: tuple[Field, ...]
    withheld: tuple[str, ...]
    provenance: Provenance

    def field(self, key: str) -> Field | None:
        return next((f for f in self.fields if f.key == key), None)


class Line(Struct, frozen=True):
    """One item of a record. `amount`: the price as the source gives it, of one unit where it has a quantity."""

    key: str
    title: str
    quantity: Decimal | None = None
    amount: Decimal | None = None
    fields: tuple[Field, ...] = ()


class Record(Struct, frozen=True):
    """One order, invoice, contract... of a customer. What is None is not on file, and nobody may make it up."""

    kind: str  # the mapping's key: "order"
    label: str  # the kind in people's words: "Order"
    key: str
    title: str
    status: str | None  # as the source has it
    status_words: str | None  # for people
    status_category: str | None  # "open", "done", ...: the mapping's word for rules
    amount: Decimal | None
    currency: str | None
    date: str | None  # ISO 8601
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]
    withheld: tuple[str, ...]
    provenance: Provenance

    def field(self, key: str) -> Field | None:
        return next((f for f in self.fields if f.key == key), None)


class Records(Struct, frozen=True):
    """A page of records, newest first where they have dates. `withheld`: kinds above the asked level.

    `next` is passed as `after` to get the page that follows; None: there is none. `provenance` is None only
    while the site has no image.
    """

    records: tuple[Record, ...]
    withheld: tuple[str, ...] = ()
    next: str | None = None
    provenance: Provenance | None = None

"""What the desk shows of a customer, and what a search answers."""

import msgspec

from dryfly.conversations.model import StoryTalk, TalkRef


class FieldLine(msgspec.Struct, frozen=True):
    label: str
    value: str
    kind: str = "text"


class RecordLine(msgspec.Struct, frozen=True):
    kind: str  # in people's words: "Order", "Invoice"
    key: str
    title: str
    status: str
    amount: str = ""
    date: str = ""
    fields: tuple[FieldLine, ...] = ()
    items: tuple[FieldLine, ...] = ()


class RecordGroup(msgspec.Struct, frozen=True):
    """The customer's records of one kind: the newest ones, of `count`. `next` asks for those after them."""

    kind: str  # the mapping's key: "order"
    title: str
    count: int
    records: tuple[RecordLine, ...]
    next: str | None = None


class ImageAge(msgspec.Struct, frozen=True):
    """Where the customer's data comes from and how old it is; and how often it is to be read anew, if on its own."""

    source: str
    version: int
    loaded_at: int
    refresh_every_min: int | None = None


class Address(msgspec.Struct, frozen=True):
    """Where the customer can be met, as far as is on file. `kind`: "email", "phone", "channel"."""

    kind: str
    value: str


class StoryPage(msgspec.Struct, frozen=True):
    """The customer's contacts on every channel, newest first."""

    talks: tuple[StoryTalk, ...]
    more: bool


class CustomerPanel(msgspec.Struct, frozen=True):
    """`image` is None where the site has none. `on_file` is false where the image has no such customer (any more)."""

    customer: str
    name: str
    identity_level: int
    on_file: bool
    fields: tuple[FieldLine, ...]
    addresses: tuple[Address, ...]
    groups: tuple[RecordGroup, ...]
    image: ImageAge | None
    story: StoryPage


class Piece(msgspec.Struct, frozen=True):
    """A part of a snippet: plain text, found or not."""

    text: str
    found: bool = False


class CustomerHit(msgspec.Struct, frozen=True):
    """`by`: what they were found by ("name", "email", "order_number", ...), as it is on file."""

    customer: str
    name: str
    by: str
    value: str


class TalkHit(msgspec.Struct, frozen=True):
    """A talk and its newest line that has the words, of `count`. `kind`: "message", "note", "facts"."""

    talk: TalkRef
    customer_name: str
    at: int
    count: int
    kind: str
    pieces: tuple[Piece, ...]


class SearchPage(msgspec.Struct, frozen=True):
    """`next` asks for the talks after these; customers come with the first page only.

    `cut`: the time ran out before everything was looked through.
    """

    customers: tuple[CustomerHit, ...]
    talks: tuple[TalkHit, ...]
    next: str | None
    cut: bool

"""The frames that every Dryfly socket speaks, whatever room stands behind it.

A client's frame names what it wants (`do`); one that changes something carries an `id` made by the client
(`platform.ids`), and is answered exactly once, by `Receipt` or `Refused` with that id in `re`. Sending the
same frame again is safe: the same id gets the same receipt. A server's frame names what it is (`is`).

Pushes are numbered: `seq` is the journal's number of what happened, `prev` the number of the push before it
on this socket. A client that sees a `prev` which is not its last number has a gap; it says hello again with
its last number and gets the rest, or a fresh state.

    client                      server
    Hello(since=41)      ->
                         <-     Welcome
                         <-     Push(prev=41, seq=43) ...        the rest, or
                         <-     State(seq=57)                    a fresh state
    Say(id=A)            ->
                         <-     Receipt(re=A, seq=58)
                         <-     Push(prev=57, seq=58)
"""

import msgspec

from dryfly.platform.errors import ErrorValue


class ErrorBody(msgspec.Struct, frozen=True):
    """`code` is stable; `text` says in English what to do; `values` let a screen say it in another language."""

    code: str
    text: str
    values: dict[str, ErrorValue] = {}


class Receipt(msgspec.Struct, frozen=True, tag_field="is", tag="receipt"):
    """The command `re` is done, durably, as number `seq` of the journal."""

    re: str
    seq: int
    at: int


class Refused(msgspec.Struct, frozen=True, tag_field="is", tag="refused"):
    """The command `re` was refused and changed nothing. `re` is empty where the frame could not be read."""

    re: str
    error: ErrorBody


class Bye(msgspec.Struct, frozen=True, tag_field="is", tag="bye"):
    """The server closes this socket. `again`: saying hello anew is welcome (after a moment)."""

    error: ErrorBody
    again: bool

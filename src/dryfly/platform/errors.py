"""Errors by culprit.

`CallerError`: somebody asked for what cannot be (their mistake): a stable code, a sentence that says what
to do, an HTTP status. `PeerError`: another system or the network failed: retry by policy. What is wrong
with ourselves is an `assert`: stop, and restart from the journal.
"""

from functools import partial
from typing import Any

ErrorValue = int | float | str | None


class CallerError(Exception):
    """A caller's mistake.

    `code` is stable and machine-readable (`message_too_long`), `text` is an English sentence that says what
    to do, `values` are the numbers and ids a screen needs to say it in the reader's language.
    """

    def __init__(self, code: str, text: str, *, status: int = 400, **values: ErrorValue) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.status = status
        self.values = values

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        """So that it comes back from another process as it was."""
        return partial(type(self), self.code, self.text, status=self.status, **self.values), ()


class PeerError(Exception):
    """A provider, a database or the network failed; trying again may help."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text

"""How a site's widget looks, speaks and invites. What a page says in its data attributes stands before it."""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from dryfly.platform.errors import CallerError

LANGUAGES = ("en", "de", "fr", "es", "ar", "tr")  # that the widget has its own words in
GREETING_MAX = 500
INVITATIONS_MAX = 20
OFFSET_PX_MAX = 400
AFTER_S_MAX = 3_600

_ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Theme(StrEnum):
    AUTO = "auto"  # as the reader's machine has it
    LIGHT = "light"
    DARK = "dark"


class Side(StrEnum):
    """Where on the page. `END` is where lines end: right, and left on a page that is read from right to left."""

    END = "end"
    LEFT = "left"
    RIGHT = "right"


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the widget looks and speaks. Empty `title`: the site's; empty `greeting`: the reader's language's own.

    `offset_x`, `offset_y`: the button's distance from the page's edges, in pixels.
    """

    title: str = ""
    bot_name: str = "Assistant"
    accent: str = "#0b6e64"
    language: str = "en"
    theme: Theme = Theme.AUTO
    side: Side = Side.END
    offset_x: int = 20
    offset_y: int = 20
    greeting: str = ""
    survey: bool = True  # one question after a talk


class Invitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a visitor may be asked, once, whether they want to talk. All that is set must hold.

    `pages`: paths, `*` for anything ("/checkout*"). `after_s`: seconds on the page. `scroll`: share of the page
    that was seen (0..1). `on_exit`: the pointer leaves for the tabs. `share` (0..1) of those for whom it holds
    are asked; the others are not, so that asking is measured against not asking.
    """

    id: str
    text: str
    pages: str = "*"
    after_s: int = 20
    scroll: float = 0.0
    on_exit: bool = False
    share: float = 0.5


def look_problems(look: Look) -> Iterator[CallerError]:
    if not _ACCENT.fullmatch(look.accent):
        yield _problem("colour_wrong", "site.look.accent", "Write a colour as #0b6e64.")
    if len(look.greeting) > GREETING_MAX or "\x00" in look.greeting:
        yield _problem("text_wrong", "site.look.greeting", f"At most {GREETING_MAX} characters, none of them NUL.")
    if not all(0 <= offset <= OFFSET_PX_MAX for offset in (look.offset_x, look.offset_y)):
        yield _problem("offset_wrong", "site.look", f"Offsets are 0 to {OFFSET_PX_MAX} pixels.")


def invitation_problems(invitations: tuple[Invitation, ...]) -> Iterator[CallerError]:
    ids = [invitation.id for invitation in invitations]
    if len(set(ids)) < len(ids) or len(ids) > INVITATIONS_MAX:
        text = f"At most {INVITATIONS_MAX} invitations, each with its own id."
        yield _problem("invitation_wrong", "site.invitations", text)
    for invitation in invitations:
        if wrong := _wrong_with(invitation):
            yield _problem("invitation_wrong", f"site.invitations/{invitation.id}", wrong)


def _wrong_with(invitation: Invitation) -> str:
    if not _ID.fullmatch(invitation.id):
        return "An id is 1 to 64 of a-z, 0-9, _ and -."
    if not 0 < len(invitation.text.strip()) <= GREETING_MAX or "\x00" in invitation.text:
        return f"Say in 1 to {GREETING_MAX} characters what the visitor is asked."
    if len(invitation.pages) > GREETING_MAX:
        return f"At most {GREETING_MAX} characters of a path."
    if not 0 <= invitation.after_s <= AFTER_S_MAX:
        return f"Seconds are 0 to {AFTER_S_MAX}."
    if not (0 <= invitation.scroll <= 1 and 0 <= invitation.share <= 1):
        return "Shares are 0 to 1."
    return ""


def _problem(code: str, where: str, text: str) -> CallerError:
    return CallerError(code, f"{where}: {text}", where=where)

"""What the console's walk page is told."""

from msgspec import Struct

from dryfly.walk.path import Found, Moment


class WalkScript(Struct, frozen=True):
    """A script to begin with. `text`: YAML."""

    name: str
    text: str


class WalkPage(Struct, frozen=True):
    """The walk that runs, or the last one. `found`: once it is over."""

    is_walking: bool
    name: str = ""
    began_at: int | None = None
    moments: tuple[Moment, ...] = ()
    found: Found | None = None
    contact: str | None = None
    scripts: tuple[WalkScript, ...] = ()


class WalkAsked(Struct, frozen=True, forbid_unknown_fields=True):
    script: str

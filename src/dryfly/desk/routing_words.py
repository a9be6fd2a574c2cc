"""What a screen is told of a contact's routing: how it came where it is, and what stands in its way now."""

import msgspec

from dryfly.desk.words import WhyLine


class Obstacle(msgspec.Struct, frozen=True):
    """What keeps so many agents, who could serve it, from a contact. `code` is a key of `floor.why.OBSTACLES`."""

    code: str
    agents_count: int


class InTheWay(msgspec.Struct, frozen=True):
    """Why nobody has a contact yet. `reason` is a key of `floor.why.REASONS`. What does not apply is None or empty."""

    reason: str
    agent: str | None = None  # to whom it is offered, or who is waited for
    waiting_since: int | None = None
    due_at: int | None = None
    ahead_count: int | None = None  # of the same kind, due before it
    call_at: int | None = None  # when it is to be called back
    obstacles: tuple[Obstacle, ...] = ()  # most agents first
    relaxes_at: tuple[int, ...] = ()  # when its requirement will ask less


class RoutingPage(msgspec.Struct, frozen=True):
    """Oldest decision first. `in_the_way` None: it does not wait for an agent."""

    at: int
    why: tuple[WhyLine, ...]
    in_the_way: InTheWay | None

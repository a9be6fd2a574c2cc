"""What every open desk is told of the house: its set-up, and which colleagues are on duty. Volatile, not numbered.

A fresh state has both in it. Afterwards the set-up is told whole whenever it changed, and of the colleagues only who
came and who went. Whoever comes back without a fresh state says which set-up they know (`Hello`).
"""

import msgspec

from dryfly.floor.model import Presence


class Named(msgspec.Struct, frozen=True):
    id: str
    title: str


class DispositionLine(msgspec.Struct, frozen=True):
    """`queues`: where it is offered; none: everywhere."""

    id: str
    title: str
    queues: tuple[str, ...] = ()


class SetUpNow(msgspec.Struct, frozen=True, tag_field="is", tag="set_up"):
    """What a desk shows of the set-up, as in `DeskState`. Canned replies are fetched anew for a new `version`."""

    version: int
    site_title: str
    queues: tuple[Named, ...]
    agents: tuple[Named, ...]
    dispositions: tuple[DispositionLine, ...]
    presence_reasons: tuple[Named, ...]


class OnDuty(msgspec.Struct, frozen=True):
    """A colleague who is here: ready for work, or away for a while."""

    agent: str
    presence: Presence


class OnDutyNow(msgspec.Struct, frozen=True, tag_field="is", tag="on_duty"):
    """Who came or changed, and who is not here any more. `whole`: forget who was here before."""

    came: tuple[OnDuty, ...] = ()
    went: tuple[str, ...] = ()
    whole: bool = False

"""Keeps every open desk of a site up with its house: the set-up, and which colleagues are on duty.

Theory of operation
- A change of the set-up is told at once, whole: it is small, and there are few of them in a day.
- Who is on duty changes with each break of each of hundreds of agents. It is told at most once in `EVERY_S`, as who
  came and who went. A fresh state shows what was told last, so old state plus frames is a fresh state.
- A desk is told from the moment on that its state was sent (`join`); what changed in between it gets then.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from dryfly.desk import words
from dryfly.desk.house_words import OnDuty, OnDutyNow
from dryfly.desk.lines import set_up_now
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, Presence, SiteId
from dryfly.ledger import Ledger, Recorded, Topic
from dryfly.platform.errors import PeerError
from dryfly.platform.sockets import Outbox
from dryfly.setup.model import Catalogue

EVERY_S = 1.0
CHANGES_DUTY = (floor.PresenceChanged, floor.AgentConnected, floor.AgentVanished, floor.AgentRemoved)
_encode = msgspec.json.Encoder().encode
Duty = Mapping[AgentId, Presence]


class Desk(Protocol):
    """One open desk, as this room needs it."""

    outbox: Outbox


class House:
    """Implements `ledger.View`, to hear who comes and goes."""

    def __init__(self, catalogue: Callable[[], Catalogue]) -> None:
        self._catalogue = catalogue
        self._desks: dict[Desk, None] = {}
        self._on_duty: Duty = {}  # as everybody was told
        self._telling: asyncio.Task[None] | None = None
        self._ledger: Ledger | None = None

    def begin(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # ---- desks ---------------------------------------------------------------------------------

    def shown(self, desk: words.DeskState) -> words.DeskState:
        """The fresh state, with those on duty as everybody sees them."""
        return msgspec.structs.replace(desk, on_duty=duty_lines(self._on_duty))

    def join(self, desk: Desk, state: words.DeskState) -> None:
        """It was just sent this state."""
        self._desks[desk] = None
        self._tell_set_up(desk, state.set_up)
        changed = between({AgentId(line.agent): line.presence for line in state.on_duty}, self._on_duty)
        if changed.came or changed.went:
            desk.outbox.say(changed)

    def rejoin(self, desk: Desk, set_up: int | None) -> None:
        """It came back with the state that it had, and this version of the set-up."""
        self._desks[desk] = None
        self._tell_set_up(desk, set_up)
        desk.outbox.say(OnDutyNow(duty_lines(self._on_duty), whole=True))

    def leave(self, desk: Desk) -> None:
        self._desks.pop(desk, None)

    def _tell_set_up(self, desk: Desk, known: int | None) -> None:
        if known != self._catalogue().version:
            desk.outbox.say(set_up_now(self._catalogue()))

    def _tell(self, frame: msgspec.Struct) -> None:
        encoded = _encode(frame)
        for desk in tuple(self._desks):
            desk.outbox.put(encoded)

    # ---- what changes --------------------------------------------------------------------------

    def set_up_changed(self) -> None:
        self._tell(set_up_now(self._catalogue()))

    async def reset(self, site: SiteId, state: State) -> None:
        """Every desk is cut off and comes back."""
        self._on_duty = on_duty(state)

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        if isinstance(recorded.event, CHANGES_DUTY) and self._telling is None:
            self._telling = asyncio.create_task(self._tell_later())
        return []

    async def _tell_later(self) -> None:
        await asyncio.sleep(EVERY_S)
        self._telling = None
        with contextlib.suppress(PeerError):  # the store is away: everybody is told when it is back
            await self.tell_on_duty()

    async def tell_on_duty(self) -> None:
        assert self._ledger is not None
        now, _ = await self._ledger.read(on_duty)
        changed = between(self._on_duty, now)
        self._on_duty = now
        if changed.came or changed.went:
            self._tell(changed)


def on_duty(state: State) -> Duty:
    """Who is here: not signed out, and with a desk open."""
    there = (agent for agent in state.agents.values() if agent.is_connected)
    return {agent.id: agent.presence for agent in there if agent.presence is not Presence.OFFLINE}


def duty_lines(duty: Duty) -> tuple[OnDuty, ...]:
    return tuple(OnDuty(agent, duty[agent]) for agent in sorted(duty))


def between(before: Duty, now: Duty) -> OnDutyNow:
    came = {agent: presence for agent, presence in now.items() if before.get(agent) is not presence}
    return OnDutyNow(duty_lines(came), tuple(sorted(before.keys() - now.keys())))

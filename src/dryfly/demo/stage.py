"""A floor in memory under a clock that is turned by hand: what people do on it is planned, and what was done is told.

The history is first played here, purely, and then written (`writing`): so the same seed gives the same weeks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

import msgspec

from dryfly.conversations.record import Said
from dryfly.floor import State, new_state, next_deadline, step
from dryfly.floor.model import Command, Event, Instant, Refusal, WakeUp
from dryfly.ledger import Actor, CommandId, Words
from dryfly.ledger.model import CLOCK
from dryfly.platform.ids import new_id

Act = Callable[[], object]


class Planned(msgspec.Struct, frozen=True):
    """One command of the history, with everything that is written beside it. `said`: an answer to the customer."""

    at: int
    id: CommandId
    actor: Actor
    command: Command
    words: tuple[Words, ...] = ()
    said: Said | None = None


@dataclass
class Stage:
    """`react` is told each event, after it happened."""

    random: Random
    now: int
    react: Callable[[Event], None]
    state: State = field(default_factory=new_state)

    def __post_init__(self) -> None:
        self._acts: list[tuple[int, int, Act]] = []
        self._acts_count = 0
        self._done: list[Planned] = []

    def after(self, seconds: float, act: Act) -> None:
        self.at(self.now + round(seconds * 1000), act)

    def at(self, instant: int, act: Act) -> None:
        self._acts_count += 1
        heappush(self._acts, (instant, self._acts_count, act))

    def run(self, until: int) -> Iterator[Planned]:
        """Plays what was planned up to an instant."""
        while self._acts and self._acts[0][0] <= until:
            at, _, act = heappop(self._acts)
            self._wake_up_until(at)
            self.now = max(self.now, at)
            act()
            yield from self._handed_out()
        self._wake_up_until(until)
        self.now = max(self.now, until)
        yield from self._handed_out()

    def _handed_out(self) -> list[Planned]:
        done, self._done = self._done, []
        return done

    def _wake_up_until(self, until: int) -> None:
        while (deadline := next_deadline(self.state)) is not None and deadline <= until:
            self.now = max(self.now, deadline)
            self.do(CLOCK, WakeUp())

    def new_id(self) -> CommandId:
        return CommandId(new_id(self.now, self.random.getrandbits(80)))

    def do(
        self, actor: Actor, command: Command, *words: Words, id: CommandId | None = None, said: Said | None = None
    ) -> bool:
        """Whether the floor took it. What it refuses is no part of the history."""
        try:
            events = list(step(self.state, command, Instant(self.now)))
        except Refusal:
            return False
        if events or not isinstance(command, WakeUp):
            self._done.append(Planned(self.now, id or self.new_id(), actor, command, words, said))
        for event in events:
            self.react(event)
        return True


@dataclass
class Later:
    """Acts of one person, one after the other, each a while after the one before."""

    stage: Stage
    acts: list[tuple[float, Act]] = field(default_factory=list)

    def then(self, seconds: float, act: Act) -> "Later":
        self.acts.append((seconds, act))
        return self

    def begin(self) -> None:
        if self.acts:
            seconds, act = self.acts.pop(0)
            self.stage.after(seconds, lambda: self._go(act))

    def _go(self, act: Act) -> None:
        act()
        self.begin()

"""Small centres whose days can be worked out by hand. Times in seconds; everybody accepts alone unless told."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dryfly.floor import Measures
from dryfly.floor import model as m
from dryfly.floor.model import AgentId, Channel, Instant, QueueId
from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.drive import drive
from dryfly.simulation.workload import Act, Ints, Outcome, Roster, Trajectory, plain_workload

VOICE = Channel("voice")
CHAT = Channel("chat")
CHANNELS = (m.ChannelCapacity(VOICE, 100, 1), m.ChannelCapacity(CHAT, 30, 3))


def ms(*seconds: float) -> Ints:
    return np.array([round(s * 1000) if s >= 0 else -1 for s in seconds], dtype=np.int64)


def whole(*numbers: int) -> Ints:
    return np.array(numbers, dtype=np.int64)


def small_centre(agents: int = 1, *, auto_accept: bool = True, **rules: Any) -> Centre:
    """One queue, no wrap-up."""
    usual: dict[str, Any] = {"wrap_up_s": 0, "service_level_s": 20, "target_s": 20, "choice": "longest_idle"}
    queue = m.QueueSpec(**usual | rules)
    spec = m.AgentSpec(channels=CHANNELS, auto_accept=auto_accept)
    return Centre(
        queues=((QueueId("q"), without_words(queue)),),
        agents=tuple((AgentId(f"a{number}"), spec) for number in range(agents)),
        channels=(VOICE, CHAT),
    )


def roster(agents: int, *acts: tuple[float, int, Act], paces: tuple[float, ...] = (1.0,), **more: Any) -> Roster:
    """Everybody signs in at the beginning; then what `acts` tell: (second, agent, act)."""
    planned = [(0.0, agent, Act.SIGN_IN) for agent in range(agents)] + sorted(acts)
    return Roster(
        at_ms=ms(*(at for at, _, _ in planned)),
        agent=whole(*(agent for _, agent, _ in planned)),
        act=whole(*(act for _, _, act in planned)),
        **{"speed": np.ones((agents, 1)), "concurrency": np.array(paces)} | more,
    )


@dataclass
class Told:
    """Plays a run, and keeps what was told of it."""

    centre: Centre
    journal: list[tuple[m.Event, Instant]] = field(default_factory=list)
    measures: Measures = field(default_factory=Measures)

    def run(self, arrived: Ints, handling: Ints, staff: Roster, **columns: Ints) -> Trajectory:
        return drive(self.centre, plain_workload(arrived, handling, **columns), staff, watch=self._watch)

    def _watch(self, events: list[m.Event], at: Instant) -> None:
        for event in events:
            self.journal.append((event, at))
            self.measures.add(event, at)


def outcomes(done: Trajectory) -> list[str]:
    return [Outcome(outcome).name.lower() for outcome in done.outcome]

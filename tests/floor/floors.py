"""Floors for tests: one that checks everything after every step."""

from dataclasses import dataclass, field

from dryfly.floor import State, apply, check_invariants, digest, new_state, restore, snapshot, step
from dryfly.floor.measures import Measures
from dryfly.floor.model import Command, Event, Instant, Refusal
from tests.floor.naive import naive_step


@dataclass
class CheckedFloor:
    """Steps the floor and the naive one side by side, and holds the invariants after every step."""

    state: State = field(default_factory=new_state)
    naive: State = field(default_factory=new_state)
    journal: list[tuple[Event, Instant]] = field(default_factory=list)
    measures: Measures = field(default_factory=Measures)
    refusals: dict[str, int] = field(default_factory=dict)
    restarts_count: int = 0

    def submit(self, command: Command, now: Instant) -> list[Event]:
        try:
            events = step(self.state, command, now)
        except Refusal as refusal:
            self.refusals[refusal.code] = self.refusals.get(refusal.code, 0) + 1
            check_invariants(self.state)
            return []
        assert events, "a step that is not refused is noted at least"
        assert naive_step(self.naive, command, now) == events, command
        check_invariants(self.state)
        assert not self.state.index.unplaced
        assert not self.state.index.freed
        for event in events:
            self.journal.append((event, now))
            self.measures.add(event, now)
        return events

    def restart(self) -> None:
        """What a snapshot says is all there is."""
        self.restarts_count += 1
        before = digest(self.state)
        self.state = restore(snapshot(self.state))
        assert digest(self.state) == before

    def check_replay(self) -> None:
        """The journal alone, applied to an empty floor, gives this floor."""
        replayed = new_state()
        for event, at in self.journal:
            apply(replayed, event, at)
        assert digest(replayed) == digest(self.state)
        assert digest(restore(snapshot(replayed))) == digest(self.state)

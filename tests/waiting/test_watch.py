"""The flow follows the floor through generated days with faults, whatever happens there."""

from dataclasses import dataclass, field

import pytest

from dryfly.floor.model import Command, ContactQueued, ContactState, Event, Instant
from dryfly.ledger import Actor, CommandId, Recorded
from dryfly.waiting.signs import NAMES
from dryfly.waiting.watch import WAITING, Watch
from tests.days.generator import GeneratedDay
from tests.floor.floors import CheckedFloor


@dataclass
class WatchedFloor(CheckedFloor):
    watch: Watch = field(default_factory=lambda: Watch(lambda queue, row: None))
    queued_count: int = 0
    aside_count: int = 0
    compared_count: int = 0

    def submit(self, command: Command, now: Instant) -> list[Event]:
        events = super().submit(command, now)
        for event in events:
            contact = getattr(event, "contact", None)
            self.watch.see(Recorded(1, now, event, Actor("test"), CommandId("c"), contact), self.state)
        for event in events:
            if isinstance(event, ContactQueued) and self._still_waits(event):
                self.queued_count += 1
                self.aside_count += self.watch.aside(event.contact, now) is not None
        self._compare()
        return events

    def restart(self) -> None:
        super().restart()
        self.watch.begin(self.state)
        self._compare()

    def _still_waits(self, event: ContactQueued) -> bool:
        contact = self.state.contacts.get(event.contact)
        return contact is not None and contact.state in WAITING

    def _compare(self) -> None:
        self.compared_count += 1
        flow, contacts = self.watch.flow, self.state.contacts.values()
        assert flow.queue_of == {one.id: one.queue for one in contacts if one.state in WAITING and one.queue}
        active = {one.id: one.agent for one in contacts if one.state is ContactState.ACTIVE}
        assert {contact: served.agent for contact, served in flow.serving.items()} == active
        assert sorted(flow.busy) == sorted({agent for agent in active.values() if agent})
        assert all(known.is_connected for known in self.state.agents.values() if known.id in flow.everywhere.hands)


@pytest.mark.parametrize("seed", [3, 11, 27])
def test_the_flow_is_where_the_floor_is(seed: int) -> None:
    floor = WatchedFloor()
    GeneratedDay(seed, floor).run()
    assert floor.compared_count > 100
    assert floor.aside_count == floor.queued_count, "every wait that begins is put aside for learning"


def test_a_sign_has_a_name() -> None:
    assert len(set(NAMES)) == len(NAMES)

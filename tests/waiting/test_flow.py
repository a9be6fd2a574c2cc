"""What the flow remembers is what a look at everything would find."""

from dataclasses import dataclass, field
from random import Random

import pytest

from dryfly.floor.model import AgentId, ContactId, QueueId
from dryfly.waiting.flow import LATELY_MS, MINUTE_MS, Flow, Waiter
from dryfly.waiting.signs import NAMES, signs

QUEUES = [QueueId(name) for name in ("orders", "returns", "stock")]
NEW = Waiter(0, 0)


@dataclass
class Naive:
    """Remembers everything, counts anew each time."""

    waiting: dict[ContactId, tuple[QueueId, Waiter]] = field(default_factory=dict)
    served: list[tuple[int, QueueId, AgentId]] = field(default_factory=list)  # began, or ended

    def ahead(self, due: int, *queues: QueueId) -> int:
        return sum(queue in queues and waiter.due <= due for queue, waiter in self.waiting.values())

    def hands(self, at: int, *queues: QueueId) -> int:
        return len({agent for when, queue, agent in self.served if queue in queues and when > at - LATELY_MS})


@pytest.mark.parametrize("seed", range(5))
def test_a_wild_day_is_counted_as_if_everything_were_looked_at(seed: int) -> None:
    random, flow, naive, at = Random(seed), Flow(), Naive(), 0
    serving: dict[ContactId, tuple[QueueId, AgentId]] = {}
    for number in range(600):
        at += random.randrange(20_000)
        doing, queue = random.choice(["queue", "queue", "engage", "engage", "finish", "leave"]), random.choice(QUEUES)
        waiter = Waiter(at, at - random.choice([0, 90_000]), random.random() < 0.3)
        if doing == "queue":
            contact = ContactId(f"{number}")
            flow.queue(contact, queue, waiter, at)
            naive.waiting[contact] = queue, waiter
        elif doing == "engage" and naive.waiting:
            contact = random.choice(list(naive.waiting))
            queue, _ = naive.waiting.pop(contact)
            agent = AgentId(f"agent{random.randrange(6)}")
            flow.engage(contact, agent, queue, at)
            serving[contact] = queue, agent
            naive.served.append((at, queue, agent))
        elif doing == "finish" and serving:
            contact = random.choice(list(serving))
            flow.finish(contact, at)
            naive.served.append((at, *serving.pop(contact)))
        elif doing == "leave" and naive.waiting:
            contact = random.choice(list(naive.waiting))
            del naive.waiting[contact]
            flow.leave(contact, at)
        told = dict(zip(NAMES, signs(flow, QUEUES[0], waiter, at), strict=True))
        here = [waiter for queue, waiter in naive.waiting.values() if queue == QUEUES[0]]
        assert told["here_waiting"] == len(here)
        assert told["all_waiting"] == len(naive.waiting)
        assert told["here_ahead"] == naive.ahead(waiter.due, QUEUES[0])
        assert told["all_ahead"] == naive.ahead(waiter.due, *QUEUES)
        assert told["here_hands"] == naive.hands(at, QUEUES[0])
        assert told["all_hands"] == naive.hands(at, *QUEUES)
        assert told["here_age_min"] == pytest.approx(sum(at - one.since for one in here) / MINUTE_MS)
        assert told["here_early"] == sum(one.is_early for one in here)
        assert told["busy"] == len({agent for _, agent in serving.values()})


def test_who_signs_out_is_no_hand_any_more() -> None:
    flow = Flow()
    flow.engage(ContactId("a"), AgentId("ann"), QUEUES[0], 0)
    flow.finish(ContactId("a"), MINUTE_MS)
    before = dict(zip(NAMES, signs(flow, QUEUES[0], NEW, MINUTE_MS), strict=True))
    flow.lose(AgentId("ann"), MINUTE_MS)
    after = dict(zip(NAMES, signs(flow, QUEUES[0], NEW, MINUTE_MS), strict=True))
    assert (before["here_hands"], before["resting"]) == (1, 1)
    assert (after["here_hands"], after["resting"]) == (0, 0)


def test_what_is_kept_does_not_grow_with_the_day() -> None:
    flow = Flow()
    for number in range(20_000):
        contact, at = ContactId(f"{number}"), number * 1_000
        flow.queue(contact, QUEUES[0], Waiter(at, at), at)
        flow.engage(contact, AgentId(f"agent{number % 40}"), QUEUES[0], at + 500)
        flow.finish(contact, at + 900)
    line = flow.everywhere
    kept = (flow.serving, flow.queue_of, flow.busy, line.waiting, line.dues)
    assert not any(kept)
    assert len(line.hands) == len(flow.resting) == 40
    assert len(line.came._at) <= 2 * 900

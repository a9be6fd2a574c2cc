"""Listens to a run and keeps the books a second way: the floor's own measures, and Little's law in every queue.

The number who wait, added up over time by the floor's count, has to be the time that all of them waited, added up by
the run's arrays. And each count of the arrays has to be the floor's.
"""

from dataclasses import asdict, dataclass, field

from dryfly.floor import Measures
from dryfly.floor import model as m
from dryfly.floor.model import Instant
from dryfly.simulation.figures import figures_by_queue
from dryfly.simulation.plan import Plan
from dryfly.simulation.workload import NONE, Outcome, Trajectory, Workload


@dataclass
class Audit:
    plan: Plan
    measures: Measures = field(default_factory=Measures)
    waiting_ms: dict[m.QueueId, int] = field(default_factory=dict)  # people times milliseconds
    seen_at: Instant = Instant(0)  # noqa: RUF009

    def watch(self, events: list[m.Event], at: Instant) -> None:
        passed = at - self.seen_at
        if passed:
            for queue, figures in self.measures.queues.items():
                self.waiting_ms[queue] = self.waiting_ms.get(queue, 0) + figures.waiting_count * passed
            self.seen_at = at
        for event in events:
            self.measures.add(event, at)

    def differences(self, workload: Workload, done: Trajectory) -> list[str]:
        """What does not agree; nothing, if all is well."""
        return [*self._counts_apart(workload, done), *self._little(workload, done)]

    def _counts_apart(self, workload: Workload, done: Trajectory) -> list[str]:
        counted = figures_by_queue(self.plan, workload, done)
        names = [name for name, _ in self.plan.centre.queues]
        return [
            f"{queue}.{name}: the floor counts {value}, the arrays {own[name]}"
            for queue, figures in zip(names, counted, strict=True)
            for own in (asdict(figures),)
            for name, value in asdict(self.measures.queues[queue]).items()
            if own.get(name, value) != value
        ]

    def _little(self, workload: Workload, done: Trajectory) -> list[str]:
        waited = waited_by_queue(self.plan, workload, done, self.seen_at - self.plan.centre.begins_at)
        pairs = zip(self.plan.centre.queues, waited, strict=True)
        return [
            f"{queue}: {self.waiting_ms.get(queue, 0)} ms in line, {total} ms waited"
            for (queue, _), total in pairs
            if self.waiting_ms.get(queue, 0) != total
        ]


def waited_by_queue(plan: Plan, workload: Workload, done: Trajectory, end_ms: int) -> list[int]:
    """The time that all waited for their first answer, by queue, up to `end_ms`."""
    totals = [0] * len(plan.centre.queues)
    entered = (done.entered_ms != NONE) & (done.outcome != Outcome.REFUSED)
    queues = workload.queue[workload.contact_at]
    for place in entered.nonzero()[0].tolist():
        ends = (done.promised_ms[place], done.started_ms[place], done.ended_ms[place], end_ms)
        totals[int(queues[place])] += int(next(at for at in ends if at != NONE) - done.entered_ms[place])
    return totals

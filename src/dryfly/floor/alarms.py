"""The alarm heap: which contact or agent has to be looked at next.

Theory of operation: a deadline is not stored, it follows from facts (`timers.deadline_of_contact`). The heap keeps
for each subject one entry that is never later than its deadline. A message that moves a deadline into the
future costs nothing here; the entry is put right when it comes up. Contacts that changed are only noted (`changed`)
and looked at when somebody asks: what several events of a step do to a contact costs one look. So `next_deadline` is
exact, and a floor restored from a snapshot has the same deadlines as the one that ran on.
"""

from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from dryfly.floor.model import ContactId

AGENT = 0  # agents before contacts when due at the same instant; then by id
CONTACT = 1
SLACK = 64  # stale entries tolerated beyond one for each subject

Subject = tuple[int, str]  # (AGENT or CONTACT, id)


@dataclass(slots=True, eq=False)
class Alarms:
    heap: list[tuple[int, int, str]] = field(default_factory=list)
    entries: dict[Subject, int] = field(default_factory=dict)
    changed: dict[ContactId, None] = field(default_factory=dict)  # whose deadline may be earlier than their entry

    def watch(self, subject: Subject, deadline: int | None) -> None:
        """Make sure that the subject comes up at `deadline` or before."""
        if deadline is None:
            return
        known = self.entries.get(subject)
        if known is None or deadline < known:
            self._push(subject, deadline)

    def forget(self, subject: Subject) -> None:
        self.entries.pop(subject, None)
        self._compact()

    def peek(self) -> tuple[int, Subject] | None:
        """The earliest entry."""
        while self.heap:
            at, rank, name = self.heap[0]
            if self.entries.get((rank, name)) == at:
                return at, (rank, name)
            heappop(self.heap)
        return None

    def correct(self, deadline: int | None) -> None:
        """The earliest entry was too early: put it at `deadline`, or away."""
        _, rank, name = heappop(self.heap)
        self.entries.pop((rank, name), None)
        self.watch((rank, name), deadline)

    def _push(self, subject: Subject, deadline: int) -> None:
        self.entries[subject] = deadline
        heappush(self.heap, (deadline, *subject))
        self._compact()

    def _compact(self) -> None:
        if len(self.heap) > 2 * len(self.entries) + SLACK:
            self.heap = [(at, *subject) for subject, at in self.entries.items()]
            heapify(self.heap)

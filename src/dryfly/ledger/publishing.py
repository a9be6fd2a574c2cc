"""Telling readers what happened, in order, with every gap visible.

A follower names its topics and the last number it has. It gets each event that concerns a topic of its own
at most once, numbered (prev, seq): `seq` is the journal's number, `prev` the number of the follower's
previous push. The newest pushes are kept in a ring, so that a reader who was away for a moment gets the
rest; one who was away for longer starts from a fresh state. A reader too slow to take its pushes is cut
off: it says hello again and resumes.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from dryfly.ledger.model import Topic

RING_PUSHES_MAX = 50_000
RING_BYTES_MAX = 64 * 1024 * 1024

Pushes = list[tuple[Topic, bytes]]
Deliver = Callable[[bytes], bool]  # False: cannot take any more


@dataclass(slots=True)
class _Entry:
    seq: int
    at: int
    pushes: Pushes
    bytes_count: int


def push_frame(prev: int, seq: int, at: int, payload: bytes) -> bytes:
    """The frame of one push. The payload is encoded once, whoever gets it."""
    return b'{"is":"push","prev":%d,"seq":%d,"at":%d,"push":%b}' % (prev, seq, at, payload)


@dataclass(eq=False, slots=True)
class Following:
    """One reader's place in the stream.

    While `held`, pushes are kept back: the reader is being sent a fresh state first (`begin`, `release`).
    """

    topics: set[Topic]
    deliver: Deliver
    cut: Callable[[], None]
    last: int = 0
    held: bool = False
    resumed: bool = False
    _kept: list[bytes] = field(default_factory=list)

    def begin(self, seq: int) -> None:
        """A fresh state as of `seq` is about to be sent: pushes up to it are not needed."""
        self.last = seq
        self.held = True
        self._kept.clear()

    def release(self) -> None:
        """The fresh state is sent: the pushes after it may follow."""
        self.held = False
        for frame in self._kept:
            self._hand(frame)
        self._kept.clear()

    def take(self, seq: int, at: int, payload: bytes) -> None:
        if seq <= self.last:
            return
        frame = push_frame(self.last, seq, at, payload)
        self.last = seq
        if self.held:
            self._kept.append(frame)
        else:
            self._hand(frame)

    def _hand(self, frame: bytes) -> None:
        if not self.deliver(frame):
            self.cut()


class Publisher:
    """The followers by topic, and the ring of the newest pushes. All calls come from one event loop."""

    def __init__(self) -> None:
        self._followers: dict[Topic, set[Following]] = {}
        self._ring: deque[_Entry] = deque()
        self._ring_bytes = 0
        self._ring_after = 0  # everything after this number is in the ring
        self.published = 0

    @property
    def followers_count(self) -> int:
        return len({follower for group in self._followers.values() for follower in group})

    def reset(self, seq: int) -> None:
        """Memory begins anew at `seq`: every reader is cut off, since nobody knows what they saw."""
        for follower in {follower for group in self._followers.values() for follower in group}:
            follower.cut()
        self._followers.clear()
        self._ring.clear()
        self._ring_bytes = 0
        self._ring_after = self.published = seq

    def publish(self, seq: int, at: int, pushes: Pushes) -> None:
        """`seq` is durable: its pushes leave."""
        self.published = seq
        if not pushes:
            return
        self._remember(_Entry(seq, at, pushes, sum(len(payload) for _, payload in pushes)))
        for topic, payload in pushes:
            for follower in tuple(self._followers.get(topic, ())):
                follower.take(seq, at, payload)

    def _remember(self, entry: _Entry) -> None:
        self._ring.append(entry)
        self._ring_bytes += entry.bytes_count
        while len(self._ring) > RING_PUSHES_MAX or self._ring_bytes > RING_BYTES_MAX:
            gone = self._ring.popleft()
            self._ring_bytes -= gone.bytes_count
            self._ring_after = gone.seq

    def follow(
        self, topics: Iterable[Topic], since: int | None, deliver: Deliver, cut: Callable[[], None]
    ) -> Following:
        """`resumed` of the answer says whether the rest after `since` was delivered; if not, send a fresh state."""
        follower = Following(set(topics), deliver, cut)
        if since is not None and self._ring_after <= since <= self.published:
            follower.last = since
            follower.resumed = True
            self._deliver_rest(follower, since)
        else:
            follower.begin(self.published)
        for topic in follower.topics:
            self._followers.setdefault(topic, set()).add(follower)
        return follower

    def _deliver_rest(self, follower: Following, since: int) -> None:
        recent: list[_Entry] = []
        for entry in reversed(self._ring):
            if entry.seq <= since:
                break
            recent.append(entry)
        for entry in reversed(recent):
            for topic, payload in entry.pushes:
                if topic in follower.topics:
                    follower.take(entry.seq, entry.at, payload)

    def add_topic(self, follower: Following, topic: Topic) -> None:
        follower.topics.add(topic)
        self._followers.setdefault(topic, set()).add(follower)

    def drop_topic(self, follower: Following, topic: Topic) -> None:
        follower.topics.discard(topic)
        self._leave(follower, topic)

    def unfollow(self, follower: Following) -> None:
        for topic in tuple(follower.topics):
            self._leave(follower, topic)

    def _leave(self, follower: Following, topic: Topic) -> None:
        group = self._followers.get(topic)
        if group is not None:
            group.discard(follower)
            if not group:
                del self._followers[topic]

    def hint(self, topic: Topic, frame: bytes, but: Following | None = None) -> None:
        """A volatile frame (typing, a board): not numbered, not kept, lost without harm."""
        for follower in tuple(self._followers.get(topic, ())):
            if follower is not but and not follower.held:
                follower.deliver(frame)

    def is_followed(self, topic: Topic) -> bool:
        return topic in self._followers

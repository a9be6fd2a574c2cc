"""What followers are told: everything that is theirs, once, in order, with every gap visible."""

import msgspec

from dryfly.ledger import Ledger, Publisher, Topic
from tests.ledger.conftest import OpenLedger, Pen


class Reader:
    """Takes pushes, and can stop taking them."""

    def __init__(self) -> None:
        self.frames: list[dict[str, object]] = []
        self.is_slow = False
        self.was_cut = False

    def deliver(self, frame: bytes) -> bool:
        if self.is_slow:
            return False
        self.frames.append(msgspec.json.decode(frame))
        return True

    def cut(self) -> None:
        self.was_cut = True

    @property
    def chain(self) -> list[tuple[object, object]]:
        return [(frame["prev"], frame["seq"]) for frame in self.frames]


def publish(publisher: Publisher, *pushes: tuple[int, str]) -> None:
    for seq, topic in pushes:
        publisher.publish(seq, 0, [(Topic(topic), b'"x"')])


def test_pushes_are_chained_so_that_a_filtered_stream_shows_its_gaps() -> None:
    publisher, ann = Publisher(), Reader()
    publisher.follow([Topic("ann")], 0, ann.deliver, ann.cut)
    publish(publisher, (1, "ann"), (2, "bob"), (3, "ann"), (4, "bob"), (5, "ann"))
    assert ann.chain == [(0, 1), (1, 3), (3, 5)]


def test_a_reader_who_was_away_gets_the_rest() -> None:
    publisher, ann = Publisher(), Reader()
    publish(publisher, (1, "ann"), (2, "bob"), (3, "ann"))
    following = publisher.follow([Topic("ann")], 1, ann.deliver, ann.cut)
    assert following.resumed
    publish(publisher, (4, "ann"))
    assert ann.chain == [(1, 3), (3, 4)]


def test_a_reader_who_was_away_too_long_starts_from_a_fresh_state() -> None:
    publisher, ann = Publisher(), Reader()
    publisher.reset(100)
    following = publisher.follow([Topic("ann")], 50, ann.deliver, ann.cut)
    assert not following.resumed
    following.begin(101)
    publish(publisher, (101, "ann"), (102, "ann"))
    assert ann.frames == []  # held until the state is sent
    following.release()
    assert ann.chain == [(101, 102)]


def test_one_event_reaches_a_reader_of_two_topics_once() -> None:
    publisher, ann = Publisher(), Reader()
    publisher.follow([Topic("ann"), Topic("watch")], 0, ann.deliver, ann.cut)
    publisher.publish(1, 0, [(Topic("ann"), b'"x"'), (Topic("watch"), b'"x"')])
    assert ann.chain == [(0, 1)]


def test_a_slow_reader_is_cut_off_and_resumes() -> None:
    publisher, ann = Publisher(), Reader()
    following = publisher.follow([Topic("ann")], 0, ann.deliver, ann.cut)
    publish(publisher, (1, "ann"))
    ann.is_slow = True
    publish(publisher, (2, "ann"))
    assert ann.was_cut
    publisher.unfollow(following)
    ann.is_slow = False
    assert publisher.follow([Topic("ann")], 1, ann.deliver, ann.cut).resumed
    assert ann.chain == [(0, 1), (1, 2)]


async def test_a_restart_cuts_readers_off_and_their_number_still_holds(
    ledger: Ledger, pen: Pen, open_ledger: OpenLedger
) -> None:
    ann = Reader()
    ledger.publisher.follow([Topic("all")], 0, ann.deliver, ann.cut)
    await ledger.submit(pen.opens("c1"))
    await ledger.stop()
    assert ann.was_cut
    again = await open_ledger()
    following = again.publisher.follow([Topic("all")], ann.frames[-1]["seq"], ann.deliver, ann.cut)  # type: ignore[arg-type]
    assert following.resumed
    await again.submit(pen.says("c1", "hello"))
    assert all(prev == before for (_, before), (prev, _) in zip(ann.chain, ann.chain[1:], strict=False))


async def test_history_can_be_read_from_any_number_with_its_words(
    ledger: Ledger, pen: Pen, open_ledger: OpenLedger
) -> None:
    await ledger.submit(pen.opens("c1"))
    receipt = await ledger.submit(pen.says("c1", "hello"))
    fresh = await ledger.records(receipt.first - 1)
    await ledger.stop()
    recalled = await (await open_ledger()).records(receipt.first - 1)
    assert fresh == recalled
    assert recalled[0].words[0].text == "hello"  # type: ignore[attr-defined]

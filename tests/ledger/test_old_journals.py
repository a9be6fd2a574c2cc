"""Journals of every release replay to the same floor, for ever.

`journals/<release>.jsonl` holds one event a line as the journal stores it, and the floor's digest at the end. A
release adds its own: `python -m tests.ledger.test_old_journals 0.2.0`. An old one is never written again: where
it stops replaying, `ledger.codec` needs an upcaster.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import get_args

import pytest

from dryfly import floor
from dryfly.floor import model as m
from dryfly.floor.model import Event, Instant
from dryfly.ledger.codec import UnknownEvent, decode_event, encode_event
from dryfly.ledger.model import CommandRefused
from tests.days.generator import EPOCH, GeneratedDay
from tests.floor.floors import CheckedFloor

FOLDER = Path(__file__).with_name("journals")
SINCE_0_3 = {
    "relaxed", "relaxations", "firm", "ring", "offers", "overflow", "overflows", "hours", "estimates", "sticky_s",
    "callback", "is_callback_proposed", "callback_attempts_max", "callback_retry_s", "callback_slots_max",
    "interruptible", "is_interrupted", "deferrable", "is_overdue_work", "reclaim_at", "reclaim_after_s",
    "main", "merged_at", "heard_on",
}  # fmt: skip
SINCE_0_2 = {"present_since", "snoozed_until", "is_woken", "requests", "request_timeout_s"}
NEWER_FACTS = {"0.1.0": SINCE_0_2 | SINCE_0_3, "0.2.0": SINCE_0_3}
"""What the floor keeps today and did not keep at that release: no part of the digest that it wrote."""
NEWER_KINDS: set[str] = set()
"""What happens today and did not at the newest release."""
SEEDS = (1, 4, 10, 13, 19, 23, 34)


def releases() -> list[Path]:
    return sorted(FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("journal", releases(), ids=lambda path: path.stem)
def test_an_old_journal_replays(journal: Path) -> None:
    state, days = floor.new_state(), 0
    for line in journal.read_text().splitlines():
        row = json.loads(line)
        if "digest" in row:
            assert digest_as_of(journal.stem, state) == row["digest"], f"day {days}"
            state, days = floor.new_state(), days + 1
        else:
            event = decode_event(row["kind"], row["version"], json.dumps(row["body"]))
            assert not isinstance(event, CommandRefused)
            floor.apply(state, event, Instant(row["at"]))
    assert days > 0


def digest_as_of(release: str, state: floor.State) -> str:
    newer = NEWER_FACTS.get(release, set())

    def known(facts: dict[str, object]) -> dict[str, object]:
        if "tried" in facts and "offers" in newer:  # a contact; none was offered at the end of a day
            return {name: value for name, value in facts.items() if name not in newer} | {"offer": None}
        return {name: value for name, value in facts.items() if name not in newer or name == "offers"}

    facts = json.loads(floor.snapshot(state), object_hook=known)
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def test_the_newest_journal_knows_nearly_every_kind() -> None:
    kinds = {json.loads(line).get("kind") for line in releases()[-1].read_text().splitlines()}
    missing = {kind.__name__ for kind in get_args(Event)} - kinds - NEWER_KINDS
    assert missing <= {"QueueRemoved", "AgentRemoved", "CommandNoted"}, missing


def test_a_field_that_was_added_later_has_its_default() -> None:
    event = decode_event("MessageHeard", 1, '{"contact":"c1","message":"m1"}')
    assert event == m.MessageHeard(m.ContactId("c1"), m.MessageId("m1"))


def test_an_event_of_a_newer_release_is_refused_by_name() -> None:
    with pytest.raises(UnknownEvent, match="ContactTeleported"):
        decode_event("ContactTeleported", 1, "{}")


def record(release: str) -> None:
    """Plays a few seeded days and writes down what happened."""
    lines = []
    for day in (*map(generated, SEEDS), spoken(), merged()):
        for event, at in day.journal:
            kind, version, body = encode_event(event)
            lines.append(json.dumps({"at": at, "kind": kind, "version": version, "body": json.loads(body)}))
        lines.append(json.dumps({"digest": floor.digest(day.state)}))
    path = FOLDER / f"{release}.jsonl"
    assert not path.exists(), "an old journal is never written again"
    path.write_text("\n".join(lines) + "\n")


def generated(seed: int) -> CheckedFloor:
    day = CheckedFloor()
    GeneratedDay(seed, day).run()
    return day


def spoken() -> CheckedFloor:
    """What the generated days leave out: notes and who is named in them, facts, deliveries, answers."""
    day, now = CheckedFloor(), EPOCH
    contact, message = m.ContactId("c1"), m.MessageId("m1")
    day.submit(m.OpenContact(contact, m.Channel("web")), now)
    day.submit(m.HearCustomer(contact, message), now)
    day.submit(m.RecordFacts(contact, ("order", "name")), now)
    day.submit(m.PutAgent(m.AgentId("a1"), m.AgentSpec()), now)
    day.submit(m.WriteNote(contact, m.NoteId("n1"), None, (m.AgentId("a1"),)), now)
    day.submit(m.HeedNote(contact, m.NoteId("n1"), m.AgentId("a1")), now)
    day.submit(m.ReportDelivery(contact, message, "read"), now)
    day.submit(m.AnswerSurvey(contact, 5), now)
    day.submit(m.PutQueue(m.QueueId("q1"), m.QueueSpec()), now)
    day.submit(m.PutHours(m.QueueId("q1"), (m.Span(now, Instant(now + 3_600_000)),)), now)
    day.submit(m.NoteEstimate(m.QueueId("q1"), 90), now)
    return day


def merged() -> CheckedFloor:
    """Two contacts of a customer are one talk, and two again."""
    day, now = CheckedFloor(), EPOCH
    queue, agent, web = m.QueueId("q1"), m.AgentId("a1"), m.Channel("web")
    first, second, customer = m.ContactId("c1"), m.ContactId("c2"), m.CustomerId("k1")
    day.submit(m.PutQueue(queue, m.QueueSpec()), now)
    day.submit(m.PutAgent(agent, m.AgentSpec(channels=(m.ChannelCapacity(web, 25, 4),), auto_accept=True)), now)
    day.submit(m.ConnectAgent(agent), now)
    day.submit(m.SetPresence(agent, m.Presence.READY), now)
    day.submit(m.OpenContact(first, web, customer, queue), now)
    day.submit(m.OpenContact(second, web, customer), now)
    day.submit(m.MergeContact(second, first, agent), now)
    day.submit(m.UnmergeContact(second, agent), now)
    return day


if __name__ == "__main__":
    record(sys.argv[1])

"""What the writer holds in memory, and how it is built anew from the journal.

Memory is a cache of history: the newest snapshot, then every event after it, applied by the floor. It may
be thrown away at any moment; that is the whole of recovery.
"""

from dataclasses import dataclass

from dryfly import floor
from dryfly.floor.model import Instant
from dryfly.ledger.model import CommandId, CommandRefused, Receipt
from dryfly.ledger.receipts import REMEMBERED_MS, Answer, Receipts
from dryfly.ledger.store import Journal, Snapshot, refusal_of

REPLAY_BATCH = 5_000


class DigestMismatch(Exception):
    """A snapshot is not what was written."""


@dataclass(slots=True)
class Memory:
    """The floor as of event `seq`, and the answers to the newest commands."""

    state: floor.State
    seq: int
    at: int
    snapshot_seq: int
    receipts: Receipts


def take_snapshot(memory: Memory) -> Snapshot:
    """Must be taken between two commands; may be saved only once `memory.seq` is durable."""
    return Snapshot(memory.seq, memory.at, floor.digest(memory.state), floor.snapshot(memory.state))


async def recall(journal: Journal) -> Memory:
    """Memory as the journal has it."""
    snapshot = await journal.newest_snapshot()
    if snapshot is None:
        memory = Memory(floor.new_state(), 0, 0, 0, Receipts())
    else:
        if floor.digest_of(snapshot.state) != snapshot.digest:
            raise DigestMismatch(
                f"snapshot {snapshot.seq} is damaged: delete its row, and an older one or the journal is used"
            )
        memory = Memory(floor.restore(snapshot.state), snapshot.seq, snapshot.at, snapshot.seq, Receipts())
    await _replay(journal, memory)
    await _recall_receipts(journal, memory)
    return memory


async def _replay(journal: Journal, memory: Memory) -> None:
    while rows := await journal.tail(memory.seq, REPLAY_BATCH):
        for seq, at, event, _, _ in rows:
            assert seq == memory.seq + 1, f"the journal has a gap before {seq}"
            if not isinstance(event, CommandRefused):
                floor.apply(memory.state, event, Instant(at))
            memory.seq, memory.at = seq, at


async def _recall_receipts(journal: Journal, memory: Memory) -> None:
    """Rows come in order, so each command's rows are together and its last one tells what it came to."""
    first: dict[CommandId, int] = {}
    for seq, at, event, command, command_hash in await journal.recent(memory.at - REMEMBERED_MS):
        first.setdefault(command, seq)
        answer = Answer(Receipt(first[command], seq, at), command_hash, refusal_of(event))
        memory.receipts.remember(command, answer)

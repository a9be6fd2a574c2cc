"""The writer of one site's history: the only way in.

A command is decided and applied at once, in memory; its rows join the batch that is appended next; and
nothing leaves - no receipt, no refusal, no push, no read - before the number that it saw is durable. While
one batch is on its way to the disk the next one gathers, so the disk sets the size of the batches and not
the pace of the commands.

When an append fails, memory is ahead of history and worth nothing. It is dropped and recalled from the
journal under a new epoch (which waits for whatever the old connection may still be committing), and the
commands that were in flight are submitted again: those that had come through after all are recognised by
their ids. If one command alone cannot be stored, it is given back to its caller and the others go on.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from itertools import islice
from typing import ClassVar, TypeVar

import asyncpg
import msgspec
import structlog

from dryfly import floor
from dryfly.floor.model import CommandNoted, Instant, Refusal, SiteId, WakeUp
from dryfly.ledger import receipts
from dryfly.ledger.alarm import Alarm
from dryfly.ledger.codec import JournalEvent, encode_event
from dryfly.ledger.memory import Memory, recall, take_snapshot
from dryfly.ledger.model import (
    CLOCK,
    CommandId,
    CommandRefused,
    Receipt,
    Recorded,
    Refused,
    Submission,
    View,
    WordTable,
)
from dryfly.ledger.publishing import Following, Publisher, Pushes
from dryfly.ledger.receipts import Answer
from dryfly.ledger.store import Journal, JournalRow, Shelf, Snapshot, WordRow
from dryfly.ledger.timekeeper import Timekeeper
from dryfly.platform.clock import Clock
from dryfly.platform.database import must_answer
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.ids import new_id

log = structlog.get_logger(__name__)
Seen = TypeVar("Seen")
_encode = msgspec.msgpack.Encoder().encode

BATCH_MAX = 2_000
PENDING_MAX = 50_000
SNAPSHOT_EVERY = 20_000
RECENT_MAX = 5_000
TRIES_MAX = 6
PAUSES_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)


class Mode(StrEnum):
    STANDBY = "standby"  # another process writes; this one waits for its turn
    WRITING = "writing"
    RECOVERING = "recovering"
    STOPPED = "stopped"


@dataclass(slots=True)
class _Decided:
    """A command with everything that follows from it, on its way to the disk."""

    submission: Submission
    command_hash: int
    answer: Answer
    rows: list[JournalRow]
    words: list[WordRow]
    published: list[tuple[Recorded, Pushes]]
    waiters: list[asyncio.Future[Receipt]] = field(default_factory=list)
    tries_count: int = 0


def command_hash(submission: Submission) -> int:
    """Tells the same command sent again from another one under the same id."""
    content = _encode((type(submission.command).__name__, submission.command, submission.words))
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)


class Ledger:
    """One site's history. `views` see every event in order; `tables` are where words lie."""

    journal_class: ClassVar[type[Journal]] = Journal  # a benchmark puts one here that keeps nothing

    def __init__(
        self, url: str, site: SiteId, *, clock: Clock, tables: Sequence[WordTable] = (), views: Sequence[View] = ()
    ) -> None:
        self.site = site
        self.shelf = Shelf(tables)
        self.publisher = Publisher()
        self.mode = Mode.STANDBY
        self._url = url
        self._clock = clock
        self._views = views
        self._journal: Journal | None = None
        self._memory: Memory | None = None
        self._timekeeper = Timekeeper(clock)
        self._pending: list[_Decided] = []
        self._in_flight: dict[CommandId, _Decided] = {}
        self._work = asyncio.Event()
        self._serving = asyncio.Event()
        self._settled = asyncio.Condition()
        self._durable = 0
        self._connection_lock = asyncio.Lock()  # one statement at a time on the writer's connection
        self._careful = 0  # so many commands go to the disk one by one, to find the one that cannot be stored
        self._task: asyncio.Task[None] | None = None
        self._alarm = Alarm(self._ring)
        self._snapshot_due: Snapshot | None = None
        self._recent: deque[Recorded] = deque(maxlen=RECENT_MAX)

    # ---- life ----------------------------------------------------------------------------------

    async def start(self) -> None:
        """Waits for its turn to write (a standby waits here), then stands where the journal ends.

        Raises PeerError `database_unreachable`; once started, the store may go away and come back.
        """
        with must_answer():
            await self._open()
        self._task = asyncio.create_task(self._append_forever(), name=f"ledger-{self.site}")

    async def stop(self) -> None:
        """What is decided is stored; then the pen is put down."""
        if self._task is not None:
            if self.mode is Mode.WRITING:
                with contextlib.suppress(PeerError, TimeoutError):
                    async with asyncio.timeout(5):
                        await self.settle()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._save_last_snapshot()
        self._alarm.cancel()
        self.mode = Mode.STOPPED
        self._serving.clear()
        self.publisher.reset(self._durable)
        if self._journal is not None:
            await self._journal.close()

    async def _open(self) -> None:
        self._journal = await self.journal_class.take(self._url, self.site, self.shelf)
        self._memory = await recall(self._journal)
        self._timekeeper = Timekeeper(self._clock, self._memory.at)
        self._durable = self._memory.seq
        self.publisher.reset(self._durable)
        self._recent.clear()
        for view in self._views:
            await view.reset(self.site, self._memory.state)
        self.mode = Mode.WRITING
        self._serving.set()
        self._set_alarm()
        log.info("ledger.writing", site=self.site, epoch=self._journal.epoch, seq=self._durable)

    async def _save_last_snapshot(self) -> None:
        memory, journal = self._memory, self._journal
        if memory is None or journal is None or self.mode is not Mode.WRITING or memory.seq != self._durable:
            return
        if memory.seq > memory.snapshot_seq:
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await journal.save_snapshot(take_snapshot(memory))

    # ---- reading -------------------------------------------------------------------------------

    @property
    def durable(self) -> int:
        """The number of the last event that is durable."""
        return self._durable

    def now(self) -> int:
        return self._timekeeper.now()

    async def read(self, look: Callable[[floor.State], Seen], following: Following | None = None) -> tuple[Seen, int]:
        """What `look` sees in the state, and the number as of which; handed out once that is durable.

        `following` then starts after that number: it is held until its reader was sent what was seen here.
        """
        await self._be_serving()
        assert self._memory is not None
        memory, seq = self._memory, self._memory.seq
        seen = look(memory.state)
        if following is not None:
            following.begin(seq)
        await self._until_durable(seq)
        if self._memory is not memory:
            raise PeerError("history_recalled", "The store was away for a moment: ask again.")
        return seen, seq

    def peek(self, look: Callable[[floor.State], Seen]) -> Seen:
        """What `look` sees now, durable or not: only for deciding what to submit, never to be shown."""
        if self._memory is None or self.mode is not Mode.WRITING:
            raise PeerError("store_unavailable", "The store does not answer: nothing was recorded, send it again.")
        return look(self._memory.state)

    async def records(self, after: int, limit: int = 1_000) -> list[Recorded]:
        """The durable history after a number, with its words, oldest first: from memory where it is recent."""
        if self._recent and self._recent[0].seq <= after + 1:
            start = after + 1 - self._recent[0].seq
            return list(islice(self._recent, start, start + limit))
        await self._be_serving()
        assert self._journal is not None
        async with self._connection_lock:
            return await self._journal.records(after, limit)

    async def settle(self) -> int:
        """Waits until everything that was decided so far is durable."""
        assert self._memory is not None
        seq = self._memory.seq
        await self._until_durable(seq)
        return seq

    async def advanced(self, after: int) -> int:
        """Waits until something after `after` is durable, and tells its number."""
        async with self._settled:
            await self._settled.wait_for(lambda: self._durable > after)
        return self._durable

    async def _until_durable(self, seq: int) -> None:
        if self._durable < seq:
            async with self._settled:
                await self._settled.wait_for(lambda: self._durable >= seq or self.mode is not Mode.WRITING)
            if self._durable < seq:
                raise PeerError("history_recalled", "The store was away for a moment: ask again.")

    # ---- the only way in -----------------------------------------------------------------------

    async def submit(self, submission: Submission) -> Receipt:
        """Decides, stores, and answers. Refused: the floor's no. PeerError: nothing was recorded; try again.

        The same id gets the same answer, for a day, and nothing happens twice.
        """
        await self._be_serving()
        digest = command_hash(submission)
        if not receipts.check_id(submission.id, self.now()) and not self._is_remembered(submission.id):
            await self._look_up(submission.id)
        answer = self._known_answer(submission.id, digest)
        if answer is not None and submission.id not in self._in_flight:
            return _given(answer)
        waiter: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        if answer is not None:
            self._in_flight[submission.id].waiters.append(waiter)
        else:
            self._check_room()
            self._decide(submission, digest, [waiter])
        return await waiter

    async def _be_serving(self) -> None:
        if self.mode is Mode.WRITING:
            return
        if self.mode is Mode.STOPPED:
            raise PeerError("stopping", "The server is stopping: send it again in a moment.")
        try:
            async with asyncio.timeout(10):
                await self._serving.wait()
        except TimeoutError:
            raise PeerError(
                "store_unavailable", "The store does not answer: nothing was recorded, send it again."
            ) from None
        await self._be_serving()  # it may be away again already

    async def is_known(self, id: CommandId) -> bool:
        """Whether this command came through already, whatever it came to."""
        await self._be_serving()
        if not receipts.check_id(id, self.now()) and not self._is_remembered(id):
            await self._look_up(id)
        return self._is_remembered(id)

    async def answer_to(self, id: CommandId) -> Receipt | None:
        """What this command came to, if it came through. Raises Refused where it was refused.

        For commands made from more than the caller said (whose talk is it, may it go out): made anew, they may differ.
        """
        if not await self.is_known(id):
            return None
        assert self._memory is not None
        answer = self._memory.receipts.known(id)
        assert answer is not None
        if id in self._in_flight:
            await self.settle()
        return _given(answer)

    def _is_remembered(self, id: CommandId) -> bool:
        assert self._memory is not None
        return self._memory.receipts.known(id) is not None

    async def _look_up(self, id: CommandId) -> None:
        """An id older than memory: the journal knows whether it came through."""
        assert self._memory is not None
        assert self._journal is not None
        memory = self._memory
        try:
            async with self._connection_lock:
                answer = await self._journal.find(id)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
            self._doubt()
            raise PeerError("history_recalled", "The store was away for a moment: ask again.") from None
        await self._be_serving()
        if answer is not None and memory.receipts.known(id) is None:
            memory.receipts.remember(id, answer)

    def _known_answer(self, id: CommandId, digest: int) -> Answer | None:
        assert self._memory is not None
        answer = self._memory.receipts.known(id)
        return None if answer is None else receipts.check_same(answer, digest)

    def _check_room(self) -> None:
        if len(self._pending) >= PENDING_MAX:
            raise PeerError("overloaded", "Too much is waiting to be stored: send it again in a moment.")

    # ---- deciding ------------------------------------------------------------------------------

    def _decide(self, submission: Submission, digest: int, waiters: list[asyncio.Future[Receipt]]) -> None:
        assert self._memory is not None
        assert self._journal is not None
        memory = self._memory
        at = self._timekeeper.now()
        try:
            events: list[JournalEvent] = list(floor.step(memory.state, submission.command, Instant(at))) or [
                CommandNoted()
            ]
        except Refusal as no:
            events = [CommandRefused(no.code, no.values)]
        except Exception as broken:  # ours: memory may be half changed, so it is dropped and recalled
            log.exception("ledger.decide_failed", command=type(submission.command).__name__)
            _fail(waiters, broken)
            self._doubt()
            return
        if isinstance(submission.command, WakeUp) and isinstance(events[0], CommandNoted):
            return
        self._record(submission, digest, events, at, waiters)
        self._set_alarm()

    def _record(
        self,
        submission: Submission,
        digest: int,
        events: list[JournalEvent],
        at: int,
        waiters: list[asyncio.Future[Receipt]],
    ) -> None:
        assert self._memory is not None
        assert self._journal is not None
        memory, first = self._memory, self._memory.seq + 1
        is_refused = isinstance(events[0], CommandRefused)
        words = () if is_refused else submission.words
        rows: list[JournalRow] = []
        published: list[tuple[Recorded, Pushes]] = []
        for seq, event in enumerate(events, first):
            kind, version, body = encode_event(event)
            contact = getattr(event, "contact", None)
            rows.append(
                (seq, at, kind, version, submission.id, digest, submission.actor, submission.cause, contact, body)
            )
            recorded = Recorded(
                seq,
                at,
                event,
                submission.actor,
                submission.id,
                contact,
                submission.cause,
                words if seq == first else (),
            )
            published.append((recorded, [] if is_refused else self._see(recorded)))
        memory.seq, memory.at = first + len(events) - 1, at
        refusal = Refused.by(events[0].code, events[0].values) if isinstance(events[0], CommandRefused) else None
        answer = Answer(Receipt(first, memory.seq, at), digest, refusal)
        memory.receipts.remember(submission.id, answer)
        decided = _Decided(submission, digest, answer, rows, [(first, at, w) for w in words], published, waiters)
        self._in_flight[submission.id] = decided
        self._pending.append(decided)
        self._work.set()

    def _see(self, recorded: Recorded) -> Pushes:
        assert self._memory is not None
        pushes: Pushes = []
        for view in self._views:
            try:
                pushes.extend(view.see(recorded, self._memory.state))
            except Exception:  # a failing view must not stop the others; its readers will see a gap and ask
                log.exception("ledger.view_failed", view=type(view).__name__, kind=type(recorded.event).__name__)
        return pushes

    # ---- appending -----------------------------------------------------------------------------

    async def _append_forever(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            while self._pending and self.mode is Mode.WRITING:
                size = 1 if self._careful else BATCH_MAX
                batch, self._pending = self._pending[:size], self._pending[size:]
                try:
                    await self._append(batch)
                except Exception as error:  # whatever it was: nobody knows what became of the batch
                    await self._recover(batch, error)
                else:
                    self._careful = max(0, self._careful - len(batch))
                    await self._hand_out(batch)
                    await self._keep_snapshot()
            if self.mode is Mode.RECOVERING:
                await self._recover([], None)

    async def _append(self, batch: list[_Decided]) -> None:
        assert self._journal is not None
        rows = [row for decided in batch for row in decided.rows]
        words = [row for decided in batch for row in decided.words]
        async with self._connection_lock:
            await self._journal.append(rows, words)

    async def _hand_out(self, batch: list[_Decided]) -> None:
        """It is durable: receipts, refusals and pushes leave."""
        self._durable = batch[-1].answer.receipt.seq
        for decided in batch:
            del self._in_flight[decided.submission.id]
            for recorded, pushes in decided.published:
                self._recent.append(recorded)
                self.publisher.publish(recorded.seq, recorded.at, pushes)
            for waiter in decided.waiters:
                _answer(waiter, decided.answer)
        async with self._settled:
            self._settled.notify_all()

    async def _keep_snapshot(self) -> None:
        """One is taken every so often, and saved once everything in it is durable."""
        assert self._memory is not None
        assert self._journal is not None
        memory = self._memory
        if self._snapshot_due is None and memory.seq - memory.snapshot_seq >= SNAPSHOT_EVERY:
            self._snapshot_due = take_snapshot(memory)
            memory.snapshot_seq = memory.seq
        if self._snapshot_due is not None and self._snapshot_due.seq <= self._durable:
            due, self._snapshot_due = self._snapshot_due, None
            try:
                async with self._connection_lock:
                    await self._journal.save_snapshot(due)
            except Exception as error:  # the journal has everything that it had
                log.warning("ledger.snapshot_failed", site=self.site, error=repr(error))
                self._doubt()

    # ---- recovering ----------------------------------------------------------------------------

    def _doubt(self) -> None:
        """Memory cannot be trusted any more."""
        self.mode = Mode.RECOVERING
        self._serving.clear()
        self._alarm.cancel()
        self._work.set()

    async def _recover(self, failed: list[_Decided], error: Exception | None) -> None:
        """Drops memory, recalls it under a new epoch, and submits again what was in flight."""
        log.warning("ledger.recovering", site=self.site, error=repr(error), in_flight=len(failed) + len(self._pending))
        self._doubt()
        async with self._settled:
            self._settled.notify_all()  # who waits for a number of the lost memory asks anew
        if len(failed) == 1 and _cannot_be_stored(error):
            _fail(failed[0].waiters, CallerError("cannot_be_stored", "This cannot be stored as it is.", status=422))
            failed = []
        unsettled, self._pending = failed + self._pending, []
        self._in_flight.clear()
        self._snapshot_due = None
        self._careful = len(unsettled) if _cannot_be_stored(error) else 0
        unsettled = await self._reopen(unsettled)
        for decided in unsettled:
            await self._submit_again(decided)

    async def _reopen(self, unsettled: list[_Decided]) -> list[_Decided]:
        """Tries until the store answers; callers are told after a while that nothing was recorded."""
        tries = 0
        while True:
            if self._journal is not None:
                self._journal.terminate()  # or it keeps the pen from the next one
            try:
                async with asyncio.timeout(30):
                    await self._open()
                return unsettled
            except Exception as error:  # a writer that gives up here would leave its site mute
                log.warning("ledger.store_away", site=self.site, error=repr(error))
                await asyncio.sleep(PAUSES_S[min(tries, len(PAUSES_S) - 1)])
            tries += 1
            if tries == TRIES_MAX * 2:
                _fail_all(unsettled, PeerError("store_unavailable", "The store does not answer: send it again."))
                unsettled = []

    async def _submit_again(self, decided: _Decided) -> None:
        assert self._journal is not None
        assert self._memory is not None
        decided.tries_count += 1
        submission = decided.submission
        if isinstance(submission.command, WakeUp):
            return
        if decided.tries_count > TRIES_MAX:
            _fail(decided.waiters, PeerError("store_unavailable", "The store does not take it: nothing was recorded."))
            return
        answer = self._memory.receipts.known(submission.id)
        if answer is not None:
            for waiter in decided.waiters:
                _answer(waiter, answer)
            return
        self._decide(submission, decided.command_hash, decided.waiters)
        again = self._in_flight.get(submission.id)
        if again is not None:
            again.tries_count = decided.tries_count

    # ---- the alarm -----------------------------------------------------------------------------

    async def wake_up(self) -> None:
        """Does what is due now. The alarm does so by itself; tests that turn time by hand call it."""
        await self._be_serving()
        self._alarm.cancel()
        self._wake_floor()
        self._set_alarm()
        await self.settle()

    def _set_alarm(self) -> None:
        assert self._memory is not None
        self._alarm.set(floor.next_deadline(self._memory.state), self.now())

    def _ring(self) -> None:
        if self.mode is not Mode.WRITING or self._memory is None:
            return
        due = floor.next_deadline(self._memory.state)
        if due is not None and due <= self.now():
            self._wake_floor()
        self._set_alarm()

    def _wake_floor(self) -> None:
        self._decide(Submission(CommandId(new_id(self.now())), CLOCK, WakeUp()), 0, [])


def _given(answer: Answer) -> Receipt:
    if answer.refusal is not None:
        raise Refused.by(answer.refusal.code, answer.refusal.values)
    return answer.receipt


def _answer(waiter: asyncio.Future[Receipt], answer: Answer) -> None:
    if waiter.done():
        return
    if answer.refusal is not None:
        waiter.set_exception(Refused.by(answer.refusal.code, answer.refusal.values))
    else:
        waiter.set_result(answer.receipt)


def _fail(waiters: list[asyncio.Future[Receipt]], error: Exception) -> None:
    for waiter in waiters:
        if not waiter.done():
            waiter.set_exception(error)


def _fail_all(unsettled: list[_Decided], error: Exception) -> None:
    for decided in unsettled:
        _fail(decided.waiters, error)


def _cannot_be_stored(error: Exception | None) -> bool:
    """The row itself is at fault, not the store."""
    return isinstance(error, (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, ValueError, OverflowError))

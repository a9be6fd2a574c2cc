"""The floor is told when queues are open, and how long they make people wait.

Theory of operation
- `Openings.put` compares what the floor has with what set-up and closings say now, and tells the difference. It is
  called at the start, after every change, and once a minute, which also carries the five weeks on from day to day.
- `Estimates.note` tells the floor an estimate only for queues with a rule that asks for it, and only when it moved by
  a step of what customers are told: the journal stays small.
- What the floor refuses is logged and tried again a minute later: a running floor never stops because of a rule.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from dryfly.floor import State
from dryfly.floor.model import Command, NoteEstimate, OverflowWhen, PutHours, QueueId, Span
from dryfly.ledger import Ledger
from dryfly.platform.errors import CallerError, PeerError
from dryfly.setup.closings import AskClosing, Closing, Closings
from dryfly.setup.hours import Standing
from dryfly.setup.model import Catalogue, Kind
from dryfly.setup.openings import hours_of, spans_ahead, standing_with
from dryfly.setup.sites import entry_exists_not
from dryfly.waiting.estimates import Waiting
from dryfly.waiting.model import step_s

log = structlog.get_logger(__name__)

AGAIN_S = 60.0
BY_CLOCK = "system:hours"
BY_ESTIMATE = "system:waiting"

Submit = Callable[[Command, str], Awaitable[None]]


class Openings:
    """One site's."""

    def __init__(self, ledger: Ledger, catalogue: Callable[[], Catalogue], closings: Closings, submit: Submit) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._closings = closings
        self._submit = submit
        self._turn = asyncio.Lock()
        self._changed = asyncio.Event()

    # ---- the floor follows ---------------------------------------------------------------------

    async def start(self) -> None:
        await self._closings.read()

    async def put(self) -> None:
        """Raises PeerError where the store is away."""
        async with self._turn:
            has: dict[QueueId, tuple[Span, ...] | None]
            has = self._ledger.peek(lambda state: {queue: state.hours.get(queue) for queue in state.queues})
            for queue, spans in self._wanted().items():
                if queue in has and has[queue] != spans:
                    await _try(self._submit, PutHours(queue, spans), BY_CLOCK)

    def _wanted(self) -> dict[QueueId, tuple[Span, ...] | None]:
        now, catalogue = self._ledger.now(), self._catalogue()
        closed = self._closings.at(now)
        return {
            queue.id: spans_ahead(hours_of(catalogue, queue), closed.get(queue.id), now)
            for queue in catalogue.queues.values()
        }

    def look_again(self) -> None:
        self._changed.set()

    async def changed(self) -> None:
        """Something was set up, or a minute is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(AGAIN_S):
                await self._changed.wait()
        self._changed.clear()

    # ---- how it stands -------------------------------------------------------------------------

    def standing(self, queue: QueueId | None = None) -> Standing:
        """Of a queue; without one, of the site, which is also closed while all its queues are closed by hand."""
        now, catalogue = self._ledger.now(), self._catalogue()
        closed = self._closings.at(now)
        if queue in catalogue.queues:
            return standing_with(hours_of(catalogue, catalogue.queues[queue]), closed.get(queue), now)
        is_all_closed = closed and catalogue.queues.keys() <= closed.keys()
        first = min(closed.values(), key=lambda one: one.until) if is_all_closed else None
        return standing_with(catalogue.site.hours, first, now)

    def closing(self, queue: QueueId) -> Closing | None:
        return self._closings.at(self._ledger.now()).get(queue)

    # ---- closing by hand -----------------------------------------------------------------------

    async def close(self, queue: QueueId, asked: AskClosing, by: str, actor: str) -> Closing:
        self._require(queue)
        closing = Closing(queue, self._ledger.now(), asked.until, asked.reason.strip(), by)
        await self._closings.close(closing, actor)
        await self.put()
        return closing

    async def lift(self, queue: QueueId, actor: str) -> None:
        self._require(queue)
        await self._closings.lift(queue, actor, self._ledger.now())
        await self.put()

    def _require(self, queue: QueueId) -> None:
        if queue not in self._catalogue().queues:
            raise entry_exists_not(Kind.QUEUES, queue)


class Estimates:
    """One site's."""

    def __init__(self, ledger: Ledger, waiting: Waiting, submit: Submit) -> None:
        self._ledger = ledger
        self._waiting = waiting
        self._submit = submit

    async def note(self) -> None:
        """Raises PeerError where the store is away."""
        for queue, (count, known) in self._ledger.peek(_asked_for).items():
            wait_s = self._moved(queue, count, known)
            if wait_s != known:
                await _try(self._submit, NoteEstimate(queue, wait_s), BY_ESTIMATE)

    def _moved(self, queue: QueueId, waiting_count: int, known: int | None) -> int | None:
        band = self._waiting.estimate(queue, waiting_count + 1, self._ledger.now())
        if band is None:
            return None
        if known is not None and abs(band.p50_s - known) < step_s(band.p80_s):
            return known
        return int(band.p50_s)


def _asked_for(state: State) -> dict[QueueId, tuple[int, int | None]]:
    """Of queues that a rule asks about: how many wait, and what was noted last."""
    return {
        id: (state.index.waiting_counts.get(id, 0), state.estimates.get(id))
        for id, spec in state.queues.items()
        if any(rule.when is OverflowWhen.ESTIMATE for rule in spec.overflow)
    }


async def keep_told(openings: Openings, estimates: Estimates) -> None:
    """Until cancelled."""
    while True:
        with contextlib.suppress(PeerError, OSError):  # the store is away: what the floor knows goes on
            await openings.put()
            await estimates.note()
        await openings.changed()


async def _try(submit: Submit, command: Command, actor: str) -> None:
    try:
        await submit(command, actor)
    except CallerError as refused:
        log.warning("opening.refused", command=type(command).__name__, code=refused.code, **refused.values)

"""Other rules for a queue, tried on yesterday before they are saved.

A process of its own reads yesterday from the journal and plays it (`replaying`), with the rules as they were and as
they would be: the live floor is not slowed by it. One at a time at a site, and none for longer than MINUTE_S.
"""

import asyncio
import os
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from litestar import Request, Router, post
from litestar.params import FromPath, JSONBody

from dryfly.floor.model import QueueId, QueueSpec, SiteId
from dryfly.insight.api import zone_of_site
from dryfly.insight.periods import zone_of
from dryfly.platform.clock import Clock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError, PeerError
from dryfly.service.replaying import Stretch, days_of, read_day, stretch_of
from dryfly.setup.api import NO_STORE, AtSite, Door
from dryfly.setup.model import PersonRole
from dryfly.setup.sessions import Sessions
from dryfly.setup.sites import Sites
from dryfly.simulation.findings import ALL_QUEUES, Figure, Findings, QueueFound
from dryfly.simulation.replay import ANSWERED_MIN, OTHER, day_of, notes_of, play_day, replayed

MINUTE_S = 60.0
PLAYING_S = 20.0  # of it, for the runs
RUNS_MIN, RUNS_MAX = 2, 8
SHOWN = ("service_level", "abandoned_share", "asa_s", "wait_p80_s")


class AskTrial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The queue's rules as they would be."""

    spec: QueueSpec


class Tried(msgspec.Struct, frozen=True):
    """One figure: as it was, and as the rules `before` and `after` the change play it. `low` to `high`: the difference
    between the two, 95 times in 100; null where it cannot be told."""

    was: float | None
    before: float | None
    after: float | None
    low: float | None
    high: float | None


class TriedQueue(msgspec.Struct, frozen=True):
    """`queue`: "" is all of them together."""

    queue: str
    entered_count: int
    figures: dict[str, Tried]


class TrialNote(msgspec.Struct, frozen=True):
    """What of the day is not in its replay. `code`: a key of `simulation.replay.NOTES`."""

    code: str
    count: int


class Trial(msgspec.Struct, frozen=True):
    """What yesterday would have been. `day`: YYYY-MM-DD. No queues: too few contacts were answered to tell anything."""

    day: str
    answered_count: int
    answered_min: int
    runs_count: int
    queues: list[TriedQueue]
    notes: list[TrialNote]


class _Job(msgspec.Struct, frozen=True):
    url: str
    site: str
    day: dict[str, Any]  # a Stretch
    now: int
    queue: str
    spec: QueueSpec


class _Answer(msgspec.Struct, frozen=True):
    trial: Trial | None = None
    code: str = ""
    text: str = ""


class Trials:
    """Of all sites."""

    def __init__(self, db: Database, sites: Sites, clock: Clock, minute_s: float = MINUTE_S) -> None:
        self._db = db
        self._sites = sites
        self._clock = clock
        self._minute_s = minute_s
        self._busy: set[SiteId] = set()

    async def try_queue(self, site: SiteId, queue: QueueId, spec: QueueSpec) -> Trial:
        """Raises CallerError `queue_exists_not`, `trial_under_way`, `trial_too_long`, and what `with_rules` refuses."""
        catalogue = await self._sites.catalogue(site)
        if queue not in catalogue.queues:
            raise CallerError("queue_exists_not", "There is no such queue: save it first.", status=404)
        if site in self._busy:
            raise CallerError("trial_under_way", "Somebody tries rules at this site: wait a minute.", status=409)
        zone, now = zone_of(zone_of_site(catalogue)), self._clock.now()
        yesterday = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date() - timedelta(days=1)
        job = _Job(self._db.url, site, asdict(stretch_of(yesterday, zone)), now, queue, spec)
        self._busy.add(site)
        try:
            return await self._run(job)
        finally:
            self._busy.discard(site)

    async def _run(self, job: _Job) -> Trial:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._minute_s):
                told, _ = await process.communicate(msgspec.json.encode(job))
        except TimeoutError:
            text = "There is too much in this day to play it now: use `dryfly replay` in a shell."
            raise CallerError("trial_too_long", text, status=503) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return _read(told)


def _read(told: bytes) -> Trial:
    try:
        answer = msgspec.json.decode(told, type=_Answer)
    except msgspec.DecodeError:
        raise PeerError("trial_failed", "The day could not be played: the log says why.") from None
    if answer.trial is None:
        raise CallerError(answer.code, answer.text, status=409)
    return answer.trial


def trial_router(sessions: Sessions, trials: Trials) -> Router:
    door = Door(sessions)

    @post("/{queue:str}/trial", status_code=200)
    async def try_queue(
        request: Request[Any, Any, Any], queue: FromPath[str], data: JSONBody[AskTrial], site: AtSite = None
    ) -> Trial:
        """What yesterday would have been with these rules. For supervisors; changes nothing, and takes a while."""
        _, at = await door.enter(request, site, PersonRole.SUPERVISOR)
        return await trials.try_queue(at, QueueId(queue), data.spec)

    return Router("/api/setup/queues", route_handlers=[try_queue], cache_control=NO_STORE, tags=["setup"])


# ---- in the process ----------------------------------------------------------------------------


async def _answered(job: _Job) -> _Answer:
    db = await Database.open(job.url, size=1)
    try:
        return _Answer(await _tried(db, job))
    except CallerError as error:
        return _Answer(None, error.code, error.text)
    finally:
        await db.close()


async def _tried(db: Database, job: _Job) -> Trial:
    stretch = Stretch(**job.day)
    try:
        recorded = await read_day(db, SiteId(job.site), stretch, job.now)
    except CallerError:  # nobody came
        return Trial(stretch.day, 0, ANSWERED_MIN, 0, [], [])
    day = day_of(recorded, stretch.name, stretch.zone)
    tree = {"queues": {job.queue: {"spec": msgspec.to_builtins(job.spec)}}}
    days = days_of(day, tree, "rules")
    notes = [TrialNote(note.code, note.count) for note in notes_of(day, days[OTHER])]
    if recorded.answered_count < ANSWERED_MIN:
        return Trial(stretch.day, recorded.answered_count, ANSWERED_MIN, 0, [], notes)
    began = time.monotonic()
    play_day(day, 1)
    runs = min(RUNS_MAX, max(RUNS_MIN, int(PLAYING_S / (time.monotonic() - began + 0.001) / 2)))
    return Trial(stretch.day, recorded.answered_count, ANSWERED_MIN, runs, _queues(replayed(days, runs)), notes)


def _queues(findings: Findings) -> list[TriedQueue]:
    before, after, was = findings.variants
    return [_queue(*found) for found in zip(before.queues, after.queues, was.queues, strict=True)]


def _queue(before: QueueFound, after: QueueFound, was: QueueFound) -> TriedQueue:
    def tried(name: str) -> Tried:
        change = after.against_first.get(name, Figure(None))
        happened, own, other = (found.figures[name].mean for found in (was, before, after))
        return Tried(happened, own, other, change.low, change.high)

    name = "" if was.queue == ALL_QUEUES else was.queue
    return TriedQueue(name, int(was.figures["entered_count"].mean or 0), {key: tried(key) for key in SHOWN})


def main() -> None:
    """A job on the standard input; its answer on the standard output."""
    os.nice(10)
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=_Job)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(_answered(job))))


if __name__ == "__main__":
    main()

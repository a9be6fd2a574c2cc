"""Work that was asked for is done at least once, by one at a time, and never lost from sight."""

import asyncio

import pytest

from dryfly.platform.clock import HandClock
from dryfly.platform.database import ALL_SITES, Database
from dryfly.platform.jobs import (
    DONE_KEPT_S,
    Every,
    Job,
    JobRunner,
    Worker,
    dead_jobs,
    enqueue,
    pause_ms,
    revive,
    worker,
)


class Office:
    """A runner whose one worker writes down what it did, and fails while `trouble` lasts."""

    def __init__(self, db: Database, clock: HandClock, *, schedules: tuple[Every, ...] = ()) -> None:
        self.db, self.clock = db, clock
        self.did: list[Job] = []
        self.trouble: Exception | None = None
        self.worker = worker("deliver", attempts_max=3, timeout_s=60)(self._work)
        self.runner = JobRunner(db, [self.worker], clock, schedules)

    async def _work(self, job: Job) -> None:
        if self.trouble:
            raise self.trouble
        self.did.append(job)

    async def ask(self, key: str, body: object = None, *, site: str = "north", run_at: int = 0) -> bool:
        async with self.db.site(site) as conn:
            return await enqueue(conn, "deliver", key, body, run_at=run_at)

    async def dead(self) -> list[tuple[str, str]]:
        async with self.db.site(ALL_SITES) as conn:
            return [(job.key, job.last_error) for job in await dead_jobs(conn)]


@pytest.fixture
def office(db: Database, hand_clock: HandClock) -> Office:
    return Office(db, hand_clock)


async def test_a_job_is_done_once_with_its_body_and_site(office: Office) -> None:
    await office.ask("41", {"to": "warehouse"})
    assert await office.runner.run_due() == 1
    assert await office.runner.run_due() == 0
    assert office.did == [Job("north", "deliver", "41", {"to": "warehouse"}, 1)]


async def test_asking_again_changes_nothing_and_harms_no_transaction(office: Office) -> None:
    async with office.db.site("north") as conn:
        assert await enqueue(conn, "deliver", "41", "first")
        assert not await enqueue(conn, "deliver", "41", "again")
        assert await conn.fetchval("select 1") == 1  # the transaction lives
    await office.runner.run_due()
    assert not await office.ask("41", "long after it was done")
    assert await office.runner.run_due() == 0
    assert [job.body for job in office.did] == ["first"]


async def test_the_same_key_is_another_job_on_another_site(office: Office) -> None:
    assert await office.ask("41", site="north")
    assert await office.ask("41", site="south")
    assert await office.runner.run_due() == 2


async def test_a_job_asked_for_in_a_transaction_that_fails_never_was(office: Office) -> None:
    with pytest.raises(ZeroDivisionError):
        async with office.db.site("north") as conn:
            await enqueue(conn, "deliver", "41", None)
            raise ZeroDivisionError
    assert await office.runner.run_due() == 0


async def test_a_job_waits_for_its_time(office: Office) -> None:
    await office.ask("41", run_at=office.clock.now() + 60_000)
    assert await office.runner.run_due() == 0
    office.clock.turn(60)
    assert await office.runner.run_due() == 1


async def test_a_failing_job_rests_longer_each_time_then_is_dead_and_can_be_revived(office: Office) -> None:
    office.trouble = RuntimeError("the parcel service is closed")
    await office.ask("41")
    for attempt in (1, 2, 3):
        assert await office.runner.run_due() == 1
        assert await office.runner.run_due() == 0, "it rests"
        office.clock.turn(pause_ms(attempt) / 1000)
    assert await office.runner.run_due() == 0
    assert await office.dead() == [("41", "RuntimeError: the parcel service is closed")]
    office.trouble = None
    async with office.db.site(ALL_SITES) as conn:
        (job,) = await dead_jobs(conn)
        assert await revive(conn, job, office.clock.now())
    await office.runner.run_due()
    assert [job.key for job in office.did] == ["41"]


async def test_one_failing_job_does_not_hold_up_the_others(office: Office) -> None:
    async def moody(job: Job) -> None:
        if job.key == "bad":
            raise RuntimeError("no")
        office.did.append(job)

    runner = JobRunner(office.db, [Worker("deliver", moody)], office.clock)
    for key in ("a", "bad", "b"):
        await office.ask(key)
    await runner.run_due()
    assert sorted(job.key for job in office.did) == ["a", "b"]


async def test_the_job_of_a_worker_that_vanished_goes_to_another_and_its_late_result_does_not_count(
    office: Office,
) -> None:
    await office.ask("41")
    taken = await office.runner._claim()
    assert taken is not None
    office.clock.turn(2 * 60)
    assert await office.runner.run_due() == 1
    assert [job.attempts for job in office.did] == [2]
    await office.runner._record_failure(office.worker, taken, "I am back")
    assert await office.runner.run_due() == 0


async def test_a_job_that_kills_its_workers_dies_itself(office: Office) -> None:
    await office.ask("41")
    for _ in range(3):
        await office.runner._claim()
        office.clock.turn(2 * 60)
    await office.runner.run_due()
    assert office.did == []
    assert await office.dead() == [("41", "WorkersVanished: every process that took it died")]


async def test_a_job_that_overruns_its_time_has_failed(office: Office) -> None:
    async def endless(job: Job) -> None:
        await asyncio.Event().wait()

    runner = JobRunner(office.db, [Worker("deliver", endless, attempts_max=1, timeout_s=0.01)], office.clock)
    await office.ask("41")
    await runner.run_due()
    assert await office.dead() == [("41", "TimeoutError: ")]


async def test_a_schedule_fires_once_a_slot_in_the_whole_installation(db: Database, hand_clock: HandClock) -> None:
    schedules = (Every("deliver", 900),)
    offices = [Office(db, hand_clock, schedules=schedules) for _ in range(2)]
    for _ in range(3):
        for office in offices:
            await office.runner.run_due()
        hand_clock.turn(900)
    assert len(offices[0].did) + len(offices[1].did) == 3


async def test_done_jobs_are_forgotten_after_a_while(office: Office) -> None:
    await office.ask("41")
    await office.runner.run_due()
    office.clock.turn(DONE_KEPT_S + 1)
    await office.runner._forget_done()
    assert await office.ask("41"), "it is new again"


async def test_a_running_office_wakes_up_when_it_is_asked_and_outlives_lost_connections(office: Office) -> None:
    did = asyncio.Event()

    async def work(job: Job) -> None:
        did.set()

    runner = JobRunner(office.db, [Worker("deliver", work)], office.clock)
    running = asyncio.create_task(runner.run())
    await office.ask("41")
    await asyncio.wait_for(did.wait(), 5)
    did.clear()
    await cut_every_connection(office.db)
    await office.ask("42")
    await asyncio.wait_for(did.wait(), 5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def cut_every_connection(db: Database) -> None:
    async with db.site(ALL_SITES) as conn:
        await conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


async def test_two_runners_share_the_work_and_none_is_done_twice(db: Database, hand_clock: HandClock) -> None:
    offices = [Office(db, hand_clock) for _ in range(2)]
    async with db.site("north") as conn:
        for number in range(60):
            await enqueue(conn, "deliver", str(number), None)
    await asyncio.gather(*(office.runner.run_due() for office in offices))
    assert sorted(int(job.key) for office in offices for job in office.did) == list(range(60))

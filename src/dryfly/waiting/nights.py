"""Every night each site learns anew how long its queues take, and takes what it learned only where that is better.

A queue is learned once `ANSWERED_MIN` contacts that waited were answered on `DAYS_MIN` days of the last
`LEARNED_DAYS`. What was learned is refused, and the old kept, where its median errs by more than the queue-length
rule's on the newer half of the days, or where its upper end holds less than `COVERED_MIN` of the waits there.
"""

import asyncio

import msgspec
import numpy as np
import structlog

from dryfly.floor.model import SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.database import ALL_SITES, Connection, Database
from dryfly.platform.jobs import Every, Job, Worker, enqueue, worker
from dryfly.platform.sql import load_sql
from dryfly.waiting.learning import History, Trial, learn, newer_half
from dryfly.waiting.model import SHARES
from dryfly.waiting.regression import Lines, Numbers
from dryfly.waiting.signs import VERSION

sql = load_sql(__file__, "store.sql")
log = structlog.get_logger(__name__)

DAY_MS = 86_400_000
ANSWERED_MIN, DAYS_MIN = 300, 4
WAITS_MAX = 6_000  # the newest; some seconds of one core
LEARNED_DAYS, KEPT_DAYS = 28, 60
COVERED_MIN = 0.65
NIGHT_TIMEOUT_S = 900

SCHEDULES = [Every("waiting_night", DAY_MS // 1000)]


def waiting_workers(db: Database, clock: Clock) -> list[Worker]:
    """The workers for `JobRunner`, beside `SCHEDULES`."""

    @worker("waiting_night")
    async def night(job: Job) -> None:
        async with db.site(ALL_SITES) as conn:
            sites = [row["site"] for row in await conn.fetch(sql.sites)]
        for site in sites:
            async with db.site(site) as conn:
                await enqueue(conn, "waiting_learn", job.key, None)

    @worker("waiting_learn", attempts_max=3, timeout_s=NIGHT_TIMEOUT_S)
    async def learn_site(job: Job) -> None:
        await learn_waits(db, SiteId(job.site), clock.now())

    return [night, learn_site]


class Learned(msgspec.Struct, frozen=True):
    """`refused`: why it is not taken; "": it is. `rule_s`: error of the rule's median on the same waits."""

    lines: Lines
    trial: Trial
    rule_s: float | None
    refused: str = ""


async def learn_waits(db: Database, site: SiteId, now: int) -> dict[str, Learned]:
    """Learns each queue that has history enough. Forgets what is old."""
    found: dict[str, Learned] = {}
    async with db.site(site) as conn:
        await conn.execute(sql.forget, site, now - KEPT_DAYS * DAY_MS)
        await conn.execute(sql.forget_models, site, now - KEPT_DAYS * DAY_MS)
        rows = await conn.fetch(sql.queues_learned_from, site, VERSION, now - LEARNED_DAYS * DAY_MS)
    for row in rows:
        if row["answered"] >= ANSWERED_MIN and row["days"] >= DAYS_MIN:
            found[row["queue"]] = await _learn_queue(db, site, row["queue"], now)
    return found


async def _learn_queue(db: Database, site: SiteId, queue: str, now: int) -> Learned:
    async with db.site(site) as conn:
        history, rule = await _history(conn, site, queue)
    learned = await asyncio.to_thread(learned_from, history, rule)
    async with db.site(site) as conn:
        number = await conn.fetchval(
            sql.put_model, site, queue, VERSION, now, learned.refused, learned.trial.count, learned.trial.error_s,
            learned.rule_s, learned.trial.covered, msgspec.json.encode(learned.lines).decode(),
        )  # fmt: skip
    log.info("waiting.learned", site=site, queue=queue, number=number, refused=learned.refused)
    return learned


async def _history(conn: Connection, site: SiteId, queue: str) -> tuple[History, Numbers]:
    """And what the rule told of each; not a number where it could not."""
    rows = await conn.fetch(sql.history, site, queue, VERSION, WAITS_MAX)
    history = History(
        np.array([row["signs"] for row in rows], float),
        np.array([row["wait_s"] for row in rows], float),
        np.array([row["is_answered"] for row in rows], bool),
        np.array([row["day"] for row in rows], float),
    )
    return history, np.array([row["rule_s"] for row in rows], float)


def learned_from(history: History, rule: Numbers) -> Learned:
    lines, trial = learn(history, SHARES)
    judged = newer_half(history.days) & history.is_ended & ~np.isnan(rule)
    rule_s = float(np.abs(rule - history.waits)[judged].mean()) if judged.any() else None
    return Learned(lines, trial, rule_s, _refusal(trial, rule_s))


def _refusal(trial: Trial, rule_s: float | None) -> str:
    if rule_s is not None and trial.error_s > rule_s:
        return "worse_than_rule"
    return "band_too_narrow" if trial.covered < COVERED_MIN else ""

"""Emergency closing: a supervisor closes a queue now, until a time, and says why.

It lies beside the set-up, not in it: a set-up that is written anew from a file opens nothing. It ends by itself, so
that nobody has to remember to open again; whoever wants to do so sooner, lifts it. Both are in the audit.
"""

from collections.abc import Mapping

import msgspec

from dryfly.floor.model import QueueId, SiteId
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql, rows_as
from dryfly.setup.store import write_audit

sql = load_sql(__file__, "closings.sql")

CLOSING_MS_MAX = 7 * 24 * 3_600_000
REASON_MAX = 200


class Closing(msgspec.Struct, frozen=True):
    """`by`: the supervisor's name. Instants in milliseconds."""

    queue: QueueId
    closed_at: int
    until: int
    reason: str
    by: str


class AskClosing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`reason` is for colleagues; customers hear when it opens again."""

    until: int
    reason: str


class Closings:
    """One site's. `read` once; then memory knows them."""

    def __init__(self, db: Database, site: SiteId) -> None:
        self._db = db
        self._site = site
        self._known: dict[QueueId, Closing] = {}

    async def read(self) -> None:
        async with self._db.site(self._site) as conn:
            found = rows_as(Closing, await conn.fetch(sql.read, self._site))
        self._known = {closing.queue: closing for closing in found}

    def at(self, now: int) -> Mapping[QueueId, Closing]:
        """Those that hold."""
        return {queue: closing for queue, closing in self._known.items() if closing.until > now}

    async def close(self, closing: Closing, actor: str) -> None:
        """In place of one that holds already."""
        _check(closing)
        before = self._known.get(closing.queue)
        async with self._db.site(self._site) as conn:
            row = msgspec.structs.astuple(closing)
            await conn.execute(sql.put, self._site, *row)
            note = ("close", f"queues/{closing.queue}", {"before": before, "after": closing})
            await write_audit(conn, self._site, actor, closing.closed_at, [note])
        self._known[closing.queue] = closing

    async def lift(self, queue: QueueId, actor: str, now: int) -> None:
        """Nothing happens where none holds: somebody else was faster."""
        before = self._known.get(queue)
        if before is None:
            return
        async with self._db.site(self._site) as conn:
            await conn.execute(sql.lift, self._site, queue)
            await write_audit(conn, self._site, actor, now, [("reopen", f"queues/{queue}", {"before": before})])
        self._known.pop(queue, None)


def _check(closing: Closing) -> None:
    if not closing.closed_at < closing.until <= closing.closed_at + CLOSING_MS_MAX:
        raise CallerError("closing_wrong", "Close it until a time within the next seven days.", where="until")
    if not closing.reason.strip() or len(closing.reason) > REASON_MAX or "\x00" in closing.reason:
        text = f"Say why, in at most {REASON_MAX} characters: colleagues will ask."
        raise CallerError("closing_wrong", text, where="reason")

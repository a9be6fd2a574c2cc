"""Where the alerts stand, over restarts: raised since when, seen by whom, and beyond their line for how long.

Little is written: a number that stays where it is changes nothing. While we were away nothing was known, and what is
not known neither raises nor clears (`desk.alerts`), so the times go on from where they were.
"""

from collections.abc import Mapping

from dryfly.desk.alerts import Watch
from dryfly.floor.model import SiteId
from dryfly.platform.database import Database
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "kept_alerts.sql")

Row = tuple[int | None, int | None, str]  # as in the table
QUIET: Row = (None, None, "")


class KeptAlerts:
    """One site's."""

    def __init__(self, db: Database, site: SiteId) -> None:
        self._db = db
        self._site = site
        self._rows: dict[str, Row] = {}  # as they are in the table

    async def read(self) -> dict[str, Watch]:
        async with self._db.site(self._site) as conn:
            rows = await conn.fetch(sql.read, self._site)
        self._rows = {row["alert"]: (row["beyond_since"], row["raised_at"], row["seen_by"]) for row in rows}
        return {alert: Watch(*row) for alert, row in self._rows.items()}

    async def keep(self, watches: Mapping[str, Watch]) -> None:
        """Raises PeerError where the store is away; the next call writes what this one did not."""
        now = {alert: row for alert, watch in watches.items() if (row := _row(watch)) != QUIET}
        changed = [(self._site, alert, *row) for alert, row in now.items() if self._rows.get(alert) != row]
        gone = list(self._rows.keys() - now.keys())
        if not changed and not gone:
            return
        async with self._db.site(self._site) as conn:
            await conn.executemany(sql.put, changed)
            await conn.execute(sql.forget, self._site, gone)
        self._rows = now


def _row(watch: Watch) -> Row:
    return watch.beyond_since, watch.raised_at, watch.seen_by

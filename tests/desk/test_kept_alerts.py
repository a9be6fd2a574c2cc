"""Alerts outlive the process: nobody is told anew of what they know, and no clock begins from zero."""

from dryfly.desk.alerts import Alerts
from dryfly.desk.floor_words import AlertLine
from dryfly.desk.kept_alerts import KeptAlerts
from dryfly.floor.model import SiteId
from dryfly.platform.database import Database
from dryfly.setup.alerts import Alert, AlertMeasure

MANY_WAIT = Alert("many", "Many wait", AlertMeasure.WAITING, raise_at=10, clear_at=5, for_s=30)
NORTH = SiteId("north")


class Floor:
    """A number of one queue over time, on a server that is stopped and started."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now = 1_000_000

    async def starts(self, site: SiteId = NORTH) -> "Floor":
        self.kept = KeptAlerts(self.db, site)
        self.alerts = Alerts(await self.kept.read())
        return self

    async def shows(self, value: float, after_s: int = 0) -> tuple[AlertLine, ...]:
        self.now += after_s * 1000
        lines = self.alerts.look([MANY_WAIT], {("general", MANY_WAIT.measure): value}, self.now)
        await self.kept.keep(self.alerts.watches)
        return lines


async def test_the_time_beyond_the_line_goes_on_over_a_restart(db: Database) -> None:
    floor = await Floor(db).starts()
    assert not await floor.shows(12)
    assert not await floor.shows(12, after_s=20)
    await floor.starts()
    assert not await floor.shows(12, after_s=9)
    assert await floor.shows(12, after_s=1)


async def test_a_raised_alert_keeps_its_time_and_who_takes_care(db: Database) -> None:
    floor = await Floor(db).starts()
    await floor.shows(12)
    (raised,) = await floor.shows(12, after_s=30)
    assert floor.alerts.see("many:general", "Sue")
    await floor.kept.keep(floor.alerts.watches)
    await floor.starts()
    (line,) = await floor.shows(8, after_s=300)  # between the lines: as it was
    assert (line.raised_at, line.seen_by) == (raised.raised_at, "Sue")
    assert not floor.alerts.see("many:general", "Tom")


async def test_it_clears_over_a_restart_and_is_not_remembered(db: Database) -> None:
    floor = await Floor(db).starts()
    await floor.shows(12)
    await floor.shows(12, after_s=30)
    assert await floor.shows(3, after_s=5)
    await floor.starts()
    assert await floor.shows(3, after_s=29)
    assert not await floor.shows(3, after_s=1)
    await floor.starts()
    assert floor.alerts.watches == {}


async def test_each_site_has_its_own(db: Database) -> None:
    floor = await Floor(db).starts()
    await floor.shows(12)
    await floor.shows(12, after_s=30)
    await floor.starts(SiteId("south"))
    assert floor.alerts.watches == {}

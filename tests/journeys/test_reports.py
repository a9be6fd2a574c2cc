"""A supervisor reads what was: by queue, behind a number, into a file, and into one talk."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, Channel, ContactId, Ending, Event, Presence, QueuedBecause, QueueId, QueueSpec
from dryfly.insight.store import fold_reports
from dryfly.ledger import Actor, CommandId, Recorded
from tests.journeys.conftest import Town
from tests.journeys.looks import SCHEMES, look_right, look_right_everywhere
from tests.journeys.pictures import picture
from tests.service.conftest import MAIN, a_queue

MINUTE_MS = 60_000
WIDE = (2560, 1024)
FILED = {"Entered": "entered_count", "Answered": "answered_count", "Abandoned": "abandoned_count"}


async def test_yesterday_by_queue_behind_a_number_and_into_a_file(town: Town) -> None:
    await yesterday(town)
    sue = await town.supervisor("sue")
    page = sue.page
    await page.goto(f"{town.house.base}/desk/#/reports")
    await page.get_by_role("button", name="Yesterday").click()
    table = page.get_by_role("region", name="Queues")
    await expect(table.get_by_role("row", name=re.compile("^Billing"))).to_be_visible()
    screen = await columns(page, "All")

    async with page.expect_download() as download:
        await page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO((await (await download.value).path()).read_text())))
    assert (await download.value).suggested_filename.startswith("report-by-queue-")
    for heading, column in (
        ("Entered", "entered_count"),
        ("Answered", "answered_count"),
        ("Abandoned", "abandoned_count"),
    ):
        assert sum(int(row[column]) for row in rows) == int(screen[heading])
    assert int(screen["Abandoned"]) > 0

    await table.get_by_role("button", name=re.compile("^Abandoned, Billing")).click()
    behind = page.get_by_role("region", name="Abandoned: Billing")
    await expect(behind.get_by_text("left while waiting")).to_have_count(int(await number(page, rows)))
    await page.keyboard.press("Escape")
    await expect(table).to_be_visible()

    await table.get_by_role("button", name="Billing", exact=True).click()
    await expect(page.get_by_role("heading", name=re.compile("By interval: Billing"))).to_be_visible()
    address = page.url
    await page.reload()
    await expect(page.get_by_role("heading", name=re.compile("By interval: Billing"))).to_be_visible()
    assert page.url == address
    await table.get_by_role("button", name="Service level", exact=True).focus()
    await expect(table.get_by_text("Answered by a person within the queue’s time")).to_be_visible()


async def test_the_talk_behind_a_number_is_read_without_touching_it(town: Town) -> None:
    ann = await town.customer()
    await ann.writes("is anybody there?")
    sue = await town.supervisor("sue")
    await sue.page.goto(f"{town.house.base}/desk/#/reports/zone=Europe%2FLondon")
    await sue.page.get_by_role("button", name=re.compile("^Entered, All")).click()
    await sue.page.get_by_role("button", name=re.compile("^Read the talk of")).click()
    await sue.sees("is anybody there?")
    await expect(sue.field).to_have_count(0)


@pytest.mark.pictured
async def test_how_reports_look(town: Town) -> None:
    await yesterday(town)
    sue = await town.supervisor("sue")
    page = sue.page
    await page.goto(f"{town.house.base}/desk/#/reports/period=yesterday&every=15")
    await expect(page.get_by_role("region", name="Queues").get_by_role("row")).to_have_count(6)
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        for width in WIDE:
            await page.set_viewport_size({"width": width, "height": 900})
            await look_right(page)
    await look_right_everywhere(page)
    await picture(page, "reports")
    await page.get_by_role("button", name=re.compile("^Abandoned, All")).click()
    await expect(page.get_by_role("region", name="Abandoned: All together")).to_be_visible()
    await look_right_everywhere(page)


# ---- what was ----------------------------------------------------------------------------------


async def columns(page: Page, row: str) -> dict[str, str]:
    """A row of the first table, by its headings."""
    table = page.get_by_role("region", name="Queues")
    headings = await table.locator("thead th").all_inner_texts()
    cells = await table.get_by_role("row", name=re.compile(f"^{row}")).locator("th, td").all_inner_texts()
    return dict(zip(headings, cells, strict=True))


async def number(page: Page, rows: list[dict[str, str]]) -> int:
    return sum(int(row["abandoned_count"]) for row in rows if row["id"] == "billing")


async def yesterday(town: Town) -> None:
    """A day with a morning peak at three queues, folded as it is told by the journal."""
    await town.house.set_up(a_queue("billing"), a_queue("orders"))
    now = datetime.fromtimestamp(town.house.server.clock.now() / 1000, UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    events = sorted(_day(int(midnight.timestamp() * 1000)), key=lambda told: told[0])
    records = [
        Recorded(seq, at, event, Actor("test"), CommandId("c"), getattr(event, "contact", None))
        for seq, (at, event) in enumerate(events, 1)
    ]
    async with town.house.server.db.site(MAIN) as conn:
        await fold_reports(MAIN, conn, records)


def _day(begin: int) -> Iterator[tuple[int, Event]]:
    for queue in ("general", "billing", "orders"):
        yield begin, floor.QueuePut(QueueId(queue), QueueSpec(service_level_s=60, short_abandon_s=5))
    for agent in ("bob", "eve"):
        yield begin + 8 * 60 * MINUTE_MS, floor.AgentConnected(AgentId(agent))
        yield begin + 8 * 60 * MINUTE_MS, floor.PresenceChanged(AgentId(agent), Presence.READY)
        yield begin + 18 * 60 * MINUTE_MS, floor.PresenceChanged(AgentId(agent), Presence.OFFLINE)
    for n in range(180):
        minute = 8 * 60 + (n * n * 7) % 240 if n % 3 else 8 * 60 + (n * 37) % 600
        yield from _contact(n, begin + minute * MINUTE_MS)


def _contact(n: int, at: int) -> Iterator[tuple[int, Event]]:
    contact, queue = ContactId(f"c{n}"), ("billing", "orders", "general")[n % 3]
    yield at, floor.ContactArrived(contact, Channel("mail" if n % 7 == 0 else "web"))
    if n % 11 == 0:
        yield at + 40_000, floor.ContactClosed(contact, Ending.SOLVED_BY_BOT if n % 2 else Ending.LEFT_BOT)
        return
    need = ("refund", "where_is_my_order", None)[n % 3]
    yield (
        at + 1,
        floor.ContactQueued(
            contact, QueueId(queue), floor.Instant(at + 1), floor.Instant(at + 1), QueuedBecause.BOT_LET_GO, need=need
        ),
    )
    if n % 13 == 0:
        yield at + (3_000 if n % 2 else 70_000), floor.ContactClosed(contact, Ending.ABANDONED)
        return
    answered = at + 4_000 + (n * 7919) % 90_000
    agent = AgentId("bob" if n % 2 else "eve")
    yield answered, floor.ContactEngaged(contact, agent)
    yield answered + 120_000 + (n * 104729) % 400_000, floor.ContactClosed(contact, Ending.SERVED, agent, "solved")

"""A supervisor tries a queue's rules on yesterday, and reads what it would have changed, and for whom."""

import json

from playwright.async_api import Route, expect

from tests.journeys.conftest import Town
from tests.journeys.looks import look_right_everywhere
from tests.journeys.test_setup import at_setup
from tests.service.conftest import a_queue, a_skill


def tried(was: float, before: float, after: float, low: float, high: float) -> dict[str, float]:
    return {"was": was, "before": before, "after": after, "low": low, "high": high}


def a_queue_tried(queue: str, entered: int, level: dict[str, float], wait: dict[str, float]) -> dict[str, object]:
    gone = tried(0.04, 0.041, 0.03, -0.02, 0.001)
    figures = {"service_level": level, "abandoned_share": gone, "asa_s": wait, "wait_p80_s": wait}
    return {"queue": queue, "entered_count": entered, "figures": figures}


TOLD = {
    "day": "2026-11-20", "answered_count": 412, "answered_min": 20, "runs_count": 8,
    "notes": [{"code": "begun", "count": 7}],
    "queues": [
        a_queue_tried("", 431, tried(0.71, 0.705, 0.73, 0.01, 0.04), tried(48, 49, 43, -8, -4)),
        a_queue_tried("returns", 231, tried(0.62, 0.61, 0.82, 0.18, 0.24), tried(71, 72, 31, -44, -38)),
        a_queue_tried("billing", 200, tried(0.82, 0.82, 0.64, -0.22, -0.14), tried(21, 21, 58, 31, 43)),
    ],
}  # fmt: skip


async def test_rules_are_tried_on_yesterday(town: Town) -> None:
    await town.house.set_up(a_skill("orders"), a_queue("returns"), a_queue("billing"))
    page = await at_setup(town, "sam", "queues/returns", "supervisor")
    section = page.get_by_role("region", name="Try it on yesterday")
    await section.get_by_role("button", name="Try it").press("Enter")
    await expect(section.get_by_text("Nobody was answered on")).to_be_visible(timeout=60_000)

    async def answer(route: Route) -> None:
        await route.fulfill(status=200, content_type="application/json", body=json.dumps(TOLD))

    await page.route("**/trial", answer)
    await section.get_by_role("button", name="Try again").press("Enter")
    await expect(section.get_by_text("Returns: service level 21.0 points higher")).to_be_visible()
    await expect(section.get_by_text("Billing: waits 37.0 s longer on average")).to_be_visible()
    await expect(section.get_by_role("row", name="All queues")).to_contain_text("70.5\u00a0% → 73.0\u00a0%")
    await expect(section.get_by_text("Talks that agents began are not played: 7.")).to_be_visible()
    await section.scroll_into_view_if_needed()
    await look_right_everywhere(page)

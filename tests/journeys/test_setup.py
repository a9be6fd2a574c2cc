"""Administrators change the set-up in the browser, and what they save is in effect at once."""

import os
import re
from pathlib import Path

from playwright.async_api import Page, expect

from dryfly.floor.model import AgentId
from dryfly.setup.model import Agent
from tests.journeys.conftest import Town
from tests.service.conftest import a_queue, a_skill


async def at_setup(town: Town, name: str, role: str, page: str) -> Page:
    """Somebody at the set-up."""
    await town.house.set_up(Agent(AgentId(name), name.title()))
    cookie = await town.house.person(name, role, name)
    somebody = await town._at_desk(cookie, None, ready=False)
    await somebody.page.goto(f"{town.house.base}/desk/#/setup/{page}")
    return somebody.page


async def goes(page: Page, where: str) -> None:
    await page.evaluate("where => { location.hash = `#/setup/${where}` }", where)


async def test_pics(town: Town) -> None:
    out = Path(os.environ["PICS"])
    await town.house.set_up(
        a_skill("returns"), a_skill("billing"), a_skill("french"), a_queue("returns", requires={"returns": 3}),
        *(Agent(AgentId(f"agent-{n}"), f"Person Number{n}") for n in range(60)),
    )
    page = await at_setup(town, "alma", "administrator", "queues/returns")
    page.on("console", lambda m: print("CONSOLE", m.text))
    for where in os.environ.get("WHERE", "queues/returns").split(","):
        await goes(page, where)
        await page.wait_for_timeout(1500)
        for width in map(int, os.environ.get("WIDTHS", "1440").split(",")):
            await page.set_viewport_size({"width": width, "height": 900 if width > 500 else 740})
            for scheme in os.environ.get("SCHEMES", "light").split(","):
                await page.emulate_media(color_scheme=scheme)
                await page.wait_for_timeout(200)
                await page.screenshot(path=out / f"{where.replace('/', '_')}-{width}-{scheme}.png")

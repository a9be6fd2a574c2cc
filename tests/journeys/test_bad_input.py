"""Browsers that forbid, networks that fail, clocks that are wrong, names that attack: each is shown honestly."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Page, Route, expect

from dryfly.floor.model import AgentId, AgentSpec, Channel, ChannelCapacity, QueueId, SkillId
from dryfly.setup.change import Change
from dryfly.setup.look import Look
from dryfly.setup.model import Agent, Queue, Reply, Site, Skill, Team, TeamId
from tests.journeys.conftest import Town
from tests.journeys.looks import STICKING_OUT
from tests.journeys.people import AgentPage
from tests.journeys.test_setup import goes
from tests.service.conftest import MAIN

HOUR = timedelta(hours=1)

# A system that answers as the test says, and keeps what it was told to show and to play.
SYSTEM = """
window.told = { notices: [], tones: 0, permission: 'default' }
window.Notification = class {
  static get permission() { return told.permission }
  static async requestPermission() { return (told.permission = told.answer) }
  constructor(title, { body }) { told.notices.push([title, body]) }
  close() {}
}
const start = OscillatorNode.prototype.start
OscillatorNode.prototype.start = function (...when) { told.tones++; return start.apply(this, when) }
"""
LOOKS_ELSEWHERE = "() => { document.hasFocus = () => false }"


async def test_notices_and_tones_are_asked_for_once_and_come_only_when_nobody_looks(town: Town) -> None:
    bob = await town.agent("bob", ready=False)
    await bob.page.context.add_init_script(SYSTEM)
    await bob.reloads()
    await wants_notices(bob, "denied")
    await expect(bob.page.get_by_role("alert")).to_contain_text("Your browser does not allow notices")
    await expect(bob.page.get_by_role("checkbox", name="Offers: System notice")).not_to_be_checked()
    await wants_notices(bob, "granted")
    await expect(bob.page.get_by_role("checkbox", name="Offers: System notice")).to_be_checked()
    await expect(bob.page.get_by_text("Your browser does not allow notices")).to_have_count(0)
    await bob.page.keyboard.press("Escape")
    await bob.is_ready()

    ann = await town.customer()
    await bob.page.bring_to_front()
    await ann.writes("hello")
    await bob.takes()
    assert await told(bob.page, "notices") == [], "who looks needs no notice"
    assert await told(bob.page, "tones") > 0

    await bob.page.evaluate(LOOKS_ELSEWHERE)
    await (await town.customer()).writes("is anybody there?")
    await bob.is_offered()
    assert [title for title, _ in await told(bob.page, "notices")] == ["Offered to you: Visitor"]
    await ann.writes("no notice was wanted of this")
    await bob.sees("no notice was wanted of this")
    assert len(await told(bob.page, "notices")) == 1


async def wants_notices(agent: AgentPage, answer: str) -> None:
    await agent.page.evaluate("answer => { told.answer = answer }", answer)
    box = agent.page.get_by_role("checkbox", name="Offers: System notice")
    if not await box.is_visible():
        await agent.page.get_by_role("button", name="Preferences").click()
    await box.click()


async def told(page: Page, what: str) -> Any:
    return await page.evaluate("what => told[what]", what)


async def test_an_upload_that_fails_says_so_and_keeps_what_was_written(town: Town) -> None:
    town.watcher.network_is_cut = True
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello?")
    await bob.takes()
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await bob.page.route("**/api/attachments?*", hold)
    await bob.field.fill("look at this")
    chooser = bob.page.locator("input[type=file]")
    cat = {"name": "cat.txt", "mimeType": "text/plain", "buffer": b"a cat"}
    await chooser.set_input_files(cat)  # type: ignore[arg-type]
    await expect(bob.page.get_by_text("cat.txt is being sent…")).to_be_visible()
    await bob.field.press("Control+Enter")
    await expect(bob.field).to_have_value("look at this")
    await held[0].abort()
    await expect(bob.page.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    await expect(bob.page.get_by_text("cat.txt is being sent…")).to_have_count(0)
    await bob.page.unroute("**/api/attachments?*")
    await chooser.set_input_files(cat)  # type: ignore[arg-type]
    await expect(bob.page.get_by_role("button", name="Remove cat.txt")).to_be_visible()
    await bob.field.press("Control+Enter")
    await expect(ann.log.get_by_role("button", name=re.compile("cat.txt"))).to_be_visible()
    assert await ann.texts() == ["hello?", "look at this"]


async def test_clocks_that_are_an_hour_wrong_change_no_time_on_the_screens(town: Town) -> None:
    """An agent's runs ahead, a customer's behind: both see the server's time."""
    bob, ann = await town.agent("bob"), await town.customer()
    await bob.page.context.clock.install(time=datetime.now(UTC) + HOUR)
    await ann.page.context.clock.install(time=datetime.now(UTC) - HOUR)
    await bob.reloads()
    await ann.reloads()
    await ann.writes("what time is it?")
    await expect(bob.offer.get_by_role("timer")).to_have_accessible_name(re.compile(r"^(1\d|20|[1-9]) seconds left"))
    await bob.takes()
    await bob.says("let me see")
    await ann.reads("what time is it?", "let me see")
    times = set(map(said_at, (datetime.now(UTC) - timedelta(minutes=1), datetime.now(UTC))))
    for page in (bob.log, ann.log):
        shown = set(re.findall(r"\b\d\d:\d\d\b", await page.inner_text()))
        assert shown <= times, (shown, times)
    await bob.field.press("Escape")
    await bob.page.keyboard.press("z")
    await bob.page.get_by_role("menuitem", name="In an hour").press("Enter")
    await expect(bob.list).to_contain_text("until")
    due = town.house.site.ledger.peek(lambda state: [c.snoozed_until for c in state.contacts.values()])[0]
    assert due is not None
    assert abs(due / 1000 - (datetime.now(UTC) + HOUR).timestamp()) < 300


def said_at(time: datetime) -> str:
    return time.strftime("%H:%M")  # people at these screens are in London, in winter


# ---- names ---------------------------------------------------------------------------------------

BREAKS = "<img src=x onerror=\"document.title='broken'\">"
NASTY = f"{BREAKS}\u202eeman a{'long' * 12}"  # titles have at most 120 characters
# Names that turn the direction of what stands beside them.
TURNED = """() => {
  const found = []
  const look = root => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.shadowRoot) look(node.shadowRoot)
      if (node.nodeType !== 3 || !/[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data)) continue
      let around = node.parentElement
      const holds = ({ unicodeBidi, display }) => /isolate|plaintext/.test(unicodeBidi) || !/^inline$/.test(display)
      while (around && !holds(getComputedStyle(around))) around = around.parentElement
      if (around?.checkVisibility() && around.textContent.trim() !== node.data.trim())
        found.push(`${around.tagName}.${around.className}: ${around.textContent.slice(0, 80)}`)
    }
  }
  look(document)
  return [...new Set(found)]
}"""


async def test_scripts_and_turned_letters_in_every_name_do_nothing_on_any_screen(town: Town) -> None:
    """Whoever is called so: customer, agent, queue, skill, team, reply, company."""
    await town.house.server.sites.change(MAIN, Change(site=Site(MAIN, NASTY, Look(NASTY))), "system:test")
    spec = AgentSpec({SkillId("odd"): 3}, channels=(ChannelCapacity(Channel("web"), 25, 4),))
    names = (Skill(SkillId("odd"), NASTY), Team(TeamId("odd"), NASTY), Queue(QueueId("general"), NASTY))
    await town.house.set_up(*names, Reply("odd", NASTY, NASTY))  # type: ignore[arg-type]
    eve, ann = await town.agent("eve"), await town.customer()
    await town.house.set_up(Agent(AgentId("eve"), NASTY, spec=spec))
    await ann.writes(NASTY)
    await eve.takes()
    await eve.says(NASTY)
    await eve.notes(NASTY)
    await is_harmless(eve.page)
    await is_harmless(ann.page)
    alma = await town.house.person("alma", "administrator")
    boss = await town._at_desk(alma, None, ready=False)
    for screen in ("floor", "reports", "walk"):
        await boss.page.goto(f"{town.house.base}/desk/#/{screen}")
        await expect(boss.page.get_by_role("heading").first).to_be_visible()
        await is_harmless(boss.page)
    for where in ("site", "queues/general", "skills/odd", "matrix", "agents/eve", "teams/odd", "replies/odd", "audit"):
        await boss.page.goto(f"{town.house.base}/desk/#/setup/{where}")
        await expect(boss.page.get_by_role("heading", level=1)).to_be_visible()
        await goes(boss.page, where)
        await is_harmless(boss.page)


async def is_harmless(page: Page) -> None:
    """Nothing ran, nothing sticks out, nothing beside the name is turned."""
    assert await page.title() != "broken"
    for found in (await page.evaluate(STICKING_OUT), await page.evaluate(TURNED)):
        assert not found, "\n".join([page.url, *found])

"""Administrators change the set-up in the browser, and what they save is in effect at once."""

import re

import pytest
from playwright.async_api import Page, ViewportSize, expect

from dryfly.floor.model import AgentId, AgentSpec, ContactId, SkillId
from dryfly.setup.change import Change
from dryfly.setup.model import Agent, Team, TeamId
from tests.journeys.conftest import Town
from tests.journeys.looks import SCHEMES, look_right, look_right_everywhere
from tests.journeys.pictures import picture
from tests.service.conftest import MAIN, a_queue, a_skill

BETWEEN: ViewportSize = {"width": 1024, "height": 768}
PICTURED = {"queues/returns": "setup-queues", "matrix": "setup-matrix", "look": "setup-look", "hours": "setup-hours"}


SKILLS = (
    "returns", "billing", "deliveries", "warranty", "repairs", "wholesale",
    "complaints", "vouchers", "english", "german", "french", "turkish",
)  # fmt: skip
GIVEN = ("Amara", "Bruno", "Chiara", "Dmitri", "Eun-ji", "Farid", "Greta", "Hiro")
FAMILY = ("Novak", "Okafor", "Lindqvist", "Rossi", "Tanaka")


def forty_people() -> list[Agent]:
    """Each with some skills, the same at every run."""
    names = [f"{given} {family}" for family in FAMILY for given in GIVEN]
    return [Agent(AgentId(f"agent-{n}"), name, spec=AgentSpec(skills_of(n))) for n, name in enumerate(names)]


def skills_of(person: int) -> dict[SkillId, int]:
    levels = {SkillId(skill): level(person, n) for n, skill in enumerate(SKILLS)}
    return {skill: level for skill, level in levels.items() if level}


def level(person: int, skill: int) -> int:
    """0: none."""
    return (person * 7 + skill * 5) % 10 + 1 if (person * 3 + skill * (person % 4 + 1)) % 5 < 2 else 0


async def at_setup(town: Town, name: str, page: str, role: str = "administrator") -> Page:
    """Somebody at a page of the set-up."""
    await town.house.set_up(Agent(AgentId(name), name.title()))
    somebody = await town._at_desk(await town.house.person(name, role, name), None, ready=False)
    await somebody.page.goto(f"{town.house.base}/desk/#/setup/{page}")
    return somebody.page


async def goes(page: Page, where: str) -> None:
    await page.evaluate("where => { location.hash = `#/setup/${where}` }", where)


async def saves(page: Page) -> None:
    await page.keyboard.press("Control+s")
    await expect(page.get_by_text("Saved, and in effect.")).to_be_visible()


async def test_a_skill_by_keyboard_reaches_who_waits(town: Town) -> None:
    await town.house.set_up(a_skill("billing"), a_skill("french"), a_queue("general", requires={"french": 3}))
    bob = await town.house.desk("bob")
    ann = await town.house.visitor()
    await ann.ask("person")
    alma = await at_setup(town, "alma", "matrix")
    grid = alma.get_by_role("grid", name="Skills matrix")
    await grid.focus()
    for key in ("ArrowDown", "ArrowRight", "1", "0", "ArrowUp", "4", "Control+z", "ArrowDown"):
        await alma.keyboard.press(key)
    await expect(grid.get_by_role("gridcell", name="Bob, French: 10")).to_be_visible()
    await expect(grid.get_by_role("gridcell", name="Alma, French: none")).to_be_visible()
    await saves(alma)
    contact = await bob.takes()
    assert town.house.site.ledger.peek(lambda state: state.contacts[ContactId(contact)].agent) == "bob"
    await grid.focus()
    await alma.keyboard.press("Delete")
    await saves(alma)
    assert (await town.house.server.sites.refresh(MAIN)).agents[AgentId("bob")].spec.skills == {}


async def test_a_new_queue_is_there_at_once(town: Town) -> None:
    bob = await town.house.desk("bob")
    ann = await town.house.visitor()
    await ann.ask("person")
    contact = await bob.takes()
    alma = await at_setup(town, "alma", "queues/+")
    town.watcher.allows("/api/setup/edits")  # which is refused on purpose
    await alma.get_by_label("Title").fill("Money back")
    await expect(alma.get_by_label("Id")).to_have_value("money-back")
    await alma.keyboard.press("Enter")
    await alma.get_by_label("Answer within").fill("-5")
    await expect(alma.get_by_text("At least 0.")).to_be_visible()
    await alma.keyboard.press("Control+s")
    refused = alma.get_by_role("alert").filter(has_text="A number lies outside its range.")
    await expect(refused.first).to_be_visible()
    await alma.get_by_label("Answer within").fill("90")
    await saves(alma)
    await bob.ask("transfer", contact=contact, to_queue="money-back")
    await expect(alma.get_by_role("link", name=re.compile("Money back"))).to_be_visible()
    await alma.get_by_role("button", name="Remove", exact=True).click()
    await alma.keyboard.press("Control+s")
    await expect(alma.get_by_text(re.compile("still in the queue money-back")).first).to_be_visible()
    await alma.get_by_role("button", name="Keep it after all").click()
    await expect(alma.get_by_text("not saved yet")).to_have_count(0)


async def test_thirty_people_of_a_table_two_of_them_wrong(town: Town) -> None:
    team = Change(puts=(Team(TeamId("service"), "Service"), a_skill("returns")))
    await town.house.server.sites.change(MAIN, team, "system:test")
    rows = [f"p{n}@shop.example,Person {n},agent,service,returns={n % 10 + 1}" for n in range(30)]
    wrong = [
        *rows[:10],
        "no address,Somebody,agent,service,",
        *rows[11:20],
        "x@shop.example,X,agent,nowhere,",
        *rows[21:],
    ]
    head = "email,name,role,team,skills"
    alma = await at_setup(town, "alma", "people/import")
    field = alma.get_by_role("textbox", name="or paste the table here")
    await field.fill("\n".join([head, *wrong]))
    await alma.get_by_role("button", name="Look at it").click()
    await expect(alma.get_by_text("2 lines have a problem.")).to_be_visible()
    await expect(alma.get_by_role("row", name=re.compile("^12 email"))).to_be_visible()
    await expect(alma.get_by_role("row", name=re.compile("^22 team There is no team 'nowhere'"))).to_be_visible()
    await look_right(alma)
    await goes(alma, "teams")
    await goes(alma, "people/import")
    await expect(field).to_have_value("\n".join([head, *wrong]))
    await field.fill("\n".join([head, *rows]))
    await alma.get_by_role("button", name="Look at it").click()
    await expect(alma.get_by_text("+ people/p7@shop.example")).to_be_visible()
    await alma.get_by_role("button", name="Do it").click()
    await expect(alma.get_by_text("30 people are new.")).to_be_visible()
    async with alma.expect_download() as download:
        await alma.get_by_role("button", name="Download the passwords").click()
    kept = (await (await download.value).path()).read_text().splitlines()
    assert (len(kept), kept[0]) == (31, '"email","name","password"')
    agents = (await town.house.server.sites.refresh(MAIN)).agents
    assert agents[AgentId("person-7")].spec.skills == {"returns": 8}
    await alma.get_by_role("button", name="Another table").click()
    await field.fill("\n".join([head, *rows]))
    await alma.get_by_role("button", name="Look at it").click()
    await expect(alma.get_by_text("Everybody is as this table says already.")).to_be_visible()


async def test_the_look_is_seen_before_it_is_saved(town: Town) -> None:
    alma = await at_setup(town, "alma", "look")
    widget = alma.frame_locator("iframe").locator("dryfly-widget")
    await expect(widget.get_by_role("heading", name="How can we help?")).to_be_visible()
    title = alma.get_by_label("Title")
    await title.fill("Ask the <b>north</b>")
    await expect(widget.get_by_role("heading", name="Ask the <b>north</b>")).to_be_visible()
    await expect(title).to_be_focused()
    await alma.get_by_role("textbox", name="Colour").fill("#ffd54a")
    await expect(alma.get_by_text("too pale for white")).to_be_visible()
    await alma.get_by_role("button", name=re.compile("^Darken to #")).click()
    await expect(alma.get_by_text(re.compile("^white text on it"))).to_be_visible()
    await alma.get_by_label("Left").check()
    box, frame = await widget.get_by_role("dialog").bounding_box(), await alma.locator("iframe").bounding_box()
    assert box
    assert frame
    assert box["x"] - frame["x"] < 100
    assert (await town.house.server.sites.refresh(MAIN)).site.look.title == "How can we help?"
    await alma.reload()
    await expect(title).to_have_value("Ask the <b>north</b>")
    await alma.get_by_role("button", name=re.compile("^Save")).click()
    await expect(alma.get_by_text("Saved, and in effect.")).to_be_visible()
    assert (await town.house.server.sites.refresh(MAIN)).site.look.title == "Ask the <b>north</b>"


async def test_two_administrators_lose_nothing(town: Town) -> None:
    await town.house.set_up(a_skill("french"), a_skill("billing"), Agent(AgentId("bob"), "Bob"))
    alma = await at_setup(town, "alma", "agents/bob")
    otto = await at_setup(town, "otto", "agents/bob")
    await alma.get_by_label("Name", exact=True).fill("Robert")
    await otto.get_by_label("Name", exact=True).fill("Bobby")
    await otto.get_by_label("Capacity").fill("80")
    await saves(alma)
    otto_saves = otto.get_by_role("button", name=re.compile("^Save"))
    town.watcher.allows("/api/setup/edits")
    await otto_saves.click()
    await expect(otto.get_by_text("One value was changed by somebody else too.")).to_be_visible()
    await expect(otto_saves).to_be_disabled()
    await otto.get_by_role("button", name="Theirs: Robert").click()
    await saves(otto)
    bob = (await town.house.server.sites.refresh(MAIN)).agents[AgentId("bob")]
    assert (bob.name, bob.spec.capacity_units) == ("Robert", 80)


async def test_a_tree_is_compared_and_applied(town: Town) -> None:
    alma = await at_setup(town, "alma", "tree")
    tree = "teams: {service: {title: Service}, second: {title: Second line}}\nskills: {french: {title: French}}\n"
    await alma.get_by_role("textbox", name="Paste a tree here").fill(tree)
    await alma.get_by_role("button", name="Show the difference").click()
    await expect(alma.get_by_text("+ teams/second")).to_be_visible()
    await expect(alma.get_by_text("2 added, 0 removed, 0 changed")).to_be_visible()
    await alma.get_by_role("button", name=re.compile("^Apply to version")).click()
    await expect(alma.get_by_text("Applied. This is version")).to_be_visible()
    await goes(alma, "audit")
    await expect(alma.get_by_role("row", name=re.compile("Alma added skills.french"))).to_be_visible()


async def test_supervisors_read_and_agents_see_nothing(town: Town) -> None:
    sue = await at_setup(town, "sue", "queues/general", "supervisor")
    await expect(sue.get_by_text("You may read the set-up. Administrators change it.")).to_be_visible()
    await expect(sue.get_by_label("Title")).to_be_disabled()
    await expect(sue.get_by_role("button", name="Add")).to_have_count(0)
    bob = await at_setup(town, "bob", "queues/general", "agent")
    await expect(bob.get_by_role("region", name="Your talks")).to_be_visible()
    await expect(bob.get_by_role("heading", name="Queues")).to_have_count(0)


@pytest.mark.pictured
async def test_it_looks_right(town: Town) -> None:
    queues = (a_queue("returns", requires={"returns": 3, "french": 5}), a_queue("billing", requires={"billing": 4}))
    await town.house.set_up(*map(a_skill, SKILLS), *queues, *forty_people())
    alma = await at_setup(town, "alma", "site")
    for where in ("queues/returns", "look", "matrix", "people", "people/import", "hours", "tree", "audit", "channels"):
        await goes(alma, where)
        await expect(alma.get_by_role("heading", level=1)).to_be_visible()
        await expect(alma.get_by_text("Fetching the set-up…")).to_have_count(0)
        if where == "hours":
            await alma.get_by_role("button", name="Set hours").click()
            await expect(alma.get_by_role("grid")).to_be_visible()
        await look_right_everywhere(alma)
        await alma.set_viewport_size(BETWEEN)
        for scheme in SCHEMES:
            await alma.emulate_media(color_scheme=scheme)
            await look_right(alma)
        if where in PICTURED:
            await picture(alma, PICTURED[where])

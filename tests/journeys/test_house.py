"""What is set up and who is here reaches open desks; several sites; invitations with their effect; the alert's tone."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from dryfly.channels.web.invitations import Arm, What
from dryfly.floor.model import AgentId, SiteId
from dryfly.setup.alerts import Alert
from dryfly.setup.change import Change
from dryfly.setup.defaults import first_entries
from dryfly.setup.look import Invitation
from dryfly.setup.model import Agent, Kind, Reply, Site
from tests.journeys.conftest import Town
from tests.journeys.looks import NEXT_FRAME, SCHEMES, SIZES, look_right_everywhere
from tests.journeys.people import AgentPage, until
from tests.journeys.test_setup import at_setup, saves
from tests.service.conftest import MAIN, a_queue

SOUTH = SiteId("south")


async def shown(page: Page, folder: Path, name: str) -> None:
    """Looks right at every size, by day and by night; kept for whoever wants to see it."""
    await look_right_everywhere(page)
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await page.evaluate(NEXT_FRAME)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")


async def options(agent: AgentPage) -> list[str]:
    return await agent.page.get_by_role("option").all_inner_texts()


async def test_a_transfer_offers_who_is_here_now(town: Town) -> None:
    """What changes while the window is open changes in it."""
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello")
    await bob.takes()
    cleo = await town.house.desk("cleo", ready=False)
    await cleo.ask("presence", presence="away")
    await town.house.set_up(a_queue("money-back"), Agent(AgentId("zoe"), "Zoe"))
    await bob.page.get_by_role("button", name=re.compile("^Transfer")).click()
    await bob.page.get_by_role("combobox", name="Where to").click()
    await until(lambda: options(bob), ["General", "Money-Back", "Cleo (away)"])
    await cleo.ask("presence", presence="ready")
    await until(lambda: options(bob), ["General", "Money-Back", "Cleo"])
    await bob.page.get_by_role("option", name="Cleo").click()
    await cleo.ask("presence", presence="offline")
    await expect(bob.page.get_by_text("They are not here any more. Choose again.")).to_be_visible()
    act = bob.page.get_by_role("dialog").get_by_role("button", name="Transfer")
    await expect(act).to_have_attribute("aria-disabled", "true")


async def test_a_new_reply_is_there_without_loading_the_page_anew(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello")
    await bob.takes()

    async def replies() -> list[str]:
        await bob.field.fill("")
        await bob.field.press("/")
        await expect(bob.page.get_by_role("combobox", name="Search the replies")).to_be_visible()
        found = await bob.page.locator(".picker [role=option] b").all_inner_texts()
        await bob.page.keyboard.press("Escape")
        return found

    assert await replies() == []
    await town.house.server.sites.change(MAIN, Change(puts=(Reply("sorry", "Sorry", "I am sorry."),)), "system:test")
    await until(replies, ["Sorry"])


async def another_site(town: Town, site: SiteId, title: str, role: str) -> None:
    """Where Bob works too."""
    sites = town.house.server.sites
    await sites.found(Site(site, title), "system:test", first_entries())
    await sites.change(site, Change(puts=(Agent(AgentId("bo"), "Bo"),)), "system:test")
    async with town.house.server.db.site("*") as conn:
        await conn.execute(
            "insert into person (site, id, email, name, role, agent) select $1, id, email, name, $2, 'bo' from person"
            " where email = 'bob@example.org' and site = $3",
            site, role, MAIN,
        )  # fmt: skip


async def at_two_sites(town: Town) -> AgentPage:
    """Bob is an agent here, and a supervisor in the south."""
    cookie = await town.house.agent("bob")
    await another_site(town, SOUTH, "South <b>&</b> Co.", "supervisor")
    return await town._at_desk(cookie, None, ready=True)


async def test_somebody_with_rights_at_two_sites_goes_to_the_other(town: Town, tmp_path: Path) -> None:
    """By keyboard, with a talk on the desk: that is asked about. Each site has its own screens."""
    bob, ann = await at_two_sites(town), await town.customer()
    await ann.writes("hello")
    await bob.takes()
    other_tab = await town.another_tab(bob.page.context)
    await expect(bob.page.get_by_role("link", name="Floor")).to_have_count(0)
    await bob.field.blur()
    south = bob.page.get_by_role("menuitem", name=re.compile("^South"))
    await bob.page.keyboard.press("s")
    await expect(south).to_contain_text("as a supervisor")
    await shown(bob.page, tmp_path, "sites")
    await south.press("Enter")
    await expect(bob.page.get_by_text("A talk is open on your desk at")).to_be_visible()
    await shown(bob.page, tmp_path, "sites-asked")
    await bob.page.get_by_role("button", name="Go there").click()
    for page in (bob.page, other_tab.page):
        await expect(page.get_by_role("link", name="Floor")).to_be_visible()
        await expect(page.get_by_role("button", name=re.compile("South"))).to_be_visible()


async def test_the_menu_of_sites_is_gone_through_by_keyboard(town: Town) -> None:
    """Its key, arrows, both ends, letters that a name begins with, and away again."""
    bob = await at_two_sites(town)
    for site, title in (("east", "East"), ("sunset", "Sunset")):
        await another_site(town, SiteId(site), title, "agent")
    await bob.reloads()
    item, press = bob.page.locator("[role=menuitem]:focus"), bob.page.keyboard.press
    here = bob.page.get_by_role("button", name=re.compile("^Site"))
    await expect(here).to_be_visible()
    await press("s")
    for key, title in (
        ("", "East"), ("ArrowDown", "South"), ("ArrowDown", "Sunset"), ("ArrowDown", "East"), ("ArrowUp", "Sunset"),
        ("Home", "East"), ("End", "Sunset"), ("s", "South"),
    ):  # fmt: skip
        if key:
            await press(key)
        await expect(item).to_contain_text(title)
    await press("Escape")
    await expect(bob.page.get_by_role("menu")).to_have_count(0)
    await expect(here).to_be_focused()
    await press("ArrowDown")
    await expect(item).to_contain_text("East")
    await press("p")  # a letter here is no key of the desk
    await expect(bob.page.get_by_role("menuitem", name="Be ready")).to_have_count(0)


async def test_who_works_at_one_site_is_offered_no_other(town: Town) -> None:
    bob = await town.agent("bob")
    await bob.page.keyboard.press("s")
    await expect(bob.page.get_by_role("menuitem")).to_have_count(0)
    assert await bob.fetches("/api/session/sites") == 200


async def counted(town: Town, arm: Arm, due: int, talks: int) -> None:
    invitations = town.house.site.widget.invitations
    for _ in range(due):
        await invitations.count("basket", arm, What.DUE)
    for _ in range(talks):
        await invitations.count("basket", arm, What.TALK)


async def test_invitations_are_set_up_and_measured(town: Town, tmp_path: Path) -> None:
    basket = Invitation("basket", "May we help you choose?", pages="/basket*")
    site = Site(MAIN, "North", invitations=(basket,))
    await town.house.server.sites.change(MAIN, Change(site=site), "system:test")
    alma = await at_setup(town, "alma", "invitations")
    await alma.get_by_role("link", name=re.compile("May we help you choose")).click()
    invited = alma.frame_locator("iframe").locator("dryfly-widget .invite")
    await expect(invited).to_contain_text("May we help you choose?")
    await expect(alma.get_by_text("Nothing to compare yet")).to_be_visible()

    await counted(town, Arm.SHOWN, 40, 6)
    await counted(town, Arm.HELD, 40, 4)
    await alma.get_by_role("combobox", name="Period").select_option("7")
    effect = alma.get_by_role("region", name="What asking does")
    await expect(effect.get_by_text(re.compile("^Too few to tell: anything from −"))).to_be_visible()
    await counted(town, Arm.SHOWN, 60, 60)
    await alma.get_by_role("combobox", name="Period").select_option("30")
    await expect(
        effect.get_by_text(re.compile(r"^More talks begin where visitors are asked: \+56 points"))
    ).to_be_visible()

    await alma.get_by_label("What the visitor is asked").fill("<b>Need</b> a hand?")
    await expect(invited).to_contain_text("<b>Need</b> a hand?")
    await alma.get_by_label("Asked, of those for whom it holds").fill("130")
    town.watcher.allows("/api/setup/edits")  # which is refused on purpose
    await alma.keyboard.press("Control+s")
    await expect(alma.get_by_role("alert").filter(has_text="Shares are 0 to 1").first).to_be_visible()
    await alma.get_by_label("Asked, of those for whom it holds").fill("80")
    await expect(alma.get_by_text("20 % are left alone")).to_be_visible()
    await saves(alma)
    await alma.get_by_role("button", name="Add a rule").click()
    await expect(alma.get_by_text("Nothing yet: it is counted from when it is saved.")).to_be_visible()
    await alma.get_by_role("button", name="Move up").click()
    await saves(alma)
    kept = (await town.house.server.sites.refresh(MAIN)).site.invitations
    assert [(rule.id, rule.text, rule.share) for rule in kept] == [
        ("invitation-2", "May we help you?", 0.5),
        ("basket", "<b>Need</b> a hand?", 0.8),
    ]
    await alma.get_by_role("link", name=re.compile("Need")).click()
    await shown(alma, tmp_path, "invitations")
    await alma.get_by_role("button", name="Remove", exact=True).click()
    await expect(alma.get_by_text("Choose a rule, or add one.")).to_be_visible()


async def test_supervisors_see_what_asking_does_and_change_nothing(town: Town) -> None:
    site = Site(MAIN, "North", invitations=(Invitation("basket", "May we help?"),))
    await town.house.server.sites.change(MAIN, Change(site=site), "system:test")
    sue = await at_setup(town, "sue", "invitations/basket", "supervisor")
    await expect(sue.get_by_label("What the visitor is asked")).to_be_disabled()
    await expect(sue.get_by_role("button", name="Add a rule")).to_have_count(0)
    await expect(sue.get_by_text("Nothing to compare yet")).to_be_visible()


TONES = """window.tones = 0
const start = OscillatorNode.prototype.start
OscillatorNode.prototype.start = function (...given) { window.tones += 1; return start.apply(this, given) }"""

# Whoever looks at a page through the browser's driver counts as somebody who touched it.
UNTOUCHED = "Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } })"


@pytest.mark.parametrize("where", ["floor", "floor/wall"])
async def test_an_alert_sounds_where_somebody_wants_it(town: Town, tmp_path: Path, where: str) -> None:
    sue = await town.supervisor("sue")
    await sue.page.add_init_script(TONES)
    await sue.page.goto(f"{town.house.base}/desk/#/{where}")
    await sue.page.reload()

    async def tones() -> int:
        count: int = await sue.page.evaluate("window.tones")
        return count

    async def alerts(id: str) -> None:
        rule = Alert(id, "Somebody waits", raise_at=1, clear_at=0, for_s=0)
        gone = tuple((Kind.ALERTS, alert) for alert in town.house.site.catalogue().alerts)
        await town.house.server.sites.change(MAIN, Change(puts=(rule,), removals=gone), "system:test")
        await expect(sue.page.get_by_text("General: 1 waiting.")).to_be_visible()

    await expect(sue.page.get_by_text("live", exact=True).first).to_be_visible()
    ann = await town.customer()
    await ann.writes("hello")
    await alerts("first")
    assert await tones() == 0  # off, until somebody wants it
    await sue.page.keyboard.press("a")
    await expect(sue.page.get_by_text("Alert sound on")).to_be_visible()
    await until(tones, 3)  # this is how it sounds
    await alerts("second")
    await until(tones, 6)
    await shown(sue.page, tmp_path, where.replace("/", "-"))
    untouched = await sue.page.context.new_page()
    await untouched.add_init_script(UNTOUCHED)
    await untouched.goto(f"{town.house.base}/desk/#/{where}")
    await expect(untouched.get_by_text("Alert sound waits for a click or a key")).to_be_visible()

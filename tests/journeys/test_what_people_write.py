"""Whatever people write, and however they are called, is shown as they wrote it, or refused kindly."""

from playwright.async_api import Locator, expect

from dryfly.floor.model import AgentId, AgentSpec, Channel, ChannelCapacity
from dryfly.setup.model import Agent
from tests.journeys.conftest import Town

MARKUP = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script><b>bold</b> {{7*7}}"
PUTS_SCRIPT_IN = """() => {
  const script = document.createElement('script')
  script.textContent = "document.title='broken'"
  document.body.append(script)
}"""
NAME = "<b>Eve</b> & 'Co'"
ARABIC = "مرحبا، أين طلبي W2611340؟"
PASTED = "all of it. " * 18_200  # 200 kB


async def test_markup_is_text_in_messages_notes_and_names(town: Town) -> None:
    eve, ann = await town.agent("eve"), await town.customer()
    spec = AgentSpec(channels=(ChannelCapacity(Channel("web"), 25, 4),))
    await town.house.set_up(Agent(AgentId("eve"), NAME, spec=spec))
    await ann.writes(MARKUP)
    await eve.takes()
    await eve.reads(MARKUP)
    await eve.says(MARKUP)
    await eve.notes(MARKUP)
    await expect(eve.log.get_by_text(MARKUP)).to_have_count(3)
    await ann.reads(MARKUP, MARKUP)
    await ann.is_told(f"{NAME} is here for you")
    for page in (ann.page, eve.page):
        assert await page.title() != "broken"


async def test_arabic_runs_from_right_to_left_on_both_sides(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes(ARABIC)
    await bob.takes()
    await bob.says("W2611340 is on its way")
    for said in (ann.log.get_by_text(ARABIC), bob.log.get_by_text(ARABIC)):
        await expect(said).to_have_css("direction", "rtl")
    for said in (ann.log.get_by_text("W2611340 is"), bob.log.get_by_text("W2611340 is")):
        await expect(said).to_have_css("direction", "ltr")


async def test_far_too_much_is_refused_kindly_and_kept(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello")
    await bob.takes()
    await refuses(ann.field, ann.panel, "Enter")
    await refuses(bob.field, bob.page.locator("body"), "Control+Enter")
    await ann.writes("shorter")
    await bob.says("shorter too")
    await ann.reads("hello", "shorter", "shorter too")
    await bob.reads("hello", "shorter", "shorter too")


async def refuses(field: Locator, around: Locator, sends: str) -> None:
    await field.fill(PASTED)
    await expect(around.get_by_role("alert")).to_contain_text("192,200 characters too many")
    await field.press(sends)
    await expect(field).to_have_value(PASTED)


async def test_a_script_that_gets_into_a_page_does_not_run(town: Town) -> None:
    """The content policy holds on both sides, and the browser tells of a breach: no other journey hears of one."""
    bob, ann = await town.agent("bob", ready=False), await town.customer()
    for page in (bob.page, ann.page):
        async with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            await page.evaluate(PUTS_SCRIPT_IN)
        assert await page.title() != "broken"
    assert len(town.watcher.heard) == 2
    town.watcher.heard.clear()

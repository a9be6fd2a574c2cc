"""How contacts find their agent: ringing at several desks, overflow, closing time, and a mail that is overdue."""

import re

import msgspec
import pytest
from playwright.async_api import expect

from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Channel,
    ChannelCapacity,
    ContactId,
    OverflowRule,
    OverflowTo,
    OverflowWhen,
    QueueId,
)
from dryfly.ledger import CommandId
from dryfly.platform.ids import new_id
from dryfly.setup.hours import Day, Hours, Span
from dryfly.setup.model import Agent
from tests.journeys.conftest import Town
from tests.journeys.people import until
from tests.journeys.test_setup import at_setup, saves
from tests.service.conftest import a_queue, a_skill

MAIL = Channel("mail")
UNTIL_10_13 = Hours("Europe/London", {day: (Span("09:00", "10:13"),) for day in Day})
TO_NIGHT = OverflowRule(OverflowWhen.CLOSED, OverflowTo.QUEUE, 0, QueueId("night"))


def floor_queue(town: Town) -> list[str | None]:
    return town.house.site.ledger.peek(lambda state: [contact.queue for contact in state.contacts.values()])


async def test_it_rings_at_three_desks_and_the_first_has_it(town: Town) -> None:
    await town.house.set_up(a_queue("general", ring=3, offer_timeout_s=120))
    bob, eve, kim = await town.agent("bob"), await town.agent("eve"), await town.agent("kim")
    ann = await town.customer()
    await ann.writes("hello")
    for agent in (bob, eve, kim):
        await agent.is_offered()
    await eve.takes()
    await ann.is_told("Eve is here for you")
    for agent in (bob, kim):
        await expect(agent.offer).to_have_count(0)
        await expect(agent.page.get_by_text("Visitor: a colleague was faster.")).to_be_visible()


async def test_a_queue_that_is_too_long_flows_over(town: Town) -> None:
    two = OverflowRule(OverflowWhen.LENGTH, OverflowTo.QUEUE, 1, QueueId("second"))
    nobody_here = {"requires": {"billing": 5}}
    await town.house.set_up(a_skill("billing"), a_queue("second"), a_queue("general", overflow=(two,), **nobody_here))
    bob = await town.agent("bob")
    ann, leo = await town.customer(), await town.customer()
    await ann.writes("first in line")
    await until(lambda: waits(town), ["general"])
    await leo.writes("one too many")
    await bob.takes()
    await leo.is_told("Bob is here for you")
    assert floor_queue(town) == ["general", "second"]


async def waits(town: Town) -> list[str | None]:
    return floor_queue(town)


@pytest.mark.pictured
async def test_at_closing_time_whoever_waits_goes_on_elsewhere(town: Town) -> None:
    general = a_queue("general", requires={"billing": 5}, overflow=(TO_NIGHT,), target_s=3600)
    await town.house.set_up(a_skill("billing"), a_queue("night"), msgspec.structs.replace(general, hours=UNTIL_10_13))
    await town.house.site.openings.put()
    nora = await town.agent("nora")
    ann = await town.customer()
    await ann.writes("is anybody there?")
    await until(lambda: waits(town), ["general"])
    await town.passes(70)  # from 10:12
    await town.house.site.ledger.wake_up()
    await nora.takes()
    await ann.is_told("Nora is here for you")


async def test_a_supervisor_closes_a_queue_by_keyboard_and_opens_it_again(town: Town) -> None:
    general = a_queue("general", requires={"billing": 5}, overflow=(TO_NIGHT,))
    await town.house.set_up(a_skill("billing"), a_queue("night"), general)
    nora, sue = await town.agent("nora"), await town.supervisor("sue")
    ann = await town.customer()
    await ann.writes("hello")
    await sue.opens_floor()
    await sue.page.get_by_role("button", name="Close General now").press("Enter")
    await sue.page.get_by_role("textbox", name="Why").fill("Fire alarm.")
    await sue.page.keyboard.press("Enter")
    row = sue.row("Queues", "General")
    await expect(row).to_contain_text(re.compile(r"closed until \d\d:\d\d"))
    await expect(row).to_contain_text("Closed by Sue: Fire alarm.")
    await nora.takes()
    await ann.is_told("Nora is here for you")
    await sue.page.get_by_role("button", name="Open General again").press("Enter")
    await expect(row).not_to_contain_text("closed until")


@pytest.mark.pictured
async def test_a_mail_that_is_overdue_comes_before_a_newer_chat(town: Town) -> None:
    """Until it is due, the chat comes first."""
    await town.house.set_up(a_queue("general", target_s=20), a_queue("post", target_s=60))
    early = await mail(town)
    bob = await town.agent("bob", ready=False)
    one_at_a_time = AgentSpec(channels=(ChannelCapacity(MAIL, 100, 1), ChannelCapacity(Channel("web"), 100, 1)))
    await town.house.set_up(Agent(AgentId("bob"), "Bob", spec=one_at_a_time))
    ann = await town.customer()
    await ann.writes("a quick question")
    await bob.is_ready()
    await bob.takes()
    await ann.is_told("Bob is here for you")
    await town.passes(70)
    leo = await town.customer()
    await leo.writes("another one")
    await bob.finishes()
    await bob.wraps_up("Solved")
    await bob.takes()
    assert town.house.site.ledger.peek(lambda state: state.contacts[early].agent) == "bob"


async def mail(town: Town) -> ContactId:
    """One that came without the web."""
    id = new_id(town.house.site.ledger.now())
    await town.house.site.recorder.open(CommandId(id), ContactId(id), MAIL, None, QueueId("post"))
    return ContactId(id)


async def test_relaxation_and_overflow_are_set_up_by_keyboard(town: Town) -> None:
    await town.house.set_up(
        a_skill("billing"), a_skill("sales"), a_queue("money", requires={"billing": 5}), a_queue("second"),
        Agent(AgentId("ada"), "Ada", spec=AgentSpec({a_skill("billing").id: 7})),
        Agent(AgentId("ben"), "Ben", spec=AgentSpec({a_skill("billing").id: 3})),
    )  # fmt: skip
    page = await at_setup(town, "alma", "queues/money")
    await page.get_by_role("button", name="+ Add a step").press("Enter")
    await expect(page.get_by_text("This step adds nobody to those who may serve it before.")).to_be_visible()
    await page.get_by_role("combobox", name="Billing from then on").select_option(label="at least 3")
    await expect(page.get_by_text("2 of 3 agents may serve it then, 1 more than before.")).to_be_visible()
    await expect(page.get_by_role("img", name=re.compile("At once 1 of 3; From 1:00 2 of 3"))).to_be_visible()
    await page.get_by_role("button", name="+ Add a rule").press("Enter")
    await page.get_by_role("combobox", name="Rule 1: then").select_option(label="they are offered a call back")
    await expect(page.get_by_text("This queue calls nobody back.")).to_be_visible()
    await page.get_by_role("combobox", name="Rule 1: then").select_option(label="they go to the queue")
    await page.get_by_role("combobox", name="Queue of rule 1").select_option(label="Second")
    await expect(page.get_by_text("This queue calls nobody back.")).to_have_count(0)
    await saves(page)
    spec = town.house.site.ledger.peek(lambda state: state.queues[QueueId("money")])
    assert [step.after_s for step in spec.relaxations] == [60]
    assert spec.overflow[0].queue == "second"

"""The line breaks in the middle of each thing an agent does: nothing is lost, and nothing is done twice."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import WebSocketRoute, expect

from tests.journeys.conftest import Town
from tests.journeys.people import AgentPage, Customer, until
from tests.service.conftest import MAIN, a_queue, a_skill

Act = Callable[[], Awaitable[Any]]
DEEDS = "select kind, count(*) from journal where site = $1 and kind = any($2) group by kind"
LAPSED = "This offer has lapsed or was taken back."
ONCE_EACH = {
    "ContactQueued": 3,  # two that came, and the transfer
    "ContactEngaged": 3,  # both with Bob, and the second with Tom
    "ContactSnoozed": 1,
    "WrapUpBegun": 1,
    "ContactClosed": 1,
}


class Forgetful:
    """A line that breaks once, when the server has done what was asked and is about to say so."""

    def __init__(self) -> None:
        self._breaks = asyncio.Event()
        self._closing: set[asyncio.Task[Any]] = set()

    def carry(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def from_server(frame: str | bytes) -> None:
            if self._breaks.is_set() and json.loads(frame)["is"] == "receipt":
                self._breaks.clear()
                self._closing.add(asyncio.ensure_future(asyncio.gather(page.close(), server.close())))
            else:
                page.send(frame)

        server.on_message(from_server)

    async def during(self, act: Act) -> None:
        self._breaks.set()
        await act()
        await until(self._is_through, True)

    async def _is_through(self) -> bool:
        return not self._breaks.is_set()


async def test_the_line_is_cut_before_an_offer_that_is_taken_has_been_answered(town: Town) -> None:
    wire, near = await town.wire()
    bob, ann = await town.agent("bob", base=near), await town.customer()
    await ann.writes("when will it come?")
    await bob.is_offered()
    wire.cut()
    await bob.offer.get_by_role("button", name="Take it").click()
    wire.mend()
    # Who is away is offered nothing: what was taken is another offer by now, and the desk says so.
    await expect(bob.page.get_by_text(LAPSED)).to_be_visible()
    await bob.takes()
    await ann.is_told("Bob is here for you")


async def test_the_line_is_cut_while_the_talk_that_is_taken_is_fetched(town: Town) -> None:
    """Taken when nobody could hear it, lapsed, offered again, taken again, and cut once more: the field is there."""
    wire, near = await town.wire()
    bob, ann = await town.agent("bob", base=near), await town.customer()
    await ann.writes("when will it come?")
    await bob.is_offered()
    wire.cut()
    await bob.offer.get_by_role("button", name="Take it").click()
    await bob.page.route("**/api/talks/*", lambda route: route.abort())
    wire.mend()
    await expect(bob.page.get_by_text(LAPSED)).to_be_visible()
    await bob.takes()
    wire.cut()
    await expect(bob.page.get_by_text(re.compile("^This talk could not be fetched"))).to_be_visible()
    await bob.says("tomorrow")
    await bob.page.unroute("**/api/talks/*")
    wire.mend()
    await bob.reads("when will it come?", "tomorrow")
    await ann.reads("when will it come?", "tomorrow")


async def test_the_line_is_cut_before_the_answer_comes(town: Town) -> None:
    line = Forgetful()
    town.watcher.network_is_cut = True
    bob = await town.agent("bob", ready=False)
    await bob.page.route_web_socket(re.compile("/desk/socket"), line.carry)
    await bob.reloads()
    await line.during(lambda: bob.sets("Be ready"))
    await bob.shows_presence("Ready")
    ann = await town.customer()
    await ann.writes("when will it come?")
    await bob.is_offered()
    await line.during(bob.offer.get_by_role("button", name="Take it").click)
    await expect(bob.field).to_be_visible()
    await everything_else_is_done_once(town, bob, ann, line.during)


async def everything_else_is_done_once(
    town: Town, bob: AgentPage, ann: Customer, during: Callable[[Act], Awaitable[None]]
) -> None:
    """Said, snoozed, ended, wrapped up, transferred."""
    await during(lambda: bob.says("tomorrow"))
    await ann.reads("when will it come?", "tomorrow")
    await during(lambda: snoozes(bob))
    await expect(bob.list).to_contain_text("until")
    await ann.writes("it is here!")
    await bob.opens("Visitor")
    await bob.reads("when will it come?", "tomorrow", "it is here!")
    await during(bob.finishes)
    await during(lambda: bob.wraps_up("Solved", "came early"))
    await expect(bob.list).to_contain_text("No talks yet.")

    await town.house.set_up(a_skill("repairs"), a_queue("repairs", requires={"repairs": 3}))
    tom = await town.house.desk("tom", {"repairs": 5}, ready=False)
    await (await town.customer()).writes("it is broken")
    await bob.takes()
    await tom.ask("presence", presence="ready")
    await during(lambda: bob.transfers("Repairs", note="the switch is loose"))
    await expect(bob.list).to_contain_text("No talks yet.")
    await tom.takes()
    assert await done(town) == ONCE_EACH


async def snoozes(bob: AgentPage) -> None:
    await bob.field.press("Escape")
    await bob.page.keyboard.press("z")
    await bob.page.get_by_role("menuitem", name="In an hour").press("Enter")


async def done(town: Town) -> dict[str, int]:
    async with town.house.server.db.site(MAIN) as conn:
        return {str(kind): count for kind, count in await conn.fetch(DEEDS, MAIN, list(ONCE_EACH))}

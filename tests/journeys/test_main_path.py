"""From the first word to the wrap-up, on two pages."""

from playwright.async_api import expect

from dryfly.floor.model import AgentId
from dryfly.setup.model import NewPerson, PersonRole
from dryfly.setup.sessions import Session
from tests.journeys.conftest import Town
from tests.service.conftest import MAIN


async def test_first_word_to_wrap_up(town: Town) -> None:
    bob = await town.agent("bob")
    ann = await town.customer()
    await ann.writes("hello, is anybody there?")
    await bob.takes_by_enter()
    await ann.is_told("Bob is here for you")
    await bob.says("Good morning Ann")
    await ann.reads("hello, is anybody there?", "Good morning Ann")

"""Waiting well: how long it takes, a promise that is kept over a reload, and the cause when it has to get longer."""

import pytest
from playwright.async_api import expect

from dryfly.waiting.model import Band
from tests.journeys.conftest import Town


def tells(town: Town, monkeypatch: pytest.MonkeyPatch, p50_s: float, p80_s: float) -> None:
    """As if the queue's history said so."""
    monkeypatch.setattr(town.house.site.waiting, "estimate", lambda *_: Band(p50_s, p80_s))


async def test_what_was_promised_holds_until_an_agent_goes_and_then_the_reason_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob, eve = await town.agent("bob", chats_max=1), await town.customer()
    await eve.writes("hello")
    await bob.takes()
    tells(town, monkeypatch, 250, 470)
    ann = await town.customer()
    await ann.writes("Where is my parcel?")
    await ann.sees("You are next in line")
    await ann.sees("It takes about 4 to 8 minutes.")
    tells(town, monkeypatch, 1210, 1790)
    await ann.reloads()
    await ann.sees("It takes about 4 to 8 minutes.")
    await bob.sets("Away: Break")
    reason = "Fewer of us are here than before: it takes longer, we are sorry. It takes about 20 to 30 minutes."
    await expect(ann.log.get_by_text(reason)).to_be_visible(timeout=30_000)
    await ann.reloads()
    await ann.sees(reason)

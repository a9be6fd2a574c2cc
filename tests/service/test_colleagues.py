"""Colleagues in one talk: mentions, who else looks, and who may read. Each right is tried by somebody without it."""

from typing import Any

import httpx
import pytest

from tests.people import AgentDesk, Refused
from tests.service.conftest import House

Frame = dict[str, Any]


class Desk(AgentDesk):
    """An open desk that also tells who else looks."""

    def __init__(self, base: str, cookie: str) -> None:
        super().__init__(base, cookie)
        self.base, self.cookie = base, cookie
        self.colleagues: dict[str, list[str]] = {}
        self.typing: list[str] = []
        self.watched: dict[str, Frame] = {}

    async def looks(self, contact: str | None) -> None:
        await self.send({"do": "look", "contact": contact})
        await self.has_seen_everything()

    async def reads(self, contact: str) -> int:
        async with httpx.AsyncClient(base_url=self.base, headers={"Cookie": self.cookie}) as client:
            return (await client.get(f"/api/talks/{contact}")).status_code

    @property
    def mentions(self) -> list[str]:
        return [mention["note"]["text"] for mention in self.desk["mentions"]]

    def take_push(self, push: Frame) -> None:
        super().take_push(push)
        me = self.desk["me"]["agent"]
        if push["kind"] == "note_added" and me in push["note"]["mentions"]:
            self.desk["mentions"].append({"contact": push["contact"], "note": push["note"]})
        if push["kind"] == "mention_heeded":
            self.desk["mentions"] = [m for m in self.desk["mentions"] if m["note"]["id"] != push["note"]]
        if push["kind"] == "watched_changed":
            self.watched[push["talk"]["contact"]] = push["talk"]

    def take_hint(self, frame: Frame) -> None:
        super().take_hint(frame)
        if frame["is"] == "colleagues":
            self.colleagues[frame["contact"]] = [colleague["name"] for colleague in frame["colleagues"]]
        if frame["is"] == "colleague_typing":
            self.typing.append(frame["colleague"]["name"])


async def desk_of(house: House, name: str, *, ready: bool = True) -> Desk:
    desk = Desk(house.base, await house.agent(name))
    house.pages.append(desk)
    await desk.sits_down(ready=ready)
    return desk


async def serving(house: House) -> tuple[Desk, str]:
    """Bob, who serves a talk."""
    bob = await desk_of(house, "bob")
    ann = await house.visitor()
    await ann.writes("where is my order?")
    return bob, await bob.takes()


# ---- mentions --------------------------------------------------------------------------------------------


async def test_who_is_mentioned_is_told_until_they_heed_it_and_may_read_the_talk(house: House) -> None:
    bob, contact = await serving(house)
    eve, mallory = await desk_of(house, "eve", ready=False), await desk_of(house, "mallory", ready=False)
    assert await eve.reads(contact) == 404
    await bob.ask("note", contact=contact, text="@Eve is this yours?", mentions=["eve"])
    await eve.until(lambda: eve.mentions == ["@Eve is this yours?"])
    assert await eve.reads(contact) == 200
    assert await mallory.reads(contact) == 404
    assert mallory.mentions == []
    assert bob.mentions == []

    await eve.close()
    eve.last = None
    await eve.open()
    assert eve.mentions == ["@Eve is this yours?"]
    note = eve.desk["mentions"][0]["note"]["id"]
    await eve.ask("heed", contact=contact, note=note)
    await eve.until(lambda: eve.mentions == [])
    assert await eve.reads(contact) == 200


async def test_mentions_outlive_the_memory_of_the_server(house: House) -> None:
    bob, contact = await serving(house)
    await house.agent("eve")
    for text in ("first", "second"):
        await bob.ask("note", contact=contact, text=text, mentions=["eve"])
    mentions = house.site.mentions
    told = mentions.of("eve")  # type: ignore[arg-type]
    await mentions.reset(house.site.site, house.site.ledger.peek(lambda state: state))
    assert mentions.of("eve") == told  # type: ignore[arg-type]
    assert [mention.note.text for mention in told] == ["first", "second"]


async def test_a_mention_is_heeded_by_whom_it_is_for(house: House) -> None:
    bob, contact = await serving(house)
    eve, mallory = await desk_of(house, "eve", ready=False), await desk_of(house, "mallory", ready=False)
    await bob.ask("note", contact=contact, text="look", mentions=["eve"])
    await eve.until(lambda: len(eve.mentions) == 1)
    with pytest.raises(Refused, match="mention_exists_not"):
        await mallory.ask("heed", contact=contact, note=eve.desk["mentions"][0]["note"]["id"])
    assert len(eve.mentions) == 1


async def test_only_colleagues_of_the_site_are_mentioned_and_not_a_crowd(house: House) -> None:
    bob, contact = await serving(house)
    with pytest.raises(Refused, match="colleague_unknown"):
        await bob.ask("note", contact=contact, text="hello", mentions=["nobody"])
    with pytest.raises(Refused, match="mentions_too_many"):
        await bob.ask("note", contact=contact, text="hello", mentions=[f"agent{n}" for n in range(11)])


async def test_a_stranger_to_the_talk_mentions_nobody_into_it(house: House) -> None:
    _, contact = await serving(house)
    mallory = await desk_of(house, "mallory", ready=False)
    with pytest.raises(Refused, match="not_your_contact"):
        await mallory.ask("note", contact=contact, text="let me in", mentions=["mallory"])
    assert await mallory.reads(contact) == 404


# ---- who else looks --------------------------------------------------------------------------------------


async def test_who_may_read_sees_what_happens_and_is_seen(house: House) -> None:
    bob, contact = await serving(house)
    eve = await desk_of(house, "eve", ready=False)
    await bob.ask("note", contact=contact, text="look", mentions=["eve"])
    await bob.looks(contact)
    await eve.looks(contact)
    await bob.until(lambda: bob.colleagues.get(contact) == ["Bob", "Eve"])
    await eve.until(lambda: eve.colleagues.get(contact) == ["Bob", "Eve"])
    await bob.says(contact, "it is on its way")
    await eve.until(lambda: eve.said_in(contact) == ["it is on its way"])
    assert eve.talks == {}
    await bob.ask("hold", contact=contact, held=True)
    await eve.until(lambda: bool(eve.watched) and eve.watched[contact]["held"])
    await bob.send({"do": "typing", "contact": contact})
    await eve.until(lambda: eve.typing == ["Bob"])
    assert bob.typing == []


async def test_who_may_not_read_sees_nothing_and_is_not_seen(house: House) -> None:
    bob, contact = await serving(house)
    mallory = await desk_of(house, "mallory", ready=False)
    await bob.looks(contact)
    await mallory.looks(contact)
    await bob.says(contact, "secret")
    await bob.has_seen_everything()
    await mallory.has_seen_everything()
    assert bob.colleagues[contact] == ["Bob"]
    assert mallory.colleagues == {}
    assert mallory.said_in(contact) == []


async def test_whoever_goes_is_not_shown_any_more(house: House) -> None:
    bob, contact = await serving(house)
    eve = await desk_of(house, "eve", ready=False)
    await bob.ask("note", contact=contact, text="look", mentions=["eve"])
    await bob.looks(contact)
    await eve.looks(contact)
    await bob.until(lambda: bob.colleagues.get(contact) == ["Bob", "Eve"])
    await eve.lose_connection()
    await bob.until(lambda: bob.colleagues[contact] == ["Bob"])
    await bob.looks(None)
    assert house.site.looks.count == 0


async def test_a_right_that_ends_ends_the_look(house: House) -> None:
    """Who is offered a talk may read it; who declined it may not."""
    bob = await desk_of(house, "bob")
    ann = await house.visitor()
    await ann.writes("where is my order?")
    offer = await bob.is_offered()
    contact = offer["talk"]["contact"]
    await bob.looks(contact)
    assert house.site.looks.count == 1
    await bob.ask("decline", offer=offer["offer"])
    eve = await desk_of(house, "eve")
    await eve.takes()
    await house.site.looks.check(contact)
    await eve.says(contact, "now it is mine")
    await bob.has_seen_everything()
    assert "now it is mine" not in bob.said_in(contact)
    assert house.site.looks.count == 0

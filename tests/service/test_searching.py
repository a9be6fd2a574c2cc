"""Finding customers and past talks, and reading a customer's story: each right is tried by somebody without it."""

import asyncio
from typing import Any

import httpx
import pytest

from dryfly.customers.mapping_file import read_mapping
from dryfly.customers.refresh import refresh
from dryfly.floor.model import ContactId, CustomerId
from dryfly.ledger import Actor, CommandId
from dryfly.platform.ids import new_id
from dryfly.setup.change import Change
from dryfly.setup.model import Site
from tests.people import AgentDesk, Visitor
from tests.service.conftest import MAIN, House

Frame = dict[str, Any]
CUSTOMERS = """id,name,email,phone
1,Zoë Brøwn-Lee,zoe@example.org,+49 151 23456789
2,<b>Noah</b> Brown,noah@example.org,+49 151 99999999
"""
MAPPING = """
name: books
default_region: DE
sources:
  people: {type: csv, path: people.csv}
customers:
  source: people
  key: id
  name: {parts: [name]}
  identifiers: [{kind: email, from: email}, {kind: phone, from: phone}]
"""


async def get(house: House, cookie: str, path: str, **asked: Any) -> httpx.Response:
    async with httpx.AsyncClient(base_url=house.base, headers={"Cookie": cookie}) as client:
        return await client.get(path, params={key: value for key, value in asked.items() if value is not None})


async def finds(house: House, cookie: str, q: str, **asked: Any) -> Frame:
    """What a search tells, once the follower has come as far as the history."""
    for name in ("talks", "search"):
        await house.site.followers[name].reached(house.site.ledger.durable, 10)
    answer = await get(house, cookie, "/api/search", q=q, **asked)
    assert answer.status_code == 200, answer.text
    told: Frame = answer.json()
    return told


def talks(told: Frame) -> list[str]:
    return [hit["talk"]["contact"] for hit in told["talks"]]


async def served(house: House, desk: AgentDesk, *said: str, note: str = "") -> tuple[Visitor, str]:
    """A visitor's talk from the first word to the end."""
    visitor = await house.visitor()
    for text in said:
        await visitor.writes(text)
    contact = await desk.takes()
    await desk.finishes(contact, note=note)
    return visitor, contact


async def is_customer(house: House, contact: str, customer: str) -> None:
    """Somebody identified them."""
    site = house.site
    await site.recorder.identify(
        CommandId(new_id(site.ledger.now())), ContactId(contact), CustomerId(customer), 3, Actor("system:test")
    )


async def test_a_talk_is_found_by_each_of_its_words_and_shows_where(house: House) -> None:
    bob = await house.desk("bob")
    boss = await house.person("eve", "supervisor")
    _, first = await served(house, bob, "my order W2611340 came in pieces", note="warehouse packs badly")
    _, other = await served(house, bob, "where is my order? call +49 (151) 2345-6789")

    told = await finds(house, boss, "w2611340")
    assert talks(told) == [first]
    hit = told["talks"][0]
    assert [piece["text"] for piece in hit["pieces"] if piece["found"]] == ["W2611340"]
    assert "".join(piece["text"] for piece in hit["pieces"]) == "my order W2611340 came in pieces"
    assert (hit["talk"]["agents"], hit["talk"]["disposition"]) == (["bob"], "solved")

    assert talks(await finds(house, boss, "wareh")) == [first], "by the beginning of the last word, in a note"
    assert talks(await finds(house, boss, "order")) == [other, first], "the newest first"
    assert talks(await finds(house, boss, "pieces order")) == [first], "all words, in any order"
    assert talks(await finds(house, boss, "0151 23456789")) == [other], "a number in any writing"
    assert talks(await finds(house, boss, "nothing like it")) == []
    for odd in ("'", "a & !b | (", ":*", "\\", "<script>", "%_", "👍", "\u202e", "' || '"):
        assert (await get(house, boss, "/api/search", q=odd)).status_code == 200, odd


async def test_pages_follow_each_other_without_doubles(house: House) -> None:
    bob = await house.desk("bob")
    boss = await house.person("eve", "supervisor")
    contacts = [(await served(house, bob, "hello there", "hello again"))[1] for _ in range(5)]
    found: list[str] = []
    after: str | None = None
    while after or not found:
        told = await finds(house, boss, "hello", after=after, limit=2)
        found += talks(told)
        after = told["next"]
    assert found == contacts[::-1]
    assert (await get(house, boss, "/api/search", q="hello", after="nonsense")).status_code == 400


async def test_agents_find_what_was_theirs_and_their_customers_and_nothing_else(house: House) -> None:
    bob_cookie = await house.agent("bob")
    bob = await house.desk_of(bob_cookie, ready=True)
    _, his = await served(house, bob, "about a teapot")
    await is_customer(house, await open_talk(house, bob, "hello"), "C1")
    await bob.ask("presence", presence="away")

    ann_cookie = await house.agent("ann")
    ann = await house.desk_of(ann_cookie, ready=True)
    visitor = await house.visitor()
    await visitor.writes("about a teapot lid")
    hers = await ann.takes()
    await is_customer(house, hers, "C2")
    await ann.finishes(hers)
    assert talks(await finds(house, bob_cookie, "teapot")) == [his]
    assert talks(await finds(house, ann_cookie, "teapot")) == [hers]
    assert (await get(house, bob_cookie, f"/api/talks/{hers}")).status_code == 404

    again = await open_talk(house, ann, "hello again")
    await is_customer(house, again, "C1")
    assert talks(await finds(house, ann_cookie, "hello")) == [again, *bob.talks], "of the customer whom she serves"

    site = Site(MAIN, "Main", settings={"agents_search_all": True})
    await house.server.sites.change(MAIN, Change(site=site), "system:test")
    assert set(talks(await finds(house, bob_cookie, "teapot"))) == {his, hers}
    assert (await get(house, bob_cookie, f"/api/talks/{hers}")).status_code == 200


async def open_talk(house: House, desk: AgentDesk, text: str) -> str:
    await (await house.visitor()).writes(text)
    return await desk.takes()


async def test_strangers_search_nothing_and_nobody_searches_without_end(house: House) -> None:
    assert (await get(house, "", "/api/search", q="order")).status_code == 401
    cookie = await house.person("eve", "supervisor")
    assert (await get(house, cookie, "/api/search", q=" ")).json()["error"]["code"] == "search_empty"
    assert (await get(house, cookie, "/api/search", q="x" * 201)).json()["error"]["code"] == "search_too_long"
    answers = await asyncio.gather(*(get(house, cookie, "/api/search", q="order") for _ in range(80)))
    assert 429 in {answer.status_code for answer in answers}


async def test_the_story_tells_every_contact_and_only_to_who_serves_the_customer(house: House) -> None:
    cookie = await house.agent("bob")
    bob = await house.desk_of(cookie, ready=True)
    earlier = []
    for number in range(22):
        contact = await open_talk(house, bob, f"hello {number}")
        await is_customer(house, contact, "C1")
        await bob.finishes(contact)
        earlier.append(contact)
    ann_cookie = await house.agent("ann")
    assert (await get(house, ann_cookie, "/api/customers/C1")).status_code == 404
    assert (await get(house, ann_cookie, "/api/customers/C1/story")).status_code == 404
    assert (await get(house, ann_cookie, "/api/customers/C1/records/order")).status_code == 404
    assert (await get(house, ann_cookie, f"/api/talks/{earlier[0]}")).status_code == 404

    now = await open_talk(house, bob, "hello now")
    await is_customer(house, now, "C1")
    panel = (await get(house, cookie, f"/api/talks/{now}")).json()["customer"]
    assert panel["on_file"] is False
    story = panel["story"]
    assert [talk["contact"] for talk in story["talks"]] == earlier[:1:-1]
    assert story["more"] is True
    assert story["talks"][0]["disposition"] == "solved"
    last = story["talks"][-1]["contact"]
    rest = (await get(house, cookie, "/api/customers/C1/story", after=last, contact=now)).json()
    assert [talk["contact"] for talk in rest["talks"]] == earlier[1::-1]
    assert rest["more"] is False


async def test_another_contact_of_the_customer_is_told_to_who_serves_them(house: House) -> None:
    bob = await house.desk("bob")
    moved: list[Frame] = []
    mine = await open_talk(house, bob, "hello")
    await is_customer(house, mine, "C1")
    await bob.ask("presence", presence="away")
    take = bob.take_push

    def listen(push: Frame) -> None:
        (moved.append if push["kind"] == "story_moved" else take)(push)

    bob.take_push = listen  # type: ignore[method-assign]

    ann = await house.desk("ann")
    other = await open_talk(house, ann, "me again")
    await bob.has_seen_everything()
    assert moved == []
    await is_customer(house, other, "C1")
    await bob.until(lambda: len(moved) == 1)
    await ann.finishes(other)
    await bob.until(lambda: len(moved) == 2)
    assert {push["customer"] for push in moved} == {"C1"}
    assert bob.gaps == []


async def test_what_the_customer_said_of_a_talk_is_read_by_those_who_may_read_it(house: House) -> None:
    cookie = await house.agent("bob")
    bob, ann = await house.desk_of(cookie, ready=True), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    await is_customer(house, contact, "1")
    await bob.finishes(contact)
    page = f"/api/talks/{contact}"
    assert (await get(house, cookie, page)).json()["survey"] is None
    await ann.ask("rate", score=4, text="<b>quick</b>")
    survey = (await get(house, cookie, page)).json()["survey"]
    assert (survey["score"], survey["text"], survey["ended_by"]) == (4, "<b>quick</b>", "agent")
    assert (await get(house, await house.agent("eve"), page)).status_code == 404
    boss = await house.person("sue", "supervisor")
    [told] = (await get(house, boss, "/api/customers/1/story", contact="")).json()["talks"]
    assert (told["contact"], told["score"]) == (contact, 4)


@pytest.mark.parametrize("text", ["zoe", "brown-l", "lee zoe", "Zoë", "0151 234 567 89", "+4915123456789", "zoe@ex"])
async def test_customers_are_found_as_people_write_them(house: House, tmp_path: Any, text: str) -> None:
    await with_image(house, tmp_path)
    told = await finds(house, await house.person("eve", "supervisor"), text)
    assert [hit["name"] for hit in told["customers"]] == ["Zoë Brøwn-Lee"]
    agent = await finds(house, await house.agent("bob"), text)
    assert agent["customers"] == [], "an agent who does not serve them"


async def with_image(house: House, folder: Any) -> None:
    (folder / "people.csv").write_text(CUSTOMERS)
    (folder / "image.yaml").write_text(MAPPING)
    await refresh(house.server.db, MAIN, read_mapping(folder / "image.yaml"), now=house.server.clock.now())

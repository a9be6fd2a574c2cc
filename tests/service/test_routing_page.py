"""How a contact came where it is, read over HTTP: told to those who may read the talk, and to nobody else."""

import re
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from dryfly.floor.model import QueueId, Relaxation, SiteId, SkillId, SkillNeed
from dryfly.floor.why import OBSTACLES, REASONS
from dryfly.platform.ids import new_id
from dryfly.setup.change import Change
from dryfly.setup.model import Queue, Site
from tests.service.conftest import House, a_queue, a_skill

ROUTING_WORDS = Path(__file__).parents[2] / "web" / "console" / "src" / "desk" / "routing.en.ts"
NORTH = SiteId("north")
FIRST = {SkillId("french"): 5}
THEN = Relaxation(600, (SkillNeed(SkillId("french"), 2),))


async def read(house: House, cookie: str, contact: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=house.base, headers={"Cookie": cookie}) as client:
        return await client.get(f"/api/talks/{contact}/routing")


async def told(house: House, cookie: str, contact: str) -> dict[str, Any]:
    page: dict[str, Any] = (await read(house, cookie, contact)).raise_for_status().json()
    return page


async def writes(house: House) -> str:
    visitor = await house.visitor()
    await visitor.writes("hello")
    await visitor.until(lambda: bool(visitor.talk.get("contact")))
    return str(visitor.talk["contact"])


async def in_french(house: House) -> None:
    queue: Queue = a_queue("general", requires={"french": 5}, relaxations=(THEN,))
    await house.set_up(a_skill("french"), queue)


async def test_what_stands_in_the_way_is_told_by_how_many_and_not_by_whom(house: House) -> None:
    await in_french(house)
    bob = await house.desk("bob", {"french": 7}, ready=False)
    await bob.ask("presence", presence="away", reason="break")
    eve = await house.desk("eve", {"french": 6}, chats_max=1)
    await house.desk("kim", {"french": 3})
    await writes(house)
    await eve.takes()
    contact = await writes(house)
    sue = await house.person("sue", "supervisor")
    page = await told(house, sue, contact)
    way = page["in_the_way"]
    assert (way["reason"], way["ahead_count"]) == ("all_full", 0)
    found = {obstacle["code"]: obstacle["agents_count"] for obstacle in way["obstacles"]}
    assert found == {"full": 1, "away": 1, "not_yet": 1}
    assert way["relaxes_at"] == [way["waiting_since"] + 600_000]
    assert [line["rule"] for line in page["why"]] == ["arrived", "queued_opened"]
    assert not re.search("bob|eve|kim", msgspec.json.encode(way).decode())


async def test_an_offer_and_a_promise_are_told(house: House) -> None:
    await house.set_up(a_queue("general", callback_attempts_max=2, callback_slots_max=5))
    sue = await house.person("sue", "supervisor")
    contact = await writes(house)
    assert (await told(house, sue, contact))["in_the_way"]["reason"] == "no_agent_with_skills"
    bob = await house.desk("bob")
    await bob.is_offered()
    way = (await told(house, sue, contact))["in_the_way"]
    assert (way["reason"], way["agent"]) == ("offered", "bob")
    await bob.takes()
    page = await told(house, sue, contact)
    assert page["in_the_way"] is None
    assert [line["rule"] for line in page["why"]][-2:] == ["offer_accepted", "engaged"]


async def test_only_who_may_read_the_talk_reads_its_routing(house: House) -> None:
    bob, eve = await house.agent("bob"), await house.agent("eve")
    desk = await house.desk_of(bob, ready=True)
    contact = await writes(house)
    await desk.is_offered()
    assert (await read(house, bob, contact)).status_code == 200, "it is offered to them"
    await desk.takes()
    assert (await read(house, bob, contact)).status_code == 200
    for cookie, status in ((eve, 404), ("", 401), ("dryfly_session=made-up", 401)):
        assert (await read(house, cookie, contact)).status_code == status, cookie
    sue = await house.person("sue", "supervisor")
    for nothing in (new_id(0), "x" * 5_000, "%00", "../session"):
        assert (await read(house, sue, nothing)).status_code in {400, 404}, nothing
    async with httpx.AsyncClient(base_url=house.base, headers={"Cookie": sue}) as client:
        for path in ("/api/talks/%00", "/api/talks/%00/routing", "/api/talks/%00/call/slots", "/api/customers/%00"):
            assert (await client.get(path)).status_code in {400, 404, 409}, path


async def test_another_sites_contact_is_not_there(house: House) -> None:
    contact = await writes(house)
    general = Queue(QueueId("general"), "General")
    await house.server.sites.found(Site(NORTH, "North"), "system:test", Change(puts=(general,)))
    nora = await house.person("nora", "administrator", site=NORTH)
    assert (await read(house, nora, contact)).status_code == 404
    assert (await read(house, await house.person("sue", "supervisor"), contact)).status_code == 200


@pytest.mark.parametrize(("group", "codes"), [("reason", REASONS), ("obstacle", OBSTACLES)])
def test_the_desk_has_words_for_each_code(group: str, codes: dict[str, str]) -> None:
    there = set(re.findall(rf'"{group}\.(\w+)"', ROUTING_WORDS.read_text()))
    assert there == set(codes)

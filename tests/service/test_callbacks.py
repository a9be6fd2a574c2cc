"""Being called back, end to end: promised on the page, kept from the desk, and nobody else's to see or call off."""

from typing import Any

import httpx
import pytest

from dryfly.floor.model import OverflowRule, OverflowTo, OverflowWhen
from tests.people import AgentDesk, Refused, Visitor
from tests.service.conftest import MAIN, House, a_queue

NUMBER = "+49 30 2312 5000"
HALF_HOUR_MS = 1_800_000


@pytest.fixture
async def calls(house: House) -> House:
    await house.set_up(a_queue("general", callback_attempts_max=2, callback_retry_s=1, callback_slots_max=1))
    return house


async def asks(house: House, visitor: Visitor, path: str = "call", *, resume: str = "", **asked: Any) -> httpx.Response:
    headers = {"x-dryfly-resume": resume or visitor.welcome["resume"], "origin": house.base}
    async with httpx.AsyncClient(base_url=house.base, headers=headers) as client:
        if path == "off":
            return await client.post("/widget/main/call/off", params={"id": visitor.new_id()})
        return await client.post("/widget/main/call", json={"id": visitor.new_id(), "number": NUMBER, **asked})


async def choices(house: House, visitor: Visitor) -> dict[str, Any]:
    headers = {"x-dryfly-resume": visitor.welcome["resume"]}
    async with httpx.AsyncClient(base_url=house.base, headers=headers) as client:
        told: dict[str, Any] = (await client.get("/widget/main/call")).json()
    return told


async def waits(house: House, need: str = "where is my order?") -> Visitor:
    visitor = await house.visitor()
    await visitor.writes(need)
    await visitor.stands_at("waiting")
    return visitor


async def page_of(house: House, desk: AgentDesk, contact: str, what: str = "/call") -> httpx.Response:
    async with httpx.AsyncClient(base_url=house.base, headers=desk._headers) as client:
        return await client.get(f"/api/talks/{contact}{what}")


def code_of(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])


async def test_the_place_is_kept_and_the_agent_who_has_it_sees_the_number(calls: House) -> None:
    ann = await waits(calls)
    assert (await asks(calls, ann)).json() == {"number": "+49 30 23125000"}
    await ann.until(lambda: ann.talk["call"]["state"] == "kept")
    contact = ann.talk["contact"]
    await ann.close()
    bob, eve = await calls.desk("bob"), await calls.desk("eve", ready=False)
    offer = await bob.is_offered()
    assert offer["talk"]["call"] == {"at": None, "attempts": 0, "attempts_max": 2}
    assert (await page_of(calls, bob, contact)).status_code == 403, "it is not served yet"
    await bob.takes()
    assert (await page_of(calls, bob, contact)).json() == {"number": "+493023125000", "rule": "callback_asked_for"}
    assert (await page_of(calls, eve, contact)).status_code == 403
    await bob.ask("called", contact=contact, reached=True)
    await bob.until(lambda: bob.talks[contact]["call"] is None)
    assert code_of(await page_of(calls, bob, contact)) == "gate_not_asked_for"
    why = [line["rule"] for line in (await page_of(calls, bob, contact, "")).json()["why"]]
    assert "callback_kept" in why
    assert "callback_reached" in why


async def test_who_comes_back_reads_what_was_promised(calls: House) -> None:
    ann = await waits(calls)
    found = await choices(calls, ann)
    assert found["keeps_place"]
    assert 0 < len(found["slots"]) <= 48
    assert found["number"] == ""
    at = found["slots"][3]
    assert at % HALF_HOUR_MS == 0
    await asks(calls, ann, at=at)
    await ann.stands_at("callback")
    await ann.close()
    await ann.comes(since=None)
    assert ann.talk["call"] == {"state": "booked", "at": at, "attempts": 0}
    moved = await choices(calls, ann)
    assert (moved["keeps_place"], moved["number"]) == (False, "•••000")
    assert at not in moved["slots"]
    assert (await asks(calls, ann, at=moved["slots"][0], number=None)).json() == {"number": "•••000"}
    assert (await asks(calls, ann, "off")).status_code == 204
    await ann.stands_at("closed")


async def test_half_an_hour_is_full_and_then_not_told_to_others(calls: House) -> None:
    ann, ben = await waits(calls), await waits(calls)
    at = (await choices(calls, ann))["slots"][0]
    assert (await asks(calls, ann, at=at)).status_code == 200
    assert code_of(await asks(calls, ben, at=at)) == "slot_is_full"
    assert at not in (await choices(calls, ben))["slots"]
    async with calls.server.db.site(MAIN) as conn:
        facts = await conn.fetch("select contact from fact where key = 'callback_number'")
    assert [row["contact"] for row in facts] == [ann.talk["contact"]], "what is refused leaves nothing behind"


async def test_nobody_calls_off_or_sees_the_call_of_somebody_else(calls: House) -> None:
    ann, eve = await waits(calls), await waits(calls)
    await asks(calls, ann)
    await ann.until(lambda: ann.talk["call"]["state"] == "kept")
    assert (await asks(calls, eve, "off")).status_code == 204, "of one's own, which there is none of"
    assert code_of(await asks(calls, eve, "off", resume="x" * 43)) == "no_contact"
    assert (await choices(calls, eve))["number"] == ""
    await ann.has_seen_everything()
    assert ann.talk["call"]["state"] == "kept"


async def test_not_reached_twice_it_is_let_go(calls: House) -> None:
    ann = await waits(calls)
    await asks(calls, ann)
    bob, eve = await calls.desk("bob"), await calls.desk("eve", ready=False)
    contact = await bob.takes()
    with pytest.raises(Refused, match="with you"):
        await eve.ask("called", contact=contact, reached=False)
    await bob.ask("called", contact=contact, reached=False)
    await bob.until(lambda: contact not in bob.talks)
    await bob.takes()
    assert bob.talks[contact]["call"]["attempts"] == 1
    await bob.ask("called", contact=contact, reached=False)
    await ann.stands_at("closed")
    async with calls.server.db.site(MAIN) as conn:
        rows = await conn.fetch("select body->>'permit_rule' as rule from journal where kind = 'CallbackFailed'")
    assert [row["rule"] for row in rows] == ["callback_asked_for"] * 2


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"number": "<script>"}, "number_wrong"),
        ({"number": "0" * 200_000}, "number_wrong"),
        ({"number": "030 23125000"}, "number_wrong"),
        ({"number": "+49 900 1234567"}, "number_costly"),
        ({"number": None}, "number_missing"),
        ({"at": 1}, "slot_out_of_range"),
    ],
)
async def test_what_cannot_be_called_is_refused(calls: House, asked: dict[str, Any], code: str) -> None:
    ann = await waits(calls)
    assert code_of(await asks(calls, ann, **asked)) == code
    assert (await asks(calls, ann, number="030 23125000", region="de")).status_code == 200


async def test_who_asks_all_the_time_is_slowed_down(calls: House) -> None:
    ann = await waits(calls)
    answers = [await asks(calls, ann) for _ in range(7)]
    assert [answer.status_code for answer in answers][-1] == 429


async def test_a_rule_of_the_line_proposes_it(house: House) -> None:
    rule = OverflowRule(OverflowWhen.LENGTH, OverflowTo.CALLBACK, 1)
    await house.set_up(a_queue("general", callback_attempts_max=1, overflow=(rule,)))
    first, second = await waits(house), await waits(house)
    await second.until(lambda: second.talk["call"]["state"] == "proposed")
    assert first.talk["call"]["state"] == ""
    await first.until(lambda: first.talk["calls_back"])


async def test_a_line_that_calls_nobody_back_offers_nothing(house: House) -> None:
    await house.set_up(a_queue("general"))
    ann = await waits(house)
    assert code_of(await asks(house, ann)) == "no_callbacks"
    assert not ann.talk["calls_back"]

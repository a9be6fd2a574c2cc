"""What a page may ask of the widget's server: the look, its hours, one answer to one question, its own transcript."""

from typing import Any

import httpx
import msgspec
import pytest

from dryfly.floor.model import QueueId
from dryfly.setup.change import Change
from dryfly.setup.hours import Hours
from dryfly.setup.look import Invitation, Look, Side
from dryfly.setup.model import Queue
from tests.people import Refused
from tests.service.conftest import MAIN, House

SHUT = Hours("Europe/Vienna", closed=True, closed_text="The building is being cleared.")


async def set_site(house: House, **changes: Any) -> None:
    site = msgspec.structs.replace(house.site.catalogue().site, **changes)
    await house.server.sites.change(MAIN, Change(site=site), "system:test")


async def test_the_look_is_for_everybody(house: House) -> None:
    asked = Invitation("basket", "May we help?", pages="/basket*")
    await set_site(house, look=Look("Shop", accent="#ffdd00", side=Side.LEFT), invitations=(asked,))
    async with httpx.AsyncClient(base_url=house.base) as client:
        answer = await client.get("/widget/main/look")
    page = answer.json()
    assert (page["look"]["title"], page["look"]["accent"], page["look"]["side"]) == ("Shop", "#ffdd00", "left")
    assert [invitation["id"] for invitation in page["invitations"]] == ["basket"]
    assert "set-cookie" not in answer.headers
    assert "max-age=60" in answer.headers["cache-control"]


async def test_hours_are_told_and_the_place_is_kept(house: House) -> None:
    await set_site(house, hours=SHUT)
    ann = await house.visitor()
    assert ann.welcome["hours"] == {"is": "hours", "is_open": False, "opens_at": None, "text": SHUT.closed_text}
    await ann.ask("person")
    await ann.stands_at("waiting")
    await ann.close()
    ann.last = None
    await ann.comes()
    assert ann.talk["place"] == 1
    assert ann.talk["wait"] is None


async def test_who_comes_in_a_short_closing_hears_that_it_is_over(house: House) -> None:
    await set_site(house, hours=SHUT)
    ann = await house.visitor()
    await set_site(house, hours=None)
    await ann.until(lambda: bool(ann.hours))
    assert ann.hours["is_open"]


async def test_a_queue_has_hours_of_its_own(house: House) -> None:
    night = Queue(QueueId("night"), "Night", hours=SHUT)
    await house.set_up(night)
    assert house.site.hours().is_open
    assert not house.site.hours(QueueId("night")).is_open


async def test_the_question_is_answered_once_and_only_when_the_talk_is_over(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    with pytest.raises(Refused, match="talk_goes_on"):
        await ann.ask("rate", score=5)
    await bob.ask("finish", contact=contact)
    await ann.stands_at("closed")
    with pytest.raises(Refused, match="score_wrong"):
        await ann.ask("rate", score=6)
    id = ann.new_id()
    first = await ann.ask("rate", id, score=2, text="card 4111 1111 1111 1111")
    assert (await ann.ask("rate", id, score=2, text="card 4111 1111 1111 1111"))["seq"] == first["seq"]
    with pytest.raises(Refused, match="survey_answered"):
        await ann.ask("rate", score=5)
    again = await ann.comes()
    assert again.welcome
    async with house.server.db.site(MAIN) as conn:
        [row] = await conn.fetch("select score, text, channel, ended_by from survey_answer")
        kinds = await conn.fetchval("select count(*) from journal where kind = 'SurveyAnswered'")
    assert (row["score"], row["channel"], row["ended_by"], kinds) == (2, "web", "agent", 1)
    assert "4111 1111 1111 1111" not in row["text"], "card numbers are masked here too"


async def test_a_transcript_is_of_the_visitors_own_talk(house: House) -> None:
    ann, eve = await house.visitor(), await house.visitor()
    await ann.writes("between us")
    async with httpx.AsyncClient(base_url=house.base, headers={"origin": house.base}) as client:
        own = await client.get("/widget/main/transcript", headers={"x-dryfly-resume": ann.welcome["resume"]})
        others = await client.get("/widget/main/transcript", headers={"x-dryfly-resume": eve.welcome["resume"]})
        nobody = await client.get("/widget/main/transcript")
    assert [message["text"] for message in own.json()["messages"]] == ["between us"]
    assert others.json()["messages"] == []
    assert (nobody.status_code, nobody.json()["error"]["code"]) == (401, "resume_missing")


async def test_invitations_are_counted_and_shown_to_supervisors(house: House) -> None:
    await set_site(house, invitations=(Invitation("basket", "May we help?"),))
    counted = "/widget/main/invited?arm={}&what={}&invitation={}"
    async with httpx.AsyncClient(base_url=house.base, headers={"origin": house.base}) as client:
        for arm, what in (("shown", "due"), ("shown", "talk"), ("held", "due")):
            assert (await client.post(counted.format(arm, what, "basket"))).status_code == 204
        await client.post(counted.format("shown", "due", "made-up"))  # counted nowhere
        assert (await client.post(counted.format("shown", "sold", "basket"))).status_code == 400
        sue = {"cookie": await house.person("sue", "supervisor")}
        [result] = (await client.get("/api/invitations", headers=sue)).json()
        agent = {"cookie": await house.agent("bob")}
        refused = await client.get("/api/invitations", headers=agent)
        foreign = await client.post(
            counted.format("shown", "due", "basket"), headers={"origin": "https://evil.example"}
        )
    assert (result["shown"]["talk"], result["held"]["due"], result["lift"]) == (1, 1, 1.0)
    assert (refused.status_code, foreign.status_code) == (403, 403)

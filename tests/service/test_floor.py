"""The supervisor's floor: what it shows, what may be done there, and who may not."""

from typing import Any

import pytest

from dryfly.setup.model import Agent
from tests.people import AgentDesk, Refused
from tests.service.conftest import House, a_queue, a_skill


async def supervisor(house: House, name: str = "sue") -> AgentDesk:
    desk = await house.desk_of(await house.person(name, "supervisor"))
    return await desk.looks_at_floor()


async def with_agent(house: House, name: str = "bob") -> tuple[AgentDesk, str]:
    """An agent who serves one talk."""
    agent = await house.desk(name)
    visitor = await house.visitor()
    await visitor.writes("hello")
    return agent, await agent.takes()


async def test_a_queue_grows_and_shrinks_before_the_supervisors_eyes(house: House) -> None:
    sue = await supervisor(house)
    await sue.until(lambda: sue.board.queues["general"]["waiting_count"] == 0)
    for _ in range(3):
        await (await house.visitor()).writes("hello")
    await sue.until(lambda: sue.board.queues["general"]["waiting_count"] == 3)
    line = sue.board.queues["general"]
    assert (line["agents_ready_count"], line["agents_on_count"]) == (0, 0)
    assert line["oldest_since"] <= sue.board.at
    assert sue.board.counts["waiting_count"] == sue.board.counts["open_count"] == 3

    bob = await house.desk("bob")
    await bob.takes()
    await sue.until(lambda: sue.board.agents.get("bob", {}).get("talks_count", 0) > 0)
    await sue.until(lambda: sue.board.queues["general"]["waiting_count"] < 3)
    assert sue.board.agents["bob"]["units_max"] == 100
    assert sue.board.agents["bob"]["queues"] == ["general"]


async def test_today_counts_who_came_and_who_was_answered(house: House) -> None:
    sue = await supervisor(house)
    await with_agent(house)
    await sue.until(lambda: sue.board.today.get("site", {}).get("today", {}).get("answered_count") == 1, 30)
    today = sue.board.today
    assert today["site"]["today"]["service_level"] == 1.0
    assert today["site"]["quarters"][-1]["entered_count"] == 1
    assert today["since"] <= sue.board.at
    assert [queue["queue"] for queue in today["queues"]] == ["general"]


async def test_the_list_of_talks_is_filtered(house: House) -> None:
    await house.set_up(a_skill("french"), a_queue("french", requires={"french": 1}))
    bob, contact = await with_agent(house)
    sue = await supervisor(house)
    assert sue.board.contacts == [contact]
    await sue.send({"do": "look_at_floor", "talks": {"queue": "french"}})
    await sue.until(lambda: sue.board.talks["asked"]["queue"] == "french")
    assert sue.board.contacts == []
    await sue.send({"do": "look_at_floor", "talks": {"agent": "bob", "state": "active"}})
    await sue.until(lambda: sue.board.contacts == [contact])
    await bob.ask("finish", contact=contact)
    await sue.until(lambda: sue.board.contacts == [])


async def test_a_whisper_reaches_the_agent_and_not_the_customer(house: House) -> None:
    bob = await house.desk("bob")
    ann = await house.visitor()
    await ann.writes("hello")
    contact = await bob.takes()
    sue = await supervisor(house)
    await sue.ask("whisper", contact=contact, text="Offer her the refund")
    await bob.until(lambda: len(bob.notes.get(contact, [])) == 1)
    note = bob.notes[contact][0]
    assert (note["text"], note["whisper"], note["author_name"]) == ("Offer her the refund", True, "Sue")
    await ann.has_seen_everything()
    assert "refund" not in str(ann.talk)


async def test_nobody_hears_a_whisper_in_a_talk_that_waits(house: House) -> None:
    await (await house.visitor()).writes("hello")
    sue = await supervisor(house)
    await sue.until(lambda: len(sue.board.contacts) == 1)
    with pytest.raises(Refused, match="nobody_to_hear"):
        await sue.ask("whisper", contact=sue.board.contacts[0], text="psst")


async def test_a_talk_is_given_to_an_agent_and_moved_to_a_queue(house: House) -> None:
    _, contact = await with_agent(house)
    cleo = await house.desk("cleo")
    sue = await supervisor(house)
    seen = {"owner": "bob", "queue": "general"}
    await sue.ask("take_over", contact=contact, agent="cleo", seen=seen)
    await cleo.until(lambda: contact in cleo.talks)
    await sue.ask("release", contact=contact, queue="general", seen=seen | {"owner": "cleo"})
    await cleo.until(lambda: contact not in cleo.talks)
    await sue.ask("release", contact=contact, queue=None)
    await sue.until(lambda: sue.board.counts["open_count"] == 0)


async def test_of_two_supervisors_the_second_is_told_that_it_moved(house: House) -> None:
    _, contact = await with_agent(house)
    await house.desk("cleo")
    sue, tom = await supervisor(house), await supervisor(house, "tom")
    seen = {"owner": "bob", "queue": "general"}
    id = sue.new_id()
    await sue.ask("take_over", id, contact=contact, agent="cleo", seen=seen)
    with pytest.raises(Refused, match="talk_moved") as refused:
        await tom.ask("release", contact=contact, queue=None, seen=seen)
    assert refused.value.values["owner"] == "Cleo"
    await sue.ask("take_over", id, contact=contact, agent="cleo", seen=seen)  # sent again: done already


async def test_an_agent_who_is_signed_out_is_told_why_and_the_talks_go_back(house: House) -> None:
    bob, contact = await with_agent(house)
    sue = await supervisor(house)
    await sue.ask("set_agent", agent="bob", presence="offline")
    await bob.until(lambda: contact not in bob.talks)
    assert (bob.desk["presence"]["presence"], bob.desk["presence"]["reason"]) == ("offline", "supervisor")
    await sue.until(lambda: sue.board.queues["general"]["waiting_count"] == 1)
    with pytest.raises(Refused, match="agent_signed_out"):
        await sue.ask("set_agent", agent="bob", presence="away")
    with pytest.raises(Refused, match="presence_unfit"):
        await sue.ask("set_agent", agent="bob", presence="ready")
    await bob.ask("presence", presence="ready")


async def test_who_is_set_away_keeps_the_talks(house: House) -> None:
    bob, contact = await with_agent(house)
    sue = await supervisor(house)
    await sue.ask("set_agent", agent="bob", presence="away")
    await bob.until(lambda: bob.desk["presence"]["presence"] == "away")
    assert contact in bob.talks


async def test_what_a_supervisor_did_stands_in_their_name(house: House) -> None:
    _, contact = await with_agent(house)
    sue = await supervisor(house)
    await sue.ask("release", contact=contact)
    async with house.server.db.site("main") as conn:
        actor = await conn.fetchval("select actor from journal where kind = 'ContactClosed' and contact = $1", contact)
    assert actor == f"agent:{sue.desk['me']['person']}"


async def test_an_alert_is_raised_and_one_supervisor_takes_care(house: House) -> None:
    from dryfly.setup.alerts import Alert

    await house.set_up(Alert("one", "Somebody waits", raise_at=1, clear_at=0, for_s=0))  # type: ignore[arg-type]
    sue, tom = await supervisor(house), await supervisor(house, "tom")
    await (await house.visitor()).writes("hello")
    await tom.until(lambda: "one:general" in tom.board.alerts)
    await sue.until(lambda: "one:general" in sue.board.alerts)
    await sue.ask("see_alert", alert="one:general")
    await tom.until(lambda: tom.board.alerts["one:general"]["seen_by"] == "Sue")
    with pytest.raises(Refused, match="alert_gone"):
        await tom.ask("see_alert", alert="one:general")
    await (await house.desk("bob")).takes()
    await tom.until(lambda: tom.board.alerts == {})


async def test_a_restart_forgets_no_alert(house: House) -> None:
    from dryfly.desk.floor_feed import FloorFeed
    from dryfly.desk.kept_alerts import KeptAlerts
    from dryfly.setup.alerts import Alert

    await house.set_up(Alert("one", "Somebody waits", raise_at=1, clear_at=0, for_s=0))  # type: ignore[arg-type]
    sue = await supervisor(house)
    await (await house.visitor()).writes("hello")
    await sue.until(lambda: "one:general" in sue.board.alerts)
    await sue.ask("see_alert", alert="one:general")
    await sue.until(lambda: sue.board.alerts["one:general"]["seen_by"] == "Sue")
    feed, kept = house.site.floor_feed, KeptAlerts(house.server.db, house.site.site)
    again = FloorFeed(feed.ledger, feed.board, feed.lines, feed.catalogue, feed.today_of, kept)
    await again.refresh()
    assert again._shown
    (line,) = again._shown.alerts
    assert (line.raised_at, line.seen_by) == (sue.board.alerts["one:general"]["raised_at"], "Sue")


DEEDS: dict[str, dict[str, object]] = {
    "take_over": {},
    "release": {"queue": None},
    "whisper": {"text": "psst"},
    "set_agent": {"agent": "bob", "presence": "offline"},
    "see_alert": {"alert": "one:general"},
}


@pytest.mark.parametrize("do", DEEDS)
async def test_an_agent_is_refused(house: House, do: str) -> None:
    bob, contact = await with_agent(house)
    fields: dict[str, Any] = DEEDS[do] if do in ("set_agent", "see_alert") else {"contact": contact, **DEEDS[do]}
    with pytest.raises(Refused, match="not_allowed"):
        await bob.ask(do, **fields)
    assert contact in bob.talks


async def test_an_agent_sees_no_floor(house: House) -> None:
    bob = await house.desk("bob")
    with pytest.raises(Refused, match="not_allowed"):
        await bob.send({"do": "look_at_floor", "talks": {}})
        await bob.until(lambda: "" in bob._receipts)
        raise Refused(bob._receipts.pop("")["error"])
    assert bob.board.at == 0


async def test_a_new_agent_and_one_who_goes_change_the_board(house: House) -> None:
    from dryfly.floor.model import AgentId

    sue = await supervisor(house)
    await house.set_up(Agent(AgentId("zoe"), "Zoe"))
    await sue.until(lambda: "zoe" in sue.board.agents)
    fresh = await supervisor(house, "tom")
    assert fresh.board.agents == sue.board.agents

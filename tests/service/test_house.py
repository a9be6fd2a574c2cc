"""What is set up, and who is here, reaches every open desk without a fresh state."""

import asyncio

import pytest

from dryfly.floor.model import AgentId, SiteId
from dryfly.setup.change import Change
from dryfly.setup.defaults import first_entries
from dryfly.setup.model import Agent, Disposition, Kind, PresenceReason, Site
from tests.people import AgentDesk, Refused
from tests.service.conftest import MAIN, House, a_queue

SOUTH = SiteId("south")


async def test_what_is_set_up_is_there_at_once(house: House) -> None:
    ann, sue = await house.desk("ann"), await house.desk_of(await house.person("sue", "supervisor"))
    news = (
        a_queue("money-back"), Agent(AgentId("ben"), "Ben"), Disposition("moved", "Moved house"),
        PresenceReason("lunch", "Lunch"),
    )  # fmt: skip
    await house.server.sites.change(MAIN, Change(puts=news), "system:test")
    for desk in (ann, sue):
        await desk.until(lambda desk=desk: "Money-Back" in desk.titles("queues"))  # type: ignore[misc]
        assert "Ben" in desk.titles("agents")
        assert "Moved house" in desk.titles("dispositions")
        assert "Lunch" in desk.titles("presence_reasons")
        assert desk.states_count == 1


async def test_a_removed_colleague_is_gone_from_open_desks(house: House) -> None:
    ann = await house.desk("ann")
    await house.set_up(Agent(AgentId("ben"), "Ben"))
    await ann.until(lambda: "Ben" in ann.titles("agents"))
    await house.server.sites.change(MAIN, Change(removals=((Kind.AGENTS, "ben"),)), "system:test")
    await ann.until(lambda: "Ben" not in ann.titles("agents"))


async def test_who_comes_pauses_and_goes_is_seen_by_colleagues(house: House) -> None:
    ann = await house.desk("ann")
    ben = await house.desk("ben")
    await ann.until(lambda: ann.on_duty.get("ben") == "ready")
    await ben.ask("presence", presence="away")
    await ann.until(lambda: ann.on_duty.get("ben") == "away")
    await ben.ask("presence", presence="offline")
    await ann.until(lambda: "ben" not in ann.on_duty)
    assert ann.states_count == 1


async def test_who_was_away_for_a_moment_misses_nothing(house: House) -> None:
    ann, ben = await house.desk("ann"), await house.desk("ben")
    await ann.until(lambda: "ben" in ann.on_duty)
    known = ann.desk["set_up"]
    await ann.lose_connection()
    await house.set_up(a_queue("money-back"))
    await ben.ask("presence", presence="offline")
    await asyncio.sleep(0)
    await house.site.house.tell_on_duty()
    await ann.open(set_up=known, site="main")
    await ann.until(lambda: "Money-Back" in ann.titles("queues") and "ben" not in ann.on_duty)
    assert ann.states_count == 1


async def test_old_state_plus_frames_is_a_fresh_state(house: House) -> None:
    ann = await house.desk("ann")
    for name in ("ben", "cleo", "dan"):
        await house.desk(name, ready=name != "cleo")
    await house.set_up(Agent(AgentId("ben"), "Benedikt"), a_queue("b"))
    await house.site.house.tell_on_duty()
    await ann.has_seen_everything()
    followed = dict(ann.desk)
    ann.last = None
    await ann.send({"do": "hello"})
    await ann.until(lambda: ann.states_count == 2)
    parts = ("queues", "agents", "dispositions", "presence_reasons", "set_up", "on_duty")
    assert {part: followed[part] for part in parts} == {part: ann.desk[part] for part in parts}


async def at_two_sites(house: House) -> tuple[AgentDesk, str]:
    """Ann serves at both sites; her desk at the first, and her cookie."""
    await house.server.sites.found(Site(SOUTH, "South"), "system:test", first_entries())
    await house.server.sites.change(SOUTH, Change(puts=(Agent(AgentId("anna"), "Anna"),)), "system:test")
    cookie = await house.agent("ann")
    async with house.server.db.site("*") as conn:
        await conn.execute(
            "insert into person (site, id, email, name, role, agent)"
            " select 'south', id, email, name, 'supervisor', 'anna' from person where email = 'ann@example.org'"
        )
    return await house.desk_of(cookie), cookie


async def test_a_desk_never_goes_on_at_another_site_than_it_shows(house: House) -> None:
    ann, cookie = await at_two_sites(house)
    session = await house.server.sessions.read(cookie.removeprefix("dryfly_session="))
    assert session
    await house.server.sessions.move(session, SOUTH)
    await ann.until(lambda: ann.bye is not None)
    assert ann.bye
    assert ann.bye["error"]["code"] == "site_changed"
    before = ann.desk
    await ann.close()
    await ann.open(site="main")
    await ann.until(lambda: bool(ann.bye))
    assert ann.bye["error"]["code"] == "site_changed"
    assert ann.desk is before
    fresh = await house.desk_of(cookie)
    assert (fresh.desk["me"]["site"], fresh.desk["me"]["role"], fresh.desk["me"]["agent"]) == (
        "south", "supervisor", "anna",
    )  # fmt: skip


async def test_rights_at_one_site_open_nothing_at_another(house: House) -> None:
    """A supervisor of the south is an agent of the main site, and no more."""
    ann, _ = await at_two_sites(house)
    visitor = await house.visitor()
    await visitor.ask("person")
    contact = next(iter(house.site.ledger.peek(lambda state: list(state.contacts))))
    with pytest.raises(Refused, match="not_allowed"):
        await ann.ask("take_over", contact=contact)

"""Colleagues asked into a talk, over the sockets: who sees what, who may do what, and what a restart keeps."""

import pytest

from tests.people import AgentDesk, Refused, Visitor
from tests.service.conftest import House

Talk = tuple[AgentDesk, str, Visitor]


@pytest.fixture
async def talk(house: House) -> Talk:
    """Bob serves a customer; the contact's id."""
    bob = await house.desk("bob")
    ann = await house.visitor()
    await ann.writes("my lamp flickers")
    return bob, await bob.takes(), ann


async def asks(bob: AgentDesk, contact: str, colleague: AgentDesk, name: str, role: str = "consulted") -> None:
    await bob.ask("ask_colleague", contact=contact, colleague=name, role=role, note="is this a known fault?")
    await colleague.until(lambda: contact in colleague.requests)


async def joins(colleague: AgentDesk, contact: str) -> None:
    await colleague.ask("accept_request", contact=contact)
    await colleague.until(lambda: contact in colleague.talks)


async def test_a_consulted_colleague_reads_and_writes_notes_and_the_customer_sees_nothing_of_it(
    house: House, talk: Talk
) -> None:
    bob, contact, ann = talk
    eve = await house.desk("eve")
    await asks(bob, contact, eve, "eve")
    request = eve.requests[contact]
    assert (request["agent_name"], request["note"]) == ("Bob", "is this a known fault?")
    await bob.until(lambda: bob.talks[contact]["asked"] != [])
    await joins(eve, contact)
    assert eve.requests == {}
    await eve.ask("note", contact=contact, text="yes, the switch")
    await bob.until(lambda: [note["text"] for note in bob.notes[contact]][-1:] == ["yes, the switch"])
    for words in ({"do": "say", "text": "hello"}, {"do": "fact", "key": "order", "value": "1"}):
        with pytest.raises(Refused, match="not_your_contact"):
            await eve.ask(contact=contact, **words)
    await eve.send({"do": "typing", "contact": contact})
    await eve.has_seen_everything()
    await ann.has_seen_everything()
    assert ann.typing_of is None
    assert "yes, the switch" not in [text for _, text in ann.lines]


async def test_an_invited_colleague_writes_to_the_customer_in_their_own_name(house: House, talk: Talk) -> None:
    bob, contact, ann = talk
    eve = await house.desk("eve")
    await asks(bob, contact, eve, "eve", "invited")
    await joins(eve, contact)
    await eve.says(contact, "I know this lamp")
    await ann.sees("I know this lamp")
    assert ann.talk["messages"][-1]["author_name"] == "Eve"
    await eve.ask("part", contact=contact)
    await eve.until(lambda: contact not in eve.talks)
    with pytest.raises(Refused, match="not_your_contact"):
        await eve.says(contact, "one more word")


async def test_nobody_joins_who_was_not_asked(house: House, talk: Talk) -> None:
    _, contact, _ = talk
    eve = await house.desk("eve")
    for role in ("consulted", "invited", "listening"):
        with pytest.raises(Refused, match="not_allowed"):
            await eve.ask("join", contact=contact, role=role)
    with pytest.raises(Refused, match="request_gone"):
        await eve.ask("accept_request", contact=contact)
    with pytest.raises(Refused, match="not_your_contact"):
        await eve.ask("ask_colleague", contact=contact, colleague="bob", role="consulted")


async def test_the_asker_sees_a_no_and_a_request_is_gone_with_the_talk(house: House, talk: Talk) -> None:
    bob, contact, _ = talk
    eve = await house.desk("eve")
    await asks(bob, contact, eve, "eve")
    await eve.ask("decline_request", contact=contact)
    assert eve.requests == {}
    await bob.until(lambda: [asked["end"] for asked in bob.talks[contact]["asked"]] == ["declined"])
    await asks(bob, contact, eve, "eve")
    await bob.ask("park", contact=contact)
    await eve.until(lambda: eve.requests == {})


async def test_a_talk_is_handed_over_to_who_is_in_it_without_an_offer(house: House, talk: Talk) -> None:
    bob, contact, ann = talk
    eve = await house.desk("eve")
    await asks(bob, contact, eve, "eve")
    await joins(eve, contact)
    await bob.ask("transfer", contact=contact, to_agent="eve")
    await bob.until(lambda: contact not in bob.talks)
    await eve.until(lambda: eve.talks[contact]["owner"] == "eve")
    assert (eve.offers, eve.talks[contact]["participants"]) == ({}, [])
    await eve.says(contact, "Eve here")
    await ann.sees("Eve here")


async def test_a_request_and_its_words_are_there_after_a_restart_and_on_a_fresh_page(house: House, talk: Talk) -> None:
    bob, contact, _ = talk
    eve = await house.desk("eve")
    await asks(bob, contact, eve, "eve")
    before = eve.requests[contact]
    await house.site.talks.reset(house.site.site, house.site.ledger.peek(lambda state: state))
    other = await house.desk_of(eve._headers["Cookie"])
    assert other.requests[contact] == before


async def test_a_snoozed_talk_comes_back_at_once_when_the_customer_speaks(house: House, talk: Talk) -> None:
    bob, contact, ann = talk
    await bob.says(contact, "I look into it")
    until = house.server.clock.now() + 3_600_000
    with pytest.raises(Refused, match="snooze_out_of_range"):
        await bob.ask("snooze", contact=contact, until=until - 7_200_000)
    await bob.ask("snooze", contact=contact, until=until)
    await bob.until(lambda: bob.talks[contact]["snoozed_until"] == until)
    assert bob.talks[contact]["state"] == "parked"
    await ann.writes("any news?")
    await bob.until(lambda: bob.talks[contact]["state"] == "active")
    assert bob.talks[contact]["snoozed_until"] is None

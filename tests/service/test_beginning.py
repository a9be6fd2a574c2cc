"""An agent writes first to a customer who was here before."""

import asyncio

import pytest

from dryfly.floor.model import AgentId, AgentSpec, Channel, ChannelCapacity
from dryfly.setup.change import Change
from dryfly.setup.model import Agent, Site
from tests.people import AgentDesk, Refused, Visitor
from tests.service.conftest import MAIN, House, a_queue

CUSTOMER = "k1"


async def served(house: House, desk: AgentDesk) -> tuple[Visitor, str]:
    """A customer who was served, and the closed talk."""
    ann = await house.visitor()
    await ann.writes("Where is my parcel?")
    await desk.is_offered()
    contact = await desk.takes()
    await identify(house, contact)
    await desk.says(contact, "On its way.")
    await desk.finishes(contact)
    await house.site.followers["talks"].reached(house.site.ledger.durable, 10)
    return ann, contact


async def identify(house: House, contact: str) -> None:
    from dryfly.floor.model import ContactId, CustomerId, IdentifyCustomer

    await house.site.submit(IdentifyCustomer(ContactId(contact), CustomerId(CUSTOMER), 2), "system:test")


@pytest.fixture
async def maja(house: House) -> AgentDesk:
    await house.set_up(a_queue("general"))
    return await house.desk("maja")


async def test_the_open_page_shows_it_at_once_and_the_customer_answers(house: House, maja: AgentDesk) -> None:
    ann, contact = await served(house, maja)
    await maja.ask("begin", customer=CUSTOMER, after=contact, text="It has arrived at the shop.")
    await ann.sees("It has arrived at the shop.")
    assert ann.stage == "agent"
    begun = next(name for name in maja.talks if name != contact)
    await ann.writes("Thank you!")
    await maja.until(lambda: "Thank you!" in maja.said_in(begun))


async def test_a_page_that_was_closed_has_it_when_it_comes_back(house: House, maja: AgentDesk) -> None:
    ann, contact = await served(house, maja)
    secret = ann.welcome["resume"]
    await ann.close()
    id = maja.new_id()
    first = await maja.ask("begin", id, customer=CUSTOMER, after=contact, text="It has arrived.")
    again = await maja.ask("begin", id, customer=CUSTOMER, after=contact, text="It has arrived.")
    assert first["seq"] == again["seq"]
    back = await house.visitor(resume=secret)
    await back.sees("It has arrived.")


async def test_a_page_that_was_cut_off_shows_what_began_meanwhile_and_not_what_was_before(
    house: House, maja: AgentDesk
) -> None:
    ann, contact = await served(house, maja)
    await ann.lose_connection()
    await maja.ask("begin", customer=CUSTOMER, after=contact, text="It has arrived.")
    await ann.comes()
    await ann.sees("It has arrived.")
    assert ann.talk["contact"] != contact
    assert ann.lines == [("agent", "It has arrived.")]


async def test_of_two_agents_at_once_one_begins(house: House, maja: AgentDesk) -> None:
    _, contact = await served(house, maja)
    tom = await house.desk_of(await house.person("sue", "supervisor", await an_agent(house)))
    asked = {"customer": CUSTOMER, "after": contact, "text": "Hello again."}
    both = await asyncio.gather(maja.ask("begin", **asked), tom.ask("begin", **asked), return_exceptions=True)
    refused = [answer for answer in both if isinstance(answer, Refused)]
    assert len(refused) == 1
    assert refused[0].code in ("customer_has_open_contact", "gate_has_open_contact")
    assert refused[0].values["contact"]


async def test_who_writes_while_an_agent_begins_is_in_one_talk_with_them(house: House, maja: AgentDesk) -> None:
    """Whichever of them is first: the customer answers in the agent's talk, or the agent is told of the customer's."""
    ann, contact = await served(house, maja)
    asked = {"customer": CUSTOMER, "after": contact, "text": "Your parcel is here."}
    begun, written = await asyncio.gather(
        maja.ask("begin", **asked), ann.writes("Is it here now?"), return_exceptions=True
    )
    assert not isinstance(written, BaseException)
    open_contacts = house.site.ledger.peek(lambda state: set(state.contacts))
    assert open_contacts == {ann.talk["contact"]}
    if isinstance(begun, Refused):
        assert (begun.code, begun.values["contact"]) == ("gate_has_open_contact", ann.talk["contact"])
    else:
        assert [text for _, text in ann.lines] == ["Your parcel is here.", "Is it here now?"]


async def test_a_customer_who_writes_first_is_told_of_and_not_talked_over(house: House, maja: AgentDesk) -> None:
    ann, contact = await served(house, maja)
    await ann.writes("Hello again")  # from the same page, and nobody has asked yet who it is
    with pytest.raises(Refused, match="gate_has_open_contact") as refused:
        await maja.ask("begin", customer=CUSTOMER, after=contact, text="Your parcel is here.")
    assert refused.value.values["contact"] == ann.talk["contact"]


async def test_a_page_that_has_not_heard_of_it_goes_on_in_the_talk(house: House, maja: AgentDesk) -> None:
    ann, contact = await served(house, maja)
    page = next(iter(house.site.widget.conversing))
    house.site.widget.conversing.discard(page)  # it opens in this very moment
    await maja.ask("begin", customer=CUSTOMER, after=contact, text="Your parcel is here.")
    begun = next(name for name in maja.talks if name != contact)
    await ann.writes("Thank you!")
    await maja.until(lambda: "Thank you!" in maja.said_in(begun))
    assert house.site.ledger.peek(lambda state: set(state.contacts)) == {begun}


async def test_two_pages_of_one_visitor_begin_one_talk(house: House, maja: AgentDesk) -> None:
    ann, _ = await served(house, maja)
    other = await house.visitor(resume=ann.welcome["resume"])
    await asyncio.gather(ann.writes("Hello"), other.writes("Hello?"))
    assert len(house.site.ledger.peek(lambda state: set(state.contacts))) == 1


async def an_agent(house: House) -> str:
    """Without a person, so that a supervisor can be it."""
    room = (ChannelCapacity(Channel("web"), 25, 4),)
    await house.set_up(Agent(AgentId("sue"), "Sue", spec=AgentSpec(channels=room)))
    return "sue"


async def test_who_never_served_the_customer_may_not_nor_with_somebody_elses_talk(
    house: House, maja: AgentDesk
) -> None:
    _, contact = await served(house, maja)
    tom = await house.desk("tom")
    with pytest.raises(Refused, match="customer_exists_not"):
        await tom.ask("begin", customer=CUSTOMER, after=contact, text="Buy something!")
    with pytest.raises(Refused, match="customer_exists_not"):
        await maja.ask("begin", customer="k2", after=contact, text="Hello?")
    with pytest.raises(Refused, match="message_empty"):
        await maja.ask("begin", customer=CUSTOMER, after=contact, text=" ")


async def test_a_site_may_leave_it_to_customers(house: House, maja: AgentDesk) -> None:
    _, contact = await served(house, maja)
    site = Site(MAIN, "Main", settings={"agents_begin": False})
    await house.server.sites.change(MAIN, Change(site=site), "system:test")
    with pytest.raises(Refused, match="gate_site_begins_not"):
        await maja.ask("begin", customer=CUSTOMER, after=contact, text="Hello.")

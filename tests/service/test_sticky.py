"""Whoever served a customer last is offered them again, where the queue asks for it; and estimates reach the floor."""

import pytest

from dryfly.conversations.record import CUSTOMER as BY_CUSTOMER
from dryfly.floor.model import (
    Channel,
    ContactId,
    CustomerId,
    IdentifyCustomer,
    OverflowRule,
    OverflowTo,
    OverflowWhen,
    QueueContact,
    QueuedBecause,
    QueueId,
)
from dryfly.ledger import CommandId
from dryfly.platform.ids import new_id
from dryfly.waiting.model import Band
from tests.people import AgentDesk
from tests.service.conftest import House, a_queue

KNOWN = CustomerId("k1")
GENERAL = QueueId("general")
WEB = Channel("web")
OVER_FIVE_MINUTES = OverflowRule(OverflowWhen.ESTIMATE, OverflowTo.BOT, 300)


async def serves(house: House, desk: AgentDesk) -> None:
    """A talk with the customer, from the first word to its end."""
    visitor = await house.visitor()
    await visitor.writes("Where is my parcel?")
    await desk.is_offered()
    contact = await desk.takes()
    await house.site.submit(IdentifyCustomer(ContactId(contact), KNOWN, 2), "system:test")
    await desk.says(contact, "On its way.")
    await desk.finishes(contact)
    await house.site.followers["talks"].reached(house.site.ledger.durable, 30)


async def ada_served_and_ben_is_idle_longer(house: House, sticky_s: int) -> AgentDesk:
    await house.set_up(a_queue("general", sticky_s=sticky_s))
    ada = await house.desk("ada")
    await serves(house, ada)
    await ada.ask("presence", presence="away", reason="break")
    await house.desk("ben")
    await ada.ask("presence", presence="ready")
    return ada


def an_id(house: House) -> CommandId:
    return CommandId(new_id(house.site.ledger.now()))


def offered_to(house: House, contact: ContactId) -> list[str]:
    return house.site.ledger.peek(lambda state: list(state.contacts[contact].offers))


@pytest.mark.parametrize(("sticky_s", "agent"), [(300, "ada"), (0, "ben")])
async def test_who_served_them_serves_them_again(house: House, sticky_s: int, agent: str) -> None:
    await ada_served_and_ben_is_idle_longer(house, sticky_s)
    contact = ContactId("again")
    await house.site.recorder.open(an_id(house), contact, WEB, KNOWN, GENERAL)
    assert offered_to(house, contact) == [agent]


async def test_also_when_the_assistant_lets_go(house: House) -> None:
    await ada_served_and_ben_is_idle_longer(house, 300)
    contact = ContactId("again")
    await house.site.recorder.open(an_id(house), contact, WEB, KNOWN)
    let_go = QueueContact(contact, GENERAL, QueuedBecause.BOT_LET_GO)
    await house.site.recorder.hand_over(an_id(house), let_go, None, BY_CUSTOMER)
    assert offered_to(house, contact) == ["ada"]


async def test_a_stranger_goes_to_whoever_is_idle_longest(house: House) -> None:
    await ada_served_and_ben_is_idle_longer(house, 300)
    await house.site.recorder.open(an_id(house), ContactId("new"), WEB, CustomerId("k2"), GENERAL)
    assert offered_to(house, ContactId("new")) == ["ben"]


async def test_an_estimate_is_noted_where_a_rule_asks_and_when_it_moved(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.set_up(a_queue("general", overflow=(OVER_FIVE_MINUTES,)), a_queue("other"))

    async def noted(p50_s: float) -> int | None:
        monkeypatch.setattr(house.site.waiting, "estimate", lambda *_: Band(p50_s, p50_s * 2))
        await house.site.estimates.note()
        assert house.site.ledger.peek(lambda state: state.estimates.get(QueueId("other"))) is None
        return house.site.ledger.peek(lambda state: state.estimates.get(GENERAL))

    assert await noted(200) == 200
    assert await noted(230) == 200  # less than a minute further
    assert await noted(320) == 320
    durable = house.site.ledger.durable
    assert await noted(330) == 320
    assert house.site.ledger.durable == durable

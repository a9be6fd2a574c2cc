"""What was known is asked again: counted where it can be known, and nowhere else."""

from dryfly.conversations.asking import Asked
from dryfly.floor.model import ContactId
from tests.people import AgentDesk, Visitor
from tests.service.conftest import House
from tests.service.test_floor import supervisor

NUMBER = "What is your order number?"


def test_the_assistant_asks_for_a_fact_that_the_talk_holds() -> None:
    asked = Asked(facts={"order"})
    assert asked.is_again("bot", NUMBER, "order")
    assert not asked.is_again("bot", "Which colour?", "colour")


def test_a_question_is_asked_again_by_another_one_once_the_customer_has_answered() -> None:
    asked = Asked()
    asked.put("bot", f"Hello! {NUMBER}")
    assert not asked.is_again("bob", NUMBER, ""), "nobody has answered yet"
    asked.hear()
    assert not asked.is_again("bob", "Which order is it?", ""), "other words are not seen"
    assert asked.is_again("bob", "Hi, I am Bob.  what is your  order NUMBER ?", "")
    assert not asked.is_again("bot", NUMBER, ""), "who says it again themselves asks for something else"


async def test_a_colleague_who_asks_again_is_on_the_floor_and_in_the_report(house: House) -> None:
    bob, eva = await house.desk("bob"), await house.desk("eva", ready=False)
    sue = await supervisor(house)
    ann, contact = await asked_by(house, bob)
    await eva.ask("presence", presence="ready")
    await bob.ask("transfer", contact=contact, to_agent="eva")
    await eva.is_offered()
    await eva.takes()
    id = eva.new_id()
    await eva.ask("say", id, contact=contact, text=NUMBER)
    await eva.ask("say", id, contact=contact, text=NUMBER)  # the receipt was lost: said once
    await eva.says(contact, "And in which city do you live?")
    await sue.until(lambda: today_of(sue).get("asked_twice_count") == 1, 30)
    assert ann.heard("agent").count(NUMBER) == 2


async def test_what_was_asked_is_known_after_a_restart(house: House) -> None:
    bob = await house.desk("bob")
    _, contact = await asked_by(house, bob)
    talks = house.site.talks
    await talks.reset(house.site.site, house.site.ledger.peek(lambda state: state))
    assert talks.asks_again(ContactId(contact), "eva", NUMBER, "")
    assert not talks.asks_again(ContactId(contact), "bob", NUMBER, "")


async def asked_by(house: House, bob: AgentDesk) -> tuple[Visitor, str]:
    """Bob asks, and the customer answers."""
    ann = await house.visitor()
    await ann.writes("My parcel is not here.")
    contact = await bob.takes()
    await bob.says(contact, NUMBER)
    await ann.sees(NUMBER)
    await ann.writes("It is A-17.")
    await bob.until(lambda: "It is A-17." in bob.said_in(contact))
    return ann, contact


def today_of(sue: AgentDesk) -> dict[str, int]:
    found: dict[str, int] = sue.board.today.get("site", {}).get("today", {})
    return found

"""Customers talk to the bot of the retail example."""

import re

import pytest
from msgspec.structs import replace

from dryfly.bot.model import Knowledge, Level, Reason, Record
from tests.bot.conftest import (
    CANCELLED,
    DELIVERED,
    PENDING,
    PROFILE,
    SOURCE,
    Customer,
    NewCustomer,
    customer_with,
    order,
    said,
)

ROBIN = customer_with(PENDING, DELIVERED, CANCELLED)
STRANGER = Knowledge()


def test_first_word_says_that_it_is_a_bot(new_customer: NewCustomer) -> None:
    customer = new_customer(ROBIN)
    assert "automatic assistant, not a person" in said(customer.writes("hi"))
    assert "automatic assistant" not in said(customer.writes("where is order W2611340"))


# ---- answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("where's my stuff?? order W2611340", "Order #W2611340 is pending: it has not been sent yet."),
        ("yo has 4817420 shipped", "Order #W4817420 has been delivered. The tracking number was 490313116609."),
        ("how much was charged for #w 2611340", "Order #W2611340 came to $536.65."),
        (
            "what happened to the order with the desk lamp",
            "Order #W7678072 was cancelled, and $89.10 went back to you.",
        ),
        ("whats my postal address in ur records", "The address on file is 7 Oak Lane, Springfield, 80279."),
        ("what card do u have of mine", "On file are: PayPal, credit card mastercard 9212."),
    ],
)
def test_answer_is_exactly_what_is_on_file(new_customer: NewCustomer, words: str, answer: str) -> None:
    turn = new_customer(ROBIN).writes(words)
    assert turn.say[0].text.endswith(answer)
    assert turn.say[0].source == SOURCE
    assert turn.say[0].used
    assert turn.let_go is None


def test_several_orders_and_none_named_tells_of_all(new_customer: NewCustomer) -> None:
    text = said(new_customer(ROBIN).writes("where is my order"))
    assert "#W2611340 is pending, #W4817420 is delivered and #W7678072 is cancelled" in text


def test_customer_without_an_order_hears_the_truth(new_customer: NewCustomer) -> None:
    turn = new_customer(customer_with()).writes("hey, where is my package?")
    assert turn.say[0].text.endswith("there is no order under your name.")
    assert turn.let_go is None


def test_the_latest_exists_only_where_there_are_dates(new_customer: NewCustomer) -> None:
    dated = [replace_date(PENDING, "2026-01-02"), replace_date(DELIVERED, "2025-12-24")]
    assert "#W2611340 came to" in said(new_customer(customer_with(*dated)).writes("how much was my last order"))
    both = said(new_customer(customer_with(PENDING, DELIVERED)).writes("how much was my last order"))
    assert "#W2611340" in both
    assert "#W4817420" in both


def replace_date(record: Record, date: str) -> Record:
    return replace(record, date=date)


def test_what_is_not_on_file_is_not_said_but_handed_over(new_customer: NewCustomer) -> None:
    lost = order("#W1000001", "delivered", "5.00", "Mug")
    turn = new_customer(customer_with(lost)).writes("whats the tracking number of W1000001")
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.NOT_ON_RECORD
    assert turn.let_go.queue == "orders"


def test_an_order_of_somebody_else_is_not_told(new_customer: NewCustomer) -> None:
    customer = new_customer(ROBIN)
    turn = customer.writes("where is order #W9999999")
    assert "I cannot find #W9999999" in said(turn) or "I cannot find W9999999" in said(turn)
    assert "2611340" in said(customer.writes("sorry, W2611340"))


def test_a_follow_up_is_about_the_same_need(new_customer: NewCustomer) -> None:
    customer = new_customer(ROBIN)
    customer.writes("how much was W2611340")
    assert "1380.79" in said(customer.writes("and W4817420?"))


# ---- who is it ---------------------------------------------------------------------------------


def test_known_address_is_asked_nothing(new_customer: NewCustomer) -> None:
    turn = new_customer(customer_with(PENDING, level=Level.KNOWN_ADDRESS)).writes("where is my order")
    assert turn.ask is None
    assert "#W2611340 is pending" in said(turn)


def test_stranger_is_asked_once_and_then_answered(new_customer: NewCustomer) -> None:
    customer = new_customer(STRANGER)
    customer.hides(PROFILE["email"], ROBIN)
    assert customer.writes("where's my stuff?? order W2611340").ask == "identity"
    assert "#W2611340 is pending" in said(customer.writes("robin.hale@example.com"))


def test_identity_in_the_first_message_needs_no_question(new_customer: NewCustomer) -> None:
    customer = new_customer(STRANGER)
    customer.hides(PROFILE["email"], customer_with(DELIVERED))
    turn = customer.writes("robin.hale@example.com here, what did i pay in total?")
    assert turn.ask is None
    assert "$1380.79" in said(turn)


def test_who_cannot_be_identified_gets_a_person_not_a_second_question(new_customer: NewCustomer) -> None:
    customer = new_customer(STRANGER)
    customer.writes("where is my order")
    turn = customer.writes("I don't remember which mail I used")
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.NOT_IDENTIFIED
    assert turn.let_go.queue == "orders"
    assert turn.let_go.brief.asked == ("identity",)


def test_claim_is_not_enough_where_the_site_wants_proof(new_customer: NewCustomer) -> None:
    claimed = customer_with(level=Level.CLAIMED)
    customer = new_customer(claimed_with_code(claimed))
    turn = customer.writes("which address do you have for me")
    assert turn.send_code
    assert turn.ask == "code"
    assert "Oak Lane" not in said(turn)
    customer.hides("482913", customer_with())
    assert "7 Oak Lane" in said(customer.writes("482913"))


def test_wrong_code_leads_to_a_person_and_discloses_nothing(new_customer: NewCustomer) -> None:
    claimed = claimed_with_code(customer_with(level=Level.CLAIMED))
    customer = new_customer(claimed)
    customer.writes("which address do you have for me")
    customer.hides("000000", claimed_with_code(claimed, failed=True))
    turn = customer.writes("000000")
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.IDENTITY_TOO_LOW
    assert "Oak Lane" not in said(turn)


def claimed_with_code(known: Knowledge, *, failed: bool = False) -> Knowledge:
    return replace(known, code_to="r…@example.com", code_failed=failed)


def test_public_questions_need_no_identity(new_customer: NewCustomer) -> None:
    turn = new_customer(STRANGER).writes("what is your return policy?")
    assert turn.ask is None
    assert "can be returned" in said(turn)


# ---- letting go --------------------------------------------------------------------------------


def test_asked_for_a_person_at_once_with_the_need(new_customer: NewCustomer) -> None:
    turn = new_customer(ROBIN).writes("I want to return the hiking boots, get me a person")
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.ASKED_FOR_PERSON
    assert turn.let_go.queue == "returns"
    assert turn.let_go.need == "return_items"
    assert ("order", "#W4817420") in {(fact.key, fact.value) for fact in turn.let_go.brief.facts}
    assert turn.ask is None


def test_the_button_for_a_person_works_in_silence_about_why(new_customer: NewCustomer) -> None:
    turn = new_customer(ROBIN).presses_person()
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.ASKED_FOR_PERSON


@pytest.mark.parametrize(
    ("words", "queue", "reason"),
    [
        ("please close my account", "retention", Reason.LEAVING),
        ("i'm done with you guys, going to your competitor", "retention", Reason.LEAVING),
        ("I'd like to buy a new tablet from you", "sales", Reason.BUYING),
        ("I want to file a formal complaint", "complaints", Reason.COMPLAINT),
        ("I never placed this order, my account was hacked", "payments", Reason.FRAUD),
        ("you will hear from my lawyer", "complaints", Reason.LEGAL),
        ("my husband died and I found this order", "general", Reason.VULNERABLE),
        ("this is ridiculous, you are useless", "complaints", Reason.FRUSTRATED),
    ],
)
def test_what_a_person_must_hear_goes_there_at_once(
    new_customer: NewCustomer, words: str, queue: str, reason: Reason
) -> None:
    turn = new_customer(ROBIN).writes(words)
    assert turn.let_go is not None
    assert (turn.let_go.queue, turn.let_go.reason) == (queue, reason)


def test_cancelling_an_order_is_not_leaving_the_company(new_customer: NewCustomer) -> None:
    turn = new_customer(ROBIN).writes("need to cancel order W2611340, ordered by mistake")
    assert turn.let_go is not None
    assert (turn.let_go.queue, turn.let_go.need) == ("orders", "cancel_order")


def test_two_weak_signs_in_a_row_are_enough(new_customer: NewCustomer) -> None:
    customer = new_customer(ROBIN)
    assert customer.writes("still nothing from W2611340, where is it").let_go is None
    turn = customer.writes("how slow are you???")
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.FRUSTRATED
    assert turn.let_go.brief.mood == "annoyed"


def test_the_same_question_again_gets_a_person_not_the_same_answer(new_customer: NewCustomer) -> None:
    customer = new_customer(customer_with(PENDING))
    customer.writes("where is my order?")
    turn = customer.writes("where's my order")
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.REPEATED_QUESTION
    assert turn.let_go.brief.answered[0].text == "Order #W2611340 is pending: it has not been sent yet."


def test_news_on_file_is_not_a_repetition(new_customer: NewCustomer) -> None:
    customer = new_customer(customer_with(PENDING))
    customer.writes("where is my order?")
    customer.known = customer_with(order("#W2611340", "processed", "536.65", tracking_ids="357962501027"))
    assert "357962501027" in said(customer.writes("where is my order?"))


@pytest.mark.parametrize(
    "words", ["what is the weather in Paris", "tell me a story about dragons", "can you help with my tax return"]
)
def test_off_topic_one_question_back_then_a_person(new_customer: NewCustomer, words: str) -> None:
    customer = new_customer(ROBIN)
    first = customer.writes(words)
    assert first.ask == "meaning"
    assert len(first.say[0].choices) <= 3
    second = customer.writes("never mind the gap, blue cheese")
    assert second.let_go is not None
    assert second.let_go.reason is Reason.NOT_UNDERSTOOD


def test_a_choice_is_taken_at_its_word(new_customer: NewCustomer) -> None:
    customer = new_customer(customer_with(PENDING))
    first = customer.writes("hmm something with the order thing, dunno")
    if first.ask == "meaning" and first.say[0].choices:
        assert customer.writes(first.say[0].choices[0].say).ask != "meaning"


def test_a_consequence_needs_a_person_who_gets_all_facts(new_customer: NewCustomer) -> None:
    customer = new_customer(ROBIN)
    assert customer.writes("i wanna send these boots back").ask == "return_items"
    assert customer.writes("both boots, they pinch").ask == "refund_to"
    turn = customer.writes("gift card please")
    assert turn.let_go is not None
    assert (turn.let_go.queue, turn.let_go.reason) == ("returns", Reason.NEEDS_PERSON)
    facts = {fact.key: fact.value for fact in turn.let_go.brief.facts}
    assert facts == {"order": "#W4817420", "return_items": "both boots, they pinch", "refund_to": "gift card"}
    assert turn.let_go.brief.identity_proof == "e-mail"


def test_a_fact_that_was_said_is_not_asked_for(new_customer: NewCustomer) -> None:
    turn = new_customer(customer_with(PENDING)).writes("cancel my order please, it is no longer needed")
    assert turn.ask is None
    assert turn.let_go is not None
    assert ("cancel_reason", "no longer needed") in {(f.key, f.value) for f in turn.let_go.brief.facts}


def test_what_the_rules_forbid_is_explained_and_nobody_is_bothered(new_customer: NewCustomer) -> None:
    turn = new_customer(ROBIN).writes("cancel order W4817420")
    assert "can no longer be cancelled" in said(turn)
    assert turn.let_go is None


def test_silent_after_letting_go_until_the_customer_goes_on(new_customer: NewCustomer) -> None:
    customer = new_customer(ROBIN)
    customer.writes("agent please")
    for words in ("hello?", "where is my order W2611340", "HUMAN NOW"):
        turn = customer.writes(words)
        assert (turn.say, turn.let_go, turn.facts) == ((), None, ())
    customer.goes_on_with_bot()
    assert "#W2611340 is pending" in said(customer.writes("where is my order W2611340"))


def test_solved_is_only_what_the_customer_calls_so(new_customer: NewCustomer) -> None:
    customer = new_customer(ROBIN)
    assert not customer.writes("where is W2611340").solved
    assert not customer.writes("ok thanks").solved
    assert customer.writes("that's all, bye").solved


def test_every_number_said_is_on_file(new_customer: NewCustomer) -> None:
    on_file = str(ROBIN)
    customer = Customer(new_customer(ROBIN).playbook, new_customer(ROBIN).understander, ROBIN)
    for words in ("where is my order", "how much did I pay", "what is in order 4817420", "what's my address"):
        for number in re.findall(r"\d[\d.,]*\d|\d", said(customer.writes(words))):
            assert number in on_file

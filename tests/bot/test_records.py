"""Which record is meant, by the customer's words."""

import pytest

from dryfly.bot.model import Record
from dryfly.bot.playbook import Need, RecordWords
from dryfly.bot.records import Said, pick

WORDS = RecordWords(title="order", also=("parcel",))
NEED = Need(key="status", title="Status", examples=("a", "b", "c"), about="order", among={"status": ("pending",)})
INVOICE = Need(key="total", title="Total", examples=("a", "b", "c"), about="invoice")

LAMP = Record("order", "#W1000001", {"status": "pending"}, ({"title": "Desk Lamp"},))
BOOTS = Record("order", "#W1000002", {"status": "delivered"}, ({"title": "Hiking Boots"},))
MUGS = Record("order", "#W1000003", {"status": "delivered"}, ({"title": "Mug"},))
ORDERS = (LAMP, BOOTS, MUGS)
OLD = Record("invoice", "98", date="2021-01-01")
NEW = Record("invoice", "121", date="2022-02-02")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("where is #W1000002", "#W1000002"),
        ("where is w1000002?", "#W1000002"),
        ("W-1000002 please", "#W1000002"),
        ("order number: 1000002", "#W1000002"),
        ("where is the lamp, I mean the desk lamp", "#W1000001"),
        ("return the hiking boots", "#W1000002"),
        ("two mugs broke", "#W1000003"),
        ("my pending order", "#W1000001"),
        ("cancel it", "#W1000001"),
    ],
)
def test_the_words_tell_which(text: str, key: str) -> None:
    assert [record.key for record in pick(NEED, WORDS, ORDERS, Said(text)).records] == [key]


def test_several_fit_and_nothing_tells() -> None:
    assert pick(NEED, WORDS, (BOOTS, MUGS), Said("where is it")).records == (BOOTS, MUGS)
    assert pick(NEED, WORDS, ORDERS, Said("my last order")).records == (LAMP,)  # no dates: by `among`, not by time


@pytest.mark.parametrize("text", ["where is #W9999999", "order W9999999", "9999999 is late", "order no. 77"])
def test_a_number_that_is_not_theirs_is_told_apart(text: str) -> None:
    picked = pick(NEED, WORDS, ORDERS, Said(text))
    if text.startswith("9999999"):
        assert picked.records == (LAMP,)  # written unlike their keys: it may be anything
    else:
        assert picked.unknown
        assert picked.records == ()


@pytest.mark.parametrize("text", ["robin, 80279, where is my order", "call me at 555 123 4567", "I paid $1380.79"])
def test_other_numbers_are_no_orders(text: str) -> None:
    assert pick(NEED, WORDS, ORDERS, Said(text)).unknown == ""


def test_a_short_number_needs_a_word_before_it() -> None:
    words = RecordWords(title="invoice", also=("bill",))
    assert pick(INVOICE, words, (OLD, NEW), Said("how much was invoice 98")).records == (OLD,)
    assert pick(INVOICE, words, (OLD, NEW), Said("bill #121 please")).records == (NEW,)
    assert pick(INVOICE, words, (OLD, NEW), Said("I have 98 songs")).records == (OLD, NEW)
    assert pick(INVOICE, words, (OLD, NEW), Said("98", awaited=True)).records == (OLD,)


def test_the_latest_by_date_and_the_other_one() -> None:
    words = RecordWords(title="invoice")
    assert pick(INVOICE, words, (OLD, NEW), Said("my last invoice")).records == (NEW,)
    assert pick(INVOICE, words, (OLD, NEW), Said("and it?", before="98")).records == (OLD,)
    assert pick(INVOICE, words, (OLD, NEW), Said("and the other one?", before="98")).records == (NEW,)

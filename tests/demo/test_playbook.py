"""What the demo's assistant may say: it understands what its customers write, and tells what is on file."""

from datetime import date
from random import Random

import pytest

from dryfly.bot.encoder import load_minilm
from dryfly.bot.model import Context, SignalKind, Strength, Understander
from dryfly.bot.shell import train
from dryfly.demo.cases import SHARES, Cases
from dryfly.demo.company import DISPOSITIONS, QUEUES
from dryfly.demo.phrases import LINES
from dryfly.demo.shop import make_shop
from dryfly.demo.told import SIGNALS, Told, playbook_text
from tests.service.conftest import MODELS

SIGNAL_OF = {
    "buying": SignalKind.BUY,
    "complaint": SignalKind.COMPLAINT,
    "leaving": SignalKind.LEAVE,
    "asked_for_person": SignalKind.HUMAN,
}
TOLD = Told(playbook_text())


@pytest.fixture(scope="module")
def understander() -> Understander:
    return train(TOLD.playbook, load_minilm(MODELS))


def test_each_need_is_understood_by_its_examples(understander: Understander) -> None:
    for need in TOLD.playbook.needs:
        meant = [understander.understand(example, Context()).needs[0].need for example in need.examples]
        assert meant.count(need.key) >= 0.9 * len(meant), need.key


def test_the_simulated_customers_are_understood(understander: Understander) -> None:
    """Most are at once; whoever is not is asked what they mean, as in life."""
    cases = Cases(make_shop(7, date(2026, 3, 4), 200), Random(1))
    drawn = [cases.draw() for _ in range(120)]
    right = sum(_is_understood(understander, case.opening(Random(i)), case.need) for i, case in enumerate(drawn))
    assert right >= 100


def _is_understood(understander: Understander, text: str, need: str) -> bool:
    understood = understander.understand(text, Context())
    if need in SIGNAL_OF:
        return understood.signals.get(SIGNAL_OF[need]) is Strength.CLEAR
    return understood.needs[0].need == need


def test_each_need_has_people_who_can_help() -> None:
    assert {need.key for need in TOLD.playbook.needs} | set(SIGNALS) == set(SHARES) == set(LINES)
    assert {queue.id for queue in TOLD.playbook.queues} == set(QUEUES)
    assert {close for lines in LINES.values() for close in lines.closes} <= {id for id, *_ in DISPOSITIONS}


@pytest.mark.parametrize("need", ["order_status", "invoice_amount", "return_window", "refund_status", "opening_hours"])
def test_what_is_told_is_on_file(need: str) -> None:
    cases = Cases(make_shop(7, date(2026, 3, 4), 200), Random(2))
    for _ in range(50):
        case = cases.case_of(need)
        told = TOLD.answer(case)
        record = case.invoice or (case.order if need != "opening_hours" else None)
        assert told
        assert record is None or record.key in told


def test_what_changes_something_goes_to_a_person() -> None:
    cases = Cases(make_shop(7, date(2026, 3, 4), 200), Random(3))
    for need in ("return_items", "cancel_order", "subscription_change", "product_advice", "complaint"):
        assert TOLD.answer(cases.case_of(need)) is None

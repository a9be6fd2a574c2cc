"""Another shop, with dates and short numbers: nothing is fitted to one."""

import pytest

from dryfly.bot.encoder import MiniLM
from dryfly.bot.model import Knowledge, Level, Reason, Record, Source, Understander
from dryfly.bot.playbook import Playbook
from dryfly.bot.playbook_file import read_playbook
from dryfly.bot.shell import train
from dryfly.floor.model import CustomerId
from tests.bot.conftest import ROOT, Customer, said

LINES = ({"title": "Balls to the Wall", "amount": "0.99"}, {"title": "Restless and Wild", "amount": "0.99"})
OLD = Record("invoice", "1", {"amount": "1.98"}, LINES, "2021-01-01")
NEW = Record("invoice", "293", {"amount": "13.86"}, LINES[:1], "2024-07-13")


def known(level: int) -> Knowledge:
    return Knowledge(
        customer=CustomerId("c2"),
        level=level,
        name="Leonie",
        profile={"support_rep": "Steve Johnson"},
        records=(OLD, NEW) if level == Level.PROVED else (),
        source=Source("music shop", 1, 0),
    )


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return read_playbook(ROOT / "examples/chinook/playbook.yaml")


@pytest.fixture(scope="module")
def understander(playbook: Playbook, encoder: MiniLM) -> Understander:
    return train(playbook, encoder)


@pytest.fixture
def leonie(playbook: Playbook, understander: Understander) -> Customer:
    return Customer(playbook, understander, known(Level.PROVED))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("how much was my last invoice", "Invoice 293 of 2024-07-13 came to $13.86."),
        ("what's the total of bill #1", "Invoice 1 of 2021-01-01 came to $1.98."),
        (
            "which songs were on invoice 1",
            "Invoice 1 of 2021-01-01 has Balls to the Wall for $0.99 and Restless and Wild for $0.99.",
        ),
        ("who's my contact person at your place", "Your support representative is Steve Johnson."),
    ],
)
def test_answer_is_exactly_what_is_on_file(leonie: Customer, words: str, answer: str) -> None:
    assert said(leonie.writes(words)).endswith(answer)


def test_which_invoice_is_asked_with_what_tells_them_apart(leonie: Customer) -> None:
    turn = leonie.writes("how much was my invoice")
    assert turn.ask == "invoice"
    assert [choice.label for choice in turn.say[0].choices] == ["1 of 2021-01-01", "293 of 2024-07-13"]
    assert "$1.98" in said(leonie.writes("1"))


def test_a_claim_is_not_told_an_invoice_but_passed_on(playbook: Playbook, understander: Understander) -> None:
    claimed = Customer(playbook, understander, known(Level.CLAIMED))
    assert claimed.writes("how much was my last invoice").ask == "identity"
    turn = claimed.writes("leonie here, I cannot say more")
    assert turn.let_go is not None
    assert (turn.let_go.reason, turn.let_go.queue) == (Reason.IDENTITY_TOO_LOW, "billing")

"""A small shop whose customers are made up, and customers who write to its bot. The encoder is the real one."""

import os
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from dryfly.bot import dialogue
from dryfly.bot.encoder import MiniLM, load_minilm
from dryfly.bot.model import (
    BotState,
    Context,
    Heard,
    Knowledge,
    Level,
    Reason,
    Record,
    Source,
    Turn,
    Understander,
    Understanding,
)
from dryfly.bot.playbook import Playbook
from dryfly.bot.playbook_file import read_playbook
from dryfly.bot.shell import train
from dryfly.floor.model import CustomerId, MessageId

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Source("retail shop", 3, 1_767_225_600_000)


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """Built once on a machine, not once a run."""
    return Path(os.environ.get("DRYFLY_TEST_MODELS") or Path(tempfile.gettempdir()) / f"dryfly-models-{os.getuid()}")


@pytest.fixture(scope="session")
def encoder(models_folder: Path) -> MiniLM:
    return load_minilm(models_folder)


@pytest.fixture(scope="session")
def retail() -> Playbook:
    return read_playbook(ROOT / "examples/retail/playbook.yaml")


@pytest.fixture(scope="session")
def retail_understander(encoder: MiniLM, retail: Playbook) -> Understander:
    return train(retail, encoder)


def order(key: str, status: str, amount: str, *titles: str, **fields: str) -> Record:
    lines = tuple({"title": title, "amount": amount, "options": "color: red"} for title in titles)
    given = {"status": status, "amount": amount, "address": "1 Elm Road, Springfield", **fields}
    return Record("order", key, given, lines)


PENDING = order("#W2611340", "pending", "536.65", "Water Bottle", "Office Chair")
DELIVERED = order("#W4817420", "delivered", "1380.79", "Hiking Boots", tracking_ids="490313116609")
CANCELLED = order("#W7678072", "cancelled", "89.10", "Desk Lamp", refunded="89.10")

PROFILE = {
    "email": "robin.hale@example.com",
    "address": "7 Oak Lane, Springfield, 80279",
    "payment_methods": "PayPal, credit card mastercard 9212",
}


def customer_with(*records: Record, level: int = Level.PROVED) -> Knowledge:
    """Robin Hale, with these orders."""
    return Knowledge(
        customer=CustomerId("c1"),
        level=level,
        proof="e-mail",
        name="Robin Hale",
        profile=PROFILE,
        records=records,
        source=SOURCE,
    )


class Customer:
    """Somebody who writes to the bot. `truth` is what becomes known once they say `secret`."""

    def __init__(self, playbook: Playbook, understander: Understander, known: Knowledge) -> None:
        self.playbook = playbook
        self.understander = understander
        self.known = known
        self.secret: tuple[str, Knowledge] | None = None
        self.state = BotState()
        self.turns: list[Turn] = []
        self.numbers = count(1)

    def hides(self, secret: str, truth: Knowledge) -> None:
        self.secret = (secret, truth)

    def writes(self, text: str) -> Turn:
        if self.secret and self.secret[0].lower() in text.lower():
            self.known, before = self.secret[1], self.known
            self.known = replace(self.known, identified_now=before.customer is None)
        return self.keeps(dialogue.turn(self.playbook, self.state, self.heard(text), self.meant(text), self.known))

    def presses_person(self) -> Turn:
        reason = Reason.ASKED_FOR_PERSON
        return self.keeps(dialogue.let_go(self.playbook, self.state, self.heard(""), self.known, reason))

    def goes_on_with_bot(self) -> None:
        self.state = dialogue.go_on(self.state)

    def heard(self, text: str) -> Heard:
        number = next(self.numbers)
        return Heard(MessageId(f"m{number}"), text, 1_767_225_600_000 + 1000 * number)

    def meant(self, text: str) -> Understanding:
        return self.understander.understand(
            text, Context(tuple(a.question for a in self.state.answered), self.known.name)
        )

    def keeps(self, turn: Turn) -> Turn:
        self.state = turn.state
        self.turns.append(turn)
        return turn


NewCustomer = Callable[[Knowledge], Customer]


@pytest.fixture
def new_customer(retail: Playbook, retail_understander: Understander) -> NewCustomer:
    return lambda known: Customer(retail, retail_understander, known)


def said(turn: Turn) -> str:
    return " ".join(say.text for say in turn.say)

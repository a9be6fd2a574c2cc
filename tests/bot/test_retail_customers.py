"""All 500 customers of the retail data talk to the bot (the image is read here in the plainest way)."""

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dryfly.bot.model import Knowledge, Level, Record, Source, Turn, Understander
from dryfly.bot.playbook import Playbook
from dryfly.floor.model import CustomerId
from tests.bot.conftest import Customer, said
from tests.bot.test_understander import data

ASKS_STATUS = (
    "where's my stuff??",
    "hi there, any update on my order",
    "has my package been shipped yet?",
    "I'm still waiting for my delivery",
    "can you tell me the status of my order please",
)
ASKS_AMOUNT = ("how much did I pay for {order}?", "what did {order} cost me", "total of order {order} please")
WANTS_PERSON = (
    ("I want to file a complaint", "complaints"),
    ("please close my account", "retention"),
    ("somebody hacked my account", "payments"),
    ("I'd like to buy a new tablet", "sales"),
    ("let me talk to a real person", None),
)


def knowledge(user_id: str, user: dict[str, Any], orders: dict[str, Any]) -> Knowledge:
    return Knowledge(
        customer=CustomerId(user_id),
        level=Level.PROVED,
        proof="e-mail",
        name=f"{user['name']['first_name']} {user['name']['last_name']}",
        profile={"email": user["email"]},
        records=tuple(record(orders[key]) for key in user["orders"]),
        source=Source("retail shop", 1, 0),
    )


def record(order: dict[str, Any]) -> Record:
    payments = [(p["transaction_type"], Decimal(str(p["amount"]))) for p in order["payment_history"]]
    fields = {
        "status": order["status"],
        "amount": str(sum(amount for kind, amount in payments if kind == "payment")),
        "refunded": str(sum(amount for kind, amount in payments if kind == "refund") or ""),
        "tracking_ids": ", ".join(id for sent in order["fulfillments"] for id in sent["tracking_id"]),
    }
    lines = tuple({"title": item["name"], "amount": str(item["price"])} for item in order["items"])
    return Record("order", order["order_id"], {key: value for key, value in fields.items() if value}, lines)


@pytest.mark.data
def test_everybody_is_recognised_answered_exactly_and_handed_over(
    retail: Playbook, retail_understander: Understander
) -> None:
    folder = data("customers/retail")
    users, orders = (json.loads((folder / f"{name}.json").read_text()) for name in ("users", "orders"))
    seen: Counter[str] = Counter()
    for number, (user_id, user) in enumerate(users.items()):
        known = knowledge(user_id, user, orders)
        customer = Customer(retail, retail_understander, Knowledge())
        says_who = user["email"] if number % 2 else f"{known.name}, {user['address']['zip']}"
        customer.hides(says_who, known)
        asked_first = number % 3 == 0
        opening = ASKS_STATUS[number % len(ASKS_STATUS)]
        turns = [customer.writes(opening if asked_first else f"{opening} {says_who}")]
        if turns[-1].ask == "identity":
            turns.append(customer.writes(says_who))
        check_status(turns[-1], known)
        seen["answered"] += not customer.state.silent
        seen["unsure"] += "meaning" in customer.state.asked
        for own in known.records[:1]:
            turn = customer.writes(ASKS_AMOUNT[number % len(ASKS_AMOUNT)].format(order=own.key))
            seen["amounts"] += f"{own.key} came to ${own.fields['amount']}." in said(turn)
            turns.append(turn)
        words, queue = WANTS_PERSON[number % len(WANTS_PERSON)]
        turns.append(customer.writes(words))
        let_go = turns[-1].let_go
        assert let_go is not None, (words, said(turns[-1]))
        assert queue in (None, let_go.queue)
        assert let_go.brief.customer == known.customer
        asks = [turn.ask for turn in turns if turn.ask]
        assert len(asks) == len(set(asks))
        check_nothing_of_others(turns, known, orders)
    print(dict(seen))
    assert seen["answered"] == len(users)
    assert seen["unsure"] == 0
    assert seen["amounts"] == sum(bool(user["orders"]) for user in users.values())


def check_status(turn: Turn, known: Knowledge) -> None:
    text = said(turn)
    if not known.records:
        assert "there is no order under your name" in text, text
    for own in known.records:
        assert own.key in text, text
        assert own.fields["status"] in text or own.fields["status"] == "cancelled", text


def check_nothing_of_others(turns: list[Turn], known: Knowledge, orders: dict[str, Any]) -> None:
    own = {record.key for record in known.records}
    told = set(re.findall(r"#W\d{7}", " ".join(map(said, turns))))
    assert told <= own
    assert not told - orders.keys()


def test_folder_is_named_in_the_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRYFLY_DATASETS", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="DRYFLY_DATASETS"):
        data("customers/retail")

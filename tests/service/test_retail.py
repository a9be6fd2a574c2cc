"""A real shop's 500 customers, each on a page of their own, over the widget's own protocol.

Each opens a chat, is recognised, asks about an order in other people's words (CLINC150's `order_status`, which
no playbook has seen), then about an amount, and then wants something that a person has to do. What the bot
says is compared with the shop's own files.
"""

import asyncio
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dryfly.customers.mapping_file import read_mapping
from dryfly.customers.refresh import refresh
from dryfly.service import commands
from tests.people import Visitor
from tests.service.conftest import MAIN, House

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "retail"
AT_ONCE = 10
ORDER = re.compile(r"#W\d{7}")
STATUS = re.compile(r"(#W\d{7})(?: is| has been| was|, and it is| \(|:) ?(pending|processed|delivered|cancelled)")
EMAIL = re.compile(r"[\w.]+@example\.com")
NO_ORDER = "here is no order under your name"
ASKS_AMOUNT = ("how much did I pay for {order}?", "what did {order} cost me", "total of order {order} please")


class Shop:
    """The shop's files: the truth that answers are compared with."""

    def __init__(self, datasets: Path) -> None:
        folder = datasets / "customers" / "retail"
        self.users: dict[str, Any] = json.loads((folder / "users.json").read_text())
        self.orders: dict[str, Any] = json.loads((folder / "orders.json").read_text())
        clinc = json.loads((datasets / "bot" / "clinc150" / "data_full.json").read_text())
        self.phrases = [text for text, need in clinc["train"] if need == "order_status" and "amazon" not in text]

    def paid(self, order: str) -> str:
        history = self.orders[order]["payment_history"]
        return f"{sum(Decimal(str(p['amount'])) for p in history if p['transaction_type'] == 'payment'):.2f}"


class Wish:
    """Something that a person has to do, in a customer's words, and where the playbook sends it."""

    def __init__(self, shop: Shop, own: list[str], number: int) -> None:
        by_status = {shop.orders[order]["status"]: order for order in own}
        self.facts: dict[str, str] = {}
        self.queue: str | None = None
        if "pending" in by_status and number % 2:
            self.words, self.queue = [f"please cancel order {by_status['pending']}", "no longer needed"], "orders"
            self.facts = {"order": by_status["pending"], "cancel_reason": "no longer needed"}
        elif "delivered" in by_status and number % 3:
            self.words = [f"I want to return something from {by_status['delivered']}", "all of it", "gift card"]
            self.queue = "returns"
            self.facts = {"order": by_status["delivered"], "return_items": "all of it", "refund_to": "gift card"}
        elif number % 5 == 0:
            self.words, self.queue = ["I want to file a complaint"], "complaints"
        else:
            self.words = ["let me talk to a real person please"]


class Talker:
    """One customer at their page. Says who they are when asked, and counts how often that was."""

    def __init__(self, house: House, visitor: Visitor, says_who: str) -> None:
        self.visitor = visitor
        self._house = house
        self._says_who = says_who
        self.identity_questions = 0

    @property
    def is_with_bot(self) -> bool:
        return self.visitor.stage == "bot"

    async def says(self, words: str) -> str:
        """The bot's words to it, in one text."""
        answer = await self._has_talk(words)
        if "need to know who you are" in answer:
            self.identity_questions += 1
            answer = await self._has_talk(self._says_who)
        return answer

    async def _has_talk(self, words: str) -> str:
        """Says it, and waits until the bot has done what it does about it."""
        before = len(self.visitor.heard("bot"))
        receipt = await self.visitor.writes(words)
        await self._house.bot_has_worked_on(receipt["seq"])
        await self.visitor.has_seen_everything()
        return " ".join(self.visitor.heard("bot")[before:])


async def one_customer(house: House, shop: Shop, user: dict[str, Any], number: int, seen: Counter[str]) -> None:
    name = f"{user['name']['first_name']} {user['name']['last_name']}"
    says_who = user["email"] if number % 2 else f"{name}, {user['address']['zip']}"
    talker = Talker(house, await house.visitor(), says_who)
    visitor, own = talker.visitor, list(user["orders"])

    opening = shop.phrases[number % len(shop.phrases)]
    first = await talker.says(opening if number % 3 == 0 else f"{opening}. I am {says_who}")
    seen["understood at once"] += bool(ORDER.search(first)) or "no order" in first
    if talker.is_with_bot and not tells_all(own, first):
        first += await talker.says("which orders do I have")
    seen["statuses exact"] += statuses_are_exact(shop, own, first)
    seen["statuses complete"] += tells_all(own, first)
    if own and talker.is_with_bot:
        amount = await talker.says(ASKS_AMOUNT[number % len(ASKS_AMOUNT)].format(order=own[0]))
        seen["amounts asked"] += 1
        seen["amounts exact"] += f"{own[0]} came to ${shop.paid(own[0])}." in amount

    await wants_a_person(house, talker, Wish(shop, own, number), seen)
    seen["recognised"] += (
        house.site.ledger.peek(lambda state: state.contacts[visitor.talk["contact"]].customer) is not None
    )
    seen["identity questions"] += talker.identity_questions
    seen["asked who they are twice"] += talker.identity_questions > 1
    check_nothing_of_others(visitor, user)
    await visitor.close()


def told_in(answer: str) -> dict[str, str]:
    """The status that each order is said to have."""
    return dict(STATUS.findall(answer))


def tells_all(own: list[str], answer: str) -> bool:
    return len(told_in(answer)) == len(own) if own else NO_ORDER in answer


def statuses_are_exact(shop: Shop, own: list[str], answer: str) -> bool:
    """What was told is on file; and that there is nothing is only said where there is nothing."""
    says_none = NO_ORDER in answer
    return says_none == (not own) and all(
        shop.orders[order]["status"] == told for order, told in told_in(answer).items()
    )


async def wants_a_person(house: House, talker: Talker, wish: Wish, seen: Counter[str]) -> None:
    visitor = talker.visitor
    for words in wish.words:
        if talker.is_with_bot:
            await talker.says(words)
    await visitor.stands_at("waiting")
    id = visitor.talk["contact"]
    contact = house.site.ledger.peek(lambda state: state.contacts[id])
    seen["right queue"] += wish.queue in (None, contact.queue)
    brief = await house.site.conversations.brief(MAIN, id, house.site.ledger.durable)
    facts = {fact.key: fact.value for fact in await house.site.conversations.facts(MAIN, id, house.site.ledger.durable)}
    assert brief is not None
    complete = brief.customer == contact.customer and wish.facts.items() <= facts.items() and "name" in facts
    seen["facts complete"] += complete
    seen["asked twice"] += len(brief.asked) - len(set(brief.asked))
    before = visitor.heard("bot")
    await talker.says("are you still there?")
    assert visitor.heard("bot") == before, "the bot is silent once a person is wanted"


def check_nothing_of_others(visitor: Visitor, user: dict[str, Any]) -> None:
    text = " ".join(visitor.heard("bot"))
    assert set(ORDER.findall(text)) <= set(user["orders"])
    assert set(EMAIL.findall(text)) <= {user["email"]}


@pytest.mark.data
async def test_everybody_is_recognised_answered_exactly_and_handed_over(
    house: House, datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRYFLY_DATASETS", str(datasets))
    shop, db = Shop(datasets), house.server.db
    await refresh(db, MAIN, read_mapping(EXAMPLES / "image.yaml"), now=house.server.clock.now())
    await commands.playbook(["import", str(EXAMPLES / "playbook.yaml")], db, say=lambda _: None)
    await house.server.setup_changed(MAIN)

    seen: Counter[str] = Counter()
    turn = asyncio.Semaphore(AT_ONCE)

    async def in_turn(number: int, user: dict[str, Any]) -> None:
        async with turn:
            await one_customer(house, shop, user, number, seen)

    await asyncio.gather(*(in_turn(number, user) for number, user in enumerate(shop.users.values())))
    print(dict(seen))
    everybody = len(shop.users)
    for what in ("recognised", "statuses exact", "right queue", "facts complete"):
        assert seen[what] == everybody, what
    assert seen["amounts exact"] == seen["amounts asked"]
    assert seen["statuses complete"] >= 0.95 * everybody  # some words ask for a change, and a person does that
    assert seen["asked twice"] == seen["asked who they are twice"] == 0

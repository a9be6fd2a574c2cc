"""What the bot hears, told by the real encoder and the playbook of the retail example."""

import json
import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from dryfly.bot.encoder import MiniLM
from dryfly.bot.model import Context, EntityKind, SignalKind, Strength, Understander, Understanding
from dryfly.bot.understander import Lessons, LocalUnderstander, masked

VERBS = (
    "I want to talk to",
    "let me speak with",
    "can I chat with",
    "please connect me to",
    "transfer me to",
    "put me through to",
    "I need to speak to",
    "hand me over to",
    "may i talk to",
    "could you pass me on to",
)
PERSONS = (
    "a person",
    "a human",
    "a real person",
    "an agent",
    "a representative",
    "an operator",
    "an advisor",
    "somebody",
    "someone from customer service",
    "your manager",
    "a live agent",
    "one of your colleagues",
    "customer support",
)
SHORT = (
    "agent",
    "human please",
    "AGENT!!!",
    "operator",
    "real person now",
    "I want a human",
    "get me an agent",
    "give me your manager",
    "is there a person I can talk to",
    "are you a bot? I want a real person",
    "no more bots please",
    "customer service",
    "I need a representative",
    "talk to a person",
)


Hear = Callable[[str], Understanding]


@pytest.fixture
def hear(retail_understander: Understander) -> Hear:
    return lambda text: retail_understander.understand(text, Context())


@pytest.mark.parametrize("text", [f"{verb} {person}" for verb, person in product(VERBS, PERSONS)] + list(SHORT))
def test_every_keyword_form_of_asking_for_a_person_is_heard(hear: Hear, text: str) -> None:
    assert hear(text).signals.get(SignalKind.HUMAN) is Strength.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to talk to anyone, just tell me where it is",
        "i don't need a person, where is my parcel",
        "the person at the door left my package",
        "is the mannequin a human size",
        "what did your agent write to me",
        "where is my order",
    ],
)
def test_other_mentions_of_people_are_not(hear: Hear, text: str) -> None:
    assert hear(text).signals.get(SignalKind.HUMAN) is not Strength.CLEAR


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("it's been a week and still no parcel", "order_status"),
        ("need to cancel, bought it accidentally", "cancel_order"),
        ("i wanna send these boots back", "return_items"),
        ("can i get the same thing in red instead", "exchange_items"),
        ("whats in my basket that i ordered", "order_contents"),
        ("you charged my card two times!!", "payment_problem"),
        ("i've moved house", "change_address"),
        ("money for the cancelled one hasn't arrived", "refund_status"),
        ("is there a tracking code", "tracking_number"),
        ("how much credit on my giftcard", "gift_card_balance"),
        ("does the tablet come in black", "product_question"),
        ("the kettle is broken", "damaged_or_wrong"),
    ],
)
def test_words_that_are_in_no_example_are_understood(hear: Hear, text: str, need: str) -> None:
    understood = hear(text)
    assert understood.confident
    assert understood.needs[0].need == need


@pytest.mark.parametrize(
    "text",
    [
        "what is the weather in Paris",
        "can you recommend a good restaurant nearby",
        "is the earth flat",
        "tell me a story about dragons",
        "how do I boil potatoes",
        "my dog ate my homework",
        "what's the square root of two",
        "qwertz uiop",
        "",
        "???",
        "🙂",
    ],
)
def test_it_knows_when_it_does_not_know(hear: Hear, text: str) -> None:
    understood = hear(text)
    assert not understood.confident
    assert understood.oos > 0.5


def test_shares_are_shares(hear: Hear) -> None:
    for text in ("where is my order", "what is the weather", "refund"):
        understood = hear(text)
        assert 0 <= understood.oos <= 1
        assert sum(score.share for score in understood.needs) <= 1.0001
        assert [s.share for s in understood.needs] == sorted((s.share for s in understood.needs), reverse=True)


def test_values_in_the_text_are_found_as_they_were_written(hear: Hear) -> None:
    entities = hear("order #W2611340, $48.90 wrong, mail me at robin.hale@example.com or +1 555 123 4567").entities
    assert [(entity.kind, entity.value) for entity in entities] == [
        (EntityKind.REFERENCE, "#W2611340"),
        (EntityKind.AMOUNT, "$48.90"),
        (EntityKind.EMAIL, "robin.hale@example.com"),
        (EntityKind.PHONE, "+1 555 123 4567"),
    ]


def test_a_number_is_read_as_what_it_stands_for() -> None:
    assert masked("where is #W2611340?", "order") == "where is order ?"
    assert masked("where is order #W2611340", "order") == "where is order"
    assert masked("W2611340", "order") == ""
    assert masked("size 10 please", "order") == "size 10 please"
    assert masked("Robin Hale, 80279, any news?", "order", "Robin Hale") == "any news?"


def test_a_question_asked_before_is_recognised_in_other_words(retail_understander: Understander) -> None:
    context = Context(answered=("where is my order W2611340", "how much is on my gift card"))
    assert retail_understander.understand("where's my order", context).repeats >= 0.85
    assert retail_understander.understand("I'd like to return a lamp", context).repeats < 0.6


def test_language_is_told_where_the_text_is_long_enough(hear: Hear) -> None:
    assert hear("Guten Tag, wo bleibt eigentlich meine Bestellung von letzter Woche?").language == "de"
    assert hear("where is my order, it should have been here last week").language == "en"
    assert hear("ok").language == ""


def test_a_new_example_is_learned_without_the_others_being_encoded_anew(encoder: MiniLM) -> None:
    """What makes learning quick; how quick is measured by `bench understand`."""
    needs = {f"need{n}": [f"topic {n}, phrase {m}" for m in range(3)] for n in range(5)}
    LocalUnderstander.train(encoder, Lessons(needs))
    runs_before = encoder.runs_count
    needs["need0"].append("quite another way to say the first")
    LocalUnderstander.train(encoder, Lessons(needs))
    assert encoder.runs_count == runs_before + 1


# ---- on real phrasing --------------------------------------------------------------------------


def data(name: str) -> Path:
    folder = Path(os.environ.get("DRYFLY_DATASETS") or Path(__file__).resolve().parents[3] / "shared/data")
    if not (folder / name).exists():
        pytest.skip(f"{folder / name} is not there (DRYFLY_DATASETS names the folder)")
    return folder / name


@pytest.mark.data
def test_people_who_ask_for_a_person_in_their_own_words_are_heard(hear: Hear) -> None:
    """NLU++ (banking and hotels): of the messages labelled `handoff`; the playbook is another trade's."""
    rows = [row for file in sorted(data("bot/nlupp").glob("*/fold*.json")) for row in json.loads(file.read_text())]
    heard = {row["text"]: SignalKind.HUMAN in hear(row["text"]).signals for row in rows}
    asked = {row["text"] for row in rows if "handoff" in row.get("intents", [])}
    recall = sum(heard[text] for text in asked) / len(asked)
    false_share = sum(heard[text] for text in heard.keys() - asked) / len(heard.keys() - asked)
    print(f"human: recall {recall:.3f} of {len(asked)}, false {false_share:.4f} of {len(heard) - len(asked)}")
    assert recall >= 0.80
    assert false_share <= 0.02

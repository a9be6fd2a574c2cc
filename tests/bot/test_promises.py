"""What holds whatever customers write: hypothesis writes for them."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dryfly.bot.model import Knowledge, Level, Turn, Understander
from dryfly.bot.playbook import Playbook
from tests.bot.conftest import CANCELLED, DELIVERED, PENDING, Customer, customer_with, said

ROBIN = customer_with(PENDING, DELIVERED, CANCELLED)
SECRET = "robin.hale@example.com"
PHRASES = (
    "where is my order",
    "where is W2611340",
    "and #W4817420?",
    "order W9999999",
    "how much did I pay",
    "cancel my order",
    "I want to return the boots",
    "exchange it please",
    "change the address",
    "what's my address on file",
    "no longer needed",
    "gift card",
    "the first one",
    "yes",
    "no",
    "thanks",
    "hi",
    "bye",
    "what is the weather",
    "still nothing???",
    "this is ridiculous",
    "agent please",
    "close my account",
    "what is your return policy",
    "I was charged twice",
    "the lamp is broken",
    SECRET,
    "",
)
MESSAGES = st.lists(st.sampled_from(PHRASES) | st.text(max_size=60), min_size=1, max_size=9)
WHO = st.sampled_from((Knowledge(), ROBIN, customer_with(), customer_with(PENDING, level=Level.CLAIMED)))


def talk(playbook: Playbook, understander: Understander, known: Knowledge, messages: list[str]) -> Customer:
    customer = Customer(playbook, understander, known)
    customer.hides(SECRET, ROBIN)
    for message in messages:
        customer.writes(message)
    return customer


def asked(turns: list[Turn]) -> list[str]:
    return [turn.ask for turn in turns if turn.ask]


def test_promises(retail: Playbook, retail_understander: Understander) -> None:
    own = {str(need.answers) + need.several + need.none for need in retail.needs}
    playbooks_numbers = set(re.findall(r"\d+", " ".join(own) + str(retail.texts)))
    on_file = str(ROBIN)

    @settings(max_examples=150, deadline=None)
    @given(known=WHO, messages=MESSAGES)
    def hold(known: Knowledge, messages: list[str]) -> None:
        customer = talk(retail, retail_understander, known, messages)
        turns = customer.turns
        assert len(asked(turns)) == len(set(asked(turns))), "a fact was asked for twice"
        assert asked(turns).count("identity") <= 1
        gone = next((i for i, turn in enumerate(turns) if turn.let_go), len(turns))
        assert all(not turn.say and not turn.let_go for turn in turns[gone + 1 :]), "spoke after letting go"
        answers = [answered.answer for answered in customer.state.answered]
        assert len(answers) == len(set(answers)), "an answer was given twice"
        for turn, message in zip(turns, messages, strict=True):
            assert turn.say or customer.state.silent, "left without a word"
            assert len(turn.say) == 0 or turn.ask != "meaning" or len(turn.say[0].choices) <= 3
            for number in re.findall(r"\d+", said(turn)):
                assert number in on_file or number in playbooks_numbers or number in message
        if known.level < Level.KNOWN_ADDRESS and SECRET not in messages:
            assert "Oak Lane" not in " ".join(map(said, turns)), "told a stranger"

    hold()

"""Nothing goes out without a permit, and nobody but the gate makes one."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import dryfly
from dryfly.floor.model import AuthorKind, Channel, ContactId, ContactState, CustomerId, Instant, MessageId
from dryfly.gate import Circumstances, Denied, Outgoing, Permit, Purpose, Rule, may_go_out

ANSWER = Outgoing(MessageId("m1"), ContactId("c1"), CustomerId("k1"), Channel("web"), AuthorKind.AGENT, Purpose.ANSWER)
OPEN = Circumstances(ContactState.ACTIVE, CustomerId("k1"), Instant(1_000))


def test_an_answer_in_the_customers_own_contact_may_go_out() -> None:
    permit = may_go_out(ANSWER, OPEN)
    assert isinstance(permit, Permit)
    assert permit.rule is Rule.ANSWER_IN_OWN_CONTACT
    assert permit.covers(MessageId("m1"), ContactId("c1"))
    assert not permit.covers(MessageId("m2"), ContactId("c1"))


@pytest.mark.parametrize(
    ("seen", "rule"),
    [
        (replace(OPEN, contact_state=None), Rule.NO_SUCH_CONTACT),
        (replace(OPEN, contact_state=ContactState.CLOSED), Rule.CONTACT_CLOSED),
        (replace(OPEN, contact_customer=CustomerId("k2")), Rule.OTHER_CUSTOMER),
    ],
)
def test_what_is_denied_names_its_rule(seen: Circumstances, rule: Rule) -> None:
    assert may_go_out(ANSWER, seen) == Denied(rule)


CALL = replace(ANSWER, channel=Channel("voice"), purpose=Purpose.CALLBACK)
WANTED = replace(OPEN, asked_for=True)


def test_who_asked_for_it_is_called() -> None:
    permit = may_go_out(CALL, WANTED)
    assert isinstance(permit, Permit)
    assert permit.rule is Rule.CALLBACK_ASKED_FOR


@pytest.mark.parametrize(
    ("call", "seen", "rule"),
    [
        (CALL, OPEN, Rule.NOT_ASKED_FOR),
        (CALL, replace(WANTED, contact_state=ContactState.CLOSED), Rule.CONTACT_CLOSED),
        (CALL, replace(WANTED, contact_customer=CustomerId("k2")), Rule.OTHER_CUSTOMER),
        (replace(CALL, author=AuthorKind.BOT), WANTED, Rule.NOT_IN_OWN_NAME),
    ],
)
def test_nobody_is_called_otherwise(call: Outgoing, seen: Circumstances, rule: Rule) -> None:
    assert may_go_out(call, seen) == Denied(rule)


LETTER = replace(ANSWER, channel=Channel("mail"), author=AuthorKind.SYSTEM, purpose=Purpose.TRANSCRIPT)
ASKED = Circumstances(None, CustomerId("k1"), Instant(1_000), asked_for=True, to_file=True, is_proved=True)
NOBODY = replace(ASKED, contact_customer=None, is_proved=False)


@pytest.mark.parametrize(
    ("outgoing", "seen", "rule"),
    [
        (LETTER, replace(ASKED, asked_for=False), Rule.NOT_ASKED_FOR),
        (LETTER, replace(ASKED, contact_customer=CustomerId("k2")), Rule.OTHER_CUSTOMER),
        (LETTER, replace(ASKED, is_proved=False), Rule.NOT_PROVED),
        (replace(LETTER, customer=None), NOBODY, Rule.NOT_PROVED),
    ],
)
def test_a_talk_is_mailed_to_who_asked_for_it_and_nobody_else(
    outgoing: Outgoing, seen: Circumstances, rule: Rule
) -> None:
    assert may_go_out(outgoing, seen) == Denied(rule)


def test_a_talk_is_mailed_when_it_is_asked_for() -> None:
    to_file = may_go_out(LETTER, ASKED)
    typed = may_go_out(replace(LETTER, customer=None), replace(NOBODY, to_file=False))
    assert isinstance(to_file, Permit)
    assert isinstance(typed, Permit)
    assert to_file.rule is typed.rule is Rule.TRANSCRIPT_ASKED_FOR


def test_too_many_letters_say_when_the_next_one_may_go() -> None:
    later = replace(ASKED, letters_free_at=Instant(1_001))
    assert may_go_out(LETTER, later) == Denied(Rule.TOO_MANY_LETTERS, Instant(1_001))
    assert isinstance(may_go_out(LETTER, replace(later, now=Instant(1_001))), Permit)


def test_nobody_else_makes_a_permit() -> None:
    with pytest.raises(TypeError, match="may_go_out"):
        Permit(ANSWER, Rule.ANSWER_IN_OWN_CONTACT, Instant(0), object())


def test_every_purpose_has_its_rules() -> None:
    from dryfly.gate.gate import RULES

    assert RULES.keys() == set(Purpose)


def test_one_function_in_the_house_lets_words_out() -> None:
    """`SayToCustomer` is made where the permit is, and nowhere else."""
    makers = []
    for path in Path(dryfly.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("SayToCustomer"):
                makers.append(f"{path.parent.name}/{path.name}")
    assert sorted(makers) == ["conversations/record.py", "demo/talks.py"]  # the demo's past asks the gate too

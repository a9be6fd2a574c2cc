import pytest

from dryfly.bot.template import Scope, Unresolved, parse
from dryfly.platform.errors import CallerError

SCOPE: Scope = {
    "order": {
        "key": "#W1",
        "amount": "12.50",
        "lines": [{"title": "Mug", "amount": "2.50"}, {"title": "{order.key}", "amount": "10"}],
    },
    "profile": {"email": ""},
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Order {order.key} came to ${order.amount}.", "Order #W1 came to $12.50."),
        ("{each order.lines: {title} for ${amount}}!", "Mug for $2.50 and {order.key} for $10!"),
        ("in {{braces}}", "in {braces}"),
        ("", ""),
    ],
)
def test_filled_from_what_is_on_file(text: str, filled: str) -> None:
    assert parse(text).render(SCOPE) == filled


@pytest.mark.parametrize(
    "text", ["{order.date}", "{profile.email}", "{order}", "{each order.key: {x}}", "{fact.reason}"]
)
def test_what_is_not_on_file_cannot_be_said(text: str) -> None:
    with pytest.raises(Unresolved):
        parse(text).render(SCOPE)


def test_places_are_told_from_the_top() -> None:
    assert parse("{a.b} {each c.d: {e}}").paths() == ("a.b", "c.d", "c.d.e")


@pytest.mark.parametrize("text", ["{a", "a}", "{a b}", "{x: y}", "{each a: {b}", "{}", "{a.__class__!r}", "{0}"])
def test_a_broken_template_says_where(text: str) -> None:
    with pytest.raises(CallerError, match="at character"):
        parse(text)

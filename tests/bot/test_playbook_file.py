from pathlib import Path

import pytest

from dryfly.bot.playbook_file import parse_playbook, read_playbook
from dryfly.platform.errors import CallerError

ROOT = Path(__file__).resolve().parents[2]

GOOD = """\
name: shop
queues:
  - {id: general, title: General}
default_queue: general
records:
  order: {title: order}
needs:
  - key: order_status
    title: Where is my order?
    about: order
    examples: [where is my order, has it shipped, any news]
    answers:
      - {say: "It is {order.status}."}
    none: You have none.
"""


@pytest.mark.parametrize("name", ["retail", "chinook"])
def test_examples_are_good_playbooks(name: str) -> None:
    playbook = read_playbook(ROOT / f"examples/{name}/playbook.yaml")
    assert playbook.needs
    assert all(not need.about or need.none for need in playbook.needs)


def test_a_small_playbook_is_enough() -> None:
    assert parse_playbook(GOOD).needs[0].identity == "known_address"


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("examples:", "exmples:", 11, "exmples"),
        ("{order.status}", "{ordre.status}", 13, "ordre.status"),
        ("{order.status}", "{order.status", 13, "without its"),
        ("    none: You have none.\n", "", 8, "add `none:`"),
        ("default_queue: general", "default_queue: genral", 4, "no queue `genral`"),
        ("about: order", "about: invoice", 10, "no record"),
        ("key: order_status", "key: Order Status", 8, "key"),
        ("title: Where is my order?", "title: [1]", 9, "title"),
        ("name: shop", "name: shop\nname: again", 1, "twice"),
        ("has it shipped, any news", "any news", 11, "length"),
        ('answers:\n      - {say: "It is {order.status}."}', "identity: known_address", 8, "leads nowhere"),
    ],
)
def test_a_mistake_is_named_with_its_line(before: str, after: str, line: int, words: str) -> None:
    assert before in GOOD
    with pytest.raises(CallerError) as caught:
        parse_playbook(GOOD.replace(before, after))
    assert caught.value.code == "playbook_invalid"
    assert words in caught.value.text
    assert caught.value.values["line"] == line


@pytest.mark.parametrize("text", ["", "just words", "a: [1", "- a\n- b"])
def test_what_is_no_playbook_is_refused(text: str) -> None:
    with pytest.raises(CallerError, match="playbook_invalid"):
        parse_playbook(text)

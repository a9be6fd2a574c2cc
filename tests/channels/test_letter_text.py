"""A talk as a letter, in the words of the widget."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dryfly.channels.web.letter_text import language_of, write
from dryfly.channels.web.letter_words import WORDS
from dryfly.conversations.model import AttachmentRef, Message
from dryfly.floor.model import AuthorKind, MessageId

WIDGET = Path(__file__).parents[2] / "web" / "widget" / "src"
SENTENCE = re.compile(r'^  "((?:code|author)\.\w+)": "(.*)",$', re.MULTILINE)
AT = 1_767_225_600_000  # 2026-01-01 00:00 UTC


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_letter_says_it_as_the_widget_does(language: str) -> None:
    widget = dict(SENTENCE.findall((WIDGET / f"messages.{language}.ts").read_text(encoding="utf-8")))
    del widget["author.system"]  # for screen readers
    letter = {key: text for key, text in WORDS[language].items() if key.startswith(("code.", "author."))}
    assert letter == widget
    assert WORDS[language].keys() == WORDS["en"].keys()


def test_languages_are_found_by_their_beginning() -> None:
    assert [language_of(wanted) for wanted in ("de-AT", "AR", "nl", "", "x" * 10_000)] == ["de", "ar", "en", "en", "en"]


def test_what_was_said_stands_as_it_was_said() -> None:
    file = AttachmentRef("f", "receipt.pdf", "application/pdf", 7)
    messages = [
        Message(MessageId("1"), 1, AT, AuthorKind.CUSTOMER, "{name} <b>%s</b>", attachments=(file,)),
        Message(MessageId("2"), 2, AT + 60_000, AuthorKind.BOT, "hello"),
        Message(MessageId("3"), 3, AT, AuthorKind.SYSTEM, code="agent_joined", values={"name": "{title}"}),
        Message(MessageId("4"), 4, AT, AuthorKind.SYSTEM, "something new", code="of_a_later_release"),
    ]
    subject, text = write(messages, "Shop", "Flo", "en", ZoneInfo("Europe/Vienna"), False)
    head, customer, bot, joined, later, _ = text.split("\n\n")
    assert subject == "Your talk with Shop"
    assert head == "Your talk with Shop\nTimes: Europe/Vienna\nThis is the newest part of a long talk."
    assert customer == "2026-01-01 01:00  You\n{name} <b>%s</b>\n[receipt.pdf]"
    assert bot == "2026-01-01 01:01  Flo, not a person\nhello"
    assert joined.endswith("{title} has joined.")
    assert later.endswith("something new")

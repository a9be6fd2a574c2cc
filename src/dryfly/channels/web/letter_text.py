"""A talk as a letter: plain text, in the reader's language and zone. Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dryfly.channels.web.letter_words import WORDS
from dryfly.conversations.model import Message
from dryfly.floor.model import AuthorKind

DEFAULT = "en"


def language_of(wanted: str) -> str:
    """The nearest one that we write: "de-AT" reads German."""
    short = wanted.partition("-")[0].lower()
    return short if short in WORDS else DEFAULT


def write(
    messages: Sequence[Message], title: str, bot_name: str, language: str, zone: ZoneInfo, is_whole: bool
) -> tuple[str, str]:
    """(subject, text)"""
    words = WORDS[language]
    subject = words["subject"].format(title=title)
    head = [subject, words["zone"].format(zone=zone.key), *([] if is_whole else [words["part"]])]
    lines = [_line(message, bot_name, words, zone) for message in messages]
    return subject, "\n\n".join(["\n".join(head), *lines, f"--\n{words['why']}"]) + "\n"


def _line(message: Message, bot_name: str, words: dict[str, str], zone: ZoneInfo) -> str:
    at = datetime.fromtimestamp(message.at / 1000, zone).strftime("%Y-%m-%d %H:%M")
    if message.author is AuthorKind.SYSTEM:
        return f"{at}  {_told(message, words)}"
    name = bot_name if message.author is AuthorKind.BOT else message.author_name
    by = words[f"author.{message.author}"].format(name=name)
    files = [f"[{file.name}]" for file in message.attachments]
    return "\n".join(filter(None, [f"{at}  {by}", message.text, *files]))


def _told(message: Message, words: dict[str, str]) -> str:
    sentence = words.get(f"code.{message.code}")
    return message.text or message.code if sentence is None else sentence.format(name=message.values.get("name", ""))

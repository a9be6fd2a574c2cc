"""Which record does the customer mean? Asked only where neither their words nor the record itself can tell."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from dryfly.bot.model import Record
from dryfly.bot.playbook import Need, RecordWords, holds

DIGITS_TELLING_MIN = 5  # a number so long names a record by itself; a shorter one needs "invoice" or "#" before it
_LATEST = re.compile(r"\b(latest|last|newest|most recent|recent)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(other|another|different)\b", re.IGNORECASE)
_NUMBER_SIGN = r"(?:\s*(?:#|no\.?|nr\.?|number|num|id|is|:))*\s*"


class Said(Struct, frozen=True):
    """What there is to choose by. `before`: the key chosen earlier in this talk. `awaited`: the bot has just asked."""

    text: str
    before: str = ""
    awaited: bool = False


class Pick(Struct, frozen=True):
    """`records`: one is the one meant; several, and nothing tells which. `unknown`: a number that is not theirs."""

    records: tuple[Record, ...] = ()
    named: bool = False
    unknown: str = ""


def pick(need: Need, words: RecordWords, records: Sequence[Record], said: Said) -> Pick:
    """The records of the need's kind that `said` can mean, the surest clue first."""
    own = [record for record in records if record.kind == need.about]
    if need.every:
        return Pick(tuple(own))
    if named := [record for record in own if names(record.key, words, said)]:
        return Pick(tuple(named), named=True)
    if unknown := unknown_key(own, words, said.text):
        return Pick(unknown=unknown)
    for clue in _CLUES:
        if len(found := clue(own, need, said)) == 1:
            return Pick(tuple(found))
    return Pick(tuple(own))


def names(key: str, words: RecordWords, said: Said) -> bool:
    """The text holds this key, however it is spelt: "#W2611340", "w 2611340", "2611340"."""
    digits = _digits(key)
    number = digits if len(digits) >= DIGITS_TELLING_MIN else _spaced(key)
    if not number:
        return False
    if len(digits) >= DIGITS_TELLING_MIN or said.awaited:
        return bool(re.search(rf"(?<![\w.]){_prefix(key)}{number}(?!\w)", said.text, re.IGNORECASE))
    return bool(re.search(rf"(?:#|\b(?:{_titles(words)}){_NUMBER_SIGN}){number}(?!\w)", said.text, re.IGNORECASE))


def unknown_key(own: Sequence[Record], words: RecordWords, text: str) -> str:
    """A number in the text that is written like a record's key, and is no key of theirs."""
    after_title = re.search(rf"\b(?:{_titles(words)}){_NUMBER_SIGN}([a-z]{{0,4}}-?\d[\w-]*)(?!\w)", text, re.IGNORECASE)
    if after_title:
        return after_title[1]
    shapes = {_shape(record.key) for record in own}
    likes = (token for token in re.findall(r"#?\w[\w-]*", text) if len(_digits(token)) >= DIGITS_TELLING_MIN)
    return next((token for token in likes if _shape(token) in shapes), "")


# ---- clues, where no key is named --------------------------------------------------------------


def _by_item(own: list[Record], need: Need, said: Said) -> list[Record]:
    """ "the one with the water bottle" """
    text = said.text.lower()
    return [record for record in own if any(_mentions(text, line.get("title", "")) for line in record.lines)]


def _by_other(own: list[Record], need: Need, said: Said) -> list[Record]:
    return [record for record in own if record.key != said.before] if said.before and _OTHER.search(said.text) else []


def _by_date(own: list[Record], need: Need, said: Said) -> list[Record]:
    """ "my last order": only where every record has a date, and one is later than all others."""
    dates = sorted(record.date for record in own)
    if not _LATEST.search(said.text) or not dates or not dates[0]:
        return []
    return [record for record in own if record.date == dates[-1]]


def _by_status(own: list[Record], need: Need, said: Said) -> list[Record]:
    text = said.text.lower()
    return [record for record in own if _mentions(text, record.fields.get("status", ""))]


def _by_talk(own: list[Record], need: Need, said: Said) -> list[Record]:
    return [record for record in own if record.key == said.before]


def _allowed(own: list[Record], need: Need, said: Said) -> list[Record]:
    return [record for record in own if holds(need.among, record.fields)]


_Clue = Callable[[list[Record], Need, Said], list[Record]]
_CLUES: tuple[_Clue, ...] = (_by_item, _by_other, _by_date, _by_status, _by_talk, _allowed, lambda own, need, said: own)


def _mentions(text: str, words: str) -> bool:
    return bool(words) and re.search(rf"\b{re.escape(words.lower())}s?\b", text) is not None


# ---- spelling ----------------------------------------------------------------------------------


def _digits(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _shape(key: str) -> str:
    """ "#W2611340" and "w1234567" are written alike."""
    return re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", re.sub(r"[\W_]", "", key)))


def _prefix(key: str) -> str:
    """What may stand before the number: the key's own letters, or nothing."""
    letters = re.match(r"\W*([^\W\d_]*)", key)
    return rf"#?\s*(?:{re.escape(letters[1])}[\s-]*)?" if letters and letters[1] else r"#?\s*"


def _spaced(key: str) -> str:
    return r"[\s-]*".join(map(re.escape, re.findall(r"\w+", key)))


def _titles(words: RecordWords) -> str:
    return "|".join(map(re.escape, (words.title, *words.also)))

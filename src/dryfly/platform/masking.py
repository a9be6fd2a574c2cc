"""Card numbers are masked before anything is stored, logged or shown.

PCI DSS 4.0.1, requirement 3.4.1, lets the last four digits stay: "4111 1111 1111 1111" becomes "•••• 1111".

How a card number is told from an order number, a telephone number or a parcel's number:
- 13 to 19 digits, written in one piece or in groups with a space, dash or dot between them;
- the beginning and the length belong to a card scheme (`_SCHEMES`);
- the check digit fits (Luhn, ISO/IEC 7812-1 annex B);
- its groups are of one size (expiry date and security code may follow), or printed as a scheme prints them, or
  it is the whole number, however it is parted;
- it is no IBAN with the right check sum, no article number (EAN-13) with the right check digit, and no
  telephone number written with "+".

One pass over the text: each run of digits is read once, and sums that were made on the way answer Luhn for any
piece of it, so that hostile text costs no more than other text of its length.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

MASK = "•••• "
DIGITS_MIN = 13
_PREFIX_MAX = 4
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

# Between two groups: one or two spaces of any width, or one dash or dot, with a space around it or not.
_SEPARATOR = r"(?:[ \t\u00a0\u2007-\u200b\u202f\u2060]{1,2}|[ ]?[-.\u2010-\u2015\u2212_][ ]?)"
_RUN = re.compile(rf"\d+(?:{_SEPARATOR}\d+)*")
_GROUP = re.compile(r"\d+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")

# (first prefix, last prefix, lengths): the ranges that the schemes publish.
_SCHEMES = (
    ("4", "4", (13, 16, 19)),  # Visa
    ("51", "55", (16,)),  # Mastercard
    ("2221", "2720", (16,)),  # Mastercard
    ("34", "34", (15,)),  # American Express
    ("37", "37", (15,)),
    ("300", "305", (14, 16, 17, 18, 19)),  # Diners Club
    ("3095", "3095", (14, 16, 17, 18, 19)),
    ("36", "36", (14, 15, 16, 17, 18, 19)),
    ("38", "39", (14, 16, 17, 18, 19)),
    ("3528", "3589", (16, 17, 18, 19)),  # JCB
    ("6011", "6011", (16, 17, 18, 19)),  # Discover
    ("644", "659", (16, 17, 18, 19)),  # Discover, RuPay
    ("60", "60", (16,)),  # RuPay
    ("62", "62", (16, 17, 18, 19)),  # UnionPay
    ("81", "82", (16, 17, 18, 19)),  # UnionPay, RuPay
    ("2200", "2204", (16, 17, 18, 19)),  # Mir
    ("50", "50", (13, 14, 15, 16, 17, 18, 19)),  # Maestro
    ("56", "58", (13, 14, 15, 16, 17, 18, 19)),
    ("63", "63", (13, 14, 15, 16, 17, 18, 19)),
    ("67", "67", (13, 14, 15, 16, 17, 18, 19)),
)
_USUAL_GROUPINGS = {(4, 6, 5), (4, 6, 4), (4, 3, 3, 3), (6, 13)}

Span = tuple[int, int]


def mask_cards(text: str) -> str:
    """The text with each card number replaced by "•••• " and its last four digits. Time grows with its length."""
    if not _may_hold_card(text):
        return text
    pieces: list[str] = []
    done = 0
    for start, end in _cards(text):
        pieces += (text[done:start], MASK, "".join(_GROUP.findall(text[start:end]))[-4:])
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _may_hold_card(text: str) -> bool:
    """Cheap and never wrongly False: most messages have no thirteen digits."""
    if text.isascii():
        letters = text.encode()
        return len(letters) - len(letters.translate(None, b"0123456789")) >= DIGITS_MIN
    return sum(map(str.isdecimal, text)) >= DIGITS_MIN


def _cards(text: str) -> Iterator[Span]:
    ibans = iter([match.span() for match in _IBAN.finditer(text) if _iban_fits(match[0])])
    iban = next(ibans, None)
    for match in _RUN.finditer(text):
        while iban and iban[1] <= match.start():
            iban = next(ibans, None)
        long_enough = match.end() - match.start() >= DIGITS_MIN
        if long_enough and not (iban and iban[0] < match.end()):
            yield from _cards_of_run(_Run(text, match))


class _Run:
    """Digits in groups. Place n is before the n-th digit; `places` are where groups begin, and the end."""

    def __init__(self, text: str, match: re.Match[str]) -> None:
        self.spans = [group.span() for group in _GROUP.finditer(text, *match.span())]
        self.places = list(accumulate((end - start for start, end in self.spans), initial=0))
        self.group_at = {place: group for group, place in enumerate(self.places)}
        self.numbers = [int(digit) for digit in match[0] if digit.isdecimal()]
        self.digits = "".join(map(str, self.numbers))
        self.telephone = text[match.start() - 1 : match.start()] == "+"
        self.one_separator = len({text[a:b] for (_, a), (b, _) in pairwise(self.spans)}) <= 1
        # Sums with every other digit doubled: beginning with the first, and with the second.
        self._doubling = [
            list(accumulate((_DOUBLED[n] if i % 2 == odd else n for i, n in enumerate(self.numbers)), initial=0))
            for odd in (0, 1)
        ]

    def luhn_fits(self, start: int, end: int) -> bool:
        """From the right, the second digit and every other one on are doubled."""
        sums = self._doubling[end % 2]
        return (sums[end] - sums[start]) % 10 == 0


def _cards_of_run(run: _Run) -> Iterator[Span]:
    group = 1 if run.telephone else 0
    while group < len(run.spans):
        after = _card_end(run, group)
        if after:
            yield run.spans[group][0], run.spans[after - 1][1]
        group = after or group + 1


def _card_end(run: _Run, group: int) -> int | None:
    """The group after the card number that begins with `group`, in its longest reading; None if there is none."""
    start = run.places[group]
    for length in _lengths(run.digits[start : start + _PREFIX_MAX]):
        after = run.group_at.get(start + length)
        if after and run.luhn_fits(start, start + length) and _written_like_card(run, group, after):
            return after
    return None


@lru_cache(maxsize=10_000)
def _lengths(prefix: str) -> tuple[int, ...]:
    """How long card numbers with this beginning are, the longest first."""
    fits = (lengths for first, last, lengths in _SCHEMES if first <= prefix[: len(first)] <= last)
    return tuple(sorted({length for lengths in fits for length in lengths}, reverse=True))


def _written_like_card(run: _Run, group: int, after: int) -> bool:
    if _is_article_number(run.numbers[run.places[group] : run.places[after]]):
        return False
    whole = group == 0 and after == len(run.spans)
    return (whole and run.one_separator) or _grouped_like_card([b - a for a, b in run.spans[group:after]])


def _grouped_like_card(sizes: list[int]) -> bool:
    """Groups of one size, the last one shorter or not; or as a scheme prints them."""
    uniform = len(set(sizes[:-1])) <= 1 and sizes[-1] <= sizes[0]
    return uniform or tuple(sizes) in _USUAL_GROUPINGS


def _is_article_number(numbers: list[int]) -> bool:
    """EAN-13 (GS1 General Specifications 7.9): German articles begin like a Visa card of thirteen digits."""
    return len(numbers) == 13 and (sum(numbers[0::2]) + 3 * sum(numbers[1::2])) % 10 == 0


def _iban_fits(iban: str) -> bool:
    """ISO 13616: the country and check digits moved to the end, letters as numbers, modulo 97."""
    compact = iban.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1

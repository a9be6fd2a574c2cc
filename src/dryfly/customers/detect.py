"""Finds in free text what may name a customer: pure, and generous, since a wrong guess only finds nobody.

    e-mail addresses      by their form
    telephone numbers     by the numbering plans, with the mapping's default region
    order and account numbers    by the mapping's `patterns`
    names with a postcode        for the mapping's proofs of a name and a postcode: every run of two to four
                                 words beside a postcode that may be a name is tried (`NAMES_TRIED_MAX`)

What was taken for one thing is not looked at for another: the digits of an order number are no telephone.
"""

import re
from collections.abc import Iterator
from itertools import islice

import msgspec
import phonenumbers

from dryfly.customers.mapping import Mapping
from dryfly.customers.model import Identifier, IdentifierKind, Proof

TEXT_LENGTH_MAX = 4_000
NAMES_TRIED_MAX = 15
FOUND_MAX = 20
POSTCODES_MAX = 4
NAME_DISTANCE_MAX = 80  # characters between a name and its postcode
_EMAIL_PART = r"[^\s@,;:<>()\[\]\"']"
_EMAIL = re.compile(rf"(?<!{_EMAIL_PART}){_EMAIL_PART}{{1,64}}\s?@\s?{_EMAIL_PART}{{1,255}}\.[^\W\d_]{{2,}}")
_POSTCODE = re.compile(
    r"(?<![\w#-])("
    r"\d{5}-\d{3,4}|\d{4,6}"  # most of the world
    r"|[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}"  # United Kingdom
    r"|[A-Za-z]\d[A-Za-z]\s?\d[A-Za-z]\d"  # Canada
    r"|\d{4}\s?[A-Za-z]{2}|\d{2}-\d{3}|[A-Za-z]{1,2}-\d{4,5}"  # Netherlands, Poland, with a country letter
    r")(?![\w-])"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
# Words that stand around a name, in the languages the demo speaks. Written small, they end it: "Le" may be a name.
_FILLERS = """
    a am an and are at code for from hello here hey hi i i'm id im in is it it's last live looking me my name named of
    order please post postal postcode surname thanks the this to with you your zip zipcode
    aus bin code das der die guten hallo heiße ich ist mein meine nachname plz postleitzahl tag und vorname wohne
    bonjour est et je le ma mon m'appelle nom prénom suis
"""
_NO_NAME = frozenset(_FILLERS.split())


def detect_identifiers(text: str, mapping: Mapping) -> list[Identifier | Proof]:
    """Everything in the text that may name a customer of this mapping, surest first."""
    rest = text[:TEXT_LENGTH_MAX]
    found: list[Identifier | Proof] = []
    for kind, value, span in _numbered(rest, mapping):
        found.append(Identifier(kind, value))
        rest = rest[: span[0]] + "\n" * (span[1] - span[0]) + rest[span[1] :]
    found += _proofs(rest, mapping)
    return _unique(found)[:FOUND_MAX]


def _unique(found: list[Identifier | Proof]) -> list[Identifier | Proof]:
    return list({msgspec.json.encode(one): one for one in found}.values())


def _numbered(text: str, mapping: Mapping) -> Iterator[tuple[IdentifierKind, str, tuple[int, int]]]:
    """Matches of one kind of form after the other; a place taken by one is not given to the next."""
    taken: list[tuple[int, int]] = []
    for kind, value, span in _candidates(text, mapping):
        if all(span[1] <= start or end <= span[0] for start, end in taken):
            taken.append(span)
            yield kind, value, span


def _candidates(text: str, mapping: Mapping) -> Iterator[tuple[IdentifierKind, str, tuple[int, int]]]:
    for match in _EMAIL.finditer(text):
        yield IdentifierKind.EMAIL, match[0], match.span()
    for kind, pattern in mapping.patterns.items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield kind, match[0].strip(), match.span()
    for phone in phonenumbers.PhoneNumberMatcher(text, mapping.default_region, leniency=phonenumbers.Leniency.POSSIBLE):
        if sum(map(str.isdecimal, phone.raw_string)) >= 7:
            yield IdentifierKind.PHONE, phone.raw_string, (phone.start, phone.end)


def _proofs(text: str, mapping: Mapping) -> Iterator[Proof]:
    for kind, parts in mapping.customers.proofs.items():
        if parts.keys() == {"name", "postcode"}:
            for match in islice(_POSTCODE.finditer(text), POSTCODES_MAX):
                start = max(0, match.start() - NAME_DISTANCE_MAX)
                near = text[start : match.end() + NAME_DISTANCE_MAX]
                names = _names(near, (match.start() - start, match.end() - start))
                yield from (Proof(kind, {"name": name, "postcode": match[0]}) for name in names)


def _names(text: str, postcode: tuple[int, int]) -> list[str]:
    """Runs of two to four words that may be a name; those nearest to the postcode first."""
    runs = [run for run in _runs(text, postcode) if len(run) >= 2]
    names = [run[i : i + size] for run in runs for size in (2, 3, 4) for i in range(len(run) - size + 1)]
    middle = sum(postcode) / 2
    names.sort(key=lambda name: abs(name[0].start() - middle))
    return [" ".join(word[0] for word in name) for name in names[:NAMES_TRIED_MAX]]


def _runs(text: str, postcode: tuple[int, int]) -> list[list[re.Match[str]]]:
    """Words that follow each other with nothing but a space or a comma between, and none of them a filler."""
    runs: list[list[re.Match[str]]] = [[]]
    for word in _WORD.finditer(text):
        if word[0] in _NO_NAME or (postcode[0] <= word.start() < postcode[1]):
            runs.append([])
            continue
        if runs[-1] and not re.fullmatch(r"[\s,]+", text[runs[-1][-1].end() : word.start()]):
            runs.append([])
        runs[-1].append(word)
    return runs

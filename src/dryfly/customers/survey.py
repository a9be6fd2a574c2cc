"""Guesses what a source's columns mean, by their names and by their values: pure, on a sample."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from dryfly.customers.identifiers import spoken_email, spoken_phone
from dryfly.customers.paths import EVERY, Row, places
from dryfly.customers.values import Flaw, date_of, number_of, text_of

STATUSES_MAX = 12
_MOST = 0.8
_LOOKED_AT_MAX = 200  # values of a column
_DATE_FORMATS = ("%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y%m%d")


class Meaning(StrEnum):
    """What a column holds, as far as one can tell."""

    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    ADDRESS = "address"
    DATE = "date"
    MONEY = "money"
    STATUS = "status"
    QUANTITY = "quantity"
    NUMBER = "number"
    PAIRS = "pairs"
    TEXT = "text"


_NAMED: dict[Meaning, str] = {
    Meaning.FIRST_NAME: r"first_?name|given_?name|forename|vorname|^first$|prenom",
    Meaning.LAST_NAME: r"last_?name|surname|family_?name|nachname|^last$|^nom$",
    Meaning.POSTCODE: r"^zip|zip_?code$|post_?(al_?)?code|^plz$|postleitzahl",
    Meaning.PHONE: r"phone|mobile|^tel|cell|whatsapp",
    Meaning.STATUS: r"status|^stage$|order_state|zustand",
    Meaning.MONEY: r"amount|total|price|balance|cost|fee$|^sum$|betrag|preis|revenue",
    Meaning.QUANTITY: r"^quantity$|^qty$|^count$|^pieces$|menge",
    Meaning.ADDRESS: r"^address\d?$|^street|^city$|^town$|^state$|^province$|^country$|^region$|^line\d$|strasse|^ort$",
    Meaning.FULL_NAME: r"^(full_?|customer_?|display_?)?name$",
}
PEOPLE = re.compile(r"customer|client|user|member|person|people|contact|account|kunde|buyer|guest|patient")


@dataclass(slots=True)
class Column:
    """One place in the rows, with what it seems to hold. `format`: of dates that are not ISO."""

    path: str
    values: list[object]
    meaning: Meaning
    format: str | None = None
    doubt: str = ""

    @property
    def name(self) -> str:
        return folded(self.path.split(".")[-1])

    @property
    def is_single(self) -> bool:
        return EVERY not in self.path.split(".")

    @property
    def texts(self) -> list[str]:
        return [text for value in self.values if (text := _text(value))]


@dataclass(slots=True)
class Table:
    """A sample of one file, table or view."""

    source: str
    table: str | None
    rows: list[Row]
    columns: list[Column] = field(default_factory=list)

    @property
    def name(self) -> str:
        return folded((self.table or self.source).split(".")[-1])

    def having(self, meaning: Meaning) -> list[Column]:
        return [column for column in self.columns if column.meaning is meaning]

    def unique(self) -> list[Column]:
        """Columns that could be the key: most rows have one (the rest are broken), and no two the same."""
        least = max(1.0, _MOST * len(self.rows))
        return [c for c in self.columns if c.is_single and len(set(c.texts)) == len(c.texts) >= least]


def survey(source: str, table: str | None, rows: list[Row]) -> Table:
    columns = [_column(path, values) for path, values in places(rows).items()]
    if not any(column.name in ("city", "town", "country") for column in columns):
        for column in columns:
            if column.name == "state" and _fits(Meaning.STATUS, column, column.values):
                column.meaning = Meaning.STATUS
    return Table(source, table, rows, columns)


def folded(name: str) -> str:
    """ "SupportRepId" and "support rep id" are support_rep_id."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.strip('"'))
    return re.sub(r"[^a-z0-9]+", "_", spaced.casefold()).strip("_")


def singular(name: str) -> str:
    return re.sub(r"ies$", "y", name) if name.endswith("ies") else name.removesuffix("s")


def _column(path: str, values: list[object]) -> Column:
    present = [value for value in values if value is not None and value != ""]
    column = Column(path, present, Meaning.TEXT)
    column.meaning = _meaning(column, present[:: 1 + len(present) // _LOOKED_AT_MAX])
    return column


def _meaning(column: Column, values: list[object]) -> Meaning:
    if not values:
        return Meaning.TEXT
    if all(isinstance(value, dict) for value in values):
        return Meaning.PAIRS
    if _share(values, lambda v: spoken_email(text_of(v)) is not None) >= _MOST:
        return Meaning.EMAIL
    if _is_date(column, values):
        return Meaning.DATE
    for meaning, pattern in _NAMED.items():
        if re.search(pattern, column.name) and _fits(meaning, column, values):
            return meaning
    if _share(values, _looks_like_phone) >= _MOST:
        return Meaning.PHONE
    numeric = all(isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in values)
    return Meaning.NUMBER if numeric and not column.name.endswith("id") else Meaning.TEXT


def _fits(meaning: Meaning, column: Column, values: list[object]) -> bool:
    """Whether the values may be what the name says."""
    match meaning:
        case Meaning.PHONE:
            return _share(values, lambda v: spoken_phone(text_of(v), "US") is not None) >= 0.5
        case Meaning.STATUS:
            return len(set(column.texts)) <= STATUSES_MAX and len(values) > len(set(column.texts))
        case Meaning.MONEY | Meaning.QUANTITY:
            return _share(values, _is_number) >= _MOST
        case _:
            return True


def _is_date(column: Column, values: list[object]) -> bool:
    if all(isinstance(v, date | datetime) for v in values):
        return True
    if not all(isinstance(v, str) and len(v) >= 8 for v in values):
        return False
    if _share(values, lambda v: bool(re.match(r"\d{4}-\d\d-\d\d", str(v)) and date_of(v))) >= _MOST:
        return True
    fitting = [f for f in _DATE_FORMATS if _share(values, lambda v, f=f: bool(date_of(v, f))) == 1]  # type: ignore[misc]
    if fitting:
        column.format = fitting[0]
        column.doubt = f"may also be {fitting[1]}" if len(fitting) > 1 else ""
    return bool(fitting)


def _looks_like_phone(value: object) -> bool:
    text = text_of(value)
    return bool(re.fullmatch(r"\+[\d\s()/.-]{7,}", text)) and spoken_phone(text, "US") is not None


def _is_number(value: object) -> bool:
    number_of(value)
    return True


def _share(values: Iterable[object], test: Callable[[object], bool]) -> float:
    verdicts = [_tried(test, value) for value in values]
    return sum(verdicts) / len(verdicts) if verdicts else 0.0


def _tried(test: Callable[[object], bool], value: object) -> bool:
    try:
        return test(value)
    except Flaw:
        return False


def _text(value: object) -> str:
    try:
        return text_of(value)
    except Flaw:
        return ""


def number_pattern(keys: list[str]) -> str | None:
    """How customers may write such numbers, if all are of one make: "#W2611340" gives `#?\\s*\\bW[\\s-]*\\d{7}\\b`."""
    makes = {re.sub(r"\d+", lambda m: "0" * len(m[0]), key) for key in keys}
    if len(makes) != 1 or not re.search(r"[A-Za-z]", make := makes.pop()) or not re.search(r"\d", make):
        return None
    parts = re.findall(r"[A-Za-z]+|\d+", make)
    body = r"[\s-]*".join(rf"\d{{{len(part)}}}" if part.isdecimal() else re.escape(part) for part in parts)
    return rf"#?\s*\b{body}\b" if make.startswith("#") else rf"\b{body}\b"

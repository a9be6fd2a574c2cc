"""Turns what a source holds into one canonical, exact text, or says why it cannot.

Numbers that the source holds as binary floats (SQLite, Parquet, JSON's are read as decimals) are taken by their
shortest decimal spelling, to six places: 1.98 is 1.98. Decimals and texts are kept digit for digit; money is only
padded to its currency's places ("51" becomes "51.00").
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from dryfly.customers.identifiers import spoken_email, spoken_phone
from dryfly.customers.model import FieldType

VALUE_LENGTH_MAX = 10_000
_PLACES = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}
_PLACES_USUAL = 2
_FLOAT_PLACES = 6
_TRUE = {"1", "true", "t", "yes", "y"}
_FALSE = {"0", "false", "f", "no", "n"}
_UNIT = r"(?:[A-Z]{0,3}\s?[$€£¥₹₩₽₺₫₪₴฿]|[A-Z]{3})?"  # "$", "US$", "EUR"
_AMOUNT = re.compile(rf"(?P<sign>[-+]?)\s?{_UNIT}\s?(?P<inner>[-+]?)(?P<digits>[0-9.,]+)\s?{_UNIT}")
_GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"),
    ",": re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?"),
}


class Flaw(ValueError):
    """A value that cannot be kept; the text says why."""


def text_of(value: object) -> str:
    """A plain value as text; "" if there is nothing in it."""
    if type(value) is str:  # by far the most
        return _storable(value.strip())
    if isinstance(value, dict | list | tuple):
        raise Flaw("holds several values: name a path inside it, or use `parts:`")
    if isinstance(value, bytes | bytearray | memoryview):
        raise Flaw("is binary")
    return _storable(_spelling(value).strip())


def _storable(text: str) -> str:
    if "\x00" in text or len(text) > VALUE_LENGTH_MAX:
        raise Flaw(f"holds a zero byte or more than {VALUE_LENGTH_MAX} characters")
    return text


def _spelling(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else plain(_exact(value))
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(number: Decimal) -> str:
    """Digits without an exponent."""
    return format(number, "f")


def number_of(value: object, decimal: str = ".") -> Decimal:
    """An exact decimal from a number or from its spelling: "1,234.50", "$ 47.84", "-3"."""
    if isinstance(value, bool):
        raise Flaw("is yes or no, not a number")
    if isinstance(value, float):
        return _exact(value)
    if isinstance(value, int | Decimal):
        return _finite(Decimal(value))
    return _spelled(text_of(value), decimal)


def _spelled(text: str, decimal: str) -> Decimal:
    sides = _AMOUNT.fullmatch(text.strip())
    digits = sides["digits"] if sides else ""
    if _GROUPED[decimal].fullmatch(digits):
        digits = digits.replace("," if decimal == "." else ".", "")
    if not sides or not re.fullmatch(rf"[0-9]+([{decimal}][0-9]+)?", digits):
        raise Flaw(f"`{text[:40]}` is no number with the decimal sign `{decimal}`")
    return Decimal(("-" if "-" in (sides["sign"], sides["inner"]) else "") + digits.replace(",", "."))


def _exact(value: float) -> Decimal:
    return _finite(Decimal(repr(round(value, _FLOAT_PLACES))))


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite() or number.adjusted() > 30:
        raise Flaw(f"`{number}` is no amount")
    return number


def money_of(value: object, currency: str | None, decimal: str = ".") -> Decimal:
    number = number_of(value, decimal)
    places = _PLACES.get(currency or "", _PLACES_USUAL)
    exponent = number.as_tuple().exponent
    try:
        return number.quantize(Decimal(1).scaleb(-places)) if int(exponent) > -places else number
    except InvalidOperation as error:
        raise Flaw(f"`{number}` has too many digits") from error


def moment_of(value: object, format: str | None) -> date | datetime:
    if isinstance(value, date):  # a datetime is one too
        return value
    try:
        if format in ("epoch_s", "epoch_ms"):
            return datetime.fromtimestamp(float(text_of(value)) / (1000 if format == "epoch_ms" else 1), UTC)
        return datetime.strptime(text_of(value), format) if format else datetime.fromisoformat(text_of(value))
    except (ValueError, OverflowError, OSError) as error:
        hint = f"does not fit `{format}`" if format else "is no ISO date: add `format:`, such as '%d.%m.%Y'"
        raise Flaw(f"`{text_of(value)[:40]}` {hint}") from error


def date_of(value: object, format: str | None = None) -> str:
    moment = moment_of(value, format)
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


def time_of(value: object, format: str | None = None) -> str:
    moment = moment_of(value, format)
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()


def flag_of(value: object) -> str:
    text = text_of(value).casefold()
    if text in _TRUE or text in _FALSE:
        return "yes" if text in _TRUE else "no"
    raise Flaw(f"`{text[:40]}` is neither yes nor no")


def pairs_of(value: object) -> list[str]:
    if not isinstance(value, dict):
        raise Flaw("is no object of names and values")
    return [f"{text_of(name)}: {text}" for name, inner in value.items() if (text := text_of(inner))]


def canonical(
    value: object,
    type: FieldType,
    *,
    currency: str | None = None,
    format: str | None = None,
    decimal: str = ".",
    region: str = "US",
) -> str:
    """The value as the image keeps it; raises Flaw. "" if there is nothing in it."""
    if not (text := text_of(value)):
        return ""
    match type:
        case FieldType.MONEY:
            return plain(money_of(value, currency, decimal))
        case FieldType.NUMBER:
            return plain(number_of(value, decimal))
        case FieldType.DATE:
            return date_of(value, format)
        case FieldType.TIME:
            return time_of(value, format)
        case FieldType.FLAG:
            return flag_of(value)
        case FieldType.PHONE:
            return spoken_phone(text, region) or text
        case FieldType.EMAIL:
            return spoken_email(text) or text
        case FieldType.TEXT | FieldType.ENUM | FieldType.ADDRESS | FieldType.PAIRS:
            return text

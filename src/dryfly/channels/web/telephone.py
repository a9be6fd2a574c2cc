"""A telephone number that somebody typed: one that can be called, at what a call costs everybody."""

import phonenumbers
from phonenumbers import PhoneNumberType

from dryfly.platform.errors import CallerError

TYPED_MAX = 40
SHOWN_DIGITS = 3
COSTLY = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN}
WRONG = CallerError("number_wrong", "Write a telephone number with its country code, such as +49 30 2312 5000.")


def check_number(typed: str, region: str) -> str:
    """The number as E.164. `region`: the country that one without a code is of."""
    if len(typed) > TYPED_MAX:
        raise WRONG
    try:
        number = phonenumbers.parse(typed, region.upper() if region.isalpha() and len(region) == 2 else None)
    except phonenumbers.NumberParseException:
        raise WRONG from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise WRONG
    if phonenumbers.number_type(number) in COSTLY:
        raise CallerError("number_costly", "This number costs who calls it: write another one.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def written_number(number: str) -> str:
    """As people write it: "+49 30 23125000"."""
    return str(phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def masked_number(number: str) -> str:
    """All but its end hidden: who sees the page need not see the number."""
    return f"•••{number[-SHOWN_DIGITS:]}" if number else ""

"""One spelling for each identifier, so that whatever a customer types meets what is on file.

    e-mail          spaces out, small letters                   " Noah.Brown@Example.com" -> noah.brown@example.com
    phone           E.164                                       "(503) 555-0142" -> +15035550142
    numbers         capital letters and digits only             "#w 2611340" -> W2611340
    channel         small channel, then as phone, mail or text  "WhatsApp:0049 151..." -> whatsapp:+49151...
    names           without marks and case, words in order of the alphabet: "Brown, Noah" is "Noah Brown"
    postcodes       capitals, no gaps; ZIP+4 by its first five

What is on file is looked up by a keyed hash (HMAC-SHA-256 under the site's own secret): telephone numbers are few
enough that a plain hash could be tried out. The spelling is compared after the hash.
"""

import hmac
import re
import unicodedata

import phonenumbers

from dryfly.customers.model import Identifier, IdentifierKind, Proof
from dryfly.floor.model import CustomerId

HASH_BYTES = 16
IDENTIFIER_LENGTH_MAX = 320
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_AROUND_EMAIL = re.compile(r"\s+|^mailto:|[<>]", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"^\s*00")
_PHONE_CHANNELS = {"whatsapp", "sms", "phone", "voice", "signal"}
_MAIL_CHANNELS = {"mail", "email"}
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"})


def normalise(identifier: Identifier, region: str) -> str | None:
    """The identifier in its one spelling, or None if it cannot be one of its kind."""
    text = identifier.value if identifier.value.isascii() else unicodedata.normalize("NFKC", identifier.value)
    text = text.strip()
    if not 0 < len(text) <= IDENTIFIER_LENGTH_MAX:
        return None
    match identifier.kind:
        case IdentifierKind.PHONE:
            return spoken_phone(text, region)
        case IdentifierKind.EMAIL:
            return spoken_email(text)
        case IdentifierKind.ACCOUNT | IdentifierKind.ORDER_NUMBER:
            return bare_number(text)
        case IdentifierKind.CHANNEL:
            return _channel_address(text, region)


def aliases(identifier: Identifier) -> list[Identifier]:
    """The identifier, and what else it is: a WhatsApp address is a telephone number as well."""
    channel, _, address = identifier.value.partition(":")
    if identifier.kind is not IdentifierKind.CHANNEL:
        return [identifier]
    if channel.strip().casefold() in _PHONE_CHANNELS:
        return [identifier, Identifier(IdentifierKind.PHONE, address)]
    if channel.strip().casefold() in _MAIL_CHANNELS:
        return [identifier, Identifier(IdentifierKind.EMAIL, address)]
    return [identifier]


def spoken_email(text: str) -> str | None:
    bare = _AROUND_EMAIL.sub("", text.strip()).casefold()
    return bare if _EMAIL.fullmatch(bare) else None


def spoken_phone(text: str, region: str) -> str | None:
    """E.164, or None. Numbers that can exist are taken, assigned or not: numbering plans change faster than we do."""
    try:
        number = phonenumbers.parse(_INTERNATIONAL.sub("+", text), region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def bare_number(text: str) -> str | None:
    return "".join(c for c in text.upper() if c.isalnum()) or None


def _channel_address(text: str, region: str) -> str | None:
    channel, colon, address = (part.strip() for part in text.partition(":"))
    if not (channel and colon and address):
        return None
    channel = channel.casefold()
    if channel in _PHONE_CHANNELS:
        address = spoken_phone(address, region) or address
    return f"{channel}:{address.casefold()}"


# ---- parts of proofs ----------------------------------------------------------------------------


def bare_name(text: str) -> str:
    words = re.findall(r"\w+", _without_marks(text))
    return " ".join(sorted(words))


def bare_postcode(text: str) -> str:
    bare = "".join(c for c in text.upper() if c.isalnum() or c == "-")
    return bare[:5] if re.fullmatch(r"\d{5}-?\d{4}", bare) else bare.replace("-", "")


def _without_marks(text: str) -> str:
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in folded if not unicodedata.combining(c))


def normalise_proof(proof: Proof) -> str | None:
    """All parts in one text, in the order of their names; None if one is empty."""
    parts = [_bare_part(name, value) for name, value in sorted(proof.values.items())]
    return "|".join(parts) if parts and all(parts) else None


def _bare_part(name: str, value: str) -> str:
    if "name" in name:
        return bare_name(value)
    if "postcode" in name or "zip" in name:
        return bare_postcode(value)
    return bare_number(_without_marks(value)) or ""


# ---- keyed hashes -------------------------------------------------------------------------------


def identifier_hash(secret: bytes, kind: str, normalised: str) -> bytes:
    return _keyed(secret, "identifier", kind, normalised)


def customer_id(secret: bytes, source: str, key: str) -> CustomerId:
    """The same customer's id over all refreshes; tells nothing of the key, which may be a name."""
    return CustomerId(_keyed(secret, "customer", source, key).hex())


def _keyed(secret: bytes, *parts: str) -> bytes:
    message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hmac.digest(secret, message, "sha256")[:HASH_BYTES]

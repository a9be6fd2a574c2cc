"""However a customer writes it, it meets what is on file; and text gives away who may be meant."""

from itertools import permutations

import pytest

from dryfly.customers.detect import detect_identifiers
from dryfly.customers.identifiers import bare_name, bare_postcode, customer_id, normalise
from dryfly.customers.mapping_file import parse_mapping
from dryfly.customers.model import Identifier, IdentifierKind, Match, Proof, Provenance
from dryfly.customers.model import IdentityLevel as Level
from dryfly.customers.recognise import recognition_of
from dryfly.floor.model import CustomerId
from tests.customers.conftest import SHOP

SHOP_MAPPING = parse_mapping(SHOP)


@pytest.mark.parametrize(
    ("kind", "spellings", "expected"),
    [
        ("email", ["A.B@x.org", " a.b@X.ORG ", "<a.b@x.org>", "mailto:a.b@x.org", "a.b @ x.org"], "a.b@x.org"),
        ("email", ["stanisław.Wójcik@wp.pl"], "stanisław.wójcik@wp.pl"),
        ("email", ["a.b", "@", "a@b", ""], None),
        ("phone", ["(503) 555-0142", "+1 503 555 0142", "001 503-555-0142", "503.555.0142"], "+15035550142"),
        ("phone", ["+49 0711 2842222", "0049 711 284 22 22"], "+497112842222"),
        ("phone", ["12", "call me", "+453 3331 9991 1"], None),
        ("order_number", ["#W2611340", "w2611340", "W 2611340", "w-261 1340"], "W2611340"),
        ("channel", ["whatsapp:+1 503 555 0142", "WhatsApp: 5035550142"], "whatsapp:+15035550142"),
        ("channel", ["telegram:4711", " Telegram:4711 "], "telegram:4711"),
        ("channel", ["4711", ":x", "sms:"], None),
    ],
)
def test_each_identifier_has_one_spelling(kind: str, spellings: list[str], expected: str | None) -> None:
    assert {normalise(Identifier(IdentifierKind(kind), s), "US") for s in spellings} == {expected}


def test_names_and_postcodes() -> None:
    assert bare_name("Wójcik, Stanisław") == bare_name("stanislaw wojcik")
    assert bare_name("Anne-Marie O'Neil") == bare_name("o neil anne marie")
    assert bare_postcode("94043-1351") == "94043"
    assert bare_postcode("n1 5lh") == bare_postcode("N15LH")
    assert bare_postcode("0171") == "0171"


def test_ids_depend_on_the_secret_and_the_source() -> None:
    ids = {customer_id(b"a", "s", "k"), customer_id(b"b", "s", "k"), customer_id(b"a", "t", "k")}
    assert len(ids) == 3
    assert {len(id) for id in ids} == {32}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my mail is Pat1@Example.com.", Identifier(IdentifierKind.EMAIL, "Pat1@Example.com")),
        ("call (503) 555-0142 please", Identifier(IdentifierKind.PHONE, "(503) 555-0142")),
        ("order n 1234?", Identifier(IdentifierKind.ORDER_NUMBER, "n 1234")),
        ("order #N1234", Identifier(IdentifierKind.ORDER_NUMBER, "#N1234")),
        ("i am pat tester from 10001", Proof("name_postcode", {"name": "pat tester", "postcode": "10001"})),
        ("Le Thi Mai, N1 5LH", Proof("name_postcode", {"name": "Le Thi Mai", "postcode": "N1 5LH"})),
    ],
)
def test_text_gives_away_who_may_be_meant(text: str, found: Identifier | Proof) -> None:
    assert found in detect_identifiers(text, SHOP_MAPPING)


@pytest.mark.parametrize("text", ["", "hello, where is my order?", "I paid 20 dollars in 3 parts", "@", "#"])
def test_ordinary_words_name_nobody(text: str) -> None:
    assert detect_identifiers(text, SHOP_MAPPING) == []


def test_a_flood_of_text_stays_cheap() -> None:
    assert len(detect_identifiers("a@b.cd " * 5_000 + "x" * 100_000 + "@" * 10_000, SHOP_MAPPING)) == 1
    assert len(detect_identifiers("Noah Brown 12345 " * 5_000, SHOP_MAPPING)) <= 20


def match(customer: str, by: str, level: Level) -> Match:
    return Match(CustomerId(customer), by, level, Provenance("s", 1, 0))


def test_a_shared_proof_gives_no_level_of_its_own() -> None:
    shared = [match("a", "name_postcode", Level.PROVED), match("b", "name_postcode", Level.PROVED)]
    assert recognition_of([], shared).customer is None
    narrowed = recognition_of([], [*shared, match("b", "order_number", Level.CLAIMED)])
    assert (narrowed.customer, narrowed.level) == ("b", Level.CLAIMED)
    assert narrowed.matches[0].by == "order_number"


def test_what_proves_most_is_named_first_whatever_order_it_was_found_in() -> None:
    said = [
        match("a", "phone", Level.CLAIMED),
        match("a", "order_number", Level.PROVED),
        match("a", "email", Level.PROVED),
    ]
    for found in permutations(said):
        assert [each.by for each in recognition_of([], list(found)).matches] == ["email", "order_number", "phone"]


def test_nobody_matched_is_nobody() -> None:
    assert recognition_of([], []).level is Level.UNKNOWN

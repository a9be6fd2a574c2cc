"""The web shop's 500 customers: each is found by what they would say, and nobody by what somebody else would."""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dryfly.customers.identifiers import bare_name
from dryfly.customers.image import Customers
from dryfly.customers.mapping import Mapping
from dryfly.customers.model import AGENT_SIGHT, Evidence, Identifier, IdentifierKind, IdentityLevel
from dryfly.customers.refresh import refresh
from dryfly.floor.model import CustomerId
from dryfly.platform.database import Database

pytestmark = pytest.mark.data
SITE = "north"
NOW = 1_767_225_600_000
PROVED = IdentityLevel.PROVED


def source(datasets: Path, name: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((datasets / "retail" / name).read_text(), parse_float=Decimal)
    return whole


async def only(customers: Customers, kind: IdentifierKind, value: str) -> CustomerId:
    (match,) = await customers.find(SITE, Identifier(kind, value))
    return match.customer


async def test_every_customer_is_found_by_mail_order_number_and_name_with_postcode(
    db: Database, retail: Mapping, datasets: Path
) -> None:
    report = await refresh(db, SITE, retail, now=NOW)
    assert (report.customers_count, report.records, report.rejected) == (500, {"order": 1000}, {})
    customers = Customers(db)
    users = source(datasets, "users.json")
    ids = {key: await only(customers, IdentifierKind.EMAIL, user["email"].upper()) for key, user in users.items()}
    assert len(set(ids.values())) == 500
    for number, order in source(datasets, "orders.json").items():
        spelled = f"{number[1].lower()} {number[2:]}"
        assert await only(customers, IdentifierKind.ORDER_NUMBER, spelled) == ids[order["user_id"]]

    same: dict[tuple[str, str], set[CustomerId]] = defaultdict(set)
    for key, user in users.items():
        name = f"{user['name']['last_name']}, {user['name']['first_name']}".lower()
        same[bare_name(name), user["address"]["zip"]].add(ids[key])
    for (name, postcode), expected in same.items():
        found = await customers.find_by_proof(SITE, "name_postcode", {"name": name, "postcode": postcode})
        assert {match.customer for match in found} == expected


async def test_orders_are_exactly_what_the_shop_has(db: Database, retail: Mapping, datasets: Path) -> None:
    await refresh(db, SITE, retail, now=NOW)
    customers = Customers(db)
    users, orders = source(datasets, "users.json"), source(datasets, "orders.json")
    without = 0
    for user in users.values():
        customer = await only(customers, IdentifierKind.EMAIL, user["email"])
        found = (await customers.records(SITE, customer, level=PROVED)).records
        without += not found
        assert {record.key for record in found} == set(user["orders"])
        for record in found:
            order = orders[record.key]
            assert record.amount == sum(item["price"] for item in order["items"])
            assert (record.currency, record.date, record.status) == ("USD", None, order["status"])
            assert [line.amount for line in record.lines] == [item["price"] for item in order["items"]]
            assert (record.field("refunded") is not None) == (order["status"] == "cancelled")
    assert without == 62


async def test_one_order_reads_as_people_would_say_it(db: Database, retail: Mapping) -> None:
    await refresh(db, SITE, retail, now=NOW)
    customers = Customers(db)
    customer = await only(customers, IdentifierKind.ORDER_NUMBER, "#W2611340")
    order = await customers.record(SITE, customer, "order", "#W2611340", level=PROVED)
    assert order is not None
    assert (order.title, order.status_words, order.amount) == ("Order #W2611340", "processed", Decimal("536.65"))
    assert [line.title for line in order.lines] == ["Water Bottle", "Office Chair"]
    options = order.lines[0].fields[0]
    assert options.text == "capacity: 1000ml, material: glass, color: blue"
    tracking = order.field("tracking_ids")
    assert tracking is not None
    assert tracking.values == ("357962501027",)
    assert order.provenance.age_ms(NOW + 5_000) == 5_000


async def test_payment_methods_and_address_keep_to_what_is_on_file(db: Database, retail: Mapping) -> None:
    await refresh(db, SITE, retail, now=NOW)
    customers = Customers(db)
    customer = await only(customers, IdentifierKind.EMAIL, "noah.brown7922@example.com")
    profile = await customers.profile(SITE, customer, PROVED)
    assert profile is not None
    texts = {field.key: field.text for field in profile.fields}
    assert profile.name == "Noah Brown"
    assert texts["payment_methods"] == "PayPal, credit card mastercard 9212"
    assert texts["address"] == "986 Sunset Drive, Suite 259, Denver, CO, 80279, USA"
    assert "gift_card_balance" not in texts


SENTENCES = [
    "Hi, I'm Noah Brown and my zip is 80279",
    "noah brown, 80279",
    "My name is Noah Brown. I live in 80279 Denver",
    "80279 noah brown",
    "it's noah.brown7922@example.com",
    "My order #w7678072 has not come, my mail is Noah.Brown7922@Example.com",
]


async def test_one_sentence_is_enough(db: Database, retail: Mapping) -> None:
    await refresh(db, SITE, retail, now=NOW)
    customers = Customers(db)
    noah = await only(customers, IdentifierKind.EMAIL, "noah.brown7922@example.com")
    for text in SENTENCES:
        found = await customers.recognise(SITE, text)
        assert (found.customer, found.level) == (noah, PROVED), text


async def test_an_order_number_alone_is_a_claim_and_shows_no_order(db: Database, retail: Mapping) -> None:
    await refresh(db, SITE, retail, now=NOW)
    customers = Customers(db)
    found = await customers.recognise(SITE, "where is W 2611340?")
    assert found.customer
    assert found.level is IdentityLevel.CLAIMED
    page = await customers.records(SITE, found.customer, level=found.level)
    assert (page.records, page.withheld) == ((), ("order",))
    assert (await customers.records(SITE, found.customer, level=AGENT_SIGHT)).records


async def test_claims_that_contradict_each_other_identify_nobody(db: Database, retail: Mapping) -> None:
    await refresh(db, SITE, retail, now=NOW)
    text = "I am ivan.santos3158@example.com, where is #W2611340?"  # somebody else's order
    found = await Customers(db).recognise(SITE, text, Evidence.SAID)
    assert found.customer is None
    assert len(found.matches) == 2

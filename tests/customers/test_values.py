"""Values are exact or refused, never guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dryfly.customers.model import FieldType
from dryfly.customers.paths import nearest, parse_path, places
from dryfly.customers.values import Flaw, canonical, date_of, money_of, number_of, time_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1,234.50", "1234.50"),
        ("$47.8", "47.80"),
        ("-$3", "-3.00"),
        ("12 USD", "12.00"),
        (51, "51.00"),
        (1.98, "1.98"),
        (5.940000000000001, "5.94"),
        (Decimal("0.125"), "0.125"),
        ("0.10", "0.10"),
    ],
)
def test_money_is_exact(value: object, expected: str) -> None:
    assert canonical(value, FieldType.MONEY, currency="USD") == expected


@pytest.mark.parametrize(
    "value", ["a lot", "1.2.3", "1,2", "12-13", True, "1e5", float("nan"), float("inf"), [1], "٣x"]
)
def test_what_is_no_amount_is_refused(value: object) -> None:
    with pytest.raises(Flaw):
        money_of(value, "USD")


def test_decimal_commas_and_yen() -> None:
    assert number_of("1.234,50", ",") == Decimal("1234.50")
    assert money_of("1200", "JPY") == Decimal(1200)
    with pytest.raises(Flaw):
        number_of("1.234,50")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_cents_survive_the_way_through_floats_and_text(amount: Decimal) -> None:
    assert money_of(str(amount), "USD") == amount
    if abs(amount) < 10**9:
        assert money_of(float(amount), "USD") == amount


def test_dates_keep_to_what_is_written() -> None:
    assert date_of("2021-01-01 00:00:00") == "2021-01-01"
    assert date_of("31.12.2024", "%d.%m.%Y") == "2024-12-31"
    assert date_of(datetime(2024, 5, 1, 23, 0)) == date_of(date(2024, 5, 1)) == "2024-05-01"
    assert time_of("2024-05-01T12:00:00+02:00") == "2024-05-01T10:00:00Z"
    assert time_of("2024-05-01T12:00:00") == "2024-05-01T12:00:00"
    assert time_of(datetime(2024, 5, 1, tzinfo=UTC)) == time_of("1714521600", "epoch_s") == "2024-05-01T00:00:00Z"
    with pytest.raises(Flaw, match="add `format:`"):
        date_of("03/04/2024")


def test_zero_bytes_and_floods_are_refused() -> None:
    for value in ("a\x00b", "x" * 10_001, {"a": 1}):
        with pytest.raises(Flaw):
            canonical(value, FieldType.TEXT)


ROW = {
    "a": {"b c": [{"k": "x", "v": 1}, {"k": "y", "v": 2}]},
    "m": {"p1": {"s": "p"}, "p2": {"s": "q"}},
    "dot.name": 7,
    "none": None,
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b c.*.v", [1, 2]),
        ("a.b c[k=y].v", [2]),
        ("a.b c.*[k=x].v", [1]),
        ("m.*.s", ["p", "q"]),
        ("m.*", [{"s": "p"}, {"s": "q"}]),
        ('"dot.name"', [7]),
        ("none", []),
        ("m.p3.s", []),
        ("dot.name", []),
    ],
)
def test_paths(path: str, found: list[object]) -> None:
    assert parse_path(path).find(ROW) == found


@pytest.mark.parametrize("path", ["", ".", "a.", "a..b", "a[b", '"a', "[x=y]"])
def test_broken_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is no path"):
        parse_path(path)


def test_objects_keyed_by_ids_are_one_place() -> None:
    rows = [{"paid": {f"card_{i}": {"brand": "x"}}} for i in range(50)]
    assert list(places(list(rows))) == ["paid.*.brand"]
    assert nearest("adress.zip", ["address.zip", "email"])[0] == "address.zip"

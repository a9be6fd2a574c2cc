"""The demo's books: the same from the same seed, and a shop that could be."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dryfly.demo import company
from dryfly.demo.books import BOOKS, mapping_of, write_books
from dryfly.demo.goods import PRODUCTS
from dryfly.demo.shop import Order, make_shop
from dryfly.setup.change import changed
from dryfly.setup.check import problems
from dryfly.setup.model import Catalogue

TODAY = date(2026, 3, 4)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), today=st.dates(date(2024, 1, 1), date(2035, 1, 1)))
def test_every_life_of_an_order_fits_its_day(seed: int, today: date) -> None:
    shop = make_shop(seed, today, customers_count=60)
    customers = {customer.key for customer in shop.customers}
    assert len({customer.email for customer in shop.customers}) == len(shop.customers)
    assert len({order.key for order in shop.orders}) == len(shop.orders)
    assert all(order.customer in customers and _is_plausible(order, today) for order in shop.orders)


def _is_plausible(order: Order, today: date) -> bool:
    days = [order.ordered_on, *(day for day in (order.delivered_on, order.refunded_on) if day)]
    in_order = days == sorted(days) and days[-1] <= today and order.amount > Decimal(0)
    match order.status:
        case "on_its_way":
            return in_order and bool(order.tracking) and order.expected_on is not None and order.expected_on > today
        case "refunded":
            return in_order and order.refunded is not None and order.refunded <= order.amount
        case "delivered" | "returned":
            return in_order and order.delivered_on is not None and order.return_until is not None
        case _:
            return in_order and not order.tracking


def test_the_same_seed_is_the_same_shop() -> None:
    assert make_shop(3, TODAY, 200) == make_shop(3, TODAY, 200)
    assert make_shop(3, TODAY, 200) != make_shop(4, TODAY, 200)


def test_nobody_in_it_can_be_reached() -> None:
    shop = make_shop(7, TODAY)
    assert len(shop.customers) == 2_000
    assert all(customer.email.endswith("@example.com") for customer in shop.customers)
    kept_free = ("+1 ", "+44 7700 900", "+33 1 99 00", "+49 30 23125", "+46 8 465 004", "+61 491 570", "")
    assert all(customer.phone.startswith(kept_free) for customer in shop.customers)
    assert all(" 555 01" in customer.phone for customer in shop.customers if customer.phone.startswith("+1 "))


def test_the_shop_is_as_large_as_promised() -> None:
    shop = make_shop(7, TODAY)
    assert len(PRODUCTS) == 60
    assert len({customer.name for customer in shop.customers}) > 1_500
    statuses = {order.status for order in shop.orders}
    assert statuses == {"ordered", "packed", "on_its_way", "delivered", "returned", "refunded", "cancelled"}


def test_the_set_up_fits_together() -> None:
    entries = company.entries()
    assert list(problems(changed(Catalogue(company.site_of("x" * 40)), entries))) == []
    assert len(company.WORKERS) == 14
    assert len(company.QUEUES) == 4


def test_the_books_are_whole_and_the_mapping_reads_them(tmp_path: Path) -> None:
    write_books(make_shop(7, TODAY, 20), tmp_path / BOOKS)
    mapping = mapping_of(tmp_path)
    assert set(mapping.records) == {"order", "invoice", "subscription"}
    assert [path.name for path in tmp_path.iterdir()] == [BOOKS]

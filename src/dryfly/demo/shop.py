"""The shop's books, from a seed: customers, orders with their lives, invoices, subscriptions. Pure.

Everything is relative to `today`: an order of yesterday is packed, one of last week has been delivered.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from dryfly.demo.goods import PRODUCTS, SUBSCRIPTIONS, Product
from dryfly.demo.names import Address, address_of, name_of, phone_of

CUSTOMERS_COUNT = 2_000
RETURN_DAYS = 30
ORDERED_WITHIN_DAYS = 150
CARRIERS = ("Swift Post", "Blue Parcel", "Northline")


@dataclass(frozen=True, slots=True)
class Customer:
    key: str
    given: str
    family: str
    email: str
    phone: str
    address: Address
    since: date
    tier: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Line:
    product: Product
    quantity: int

    @property
    def amount(self) -> Decimal:
        return self.product.price * self.quantity


@dataclass(frozen=True, slots=True)
class Order:
    """`status`: ordered, packed, on_its_way, delivered, returned, refunded, cancelled."""

    key: str
    customer: str
    ordered_on: date
    status: str
    lines: tuple[Line, ...]
    carrier: str = ""
    tracking: str = ""
    expected_on: date | None = None
    delivered_on: date | None = None
    return_until: date | None = None
    refunded_on: date | None = None
    refunded: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Invoice:
    key: str
    customer: str
    order: str
    dated: date
    amount: Decimal
    status: str  # paid, open, refunded
    due_on: date


@dataclass(frozen=True, slots=True)
class Subscription:
    key: str
    customer: str
    title: str
    price: Decimal
    status: str  # active, paused
    next_on: date


@dataclass(frozen=True, slots=True)
class Shop:
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]
    invoices: tuple[Invoice, ...]
    subscriptions: tuple[Subscription, ...]


def make_shop(seed: int, today: date, customers_count: int = CUSTOMERS_COUNT) -> Shop:
    random = Random(f"shop {seed}")
    customers = tuple(_customer(random, number, today) for number in range(customers_count))
    orders = tuple(_orders(random, customers, today))
    invoices = tuple(_invoice(random, number, order) for number, order in enumerate(orders))
    return Shop(customers, orders, invoices, tuple(_subscriptions(random, customers, today)))


def _customer(random: Random, number: int, today: date) -> Customer:
    given, family = name_of(random)
    address = address_of(random)
    email = f"{_plain(given)}.{_plain(family)}{number}@example.com"
    since = today - timedelta(days=random.randint(160, 1800))
    tier = random.choices(("regular", "friend", "founder"), (80, 17, 3))[0]
    return Customer(
        f"C{10_000 + number}", given, family, email, phone_of(random, address.country), address, since, tier
    )


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


# ---- orders --------------------------------------------------------------------------------------


def _orders(random: Random, customers: tuple[Customer, ...], today: date) -> Iterator[Order]:
    numbers = iter(random.sample(range(1_000_000, 9_999_999), 6 * len(customers)))
    for customer in customers:
        for _ in range(random.choices((0, 1, 2, 3, 5), (8, 40, 28, 18, 6))[0]):
            yield _order(random, f"F{next(numbers)}", customer.key, _ordered_on(random, today), today)


def _ordered_on(random: Random, today: date) -> date:
    """Half of it within a month: those are the orders that people ask about."""
    days = random.randint(0, 28) if random.random() < 0.5 else random.randint(29, ORDERED_WITHIN_DAYS)
    return today - timedelta(days=days)


def _order(random: Random, key: str, customer: str, ordered_on: date, today: date) -> Order:
    lines = tuple(
        Line(product, random.choice((1, 1, 1, 2))) for product in random.sample(PRODUCTS, _lines_count(random))
    )
    if random.random() < 0.03:
        return Order(key, customer, ordered_on, "cancelled", lines)
    sent_on = ordered_on + timedelta(days=random.choice((1, 1, 2, 3)))
    if sent_on > today:
        return Order(key, customer, ordered_on, "ordered" if ordered_on == today else "packed", lines)
    arrives_on = sent_on + timedelta(days=random.choice((1, 2, 2, 3, 4, 6)))
    tracking = f"{random.choice('BNS')}{random.randint(10**9, 10**10 - 1)}"
    sent = Order(key, customer, ordered_on, "on_its_way", lines, random.choice(CARRIERS), tracking, arrives_on)
    return sent if arrives_on > today else _delivered(random, sent, arrives_on, today)


def _lines_count(random: Random) -> int:
    return random.choices((1, 2, 3, 4), (50, 30, 15, 5))[0]


def _delivered(random: Random, sent: Order, on: date, today: date) -> Order:
    status, refunded_on, refunded = "delivered", None, None
    back_on = on + timedelta(days=random.randint(3, 20))
    if random.random() < 0.12 and back_on < today:
        refunded_on = back_on + timedelta(days=5)
        status = "refunded" if refunded_on <= today else "returned"
        refunded = sent.lines[0].amount if status == "refunded" else None
    return Order(
        sent.key, sent.customer, sent.ordered_on, status, sent.lines, sent.carrier, sent.tracking, None, on,
        on + timedelta(days=RETURN_DAYS), refunded_on if refunded else None, refunded,
    )  # fmt: skip


# ---- invoices and subscriptions ------------------------------------------------------------------


def _invoice(random: Random, number: int, order: Order) -> Invoice:
    status = "refunded" if order.status == "refunded" else random.choices(("paid", "open"), (92, 8))[0]
    due_on = order.ordered_on + timedelta(days=14)
    return Invoice(f"R{500_000 + number}", order.customer, order.key, order.ordered_on, order.amount, status, due_on)


def _subscriptions(random: Random, customers: tuple[Customer, ...], today: date) -> Iterator[Subscription]:
    subscribers = (customer for customer in customers if random.random() < 0.14)
    for number, customer in enumerate(subscribers):
        title, price = random.choice(SUBSCRIPTIONS)
        status = random.choices(("active", "paused"), (88, 12))[0]
        next_on = today + timedelta(days=random.randint(1, 30))
        yield Subscription(f"S{70_000 + number}", customer.key, title, price, status, next_on)

"""Writes the shop's books into the file that the customer image reads: a small company's database."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dryfly.customers.mapping import Mapping
from dryfly.customers.mapping_file import parse_mapping
from dryfly.demo.goods import ARTICLES, CAMPAIGNS, PRODUCTS
from dryfly.demo.shop import Invoice, Order, Shop, Subscription

BOOKS = "books.sqlite"

_SCHEMA = """
create table customer (key text primary key, given text, family text, email text, phone text, street text, city text,
                       postcode text, country text, since text, tier text);
create table product (key text primary key, title text, price text);
create table orders (key text primary key, customer text, ordered_on text, status text, carrier text, tracking text,
                     expected_on text, delivered_on text, return_until text, refunded_on text, refunded text,
                     amount text);
create table order_line (key text primary key, orders text, product text, title text, quantity integer, price text);
create table invoice (key text primary key, customer text, orders text, dated text, amount text, status text,
                      due_on text);
create table subscription (key text primary key, customer text, title text, price text, status text, next_on text);
create table article (key text primary key, title text, body text);
create table campaign (key text primary key, title text, days_ago integer, lasts_days integer);
"""


def write_books(shop: Shop, path: Path) -> None:
    """Whole or not at all: a reader never finds half of the books."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh)) as books, books:
        books.executescript(_SCHEMA)
        for table, rows in _tables(shop).items():
            _insert(books, table, rows)
    fresh.replace(path)


def mapping_of(folder: Path) -> Mapping:
    """By which the customer image reads the books in this folder."""
    text = Path(__file__).with_name("image.yaml").read_text(encoding="utf-8")
    return parse_mapping(text, folder=folder.resolve())


def _tables(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "customer": [
            (c.key, c.given, c.family, c.email, c.phone, a.street, a.city, a.postcode, a.country, c.since, c.tier)
            for c in shop.customers for a in (c.address,)
        ],
        "product": [tuple(product) for product in PRODUCTS],
        "orders": [_order_row(order) for order in shop.orders],
        "order_line": [
            (f"{order.key}-{number}", order.key, *line.product[:2], line.quantity, line.product.price)
            for order in shop.orders for number, line in enumerate(order.lines, 1)
        ],
        "invoice": [_row(invoice) for invoice in shop.invoices],
        "subscription": [_row(subscription) for subscription in shop.subscriptions],
        "article": list(ARTICLES),
        "campaign": [(c.key, c.title, c.days_ago, c.lasts_days) for c in CAMPAIGNS],
    }  # fmt: skip


def _order_row(o: Order) -> tuple[Any, ...]:
    return (
        o.key, o.customer, o.ordered_on, o.status, o.carrier, o.tracking, o.expected_on, o.delivered_on,
        o.return_until, o.refunded_on, o.refunded, o.amount,
    )  # fmt: skip


def _row(record: Invoice | Subscription) -> tuple[Any, ...]:
    return tuple(getattr(record, field.name) for field in fields(record))


def _insert(books: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    plain = [tuple(map(_plain, row)) for row in rows]
    places = ", ".join("?" * len(plain[0]))
    books.executemany(f"insert into {table} values ({places})", plain)


def _plain(value: object) -> object:
    """Days and amounts as text, exactly; nothing as null."""
    return str(value) if isinstance(value, date | Decimal) else (None if value == "" else value)

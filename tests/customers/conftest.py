"""A small shop of generated people, and the real data sets where they are at hand."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dryfly.customers.mapping import Mapping
from dryfly.customers.mapping_file import parse_mapping, read_mapping

ROOT = Path(__file__).parents[2]
SITE = "north"
NOW = 1_767_225_600_000

SHOP = """
name: little shop
default_region: US
currency: USD
sources:
  people: {type: json, path: people.json}
  orders: {type: csv, path: orders.csv}
customers:
  source: people
  key: id
  name: {parts: [name.first, name.last]}
  identifiers:
    - {kind: email, from: email}
    - {kind: phone, from: phone, optional: true}
  proofs:
    name_postcode: {name: {parts: [name.first, name.last]}, postcode: zip}
profile:
  - {key: language, label: Language, from: language, optional: true, level: public}
  - {key: segment, label: Segment, from: segment, optional: true, level: claimed}
  - {key: zip, label: Postcode, from: zip, level: known_address}
  - {key: email, label: E-mail, from: email, type: email}
  - {key: credit_score, label: Credit score, from: score, optional: true, level: agents}
records:
  order:
    label: Order
    source: orders
    key: number
    owner: person
    identifier: order_number
    status: state
    statuses: {sent: {words: on its way, category: open}}
    amount: total
    date: bought
patterns: {order_number: '#?\\s*\\bN[\\s-]*\\d{4}\\b'}
"""

Person = dict[str, Any]


def person(number: int, **changes: object) -> Person:
    base: Person = {
        "id": f"P{number}",
        "name": {"first": "Pat", "last": f"Tester{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}"},
        "email": f"pat{number}@example.com",
        "zip": f"{10000 + number}",
    }
    return base | changes


class Shop:
    """Files that a test writes and a mapping that reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text = SHOP

    def has(self, people: list[Any], orders: str = "") -> Mapping:
        (self.folder / "people.json").write_text(json.dumps(people))
        (self.folder / "orders.csv").write_text("number,person,state,total,bought\n" + orders)
        return self.mapping()

    def mapping(self, change: Callable[[str], str] = lambda text: text) -> Mapping:
        return parse_mapping(change(self.text), folder=self.folder)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of real data (`DRYFLY_DATASETS`, or ../shared/data beside the checkout)."""
    folder = Path(os.environ.get("DRYFLY_DATASETS") or ROOT.parent / "shared" / "data")
    if not (folder / "customers").is_dir():
        pytest.skip(f"needs the data sets: {folder}/customers is not there, set DRYFLY_DATASETS")
    monkeypatch.setenv("DRYFLY_DATASETS", str(folder))
    return folder / "customers"


@pytest.fixture
def retail(datasets: Path) -> Mapping:
    return read_mapping(ROOT / "examples" / "retail" / "image.yaml")


@pytest.fixture
def chinook(datasets: Path) -> Mapping:
    return read_mapping(ROOT / "examples" / "chinook" / "image.yaml")

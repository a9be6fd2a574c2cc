"""A mistake in the mapping is told with its line, the key and what to do."""

from pathlib import Path

import pytest

from dryfly.customers.mapping_file import format_mapping, parse_mapping, read_mapping
from dryfly.platform.errors import CallerError
from tests.customers.conftest import ROOT, SHOP


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("key: id", "kye: id", "Line 10: Object contains unknown field `kye` .at `customers`."),
        ("currency: USD", "currency: dollars", "Line 4: Expected `str` matching regex"),
        ("default_region: US", "default_region: 7", "Line 3: Expected `str`, got `int`"),
        ("source: people", "source: peeple", "Line 9: there is no source `peeple`: name one of people, orders"),
        ("from: zip,", "from: zip., ", "Line 20: `zip.` is no path"),
        ("level: public", "level: open", "Line 18: Invalid enum value 'open'"),
        ("key: number", "key: number\n    key: no", "Line 27: `records.order.key` stands here twice: keep one"),
        ("currency: USD", "", "Line 25: its amount has no currency: add `currency: USD`"),
        ("source: orders", "source: orders\n    table: orders", "Line 25: a file has no tables"),
        ("patterns: {order_number: '", "patterns: {order_number: '(", "Line 34: `.*` is no pattern"),
        ("patterns: {order_number", "patterns: {name", "Line 34: Invalid enum value 'name'"),
        ("patterns:", "identity: {said: {shoe_size: proved}}\npatterns:", "`shoe_size` is no identifier and no proof"),
        ("type: csv", "type: ftp", "Line 7: Invalid value 'ftp'"),
        (
            "type: csv, path: orders.csv",
            "type: postgres, url_env: 'postgres://u:p@h/d'",
            "Line 7: Expected `str` match",
        ),
        ("name: little shop", "name: &x little shop\nfoo: *x", "no aliases"),
        ("name: little shop", "name: [", "no YAML"),
    ],
)
def test_mistakes_are_told_with_their_line(old: str, new: str, text: str) -> None:
    assert old in SHOP
    with pytest.raises(CallerError, match=text) as refused:
        parse_mapping(SHOP.replace(old, new))
    assert refused.value.code == "mapping_invalid"


def test_a_list_is_no_mapping() -> None:
    with pytest.raises(CallerError, match="begins with keys"):
        parse_mapping("- a\n- b\n")


def test_a_mapping_survives_being_stored(tmp_path: Path) -> None:
    mapping = parse_mapping(SHOP, folder=tmp_path)
    assert parse_mapping(format_mapping(mapping)) == mapping


@pytest.mark.parametrize("name", ["retail", "chinook"])
def test_the_examples_can_be_read(name: str) -> None:
    assert read_mapping(ROOT / "examples" / name / "image.yaml").records

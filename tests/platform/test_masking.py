"""What a customer types is stored without card numbers, and with everything else."""

import json
import random
from pathlib import Path

import pytest

from dryfly.platform.masking import mask_cards

TEST_CARDS = [
    "4111111111111111",  # the schemes' published test numbers
    "4012888888881881",
    "4222222222222",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "378282246310005",
    "371449635398431",
    "30569309025904",
    "38520000023237",
    "6011111111111117",
    "6011000990139424",
    "3530111333300000",
    "3566002020360505",
    "6200000000000005",
    "6759649826438453",
    "2200000000000004",
    "4000000000000000006",
]


def in_groups(digits: str, sizes: tuple[int, ...], separator: str) -> str:
    pieces, rest = [], digits
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    return separator.join([piece for piece in [*pieces, rest] if piece])


@pytest.mark.parametrize("card", TEST_CARDS)
@pytest.mark.parametrize("separator", ["", " ", "-", ".", " - ", "\u00a0", "  "])
def test_a_card_is_masked_however_it_is_written(card: str, separator: str) -> None:
    written = in_groups(card, (4, 4, 4, 4), separator)
    assert mask_cards(f"my card is {written}, thanks") == f"my card is •••• {card[-4:]}, thanks"


def test_the_groups_of_american_express_and_digits_one_by_one() -> None:
    assert mask_cards("3782 822463 10005") == "•••• 0005"
    assert mask_cards("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1") == "•••• 1111"
    assert mask_cards("411111 1111111111") == "•••• 1111"


def test_digits_of_other_scripts_are_digits() -> None:
    assert mask_cards("４１１１ １１１１ １１１１ １１１１") == "•••• １１１１"


def test_expiry_and_security_code_around_it_do_not_hide_it() -> None:
    assert mask_cards("4111 1111 1111 1111 12/27 123") == "•••• 1111 12/27 123"
    assert mask_cards("4111 1111 1111 1111 123") == "•••• 1111 123"
    assert mask_cards("4111-1111-1111-1111 5555-5555-5555-4444") == "•••• 1111 •••• 4444"
    assert mask_cards("1. 4111 1111 1111 1111") == "1. •••• 1111"
    assert mask_cards("card4111111111111111x") == "card•••• 1111x"


@pytest.mark.parametrize(
    "kept",
    [
        "order #W2611340, item 6469567736 8426249116",
        "tracking 357962501027, 1Z999AA10123456784, 9400 1000 0000 0000 0000 00",
        "call +49 151 23456780 or +44 20 7946 0958 or 0049 151 23456789",
        "+4915112345677",  # passes Luhn and begins like a Visa card: the plus says what it is
        "DE89 3704 0044 0532 0130 00",
        "FR76 3000 6000 0112 3456 7890 189",
        "4006381333931",  # an article number
        "4111111111111112",  # a wrong check digit
        "1767225600000 and 2026-11-22 10:11:12.123456",
        "12345678901234567890123456789",
        "",
    ],
)
def test_other_numbers_stay(kept: str) -> None:
    assert mask_cards(kept) == kept


def test_masking_twice_changes_nothing_more() -> None:
    once = mask_cards("pay with 5555 5555 5555 4444 please")
    assert mask_cards(once) == once


@pytest.mark.parametrize("hostile", ["4 " * 100_000, "4" * 200_000, "4111 " * 40_000, "AB12 " * 40_000, "1- " * 60_000])
def test_hostile_text_comes_back_at_all(hostile: str) -> None:
    """Work that grew with the square of the length would take minutes here."""
    assert mask_cards(hostile)


def test_few_random_numbers_of_sixteen_digits_are_taken_for_cards() -> None:
    numbers = random.Random(7)
    masked = sum(mask_cards(str(numbers.randrange(10**15, 10**16))).startswith("•") for _ in range(5_000))
    assert masked / 5_000 < 0.04  # a tenth by Luhn alone


@pytest.mark.data
def test_no_id_of_a_real_shop_is_taken_for_a_card(datasets: Path) -> None:
    for name in ("orders", "users", "products"):
        text = (datasets / "customers" / "retail" / f"{name}.json").read_text()
        assert mask_cards(text) == text
        flat = " ".join(str(value) for value in _leaves(json.loads(text)))
        assert mask_cards(flat) == flat


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in [key, *_leaves(inner)]]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value]

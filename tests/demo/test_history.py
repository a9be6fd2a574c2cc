"""Four weeks that nobody lived: the same from a seed, in order of time, and shaped like weeks."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from dryfly.conversations.words import MessageWords
from dryfly.demo import company
from dryfly.demo.history import History, lift_on
from dryfly.demo.shop import Shop, make_shop
from dryfly.demo.stage import Planned
from dryfly.demo.told import Told, playbook_text
from dryfly.floor import model as floor
from dryfly.floor.model import CustomerId
from dryfly.setup.change import FloorSpecs, changed, commands_between, specs_wanted
from dryfly.setup.model import Catalogue

NOW = int(datetime(2026, 3, 4, 15, 30, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return make_shop(7, date(2026, 3, 4), 400)


def history_of(shop: Shop, seed: int = 7, days: int = 6) -> History:
    catalogue = changed(Catalogue(company.site_of("x" * 40)), company.entries())
    setting_up = tuple(commands_between(FloorSpecs(), specs_wanted(catalogue)))
    customers = {customer.key: CustomerId(f"k-{customer.key}") for customer in shop.customers}
    return History(seed, shop, Told(playbook_text()), NOW, customers, setting_up, days)


def test_the_same_seed_is_the_same_past(shop: Shop) -> None:
    assert list(history_of(shop).plan()) == list(history_of(shop).plan())


def test_time_goes_on_and_nobody_is_left_behind(shop: Shop) -> None:
    history = history_of(shop)
    plan = list(history.plan())
    times = [one.at for one in plan]
    assert times == sorted(times)
    assert times[-1] <= NOW
    assert not history.stage.state.contacts, "the present begins with a clean floor"
    assert all(agent.presence is floor.Presence.OFFLINE for agent in history.stage.state.agents.values())


def test_days_have_a_shape(shop: Shop) -> None:
    plan = list(history_of(shop).plan())
    arrivals = [datetime.fromtimestamp(p.at / 1000, UTC) for p in plan if isinstance(p.command, floor.OpenContact)]
    hours = Counter(at.hour for at in arrivals)
    assert sum(hours[hour] for hour in range(9, 17)) > 5 * sum(hours[hour] for hour in range(6))
    endings = Counter(type(p.command).__name__ for p in plan)
    assert endings["QueueContact"] > len(arrivals) * 0.3
    assert endings["WrapUpContact"] > endings["QueueContact"] * 0.6


def test_campaigns_make_waves() -> None:
    today = date(2026, 3, 28)
    assert lift_on(date(2026, 3, 18), today) > 2
    assert lift_on(date(2026, 3, 1), today) == 1


def test_what_is_said_has_no_empty_place(shop: Shop) -> None:
    said = [text for one in history_of(shop).plan() for text in _texts(one)]
    assert len(said) > 1_000
    assert not [text for text in said if "{" in text or not text.strip()]


def _texts(one: Planned) -> list[str]:
    return [words.text for words in one.words if isinstance(words, MessageWords)] + (
        [one.said.text] if one.said else []
    )

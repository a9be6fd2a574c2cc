import pytest

from tests.floor.day import Day


@pytest.fixture
def day() -> Day:
    """A quiet morning: a queue that anybody may serve, and nobody there yet."""
    day = Day()
    day.queue("help")
    return day

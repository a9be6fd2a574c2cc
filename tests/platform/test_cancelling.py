"""A task that is told to stop, stops."""

from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src" / "dryfly"


def test_nobody_waits_in_a_way_that_swallows_a_cancellation() -> None:
    """`asyncio.wait_for` of Python 3.11 returns instead, where what it waits for is done in the same moment (repaired
    in 3.12): a loop around it then never ends. `asyncio.timeout` does it right."""
    assert [file.name for file in SOURCES.rglob("*.py") if "asyncio.wait_for(" in file.read_text()] == []

"""The figures that add up, as SQL lists them: `model.Sums` says each once, and every query takes its list from here."""

from collections.abc import Iterable

from dryfly.insight.model import ADDED, SUMS


def summed(names: Iterable[str] = SUMS) -> str:
    """Columns of a `select` that adds rows up, in the order of the names."""
    return ", ".join(_summed(name) for name in names)


def added() -> str:
    """What an `update` does to the row `kept` by one that is `excluded`."""
    sums = [f"{name} = kept.{name} + excluded.{name}" for name in ADDED]
    return ", ".join([*sums, "longest_wait_ms = greatest(kept.longest_wait_ms, excluded.longest_wait_ms)"])


def places(first: int) -> str:
    """`$6, $7, …`, one for each figure."""
    return ", ".join(f"${number}" for number in range(first, first + len(SUMS)))


def _summed(name: str) -> str:
    return f"{'sum' if name in ADDED else 'max'}({name})::bigint as {name}"


NAMES = ", ".join(SUMS)

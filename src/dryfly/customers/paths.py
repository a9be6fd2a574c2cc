"""Where a value lies in a source's row.

    email                                        a column, or a key of a JSON object
    address.zip                                  nested
    payment_methods.*.source                     of every value of an object, or every element of a list
    payment_history[transaction_type=payment].amount     of the elements where that holds
    "shipping.city"                              a name that itself holds a dot, a star or a bracket
    $key                                         the key under which the row stands in a keyed JSON object

A path finds all values there are; null and absent are the same: nothing is found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

Row = Mapping[str, object]

EVERY = "*"
_STEP = re.compile(r'(?:"(?P<quoted>[^"]+)"|(?P<name>[^."\[\]]+))?(?:\[(?P<key>[^=\]]+)=(?P<value>[^\]]*)\])?(?:\.|$)')
_COLLAPSE_AT = 20  # an object with more distinct keys than that, most of them rare, is keyed by data
_RARE_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Step:
    name: str  # EVERY: all values
    where: tuple[str, str] | None = None  # only elements whose key has this value


class Path:
    """A parsed path. Raises ValueError with a sentence if it cannot be read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = tuple(_steps(text))
        first = self.steps[0]
        self._column = (
            first.name if len(self.steps) == 1 and first == Step(first.name) and first.name != EVERY else None
        )

    def find(self, row: Row) -> list[object]:
        if self._column is not None:  # most paths are the name of a column
            value = row.get(self._column)
            return [] if value is None or value != value else [value]
        found: list[object] = [row]
        for step in self.steps:
            found = [value for holder in found for value in _take(holder, step)]
        return [value for value in found if value is not None and value == value]  # NaN is nothing, too

    def is_in(self, row: Row) -> bool:
        """Whether the row has such a place, even an empty one."""
        holders: list[object] = [row]
        for step in self.steps[:-1]:
            holders = [value for holder in holders for value in _take(holder, step)]
        last = self.steps[-1]
        return any(last.name == EVERY or (isinstance(h, Mapping) and last.name in h) for h in holders)


@lru_cache(maxsize=1000)
def parse_path(text: str) -> Path:
    return Path(text)


def _steps(text: str) -> Iterator[Step]:
    position = 0
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None or not (match["quoted"] or match["name"]):
            raise ValueError(f"`{text}` is no path: write column, object.key, list.*.key or list[key=value].key")
        name = match["quoted"] or match["name"].strip()
        yield Step(name, (match["key"], match["value"]) if match["key"] else None)
        position = match.end()
    if not text or text.endswith("."):
        raise ValueError(f"`{text}` is no path: it ends where a name should follow")


def _take(holder: object, step: Step) -> Iterable[object]:
    if step.name == EVERY:
        found: Iterable[object] = elements(holder)
    elif isinstance(holder, Mapping) and step.name in holder:
        found = (holder[step.name],)
    else:
        return ()
    if step.where is None:
        return found
    key, wanted = step.where
    if step.name != EVERY:
        found = (element for value in found for element in elements(value))
    return (e for e in found if isinstance(e, Mapping) and str(e.get(key)) == wanted)


def elements(holder: object) -> Iterable[object]:
    """The values of an object or the elements of a list; of anything else nothing."""
    if isinstance(holder, Mapping):
        return holder.values()
    return holder if isinstance(holder, list | tuple) else ()


# ---- what a sample of rows holds ----------------------------------------------------------------


def places(rows: list[Row]) -> dict[str, list[object]]:
    """Every leaf path of the sample with the values seen there, in the order of first sight."""
    seen: dict[str, list[object]] = {}
    _visit(rows, "", seen)
    return seen


def _visit(holders: list[Row], prefix: str, seen: dict[str, list[object]]) -> None:
    children: dict[str, list[object]] = {}
    for holder in holders:
        for key, value in holder.items():
            children.setdefault(key, []).append(value)
    if prefix and _is_free_form(children, len(holders)):
        seen.setdefault(prefix.removesuffix("."), []).extend(holders)
        return
    if prefix and is_keyed_by_data(children, len(holders)):
        children = {EVERY: [value for values in children.values() for value in values]}
    for key, values in children.items():
        _visit_child(prefix + (key if key == EVERY else quoted(key)), values, seen)


def _visit_child(path: str, values: list[object], seen: dict[str, list[object]]) -> None:
    inner = [v for v in values if isinstance(v, Mapping)]
    lists = [e for v in values if isinstance(v, list | tuple) for e in v]
    if inner:
        _visit(inner, path + ".", seen)
    if lists:
        _visit_child(f"{path}.{EVERY}", lists, seen)
    plain = [v for v in values if not isinstance(v, Mapping | list | tuple)]
    if plain or not (inner or lists):
        seen.setdefault(path, []).extend(plain)


def is_keyed_by_data(children: Mapping[str, list[object]], holders_count: int) -> bool:
    """Whether the keys of these objects are data (ids) rather than names of fields."""
    if not all(isinstance(v, Mapping) for values in children.values() for v in values):
        return False
    return _keys_are_many(children, holders_count)


def _is_free_form(children: Mapping[str, list[object]], holders_count: int) -> bool:
    """Whether these objects are names and values as they come: the options of an article."""
    plain = not any(isinstance(v, Mapping | list | tuple) for values in children.values() for v in values)
    return plain and _keys_are_many(children, holders_count)


def _keys_are_many(children: Mapping[str, list[object]], holders_count: int) -> bool:
    rare = sum(len(values) <= max(1, holders_count * _RARE_SHARE) for values in children.values())
    return len(children) > _COLLAPSE_AT and rare > len(children) / 2


def quoted(name: str) -> str:
    """The name as a step of a path."""
    return f'"{name}"' if re.search(r"[.*\[\]]", name) else name


def nearest(wanted: str, known: Iterable[str]) -> list[str]:
    """The known paths that are most like the wanted one."""
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(wanted.casefold(), list(by_folded), n=3, cutoff=0.4)
    return [by_folded[name] for name in close] or list(by_folded.values())[:3]

"""What people write becomes structs; a name that nothing has is refused instead of passed over.

msgspec refuses unknown fields of its own structs; the floor's specs are dataclasses, whose unknown fields it
passes over, and a misspelt `taget_s` must not silently mean the default.
"""

from typing import Any, TypeVar

import msgspec

from dryfly.platform.errors import CallerError

T = TypeVar("T")


def read_as(kind: type[T], raw: Any, where: str) -> T:
    """Raises CallerError `value_wrong` or `field_unknown` with the place below `where`."""
    try:
        value = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise CallerError("value_wrong", f"{where}: {error}", where=_place(where, str(error))) from None
    check_nothing_unknown(raw, value, where)
    return value


def _place(where: str, error: str) -> str:
    """With the path that msgspec names at the end: "Expected `int`, got `str` - at `$.spec.target_s`"."""
    _, _, path = error.partition(" - at `$")
    return where + path.rstrip("`")


def check_nothing_unknown(raw: Any, value: Any, where: str) -> None:
    """`value` was read from `raw`: everything that stands there has to have arrived."""
    _compare(raw, msgspec.to_builtins(value), where)


def _compare(raw: Any, read: Any, where: str) -> None:
    if isinstance(raw, dict) and isinstance(read, dict):
        for key, inner in raw.items():
            if str(key) not in read:
                raise CallerError("field_unknown", f"{where}: there is no {key!r} here.", where=f"{where}.{key}")
            _compare(inner, read[str(key)], f"{where}.{key}")
    elif isinstance(raw, list) and isinstance(read, list | tuple):
        for number, (inner, arrived) in enumerate(zip(raw, read, strict=True)):
            _compare(inner, arrived, f"{where}[{number}]")

"""What the floor's words are made of: data classes that nobody changes."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def fact(kind: type[T]) -> type[T]:
    """A frozen data class: mypy holds it so.

    Nothing does while it runs: what is frozen then takes five times as long to make, and the floor makes a dozen for
    every contact.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)

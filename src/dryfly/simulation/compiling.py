"""`compiled`: machine code where the extra `simulation` (numba) is installed, the plain function where it is not.

What is compiled stays in the part of Python that both run alike, so that a test can hold one against the other. No
memory is taken or given back in it, so numba's counting of references is left out (`_nrt`): it made runs ten times
slower.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

IS_COMPILED = find_spec("numba") is not None
_njit: Any = import_module("numba").njit if IS_COMPILED else None


def compiled(function: F) -> F:
    """The machine code is kept beside the source, or wherever numba may write; else it is made at each start."""
    if not IS_COMPILED:
        return function
    try:
        return _njit(function, cache=True, _nrt=False)  # type: ignore[no-any-return]
    except RuntimeError:  # nowhere to keep it
        return _njit(function, _nrt=False)  # type: ignore[no-any-return]


def compiled_within(function: F) -> F:
    """The same, for what only compiled functions call: it becomes a part of whoever calls it."""
    if not IS_COMPILED:
        return function
    return _njit(function, inline="always", _nrt=False)  # type: ignore[no-any-return]

"""`dryfly simulate FILE.yaml --staff`"""

import sys
from collections.abc import Callable, Iterator, Sequence

from dryfly.platform.errors import CallerError
from dryfly.simulation.compiling import IS_COMPILED
from dryfly.simulation.plan import Plan
from dryfly.simulation.staffing import words
from dryfly.simulation.staffing.confirming import Floors, Staffed, staffed
from dryfly.simulation.staffing.page import page_of

__all__ = ["lines_of", "page_of", "staffed_all"]

SLOW = (
    "Without numba the search runs in plain Python, about fifty times slower; what it finds is the same. "
    "To install it: pip install 'dryfly[simulation]'; in a checkout `./dryfly simulate ... --staff` does it by itself."
)

ProgressOf = Callable[[str], Callable[[int, int], None]]


def staffed_all(plans: dict[str, Plan], file: str, floors: Floors, progress_of: ProgressOf) -> list[Staffed]:
    """The scenario as it is, and each variant."""
    if not IS_COMPILED:
        print(f"dryfly: {SLOW}", file=sys.stderr)
    return [_staffed(name, plan, file, floors, progress_of("looks at most")) for name, plan in plans.items()]


def _staffed(name: str, plan: Plan, file: str, floors: Floors, progress: Callable[[int, int], None]) -> Staffed:
    search = plan.scenario.search
    if search is None:
        text = f"{file} search: say which crews' numbers are open and what has to hold (docs/guide/simulation.md)."
        raise CallerError("scenario_wrong", text, where=f"{file} search")
    try:
        return staffed(name, plan, search, floors, lambda looks: progress(looks, search.looks_max))
    except CallerError as error:
        if error.code not in ("staffing_outside", "target_out_of_reach"):
            raise
        raise CallerError(error.code, f"{file} {error.text}", where=f"{file} {error.values.get('where', '')}") from None


def lines_of(found: Sequence[Staffed]) -> Iterator[str]:
    for number, one in enumerate(found):
        yield from ([""] if number else [])
        yield from words.lines_of(one)

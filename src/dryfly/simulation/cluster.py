"""Replications spread over a Ray cluster: many long runs on several machines. Ray is an extra, and imported here only.

What is played, and what comes of it, is the same as on this machine's cores: a run hangs on the plan, the seed and
its number, and on nothing that its neighbours do. Each node needs the same Python and the same Dryfly. Ray's reports
of its use to its makers are switched off. Held to the last bit on a cluster of one machine (`local`); what differs on
several is Ray's own, and was not tried.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dryfly.platform.errors import CallerError, PeerError

if TYPE_CHECKING:
    from dryfly.simulation.figures import Run
    from dryfly.simulation.plan import Plan

Turn = tuple[str, int]  # a variant, and the number of the replication

QUIET: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}


def played_on(
    address: str, play: "Callable[[Plan, int], Run]", plans: "dict[str, Plan]", turns: Sequence[Turn]
) -> "Iterator[tuple[Turn, Run]]":
    """As they are done. Raises CallerError `ray_missing`, PeerError `cluster_unreachable`."""
    ray = _ray()
    _join(ray, address)
    try:
        shared = ray.put(plans)
        spread = ray.remote(lambda all_plans, name, number: play(all_plans[name], number))
        waiting = {spread.remote(shared, *turn): turn for turn in turns}
        while waiting:
            for done in ray.wait(list(waiting))[0]:
                yield waiting.pop(done), ray.get(done)
    finally:
        ray.shutdown()


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        return import_module("ray")
    except ModuleNotFoundError:
        text = "--cluster needs Ray, which is not installed: pip install 'dryfly[cluster]', here and on each node."
        raise CallerError("ray_missing", text) from None


def _join(ray: Any, address: str) -> None:
    """`local` starts a cluster of this machine alone."""
    try:
        ray.init(address, **QUIET, **({"include_dashboard": False} if address == "local" else {}))
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise PeerError("cluster_unreachable", f"No Ray cluster answers at {address}: {error}") from error

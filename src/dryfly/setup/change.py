"""What a change of the set-up is, whether it may be, and what the floor is told of it. Pure.

A `Change` is whole entries put and ids removed. `changed` gives the catalogue after it, `problems` says what
would not fit together then, `commands_between` what the floor has to hear.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Protocol, TypeVar

import msgspec

from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Command,
    PutAgent,
    PutQueue,
    PutSite,
    QueueId,
    QueueSpec,
    RemoveAgent,
    RemoveQueue,
    SiteSpec,
)
from dryfly.floor.overflow import targets
from dryfly.floor.state import State
from dryfly.setup.model import Catalogue, Entry, Kind, Site, kind_of

K = TypeVar("K", bound=str)
V = TypeVar("V")


class Change(msgspec.Struct, frozen=True):
    site: Site | None = None
    puts: tuple[Entry, ...] = ()
    removals: tuple[tuple[Kind, str], ...] = ()


def changed(catalogue: Catalogue, change: Change) -> Catalogue:
    """The catalogue after `change`, its version one higher. Removing what is not there changes nothing."""
    fields: dict[Kind, dict[str, Entry]] = {kind: dict(catalogue.entries(kind)) for kind in Kind}
    for kind, id in change.removals:
        fields[kind].pop(id, None)
    for entry in change.puts:
        fields[kind_of(entry)][entry.id] = entry
    return msgspec.structs.replace(
        catalogue,
        site=change.site or catalogue.site,
        version=catalogue.version + 1,
        **{kind.replace("-", "_"): entries for kind, entries in fields.items()},
    )


# ---- what the floor is told --------------------------------------------------------------------


class Specs(Protocol):
    """What the floor decides by, from whichever side: the set-up's tables, or the floor itself."""

    @property
    def site(self) -> SiteSpec: ...
    @property
    def queues(self) -> Mapping[QueueId, QueueSpec]: ...
    @property
    def agents(self) -> Mapping[AgentId, AgentSpec]: ...


@dataclass(frozen=True, slots=True)
class FloorSpecs:
    site: SiteSpec = field(default_factory=SiteSpec)
    queues: Mapping[QueueId, QueueSpec] = field(default_factory=dict)
    agents: Mapping[AgentId, AgentSpec] = field(default_factory=dict)


def specs_wanted(catalogue: Catalogue) -> FloorSpecs:
    return FloorSpecs(
        catalogue.site.spec,
        {id: queue.spec for id, queue in catalogue.queues.items()},
        {id: agent.spec for id, agent in catalogue.agents.items()},
    )


def specs_on_floor(state: State) -> FloorSpecs:
    return FloorSpecs(state.site, dict(state.queues), {id: agent.spec for id, agent in state.agents.items()})


def commands_between(old: Specs, new: Specs) -> list[Command]:
    """What turns `old` into `new`. What the floor may refuse (removing a queue in use) comes first."""
    commands: list[Command] = [RemoveQueue(queue) for queue in _gone(old.queues, new.queues)]
    if old.site != new.site:
        commands.append(PutSite(new.site))
    commands += [PutQueue(queue, new.queues[queue]) for queue in _in_order_of_overflow(old.queues, new.queues)]
    commands += [PutAgent(agent, spec) for agent, spec in _moved(old.agents, new.agents)]
    return commands + [RemoveAgent(agent) for agent in _gone(old.agents, new.agents)]


def undoing(command: Command, old: Specs) -> Command:
    """What puts back what `command` changed, as it was in `old`."""
    match command:
        case PutQueue(queue) | RemoveQueue(queue):
            return PutQueue(queue, old.queues[queue]) if queue in old.queues else RemoveQueue(queue)
        case PutAgent(agent) | RemoveAgent(agent):
            return PutAgent(agent, old.agents[agent]) if agent in old.agents else RemoveAgent(agent)
        case _:
            return PutSite(old.site)


def _in_order_of_overflow(old: Mapping[QueueId, QueueSpec], new: Mapping[QueueId, QueueSpec]) -> list[QueueId]:
    """Queues that others overflow to come before those: so no circle is there in between, where rules turn round."""
    moved = {queue for queue, _ in _moved(old, new)}
    graph = {queue: targets(new[queue]) for queue in sorted(new)}
    try:
        return [queue for queue in TopologicalSorter(graph).static_order() if queue in moved]
    except CycleError:  # the floor says which one it refuses
        return sorted(moved)


def _gone(old: Mapping[K, V], new: Mapping[K, V]) -> list[K]:
    return sorted(old.keys() - new.keys())


def _moved(old: Mapping[K, V], new: Mapping[K, V]) -> Iterator[tuple[K, V]]:
    return ((key, new[key]) for key in sorted(new) if old.get(key) != new[key])

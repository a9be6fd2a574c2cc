"""Where matching looks: agents by skill profile, waiting contacts by demand, and who has changed.

Theory of operation
- Agents with the same skills and capacity share a *profile*. For each channel and order a profile has a heap of its
  agents who are open and have room. A profile has a bit; `open_bits[channel]` has the bits of all profiles with
  somebody there, so that "nobody, anywhere" is one machine-fast operation even with as many profiles as agents.
- Contacts that wait for the same queue, requirement and channel, equally relaxed, share a *demand*: a heap in due
  order, and the profiles that may serve it, as bits in buckets of equal rank, best first.
- Heaps are cleaned lazily: an entry that no longer tells the truth is dropped when it comes up, and a heap that is
  more than half lies is made anew. So every change costs O(log n) and memory follows what is really there.
- Nothing here is a fact. The whole index can be thrown away and rebuilt from the facts (`indexing.rebuild`), and
  no answer depends on the order in which it was built.
"""

from dataclasses import dataclass, field
from typing import TypeVar

from dryfly.floor.entities import Contact
from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Channel,
    ChannelCapacity,
    ContactId,
    CustomerId,
    QueueId,
    SkillId,
    SkillNeed,
)
from dryfly.floor.policies import Standing

K = TypeVar("K")

DEMANDS_MAX = 4096  # distinct demands remembered; empty ones are forgotten beyond that

AgentEntry = tuple[int, int, AgentId]  # the order's key, then the id
ContactEntry = tuple[int, int, ContactId]  # due time, order of arrival, id
ProfileKey = tuple[tuple[tuple[SkillId, int], ...], int, tuple[ChannelCapacity, ...]]
DemandKey = tuple[QueueId, tuple[SkillNeed, ...], Channel, int]


@dataclass(slots=True, eq=False)
class Profile:
    bit: int
    skills: dict[SkillId, int]
    units_each: dict[Channel, int]  # of the channels that fit at all
    members_count: int = 0
    heaps: dict[tuple[str, Channel], list[AgentEntry]] = field(default_factory=dict)
    open_counts: dict[Channel, int] = field(default_factory=dict)
    demands: list["Demand"] = field(default_factory=list)  # that its agents may serve
    stamp: int = -1  # of the index when `demands` was made


@dataclass(slots=True, eq=False)
class Demand:
    queue: QueueId
    requirement: tuple[SkillNeed, ...]
    channel: Channel
    relaxed: int
    heap: list[ContactEntry] = field(default_factory=list)
    waiting_count: int = 0
    drained: AgentId | None = None  # the one agent who makes room for it
    buckets: list[tuple[Standing, int]] = field(default_factory=list)
    smaller: list[tuple[Channel, int]] = field(default_factory=list)  # smaller channels of which profiles
    stamp: int = -1  # of the index when `buckets` was made
    policy: str = ""


@dataclass(slots=True, eq=False)
class Index:
    profiles: dict[ProfileKey, Profile] = field(default_factory=dict)
    by_bit: dict[int, Profile] = field(default_factory=dict)
    profile_of: dict[AgentId, Profile] = field(default_factory=dict)
    bits_free: list[int] = field(default_factory=list)
    open_bits: dict[Channel, int] = field(default_factory=dict)
    orders: tuple[str, ...] = ()  # the orders that some queue's policy uses
    holders: dict[SkillId, int] = field(default_factory=dict)
    demands: dict[DemandKey, Demand] = field(default_factory=dict)
    demand_of: dict[ContactId, Demand] = field(default_factory=dict)  # of those who wait
    stamp: int = 0  # grows when profiles, skills or demands change
    customers: dict[CustomerId, dict[ContactId, None]] = field(default_factory=dict)
    waiting_counts: dict[QueueId, int] = field(default_factory=dict)  # waiting and offered
    slots: dict[tuple[QueueId, int], int] = field(default_factory=dict)  # calls booked, by half hour
    open_counts: dict[QueueId, int] = field(default_factory=dict)  # every contact that names the queue
    unplaced: dict[ContactId, None] = field(default_factory=dict)  # wait, and were not looked at yet
    unsettled: dict[AgentId, None] = field(default_factory=dict)  # whose load changed: something may give way
    present: dict[AgentId, None] = field(default_factory=dict)
    overdue_counts: dict[AgentId, int] = field(default_factory=dict)  # overdue small work, by who has it
    freed: dict[AgentId, None] = field(default_factory=dict)  # may take more, and were not looked at yet


def place_in_line(contact: Contact) -> ContactEntry:
    return contact.due_at, contact.number, contact.id


def demand_key(contact: Contact) -> DemandKey:
    assert contact.queue is not None
    return contact.queue, contact.requirement, contact.channel, contact.relaxed


def profile_key(spec: AgentSpec) -> ProfileKey:
    return tuple(sorted(spec.skills.items())), spec.capacity_units, spec.channels


def add_count(counts: dict[K, int], key: K, change: int) -> int:
    """Keep a count without keeping zeros."""
    count = counts.get(key, 0) + change
    if count:
        counts[key] = count
    else:
        counts.pop(key, None)
    return count

"""What a planner writes: a centre, its customers, its staff, and what could be otherwise.

    title: A Monday in autumn
    begins_at: 2026-11-23T08:00
    zone: Europe/Berlin
    hours: 10
    replications: 40
    site: north.yaml                     # what `dryfly config export` wrote; or `queues` and `agents` right here
    crews:
      phones: {count: 22, spec: {channels: [{channel: voice, units_each: 100, contacts_max: 1}]}}
    workload:
      general: {channel: voice, rate: {per_hour: 240}, handling: {law: lognormal, mean_s: 280, cv: 1.1}}
    staff:
      - {who: phones, from: "08:00", until: "18:30", breaks: [{at: "12:00", minutes: 30}]}
    variants:
      two fewer: {crews: {phones: {count: 20}}}
    search:                              # for `--staff`: how many it takes
      crews: {phones: {}}
      targets: {general: {service_level: 0.8}}

A variant is laid over the scenario: maps are merged, everything else is replaced. This file says the words and what
each number may be; `reading` reads files, `checks` finds what does not fit together, `plan` makes arrays of it.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from dryfly.floor.model import AgentSpec, QueueSpec, SiteSpec
from dryfly.simulation.draws import Exponential, Fixed, Law, Seconds

REPLICATIONS = 30
AGENTS_MAX = 20_000
VARIANTS_MAX = 50

Share = Annotated[float, Meta(ge=0, le=1)]
Rated = Annotated[float, Meta(ge=0, le=10_000_000)]
Speed = Annotated[float, Meta(ge=0.1, le=10)]
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Name = Annotated[str, Meta(min_length=1, max_length=64)]


# ---- the centre --------------------------------------------------------------------------------


class Queue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As in an export of the set-up, of which only the `spec` counts here."""

    spec: QueueSpec = QueueSpec()


class Agent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spec: AgentSpec = AgentSpec()


class Crew(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`count` agents who are alike, called by the crew's name and a number."""

    count: Annotated[int, Meta(ge=0, le=AGENTS_MAX)]
    spec: AgentSpec = AgentSpec()


# ---- customers ---------------------------------------------------------------------------------


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many come: always as many `per_hour`, or by interval (`minutes` long) of each run.

    `cv`: how far a whole day may be from what was expected, as standard deviation over mean; the forecast's own doubt.
    """

    per_hour: Rated | None = None
    per_interval: tuple[Rated, ...] = ()
    minutes: Annotated[int, Meta(ge=1, le=1440)] = 30
    cv: Annotated[float, Meta(ge=0, le=3)] = 0.0


class Recorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Arrivals as they were: a table (CSV) with a column `arrived_s` (seconds since the beginning), and, where they
    are known, `patience_s` and `handling_s`. Empty fields are drawn by the stream's laws."""

    file: str


class Retries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who gives up comes again with chance `share`, after a while, `times_max` times at most."""

    share: Share
    after: Law
    times_max: Annotated[int, Meta(ge=1, le=10)] = 3


class Stream(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Customers of one kind. `queue`: the stream's own name, if none is written."""

    channel: Name
    handling: Law
    queue: Name | None = None
    rate: Rate | None = None
    recorded: Recorded | None = None
    patience: Law | None = None  # None: they wait for ever
    wrap_up: Law | None = None  # None: until the wrap-up timer ends it
    reaction: Law = Fixed(3.0)  # of agents who accept by hand
    miss_share: Annotated[float, Meta(ge=0, le=0.9)] = 0.0  # of offers that nobody answers
    customers: Annotated[int, Meta(ge=1, le=10_000_000)] | None = None  # so many come, each again and again
    retries: Retries | None = None
    callback_share: Share = 0.0  # who take a call back when one is proposed
    unreached_share: Annotated[float, Meta(ge=0, le=0.9)] = 0.0  # of those calls


# ---- staff -------------------------------------------------------------------------------------


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at: Clock
    minutes: Annotated[int, Meta(ge=1, le=720)]


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """When a queue is open, by the clock of the place. `days` as of a shift."""

    from_: Clock
    until: Clock
    days: tuple[Annotated[int, Meta(ge=1, le=366)], ...] = ()


class Shift(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """When some agents or a crew are there, by the clock of the place; until before from: over midnight.

    `days`: which days of the run, the first is 1; none written: each.
    """

    who: Name | tuple[Name, ...]
    from_: Clock
    until: Clock
    breaks: tuple[Break, ...] = ()
    days: tuple[Annotated[int, Meta(ge=1, le=366)], ...] = ()


class Faults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Connections lost, by agent and hour, and how long until they are back."""

    losses_per_hour: Annotated[float, Meta(ge=0, le=60)] = 0.0
    back_after: Law = Exponential(60.0)


# ---- how many it takes -------------------------------------------------------------------------


class Sought(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A crew whose number is looked for, whatever its `count` is. `cost`: of one, where one dearer than another."""

    least: Annotated[int, Meta(ge=0, le=AGENTS_MAX)] = 0
    most: Annotated[int, Meta(ge=1, le=AGENTS_MAX)] = 500
    cost: Annotated[float, Meta(gt=0, le=1_000)] = 1.0


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has to hold, on average over the runs: the first at least, the others at most."""

    service_level: Annotated[float, Meta(gt=0, le=1)] | None = None
    abandoned_share: Share | None = None
    asa_s: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    wait_p80_s: Annotated[float, Meta(ge=0, le=86_400)] | None = None


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`targets`: by queue, or for `all queues` together. `per`: one number a crew for all its shifts in `staff`, and
    targets that hold over the run; or a number an interval, whatever `staff` says of the crew, and they hold in each.
    """

    crews: Annotated[dict[Name, Sought], Meta(min_length=1, max_length=20)]
    targets: Annotated[dict[Name, Target], Meta(min_length=1)]
    per: Literal["run", "interval"] = "run"
    looks_max: Annotated[int, Meta(ge=10, le=100_000)] = 500  # staffings that may be looked at


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    hours: Annotated[float, Meta(gt=0, le=24 * 366)]  # in which customers come
    workload: dict[Name, Stream]
    queues: dict[Name, Queue]
    agents: dict[Name, Agent] = {}
    crews: dict[Name, Crew] = {}
    staff: tuple[Shift, ...] = ()
    hours_open: dict[Name, tuple[Opening, ...]] = {}  # by queue; one that is not here is always open
    rules: SiteSpec = SiteSpec()  # the site's own
    begins_at: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d$")] = "2026-01-05T00:00"
    zone: str = "UTC"
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 1
    replications: Annotated[int, Meta(ge=2, le=10_000)] = REPLICATIONS
    interval_minutes: Annotated[int, Meta(ge=1, le=1440)] = 30
    absent_share: Annotated[float, Meta(ge=0, lt=1)] = 0.0  # of shifts for which the agent does not come at all
    speeds: dict[Name, Speed | dict[Name, Speed]] = {}  # of agents and crews, as a whole or by queue
    speed_per_level: Annotated[float, Meta(ge=0, le=1)] = 0.0  # gained by each level above what is needed
    concurrency: Annotated[tuple[Annotated[float, Meta(gt=0, le=1)], ...], Meta(min_length=1, max_length=20)] = (
        1.0,
        0.8,
        0.65,
    )
    pause_after_misses: Seconds = 300.0
    faults: Faults = Faults()
    search: Search | None = None

"""What does not fit together in a scenario's `search`: each problem says where it stands, and why."""

from collections.abc import Iterator

from dryfly.floor.relaxing import may_serve
from dryfly.platform.errors import CallerError
from dryfly.simulation.findings import ALL_QUEUES
from dryfly.simulation.plan import crew_names, queue_of
from dryfly.simulation.scenario import AGENTS_MAX, Scenario, Search, Target

BLOCKS_MAX = 1_000

Problems = Iterator[CallerError]


def search_problems(scenario: Scenario, where: str) -> Problems:
    search = scenario.search
    if search is None:
        return
    yield from _crew_problems(scenario, search, where)
    for queue, target in search.targets.items():
        yield from _target_problems(scenario, search, queue, target, f"{where} search.targets.{queue}")
    intervals = scenario.hours * 60 / scenario.interval_minutes
    if search.per == "interval" and intervals > BLOCKS_MAX:
        yield _problem(f"{where} search.per", f"{intervals:,.0f} intervals; at most {BLOCKS_MAX:,}.")


def _crew_problems(scenario: Scenario, search: Search, where: str) -> Problems:
    for name, sought in search.crews.items():
        place = f"{where} search.crews.{name}"
        if name not in scenario.crews:
            yield _problem(place, f"There is no crew {name!r}; there are {', '.join(scenario.crews) or 'none'}.")
            continue
        if sought.least > sought.most:
            yield _problem(place, f"At least {sought.least} and at most {sought.most} cannot be.")
        yield from _shift_problems(scenario, search, name, place)
    if (most := sum(sought.most for sought in search.crews.values())) > AGENTS_MAX:
        yield _problem(f"{where} search.crews", f"`most` comes to {most:,} agents; at most {AGENTS_MAX:,}.")


def _shift_problems(scenario: Scenario, search: Search, crew: str, place: str) -> Problems:
    named = {name for shift in scenario.staff for name in ([shift.who] if isinstance(shift.who, str) else shift.who)}
    if alone := named & set(crew_names(crew, scenario.crews[crew].count)):
        yield _problem(place, f"`staff` names {min(alone)} alone: its number is open, so name the whole crew.")
    if search.per == "run" and scenario.staff and crew not in named:
        yield _problem(place, "`staff` has no shift for this crew.")
    if not scenario.staff and search.per == "run":
        yield _problem(place, "There are no shifts: write `staff`, or look for numbers `per: interval`.")


def _target_problems(scenario: Scenario, search: Search, queue: str, target: Target, place: str) -> Problems:
    if target == Target():
        yield _problem(place, "Write what has to hold: service_level, abandoned_share, asa_s or wait_p80_s.")
    if search.per == "interval" and target.wait_p80_s is not None:
        yield _problem(f"{place}.wait_p80_s", "This is known of a whole run only; by interval write asa_s.")
    if queue == ALL_QUEUES:
        return
    if queue not in scenario.queues:
        yield _problem(place, f"There is no queue {queue!r}; write one, or `{ALL_QUEUES}`.")
    elif not any(queue_of(name, stream) == queue for name, stream in scenario.workload.items()):
        yield _problem(place, "Nobody comes to this queue: whatever the staff, its target says nothing.")
    elif not any(_serves(scenario, crew, queue) for crew in search.crews if crew in scenario.crews):
        yield _problem(place, "None of the crews under `search.crews` serves this queue: no number of them can help.")


def _serves(scenario: Scenario, crew: str, queue: str) -> bool:
    spec = scenario.crews[crew].spec
    channels = {stream.channel for name, stream in scenario.workload.items() if queue_of(name, stream) == queue}
    on_channel = any(own.channel in channels for own in spec.channels)
    return on_channel and may_serve(spec.skills, scenario.queues[queue].spec.requirement)


def _problem(where: str, text: str) -> CallerError:
    return CallerError("scenario_wrong", f"{where}: {text}", where=where)

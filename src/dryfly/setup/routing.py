"""How a queue's routing must be, said where it stands: relaxation, ringing, overflow. Pure.

The floor refuses the same (`floor.site`), but knows no places; and a command that writes the set-up while no server
runs must not leave something that the floor refuses later.
"""

from collections.abc import Iterator
from itertools import pairwise

from dryfly.floor.model import LEVEL_MAX, LEVEL_MIN, OverflowRule, OverflowTo, OverflowWhen, QueueSpec, SkillNeed
from dryfly.floor.overflow import goes_in_a_circle
from dryfly.floor.site import OVERFLOWS_MAX, RELAXATIONS_MAX, RING_MAX
from dryfly.platform.errors import CallerError
from dryfly.setup.model import Catalogue, Queue

Problems = Iterator[CallerError]
Placed = Iterator[tuple[str, str]]  # an id, and where it stands


def routing_problems(where: str, spec: QueueSpec) -> Problems:
    """Of the queue by itself. `where`: of its spec."""
    if not 1 <= spec.ring <= RING_MAX:
        yield _problem("spec_out_of_range", f"{where}.ring", f"Offer a contact to 1 to {RING_MAX} agents at once.")
    yield from _relaxation_problems(f"{where}.relaxations", spec)
    yield from _overflow_problems(f"{where}.overflow", spec)


def circle_problems(catalogue: Catalogue) -> Problems:
    specs = {id: queue.spec for id, queue in catalogue.queues.items()}
    for id, spec in specs.items():
        if spec.overflow and goes_in_a_circle(specs, id, spec):
            text = "Overflow leads back to this queue: take out one of the rules on the way."
            yield _problem("overflow_is_cyclic", f"queues/{id}.spec.overflow", text)


def skills_named(queue: Queue) -> Placed:
    where = f"queues/{queue.id}.spec"
    yield from _skills(f"{where}.requirement", queue.spec.requirement)
    for number, step in enumerate(queue.spec.relaxations):
        yield from _skills(f"{where}.relaxations[{number}].levels", step.levels)
        yield from _skills(f"{where}.relaxations[{number}].backup", step.backup)


def queues_named(queue: Queue) -> Placed:
    for number, rule in enumerate(queue.spec.overflow):
        if rule.to is OverflowTo.QUEUE and rule.queue is not None:
            yield rule.queue, f"queues/{queue.id}.spec.overflow[{number}].queue"


def _skills(where: str, needs: tuple[SkillNeed, ...]) -> Placed:
    return ((need.skill, f"{where}[{number}]") for number, need in enumerate(needs))


# ---- relaxation --------------------------------------------------------------------------------


def _relaxation_problems(where: str, spec: QueueSpec) -> Problems:
    steps = spec.relaxations
    if len(steps) > RELAXATIONS_MAX:
        yield _problem("relaxation_out_of_order", where, f"At most {RELAXATIONS_MAX} steps.")
    for number, (before, step) in enumerate(pairwise(steps), 1):
        if step.after_s <= before.after_s:
            text = f"Each step comes later than the one before, which is at {before.after_s} s."
            yield _problem("relaxation_out_of_order", f"{where}[{number}].after_s", text)
    if steps and steps[0].after_s < 1:
        yield _problem("relaxation_out_of_order", f"{where}[0].after_s", "The first step comes after 1 s or later.")
    yield from _level_problems(where, spec)


def _level_problems(where: str, spec: QueueSpec) -> Problems:
    levels = {need.skill: need.level_min for need in spec.requirement}
    firm = {need.skill for need in spec.requirement if need.firm}
    for number, step in enumerate(spec.relaxations):
        for row, need in enumerate(step.levels):
            place, level = f"{where}[{number}].levels[{row}]", levels.get(need.skill, LEVEL_MAX)
            if need.skill in firm:
                yield _problem("skill_is_firm", place, f"{need.skill} is firm: it never relaxes.")
            elif not 0 <= need.level_min <= level:
                text = f"{need.skill}: at most {level}, which is asked before. A step never asks for more."
                yield _problem("relaxation_tightens", place, text)
            levels[need.skill] = need.level_min
        for row, need in enumerate(step.backup):
            if not LEVEL_MIN <= need.level_min <= LEVEL_MAX:
                text = f"Levels go from {LEVEL_MIN} to {LEVEL_MAX}."
                yield _problem("level_wrong", f"{where}[{number}].backup[{row}]", text)


# ---- overflow ----------------------------------------------------------------------------------


def _overflow_problems(where: str, spec: QueueSpec) -> Problems:
    if len(spec.overflow) > OVERFLOWS_MAX:
        yield _problem("overflow_twice", where, f"At most {OVERFLOWS_MAX} rules.")
    seen: set[str] = set()
    for number, rule in enumerate(spec.overflow):
        place = f"{where}[{number}]"
        if rule.name in seen:
            yield _problem("overflow_twice", place, "There is a rule like this already.")
        seen.add(rule.name)
        yield from _rule_problems(place, rule, spec)


def _rule_problems(where: str, rule: OverflowRule, spec: QueueSpec) -> Problems:
    if rule.limit < (0 if rule.when is OverflowWhen.CLOSED else 1):
        yield _problem("spec_out_of_range", f"{where}.limit", "Give a number of 1 or more.")
    if (rule.to is OverflowTo.QUEUE) != (rule.queue is not None):
        yield _problem("overflow_needs_queue", f"{where}.queue", "Name the queue, where it goes to one; only there.")
    if rule.to is OverflowTo.CALLBACK and not spec.callback_attempts_max:
        text = "This queue calls nobody back: allow at least one attempt."
        yield _problem("no_callbacks", f"{where}.to", text)


def _problem(code: str, where: str, text: str) -> CallerError:
    return CallerError(code, f"{where}: {text}", where=where)

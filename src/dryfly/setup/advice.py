"""What is wrong with a set-up that somebody is about to save, and what will surprise them. Pure.

A finding that is refused keeps it from being saved; the others may well be meant. Each says where it stands.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import msgspec

from dryfly.floor.model import OverflowRule, OverflowWhen, QueueSpec, SkillId
from dryfly.floor.overflow import AT_ENTRY
from dryfly.floor.relaxing import needs_met
from dryfly.platform.errors import CallerError
from dryfly.setup.check import problems
from dryfly.setup.hours import Hours, skipped_spans
from dryfly.setup.model import Catalogue, Queue
from dryfly.setup.openings import hours_of

FINDINGS_MAX = 100

Profiles = Counter[frozenset[tuple[SkillId, int]]]  # how many agents have exactly these skills


class Finding(msgspec.Struct, frozen=True):
    """`code`: an error's if it is refused. `where`: "queues/returns.spec.overflow[1]"."""

    code: str
    where: str
    text: str
    refused: bool = False
    values: dict[str, Any] = {}


Findings = Iterator[Finding]


def findings(old: Catalogue, new: Catalogue, now: int) -> list[Finding]:
    """Refusals first."""
    refused = (_refused(problem) for problem in problems(new, of=old))
    return [*islice(refused, FINDINGS_MAX), *islice(warnings(new, now), FINDINGS_MAX)]


def warnings(catalogue: Catalogue, now: int) -> Findings:
    profiles: Profiles = Counter(frozenset(agent.spec.skills.items()) for agent in catalogue.agents.values())
    yield from _hours_warnings("site", catalogue.site.hours, now)
    for queue in catalogue.queues.values():
        where = f"queues/{queue.id}"
        yield from _hours_warnings(where, queue.hours, now)
        yield from _rule_warnings(f"{where}.spec.overflow", queue, catalogue)
        if profiles:
            yield from _skill_warnings(f"{where}.spec", queue.spec, profiles)
            yield from _reach_warnings(f"{where}.spec", queue.spec, profiles)


def _refused(problem: CallerError) -> Finding:
    return Finding(problem.code, str(problem.values.get("where", "")), problem.text, True, dict(problem.values))


# ---- who could serve ---------------------------------------------------------------------------


def _skill_warnings(where: str, spec: QueueSpec, profiles: Profiles) -> Findings:
    held = {skill for profile in profiles for skill, _ in profile}
    for number, need in enumerate(spec.requirement):
        if need.skill not in held:
            yield _nobody_has(f"{where}.requirement[{number}]", need.skill)
    for number, step in enumerate(spec.relaxations):
        for row, need in enumerate(step.backup):
            if need.skill not in held:
                yield _nobody_has(f"{where}.relaxations[{number}].backup[{row}]", need.skill)


def _reach_warnings(where: str, spec: QueueSpec, profiles: Profiles) -> Findings:
    reached = reach(spec, profiles)
    if not sum(reached):
        yield Finding("nobody_can_serve", f"{where}.requirement", "No agent can ever serve this queue.")
    for number, count in enumerate(reached[1:]):
        if not count:
            text = "This step adds nobody to those who may serve before it."
            yield Finding("step_adds_nobody", f"{where}.relaxations[{number}]", text)


def reach(spec: QueueSpec, profiles: Profiles) -> list[int]:
    """How many agents may serve from the start, and how many more from each step on."""
    counts = [0] * (len(spec.relaxations) + 1)
    for profile, agents_count in profiles.items():
        met = needs_met(dict(profile), spec.requirement, spec.relaxations)
        if met is not None:
            counts[met[0]] += agents_count
    return counts


def _nobody_has(where: str, skill: SkillId) -> Finding:
    return Finding("nobody_has_skill", where, f"No agent has the skill {skill}.", values={"skill": skill})


# ---- rules that never match --------------------------------------------------------------------


def _rule_warnings(where: str, queue: Queue, catalogue: Catalogue) -> Findings:
    rules = queue.spec.overflow
    for number, rule in enumerate(rules):
        place = f"{where}[{number}]"
        if rule.when is OverflowWhen.CLOSED and hours_of(catalogue, queue) is None:
            yield Finding("rule_never_closed", place, "This queue has no hours: only closing it by hand closes it.")
        elif rule.when is OverflowWhen.LENGTH and rule.limit > queue.spec.waiting_max:
            text = f"So many never wait: the queue takes {queue.spec.waiting_max} at most."
            yield Finding("rule_over_full", place, text, values={"limit": queue.spec.waiting_max})
        elif any(_hides(before, rule) for before in rules[:number]):
            yield Finding("rule_hidden", place, "A rule above holds whenever this one does, and comes first.")


def _hides(before: OverflowRule, rule: OverflowRule) -> bool:
    """Of rules that look at those who enter, only the first that holds is followed."""
    return rule.when in AT_ENTRY and before.when is rule.when and before.limit <= rule.limit


# ---- hours -------------------------------------------------------------------------------------


def _hours_warnings(where: str, hours: Hours | None, now: int) -> Findings:
    if hours is None:
        return
    for day, span in skipped_spans(hours, datetime.fromtimestamp(now / 1000, UTC).date()):
        text = f"{span.opens} to {span.closes} is skipped on {day}: clocks are put forward then."
        values = {"date": day.isoformat(), "opens": span.opens, "closes": span.closes}
        yield Finding("hours_skipped", f"{where}.hours", text, values=values)

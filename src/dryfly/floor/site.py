"""Set-up that the floor decides by: the site and its queues."""

from dataclasses import asdict

from dryfly.floor.model import (
    LEVEL_MAX,
    LEVEL_MIN,
    CommandNoted,
    EstimateNoted,
    Event,
    HoursPut,
    NoteEstimate,
    OverflowTo,
    OverflowWhen,
    PutHours,
    PutQueue,
    PutSite,
    QueueId,
    QueuePut,
    QueueRemoved,
    QueueSpec,
    RemoveQueue,
    SitePut,
    SkillId,
)
from dryfly.floor.overflow import goes_in_a_circle
from dryfly.floor.policies import POLICIES
from dryfly.floor.refusals import refuse
from dryfly.floor.state import State

RELAXATIONS_MAX = 8
RING_MAX = 20
OVERFLOWS_MAX = 8
SPANS_MAX = 400


def put_site(state: State, command: PutSite) -> list[Event]:
    spec = command.spec
    if min(spec.agent_grace_s, spec.contacts_max, spec.bot_quiet_s, spec.request_timeout_s) < 0:
        refuse("spec_out_of_range", agent_grace_s=spec.agent_grace_s, contacts_max=spec.contacts_max)
    if not 0 <= spec.overdue_agent_share <= 1:
        refuse("spec_out_of_range", overdue_agent_share=str(spec.overdue_agent_share))
    return [CommandNoted()] if spec == state.site else [SitePut(spec)]


def put_queue(state: State, command: PutQueue) -> list[Event]:
    _check_spec(command.spec)
    _check_overflow(state, command)
    if state.queues.get(command.queue) == command.spec:
        return [CommandNoted()]
    return [QueuePut(command.queue, command.spec)]


def remove_queue(state: State, command: RemoveQueue) -> list[Event]:
    _require_queue(state, command.queue)
    if state.index.open_counts.get(command.queue, 0):
        refuse("queue_in_use", queue=command.queue, contacts=state.index.open_counts[command.queue])
    return [QueueRemoved(command.queue)]


def put_hours(state: State, command: PutHours) -> list[Event]:
    _require_queue(state, command.queue)
    ends = [end for span in command.spans or () for end in (span.from_at, span.to_at)]
    if ends != sorted(ends) or len(ends) > 2 * SPANS_MAX or any(s.from_at == s.to_at for s in command.spans or ()):
        refuse("hours_out_of_order", queue=command.queue, spans=len(ends) // 2)
    if state.hours.get(command.queue) == command.spans:
        return [CommandNoted()]
    return [HoursPut(command.queue, command.spans)]


def note_estimate(state: State, command: NoteEstimate) -> list[Event]:
    _require_queue(state, command.queue)
    if command.wait_s is not None and command.wait_s < 0:
        refuse("spec_out_of_range", wait_s=command.wait_s)
    if state.estimates.get(command.queue) == command.wait_s:
        return [CommandNoted()]
    return [EstimateNoted(command.queue, command.wait_s)]


def _require_queue(state: State, queue: QueueId) -> None:
    if queue not in state.queues:
        refuse("queue_exists_not", queue=queue)


def _check_spec(spec: QueueSpec) -> None:
    if spec.choice not in POLICIES:
        refuse("choice_unknown", choice=spec.choice)
    if min(spec.offer_timeout_s, spec.misses_to_away, spec.ring) < 1 or spec.ring > RING_MAX:
        refuse("spec_out_of_range", offer_timeout_s=spec.offer_timeout_s, ring=spec.ring)
    _check_needs(spec)
    _check_relaxations(spec)
    for name, value in asdict(spec).items():
        if isinstance(value, int) and value < 0:
            refuse("spec_out_of_range", **{name: value})


def _check_needs(spec: QueueSpec) -> None:
    for need in (*spec.requirement, *(need for step in spec.relaxations for need in step.backup)):
        if not LEVEL_MIN <= need.level_min <= LEVEL_MAX:
            refuse("spec_out_of_range", skill=need.skill, level_min=need.level_min)


def _check_overflow(state: State, command: PutQueue) -> None:
    rules = command.spec.overflow
    if len(rules) > OVERFLOWS_MAX or len({rule.name for rule in rules}) < len(rules):
        refuse("overflow_twice", rules=len(rules))
    for rule in rules:
        if rule.limit < 0 or (rule.limit == 0 and rule.when is not OverflowWhen.CLOSED):
            refuse("spec_out_of_range", overflow=rule.name)
        if (rule.to is OverflowTo.QUEUE) != (rule.queue is not None):
            refuse("overflow_needs_queue", overflow=rule.name)
        if rule.to is OverflowTo.CALLBACK and not command.spec.callback_attempts_max:
            refuse("no_callbacks", queue=command.queue)
    if goes_in_a_circle(state.queues, command.queue, command.spec):
        refuse("overflow_is_cyclic", queue=command.queue)


def _check_relaxations(spec: QueueSpec) -> None:
    """Each step comes after the one before, and only ever opens the contact to more agents."""
    times = [step.after_s for step in spec.relaxations]
    if len(times) > RELAXATIONS_MAX or times != sorted(set(times)) or min(times, default=1) < 1:
        refuse("relaxation_out_of_order", steps=len(times))
    firm = {need.skill for need in spec.requirement if need.firm}
    levels: dict[SkillId, int] = {need.skill: need.level_min for need in spec.requirement}
    for step in spec.relaxations:
        for need in step.levels:
            if need.skill in firm:
                refuse("skill_is_firm", skill=need.skill)
            if not 0 <= need.level_min <= levels.get(need.skill, LEVEL_MAX):
                refuse("relaxation_tightens", skill=need.skill, level_min=need.level_min, after_s=step.after_s)
            levels[need.skill] = need.level_min

"""Set-up that the floor decides by: the site and its queues."""

from dataclasses import asdict

from dryfly.floor.model import (
    CommandNoted,
    Event,
    PutQueue,
    PutSite,
    QueuePut,
    QueueRemoved,
    QueueSpec,
    RemoveQueue,
    SitePut,
)
from dryfly.floor.policies import POLICIES
from dryfly.floor.refusals import refuse
from dryfly.floor.state import State


def put_site(state: State, command: PutSite) -> list[Event]:
    spec = command.spec
    if min(spec.agent_grace_s, spec.contacts_max, spec.bot_quiet_s, spec.request_timeout_s) < 0:
        refuse("spec_out_of_range", agent_grace_s=spec.agent_grace_s, contacts_max=spec.contacts_max)
    return [CommandNoted()] if spec == state.site else [SitePut(spec)]


def put_queue(state: State, command: PutQueue) -> list[Event]:
    _check_spec(command.spec)
    if state.queues.get(command.queue) == command.spec:
        return [CommandNoted()]
    return [QueuePut(command.queue, command.spec)]


def remove_queue(state: State, command: RemoveQueue) -> list[Event]:
    if command.queue not in state.queues:
        refuse("queue_exists_not", queue=command.queue)
    if state.index.open_counts.get(command.queue, 0):
        refuse("queue_in_use", queue=command.queue, contacts=state.index.open_counts[command.queue])
    return [QueueRemoved(command.queue)]


def _check_spec(spec: QueueSpec) -> None:
    if spec.choice not in POLICIES:
        refuse("choice_unknown", choice=spec.choice)
    if spec.offer_timeout_s < 1 or spec.misses_to_away < 1:
        refuse("spec_out_of_range", offer_timeout_s=spec.offer_timeout_s, misses_to_away=spec.misses_to_away)
    for name, value in asdict(spec).items():
        if isinstance(value, int) and value < 0:
            refuse("spec_out_of_range", **{name: value})

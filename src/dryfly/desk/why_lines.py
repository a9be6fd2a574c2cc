"""The decisions of the floor about a contact, line by line: why it waits where, and why this agent was asked.

A line has a rule and values; screens make the sentence.
"""

from dryfly.desk.words import WhyLine
from dryfly.floor import model as floor
from dryfly.floor.model import OverflowWhen, QueuedBecause
from dryfly.ledger import Recorded

Values = dict[str, int | str]


def why_line(recorded: Recorded) -> WhyLine | None:
    event = recorded.event
    found = _of_line(event) or _of_agents(event) or _of_call(event) or _of_work(event)
    return None if found is None else WhyLine(recorded.seq, recorded.at, *found)


def _of_line(event: object) -> tuple[str, Values] | None:
    """Where it waits."""
    match event:
        case floor.ContactArrived(channel=channel):
            return "arrived", {"channel": channel}
        case floor.ContactQueued(queue=queue, because=QueuedBecause.OVERFLOWED, due_at=due_at, reason=rule):
            return "queued_overflowed", {"queue": queue, "due_at": due_at, **_cause(rule or "")}
        case floor.ContactQueued(queue=queue, because=because, due_at=due_at, reason=reason):
            return f"queued_{because}", {"queue": queue, "due_at": due_at, "reason": reason or ""}
        case floor.PreferredWaitEnded(agent=agent):
            return "preferred_over", {"agent": agent}
        case floor.BotResumed():
            return "bot_resumed", {}
        case floor.ContactOverflowed(rule=rule, to=to):
            return f"overflowed_{to}", _cause(rule)
        case floor.RequirementRelaxed(steps=steps):
            return "relaxed", {"steps": steps}
        case floor.ContactBegun(agent=agent):
            return "begun", {"agent": agent}
        case floor.ContactSnoozed(agent=agent, until=until):
            return "snoozed", {"agent": agent, "until": until}
        case _:
            return None


def _of_agents(event: object) -> tuple[str, Values] | None:
    """Who was asked, and who has it."""
    match event:
        case floor.OfferMade(agent=agent, rule=rule, values=values):
            return rule, {"agent": agent, **values}
        case floor.OfferEnded(agent=agent, end=end):
            return f"offer_{end}", {"agent": agent}
        case floor.RequestMade(colleague=agent, role=role):
            return f"asked_{role}", {"agent": agent}
        case floor.RequestEnded(colleague=agent, end=ended):
            return f"request_{ended}", {"agent": agent}
        case floor.ContactEngaged(agent=agent):
            return "engaged", {"agent": agent}
        case _:
            return None


def _of_call(event: object) -> tuple[str, Values] | None:
    """What was promised instead of waiting, and what came of it."""
    match event:
        case floor.CallbackKept():
            return "callback_kept", {}
        case floor.CallbackBooked(at=at, attempts=0):
            return "callback_booked", {"at": at}
        case floor.CallbackBooked(at=at, attempts=attempts):
            return "callback_again", {"at": at, "attempts": attempts}
        case floor.CallbackCancelled():
            return "callback_cancelled", {}
        case floor.CallbackReached(agent=agent):
            return "callback_reached", {"agent": agent}
        case floor.CallbackFailed(agent=agent):
            return "callback_failed", {"agent": agent}
        case _:
            return None


def _of_work(event: object) -> tuple[str, Values] | None:
    """What became of it with the agent who had it."""
    match event:
        case floor.ContactInterrupted(agent=agent):
            return "interrupted", {"agent": agent}
        case floor.ContactContinued(agent=agent):
            return "continued", {"agent": agent}
        case floor.ContactParked(agent=agent):
            return "parked", {"agent": agent}
        case floor.ContactResumed(agent=agent):
            return "resumed", {"agent": agent}
        case floor.ReplyOverdue(agent=agent):
            return "reply_overdue", {"agent": agent}
        case floor.ContactMerged(agent=agent):
            return "merged", {"agent": agent}
        case floor.WrapUpBegun(agent=agent):
            return "wrap_up", {"agent": agent}
        case floor.ContactClosed(ending=ending):
            return f"closed_{ending}", {}
        case _:
            return None


def _cause(rule: str) -> Values:
    """What held, from the name of the rule (`OverflowRule.name`). One of another version has none."""
    when, _, rest = rule.partition(":")
    limit = rest.partition(":")[0]
    return {"when": when, "limit": int(limit)} if when in set(OverflowWhen) and limit.isdigit() else {}

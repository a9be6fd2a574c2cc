"""The story of a contact's routing as English sentences, for a terminal.

`SENTENCES` has the same keys as the console's catalogue below `why.step.`, and OBSTACLES and REASONS those of
`floor.why`; tests hold them together.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dryfly.desk.words import WhyLine
from dryfly.floor.model import QueueSpec
from dryfly.floor.why import OBSTACLES, REASONS, Explanation

SENTENCES = {
    "arrived": "The customer came, by {channel}.",
    "begun": "{agent} wrote first.",
    "queued_bot_let_go": "The assistant let go{reason}. In line for {queue}, due {due}.",
    "queued_customer_asked": "The customer asked for a person. In line for {queue}, due {due}.",
    "queued_transferred": "Transferred to {queue}, due {due}.",
    "queued_agent_vanished": "The agent's connection was lost. Back in line for {queue}, due {due}.",
    "queued_reply_overdue": "The reply was overdue. Back in line for {queue}, due {due}.",
    "queued_spoke_again": "The customer spoke again. In line for {queue}, due {due}.",
    "queued_parted": "Parted from another talk. In line for {queue}, due {due}.",
    "queued_overflowed": "Moved on, since {cause}. In line for {queue}, due {due}.",
    "queued_callback_due": "The time to call back has come. In line for {queue}, due {due}.",
    "queued_reclaimed": "Set aside for too long. Back in line for {queue}, due {due}.",
    "queued_opened": "In line for {queue}, due {due}.",
    "queued_taken_back": "Taken back by a supervisor. In line for {queue}, due {due}.",
    "queued_snooze_over": "The snooze is over. In line for {queue}, due {due}.",
    "overflowed_bot": "Since {cause}, the assistant goes on meanwhile. The place is kept.",
    "overflowed_callback": "Since {cause}, a call back was proposed.",
    "relaxed": "It has waited long: {steps} of its queue hold. More agents may have it.",
    "preferred_over": "{agent} was waited for long enough: anybody may have it.",
    "bot_resumed": "The customer goes on with the assistant meanwhile. The place is kept.",
    "callback_kept": "The customer is called back in their turn, and need not wait.",
    "callback_booked": "The customer is called back at {time}.",
    "callback_again": "It is tried again at {time}.",
    "callback_cancelled": "The customer does not want to be called back, and waits.",
    "callback_reached": "{agent} called the customer back and reached them.",
    "callback_failed": "{agent} called the customer back and did not reach them.",
    "preferred": "Offered to {agent}: chosen by a colleague, or knows this customer.",
    "least_sufficient": "Offered to {agent}: the closest skills ({surplus} above the need), free for {idle}.",
    "least_loaded": "Offered to {agent}: the most room, free for {idle}.",
    "longest_idle": "Offered to {agent}: free for longest, {idle}.",
    "offer_accepted": "{agent} took it.",
    "offer_declined": "{agent} declined.",
    "offer_missed": "{agent} missed it.",
    "offer_rescinded": "The offer to {agent} was taken back.",
    "offer_failed": "It could not be shown to {agent}.",
    "engaged": "{agent} serves it.",
    "asked_consulted": "{agent} was asked for advice.",
    "asked_invited": "{agent} was invited.",
    "request_declined": "{agent} could not join.",
    "request_lapsed": "{agent} did not answer.",
    "request_gone": "{agent} signed out.",
    "request_withdrawn": "{agent} was not asked any longer.",
    "snoozed": "{agent} snoozed it.",
    "interrupted": "{agent} set it aside for work that cannot wait.",
    "continued": "{agent} took it up again.",
    "parked": "Quiet: parked with {agent}.",
    "resumed": "The talk goes on with {agent}.",
    "reply_overdue": "The reply of {agent} is overdue.",
    "merged": "Joined with another talk of the customer, which {agent} has.",
    "wrap_up": "The talk is over; {agent} wraps it up.",
    "closed_served": "Closed: served.",
    "closed_solved_by_bot": "Closed: the assistant solved it, as the customer said.",
    "closed_abandoned": "Closed: the customer left before anybody answered.",
    "closed_left_bot": "Closed: the customer left while with the assistant.",
    "closed_quiet": "Closed: quiet for long.",
    "closed_released": "Closed by a supervisor.",
    "closed_merged": "Closed with the talk that it was joined with.",
    "closed_unreached": "Closed: called back as often as promised, and never reached.",
    "closed_called_off": "Closed: the customer wants no call back any more.",
}
CAUSES = {
    "length": "{limit} waited there already",
    "estimate": "the wait was expected to be longer than {span}",
    "wait": "it had waited for {span}",
    "closed": "the queue was closed",
    "": "it was too long, too slow or closed",
}


@dataclass(frozen=True, slots=True)
class Names:
    """How things are called here, and how an instant is written."""

    queue: Callable[[str], str]
    agent: Callable[[str], str]
    time: Callable[[int], str]


def sentence_of(line: WhyLine, names: Names) -> str:
    values = line.values
    told = SENTENCES.get(line.rule, f"{line.rule.replace('_', ' ').capitalize()}.")
    at = values.get("at", values.get("until", 0))
    return told.format(
        channel=values.get("channel", ""),
        queue=names.queue(str(values.get("queue", ""))),
        agent=names.agent(str(values.get("agent", ""))),
        due=names.time(int(values.get("due_at", 0))),
        time=names.time(int(at)),
        reason=f" ({str(values['reason']).replace('_', ' ')})" if values.get("reason") else "",
        cause=_cause(values),
        steps=_count(int(values.get("steps", 0)), "relaxation"),
        surplus=_count(int(values.get("surplus", 0)), "level"),
        idle=span(int(values.get("idle_ms", 0)) // 1000),
    ) + _compared(values)


def _compared(values: dict[str, int | str]) -> str:
    """What else an offer went by."""
    if "waited_ms" not in values:
        return ""
    relaxed = int(values.get("relaxed", 0))
    told = f" It had waited {span(int(values['waited_ms']) // 1000)}."
    return told + (f" After {_count(relaxed, 'relaxation')}." if relaxed else "")


def _cause(values: dict[str, int | str]) -> str:
    limit = int(values.get("limit", 0))
    return CAUSES.get(str(values.get("when", "")), CAUSES[""]).format(limit=limit, span=span(limit))


def standing_of(explained: Explanation, spec: QueueSpec | None, names: Names) -> Iterator[str]:
    """What stands in the way of one who waits now, and what would change it."""
    yield REASONS[explained.reason]
    values = explained.values
    if "ahead_count" in values:
        ahead = int(values["ahead_count"])
        before = f"{_count(ahead, 'contact')} of the same kind {'is' if ahead == 1 else 'are'} due before it"
        waited, due = span(int(values["waited_ms"]) // 1000), names.time(int(values["due_at"]))
        yield f"It has waited {waited}, is due {due}; {before}."
    for code, count in sorted(explained.agents.items(), key=lambda found: -found[1]):
        yield f"{_count(count, 'agent')}: {OBSTACLES[code]}."
    steps = spec.relaxations[int(values.get("relaxed", 0)) :] if spec and "relaxed" in values else ()
    for step in steps:
        yield f"Its requirement relaxes after {span(step.after_s)} of waiting."


def span(seconds: int) -> str:
    """45 s, 3 min 20 s, 2 h 5 min"""
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return _two(seconds // 60, "min", seconds % 60, "s")
    if seconds < 86_400:
        return _two(seconds // 3600, "h", seconds % 3600 // 60, "min")
    return _two(seconds // 86_400, "d", seconds % 86_400 // 3600, "h")


def _two(large: int, unit: str, small: int, smaller: str) -> str:
    return f"{large} {unit} {small} {smaller}" if small else f"{large} {unit}"


def _count(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"


def lines_of(story: Iterable[WhyLine], names: Names) -> Iterator[str]:
    """A line a decision, each with its time."""
    for line in story:
        yield f"{names.time(line.at)}  {sentence_of(line, names)}"

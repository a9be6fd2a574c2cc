"""Which commands were seen already, so that sending one again changes nothing.

Ids carry the time at which they were made (`platform.ids`). Those of the last minutes are remembered here;
an older one is looked up in the journal; one older than a day is refused, since a caller who retries for
that long has lost its place. So memory is bounded by minutes of traffic, and the law holds for a day
(docs/decisions/0003-command-ids.md).
"""

from collections import OrderedDict

import msgspec

from dryfly.ledger.model import CommandId, Receipt
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import instant_of

REMEMBERED_MS = 10 * 60_000
RETRY_MS_MAX = 24 * 3_600_000
AHEAD_MS_MAX = 60_000


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What a command came to: `refusal` is None where it was accepted."""

    receipt: Receipt
    command_hash: int
    refusal: CallerError | None = None


class Receipts:
    """Answers of the last ten minutes by command id; the oldest go first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[CommandId, Answer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def known(self, id: CommandId) -> Answer | None:
        return self._answers.get(id)

    def remember(self, id: CommandId, answer: Answer) -> None:
        self._answers[id] = answer
        horizon = answer.receipt.at - REMEMBERED_MS - AHEAD_MS_MAX
        while self._answers:
            oldest = next(iter(self._answers))
            if self._answers[oldest].receipt.at >= horizon:
                break
            del self._answers[oldest]

    def clear(self) -> None:
        self._answers.clear()


def made_at_of(id: str) -> int:
    """When the caller made the id (ms)."""
    made_at = instant_of(id)
    if made_at is None:
        raise CallerError("bad_command_id", "Send a 26-character id made by the time, as platform.ids makes them.")
    return made_at


def check_id(id: CommandId, now: int) -> bool:
    """Refuses ids that cannot be judged. True: memory knows whether it was seen; False: ask the journal."""
    made_at = made_at_of(id)
    if made_at > now + AHEAD_MS_MAX:
        raise CallerError(
            "command_from_future", "Make ids by the server's clock (`now` in its welcome).", status=409, now=now
        )
    if made_at < now - RETRY_MS_MAX:
        raise CallerError(
            "command_too_old", "This command is older than a day: look at what is, and ask anew.", status=409, now=now
        )
    return made_at >= now - REMEMBERED_MS


def check_same(answer: Answer, command_hash: int) -> Answer:
    if answer.command_hash != command_hash:
        raise CallerError("command_id_reused", "This id was used for another command: make a new id.", status=409)
    return answer

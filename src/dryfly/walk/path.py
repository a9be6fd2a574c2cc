"""What a walk was: the moments as the customer saw them, and what is to be found in them. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from dryfly.conversations.asking import plain, questions_in


class What(StrEnum):
    SAID = "said"  # by the customer
    HEARD = "heard"  # from the assistant or an agent
    MOVED = "moved"  # where the customer stands changed
    DID = "did"  # pressed a button, left
    DEAD_END = "dead_end"


class DeadEnd(StrEnum):
    NO_ANSWER = "no_answer"
    OTHER_ANSWER = "other_answer"  # something came, but not what was expected
    NO_CHOICE = "no_choice"
    NO_PERSON = "no_person"
    ASKED_TWICE = "asked_twice"
    UNKNOWN_QUESTION = "unknown_question"  # the customer was asked something that they do not know
    REFUSED = "refused"
    LOST = "lost"


class Moment(Struct, frozen=True):
    """`at_ms`: since the walk began. `waited_ms`: since the customer's last own act."""

    at_ms: int
    what: What
    text: str
    who: str = "customer"  # customer, bot, agent, system
    name: str = ""
    waited_ms: int = 0
    dead_end: DeadEnd | None = None


class Found(Struct, frozen=True):
    """What the path was like."""

    seconds: float
    answers_count: int
    first_answer_s: float | None
    longest_wait_s: float
    person_after_s: float | None  # from wanting one to the first word of one
    questions: tuple[str, ...]
    asked_twice: tuple[str, ...]
    dead_ends: tuple[str, ...]


class Walked(Struct, frozen=True):
    name: str
    began_at: int
    moments: tuple[Moment, ...]
    found: Found
    contact: str | None = None

    @property
    def is_good(self) -> bool:
        return not self.found.dead_ends


def look_at(moments: Sequence[Moment]) -> Found:
    heard = [moment for moment in moments if moment.what is What.HEARD]
    questions = [question for moment in heard for question in questions_in(moment.text)]
    twice = tuple(dict.fromkeys(q for i, q in enumerate(questions) if plain(q) in map(plain, questions[:i])))
    ends = [moment.text for moment in moments if moment.what is What.DEAD_END]
    ends += [f"Asked twice: {question}" for question in twice]
    return Found(
        seconds=_seconds(moments[-1].at_ms) if moments else 0,
        answers_count=len(heard),
        first_answer_s=_seconds(heard[0].waited_ms) if heard else None,
        longest_wait_s=_seconds(max((moment.waited_ms for moment in heard), default=0)),
        person_after_s=_person_after(moments),
        questions=tuple(questions),
        asked_twice=twice,
        dead_ends=tuple(ends),
    )


def _person_after(moments: Sequence[Moment]) -> float | None:
    wanted = next((m.at_ms for m in moments if m.what is What.MOVED and m.text == "waiting"), None)
    came = next((m.at_ms for m in moments if m.what is What.HEARD and m.who == "agent"), None)
    return None if wanted is None or came is None else _seconds(came - wanted)


def _seconds(ms: int) -> float:
    return round(ms / 1000, 1)

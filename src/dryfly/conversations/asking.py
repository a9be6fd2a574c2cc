"""What is asked twice: questions put to a customer whose answer was known already. Pure.

Counted is what can be known: the assistant asks for a fact that the talk holds; or somebody puts, word for word, a
question that another one (the assistant, a colleague) had put before and the customer had answered. Who asks the same
in other words is not seen.
"""

import re
from dataclasses import dataclass, field

_SENTENCE = re.compile(r"[^.!?\n]+\?")
QUESTIONS_MAX = 200  # of one talk; nobody is asked more


def questions_in(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(text)]


def plain(question: str) -> str:
    """Two questions are the same where this is."""
    return re.sub(r"\W+", " ", question).strip().lower()


@dataclass(slots=True)
class Asked:
    """What one talk knows: the facts that it holds, and who put which question first."""

    facts: set[str] = field(default_factory=set)
    answered: dict[int, str] = field(default_factory=dict)  # the question's hash: who asked
    _open: dict[int, str] = field(default_factory=dict)  # the same, and the customer has not written since

    def put(self, who: str, text: str) -> None:
        for question in _hashes(text):
            if question not in self.answered and len(self._open) + len(self.answered) < QUESTIONS_MAX:
                self._open.setdefault(question, who)

    def hear(self) -> None:
        """The customer wrote: what was asked until now is answered."""
        if self._open:
            self.answered |= self._open
            self._open.clear()

    def is_again(self, who: str, text: str, fact: str) -> bool:
        """`who` says this; `fact`: what the assistant asks for with it, if anything."""
        if fact and fact in self.facts:
            return True
        return any(self.answered.get(question, who) != who for question in _hashes(text))


def _hashes(text: str) -> list[int]:
    return [hash(plain(question)) for question in questions_in(text)] if "?" in text else []

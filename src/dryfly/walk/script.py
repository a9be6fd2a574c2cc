"""What a walked customer does: a YAML file with steps, or a need and what the customer knows.

name: Where is my order?
steps:
  - says: where is my order?
  - expects: e-mail            # within 15 s, from whoever answers
  - says: anna@shop.example
  - expects: on its way
    within_s: 20
  - person: true               # presses the button
  - waits_for_person: 120
  - leaves: true

name: A return
customer:
  need: I want to return the lamp
  knows: {e-mail: anna@shop.example, which items: the lamp, money: gift card}
  wants_person: true
"""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from dryfly.platform.errors import CallerError

SCRIPT_MAX = 100_000  # characters
STEPS_MAX = 200
Text = Annotated[str, Meta(min_length=1, max_length=2_000)]
Seconds = Annotated[float, Meta(gt=0, le=3_600)]


class Step(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One of: says, picks, expects, person, waits, waits_for_person, leaves. `within_s` belongs to expects."""

    says: Text | None = None
    picks: Text | None = None  # a choice that was offered, by its label
    expects: Text | None = None  # words that stand in what comes
    within_s: Seconds = 15
    person: bool = False
    waits: Seconds | None = None
    waits_for_person: Seconds | None = None
    leaves: bool = False

    @property
    def kinds(self) -> list[str]:
        named = ("says", "picks", "expects", "person", "waits", "waits_for_person", "leaves")
        return [name for name in named if getattr(self, name)]


class Customer(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`knows`: words of a question, and what the customer answers to it."""

    need: Text
    knows: dict[str, str] = {}
    wants_person: bool = False
    within_s: Seconds = 20
    person_within_s: Seconds = 120


class Script(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    name: Text
    steps: tuple[Step, ...] = ()
    customer: Customer | None = None
    login: str | None = None  # a signed token, where the page knows who is there


def parse_script(text: str) -> Script:
    """Raises CallerError `script_wrong` with what does not fit."""
    if len(text) > SCRIPT_MAX:
        raise CallerError("script_wrong", f"A script has at most {SCRIPT_MAX} characters.")
    try:
        script = msgspec.yaml.decode(text, type=Script)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise CallerError("script_wrong", f"The script cannot be read: {error}") from None
    _check(script)
    return script


def _check(script: Script) -> None:
    if bool(script.steps) == bool(script.customer):
        raise CallerError("script_wrong", "Write either `steps:` or a `customer:`.")
    if len(script.steps) > STEPS_MAX:
        raise CallerError("script_wrong", f"A script has at most {STEPS_MAX} steps.")
    for number, step in enumerate(script.steps, 1):
        if len(step.kinds) != 1:
            text = f"Step {number} says {len(step.kinds)} things: write one of says, picks, expects, person, waits, "
            raise CallerError("script_wrong", text + "waits_for_person, leaves.")

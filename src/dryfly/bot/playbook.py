"""The playbook: what customers of a site need, what the bot may say about it, and where a person takes over.

One YAML file. `playbook_file` reads it; examples/retail/playbook.yaml and examples/chinook/playbook.yaml show it
in use.

How a need is served, once it is understood and the customer is identified as well as `identity` asks for:

1. `about` names a kind of record. The one that the customer names, or the only one (among those that `among`
   allows, if any are), or, where records have dates, "the latest". None at all: `none` is said. Several, and none
   named: `several` tells of all of them; without it the customer is asked, once. `every` says that the need is
   about all of them ("which orders do I have?"): none is picked, whatever the talk was about before.
2. If `hand_over.when` holds, the facts of `ask` are collected, each once at most, and a person takes over.
3. Otherwise the first of `answers` that holds and whose every place is on file is said.
4. If there is none, a person takes over: the bot does not fill gaps.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from dryfly.bot.model import Level, SignalKind
from dryfly.floor.model import SkillNeed

Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Text = Annotated[str, Meta(min_length=1, max_length=1_000)]
LevelWord = Literal["unknown", "claimed", "known_address", "proved"]
Condition = dict[Key, tuple[str, ...]]  # every field has one of these values

NEEDS_MAX = 300
LEVELS: dict[LevelWord, int] = {
    "unknown": Level.UNKNOWN,
    "claimed": Level.CLAIMED,
    "known_address": Level.KNOWN_ADDRESS,
    "proved": Level.PROVED,
}


class _Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Answer(_Strict, frozen=True, kw_only=True):
    """`say` is a template (see `template`): every place in it comes from the record, the profile or a fact."""

    say: Text
    when: Condition = {}


class Question(_Strict, frozen=True, kw_only=True):
    """A fact that a person will need, asked for before handing over. Without `choices` any answer is taken."""

    fact: Key
    label: str = ""
    question: Text
    choices: Annotated[tuple[str, ...], Meta(max_length=6)] = ()


class HandOver(_Strict, frozen=True, kw_only=True):
    """`when`: always, only if the bot is unable to answer, or if the record fulfils a condition."""

    queue: Id
    when: Literal["always", "unable"] | Condition = "unable"
    say: str = ""
    skills: tuple[SkillNeed, ...] = ()
    head_start_s: Annotated[int, Meta(ge=0, le=86_400)] = 0

    def wanted(self, fields: dict[str, str]) -> bool:
        if isinstance(self.when, str):
            return self.when == "always"
        return holds(self.when, fields)


class Need(_Strict, frozen=True, kw_only=True):
    key: Key
    title: Text
    examples: Annotated[tuple[Text, ...], Meta(min_length=3)]
    identity: LevelWord = "known_address"
    about: Key | None = None
    every: bool = False
    among: Condition = {}
    answers: tuple[Answer, ...] = ()
    several: str = ""
    none: str = ""
    ask: tuple[Question, ...] = ()
    hand_over: HandOver | None = None


class SignalRule(_Strict, frozen=True, kw_only=True):
    """What a site does about a signal: where it goes, and examples in its customers' words."""

    queue: Id | None = None
    say: str = ""
    examples: tuple[Text, ...] = ()
    skills: tuple[SkillNeed, ...] = ()
    head_start_s: Annotated[int, Meta(ge=0, le=86_400)] = 0


class QueueWish(_Strict, frozen=True, kw_only=True):
    """A queue that this playbook hands over to: an import creates it where the site has none of that id."""

    id: Id
    title: Text
    requirement: tuple[SkillNeed, ...] = ()
    target_s: Annotated[int, Meta(ge=1)] = 60


class Texts(_Strict, frozen=True, kw_only=True):
    """What the bot says beside its answers. `{record.title}`, `{asked.key}` and `{code.to}` are given to them."""

    greeting: Text = "Hello! I am an automatic assistant, not a person. You can ask for a person at any time."
    how_can_i_help: Text = "How can I help you?"
    hello_known: Text = "Thank you, {customer.name}."
    ask_identity: Text = "Which e-mail address are you registered with? Your name and postcode do as well."
    ask_identity_again: Text = "I cannot find that on file."
    ask_code: Text = "To protect your data I have sent a code to {code.to}. Which numbers are in it?"
    ask_record: Text = "Which {record.title} is it about?"
    record_not_found: Text = "I cannot find {asked.key} among what I have on file for you."
    clarify: Text = "I am not sure that I understood. What is it about?"
    not_understood: Text = "I am not sure that I understood. Can you say it in other words?"
    handing_over: Text = "I am handing you over to a colleague, who sees all this: you need not repeat it."
    asked_for_person: Text = "Of course. I am handing you over to a colleague, who sees what we have said."
    thanks: Text = "You are welcome! Is there anything else?"
    goodbye: Text = "I am glad that it is settled. Goodbye!"


class RecordWords(_Strict, frozen=True, kw_only=True):
    """How customers call this kind of record ("order"), and how one is shown as a choice."""

    title: Text
    also: tuple[str, ...] = ()
    choice: Text = "{key}"


class Playbook(_Strict, frozen=True, kw_only=True):
    name: Text
    language: Annotated[str, Meta(pattern="^[a-z]{2}$")] = "en"
    queues: Annotated[tuple[QueueWish, ...], Meta(min_length=1)]
    default_queue: Id
    texts: Texts = Texts()
    records: dict[Key, RecordWords] = {}
    signals: dict[SignalKind, SignalRule] = {}
    off_topic: tuple[Text, ...] = ()
    needs: Annotated[tuple[Need, ...], Meta(min_length=1, max_length=NEEDS_MAX)]

    def need(self, key: str) -> Need | None:
        return next((need for need in self.needs if need.key == key), None)

    def queue_of(self, need: Need | None) -> str:
        return need.hand_over.queue if need and need.hand_over else self.default_queue


def holds(condition: Condition, fields: dict[str, str]) -> bool:
    return all(fields.get(key) in values for key, values in condition.items())


def templates(playbook: Playbook) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every template with its place in the file."""
    for name, text in msgspec.structs.asdict(playbook.texts).items():
        yield ("texts", name), text
    for kind, words in playbook.records.items():
        yield ("records", kind, "choice"), words.choice
    for kind, rule in playbook.signals.items():
        yield ("signals", kind, "say"), rule.say
    for i, need in enumerate(playbook.needs):
        where = ("needs", str(i))
        for j, answer in enumerate(need.answers):
            yield (*where, "answers", str(j), "say"), answer.say
        for name, text in (("several", need.several), ("none", need.none)):
            yield (*where, name), text
        for j, question in enumerate(need.ask):
            yield (*where, "ask", str(j), "question"), question.question
        if need.hand_over:
            yield (*where, "hand_over", "say"), need.hand_over.say


def queues_named(playbook: Playbook) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every queue that something is handed over to, with its place in the file."""
    yield ("default_queue",), playbook.default_queue
    for kind, rule in playbook.signals.items():
        if rule.queue:
            yield ("signals", kind, "queue"), rule.queue
    for i, need in enumerate(playbook.needs):
        if need.hand_over:
            yield ("needs", str(i), "hand_over", "queue"), need.hand_over.queue

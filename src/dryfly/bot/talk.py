"""What a turn can do: learn, say, ask, answer, let go. `dialogue` decides which."""

from dataclasses import dataclass, field

from msgspec.structs import replace

from dryfly.bot import records, template
from dryfly.bot.brief import brief
from dryfly.bot.model import (
    ANSWERED_MAX,
    Answered,
    BotState,
    EntityKind,
    Heard,
    Knowledge,
    LetGo,
    Pending,
    Reason,
    Record,
    Say,
    SignalKind,
    Strength,
    Turn,
    Understanding,
)
from dryfly.bot.playbook import Need, Playbook, SignalRule
from dryfly.conversations.model import BriefLine, Certainty, Fact, Origin

FACT_KEYS = {EntityKind.EMAIL: "email", EntityKind.PHONE: "phone"}


@dataclass
class Talk:
    """One turn at work. `state` moves on with what is done; `learned` are this turn's facts."""

    playbook: Playbook
    state: BotState
    heard: Heard
    understood: Understanding
    known: Knowledge
    learned: list[Fact] = field(default_factory=list)

    # ---- what is there -------------------------------------------------------------------------

    def signal(self, kind: SignalKind) -> Strength | None:
        return self.understood.signals.get(kind)

    def clear_need(self) -> Need | None:
        """The need that the message surely is about."""
        return self.playbook.need(self.understood.needs[0].need) if self.understood.confident else None

    def need(self) -> Need | None:
        """What the talk is about, as far as is known."""
        return self.clear_need() or self.playbook.need(self.state.need)

    def pick(self, need: Need, *, awaited: bool = False) -> records.Pick:
        """Which of the customer's records is meant."""
        assert need.about
        before = self.state.fact(need.about)
        said = records.Said(self.heard.text, before.value if before else "", awaited)
        return records.pick(need, self.playbook.records[need.about], self.known.records, said)

    # ---- learning ------------------------------------------------------------------------------

    def listen(self) -> None:
        """What the message holds whatever it wants: addresses, numbers, the mood."""
        for entity in self.understood.entities:
            if key := FACT_KEYS.get(entity.kind):
                self.learn(key, entity.value, Certainty.SAID)
        self._learn_named_records()
        strength = self.signal(SignalKind.FRUSTRATION)
        moods = {Strength.WEAK: "annoyed", Strength.CLEAR: "angry"}
        count = self.state.annoyed_count + 1 if strength else 0
        self.state = replace(self.state, annoyed_count=count, mood=moods[strength] if strength else self.state.mood)

    def _learn_named_records(self) -> None:
        said = records.Said(self.heard.text)
        for record in self.known.records:
            words = self.playbook.records.get(record.kind)
            if words and records.names(record.key, words, said):
                self.learn(record.kind, record.key, Certainty.ON_RECORD)

    def learn(
        self, key: str, value: str, certainty: Certainty, origin: Origin = Origin.CUSTOMER, label: str = ""
    ) -> None:
        before = self.state.fact(key)
        if before and (before.value, before.certainty) == (value, certainty):
            return
        message = self.heard.id if origin is Origin.CUSTOMER else None
        label = label or self._label_of(key)
        fact = Fact(key, value, origin, certainty, self.heard.at, label=label, message=message)
        self.learned.append(fact)
        kept = tuple(known for known in self.state.facts if known.key != key)
        self.state = replace(self.state, facts=(*kept, fact))

    def _label_of(self, key: str) -> str:
        """A record is called as the playbook calls it; other keys have names of their own where they are shown."""
        words = self.playbook.records.get(key)
        return words.title.capitalize() if words else ""

    # ---- speaking ------------------------------------------------------------------------------

    def fill(self, text: str, scope: template.Scope | None = None, records: tuple[Record, ...] = ()) -> Say:
        """The sentence with values from what is on file. Raises `template.Unresolved`."""
        parsed = template.parse(text)
        filled = parsed.render({**self._scope(), **(scope or {})})
        keys = " ".join(f"{record.kind} {record.key}" for record in records)
        used = tuple(f"{keys} {path}".strip() for path in parsed.paths())
        return Say(filled, used=used, source=self.known.source if used else None)

    def _scope(self) -> dict[str, template.Thing]:
        return {
            "customer": {"name": self.known.name},
            "profile": self.known.profile,
            "fact": {fact.key: fact.value for fact in self.state.facts},
            "code": {"to": self.known.code_to},
        }

    def say(self, *says: Say, pending: Pending | None = None) -> Turn:
        """The turn that says this. The first of all begins by telling that a bot speaks."""
        if not self.state.greeted:
            first = replace(says[0], text=f"{self.playbook.texts.greeting}\n\n{says[0].text}")
            says = (first, *says[1:])
        self.state = replace(self.state, greeted=True, pending=pending)
        return Turn(self.state, says, facts=tuple(self.learned))

    def ask(self, key: str, need: Need | None, say: Say, *, send_code: bool = False) -> Turn:
        """Asks for the fact `key`: once in a contact."""
        assert key not in self.state.asked
        tried = (*self.state.tried, BriefLine(say.text, self.heard.at))
        self.state = replace(self.state, asked=(*self.state.asked, key), tried=tried)
        turn = self.say(say, pending=Pending(key, need.key if need else ""))
        return replace(turn, ask=key, send_code=send_code)

    def answer(self, need: Need, say: Say, about: tuple[Record, ...] = ()) -> Turn:
        """Says it, unless the customer has heard exactly that before: then a person is better.

        What changed on file since then makes another answer, and that is news.
        """
        if any(earlier.answer == say.text for earlier in self.state.answered):
            return self.let_go(Reason.REPEATED_QUESTION, need)
        keys = tuple(record.key for record in about)
        answered = Answered(self.heard.text, say.text, need.key, keys, self.heard.at)
        self.state = replace(self.state, answered=(*self.state.answered, answered)[-ANSWERED_MAX:])
        return self.say(say)

    # ---- letting go ----------------------------------------------------------------------------

    def let_go(self, reason: Reason, need: Need | None, rule: SignalRule | None = None, text: str = "") -> Turn:
        """To the queue of `rule`, else of `need`, with everything learned; then silence."""
        self._note_record(need)
        wishes = [wish for wish in (rule, need.hand_over if need else None) if wish]
        self.state = replace(self.state, silent=True, need=need.key if need else "")
        turn = self.say(self._parting([text, *(wish.say for wish in wishes)]))
        gone = LetGo(
            queue=next((wish.queue for wish in wishes if wish.queue), self.playbook.default_queue),
            reason=reason,
            need=need.key if need else None,
            brief=brief(self.state, self.known, need, reason),
            head_start_s=max((wish.head_start_s for wish in wishes), default=0),
            skills=tuple(skill for wish in wishes for skill in wish.skills),
        )
        return replace(turn, let_go=gone)

    def _parting(self, texts: list[str]) -> Say:
        usual = self.playbook.texts.handing_over
        try:
            return self.fill(next(filter(None, texts), usual))
        except template.Unresolved:
            return Say(usual)

    def _note_record(self, need: Need | None) -> None:
        """The record that a person will be asked about, if it is plain which."""
        if need and need.about and len(found := self.pick(need).records) == 1:
            self.learn(need.about, found[0].key, Certainty.ON_RECORD, Origin.RECORD)

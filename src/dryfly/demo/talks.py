"""How a talk of the past went, from the first word to the wrap-up: the customer, the assistant, an agent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from random import Random

from dryfly.conversations.model import Brief, BriefLine, Certainty, Fact, Origin
from dryfly.conversations.record import BOT, CUSTOMER, Said, agent_actor
from dryfly.conversations.words import BriefWords, FactWords, MessageWords, NoteWords
from dryfly.demo import phrases
from dryfly.demo.cases import Case
from dryfly.demo.company import WORKERS
from dryfly.demo.phrases import LINES
from dryfly.demo.stage import Later, Stage
from dryfly.demo.told import SIGNALS, Told
from dryfly.floor import model as floor
from dryfly.floor.model import (
    AgentId,
    AuthorKind,
    Channel,
    ContactId,
    ContactState,
    CustomerId,
    Event,
    Instant,
    MessageId,
    NoteId,
    QueuedBecause,
    QueueId,
)
from dryfly.gate import Circumstances, Outgoing, Permit, Purpose, may_go_out

WEB = Channel("web")
PROVED = 3
NAMES = {AgentId(worker.id): worker.name for worker in WORKERS}
PATIENCE_S = 420


@dataclass
class Talk:
    """One contact of the past, with what was learned in it."""

    contact: ContactId
    case: Case
    facts: list[Fact] = field(default_factory=list)
    answered: list[BriefLine] = field(default_factory=list)
    served: bool = False


class Talks:
    """All of them, as they are played on the stage."""

    def __init__(self, stage: Stage, told: Told, customer_of: Mapping[str, CustomerId]) -> None:
        self._stage = stage
        self._told = told
        self._customer_of = customer_of
        self._talks: dict[ContactId, Talk] = {}

    @property
    def _random(self) -> Random:
        return self._stage.random

    def react(self, event: Event) -> None:
        match event:
            case floor.OfferMade():
                self._consider(event)
            case floor.ContactQueued(contact=contact):
                self._lose_patience_at(contact)
            case floor.ContactEngaged(contact=contact, agent=agent):
                self._serve(self._talks[contact], agent)
            case floor.ContactClosed(contact=contact):
                self._talks.pop(contact, None)
            case floor.PresenceChanged(agent=agent, by_floor=True):
                ready = floor.SetPresence(agent, floor.Presence.READY)
                self._stage.after(self._random.uniform(60, 300), lambda: self._do(agent, ready))
            case _:
                pass

    # ---- the customer and the assistant ----------------------------------------------------------

    def begin(self, case: Case) -> None:
        id, is_signed_in = self._stage.new_id(), self._random.random() < 0.45
        talk = Talk(ContactId(id), case)
        self._talks[talk.contact] = talk
        customer = self._customer_of.get(case.customer.key)
        self._stage.do(CUSTOMER, floor.OpenContact(talk.contact, WEB, customer if is_signed_in else None), id=id)
        self._hear(talk, case.opening(self._random))
        if is_signed_in and customer:
            self._identify(talk, customer, "signed login")
            self._stage.after(2, lambda: self._bot_turn(talk))
        elif self._told.wants_identity(case):
            self._ask_who(talk)
        else:
            self._stage.after(2, lambda: self._bot_turn(talk))

    def _ask_who(self, talk: Talk) -> None:
        later = Later(self._stage).then(1.5, lambda: self._bot_says(talk, self._told.playbook.texts.ask_identity))
        if self._random.random() > 0.04:  # the others leave there
            later.then(self._random.uniform(8, 40), lambda: self._say_who(talk))
            later.then(2, lambda: self._bot_turn(talk))
        later.begin()

    def _say_who(self, talk: Talk) -> None:
        self._hear(talk, talk.case.customer.email)
        if customer := self._customer_of.get(talk.case.customer.key):
            self._identify(talk, customer, "e-mail")

    def _identify(self, talk: Talk, customer: CustomerId, proof: str) -> None:
        facts = (
            self._fact("proof", proof, "Known by", Origin.BOT, Certainty.PROVED),
            self._fact("name", talk.case.customer.name, "Name", Origin.RECORD, Certainty.ON_RECORD),
        )
        self._stage.do(BOT, floor.IdentifyCustomer(talk.contact, customer, PROVED))
        self._learn(talk, *facts)

    def _bot_turn(self, talk: Talk) -> None:
        if not self._is_in(talk, ContactState.WITH_BOT):
            return
        answer = self._told.answer(talk.case)
        if answer is None:
            self._ask_facts(talk)
            return
        talk.answered.append(BriefLine(answer, self._stage.now))
        self._bot_says(talk, answer)
        self._after_answer(talk)

    def _after_answer(self, talk: Talk) -> None:
        """Most are content; some say so, some just go, some want a person all the same."""
        luck, wait_s = self._random.random(), self._random.uniform(10, 60)
        if luck < 0.5:
            leave = floor.LeaveContact(talk.contact, solved=True)
            Later(self._stage).then(wait_s, lambda: self._hear(talk, self._random.choice(phrases.SOLVED))).then(
                2, lambda: self._bot_says(talk, self._told.playbook.texts.goodbye)
            ).then(1, lambda: self._stage.do(BOT, leave)).begin()
        elif luck < 0.72:
            leave = floor.LeaveContact(talk.contact, solved=False)
            self._stage.after(wait_s * 2, lambda: self._stage.do(CUSTOMER, leave))
        elif luck > 0.8:
            self._stage.after(wait_s, lambda: self._ask_for_person(talk))

    def _ask_for_person(self, talk: Talk) -> None:
        if self._is_in(talk, ContactState.WITH_BOT):
            self._hear(talk, self._random.choice(LINES["asked_for_person"].opens))
            self._hand_over(talk, "asked_for_person")

    def _ask_facts(self, talk: Talk) -> None:
        later = Later(self._stage)
        for fact, label, question in self._told.questions(talk.case):
            value = talk.case.fill(phrases.REASONS.get(fact, ""))
            later.then(1, partial(self._bot_says, talk, question))
            later.then(self._random.uniform(6, 30), partial(self._hear, talk, value))
            later.then(1, partial(self._told_fact, talk, fact, value, label))
        later.then(1.5, lambda: self._hand_over(talk, _reason(talk.case.need))).begin()

    def _hand_over(self, talk: Talk, reason: str) -> None:
        if not self._is_in(talk, ContactState.WITH_BOT):
            return
        texts, asked = self._told.playbook.texts, reason == "asked_for_person"
        self._bot_says(talk, texts.asked_for_person if asked else texts.handing_over)
        need, title = talk.case.need, self._told.title(talk.case)
        if title:
            self._learn(talk, self._fact("need", title, "Need", Origin.BOT, Certainty.GUESSED))
        brief = Brief(
            self._customer_of.get(talk.case.customer.key), PROVED, "e-mail", need if title else "", title,
            round(self._random.uniform(0.7, 0.99), 2), reason, tuple(talk.facts), tuple(talk.answered),
        )  # fmt: skip
        because = QueuedBecause.CUSTOMER_ASKED if asked else QueuedBecause.BOT_LET_GO
        queue = QueueId(self._told.queue(talk.case))
        command = floor.QueueContact(talk.contact, queue, because, need if title else None, reason)
        self._stage.do(BOT, command, BriefWords.of(talk.contact, brief))

    def _lose_patience_at(self, contact: ContactId) -> None:
        def go() -> None:
            found = self._stage.state.contacts.get(contact)
            if found is not None and found.owner is floor.OwnerKind.QUEUE:
                self._stage.do(CUSTOMER, floor.LeaveContact(contact))

        patience_s = 15 + self._random.expovariate(1 / PATIENCE_S)
        if patience_s > 150 and (talk := self._talks.get(contact)):
            self._stage.after(patience_s * 0.6, lambda: self._ask_again(talk))
        self._stage.after(patience_s, go)

    def _ask_again(self, talk: Talk) -> None:
        if self._is_in(talk, ContactState.WAITING):
            self._hear(talk, self._random.choice(phrases.IMPATIENT))

    # ---- agents ----------------------------------------------------------------------------------

    def _consider(self, offer: floor.OfferMade) -> None:
        luck, after_s = self._random.random(), self._random.uniform(3, 14)
        accept, decline = (
            floor.AcceptOffer(offer.offer, offer.agent),
            floor.DeclineOffer(offer.offer, offer.agent, "busy"),
        )
        if luck > 0.04:  # else missed
            self._stage.after(after_s, lambda: self._do(offer.agent, decline if luck < 0.07 else accept))

    def _serve(self, talk: Talk, agent: AgentId) -> None:
        """Greets, does what is to be done with the customer's words in between, says goodbye, writes it up."""
        random, later = self._random, Later(self._stage)
        lines = [random.choice(some) for some in LINES[talk.case.need].agent] or ["I have had a look, all is well."]
        order = talk.case.order.key if talk.case.order else ""
        greeting = phrases.BYES[0] if talk.served else phrases.greeting(random, order)
        for line in (greeting, *lines):
            later.then(random.uniform(20, 95), partial(self._agent_says, talk, agent, line))
            if random.random() < 0.75:
                later.then(random.uniform(8, 50), lambda: self._hear(talk, random.choice(phrases.FOLLOWS)))
        later.then(random.uniform(25, 110), lambda: self._agent_says(talk, agent, random.choice(phrases.BYES)))
        later.then(random.uniform(5, 30), lambda: self._hear(talk, random.choice(phrases.THANKS)))
        if not talk.served and random.random() < 0.05:
            other = QueueId(random.choice(("orders", "returns", "care")))
            later.acts = later.acts[:3]
            later.then(20, lambda: self._do(agent, floor.TransferContact(talk.contact, agent, to_queue=other)))
        else:
            later.then(random.uniform(4, 40), lambda: self._do(agent, floor.FinishContact(talk.contact, agent)))
            later.then(random.uniform(8, 50), lambda: self._wrap_up(talk, agent))
        talk.served = True
        later.begin()

    def _wrap_up(self, talk: Talk, agent: AgentId) -> None:
        if not self._is_in(talk, ContactState.WRAP_UP):
            return
        if self._random.random() < 0.35:
            note = NoteId(id := self._stage.new_id())
            words = NoteWords(talk.contact, note, self._random.choice(phrases.NOTES), agent, NAMES[agent])
            self._stage.do(agent_actor(agent), floor.WriteNote(talk.contact, note, agent), words, id=id)
        disposition = self._random.choice(LINES[talk.case.need].closes)
        self._do(agent, floor.WrapUpContact(talk.contact, agent, disposition))

    # ---- words -----------------------------------------------------------------------------------

    def _is_in(self, talk: Talk, state: ContactState) -> bool:
        found = self._stage.state.contacts.get(talk.contact)
        return found is not None and found.state is state

    def _do(self, agent: AgentId, command: floor.Command) -> None:
        self._stage.do(agent_actor(agent), command)

    def _hear(self, talk: Talk, text: str) -> None:
        if talk.contact in self._stage.state.contacts and text:
            message = MessageId(id := self._stage.new_id())
            words = MessageWords(talk.contact, message, AuthorKind.CUSTOMER, text=text)
            self._stage.do(CUSTOMER, floor.HearCustomer(talk.contact, message), words, id=id)

    def _bot_says(self, talk: Talk, text: str) -> None:
        if self._is_in(talk, ContactState.WITH_BOT):
            self._say(Said(talk.contact, text, AuthorKind.BOT), None)

    def _agent_says(self, talk: Talk, agent: AgentId, text: str) -> None:
        found = self._stage.state.contacts.get(talk.contact)
        if found is not None and found.agent == agent and found.state is ContactState.ACTIVE:
            shown = NAMES[agent].split()[0]
            self._say(Said(talk.contact, talk.case.fill(text, shown), AuthorKind.AGENT, agent, shown), agent)

    def _say(self, said: Said, agent: AgentId | None) -> None:
        message = MessageId(id := self._stage.new_id())
        permit = self._permit(said, message)
        command = floor.SayToCustomer(said.contact, message, said.author, agent, permit.rule)
        self._stage.do(agent_actor(agent) if agent else BOT, command, id=id, said=said)

    def _permit(self, said: Said, message: MessageId) -> Permit:
        """What was said in a made-up past passed the gate too."""
        contact = self._stage.state.contacts[said.contact]
        customer = contact.customer
        outgoing = Outgoing(message, said.contact, customer, contact.channel, said.author, Purpose.ANSWER)
        permit = may_go_out(outgoing, Circumstances(contact.state, customer, Instant(self._stage.now)))
        assert isinstance(permit, Permit)
        return permit

    def _learn(self, talk: Talk, *facts: Fact) -> None:
        if talk.contact in self._stage.state.contacts:
            talk.facts.extend(facts)
            words = [FactWords.of(talk.contact, fact) for fact in facts]
            self._stage.do(BOT, floor.RecordFacts(talk.contact, tuple(fact.key for fact in facts)), *words)

    def _told_fact(self, talk: Talk, key: str, value: str, label: str) -> None:
        self._learn(talk, self._fact(key, value, label, Origin.CUSTOMER, Certainty.SAID))

    def _fact(self, key: str, value: str, label: str, origin: Origin, certainty: Certainty) -> Fact:
        return Fact(key, value, origin, certainty, self._stage.now, label)


def _reason(need: str) -> str:
    return need if need == "asked_for_person" or need in SIGNALS else "needs_person"

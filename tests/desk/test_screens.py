"""Old state plus pushes equals a fresh state: for every event of seeded days with faults, on every screen.

A day is played on the real floor. Each event goes through the views that the ledger calls; what they push is
folded as the pages fold it; after every command each agent's desk and each customer's page must show what a
fresh look at the floor shows.
"""

from typing import Any, cast

import msgspec
import pytest

from dryfly import floor
from dryfly.channels.web.view import WebView, call_of, stage_of
from dryfly.channels.web.words import Call
from dryfly.conversations.record import CUSTOMER
from dryfly.conversations.store import Conversations
from dryfly.conversations.talks import Talks
from dryfly.conversations.telling import told_of
from dryfly.conversations.words import MessageWords, NoteWords
from dryfly.desk import words
from dryfly.desk.lines import Lines
from dryfly.desk.story_view import StoryView
from dryfly.desk.view import DeskView, on_screen
from dryfly.floor import model as m
from dryfly.floor.model import AgentId, AuthorKind, ContactId, Instant, SiteId
from dryfly.ledger import CommandId, Recorded, Topic, View, Words
from dryfly.setup.model import Catalogue, PersonRole, Site
from tests.days.generator import GeneratedDay

SITE = SiteId("north")
TOLD_WITH_A_MESSAGE = ("channel", "reply_due_at", "reply_overdue", "woken", "answers_on")
FOLLOWED = TOLD_WITH_A_MESSAGE  # of a talk, told with each message
FOLDED_BY_THE_PAGE = ("last_text", "last_at", "unread_count", "changed_at")  # from the messages that it gets


class NoWordsYet(Conversations):
    """After a start there is nothing to recall: these days begin with one."""

    def __init__(self) -> None: ...

    async def recall_talks(self, site: SiteId, talks: Any, mains: Any) -> None: ...


class Desk:
    """What a console keeps, as web/words/src/desk.ts does."""

    def __init__(self) -> None:
        self.talks: dict[str, dict[str, Any]] = {}
        self.offers: dict[str, dict[str, Any]] = {}
        self.requests: dict[str, dict[str, Any]] = {}
        self.presence: dict[str, Any] = {}

    def take(self, push: dict[str, Any]) -> None:
        match push["kind"]:
            case "talk_changed":
                self.talks[push["talk"]["contact"]] = push["talk"]
                self.requests.pop(push["talk"]["contact"], None)
            case "talk_merged":
                self.talks.pop(push["contact"], None)
                self.requests.pop(push["contact"], None)
                self.talks[push["talk"]["contact"]] = push["talk"]
            case "talk_gone":
                self.talks.pop(push["contact"], None)
            case "offer_shown":
                self.offers[push["offer"]["offer"]] = push["offer"]
                self._draw(push["offer"]["talk"])
            case "offer_gone":
                self.offers.pop(push["offer"], None)
                self._draw(push["talk"])
            case "request_shown":
                self.requests[push["request"]["contact"]] = push["request"]
            case "request_gone":
                self.requests.pop(push["contact"], None)
            case "presence_set":
                self.presence = push["presence"]
            case "message_added" if push["contact"] in self.talks:
                self.talks[push["contact"]] |= {key: push[key] for key in TOLD_WITH_A_MESSAGE}
            case _:
                pass

    def _draw(self, talk: dict[str, Any] | None) -> None:
        """A talk in which I take part is offered to me."""
        if talk is not None and talk["contact"] in self.talks:
            self.talks[talk["contact"]] = talk


class Screens:
    """Implements `tests.days.generator.Floor`: a floor with everybody's screens before it."""

    def __init__(self) -> None:
        self.state = floor.new_state()
        self.catalogue = Catalogue(Site(SITE, "North"))
        self.talks = Talks(NoWordsYet())
        self.lines = Lines(self.talks, lambda: self.catalogue)
        self.views: list[View] = [self.talks, StoryView(DeskView(self.lines)), WebView(lambda agent: str(agent))]
        self.desks: dict[AgentId, Desk] = {}
        self.stages: dict[ContactId, str] = {}
        self.calls: dict[ContactId, dict[str, Any]] = {}  # what each customer's page says of a call back
        self.read: dict[str, dict[str, Any]] = {}  # what somebody who only reads a talk sees of it
        self.told: dict[str, list[str]] = {}  # what each talk says by itself, as the journal has it...
        self.pushed: dict[str, list[str]] = {}  # ...and as customers (by contact) and readers (watch:...) are told
        self.seq = 0
        self.checks_count = 0

    def submit(self, command: m.Command, now: Instant) -> list[m.Event]:
        try:
            events = floor.step(self.state, command, now)
        except m.Refusal:
            return []
        words = _words_of(command)
        for number, event in enumerate(events):
            self.seq += 1
            contact = getattr(event, "contact", None)
            recorded = Recorded(
                self.seq, now, event, CUSTOMER, CommandId(str(self.seq)), contact, None, words if number == 0 else ()
            )
            if line := told_of(recorded, str):
                self.told.setdefault(str(contact), []).append(line.id)
            for view in self.views:
                pushes = view.see(recorded, self.state)
                assert len({topic for topic, _ in pushes}) == len(pushes), "of one event, each is told once"
                for topic, payload in pushes:
                    self._deliver(topic, msgspec.json.decode(payload))
        self._check()
        return events

    def restart(self) -> None:
        """Screens live through it: they say hello again and have missed nothing."""

    def _deliver(self, topic: Topic, push: dict[str, Any]) -> None:
        kind, _, id = topic.partition(":")
        if kind == "agent":
            self.desks.setdefault(AgentId(id), Desk()).take(push)
            if push["kind"] == "story_moved":
                assert push["customer"] in self._customers_of(AgentId(id))
        elif kind == "customer":
            self._shows(id, push)
        elif kind == "watch":
            self._reads(id, push)

    def _shows(self, contact: str, push: dict[str, Any]) -> None:
        if push["kind"] == "stage_changed":
            self.stages[ContactId(contact)] = push["stage"]
            self.calls[ContactId(contact)] = push["call"]
        told = push.get("told") or push.get("message")
        if told and told["author"] == "system":
            assert told["agent"] is None
            self.pushed.setdefault(contact, []).append(told["id"])

    def _reads(self, contact: str, push: dict[str, Any]) -> None:
        if push["kind"] == "watched_changed":
            self.read[contact] = push["talk"]
            if push["told"]:
                self.pushed.setdefault(f"watch:{contact}", []).append(push["told"]["id"])
        elif push["kind"] == "message_added" and contact in self.read:
            self.read[contact] |= {key: push[key] for key in FOLLOWED}

    def _customers_of(self, agent: AgentId) -> set[str | None]:
        contacts = self.state.contacts.values()
        return {contact.customer for contact in contacts if agent in on_screen(self.state, contact.id)}

    def _check(self) -> None:
        self.checks_count += 1
        for agent in self.state.agents:
            desk = self.desks.setdefault(agent, Desk())
            fresh = msgspec.json.decode(msgspec.json.encode(self.lines.desk(self.state, _me(agent))))
            assert _differences(fresh["talks"], desk.talks, "contact") == [], agent
            assert _differences(fresh["offers"], desk.offers, "offer") == [], agent
            assert _differences(fresh["requests"], desk.requests, "contact") == [], agent
            if desk.presence:
                assert fresh["presence"]["presence"] == desk.presence["presence"]
        for contact in self.state.contacts:
            if contact in self.read:
                line = msgspec.json.decode(msgspec.json.encode(self.lines.talk(self.state.contacts[contact])))
                assert _differences([line], {contact: self.read[contact]}, "contact") == []
            stage, _ = stage_of(self.state, contact)
            assert self.stages.get(contact, "bot") == stage, contact
            call = msgspec.to_builtins(call_of(self.state, contact))
            assert self.calls.get(contact, msgspec.to_builtins(Call())) == call, contact
            assert self.pushed.get(f"watch:{contact}", []) == self.told.get(contact, [])
        assert {contact: ids for contact, ids in self.pushed.items() if not contact.startswith("watch:")} == self.told


def _me(agent: AgentId) -> words.Me:
    return words.Me("p", "P", "p@example.org", SITE, "North", PersonRole.AGENT, agent)


def _words_of(command: m.Command) -> tuple[Words, ...]:
    match command:
        case m.HearCustomer(contact, message):
            return (MessageWords(contact, message, AuthorKind.CUSTOMER, text="words"),)
        case m.SayToCustomer(contact, message, author, agent):
            return (MessageWords(contact, message, author, agent, text="words"),)
        case m.AskColleague(contact, agent, note=note) if note:
            return (NoteWords(contact, note, "what do you think?", agent),)
        case _:
            return ()


def _differences(fresh: Any, shown: dict[str, dict[str, Any]], key: str) -> list[str]:
    """What the screen shows otherwise than it is."""
    there = {row[key]: _told(row) for row in fresh}
    if there.keys() != shown.keys():
        return [f"{sorted(shown)} is shown, {sorted(there)} is there"]
    rows = [(id, there[id], _told(shown[id])) for id in there]
    return [
        f"{id}.{name}: {told[name]} is shown, {row[name]} is there"
        for id, row, told in rows
        for name in row
        if row[name] != told[name]
    ]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Without what a page folds by itself from the messages."""
    if "talk" in row:
        return {**row, "talk": None, "auto_accept": None}  # as they were when it was made
    return {name: value for name, value in row.items() if name not in FOLDED_BY_THE_PAGE}


@pytest.mark.parametrize("seed", range(30))
def test_every_screen_shows_what_is(seed: int) -> None:
    screens = Screens()
    GeneratedDay(seed, cast(Any, screens)).run()
    assert screens.checks_count > 20
    assert sum(map(len, screens.told.values())) > 10

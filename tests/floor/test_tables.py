"""What is written down as data is complete and true."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

from dryfly.floor import REFUSALS, apply, digest, new_state, restore, snapshot
from dryfly.floor import model as m
from dryfly.floor.snapshot import AGENT_DERIVED, AGENT_FACTS
from dryfly.floor.transitions import TRANSITIONS, mermaid
from tests.floor.day import Day

FLOOR = Path(__file__).parents[2] / "src" / "dryfly" / "floor"


def test_every_refusal_has_its_sentence_and_every_sentence_is_used() -> None:
    used = {code for file in FLOOR.glob("*.py") for code in re.findall(r'refuse\(\s*"(\w+)"', file.read_text())}
    assert used == REFUSALS.keys()


def test_every_state_can_be_reached_and_left() -> None:
    entered = {after for rows in TRANSITIONS.values() for after in rows.values()}
    left = {before for rows in TRANSITIONS.values() for before in rows}
    assert entered == set(m.ContactState) - {m.ContactState.WITH_BOT}
    assert left == set(m.ContactState) - {m.ContactState.CLOSED}


def test_the_picture_shows_the_table() -> None:
    picture = mermaid()
    assert picture.startswith("stateDiagram-v2\n")
    assert "    waiting --> offered: OfferMade\n" in picture
    assert len(picture.splitlines()) == 3 + sum(len(rows) for rows in TRANSITIONS.values())


def test_commands_and_events_are_facts_and_all_are_in_the_unions() -> None:
    classes = {c for c in vars(m).values() if isinstance(c, type) and hasattr(c, "__dataclass_fields__")}
    words = set(get_args(m.Command)) | set(get_args(m.Event))
    parts = {m.SkillNeed, m.Relaxation, m.OverflowRule, m.Span, m.ChannelCapacity}
    assert classes - words == parts | {m.AgentSpec, m.QueueSpec, m.SiteSpec}
    assert all(word.__dataclass_params__.unsafe_hash for word in words), "a `fact`, which mypy holds frozen"


def test_a_snapshot_holds_every_fact_and_nothing_derived(day: Day) -> None:
    bob = day.agent("bob", french=3)
    ann = day.customer("ann", known_as="ann").asks("help", ("french", 2))
    bob.serves(ann)
    day.agent("eve").joins(ann, m.Role.CONSULTED)
    day.customer("ben").asks("help")
    state = day.floor.state
    restored = restore(snapshot(state))
    assert restored.contacts == state.contacts
    assert restored.offers == state.offers
    assert restored.queues == state.queues
    assert restored.site == state.site
    for name, agent in state.agents.items():  # index fields too: they are made anew
        assert {f.name: getattr(restored.agents[name], f.name) for f in fields(agent)} == {
            f.name: getattr(agent, f.name) for f in fields(agent)
        }
    assert {*AGENT_FACTS, *AGENT_DERIVED} == {f.name for f in fields(state.agents[bob.id])}


def test_the_digest_tells_facts_apart(day: Day) -> None:
    before = digest(day.floor.state)
    ann = day.customer("ann")
    with_ann = digest(day.floor.state)
    ann.writes()
    assert len({before, with_ann, digest(day.floor.state)}) == 3


def test_the_digest_does_not_tell_orders_apart(day: Day) -> None:
    for name in ("bob", "al"):
        day.agent(name)
    for name in ("zoe", "ann"):
        day.customer(name).asks("help")
    day.queue("another")
    state = day.floor.state
    before = digest(state)
    state.contacts = dict(reversed(state.contacts.items()))
    state.agents = dict(reversed(state.agents.items()))
    state.offers = dict(reversed(state.offers.items()))
    state.queues = dict(reversed(state.queues.items()))
    assert digest(state) == before


def test_a_refusal_changes_nothing(day: Day) -> None:
    day.customer("ann").asks("help")
    before = snapshot(day.floor.state)
    day.passes(5)
    day.refusal_of(m.HearCustomer(m.ContactId("nobody"), day.message()))
    day.refusal_of(m.PutQueue(m.QueueId("q"), m.QueueSpec(choice="by_dice")))
    day.refusal_of(m.PutAgent(m.AgentId("a"), m.AgentSpec({m.SkillId("s"): 11})))
    assert snapshot(day.floor.state) == before


def test_the_journal_alone_gives_the_state(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    replayed = new_state()
    for event, at in day.floor.journal:
        apply(replayed, event, at)
    assert snapshot(replayed) == snapshot(day.floor.state)

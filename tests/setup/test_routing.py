"""Routing that cannot be is refused where it stands; what will surprise is said before it is saved."""

from dataclasses import replace

import msgspec
import pytest

from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    OverflowRule,
    OverflowTo,
    OverflowWhen,
    PutQueue,
    QueueId,
    QueueSpec,
    Relaxation,
    SiteId,
    SkillId,
    SkillNeed,
)
from dryfly.setup.advice import findings, warnings
from dryfly.setup.change import FloorSpecs, commands_between
from dryfly.setup.hours import Day, Hours, Span
from dryfly.setup.model import Agent, Catalogue, Queue, Site, Skill
from tests.setup.test_hours import VIENNA, at

NOW = at("2026-11-23T09:00")
BILLING, ENGLISH = SkillId("billing"), SkillId("english")
LENGTH, CLOSED, WAIT = OverflowWhen.LENGTH, OverflowWhen.CLOSED, OverflowWhen.WAIT
NEEDS = QueueSpec(requirement=(SkillNeed(BILLING, 5), SkillNeed(ENGLISH, 1, firm=True)))


def need(skill: SkillId, level: int) -> SkillNeed:
    return SkillNeed(skill, level)


def to_queue(name: str, when: OverflowWhen = LENGTH, limit: int = 10) -> OverflowRule:
    return OverflowRule(when, OverflowTo.QUEUE, limit, QueueId(name))


def site(spec: QueueSpec, hours: Hours | None = None, **others: QueueSpec) -> Catalogue:
    """A queue `money` beside others; an agent for billing and one for English."""
    skills = {
        AgentId("ada"): {BILLING: 7, ENGLISH: 3},
        AgentId("ben"): {BILLING: 3, ENGLISH: 3},
    }
    return Catalogue(
        Site(SiteId("main"), "Main"),
        skills={skill: Skill(skill, skill) for skill in (BILLING, ENGLISH, SkillId("welsh"))},
        agents={id: Agent(id, id, spec=AgentSpec(has)) for id, has in skills.items()},
        queues={
            QueueId(id): Queue(QueueId(id), id, spec=one, hours=hours) for id, one in {"money": spec, **others}.items()
        },
    )


def refused(spec: QueueSpec, **others: QueueSpec) -> list[tuple[str, str]]:
    found = findings(Catalogue(Site(SiteId("main"), "Main")), site(spec, None, **others), NOW)
    return [(one.code, one.where.removeprefix("queues/money.spec.")) for one in found if one.refused]


def warned(catalogue: Catalogue, now: int = NOW) -> list[tuple[str, str]]:
    return [(one.code, one.where.removeprefix("queues/money.spec.")) for one in warnings(catalogue, now)]


def relaxing(*steps: Relaxation) -> QueueSpec:
    return replace(NEEDS, relaxations=steps)


@pytest.mark.parametrize(
    ("spec", "code", "place"),
    [
        (relaxing(Relaxation(60), Relaxation(60)), "relaxation_out_of_order", "relaxations[1].after_s"),
        (relaxing(Relaxation(0)), "relaxation_out_of_order", "relaxations[0].after_s"),
        (relaxing(Relaxation(60, (need(BILLING, 6),))), "relaxation_tightens", "relaxations[0].levels[0]"),
        (
            relaxing(Relaxation(30, (need(BILLING, 3),)), Relaxation(60, (need(BILLING, 4),))),
            "relaxation_tightens",
            "relaxations[1].levels[0]",
        ),
        (relaxing(Relaxation(60, (need(ENGLISH, 0),))), "skill_is_firm", "relaxations[0].levels[0]"),
        (
            relaxing(Relaxation(60, backup=(need(SkillId("klingon"), 1),))),
            "skill_exists_not",
            "relaxations[0].backup[0]",
        ),
        (replace(NEEDS, ring=21), "spec_out_of_range", "ring"),
        (replace(NEEDS, overflow=(to_queue("nowhere"),)), "queue_exists_not", "overflow[0].queue"),
        (replace(NEEDS, overflow=(to_queue("money"),)), "overflow_is_cyclic", "overflow"),
        (replace(NEEDS, overflow=(OverflowRule(WAIT, OverflowTo.CALLBACK, 9),)), "no_callbacks", "overflow[0].to"),
        (replace(NEEDS, overflow=(OverflowRule(LENGTH, OverflowTo.BOT, 0),)), "spec_out_of_range", "overflow[0].limit"),
    ],
)
def test_it_is_refused_where_it_stands(spec: QueueSpec, code: str, place: str) -> None:
    assert refused(spec) == [(code, place)]


def test_overflow_in_a_circle_over_several_queues() -> None:
    others = {"one": QueueSpec(overflow=(to_queue("two"),)), "two": QueueSpec(overflow=(to_queue("money"),))}
    assert ("overflow_is_cyclic", "overflow") in refused(replace(NEEDS, overflow=(to_queue("one"),)), **others)


def test_rules_that_turn_round_pass_through_no_circle() -> None:
    there, back = QueueSpec(overflow=(to_queue("b"),)), QueueSpec(overflow=(to_queue("a"),))
    old = FloorSpecs(queues={QueueId("a"): there, QueueId("b"): QueueSpec()})
    new = FloorSpecs(queues={QueueId("a"): QueueSpec(), QueueId("b"): back})
    for before, after in ((old, new), (new, old)):
        first = commands_between(before, after)[0]
        assert isinstance(first, PutQueue)
        assert first.spec.overflow == ()


@pytest.mark.parametrize(
    ("spec", "code", "place"),
    [
        (QueueSpec(requirement=(need(SkillId("welsh"), 1),)), "nobody_has_skill", "requirement[0]"),
        (QueueSpec(requirement=(need(BILLING, 9),)), "nobody_can_serve", "requirement"),
        (relaxing(Relaxation(30, (need(BILLING, 4),))), "step_adds_nobody", "relaxations[0]"),
        (replace(NEEDS, overflow=(to_queue("one", CLOSED, 0),)), "rule_never_closed", "overflow[0]"),
        (replace(NEEDS, overflow=(to_queue("one", limit=20_000),)), "rule_over_full", "overflow[0]"),
        (
            replace(NEEDS, overflow=(to_queue("one", limit=5), OverflowRule(LENGTH, OverflowTo.BOT, 9))),
            "rule_hidden",
            "overflow[1]",
        ),
    ],
)
def test_what_will_surprise_is_said(spec: QueueSpec, code: str, place: str) -> None:
    assert (code, place) in warned(site(spec, one=QueueSpec()))


def test_routing_that_works_is_left_alone() -> None:
    spec = replace(
        relaxing(Relaxation(30, (need(BILLING, 3),))),
        overflow=(to_queue("one", limit=5), to_queue("one", CLOSED, 0), OverflowRule(WAIT, OverflowTo.BOT, 60)),
    )
    catalogue = site(spec, VIENNA, one=QueueSpec())
    assert warned(catalogue) == []
    assert refused(spec, one=QueueSpec()) == []


def test_a_weekly_span_that_the_clock_skips_is_said_with_its_date() -> None:
    hours = Hours("Europe/Vienna", {Day.SUN: (Span("02:00", "03:00"),)})
    (found,) = warnings(msgspec.structs.replace(site(NEEDS), site=Site(SiteId("main"), "Main", hours=hours)), NOW)
    assert (found.code, found.where) == ("hours_skipped", "site.hours")
    assert found.values["date"] == "2027-03-28"

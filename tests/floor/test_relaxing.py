"""A requirement relaxes while the customer waits: whom the contact needs is asked first, then whom it would do with."""

import pytest

from dryfly.floor import model as m
from dryfly.floor import why
from dryfly.floor.model import QueueId, SkillId, SkillNeed
from tests.floor.day import Day

LOANS = SkillId("loans")


def step(after_s: int, *levels: tuple[str, int], backup: tuple[tuple[str, int], ...] = ()) -> m.Relaxation:
    return m.Relaxation(after_s, needs(*levels), needs(*backup))


def needs(*levels: tuple[str, int]) -> tuple[SkillNeed, ...]:
    return tuple(SkillNeed(SkillId(skill), level) for skill, level in levels)


def test_the_level_goes_down_and_the_skill_is_dropped_at_the_times_stated(day: Day) -> None:
    day.queue("loans", ("loans", 8), relaxations=(step(30, ("loans", 4)), step(90, ("loans", 0))))
    solid, novice = day.agent("solid", loans=5), day.agent("novice")
    ann = day.customer("ann").asks("loans")
    assert ann.is_waiting
    assert why(day.floor.state, ann.id, day.now).reason == "not_yet"
    day.passes(29)
    assert ann.is_waiting
    day.passes(1)
    assert solid.offered == "ann"
    solid.goes_away()
    day.passes(59)
    assert (ann.is_waiting, novice.offered) == (True, None)
    day.passes(1)
    assert novice.offered == "ann"


def test_a_backup_group_is_asked_after_its_delay_and_only_when_the_first_group_is_busy(day: Day) -> None:
    day.queue("loans", ("loans", 3), relaxations=(step(20, backup=(("help", 1),)),))
    helper = day.agent("helper", help=5)
    ann = day.customer("ann").asks("loans")
    day.passes(20)
    assert helper.offered == "ann"
    helper.serves(ann)
    helper.finishes(ann)
    expert = day.agent("expert", loans=9)
    expert.goes_away()
    day.customer("ben").asks("loans")
    day.passes(19)
    expert.is_ready()
    assert expert.offered == "ben", "who meets the requirement is asked before the back-up"


def test_what_is_firm_never_drops(day: Day) -> None:
    firm = SkillNeed(SkillId("french"), 4, firm=True)
    day.queue("loans", ("loans", 5), relaxations=(step(10, ("loans", 0)), step(20, backup=(("help", 1),))))
    ann = day.customer("ann")
    day.submit(m.QueueContact(ann.id, QueueId("loans"), m.QueuedBecause.BOT_LET_GO, extra=(firm,)))
    day.agent("helper", help=9)
    day.passes(600)
    assert ann.is_waiting
    assert day.agent("camille", help=1, french=4).offered == "ann"


def test_steps_are_read_live(day: Day) -> None:
    day.queue("loans", ("loans", 8), relaxations=(step(60, ("loans", 6)),))
    solid = day.agent("solid", loans=5)
    day.customer("ann").asks("loans")
    day.passes(60)
    assert solid.offered is None
    day.queue("loans", ("loans", 8), relaxations=(step(60, ("loans", 5)),))
    assert solid.offered == "ann"


def test_who_waits_again_begins_with_the_whole_requirement(day: Day) -> None:
    day.queue("loans", ("loans", 8), relaxations=(step(30, ("loans", 1)),))
    novice = day.agent("novice", loans=1)
    ann = day.customer("ann").asks("loans")
    day.passes(30)
    novice.serves(ann)
    expert = day.agent("expert", loans=9, ready=False)
    novice.transfers(ann, queue="loans")
    assert ann.contact.relaxed == 0
    assert expert.signs_in().offered == "ann"


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((step(30, ("loans", 9)),), "relaxation_tightens"),
        ((step(30, ("loans", 2)), step(60, ("loans", 3))), "relaxation_tightens"),
        ((step(30), step(30)), "relaxation_out_of_order"),
        ((step(0),), "relaxation_out_of_order"),
        (tuple(step(n) for n in range(1, 10)), "relaxation_out_of_order"),
        ((step(30, ("french", 0)),), "skill_is_firm"),
        ((step(30, backup=(("loans", 11),)),), "spec_out_of_range"),
    ],
)
def test_impossible_steps_are_refused(day: Day, steps: tuple[m.Relaxation, ...], code: str) -> None:
    requirement = (SkillNeed(LOANS, 5), SkillNeed(SkillId("french"), 3, firm=True))
    assert day.refusal_of(m.PutQueue(QueueId("loans"), m.QueueSpec(requirement, relaxations=steps))) == code

"""The kernel gives what the floor gives, to the millisecond, wherever it says that it may be asked."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dryfly.floor import model as m
from dryfly.floor.model import AgentId, Channel, QueueId, SkillId
from dryfly.simulation import kernel
from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.drive import drive
from dryfly.simulation.submodel import fits, reasons_outside
from dryfly.simulation.workload import Act, Ints, Roster, Workload, plain_roster, plain_workload, same_trajectory
from tests.simulation.worlds import CHAT, VOICE, ms, outcomes, roster, small_centre, whole

SITES = 300
ACTS = (Act.SIGN_OUT, Act.PAUSE, Act.RESUME, Act.SIGN_IN)
SKILLS = tuple(SkillId(name) for name in "abc")
Draws = np.random.Generator


@pytest.mark.parametrize("seed", range(6))
def test_on_any_site_that_fits_the_kernel_says_what_the_floor_says(seed: int) -> None:
    """Times are few and coarse, so that much falls on one instant."""
    kinds: set[str] = set()
    for number in range(SITES // 6):
        draws = np.random.default_rng([seed, number])
        centre, work, staff = a_site(draws)
        until = int(draws.integers(0, 200)) * 500 if draws.random() < 0.3 else None
        floor, fast = (play(centre, work, staff, until_ms=until) for play in (drive, kernel.drive))
        assert same_trajectory(floor, fast), f"the kernel errs on site {seed}/{number}"
        kinds |= set(outcomes(floor))
    assert kinds >= {"served", "abandoned", "refused", "open", "unseen"}


def a_site(draws: Draws) -> tuple[Centre, Workload, Roster]:
    agents, queues = int(draws.integers(1, 7)), int(draws.integers(1, 4))
    channels = (VOICE, CHAT)[: int(draws.integers(1, 3))]
    centre = Centre(
        queues=tuple((QueueId(f"q{number}"), _queue(draws)) for number in range(queues)),
        agents=tuple((AgentId(f"a{number}"), _agent(draws)) for number in draws.permutation(agents + 8)[:agents]),
        channels=channels,
        site=m.SiteSpec(contacts_max=int(draws.choice([5, 1000]))),
    )
    return centre, _work(draws, queues, len(channels)), _staff(draws, agents, queues)


def _queue(draws: Draws) -> m.QueueSpec:
    needs = (m.SkillNeed(skill, int(draws.integers(1, 4))) for skill in SKILLS if draws.random() < 0.4)
    spec = m.QueueSpec(
        requirement=tuple(needs),
        target_s=int(draws.choice([0, 5, 20])),
        wrap_up_s=int(draws.choice([0, 3])),
        choice=str(draws.choice(["least_sufficient", "least_loaded", "longest_idle"])),
        waiting_max=int(draws.choice([2, 100])),
        ring=int(draws.choice([1, 3])),
    )
    return without_words(spec)


def _agent(draws: Draws) -> m.AgentSpec:
    levels = {skill: int(draws.integers(1, 6)) for skill in SKILLS if draws.random() < 0.7}
    both = (m.ChannelCapacity(VOICE, 100, 1), m.ChannelCapacity(CHAT, 60, 3))
    own = int(draws.integers(0, 4)) if draws.random() < 0.3 else None
    return m.AgentSpec(levels, channels=both[: int(draws.integers(1, 3))], auto_accept=True, wrap_up_s=own)


def _work(draws: Draws, queues: int, channels: int) -> Workload:
    count = int(draws.integers(1, 60))

    def few(least: int, most: int) -> Ints:
        return draws.integers(least, most, count) * 500

    def or_none(times: Ints, share: float = 0.2) -> Ints:
        return np.where(draws.random(count) < share, -1, times)

    return plain_workload(
        np.sort(few(0, 40)),
        few(0, 9) * 2,
        queue=draws.integers(0, queues, count),
        channel=draws.integers(0, channels, count),
        patience_ms=or_none(few(0, 40)),
        wrap_up_ms=or_none(few(0, 5) * 2, 0.6),
        retries=draws.integers(0, 3, count),
        retry_after_ms=few(0, 20),
    )


def _staff(draws: Draws, agents: int, queues: int) -> Roster:
    """Most come at the beginning; then anybody does anything at any time."""
    count = int(draws.integers(0, 30))
    here = np.flatnonzero(draws.random(agents) < 0.8)
    at = np.concatenate((np.zeros(len(here), dtype=np.int64), np.sort(draws.integers(0, 120, count) * 500)))
    return Roster(
        at_ms=at,
        agent=np.concatenate((here, draws.integers(0, agents, count))),
        act=np.concatenate((np.full(len(here), Act.SIGN_IN), draws.choice(ACTS, count))).astype(np.int64),
        speed=draws.choice([0.5, 1.0, 1.3], (agents, queues)),
        concurrency=np.array(draws.choice([0.9, 1.0], 1)),
    )


def test_who_is_freed_at_one_moment_is_brought_together_at_once() -> None:
    """Two wrap-ups end by the timer: the specialist gets what both may serve, and the other is left for the rest."""
    x, y = (SkillId(name) for name in "xy")
    voice = (m.ChannelCapacity(VOICE, 100, 1),)
    queues = [m.QueueSpec((m.SkillNeed(skill),), target_s=5, wrap_up_s=3) for skill in (x, y)]
    centre = Centre(
        queues=tuple((QueueId(name), without_words(spec)) for name, spec in zip("xy", queues, strict=True)),
        agents=(
            (AgentId("a0"), m.AgentSpec({x: 1, y: 1}, channels=voice, auto_accept=True)),
            (AgentId("a1"), m.AgentSpec({x: 1}, channels=voice, auto_accept=True)),
        ),
        channels=(VOICE,),
    )
    work = plain_workload(ms(0, 0, 1, 2), ms(5, 5, 5, 5), queue=whole(1, 0, 0, 1))
    runs = [play(centre, work, plain_roster(2, 2)) for play in (drive, kernel.drive)]
    assert same_trajectory(*runs)
    assert runs[0].agent.tolist() == [0, 1, 1, 0]
    assert runs[0].started_ms.tolist() == [0, 0, 8_000, 8_000]


def outside(centre: Centre, staff: Roster | None = None, **columns: Ints) -> str:
    work = plain_workload(ms(0), ms(1), **columns)
    staff = staff or plain_roster(len(centre.agents))
    reasons = reasons_outside(centre, work, staff)
    assert fits(centre, work, staff) is not bool(reasons)
    return " ".join(reasons)


def test_what_lies_outside_is_said_in_words() -> None:
    voice = replace(small_centre(2), agents=_two(contacts_max=1))
    assert outside(voice) == ""
    assert "a0 and 1 others accept by hand" in outside(replace(voice, agents=_two(auto_accept=False)))
    assert "may serve several contacts at once" in outside(small_centre(2))
    assert "overflows" in outside(_ruled(voice, overflow=(m.OverflowRule(m.OverflowWhen.WAIT, m.OverflowTo.BOT, 5),)))
    assert "relaxes" in outside(_ruled(voice, relaxations=(m.Relaxation(5),)))
    assert "owe an answer" in outside(_ruled(voice, reply_clock_s=60))
    assert "Customers are known" in outside(voice, customer=whole(1))
    aside = m.AgentSpec(channels=(m.ChannelCapacity(VOICE, 100, 1, interruptible=True),), auto_accept=True)
    assert "gives way" in outside(replace(voice, agents=((AgentId("a0"), aside),)))
    assert "hours" in outside(replace(voice, hours=((QueueId("q"), ()),)))
    assert "share" in outside(replace(voice, site=m.SiteSpec(overdue_agent_share=0.5, deferrable=(VOICE,))))
    assert "Connections are lost" in outside(voice, roster(2, (5, 0, Act.VANISH)))


def test_what_lies_outside_is_not_played() -> None:
    centre = small_centre(2)
    with pytest.raises(ValueError, match="several contacts at once"):
        kernel.drive(centre, plain_workload(ms(0), ms(1)), plain_roster(2))


def test_a_run_of_more_than_two_years_is_refused() -> None:
    centre = replace(small_centre(1), agents=_two()[:1])
    with pytest.raises(ValueError, match="two years"):
        kernel.drive(centre, plain_workload(ms(0), np.array([2**40])), plain_roster(1))


def _two(*, auto_accept: bool = True, contacts_max: int = 1) -> tuple[tuple[AgentId, m.AgentSpec], ...]:
    channels = (m.ChannelCapacity(Channel("voice"), 100, contacts_max),)
    return tuple((AgentId(f"a{n}"), m.AgentSpec(channels=channels, auto_accept=auto_accept)) for n in range(2))


def _ruled(centre: Centre, **rules: Any) -> Centre:
    return replace(centre, queues=tuple((name, replace(spec, **rules)) for name, spec in centre.queues))

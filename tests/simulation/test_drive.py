"""The drive against days that were worked out by hand, and against itself."""

import gc
from dataclasses import replace

import numpy as np

from dryfly.floor import model as m
from dryfly.simulation.drive import Drive, drive
from dryfly.simulation.workload import Act, plain_roster, plain_workload, same_trajectory
from tests.simulation.worlds import CHAT, VOICE, Told, ms, outcomes, roster, small_centre, whole

CALL_BACK = (m.OverflowRule(m.OverflowWhen.WAIT, m.OverflowTo.CALLBACK, 10),)  # seconds


def test_the_second_caller_waits_for_the_first_and_the_third_gives_up() -> None:
    done = Told(small_centre()).run(ms(0, 10, 20), ms(60, 30, 30), roster(1), patience_ms=ms(-1, -1, 15))
    assert done.started_ms.tolist() == [0, 60_000, -1]
    assert done.ended_ms.tolist() == [60_000, 90_000, 35_000]
    assert outcomes(done) == ["served", "served", "abandoned"]
    assert done.handled_ms.tolist() == [60_000, 30_000, 0]
    assert done.agent_handling_ms.tolist() == [90_000]


def test_who_gives_up_calls_again_as_often_as_was_drawn() -> None:
    done = Told(small_centre()).run(
        ms(0, 1), ms(100, 10), roster(1), patience_ms=ms(-1, 20), retries=whole(0, 3), retry_after_ms=ms(0, 30)
    )
    assert outcomes(done) == ["served", "abandoned", "abandoned", "served", "unseen"]
    assert done.entered_ms.tolist() == [0, 1_000, 51_000, 101_000, -1]


def test_an_agent_by_hand_reacts_after_a_while_and_wraps_up() -> None:
    centre = small_centre(auto_accept=False, wrap_up_s=30)
    done = Told(centre).run(ms(0, 0), ms(60, 60), roster(1), reaction_ms=ms(3, 5), wrap_up_ms=ms(10, -1))
    assert done.started_ms.tolist() == [3_000, 3_000 + 70_000 + 5_000]
    assert done.ended_ms.tolist() == [73_000, 78_000 + 90_000], "the second wrap-up ends by the timer"


def test_missed_offers_go_to_others_and_send_the_agent_away_for_a_while() -> None:
    centre = small_centre(auto_accept=False, offer_timeout_s=20, miss_cooldown_s=60, misses_to_away=1)
    told = Told(centre)
    done = told.run(ms(0), ms(60), roster(1, pause_ms=120_000), misses=whole(1))
    away = [(at - centre.begins_at, e) for e, at in told.journal if isinstance(e, m.PresenceChanged) and e.by_floor]
    assert [at for at, _ in away] == [20_000]
    assert done.started_ms.tolist() == [140_000], "ready again after the pause, and the cool-down is over"


def test_three_chats_at_once_take_longer_each() -> None:
    centre = replace(small_centre(), channels=(CHAT,))
    staff = roster(1, paces=(1.0, 0.8, 0.65))
    done = Told(centre).run(ms(0, 10), ms(50, 20), staff)
    # Alone for 10 s, then two at 0.8: the second needs 25 s, and leaves the first with 20 s of its 50 to do alone.
    assert done.ended_ms.tolist() == [55_000, 35_000]


def test_a_mail_lies_while_a_call_is_served_and_goes_on_where_it_was() -> None:
    kinds = (m.ChannelCapacity(CHAT, 100, 1, interruptible=True), m.ChannelCapacity(VOICE, 100, 1))
    centre = small_centre()
    centre = replace(centre, agents=((centre.agents[0][0], m.AgentSpec(channels=kinds, auto_accept=True)),))
    staff = roster(1, paces=(1.0, 0.5))
    done = Told(centre).run(ms(0, 30), ms(100, 60), staff, channel=whole(1, 0))
    assert done.started_ms.tolist() == [0, 30_000]
    assert done.ended_ms.tolist() == [160_000, 90_000], "what lies slows nobody down"


def test_a_faster_agent_needs_less() -> None:
    done = Told(small_centre()).run(ms(0), ms(60), roster(1, speed=np.array([[1.5]])))
    assert done.ended_ms.tolist() == [40_000]


def test_the_shift_ends_after_the_talk_and_a_break_before_the_next() -> None:
    told = Told(small_centre(2))
    staff = roster(2, (30, 0, Act.SIGN_OUT), (5, 1, Act.PAUSE), (100, 1, Act.RESUME))
    done = told.run(ms(0, 10, 50), ms(60, 10, 10), staff)
    assert done.started_ms.tolist() == [0, 100_000, 110_000], "nobody else is there to take the second"
    gone = [
        at - told.centre.begins_at for e, at in told.journal if isinstance(e, m.PresenceChanged) and e.agent == "a0"
    ]
    assert gone == [0, 30_000, 60_000], "ready, away while the talk goes on, offline"


def test_a_vanished_agent_loses_the_talk_after_the_grace_time() -> None:
    centre = replace(small_centre(2), site=m.SiteSpec(agent_grace_s=30))
    staff = roster(2, (10, 0, Act.VANISH), (500, 0, Act.COME_BACK))
    done = Told(centre).run(ms(0), ms(60), staff)
    assert done.started_ms.tolist() == [0]
    assert done.ended_ms.tolist() == [100_000], "requeued at 40 s, and served anew by the other"
    assert done.handled_ms.tolist() == [100_000]


def test_who_is_still_there_at_the_horizon_is_told_so() -> None:
    centre, work = small_centre(), plain_workload(ms(0, 10), ms(60, 30))
    done = drive(centre, work, roster(1), until_ms=30_000)
    assert outcomes(done) == ["open", "open"]
    assert done.handled_ms.tolist() == [30_000, 0]


def test_a_full_queue_refuses() -> None:
    done = Told(small_centre(waiting_max=1)).run(ms(0, 1, 2), ms(60, 60, 60), roster(1))
    assert outcomes(done) == ["served", "served", "refused"]


def test_a_call_back_is_made_in_turn_and_again_if_nobody_was_reached() -> None:
    centre = small_centre(overflow=CALL_BACK, callback_attempts_max=2, callback_retry_s=60)
    columns = {"patience_ms": ms(-1, 15, 15), "callback": whole(0, 1, 0), "unreached": whole(0, 1, 0)}
    done = Told(centre).run(ms(0, 1, 2), ms(100, 20, 20), roster(1), **columns)
    assert done.promised_ms.tolist() == [-1, 11_000, -1]
    assert outcomes(done) == ["served", "served", "abandoned"]
    # Rung for 30 s at 100 s; a minute later the next call reaches the customer at once.
    assert done.started_ms[1] == 100_000
    assert done.ended_ms[1] == 130_000 + 60_000 + 20_000
    assert done.handled_ms[1] == 50_000


def test_nobody_is_called_back_for_ever() -> None:
    centre = small_centre(overflow=CALL_BACK, callback_attempts_max=1)
    done = Told(centre).run(ms(0, 1), ms(100, 20), roster(1), callback=whole(0, 1), unreached=whole(0, 5))
    assert outcomes(done) == ["served", "unreached"]
    assert done.ended_ms[1] == 130_000


def test_who_was_promised_no_call_is_served_whatever_was_drawn_for_one() -> None:
    done = Told(small_centre()).run(ms(0), ms(20), roster(1), callback=whole(1), unreached=whole(3))
    assert outcomes(done) == ["served"]


def test_a_call_that_nobody_picks_up_ends_however_many_talks_go_on_beside_it() -> None:
    centre = replace(small_centre(overflow=CALL_BACK, callback_attempts_max=1), channels=(CHAT,))
    staff = roster(1, (20, 0, Act.SIGN_IN), paces=(1.0, 0.5))
    later = replace(staff, at_ms=staff.at_ms[1:], agent=staff.agent[1:], act=staff.act[1:])
    done = Told(centre).run(ms(0, 25), ms(100, 10), later, callback=whole(1, 0), unreached=whole(1, 0))
    assert outcomes(done) == ["unreached", "served"]
    assert done.ended_ms.tolist() == [50_000, 45_000], (
        "rung from 20 s on for 30 s; the talk beside it goes at half speed"
    )


def test_who_would_not_be_reached_later_is_served_as_anybody_when_nothing_was_promised() -> None:
    done = Told(small_centre()).run(ms(0), ms(100), roster(1), callback=whole(0), unreached=whole(1))
    assert outcomes(done) == ["served"]
    assert done.ended_ms[0] == 100_000


def test_the_first_of_three_who_are_rung_has_it() -> None:
    centre = small_centre(3, auto_accept=False, ring=3)
    done = Told(centre).run(ms(0, 50, 60), ms(30, 30, 30), roster(3), reaction_ms=ms(9, 4, 7))
    assert done.started_ms.tolist()[0] == 4_000, "the draws of the next contacts tell when the others react"
    assert outcomes(done) == ["served"] * 3


def busy_day(contacts: int, seed: int = 7) -> dict[str, np.ndarray]:
    draws = np.random.default_rng(seed)
    return {
        "arrived": np.cumsum(draws.integers(0, 4_000, contacts)),
        "handling": draws.integers(1_000, 30_000, contacts),
        "patience_ms": draws.integers(500, 60_000, contacts),
        "wrap_up_ms": draws.integers(-1, 9_000, contacts),
        "reaction_ms": draws.integers(0, 4_000, contacts),
        "misses": draws.binomial(2, 0.05, contacts).astype(np.int64),
        "retries": draws.binomial(2, 0.3, contacts).astype(np.int64),
        "retry_after_ms": draws.integers(1_000, 60_000, contacts),
        "channel": draws.integers(0, 2, contacts),
    }


def test_the_same_arrays_give_the_same_events_to_the_byte() -> None:
    faults = [(10.0 * k, k % 6, Act.VANISH) for k in range(1, 40)] + [
        (10.0 * k + 8, k % 6, Act.COME_BACK) for k in range(1, 40)
    ]
    runs = []
    for _ in range(2):
        told = Told(small_centre(6, auto_accept=False, wrap_up_s=10))
        done = told.run(**busy_day(600), staff=roster(6, *faults, paces=(1.0, 0.8, 0.65)))
        runs.append((told.journal, done))
    assert runs[0][0] == runs[1][0]
    assert same_trajectory(runs[0][1], runs[1][1])


def test_what_is_held_grows_with_what_is_open_and_not_with_the_days() -> None:
    def held_after(contacts: int) -> int:
        day = busy_day(contacts)
        run = Drive(small_centre(8), plain_workload(day.pop("arrived"), day.pop("handling"), **day), plain_roster(8))
        run.run()
        assert not run.visits
        assert not run.standing
        assert not run.state.contacts
        gc.collect()
        return len(run.todo) + sum(len(heap) for p in run.state.index.by_bit.values() for heap in p.heaps.values())

    assert held_after(1_000) <= held_after(100) + 64

"""Scenario files: what they mean, and what is refused where it stands."""

from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
import yaml

from dryfly.platform.errors import CallerError
from dryfly.simulation.crew import draw_roster
from dryfly.simulation.crowd import draw_workload
from dryfly.simulation.draws import Chance
from dryfly.simulation.drive import drive
from dryfly.simulation.figures import MEASURES
from dryfly.simulation.reading import AS_IT_IS, read_plans
from dryfly.simulation.runs import play
from dryfly.simulation.workload import Act

PLAIN = """
    title: A morning
    begins_at: 2026-03-28T08:00
    zone: Europe/Berlin
    hours: 4
    queues:
      calls: {spec: {service_level_s: 20, wrap_up_s: 0, requirement: [{skill: calls, level_min: 2}]}}
    crews:
      team: {count: 3, spec: {skills: {calls: 4}, channels: [{channel: voice, units_each: 100, contacts_max: 1}]}}
    workload:
      calls: {channel: voice, rate: {per_hour: 60}, handling: {law: exponential, mean_s: 120}}
    staff:
      - {who: team, from: 08:00, until: 12:30, breaks: [{at: 10:00, minutes: 15}]}
"""


def written(folder: Path, changes: str = "", base: str = PLAIN) -> Path:
    """The plain scenario with whole sections put in other words."""
    tree = yaml.load(dedent(base), yaml.BaseLoader) | (yaml.load(dedent(changes), yaml.BaseLoader) or {})
    path = folder / "day.yaml"
    path.write_text(yaml.dump(tree, sort_keys=False).replace("'", ""))
    return path


def refusal(folder: Path, changes: str) -> str:
    for short, long in SHORT.items():
        changes = changes.replace(short, long)
    with pytest.raises(CallerError) as caught:
        read_plans(written(folder, changes))
    return caught.value.text


def test_times_of_the_clock_become_times_of_the_run(tmp_path: Path) -> None:
    plan = read_plans(written(tmp_path))[AS_IT_IS]
    roster = draw_roster(plan, Chance(1, 0))
    acts = [(at, Act(act)) for at, agent, act in zip(roster.at_ms, roster.agent, roster.act, strict=True) if agent == 0]
    hour = 3_600_000
    assert acts == [
        (0, Act.SIGN_IN),
        (2 * hour, Act.PAUSE),
        (2 * hour + hour // 4, Act.RESUME),
        (4.5 * hour, Act.SIGN_OUT),
    ]


def test_a_night_over_the_change_of_clocks_is_an_hour_short(tmp_path: Path) -> None:
    night = "{hours: 24, staff: [{who: team, from: 22:00, until: 06:00, days: [1]}]}"
    roster = draw_roster(read_plans(written(tmp_path, night))[AS_IT_IS], Chance(1, 0))
    assert int(roster.at_ms[-1] - roster.at_ms[0]) == 7 * 3_600_000


def test_a_variant_changes_its_rule_and_no_draw(tmp_path: Path) -> None:
    plans = read_plans(written(tmp_path, "variants: {slow: {queues: {calls: {spec: {wrap_up_s: 60}}}}}"))
    loads = [draw_workload(plan, Chance(1, 0)) for plan in plans.values()]
    assert list(plans) == [AS_IT_IS, "slow"]
    assert [plan.centre.queues[0][1].wrap_up_s for plan in plans.values()] == [0, 60]
    assert np.array_equal(loads[0].arrived_ms, loads[1].arrived_ms)
    assert np.array_equal(loads[0].handling_ms, loads[1].handling_ms)


def test_the_set_up_that_was_exported_is_the_site(tmp_path: Path) -> None:
    (tmp_path / "north.yaml").write_text(
        dedent("""
        site: {title: North, spec: {agent_grace_s: 7}}
        queues: {calls: {title: Calls, purpose: All, spec: {target_s: 9}}}
        agents: {anna: {name: Anna, spec: {channels: [{channel: voice, units_each: 100, contacts_max: 1}]}}}
        replies: {hello: {title: Hello, text: Hello}}
        """)
    )
    own = "{site: north.yaml, queues: {}, crews: {}, staff: [{who: anna, from: 08:00, until: 12:00}]}"
    plan = read_plans(written(tmp_path, own))[AS_IT_IS]
    assert plan.centre.site.agent_grace_s == 7
    assert plan.centre.queues[0][1].target_s == 9
    assert [name for name, _ in plan.centre.agents] == ["anna"]


def test_recorded_arrivals_come_as_they_came(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("arrived_s,handling_s\n30.5,60\n12,\n")
    recorded = "workload: {calls: {channel: voice, recorded: {file: calls.csv}, handling: {law: fixed, mean_s: 99}}}"
    workload = draw_workload(read_plans(written(tmp_path, recorded))[AS_IT_IS], Chance(1, 0))
    assert workload.arrived_ms.tolist() == [12_000, 30_500]
    assert workload.handling_ms.tolist() == [99_000, 60_000]


def test_levels_and_names_tell_how_fast_somebody_is(tmp_path: Path) -> None:
    plan = read_plans(written(tmp_path, "{speed_per_level: 0.05, speeds: {team: 1.2, team-2: {calls: 0.5}}}"))[AS_IT_IS]
    assert plan.speed[:, 0] == pytest.approx([1.2 * 1.1, 0.5 * 1.1, 1.2 * 1.1])


def test_shifts_are_missed_as_often_as_said(tmp_path: Path) -> None:
    plan = read_plans(written(tmp_path, "absent_share: 0.25"))[AS_IT_IS]
    came = [int(np.count_nonzero(draw_roster(plan, Chance(1, n)).act == Act.SIGN_IN)) for n in range(400)]
    assert np.mean(came) == pytest.approx(3 * 0.75, abs=0.12)


def test_a_day_with_everything_that_goes_wrong_keeps_its_books(tmp_path: Path) -> None:
    hard = """
    crews:
      team: {count: 5, spec: {skills: {calls: 4}, channels: [{channel: voice, units_each: 40, contacts_max: 2}]}}
    queues: {calls: {spec: {service_level_s: 20, wrap_up_s: 20, requirement: [{skill: calls, level_min: 2}]}}}
    faults: {losses_per_hour: 3, back_after: {law: exponential, mean_s: 50}}
    absent_share: 0.1
    workload:
      calls:
        channel: voice
        rate: {per_hour: 110}
        handling: {law: lognormal, mean_s: 200, cv: 1.2}
        patience: {law: weibull, mean_s: 120, shape: 0.7}
        wrap_up: {law: exponential, mean_s: 15}
        reaction: {law: exponential, mean_s: 6}
        miss_share: 0.1
        retries: {share: 0.5, after: {law: fixed, mean_s: 90}}
    """
    run = play(read_plans(written(tmp_path, hard))[AS_IT_IS], 0)  # audits itself
    assert 0 < run.totals[0, 0] < 1


SHORT = {
    "VOICE": "channels: [{channel: voice, units_each: 1, contacts_max: 1}]",
    "OVER": "{when: wait, limit: 5, to: queue, queue:",
    "MINUTE": "handling: {law: fixed, mean_s: 60}",
}
WRONG = [
    ("hours: 0", "$.hours"),
    ("hours: .nan", "$.hours"),
    ("replications: 1", "$.replications"),
    ("absent_share: 1", "$.absent_share"),
    ("tittle: oops", "tittle"),
    ("zone: Europe/Atlantis", "zone: There is no time zone"),
    ("begins_at: 2026-02-30T08:00", "begins_at: 2026-02-30T08:00 is no day"),
    ("begins_at: 2026-03-29T02:30", "clocks jump over it"),
    ("crews: {team: {count: 0}}", "Nobody works here"),
    ("crews: {team: {count: 1, spec: {skills: {calls: 11}, VOICE}}}",
     "crews.team.spec: The floor refuses"),
    ("crews: {team: {count: 1, spec: {VOICE}}}",
     "workload.calls.queue: Nobody on 'voice' has what 'calls' needs: calls 2"),
    ("queues: {calls: {spec: {choice: nearest}}}", "queues.calls.spec: The floor refuses this (choice_unknown)"),
    ("queues: {calls: {spec: {taget_s: 4}}}", "taget_s"),
    ("workload: {calls: {channel: voice, rate: {per_hour: -1}, MINUTE}}", "per_hour"),
    ("workload: {calls: {channel: voice, rate: {per_hour: 1e7}, MINUTE}}", "at most 5,000,000"),
    ("workload: {calls: {channel: voice, rate: {}, MINUTE}}", "either `per_hour` or"),
    ("workload: {calls: {channel: voice, MINUTE}}", "either `rate` or"),
    ("workload: {calls: {channel: voice, rate: {per_hour: 1}, handling: {law: exponential, mean_s: 0}}}",
     "handling.mean_s"),
    ("workload: {calls: {channel: voice, rate: {per_hour: 1}, handling: {law: gaussian, mean_s: 9}}}", "handling"),
    ("workload: {calls: {channel: voice, rate: {per_interval: [1, 2]}, MINUTE}}",
     "2 intervals of 30 minutes are 1 hours; the run has 4"),
    ("workload: {calls: {channel: pigeon, rate: {per_hour: 1}, MINUTE}}",
     "workload.calls.channel: Nobody serves"),
    ("workload: {mails: {channel: voice, rate: {per_hour: 1}, MINUTE}}", "There is no queue 'mails'"),
    ("staff: [{who: nobody, from: 08:00, until: 12:00}]", "staff[0].who"),
    ("staff: [{who: team, from: 25:00, until: 12:00}]", "staff[0]"),
    ("staff: [{who: team, from: 08:00, until: 12:00, breaks: [{at: 11:50, minutes: 30}]}]", "staff[0].breaks"),
    ("staff: [{who: team, from: 08:00, until: 12:00, days: [3]}]", "no day 3"),
    ("{hours: 24, staff: [{who: team, from: 20:00, until: 02:30}]}", "there is no 02:30"),
    ("staff: [{who: team, from: 08:00, until: 12:00}, {who: team-1, from: 11:00, until: 13:00}]",
     "is on the shift staff[0]"),
    ("speeds: {bob: 2}", "speeds.bob"),
    ("hours_open: {mails: [{from: 08:00, until: 12:00}]}", "hours_open.mails"),
    ("{hours: 24, hours_open: {calls: [{from: 02:30, until: 12:00}]}}", "hours_open.calls[0]: On day 2"),
    ("queues: {calls: {spec: {overflow: [{when: wait, limit: 5, to: queue, queue: calls}]}}}", "queues.calls.spec"),
    ("queues: {calls: {spec: {overflow: [OVER spare}]}}, spare: {spec: {overflow: [OVER calls}]}}}",
     "queues.spare.spec"),
    ("queues: {calls: {spec: {overflow: [OVER spare}]}}}", "calls.spec.overflow[0]: There is no queue 'spare'"),
    ("queues: {calls: {spec: {overflow: [{when: wait, limit: 5, to: callback}]}}}", "calls nobody back"),
    ("variants: {x: {seed: 4}}", "variants.x.seed"),
    ("variants: {x: {queues: {calls: {spec: {target_s: -4}}}}}", "variants.x queues.calls.spec"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_cannot_be_is_refused_where_it_stands(tmp_path: Path, changes: str, said: str) -> None:
    assert said in refusal(tmp_path, changes)


def test_the_examples_can_be_read() -> None:
    for path in Path("examples/scenarios").glob("*.yaml"):
        assert read_plans(path)


def test_the_rules_of_a_large_house_keep_their_books(tmp_path: Path) -> None:
    """Ringing three, overflow by length and wait, call backs of which some reach nobody, hours, relaxation."""
    large = """
    queues:
      calls:
        spec:
          wrap_up_s: 10
          ring: 3
          callback_attempts_max: 2
          callback_retry_s: 300
          requirement: [{skill: calls, level_min: 3}]
          relaxations: [{after_s: 40, levels: [{skill: calls, level_min: 1}]}]
          overflow:
            - {when: closed, to: queue, queue: spare}
            - {when: length, limit: 12, to: queue, queue: spare}
            - {when: wait, limit: 25, to: callback}
      spare: {spec: {wrap_up_s: 10}}
    hours_open: {calls: [{from: 08:00, until: 10:00}, {from: 10:30, until: 14:00}]}
    crews:
      team: {count: 5, spec: {skills: {calls: 4}, channels: [{channel: voice, units_each: 100, contacts_max: 1}]}}
      novices: {count: 2, spec: {skills: {calls: 1}, channels: [{channel: voice, units_each: 100, contacts_max: 1}]}}
    staff: [{who: [team, novices], from: 08:00, until: 12:30}]
    workload:
      calls:
        channel: voice
        rate: {per_hour: 130}
        handling: {law: exponential, mean_s: 200}
        patience: {law: exponential, mean_s: 150}
        reaction: {law: exponential, mean_s: 5}
        callback_share: 0.6
        unreached_share: 0.3
    """
    plan = read_plans(written(tmp_path, large))[AS_IT_IS]
    values = dict(zip((measure.name for measure in MEASURES), play(plan, 0).totals[:, 1], strict=True))
    assert values["overflowed_count"] > 10
    assert values["promised_count"] > 10
    assert 0.8 < values["kept_share"] <= 1


def test_who_comes_again_meets_the_agent_who_knows_them(tmp_path: Path) -> None:
    known = """
    queues: {calls: {spec: {sticky_s: 600, wrap_up_s: 0}}}
    workload: {calls: {channel: voice, rate: {per_hour: 30}, handling: {law: fixed, mean_s: 60}, customers: 5}}
    staff: [{who: team, from: 08:00, until: 12:30}]
    """
    plan = read_plans(written(tmp_path, known))[AS_IT_IS]
    chance = Chance(1, 0)
    workload = draw_workload(plan, chance)
    done = drive(plan.centre, workload, draw_roster(plan, chance))
    meets = {(who, agent) for who, agent in zip(workload.customer.tolist(), done.agent.tolist(), strict=True)}
    assert len(meets) == len({who for who, _ in meets}) == 5

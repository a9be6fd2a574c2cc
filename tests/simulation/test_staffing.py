"""How many it takes: what the search finds, what the floor says of it, and what is refused."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import numpy as np
import pytest

from dryfly.platform.errors import CallerError
from dryfly.simulation.cli import main
from dryfly.simulation.erlang import erlang_a
from dryfly.simulation.plan import Plan
from dryfly.simulation.reading import AS_IT_IS, read_plans
from dryfly.simulation.runs import Played, play_all
from dryfly.simulation.scenario import Search
from dryfly.simulation.staffing import command
from dryfly.simulation.staffing.confirming import Staffed, staffed
from dryfly.simulation.staffing.goals import margins_of
from dryfly.simulation.staffing.guess import guessed
from dryfly.simulation.staffing.looking import Lookout
from dryfly.simulation.staffing.search import Searched, Searcher
from dryfly.simulation.staffing.words import lines_of
from tests.simulation.test_scenario import written

VOICE = "auto_accept: true, channels: [{channel: voice, units_each: 100, contacts_max: 1}]"
QUEUE = "service_level_s: 20, target_s: 20, wrap_up_s: 0, short_abandon_s: 0, waiting_max: 100000"
ONE = f"""
    title: One queue
    hours: 4
    replications: 6
    queues: {{calls: {{spec: {{{QUEUE}}}}}}}
    crews: {{team: {{count: 1, spec: {{{VOICE}}}}}}}
    workload:
      calls:
        channel: voice
        rate: {{per_hour: 100}}
        handling: {{law: exponential, mean_s: 180}}
        patience: {{law: exponential, mean_s: 120}}
    staff: [{{who: team, from: 00:00, until: 12:00}}]
    search: {{crews: {{team: {{}}}}, targets: {{calls: {{service_level: 0.8}}}}}}
"""
TWO = f"""
    title: Two skills
    begins_at: 2026-03-02T08:00
    hours: 4
    interval_minutes: 60
    replications: 6
    seed: 3
    queues:
      orders: {{spec: {{requirement: [{{skill: orders}}], {QUEUE}}}}}
      advice: {{spec: {{requirement: [{{skill: advice}}], {QUEUE}}}}}
    crews:
      phones: {{count: 1, spec: {{skills: {{orders: 5}}, {VOICE}}}}}
      both: {{count: 1, spec: {{skills: {{orders: 5, advice: 5}}, {VOICE}}}}}
    workload:
      orders:
        channel: voice
        rate: {{minutes: 60, per_interval: [40, 90, 60, 0]}}
        handling: {{law: lognormal, mean_s: 200, cv: 1.1}}
        patience: {{law: exponential, mean_s: 150}}
        retries: {{share: 0.3, after: {{law: exponential, mean_s: 300}}}}
      advice:
        channel: voice
        rate: {{per_hour: 20}}
        handling: {{law: exponential, mean_s: 300}}
        patience: {{law: exponential, mean_s: 200}}
    staff: [{{who: [phones, both], from: 08:00, until: 13:00}}]
    search:
      crews: {{phones: {{}}, both: {{cost: 1.25}}}}
      targets: {{orders: {{service_level: 0.8}}, advice: {{service_level: 0.7, abandoned_share: 0.2}}}}
"""


def plan_of(folder: Path, changes: str = "", base: str = TWO) -> tuple[Plan, Search]:
    plan = read_plans(written(folder, changes, base))[AS_IT_IS]
    assert plan.scenario.search is not None
    return plan, plan.scenario.search


def searched(plan: Plan, search: Search) -> tuple[Lookout, Searched]:
    lookout = Lookout(plan, search, lambda looks: None)
    return lookout, Searcher(lookout, lambda *noted: None).run(guessed(plan, search))


def on_the_floor(plans: dict[str, Plan]) -> list[Played]:
    return play_all(plans, next(iter(plans.values())).scenario.replications, 1, lambda done, of: None)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Staffed]:
    """Once over the run, once by interval."""
    folder = tmp_path_factory.mktemp("staffed")
    results = {}
    for per in ("run", "interval"):
        plan, search = plan_of(folder)
        search = msgspec.structs.replace(search, per=per)
        results[per] = staffed(AS_IT_IS, plan, search, on_the_floor, lambda looks: None)
    return results


# ---- what is found -----------------------------------------------------------------------------

CASES = [
    (100, "service_level", 0.8),
    (240, "service_level", 0.9),
    (160, "abandoned_share", 0.05),
    (400, "service_level", 0.8),
]


@pytest.mark.parametrize(("per_hour", "measure", "wanted"), CASES)
def test_one_queue_takes_as_many_as_erlang_a_says(tmp_path: Path, per_hour: int, measure: str, wanted: float) -> None:
    """Where one more or fewer is far enough from the target that chance does not decide."""
    steady = f"""
    hours: 96
    begins_at: 2026-01-05T00:00
    replications: 10
    workload:
      calls:
        channel: voice
        rate: {{per_hour: {per_hour}}}
        handling: {{law: exponential, mean_s: 180}}
        patience: {{law: exponential, mean_s: 120}}
    staff: [{{who: team, from: 00:00, until: 00:00}}]
    search: {{crews: {{team: {{}}}}, targets: {{calls: {{{measure}: {wanted}}}}}}}
    """
    _, result = searched(*plan_of(tmp_path, steady, ONE))
    assert result.is_whole
    fewest = next(n for n in range(1, 200) if _reaches(per_hour, n, measure, wanted))
    assert result.numbers.tolist() == [[fewest]]


def _reaches(per_hour: int, agents: int, measure: str, wanted: float) -> bool:
    exact = erlang_a(per_hour, 180, agents, 120, 20)
    return exact.within_share >= wanted if measure == "service_level" else exact.abandoned_share <= wanted


@pytest.mark.parametrize("per", ["run", "interval"])
def test_the_floor_confirms_what_was_found_and_misses_a_target_with_one_fewer(
    found: dict[str, Staffed], per: str
) -> None:
    result = found[per]
    assert result.holds
    assert result.is_whole
    assert result.steps[-1].kind == "confirmed"
    fewer = result.findings.variants[1:]
    assert [variant.name for variant in fewer] == ["one fewer of phones", "one fewer of both"]
    for variant in fewer:
        levels = {queue.queue: queue.against_first["service_level"] for queue in variant.queues}
        assert (levels["orders"].high or 0) < 0
        assert all(level.low is not None for level in levels.values())


@pytest.mark.parametrize("per", ["run", "interval"])
def test_nobody_can_be_spared_anywhere(tmp_path: Path, per: str) -> None:
    plan, search = plan_of(tmp_path)
    search = msgspec.structs.replace(search, per=per)
    lookout, result = searched(plan, search)
    assert not lookout.look(result.numbers).misses.any()
    for place in np.argwhere(result.numbers > 0):
        fewer = result.numbers.copy()
        fewer[tuple(place)] -= 1
        assert lookout.look(fewer).misses.any(), f"one fewer at {place} would do"


def test_the_numbers_follow_the_customers(found: dict[str, Staffed]) -> None:
    phones, both = (np.array(crew.numbers) for crew in found["interval"].crews)
    load = phones + both
    assert load.argmax() == 1
    assert load.argmin() == 3
    assert both.min() >= 1  # advice is asked for all day, and nobody else gives it


def test_what_is_found_hangs_on_the_seed_and_on_nothing_else(tmp_path: Path, found: dict[str, Staffed]) -> None:
    plan, search = plan_of(tmp_path)
    again = staffed(AS_IT_IS, plan, search, on_the_floor, lambda looks: None)
    assert msgspec.json.encode(again) == msgspec.json.encode(found["run"])


def test_what_is_said_of_a_target_is_what_the_floor_played(tmp_path: Path, found: dict[str, Staffed]) -> None:
    """Who writes the numbers down and simulates them sees the same figures."""
    counts = {crew.crew: crew.numbers[0] for crew in found["run"].crews}
    plan, search = plan_of(tmp_path)
    crews = {name: msgspec.structs.replace(crew, count=counts[name]) for name, crew in plan.scenario.crews.items()}
    tree = msgspec.to_builtins(crews)
    (played,) = on_the_floor({"": plan_of(tmp_path, f"crews: {msgspec.json.encode(tree).decode()}")[0]})
    levels = np.array([run.totals[0, 1] for run in played.runs])
    assert found["run"].goals[0].figures[0].mean == pytest.approx(levels.mean())
    lookout = Lookout(plan, search, lambda looks: None)
    assert (margins_of(lookout.goals, played.runs, "run") >= 0).all()


def test_a_search_that_was_stopped_says_so(tmp_path: Path) -> None:
    more = "search: {crews: {phones: {}, both: {}}, targets: {orders: {service_level: 0.99}}, looks_max: 10}"
    plan, search = plan_of(tmp_path, more)
    lookout, result = searched(plan, search)
    assert not result.is_whole
    assert lookout.looks_count == 10
    assert not lookout.look(result.numbers).misses.any()


# ---- what is refused ---------------------------------------------------------------------------

WRONG = [
    ("crews: {night: {}}, targets: {orders: {service_level: 0.8}}", "search.crews.night: There is no crew 'night'"),
    ("crews: {phones: {least: 9, most: 3}}, targets: {orders: {service_level: 0.8}}", "At least 9 and at most 3"),
    ("crews: {phones: {}}, targets: {mails: {service_level: 0.8}}", "search.targets.mails: There is no queue"),
    ("crews: {phones: {}}, targets: {advice: {service_level: 0.8}}", "search.targets.advice: None of the crews"),
    ("crews: {phones: {}}, targets: {orders: {}}", "search.targets.orders: Write what has to hold"),
    ("crews: {phones: {}}, targets: {orders: {service_level: 80}}", "service_level"),
    ("crews: {phones: {}}, targets: {orders: {wait_p80_s: 9}}, per: interval", "orders.wait_p80_s: This is known of a"),
    ("crews: {}, targets: {orders: {service_level: 0.8}}", "search.crews"),
]  # fmt: skip


@pytest.mark.parametrize(("search", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_cannot_be_sought_is_refused_where_it_stands(tmp_path: Path, search: str, said: str) -> None:
    with pytest.raises(CallerError) as caught:
        plan_of(tmp_path, f"search: {{{search}}}")
    assert said in caught.value.text


def test_an_agent_of_a_crew_whose_number_is_open_has_no_shift_alone(tmp_path: Path) -> None:
    with pytest.raises(CallerError, match="`staff` names phones-1 alone"):
        plan_of(tmp_path, "staff: [{who: [phones-1, both], from: 08:00, until: 13:00}]")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("faults: {losses_per_hour: 1}", "the kernel, which looks, knows a part of the floor's rules. Connections are"),
        ("hours_open: {orders: [{from: 08:00, until: 11:00}]}", "The queue orders has opening hours."),
        ("search: {crews: {phones: {most: 3}, both: {most: 2}}, targets: {orders: {service_level: 0.9}}}",
         "search.targets.orders.service_level: 0.9 is not reached even with as many as there may be"),
        ("{staff: [{who: [phones, both], from: 10:00, until: 13:00}],"
         " search: {crews: {phones: {most: 60}, both: {most: 60}}, targets: {orders: {service_level: 0.95}}}}",
         "look at the shifts"),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_said_with_its_place(tmp_path: Path, changes: str, said: str) -> None:
    with pytest.raises(CallerError) as caught:
        main([str(written(tmp_path, changes, TWO)), "--staff", "--workers", "1"])
    assert caught.value.text.startswith("day.yaml search")
    assert said in caught.value.text


def test_a_scenario_that_seeks_nothing_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(CallerError, match=r"day.yaml search: say which crews"):
        main([str(written(tmp_path)), "--staff"])


# ---- what is shown -----------------------------------------------------------------------------


def test_the_answer_in_words(found: dict[str, Staffed]) -> None:
    lines = list(lines_of(found["run"]))
    assert lines[0] == "Two skills, as it is: how many it takes"
    assert "the floor played this one 6 times, on customers that the search had not met, seed 3." in lines[1]
    target = next(line for line in lines if line.startswith("  orders, service level at least 80.0 %: "))
    assert "±" in target
    assert "holds" in target
    assert any(line.startswith("  First guess, Erlang A for each queue alone: ") for line in lines)
    assert "one fewer of phones, against what was found:" in lines


def test_the_answer_by_interval(found: dict[str, Staffed]) -> None:
    lines = list(lines_of(found["interval"]))
    rows = [line.split() for line in lines if re.match(r"  \d\d:00 ", line)]
    assert [row[0] for row in rows] == ["08:00", "09:00", "10:00", "11:00"]
    assert [[int(row[1]), int(row[2])] for row in rows] == [
        [crew.numbers[block] for crew in found["interval"].crews] for block in range(4)
    ]


def test_a_page_with_the_agents_over_the_day(found: dict[str, Staffed]) -> None:
    text = command.page_of(list(found.values()))
    assert "<script" not in text
    assert "http" not in text
    plots = [ET.fromstring(svg) for svg in re.findall("<svg.*?</svg>", text)]
    stairs = [path for path in plots[12].findall("path") if path.get("class", "").startswith("line")]
    assert [path.get("d", "").count("H") for path in stairs] == [4, 4]


def test_without_numba_it_is_said_what_that_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "IS_COMPILED", False)
    said: list[str] = []
    arguments = ("--staff", "--workers", "1", "--replications", "2", "--json")
    assert main([str(written(tmp_path, "hours: 1", ONE)), *arguments], say=said.append) == 0
    assert "pip install 'dryfly[simulation]'" in capsys.readouterr().err
    assert msgspec.json.decode(said[0], type=list[Staffed])[0].holds


def test_only_a_search_brings_the_compiler() -> None:
    """It takes a second to start, and no other command has a use for it."""
    code = "import sys, dryfly.service.__main__, dryfly.service.trying; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, check=False).returncode == 0

"""`dryfly simulate`: many runs compared in words, numbers and a page."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from dryfly.platform.errors import CallerError
from dryfly.simulation import runs
from dryfly.simulation.cli import main
from dryfly.simulation.crew import draw_roster
from dryfly.simulation.crowd import draw_workload
from dryfly.simulation.draws import Chance
from dryfly.simulation.drive import drive
from dryfly.simulation.figures import figures_of
from dryfly.simulation.reading import read_plans
from dryfly.simulation.runs import play, play_all
from tests.simulation.test_scenario import written

FEWER = "variants: {one <b>fewer: {crews: {team: {count: 2}}}, as many: {rules: {agent_grace_s: 31}}}"
SERVICE_LEVEL = 0


def simulated(path: Path, *arguments: str) -> list[str]:
    said: list[str] = []
    assert main([str(path), "--replications", "6", "--workers", "1", *arguments], say=said.append) == 0
    return said


def test_a_comparison_in_words(tmp_path: Path) -> None:
    lines = simulated(written(tmp_path, FEWER))
    text = "\n".join(lines)
    assert lines[0] == "A morning"
    assert "6 replications of each variant, seed 1" in text
    assert any(line.startswith("  Service level") and line.count("±") == 3 for line in lines)
    fewer = lines[lines.index("one <b>fewer, against as it is:") + 1]
    assert fewer.startswith("  all queues: service level")
    assert "lower" in fewer
    assert "worse" in fewer
    same = lines[lines.index("as many, against as it is:") + 1]
    assert same == "  all queues: no change that these runs could tell"


def test_all_of_it_for_machines(tmp_path: Path) -> None:
    (line,) = simulated(written(tmp_path, FEWER), "--json", "--seed", "5")
    found = json.loads(line)
    assert found["seed"] == 5
    first, fewer, same = found["variants"]
    level = fewer["queues"][0]["figures"]["service_level"]
    assert level["low"] < level["mean"] < level["high"] < first["queues"][0]["figures"]["service_level"]["mean"]
    assert fewer["queues"][0]["against_first"]["service_level"]["high"] < 0
    assert same["queues"][0]["against_first"]["service_level"] == {"mean": 0.0, "low": 0.0, "high": 0.0}
    assert len(first["queues"][1]["intervals"]["entered_count"]) == 8


def test_a_page_with_plots_and_nothing_that_runs(tmp_path: Path) -> None:
    page = tmp_path / "morning.html"
    simulated(written(tmp_path, FEWER), "--out", str(page))
    text = page.read_text()
    assert "one &lt;b&gt;fewer" in text
    assert "<script" not in text
    assert "http" not in text
    plots = [ET.fromstring(found) for found in re.findall("<svg.*?</svg>", text)]
    assert len(plots) == 4
    assert len(plots[0].findall("path[@class]")) == 2 * 3


def test_processes_find_what_one_process_finds(tmp_path: Path) -> None:
    plans = read_plans(written(tmp_path))
    alone, together = (play_all(plans, 3, workers, lambda done, of: None)[0].runs for workers in (1, 2))
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one.intervals, other.intervals, equal_nan=True)


def test_common_random_numbers_narrow_a_comparison(tmp_path: Path) -> None:
    (line,) = simulated(written(tmp_path, FEWER), "--json")
    fewer = json.loads(line)["variants"][1]["queues"][0]
    width = {kind: fewer[kind]["asa_s"]["high"] - fewer[kind]["asa_s"]["low"] for kind in ("figures", "against_first")}
    assert width["against_first"] < width["figures"]


def test_books_that_do_not_agree_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(*arguments: object, **named: object) -> object:
        done = drive(*arguments, **named)  # type: ignore[arg-type]
        done.started_ms[done.started_ms >= 0] += 1
        return done

    monkeypatch.setattr(runs, "drive", careless)
    plan = next(iter(read_plans(written(tmp_path)).values()))
    with pytest.raises(CallerError, match="books_differ"):
        play(plan, 0)


def test_what_happens_after_the_end_counts_in_the_last_interval(tmp_path: Path) -> None:
    plan = next(iter(read_plans(written(tmp_path)).values()))
    chance = Chance(1, 1)
    workload = draw_workload(plan, chance)
    run = figures_of(plan, workload, drive(plan.centre, workload, draw_roster(plan, chance)))
    entered = 4
    assert run.intervals[entered, 0].sum() == run.totals[entered, 0] == len(workload)


@pytest.mark.parametrize("arguments", [("--replications", "1"), ("--workers", "1000"), ("--seed", "-1")])
def test_arguments_out_of_range_are_refused(tmp_path: Path, arguments: tuple[str, str]) -> None:
    with pytest.raises(CallerError, match="argument_wrong"):
        main([str(written(tmp_path)), *arguments])

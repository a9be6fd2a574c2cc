"""`dryfly simulate`: many runs compared in words, numbers and a page."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import numpy as np
import pytest

from dryfly.platform.errors import CallerError
from dryfly.simulation import runs
from dryfly.simulation.cli import main
from dryfly.simulation.crew import draw_roster
from dryfly.simulation.crowd import draw_workload
from dryfly.simulation.draws import Chance
from dryfly.simulation.drive import drive
from dryfly.simulation.figures import MEASURES, figures_of
from dryfly.simulation.findings import Figure, Findings
from dryfly.simulation.reading import read_plans
from dryfly.simulation.runs import play, play_all
from dryfly.simulation.words import lines_of
from tests.simulation.test_scenario import written

FEWER = "variants: {one <b>fewer: {crews: {team: {count: 2}}}, as many: {rules: {agent_grace_s: 31}}}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a comparison that was played once, with its page."""
    folder = tmp_path_factory.mktemp("simulated")
    said: list[str] = []
    arguments = ("--replications", "6", "--workers", "1", "--seed", "5", "--json", "--out", str(folder / "page.html"))
    assert main([str(written(folder, FEWER)), *arguments], say=said.append) == 0
    (folder / "found.json").write_text("".join(said))
    return folder


@pytest.fixture(scope="module")
def found(folder: Path) -> Findings:
    return msgspec.json.decode((folder / "found.json").read_bytes(), type=Findings)


def test_a_comparison_in_words(found: Findings) -> None:
    lines = list(lines_of(found))
    assert lines[0] == "A morning"
    assert "6 replications of each variant, seed 5" in lines[1]
    assert any(line.startswith("  Service level") and line.count("±") == 3 for line in lines)
    fewer = lines[lines.index("one <b>fewer, against as it is:") + 1]
    assert fewer.startswith("  all queues: service level")
    assert "lower" in fewer
    assert "worse" in fewer
    same = lines[lines.index("as many, against as it is:") + 1]
    assert same == "  all queues: no change that these runs could tell"


def test_every_figure_with_its_interval(found: Findings) -> None:
    first, fewer, same = (variant.queues[0] for variant in found.variants)
    levels = [queue.figures["service_level"] for queue in (fewer, first)]
    known = [value for level in levels for value in (level.low, level.mean, level.high) if value is not None]
    assert len(known) == 6
    assert known[:3] == sorted(known[:3])
    assert known[1] < known[4]
    assert (fewer.against_first["service_level"].high or 0) < 0
    assert same.against_first["service_level"] == Figure(0.0, 0.0, 0.0)
    assert len(first.intervals["entered_count"]) == 8


def test_common_random_numbers_narrow_a_comparison(found: Findings) -> None:
    fewer = found.variants[1].queues[0]
    alone, paired = (figures["asa_s"] for figures in (fewer.figures, fewer.against_first))
    assert (paired.high or 0) - (paired.low or 0) < (alone.high or 0) - (alone.low or 0)


def test_a_page_with_plots_and_nothing_that_runs(folder: Path) -> None:
    text = (folder / "page.html").read_text()
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
    entered = [measure.name for measure in MEASURES].index("entered_count")
    assert run.intervals[entered, 0].sum() == run.totals[entered, 0] == len(workload)


@pytest.mark.parametrize("arguments", [("--replications", "1"), ("--workers", "1000"), ("--seed", "-1")])
def test_arguments_out_of_range_are_refused(tmp_path: Path, arguments: tuple[str, str]) -> None:
    with pytest.raises(CallerError, match="argument_wrong"):
        main([str(written(tmp_path)), *arguments])

"""Runs on a Ray cluster: the same, to the last bit; and what is said where there is no Ray or no cluster."""

import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

from dryfly.platform.errors import CallerError
from dryfly.simulation.cli import main
from dryfly.simulation.reading import read_plans
from dryfly.simulation.runs import play_all
from tests.simulation.test_scenario import written


def test_without_ray_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(CallerError, match=r"ray_missing: .*pip install 'dryfly\[cluster\]'"):
        main([str(written(tmp_path)), "--replications", "2", "--cluster", "auto"])


def test_a_cluster_finds_what_one_process_finds(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="the extra `cluster` is not installed")
    plans = read_plans(written(tmp_path, "variants: {fewer: {crews: {team: {count: 2}}}}"))
    alone, spread = (play_all(plans, 3, 1, lambda done, of: None, cluster) for cluster in (None, "local"))
    for one, other in zip(alone, spread, strict=True):
        for run, again in zip(one.runs, other.runs, strict=True):
            assert run.occupancy == again.occupancy
            for name in ("totals", "intervals", "waits_s"):
                assert np.array_equal(getattr(run, name), getattr(again, name), equal_nan=True)


def test_a_refusal_comes_back_from_another_process_as_it_was() -> None:
    error = pickle.loads(pickle.dumps(CallerError("books_differ", "They differ.", status=409, where="calls")))
    assert (error.code, error.text, error.status, error.values) == (
        "books_differ",
        "They differ.",
        409,
        {"where": "calls"},
    )

"""A bank's February, told from its first half: as good as it was measured to be (`./dryfly bench wait`)."""

from pathlib import Path

import numpy as np
import pytest

from bench._bank import days, matrix, waits_of
from bench.wait import LEARN_UNTIL, PS_GOAL_S, SHARES, anchors, bootstrap, error, history
from dryfly.waiting.learning import learn


@pytest.mark.data
def test_the_second_half_is_told_from_the_first(datasets: Path) -> None:
    waited = [one for day, calls in days(datasets).items() for one in waits_of(day, calls) if one.type == "PS"]
    first = [one for one in waited if one.day <= LEARN_UNTIL]
    test = [one for one in waited if one.day > LEARN_UNTIL and one.is_answered]
    told, waits = learn(history(first), SHARES)[0].read(matrix(test)[0]), matrix(test)[1]
    ours = error(told[:, 1], waits)
    assert ours < PS_GOAL_S
    assert all(ours < error(tell(test), waits) for tell in anchors(first).values())
    inside = (told[:, 0] <= waits) & (waits <= told[:, 3])
    least, most = bootstrap(inside, np.array([one.day for one in test]))
    assert least <= 0.8 <= most

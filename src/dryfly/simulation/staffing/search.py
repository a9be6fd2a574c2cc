"""The search: agents are added where a goal is missed, then taken away as long as all goals hold.

- All blocks are worked on at once. What is added or taken in one interval is felt in its neighbours, so only every
  third is changed in one look.
- Added is to the crew that does most, for its cost, against what is missing; taken from the crew whose going leaves
  most room for what it saves. Steps are doubled while they do what they should, halved when they were too long, and
  the last one is of one agent: in the end each agent who could go was tried.
- Then one of a crew comes for as many of another as cost more, wherever the goals hold with that; until nobody can be
  spared or exchanged. Each step makes the staffing cheaper: so it ends.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np

from dryfly.platform.errors import CallerError
from dryfly.simulation.staffing.looking import Bools, Look, Lookout, SpentError
from dryfly.simulation.workload import Floats, Ints

STRIDE = 3

Note = Callable[[str, Ints, bool], None]  # what was done, the staffing, and whether the goals hold


@dataclass(slots=True)
class Searched:
    """`is_whole`: it ended by itself, and not because it had looked often enough."""

    numbers: Ints
    is_whole: bool


@dataclass
class Searcher:
    lookout: Lookout
    note: Note
    least: Ints = field(init=False)
    most: Ints = field(init=False)
    costs: Floats = field(init=False)

    def __post_init__(self) -> None:
        crews = self.lookout.search.crews.values()
        self.least = np.array([[crew.least] for crew in crews], dtype=np.int64)
        self.most = np.array([[crew.most] for crew in crews], dtype=np.int64)
        self.costs = np.array([crew.cost for crew in crews])

    def run(self, guess: Ints) -> Searched:
        """Raises CallerError `target_out_of_reach`."""
        self.note("guess", guess, not self._look(guess).misses.any())
        numbers = self.grown(guess)
        if not np.array_equal(numbers, guess):
            self.note("grown", numbers, True)
        shrinking = _Shrinking(self, numbers)
        is_whole = shrinking.run()
        self.note("shrunk", shrinking.numbers, True)
        return Searched(shrinking.numbers, is_whole)

    def _look(self, numbers: Ints) -> Look:
        return self.lookout.look(numbers)

    # ---- adding ----

    def grown(self, numbers: Ints) -> Ints:
        """The goals hold in what it gives."""
        step = np.ones(numbers.shape[1], dtype=np.int64)
        try:
            while (seen := self._look(numbers)).misses.any():
                numbers = self._more(numbers, seen, step)
                step = np.where(seen.misses, 2 * step, 1)
        except SpentError:
            raise self._out_of_reach(seen, "in the looks that it may take (`looks_max`)") from None
        return numbers

    def _more(self, numbers: Ints, seen: Look, step: Ints) -> Ints:
        """To one crew in each block that misses a goal."""
        more = [np.clip(self._changed(numbers, crew, seen.misses * step), None, self.most) for crew in self._crews()]
        may = np.array([(tried > numbers).any(axis=0) for tried in more])
        if not may[:, seen.misses].any(axis=0).all():
            raise self._out_of_reach(seen, "even with as many as there may be (`most`)")
        if len(more) == 1:
            return more[0]
        gains = np.array([seen.shortfall - self._look(tried).shortfall for tried in more]) / self.costs[:, None]
        best = np.where(may, gains, -np.inf).argmax(axis=0)
        chosen = numbers.copy()
        for block in seen.misses.nonzero()[0]:
            chosen[:, block] = more[best[block]][:, block]
        return chosen

    def eased(self, numbers: Ints, blocks: Bools) -> Ints:
        """One more in each of the blocks, of the crew that gives most room for its cost. Raises SpentError."""
        before = self._look(numbers).room
        more = [
            np.clip(self._changed(numbers, crew, blocks.astype(np.int64)), None, self.most) for crew in self._crews()
        ]
        gains = np.array([self._look(tried).room - before for tried in more]) / self.costs[:, None]
        best = np.where([(tried > numbers).any(axis=0) for tried in more], gains, -np.inf).argmax(axis=0)
        return np.where(blocks, np.array(more)[best, :, np.arange(len(best))].T, numbers)

    def _crews(self) -> range:
        return range(len(self.costs))

    @staticmethod
    def _changed(numbers: Ints, crew: int, by: Ints) -> Ints:
        changed = numbers.copy()
        changed[crew] += by
        return changed

    def _out_of_reach(self, seen: Look, how: str) -> CallerError:
        goal_at, block = np.unravel_index(int(seen.margins.argmin()), seen.margins.shape)
        goal = self.lookout.goals[int(goal_at)]
        where = f"search.targets.{goal.queue}.{goal.measure}"
        when = "" if len(seen.misses) == 1 else f" in interval {int(block) + 1}"
        advice = "look at the shifts, the target and who serves the queue"
        text = f"{where}: {goal.wanted:g} is not reached{when} {how}: {advice}."
        return CallerError("target_out_of_reach", text, where=where)


class _Shrinking:
    """Takes away. What `numbers` says holds all goals at any time."""

    def __init__(self, searcher: Searcher, numbers: Ints) -> None:
        self.searcher = searcher
        self.numbers = numbers
        self.step = np.ones_like(numbers)
        self.is_tight = numbers <= searcher.least

    def run(self) -> bool:
        """Whether it came to an end: each exchange saves, and leaves agents of whom some may be spared again."""
        try:
            self._spare()
            while self._exchange():
                self._spare()
            self._spare_one_by_one()
        except SpentError:
            return False
        return True

    def _phases(self) -> Iterator[Bools]:
        blocks = np.arange(self.numbers.shape[1])
        yield from (blocks % STRIDE == phase for phase in range(min(STRIDE, len(blocks))))

    # ---- sparing ----

    def _spare(self) -> None:
        while not self.is_tight.all():
            for blocks in self._phases():
                if not self.is_tight[:, blocks].all():
                    self._lap(blocks)

    def _lap(self, blocks: Bools) -> None:
        """In each of the blocks one crew loses some, or steps become shorter."""
        seen = {crew: self._tried(crew, blocks) for crew in self._open(blocks)}
        chosen = self._chosen(seen, blocks)
        fewer = self.numbers.copy()
        for block, crew in chosen.items():
            fewer[crew, block] -= self._steps()[crew, block]
        kept = self._kept(fewer, set(chosen))
        for block, crew in chosen.items():
            if block in kept:
                self.step[crew, block] *= 2
            else:
                self._shorten(crew, block)
        self.is_tight |= self.numbers <= self.searcher.least

    def _open(self, blocks: Bools) -> list[int]:
        return [crew for crew in range(len(self.numbers)) if not self.is_tight[crew, blocks].all()]

    def _steps(self) -> Ints:
        """As long as they may be."""
        return np.asarray(np.minimum(self.step, self.numbers - self.searcher.least))

    def _tried(self, crew: int, blocks: Bools) -> Look:
        fewer = self.numbers.copy()
        fewer[crew] -= np.where(blocks & ~self.is_tight[crew], self._steps()[crew], 0)
        return self.searcher.lookout.look(fewer)

    def _chosen(self, seen: dict[int, Look], blocks: Bools) -> dict[int, int]:
        """By block, the crew whose going leaves most room for what it saves. Who cannot go so far goes less far."""
        before = self.searcher.lookout.look(self.numbers).room
        chosen: dict[int, int] = {}
        for block in map(int, blocks.nonzero()[0]):
            losses: dict[int, float] = {}
            for crew, look in seen.items():
                if self.is_tight[crew, block]:
                    continue
                if look.margins[:, _around(block)].min() < 0:
                    self._shorten(crew, block)
                else:
                    saved = self._steps()[crew, block] * self.searcher.costs[crew]
                    losses[crew] = float((before - look.room)[_around(block)].sum()) / saved
            if losses:
                chosen[block] = min(losses, key=lambda crew: losses[crew])
        return chosen

    def _shorten(self, crew: int, block: int) -> None:
        if self._steps()[crew, block] <= 1:
            self.is_tight[crew, block] = True
        self.step[crew, block] = max(1, self._steps()[crew, block] // 2)

    def _spare_one_by_one(self) -> None:
        """Who was kept because others went at the same moment, and can go alone."""
        for crew, block in np.argwhere(self.numbers > self.searcher.least):
            fewer = self.numbers.copy()
            while fewer[crew, block] > self.searcher.least[crew, 0]:
                fewer[crew, block] -= 1
                if self.searcher.lookout.look(fewer).misses.any():
                    break
                self.numbers = fewer.copy()

    # ---- exchanging ----

    def _exchange(self) -> bool:
        """Whether anywhere one of a crew could come for so many of another as cost more."""
        changed = False
        for gone, come in permutations(range(len(self.numbers)), 2):
            count = int(self.searcher.costs[come] // self.searcher.costs[gone]) + 1
            for blocks in self._phases():
                changed |= self._exchanged(gone, count, come, blocks)
        return changed

    def _exchanged(self, gone: int, count: int, come: int, blocks: Bools) -> bool:
        least, most = self.searcher.least[gone], self.searcher.most[come]
        may = blocks & (self.numbers[gone] - count >= least) & (self.numbers[come] < most)
        tried = self._after(gone, count, come, may)
        margins = self.searcher.lookout.look(tried).margins
        holds = {block for block in map(int, may.nonzero()[0]) if margins[:, _around(block)].min() >= 0}
        kept = self._kept(self._after(gone, count, come, np.isin(np.arange(len(may)), list(holds))), holds)
        for block in kept:
            self.is_tight[:, _around(block)] = self.numbers[:, _around(block)] <= self.searcher.least
        return bool(kept)

    def _after(self, gone: int, count: int, come: int, blocks: Bools) -> Ints:
        numbers = self.numbers.copy()
        numbers[gone] -= count * blocks
        numbers[come] += blocks
        return numbers

    def _kept(self, fewer: Ints, kept: set[int]) -> set[int]:
        """Takes what was chosen, but for blocks whose goals, or whose neighbours', are then missed."""
        kept = set(kept)
        while kept:
            misses = self.searcher.lookout.look(fewer).misses
            if not misses.any():
                self.numbers = fewer
                return kept
            lost = {block for block in kept if misses[_around(block)].any()} or set(kept)
            for block in lost:
                fewer[:, block] = self.numbers[:, block]
            kept -= lost
        return kept


def _around(block: int) -> slice:
    """The block and its neighbours."""
    return slice(max(0, block - 1), block + 2)

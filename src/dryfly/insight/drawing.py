"""From what adds up to the numbers that people know. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dryfly.insight.fold import AgentTime
from dryfly.insight.model import SUMS, Sums
from dryfly.insight.periods import Every
from dryfly.insight.words import By, Figures, Report, ReportCell, ReportGroup
from dryfly.setup.model import Catalogue


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report is of."""

    by: By
    every: Every
    zone: str
    from_at: int
    to_at: int
    made_at: int
    intervals: tuple[int, ...]


@dataclass(slots=True)
class Cell:
    """What adds up, of one group within one interval."""

    sums: Sums = field(default_factory=Sums)
    time: AgentTime | None = None

    def add(self, other: "Cell") -> None:
        self.sums.add(other.sums)
        if other.time is not None:
            self.time = self.time or AgentTime()
            self.time.ready_ms += other.time.ready_ms
            self.time.handling_ms += other.time.handling_ms
            self.time.away_ms += other.time.away_ms


Times = list[tuple[int, str, AgentTime]] | None  # interval, agent (or nobody in particular)


@dataclass(slots=True)
class Cells:
    """By (interval, key); `everybody` is the agents' time by interval where the rows are not agents."""

    by_key: dict[tuple[int, str], Cell]
    everybody: dict[int, AgentTime] | None


def cells_of(rows: Iterable[Any], times: Times, by: By) -> Cells:
    by_key = {(row["interval"], row["key"]): Cell(Sums(*row[2:])) for row in rows}
    if times is None or by is not By.AGENT:
        return Cells(by_key, None if times is None else {interval: time for interval, _, time in times})
    for interval, agent, time in times:
        by_key.setdefault((interval, agent), Cell()).time = time
    return Cells(by_key, None)


def titles(by: By, names: Catalogue) -> Mapping[str, str]:
    if by is By.QUEUE:
        return {queue.id: queue.title for queue in names.queues.values()}
    return {agent.id: agent.name for agent in names.agents.values()} if by is By.AGENT else {}


def drawn(frame: Frame, cells: Cells, names: Mapping[str, str]) -> Report:
    sums, groups, total = [Cell() for _ in frame.intervals], dict[str, Cell](), Cell()
    for (interval, key), cell in cells.by_key.items():
        for whole in (sums[interval], groups.setdefault(key, Cell()), total):
            whole.add(cell)
    for interval, time in (cells.everybody or {}).items():
        for whole in (sums[interval], total):
            whole.add(Cell(time=time))
    keys = sorted(groups, key=lambda key: (not key, names.get(key, key).casefold()))
    place = {key: number for number, key in enumerate(keys)}
    return Report(
        frame.by, frame.every, frame.zone, frame.from_at, frame.to_at, frame.made_at, frame.intervals,
        groups=tuple(ReportGroup(key, names.get(key, key), figures_of(groups[key])) for key in keys),
        sums=tuple(figures_of(cell) for cell in sums),
        total=figures_of(total),
        cells=tuple(
            ReportCell(place[key], interval, figures_of(cell)) for (interval, key), cell in sorted(cells.by_key.items())
        ),
    )  # fmt: skip


def figures_of(cell: Cell) -> Figures:
    """The numbers as people know them, from what adds up."""
    sums, time = cell.sums, cell.time
    decided = sums.answered_count + sums.abandoned_count
    counts = {name: getattr(sums, name) for name in SUMS if name.endswith("_count")}
    return Figures(
        **counts,
        waiting_count=sums.waiting_count,
        service_level=_share(sums.within_count, decided),
        abandoned_share=_share(sums.abandoned_count, decided),
        asa_s=_share(sums.answer_ms / 1000, sums.answered_count),
        aht_s=_share(sums.handle_ms / 1000, sums.handled_count),
        longest_wait_s=sums.longest_wait_ms / 1000,
        agent_s_per_contact=_share(time.handling_ms / 1000, sums.handled_count) if time else None,
        occupancy=_share(time.handling_ms, time.handling_ms + time.ready_ms) if time else None,
        ready_s=time.ready_ms / 1000 if time else None,
        handling_s=time.handling_ms / 1000 if time else None,
        away_s=time.away_ms / 1000 if time else None,
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None

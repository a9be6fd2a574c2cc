"""From what adds up to the numbers that people know. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from dryfly.insight.fold import AgentTime
from dryfly.insight.model import SUMS, Sums, total_of
from dryfly.insight.periods import Every
from dryfly.insight.words import By, Figures, Report, ReportCell, ReportGroup
from dryfly.setup.model import Catalogue

COUNTS = tuple(name for name in SUMS if name.endswith("_count"))
counts_of = attrgetter(*COUNTS)


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

    def spend(self, time: AgentTime) -> None:
        self.time = self.time or AgentTime()
        self.time.plus(time)


Timed = tuple[int, str, AgentTime]  # interval, agent (or nobody in particular)
Times = list[Timed] | None


@dataclass(slots=True)
class Cells:
    """By (interval, key); `everybody` is the agents' time by interval where the rows are not agents."""

    by_key: dict[tuple[int, str], Cell]
    everybody: dict[int, AgentTime] | None


def cells_of(rows: Iterable[Any], times: Times, by: By) -> Cells:
    by_key = {(row[0], row[1]): Cell(Sums(*row[2:])) for row in rows if any(row[2:])}
    if times is None:
        return Cells(by_key, None)
    if by is By.AGENT:
        for interval, agent, time in times:
            by_key.setdefault((interval, agent), Cell()).spend(time)
        return Cells(by_key, None)
    everybody: dict[int, AgentTime] = {}
    for interval, _, time in times:
        everybody.setdefault(interval, AgentTime()).plus(time)
    return Cells(by_key, everybody)


def titles(by: By, names: Catalogue) -> Mapping[str, str]:
    if by is By.QUEUE:
        return {queue.id: queue.title for queue in names.queues.values()}
    return {agent.id: agent.name for agent in names.agents.values()} if by is By.AGENT else {}


def drawn(frame: Frame, cells: Cells, names: Mapping[str, str]) -> Report:
    of_interval: list[list[Cell]] = [[] for _ in frame.intervals]
    of_key: dict[str, list[Cell]] = {}
    for (interval, key), cell in cells.by_key.items():
        of_interval[interval].append(cell)
        of_key.setdefault(key, []).append(cell)
    for interval, time in (cells.everybody or {}).items():
        of_interval[interval].append(Cell(time=time))
    groups, sums = {key: together(own) for key, own in of_key.items()}, [together(own) for own in of_interval]
    keys = sorted(groups, key=lambda key: (not key, names.get(key, key).casefold()))
    place = {key: number for number, key in enumerate(keys)}
    return Report(
        frame.by, frame.every, frame.zone, frame.from_at, frame.to_at, frame.made_at, frame.intervals,
        groups=tuple(ReportGroup(key, names.get(key, key), figures_of(groups[key])) for key in keys),
        sums=tuple(figures_of(cell) for cell in sums),
        total=figures_of(together(sums)),
        cells=tuple(
            ReportCell(place[key], interval, figures_of(cell)) for (interval, key), cell in sorted(cells.by_key.items())
        ),
    )  # fmt: skip


def together(cells: Iterable[Cell]) -> Cell:
    cells = list(cells)
    whole = Cell(total_of(cell.sums for cell in cells))
    for cell in cells:
        if cell.time is not None:
            whole.spend(cell.time)
    return whole


def figures_of(cell: Cell) -> Figures:
    """The numbers as people know them, from what adds up."""
    sums, time = cell.sums, cell.time
    decided = sums.answered_count + sums.abandoned_count
    return Figures(
        **dict(zip(COUNTS, counts_of(sums), strict=True)),
        waiting_count=sums.waiting_count,
        service_level=_share(sums.within_count, decided),
        abandoned_share=_share(sums.abandoned_count, decided),
        asa_s=_share(sums.answer_ms / 1000, sums.answered_count),
        aht_s=_share(sums.handle_ms / 1000, sums.handled_count),
        kept_share=_share(sums.kept_count, sums.promised_count),
        longest_wait_s=sums.longest_wait_ms / 1000,
        agent_s_per_contact=_share(time.handling_ms / 1000, sums.handled_count) if time else None,
        occupancy=_share(time.handling_ms, time.handling_ms + time.ready_ms) if time else None,
        ready_s=time.ready_ms / 1000 if time else None,
        handling_s=time.handling_ms / 1000 if time else None,
        away_s=time.away_ms / 1000 if time else None,
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None

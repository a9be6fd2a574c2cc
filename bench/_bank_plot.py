"""What happened beside the replays, hour by hour, as a small picture that needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, PANEL, LEFT, RIGHT, TOP, GAP = 820, 190, 58, 12, 34, 34
STYLE = (  # one palette for light and dark pages: which one it stands on is not known inside a picture
    "text{font:13px system-ui,sans-serif;fill:#767676}.t{font-weight:600}.e{text-anchor:end}.m{text-anchor:middle}"
    ".g{stroke:#8884;fill:none}.b{fill:#3b82f633}.r{stroke:#3b82f6;fill:none;stroke-width:2}"
    ".h{stroke:#d9631e;fill:none;stroke-width:2;stroke-dasharray:5 3}.d{fill:#d9631e}"
)


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure by hour. `top`: the highest number of the scale."""

    title: str
    top: float
    unit: str
    happened: Sequence[float]
    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def picture(panels: Sequence[Panel], hours: Sequence[int], label: str) -> str:
    height = TOP + len(panels) * (PANEL + GAP)
    drawn = "".join(_panel(panel, hours, TOP + number * (PANEL + GAP)) for number, panel in enumerate(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">'
        f"<style>{STYLE}</style>{_key()}{drawn}</svg>\n"
    )


def _key() -> str:
    return (
        f'<path class="h" d="M{LEFT} 12h30"/><text x="{LEFT + 38}" y="16">happened</text>'
        f'<path class="b" d="M{LEFT + 130} 4h30v16h-30z"/><path class="r" d="M{LEFT + 130} 12h30"/>'
        f'<text x="{LEFT + 168}" y="16">replayed: mean, and where 95 of 100 replays lie</text>'
    )


def _panel(panel: Panel, hours: Sequence[int], top: float) -> str:
    xs = [LEFT + (number + 0.5) / len(hours) * (WIDTH - LEFT - RIGHT) for number in range(len(hours))]

    def points(values: Sequence[float]) -> list[str]:
        return [f"{x:.0f} {_y(value, panel.top, top):.1f}" for x, value in zip(xs, values, strict=True)]

    band = points(panel.high) + points(panel.low)[::-1]
    dots = "".join(f'<circle class="d" r="2.5" cx="{x}" cy="{y}"/>' for x, y in map(str.split, points(panel.happened)))
    names = "".join(
        f'<text class="m" x="{x:.0f}" y="{top + PANEL}">{hour}</text>' for x, hour in zip(xs, hours, strict=True)
    )
    return (
        f'<text class="t" x="{LEFT}" y="{top + 14}">{panel.title}</text>{_scale(panel, top)}{names}'
        f'<path class="b" d="M{"L".join(band)}Z"/><path class="r" d="M{"L".join(points(panel.mean))}"/>'
        f'<path class="h" d="M{"L".join(points(panel.happened))}"/>{dots}'
    )


def _scale(panel: Panel, top: float) -> str:
    return "".join(
        f'<path class="g" d="M{LEFT} {_y(value, panel.top, top):.1f}H{WIDTH - RIGHT}"/>'
        f'<text class="e" x="{LEFT - 8}" y="{_y(value, panel.top, top) + 4:.1f}">{value:g}{panel.unit}</text>'
        for value in (0, panel.top / 2, panel.top)
    )


def _y(value: float, highest: float, top: float) -> float:
    return top + PANEL - 18 - min(value, highest) / highest * (PANEL - 46)

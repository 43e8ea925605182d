"""Line charts as SVG, the same for the same numbers: no library, no date, no random names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 460, 260, 48
COLOURS = ("#1f77b4", "#d62728", "#2ca02c")


@dataclass(frozen=True)
class Series:
    """One line."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Chart:
    """Several lines over one axis."""

    title: str
    x_label: str
    series: Sequence[Series]
    logarithmic: bool = False

    def scale(self, y: float) -> float:
        return math.log10(max(1.0, y)) if self.logarithmic else y


def draw(charts: Sequence[Chart], path: Path) -> None:
    """Write the charts side by side."""
    width = WIDTH * len(charts)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
            'font-family="sans-serif" font-size="11">'
        ),
        f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for index, chart in enumerate(charts):
        parts.append(f'<g transform="translate({index * WIDTH} 0)">')
        parts += _chart(chart)
        parts.append("</g>")
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _chart(chart: Chart) -> Iterator[str]:
    left, right, top, bottom = MARGIN, WIDTH - 16, 52, HEIGHT - 36
    most_x = max(x for line in chart.series for x, _ in line.points) or 1.0
    most_y = max(chart.scale(y) for line in chart.series for _, y in line.points) or 1.0
    most_y = math.ceil(most_y) if chart.logarithmic else most_y * 1.1

    def place(x: float, y: float) -> tuple[float, float]:
        across = left + (right - left) * x / most_x
        return across, bottom - (bottom - top) * chart.scale(y) / most_y

    yield _text(left, 18, chart.title, "start", ' font-weight="bold"')
    yield f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="#555"/>'
    for y in _ticks(most_y, chart.logarithmic):
        height = place(0, y)[1]
        yield f'<path d="M{left} {height:.1f}H{right}" stroke="#ddd"/>'
        yield _text(left - 5, height + 4, f"{y:,.0f}", "end")
    for step in range(5):
        x = most_x * step / 4
        yield _text(place(x, 1)[0], bottom + 15, f"{x:.0f}", "middle")
    yield _text((left + right) / 2, HEIGHT - 6, chart.x_label, "middle")
    for index, line in enumerate(chart.series):
        colour = COLOURS[index % len(COLOURS)]
        points = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in line.points)
        dashes = f' stroke-dasharray="{6 * index} {3 * index}"' if index else ""
        style = f'fill="none" stroke="{colour}" stroke-width="1.6"{dashes}'
        yield f'<polyline points="{points}" {style}/>'
        start = left + index * 190
        yield f'<path d="M{start} 36h18" stroke="{colour}" stroke-width="2"{dashes}/>'
        yield _text(start + 23, 40, line.name, "start")


def _ticks(most: float, logarithmic: bool) -> list[float]:
    if logarithmic:
        return [10.0**power for power in range(math.ceil(most) + 1)]
    return [round(most / 1.1 * step / 4) for step in range(5)]


def _text(x: float, y: float, text: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{text}</text>'

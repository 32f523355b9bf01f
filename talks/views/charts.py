"""Geometry of small bar charts of years. Templates write the SVG, and a table with the same numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEP, BAR, HEIGHT = 30, 18, 64
_TOP, _BOTTOM = 16, 18


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one year; lengths are in SVG units from the top left."""

    year: int
    count: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """The horizontal middle of the bar, where its label stands."""
        return self.x + BAR // 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the first year to the last, years without anything included."""

    bars: list[Bar]
    bar_width: int = BAR
    height: int = _TOP + HEIGHT + _BOTTOM
    ground: int = _TOP + HEIGHT

    @property
    def width(self) -> int:
        return STEP * len(self.bars)


def draw_years(counts: Mapping[int | None, int]) -> Chart | None:
    """Return the chart of counts by year; None for fewer than two years, where a chart says nothing."""
    known = {year: count for year, count in counts.items() if year is not None}
    if len(known) < 2:
        return None
    tallest = max(known.values())
    bars = []
    for place, year in enumerate(range(min(known), max(known) + 1)):
        count = known.get(year, 0)
        height = round(max(HEIGHT * count / tallest, 2 if count else 0), 1)
        bars.append(Bar(year, count, STEP * place + (STEP - BAR) // 2, _TOP + HEIGHT - height, height))
    return Chart(bars)


SPAN_WIDTH, SPAN_HEIGHT = 192, 22
_SPAN_STEP = 12  # the greatest distance between two years


@dataclass(frozen=True, slots=True)
class Span:
    """The years of one row of a list, on an axis that all rows share, so that events of the same year are in line."""

    bars: list[Bar]
    width: float
    bar_width: float
    height: int = SPAN_HEIGHT


def draw_spans(rows: Sequence[Mapping[int | None, int]]) -> list[Span | None]:
    """Return the bars of each row, which maps years to numbers of talks; None for a row without years."""
    every = [year for counts in rows for year, count in counts.items() if year is not None and count]
    if not every:
        return [None] * len(rows)
    first, years = min(every), max(every) - min(every) + 1
    tallest = max(max(counts.values(), default=0) for counts in rows)
    step = min(_SPAN_STEP, SPAN_WIDTH / years)
    return [_draw_span(counts, first, step, years, tallest) for counts in rows]


def _draw_span(counts: Mapping[int | None, int], first: int, step: float, years: int, tallest: int) -> Span | None:
    bars = []
    for year, count in sorted((year, count) for year, count in counts.items() if year is not None and count):
        height = round(max(SPAN_HEIGHT * (count / tallest) ** 0.5, 3), 1)
        bars.append(Bar(year, count, round(step * (year - first), 1), SPAN_HEIGHT - height, height))
    return Span(bars, round(step * years, 1), round(step * 0.7, 1)) if bars else None

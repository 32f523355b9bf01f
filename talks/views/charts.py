"""Computes where small charts have their bars, one for each year; template tags write the SVG from that."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STEP, BAR, HEIGHT = 38, 22, 64
WIDTH, NARROW_WIDTH = 340, 230  # at most: of a phone's page, and of a page's margin
_TOP, _BOTTOM = 16, 18
_LABEL, _SPACE = 28, 6  # the width of a year's label, and of the space beside it


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one year in a chart.

    Lengths are in SVG units; `x` and `y` are its top left, `middle` its label's place. `middle` is measured from the
    left.
    """

    year: int
    count: int
    x: float
    y: float
    height: float
    middle: float = 0
    is_labelled: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of years; `ground` is the height, from the top, of the line on which the bars stand."""

    bars: list[Bar]
    width: float
    bar_width: float
    height: int = _TOP + HEIGHT + _BOTTOM
    ground: int = _TOP + HEIGHT


def count_by_year(editions: Iterable[Mapping[str, Any]]) -> Counter[int | None]:
    """Return the number of talks by year, None for unknown years, summed over rows with `year` and `talk_count`."""
    counts: Counter[int | None] = Counter()
    for row in editions:
        counts[row["year"]] += row["talk_count"]
    return counts


def draw_years(counts: Mapping[int | None, int], *, width: int = WIDTH) -> Chart | None:
    """Return a bar chart of numbers of talks by year, at most `width` SVG units wide; None for fewer than two years.

    The number for the year None is left out. Each year from the first to the last has a bar, of height 0 if it has no
    talk.
    """
    known = {year: count for year, count in counts.items() if year is not None}
    if len(known) < 2:
        return None
    first, years = min(known), max(known) - min(known) + 1
    tallest = max(known, key=lambda year: known[year])
    step = min(STEP, round(width / years, 1))
    side = max(0.0, (_LABEL - step) / 2)
    labelled = _choose_labels(years, tallest - first, step)
    bars = []
    for place, year in enumerate(range(first, first + years)):
        count = known.get(year, 0)
        height = round(max(HEIGHT * count / known[tallest], 2 if count else 0), 1)
        x = round(side + step * place + (step - step * BAR / STEP) / 2, 1)
        middle = round(side + step * (place + 0.5), 1)
        bars.append(Bar(year, count, x, _TOP + HEIGHT - height, height, middle, place in labelled))
    return Chart(bars, round(2 * side + step * years, 1), round(step * BAR / STEP, 1))


def _choose_labels(years: int, tallest: int, step: float) -> set[int]:
    """Return the indexes of the bars of a chart that get a label.

    If all labels do not fit, only the first bar, the last and, if there is room between their labels, the tallest get
    one.
    """
    if years == 1 or step >= _LABEL + _SPACE:
        return set(range(years))
    room = min(tallest, years - 1 - tallest) * step > _LABEL + _SPACE
    return {0, years - 1, *([tallest] if room else [])}


SPAN_WIDTH, SPAN_HEIGHT = 192, 22
_SPAN_STEP = 12  # the greatest distance between two years


def draw_spans(rows: Sequence[Mapping[int | None, int]]) -> list[Chart | None]:
    """Return a small chart for each row of a list of series; None for a row without talks in known years.

    A row maps years to numbers of talks. All charts have the same axis, so that equal years are below each other.
    """
    every = [year for counts in rows for year, count in counts.items() if year is not None and count]
    if not every:
        return [None] * len(rows)
    first, years = min(every), max(every) - min(every) + 1
    tallest = max(max(counts.values(), default=0) for counts in rows)
    step = min(_SPAN_STEP, SPAN_WIDTH / years)
    return [_draw_span(counts, first, step, years, tallest) for counts in rows]


def _draw_span(counts: Mapping[int | None, int], first: int, step: float, years: int, tallest: int) -> Chart | None:
    bars = []
    for year, count in sorted((year, count) for year, count in counts.items() if year is not None and count):
        height = round(max(SPAN_HEIGHT * (count / tallest) ** 0.5, 3), 1)
        bars.append(Bar(year, count, round(step * (year - first), 1), SPAN_HEIGHT - height, height))
    width, bar_width = round(step * years, 1), round(step * 0.7, 1)
    return Chart(bars, width, bar_width, SPAN_HEIGHT, SPAN_HEIGHT) if bars else None

"""Small pictures of years: what is drawn where. Templates write the SVG, and a table that says the same."""

from collections.abc import Mapping
from dataclasses import dataclass

STEP, BAR, HEIGHT = 30, 18, 64
_TOP, _BOTTOM = 16, 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One year's bar; `middle` is where its words stand."""

    year: int
    count: int
    x: int
    y: float
    height: float

    @property
    def middle(self) -> int:
        """The middle of the bar, from the left."""
        return self.x + BAR // 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the first year to the last, those without anything too."""

    bars: list[Bar]
    bar_width: int = BAR
    height: int = _TOP + HEIGHT + _BOTTOM
    ground: int = _TOP + HEIGHT

    @property
    def width(self) -> int:
        """Of the whole picture."""
        return STEP * len(self.bars)


def draw_years(counts: Mapping[int | None, int]) -> Chart | None:
    """The picture; None where it would tell nothing: for fewer than two years."""
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

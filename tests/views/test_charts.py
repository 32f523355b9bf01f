import pytest

from talks.views.charts import BAR, HEIGHT, NARROW_WIDTH, SPAN_HEIGHT, SPAN_WIDTH, STEP, WIDTH, draw_spans, draw_years


@pytest.mark.parametrize("counts", [{}, {2017: 3}, {2017: 3, None: 4}])
def test_no_chart_is_drawn_for_fewer_than_two_years(counts):
    assert draw_years(counts) is None


def test_bars_of_a_chart_are_side_by_side():
    chart = draw_years({2017: 4, 2014: 1, None: 3})
    assert [(bar.year, bar.count, bar.height) for bar in chart.bars] == [
        (2014, 1, HEIGHT / 4),
        (2015, 0, 0),
        (2016, 0, 0),
        (2017, 4, HEIGHT),
    ]
    assert {bar.y + bar.height for bar in chart.bars} == {chart.ground}
    assert [right.x - left.x for left, right in zip(chart.bars, chart.bars[1:], strict=False)] == [STEP] * 3
    assert chart.width == 4 * STEP
    assert chart.bars[-1].x + BAR <= chart.width


@pytest.mark.parametrize("width", [WIDTH, NARROW_WIDTH])
def test_bars_of_a_chart_with_many_years_are_narrower(width):
    chart = draw_years({2000: 1, 2030: 2}, width=width)
    assert width <= chart.width <= width + 2 * STEP
    assert chart.bar_width < BAR
    assert chart.bars[0].x >= 0
    assert chart.bars[-1].x + chart.bar_width <= chart.width


@pytest.mark.parametrize(
    ("counts", "labelled"),
    [
        ({2010: 1, 2012: 1}, [2010, 2011, 2012]),
        ({2010: 1, 2020: 1}, [2010, 2020]),
        ({2010: 1, 2016: 5, 2020: 1}, [2010, 2016, 2020]),
        ({2010: 1, 2011: 5, 2020: 1}, [2010, 2020]),  # too near to the first
    ],
)
def test_years_are_labelled_where_there_is_room(counts, labelled):
    assert [bar.year for bar in draw_years(counts).bars if bar.is_labelled] == labelled


def test_the_smallest_bar_of_a_chart_is_visible():
    assert draw_years({2016: 1, 2017: 10_000}).bars[0].height == 2


def test_all_rows_of_a_list_share_one_axis_of_years():
    first, second, none = draw_spans([{2011: 4, 2013: 1}, {2013: 1, None: 2}, {2012: 0}])
    assert [(bar.year, bar.count) for bar in first.bars] == [(2011, 4), (2013, 1)]
    assert (first.bars[0].x, first.bars[1].x) == (0, second.bars[0].x)
    assert (first.bars[0].height, first.bars[1].height) == (SPAN_HEIGHT, SPAN_HEIGHT / 2)
    assert (first.width, none) == (second.width, None)


def test_charts_of_very_many_years_are_as_wide_as_allowed():
    """In lists."""
    (span,) = draw_spans([{1950: 1, 2150: 1}])
    assert (span.width, span.bars[0].x) == (SPAN_WIDTH, 0)
    assert span.bars[1].x + span.bar_width <= SPAN_WIDTH
    assert draw_spans([{None: 3}]) == [None]

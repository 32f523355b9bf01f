import pytest

from talks.views.charts import BAR, HEIGHT, STEP, draw_years


@pytest.mark.parametrize("counts", [{}, {2017: 3}, {2017: 3, None: 4}])
def test_nothing_is_drawn_of_less_than_two_years(counts):
    assert draw_years(counts) is None


def test_bars_stand_side_by_side_on_one_ground():
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


def test_the_least_is_still_to_be_seen():
    assert draw_years({2016: 1, 2017: 10_000}).bars[0].height == 2

import pytest

from talks.models import Talk
from talks.related import find_trends
from tests import builders as make

pytestmark = pytest.mark.django_db


def make_year(year, talks, **counts):
    """Make talks in a year, so many of them with each tag."""
    day = make.make_day(make.make_conference("Series", year), 1)
    for number in range(talks):
        tags = [tag for tag, count in counts.items() if number < count]
        make.make_talk(f"Talk {number}", day, tags=tags)


def read_trends():
    talks = Talk.objects.visible()
    return find_trends(talks, {row["year"]: row["talk_count"] for row in talks.by_edition()})


def names(trends):
    return [trend.tag.name for trend in trends]


def test_a_tags_share_is_computed_among_talks_of_its_year():
    make_year(2011, 12, Java=6, Rare=1)
    make_year(2012, 4, Java=3)
    make_year(None, 3, Java=3)
    trends = read_trends()
    [java] = trends.tags
    assert (trends.years, java.count) == ([2011, 2012], 9)
    assert [(share.year, share.count, share.talks, share.is_weak) for share in java.years] == [
        (2011, 6, 12, False),
        (2012, 3, 4, True),
    ]


def test_trends_compare_a_tags_share_in_earlier_and_later_years():
    make_year(2011, 10, Java=8, Steady=5)
    make_year(2012, 10, Java=6, Steady=5, Go=1)
    make_year(2013, 10, Java=2, Steady=5, Go=4)
    make_year(2014, 10, Java=1, Steady=5, Go=6)
    trends = read_trends()
    assert names(trends.tags) == ["Steady", "Java", "Go"] or names(trends.tags) == ["Java", "Steady", "Go"]
    assert (names(trends.rising), names(trends.fading), trends.turn) == (["Go"], ["Java"], 2013)
    assert [(half.count, half.talks) for half in (trends.rising[0].early, trends.rising[0].late)] == [(1, 20), (10, 20)]


def test_tags_with_constant_shares_of_growing_conferences_do_not_rise():
    make_year(2011, 5, Java=2)
    make_year(2012, 20, Java=8)
    trends = read_trends()
    assert (trends.rising, trends.fading) == ([], [])


def test_talks_of_a_single_year_have_no_trend():
    make_year(2011, 5, Java=2, Go=1)
    trends = read_trends()
    assert (trends.turn, trends.rising, trends.fading, names(trends.tags)) == (None, [], [], ["Java", "Go"])


def test_without_talks_there_are_no_trends():
    trends = read_trends()
    assert (trends.years, trends.turn, trends.tags) == ([], None, [])

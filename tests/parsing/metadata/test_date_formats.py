from datetime import date

import pytest

from talks.parsing.metadata.date_formats import find_date, read_date_in_name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Day 2 – Thursday, 12 May 2016", date(2016, 5, 12)),
        ("Day 2 (2016-05-12)", date(2016, 5, 12)),
        ("Dec 12, Thursday", date(2019, 12, 12)),
        ("Mercredi 20 avril : les mousses", date(2019, 4, 20)),
        ("Day 2: May 3rd", date(2019, 5, 3)),
        ("06.11. - Wednesday", date(2019, 11, 6)),
        ("06.11 Mittwoch", date(2019, 11, 6)),
        ("Day 2 - 06.11.", date(2019, 11, 6)),
        ("11月6日(水)", date(2019, 11, 6)),
        ("2018년 11월 6일", date(2018, 11, 6)),
        ("Day 2 at 9.10", None),
        ("Day 3/3", None),
        ("Day 2", None),
        ("12-13 May 2016", None),
        ("12 and 13 May", None),
        ("12 May to 14 June", None),
        ("31 June", None),
    ],
)
def test_the_one_date_in_a_short_text_is_found(text, found):
    assert find_date(text, 2019) == found


def test_a_date_without_year_needs_the_year_of_the_event():
    assert find_date("Dec 12, Thursday", None) is None


@pytest.mark.parametrize(
    "name",
    ["2019/2019-05-06-moss/index.md", "2019/05/06/moss.md", "2019/20190506-moss.md", "a/2019/05/2019-05-06-moss.md"],
)
def test_paths_with_folders_of_years_give_the_date_of_posts(name):
    assert read_date_in_name(name) == date(2019, 5, 6)

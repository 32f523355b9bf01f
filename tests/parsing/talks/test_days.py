import pytest

from talks.parsing import FolderFacts, parse_post

_TALK = "## {} by {}\n\n* Moss grows slowly\n* Water it often\n\n"


def read_days(text: str) -> list[int | None]:
    """Return the day of each talk of a post in which `A`, `B` and `C` stand for talks."""
    for letter, title, name in (("A", "Moss on Walls", "Ann Lee"), ("B", "Moss in Pots", "Ben Roe")):
        text = text.replace(f"{letter}\n", _TALK.format(title, name))
    post = parse_post("# GardenConf 2019\n\n" + text.replace("C\n", _TALK.format("Ferns", "Cara Day")), name="moss.md")
    return [talk.day for talk in post.talks]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("# Thursday\n\nA\n# Friday\n\nB\nC\n", [1, 2, 2]),
        ("# Saturday\n\nA\n# Sunday\n\nB\n# Monday\n\nC\n", [1, 2, 3]),
        ("# Mercredi\n\nA\n# Vendredi\n\nB\n", [1, 3]),
        ("# Friday Morning\n\nA\n# Friday Afternoon\n\nB\n# Saturday\n\nC\n", [1, 1, 2]),
        ("# Friday\n\nA\nB\n", [None, None]),
        ("# Friday\n\nA\n# 12 May\n\nB\n", [None, None]),
    ],
)
def test_headings_of_weekdays_begin_days(text: str, days: list[int | None]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("A\n# Day 2\n\nB\n", [1, 2]),
        ("A\n# Day 2\n\nB\n# Day 3\n\nC\n", [1, 2, 3]),
        ("A\n# Day 1\n\nB\n# Day 2\n\nC\n", [None, 1, 2]),
        ("A\n# Day 3\n\nB\n", [None, 3]),
        ("# Day 2\n\nA\n# Day 1\n\nB\n", [2, 1]),
    ],
)
def test_talks_above_day_2s_heading_are_of_day_1(text: str, days: list[int | None]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    ("name", "title", "day"),
    [("moss.md", "GardenConf", 2), ("Day 3/moss.md", "GardenConf", 3), ("moss.md", "Day 1", 1)],
)
def test_the_folders_day_counts_unless_title_or_path_gives_one(name: str, title: str, day: int) -> None:
    text = f"# {title}\n\n" + _TALK.format("Ferns", "Cara Day") + _TALK.format("Moss", "Ann Lee")
    post = parse_post(text, name=f"GardenConf 2019/{name}", folder=FolderFacts(day=2))
    assert [talk.day for talk in post.talks] == [day, day]

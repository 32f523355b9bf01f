import pytest

from talks.parsing import parse_post
from talks.parsing.talks.title_parts import split_title
from talks.parsing.talks.title_slots import drop_front_slot, is_numbered_talk, is_slot_line


@pytest.mark.parametrize(
    "content",
    [
        "Day 1 - 1030 - Roses",
        "Tag 1, 10:30 Uhr: Roses",
        "[Day 1, 10:30] Roses",
        "Mon 10:30 – Roses",
        "Tuesday, 5 May, 2:30 pm - Roses",
        "D2 14:00-14:45 Roses",
        "1030 - Roses",
        "14h : Roses",
        "2pm: Roses",
        "Session 3 @ 10:30 - Roses",
        "[Hall A] Roses",
        "Track 1: Roses",
        "Room 4 | 10:30 | Roses",
        "Salle 2 : Roses",
        "DAT304 - Roses",
        "K.1.105 - Roses",
        "14:00 H.1302 (Main hall) - Roses",
        "GARDEN302 - Roses",
        "BRK3001: Roses",
        "[SEC212-R] Roses",
        "Roses (DAT304)",
        "Roses [KEY-1060]",
        "Roses (Room 101)",
        "Roses (Hall B, 10:30)",
        "Roses (45 min)",
        "Roses (H.1302 15:55 - 16:15)",
        "Roses, 10:15 am, Day 1",
    ],
)
def test_time_slots_and_codes_are_removed_from_titles(content):
    assert split_title(content)[0].title == "Roses"


@pytest.mark.parametrize(
    "content",
    [
        "24h in a garden",
        "1984 - the year of moss",
        "2019: a year of moss",
        "10 gardens - a tour",
        "Hall of mirrors",
        "Room for roses",
        "Track everything: roses",
        "Stage fright: roses",
        "RFC2616: a reading",
        "ES2015: what is new",
        "CSS: a tour",
        "Sat in a garden",
        "Monday: a day for roses",
        "Day 2 - gardens",
        "Gardens (Day 2)",
        "Gardens at 10:30",
        "Gardens (1984)",
    ],
)
def test_titles_that_only_resemble_time_slots_are_unchanged(content):
    assert split_title(content)[0].title == content


def test_a_time_slot_before_a_title_gives_the_day():
    assert drop_front_slot("Day 2, 10:30: Roses") == ("Roses", 2)
    assert drop_front_slot("Day 1, Session 2: Roses") == ("Roses", 1)
    assert drop_front_slot("10:30: Roses") == ("Roses", None)
    assert drop_front_slot("Roses") == ("Roses", None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ballroom A, 10:30 AM", True),
        ("Day 1 - 14:30 – 15:30 - Track 1", True),
        ("Thursday, March 5, 10:30", True),
        ("10:30 - 11:15 | Room 4", True),
        ("45 min", True),
        ("At 10:30 we began", False),
        ("Room for everybody", False),
        ("Gardens in 2 hours", False),
    ],
)
def test_lines_with_only_time_and_place_are_slots(line, told):
    assert is_slot_line(line) is told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keynote 1", True),
        ("Session #2:", True),
        ("First talk", True),
        ("Zweiter Vortrag", True),
        ("첫번째 세션", True),
        ("3番目の発表", True),
        ("Keynote", False),
        ("Session 1: Roses", False),
        ("The second talk of the day", False),
    ],
)
def test_only_kinds_of_talks_with_a_number_count_as_numbered(text, expected):
    assert is_numbered_talk(text) is expected


@pytest.mark.parametrize("title", ["> Walls of moss", "[Walls of moss](https://moss.example/1)"])
def test_the_title_is_read_below_headings_such_as_keynote_1(title):
    other = "## Keynote 2\n\n> Roofs of grass\n> > Ann Lee\n\n* warm\n* dry\n"
    post = parse_post(f"# GlassConf 2023\n\n## Keynote 1\n\n{title}\n\n* green\n* soft\n\n{other}", name="glass.md")
    assert [(talk.title, [each.name for each in talk.speakers], len(talk.takeaways)) for talk in post.talks] == [
        ("Walls of moss", [], 2),
        ("Roofs of grass", ["Ann Lee"], 2),
    ]


def test_sentences_below_headings_such_as_session_1_are_no_titles():
    text = "# GlassConf 2023\n\n## Session 1\n\nThey came to [the moss](https://moss.example/) early.\n"
    assert "They came" not in [talk.title[:9] for talk in parse_post(text, name="glass.md").talks]


@pytest.mark.parametrize("heading", ["Session 1", "10:00"])
def test_an_empty_quotation_below_a_slot_is_no_title(heading):
    post = parse_post(f"# GlassConf 2023\n\n## {heading}\n\n>\n\n## Walls by Ann Lee\n\n* soft\n", name="glass.md")
    assert {talk.title for talk in post.talks} <= {heading, "Walls"}

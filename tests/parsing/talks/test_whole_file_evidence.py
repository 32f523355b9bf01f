"""What is said of a whole file is true: of its title's words, of its name, of the folders above it."""

from dataclasses import replace

import pytest

from talks.names import fold_words
from talks.parsing.pipeline import read_post

YEAR, EVENT = "the title holds a year", "the title names the conference"
LIKE_EVENT, NAMED_FILE = "the title holds a word for events", "the file is named after an event or talks"
EVENT_FOLDER, TALK_FOLDER = "stands in a folder of an event", "stands in a folder of talks or notes"
NOTHING_NAMED = "neither event nor person nor talk is named"


def tell(name: str, text: str = "- red\n- white\n") -> set[str]:
    _, reading = read_post(text, name=name)
    whole = next(candidate for candidate in reading.candidates if candidate.kind == "whole file")
    return {piece.reason for piece in whole.evidence if piece.strength}


def test_words_in_a_linked_titles_address_are_not_weighed():
    told = tell(
        "MossConf/2022/shade.md", "# [**Growing in shade**](https://mossconf.example/mossconf2022/110/)\n\n- red\n"
    )
    assert told.isdisjoint({YEAR, EVENT, LIKE_EVENT})


@pytest.mark.parametrize(
    ("title", "expected"), [("Growing in shade (MossConf 2022)", set()), ("MossConf 2022", {YEAR, EVENT})]
)
def test_events_in_brackets_behind_titles_are_not_weighed(title, expected):
    assert tell("MossConf/shade.md", f"# {title}\n\n- red\n") & {YEAR, EVENT} == expected


def test_linked_titles_that_are_the_events_name_keep_their_words():
    _, reading = read_post(
        "# [MossConf Oslo 2016](http://mossconf.example/oslo-2016)\n\n- red\n", name="2016-MossConf.md"
    )
    whole = next(candidate for candidate in reading.candidates if candidate.kind == "whole file")
    assert whole.title == "MossConf Oslo 2016"


@pytest.mark.parametrize(("title", "expected"), [("I water on fridays, always", False), ("JSConf in Oslo", True)])
def test_words_ending_like_conf_or_days_may_name_no_event(title, expected):
    assert (LIKE_EVENT in tell("notes/moss.md", f"# {title}\n\n- red\n")) == expected
    assert (NAMED_FILE in tell(f"notes/{title.partition(' in ')[0]}.md")) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("posts/2018/11/moss.md", False),
        ("2007/2007-02-05-visiting-moss/index.md", False),
        ("blog/2023-05-16/index.md", False),
        ("2000-2023/moss.md", False),
        ("study/conference/moss.md", False),
        ("moss/pure_silicon/moss.md", False),
        ("gardens2015-summary/moss.md", True),
        ("gardens/moss-days-2019/moss.md", True),
        ("moss-meetup/moss.md", True),
        ("conference-notes/2019/moss.md", True),
    ],
)
def test_folders_of_years_or_single_posts_are_no_event_folders(name, expected):
    assert (EVENT_FOLDER in tell(name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("study/Conference/moss.md", True), ("GoConferenceOslo/moss.md", False)]
)
def test_folders_called_conference_hold_notes_unlike_folders_named_after_events(name, expected):
    assert (TALK_FOLDER in tell(name)) == expected


def test_conference_in_titles_or_openings_means_talks_only_in_french():
    assert "the title tells of a talk" not in tell("notes/moss.md", "# The moss conference\n\n- red\n")
    for opening, expected in (("Des conférences sur la mousse.", True), ("Of all conferences, the best.", False)):
        told = tell("2019 MossConf/moss.md", f"# MossConf 2019\n\n{opening}\n\n- red\n")
        assert ("the post announces notes" in told) == expected


def test_a_title_with_a_word_for_events_names_an_event():
    text = "# Back from the garden forum 2018\n\nWe saw red roses.\n"
    assert NOTHING_NAMED not in tell("posts/roses.md", text)
    assert NOTHING_NAMED in tell("posts/roses.md", "# Red roses\n\nWe saw red roses.\n")


@pytest.mark.parametrize("title", ["Stir Gardens 2021", "Stirgardens notes", "StirGardens2021に参加"])
def test_a_title_names_the_event_in_any_spelling(title):
    _, reading = read_post(f"# {title}\n\n- red\n", name="2021 StirGardens/roses.md")
    assert replace(reading.document, series="StirGardens").names_series(fold_words(title))


@pytest.mark.parametrize(
    ("title", "expected"), [("DevoxxFR 2019", True), ("Devox FR", False), ("Build a garden", False)]
)
def test_a_title_names_a_known_event_by_its_other_names(title, expected):
    series = "Microsoft Build" if "Build" in title else "Devoxx France"
    _, reading = read_post(f"# {title}\n\n- red\n", name="roses.md")
    assert replace(reading.document, series=series).names_series(fold_words(title)) == expected


def test_a_table_of_contents_is_no_list_of_links():
    contents = "".join(f"- [{part}](#{part.lower()})\n" for part in ("Soil", "Water", "Light", "Moss"))
    assert "holds little else than links" not in tell("notes/roses.md", f"# Roses\n\n{contents}")
    links = contents.replace("#", "https://roses.example/")
    assert "holds little else than links" in tell("notes/roses.md", f"# Roses\n\n{links}")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("Growing moss indoors Notes.md", "Growing moss indoors"),
        ("Growing moss indoors - notes.md", "Growing moss indoors"),
        ("Growing moss indoors – Notes!.md", "Growing moss indoors"),
        ("Growing moss indoors “notes” 🌱.md", "Growing moss indoors"),
        ("The forum of mosses notes.md", "The forum of mosses notes"),
        ("Moss talks of day 2 notes.md", "Moss talks of day 2 notes"),
        ("Moss notes.md", "Moss notes"),
    ],
)
def test_the_word_notes_is_dropped_from_titles_in_file_names(file, expected):
    _, reading = read_post("- red\n- white\n", name=f"GardenConf 2019/{file}")
    whole = next(candidate for candidate in reading.candidates if candidate.kind == "whole file")
    assert whole.title == expected
    assert whole.has("the title announces talks or notes") == expected.endswith("notes")


def test_first_lines_may_name_the_speaker_of_a_titled_event():
    told = "In this talk Ann Lee explained how roses grow."
    sign, year = "the title names talk, speaker and conference", "the file's name holds a year"
    name, title = "posts/gardenconf-2019-roses-grow-at-night.md", "# GardenConf 2019: Roses grow at night\n\n{}\n"
    signs = tell(name, title.format(told))
    assert (sign in signs, "the title holds a year" in signs, year in signs) == (True, False, False)
    assert sign not in tell(name, title.format("Roses grow at night."))
    assert sign not in tell(name, f"# GardenConf 2019\n\n{told}\n")

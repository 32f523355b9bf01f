import pytest

from talks.parsing.metadata.dated_file_names import cut_behind_event, find_dated_events

OF_EVENTS = ["20190102_MossConf", "20190203_Stones_Summit", "20190304_growing_roses"]
CLUB = ["20190506_moss_club_roots", "20190607_moss_club_at_ann", "20200708_Moss_Club"]


def read_events(*folders: str, among_events: bool = False):
    found = find_dated_events(folders, among_events=among_events)
    return {name: (event.series, event.year) for name, event in found.items() if event.sure}


def test_words_that_open_names_of_dated_folders_are_an_event():
    found = read_events(*OF_EVENTS, *CLUB)
    assert found == {
        "20190102_MossConf": ("MossConf", 2019),
        "20190203_Stones_Summit": ("Stones Summit", 2019),
        "20190506_moss_club_roots": ("Moss Club", 2019),
        "20190607_moss_club_at_ann": ("Moss Club", 2019),
        "20200708_Moss_Club": ("Moss Club", 2020),
    }


@pytest.mark.parametrize(
    ("folders", "series"),
    [
        (["20190506_mossy_roots", "20190607_mossy_meeting_leaves", "20200708_mossy_soil"], "Mossy"),
        (["2019-05_Gardens_Oslo", "2019-06-07_Gardens_Oslo_Ann", "2019-07-08_Gardens_later"], "Gardens Oslo"),
        (["20190506_Meet_Moss_Oslo", "20200506_Meet_Moss_Oslo_at_Ann"], "Meet Moss Oslo"),
        (["20190506_ZQ_UG_roots", "20190607_ZQ_UG_May_2019", "20190708_ZQ_UG_soil"], "ZQ UG"),
    ],
)
def test_a_place_or_group_shows_that_repeated_words_are_events(folders, series):
    found = read_events(*OF_EVENTS, *folders)
    assert [found[name][0] for name in folders] == [series] * len(folders)


@pytest.mark.parametrize(
    "folders",
    [
        ["20190506_moss_on_walls", "20190607_moss_roots", "20190708_moss_soil"],  # a subject
        ["20190506_team_meeting", "20190607_team_meeting", "20190708_team_meeting"],
        ["20190506_how_to_meet", "20190607_how_to_grow", "20190708_how_to_water"],
        ["20190506_ann_lee_meeting", "20190607_ann_lee_soil", "20190708_ann_lee"],
        ["20190506_moss_club_roots", "20190506_moss_club_soil", "20190506_moss_club_ann"],  # of one day
    ],
)
def test_other_words_that_folders_repeat_are_no_events(folders):
    found = read_events(*OF_EVENTS, *folders)
    assert found.keys().isdisjoint(folders)


def test_only_folders_among_events_are_read_as_events():
    other = [f"201901{number}_roses_{number}" for number in range(10, 30)]
    assert read_events(*other, *CLUB) == {}
    assert len(read_events(*other, *CLUB, among_events=True)) == len(CLUB)
    assert read_events(*CLUB, among_events=True) == {}


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("AI Moss Meetup nr3", "AI Moss Meetup"),
        ("MossDays", "MossDays"),
        ("Ann MossConf Oslo Growing roots", "Ann MossConf Oslo"),
        ("Gardener Roots Day Ann Lee", "Gardener Roots Day"),
        ("First day at work", ""),
        ("Growing moss indoors", ""),
    ],
)
def test_names_of_events_end_behind_a_word_for_events(name, event):
    assert " ".join(cut_behind_event(name.split())) == event

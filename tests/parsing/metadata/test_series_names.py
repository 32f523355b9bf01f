import pytest

from talks.parsing.metadata.series_names import find_series, is_same_event, read_edition_year, spell_series


@pytest.mark.parametrize("name", ["AWS Re:Invent", "Aws Reinvent", "re:Invent", "reinvent", "AWS re:Invent"])
def test_other_spellings_of_well_known_series_are_corrected(name):
    assert find_series(name) == "AWS re:Invent"


@pytest.mark.parametrize("name", ["Gardenconf", "Invent", ""])
def test_unknown_series_stay_unknown(name):
    assert find_series(name) is None


def test_words_behind_a_properly_spelled_series_stay():
    assert spell_series("kubecon Europe") == "KubeCon Europe"
    assert spell_series("Gardenconf Europe") == "Gardenconf Europe"
    assert spell_series("emberconf Conference") == "EmberConf"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("GardenConf", "Garden Conf"),
        ("GardenConf", "GardenConf Europe"),
        ("Moss Conference", "Moss"),
        ("NIPS", "NeurIPS"),
    ],
)
def test_names_of_one_series_are_the_same_event(a, b):
    assert is_same_event(a, b)
    assert is_same_event(b, a)


@pytest.mark.parametrize(("a", "b"), [("GardenConf", "MossConf"), ("PyCon", "PyData"), ("Moss Oslo", "Moss Bergen")])
def test_names_of_different_series_are_not_the_same_event(a, b):
    assert not is_same_event(a, b)
    assert not is_same_event(b, a)


@pytest.mark.parametrize(
    ("name", "number", "year"),
    [
        ("c3", 36, 2019),
        ("c3", 39, 2025),
        ("IETF", 95, 2016),
        ("RIPE", 72, 2016),
        ("FISL", 11, 2010),
        ("gardenconf", 5, None),
        ("ietf", 3, None),
    ],
)
def test_only_editions_of_numbered_series_have_years(name, number, year):
    assert read_edition_year(name, number) == year


@pytest.mark.parametrize("name", ["camp", "con", "conf", "summit", "conference", "day", "notes"])
def test_words_for_events_alone_are_no_series(name):
    assert find_series(name) is None


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("phpuk", "PHP UK"),
        ("인프콘", "INFCON"),
        ("gcp next", "Google Cloud Next"),
        ("wearedevs", "WeAreDevelopers World Congress"),
    ],
)
def test_well_known_series_are_found_by_their_other_names(name, series):
    assert find_series(name) == series

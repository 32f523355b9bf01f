import pytest

from talks.parsing.metadata.event_names import find_event_names


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee stellte fest, dass Moos wächst.",
        "Der Verein Moosfreunde hat fest zugesagt.",
        "Parliamo con Ann Lee con molto piacere.",
    ],
)
def test_small_words_of_other_languages_are_no_events(text):
    assert find_event_names(text) == ()


def test_names_do_not_reach_over_the_end_of_sentences():
    (found,) = find_event_names("It rained on the Gardens. Moss Summit was great.")
    assert found.name == "Moss Summit"


def test_a_year_in_brackets_weighs_less_than_another():
    (cited,), (dated,) = find_event_names("Growing Roses (2018)"), find_event_names("Growing Roses 2018")
    assert (cited.name, cited.year) == (dated.name, dated.year) == ("Growing Roses", 2018)
    assert cited.weight < dated.weight


def test_numbers_of_files_before_a_name_are_left_out():
    (found,) = find_event_names("101_Growing Roses 2018")
    assert found.name == "Growing Roses"

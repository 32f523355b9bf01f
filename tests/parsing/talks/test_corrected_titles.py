"""Title and affiliations that are suggested for a line which an editor made a talk."""

import pytest

from talks.parsing import Act, Correction, ParsedSpeaker, make_anchor, parse_post, read_anchor_lines
from talks.parsing.talks.corrected_titles import cut_affiliations


def read_talk(line):
    text = f"# Acme Conf 2019\n\nHello there, all of you.\n\n{line}\n"
    anchor = make_anchor(read_anchor_lines(text), 5)
    [talk] = parse_post(text, name="x.md", corrections=[Correction(Act.TALK, anchor, anchor)]).talks
    return talk


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("**Forking Paths** was an unexpected and impressive talk", "Forking Paths"),
        ("## **Forking Paths** was an unexpected and impressive talk", "Forking Paths"),
        ("## Then `moss.io` and **Roses need sun** came from Ben Roe of Initech.", "Roses need sun"),
        (
            "I liked [moss.io, near you](https://a.example): **Moss clusters** grow, as Ann Lee told us.",
            "Moss clusters",
        ),
        ("Bob Roy showed us **the many ways of pruning**.", "the many ways of pruning"),
    ],
)
def test_the_title_of_an_editors_talk_is_the_bold_phrase(line, title):
    """An editor made the line a talk."""
    assert read_talk(line).title == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("## **Ann Lee** gave a very good talk in winter", "Ann Lee gave a very good talk in winter"),
        ("**Very** important: Gardens in winter", "Very important: Gardens in winter"),
        ("**Gardens in winter** by Ann Lee", "Gardens in winter"),
        ("**Big talk:** Gardens in winter", "Big talk: Gardens in winter"),
        ("The **big gardens** in winter", "The big gardens in winter"),
    ],
)
def test_bold_names_labels_and_stressed_words_are_no_titles(line, title):
    assert read_talk(line).title == title


@pytest.mark.parametrize(
    ("line", "affiliation", "kept"),
    [
        ("Brian, DockYard shared a project", "DockYard shared a project", "DockYard"),
        ("Michael | Active Group talked about roses", "Active Group talked about roses", "Active Group"),
        ("Ben at Initech who told us", "Initech who told us", "Initech"),
        ("Ann Lee (Systems ltd.)", "Systems ltd", "Systems ltd."),
        ("Ann Lee (Systems ltd)", "Systems ltd", "Systems ltd"),
        ("Ann Lee, University of Acme", "University of Acme", "University of Acme"),
        ("Ann Lee, Institute for the study of roses", "Institute for the study of roses", None),
    ],
)
def test_an_affiliation_ends_before_the_verb_of_a_sentence(line, affiliation, kept):
    [speaker] = cut_affiliations(line, [ParsedSpeaker("Ann Lee", affiliation)])
    assert speaker.affiliation == (kept or affiliation)


def test_speakers_without_affiliation_are_left_alone():
    assert cut_affiliations("Ann Lee", [ParsedSpeaker("Ann Lee")]) == (ParsedSpeaker("Ann Lee"),)

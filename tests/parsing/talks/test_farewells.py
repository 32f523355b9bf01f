"""Which of the last paragraphs of a post take leave of the event, and which are notes of the last talk."""

import pytest

from talks.parsing import parse_post

TITLE = "# Notes from MossConf 2019\n\n"
TALKS = f"{TITLE}## Gardens by Ann Lee\n\nShe waters at dawn.\n\n## Bridges by Bob Roy\n\nHe saws oak.\n\n"


def read_outro(tail: str, above: str = TALKS) -> list[str]:
    return [passage.text for passage in parse_post(above + tail, name="post.md").outro]


@pytest.mark.parametrize(
    "farewell",
    [
        "It was my third conference, and I liked it a lot.",
        "All talks were recorded. I picked those that I saw.",
        "MossConf had 300 attendees this time.",
        "Fueron dos días largos. ¡Nos vemos!",
        "Mam nadzieję, że widzimy się za rok!",
        "Obrigado a todos os palestrantes.",
        "Thanks to the organizers.",
        "すてきなカンファレンスでした。来年も参加したいです。",
    ],
)
def test_paragraphs_about_the_event_or_a_goodbye_end_the_notes(farewell):
    assert read_outro(farewell) == [farewell]


def test_all_paragraphs_after_a_farewells_first_belong_to_the_farewell():
    told = ["The sessions were recorded, so I will watch more.", "There was cake.", "Now go and plant something."]
    assert read_outro("\n\n".join(told)) == told


def test_a_farewell_ends_a_talk_of_one_paragraph_too():
    told = "and told at length of all that went wrong, of the wet and of the glue that did not hold."
    above = f"{TITLE}**Gardens** by Ann Lee. She waters, {told}\n\n**Bridges** by Bob Roy. He saws, {told}\n\n"
    assert read_outro("I was happy to leave the conference with new ideas.", above) == [
        "I was happy to leave the conference with new ideas."
    ]


@pytest.mark.parametrize(
    "note",
    [
        "Bob spoke at this conference before, and I missed it.",  # the speaker is named
        "This talk was the best of the conference, I think.",  # about this talk
        "There is a conference about oak each May.",  # of the event alone
        "I want to try this at home.",  # of the writer alone
        "We interviewed 12 participants and wrote down what they said.",  # of those of whom the speaker told
        "We keep sessions in the shed.",
        "We follow the convention that oak is sawn in May.",
    ],
)
def test_last_paragraphs_about_only_event_or_only_writer_are_notes(note):
    assert read_outro(note) == []


@pytest.mark.parametrize(
    "note",
    [
        "Thanks to the glue, nothing falls apart.",
        "A second bridge opens next year.",
        "El puente nuevo abre el año que viene.",
        "Quem serra é obrigado a usar luvas.",
        "橋は来年できる。強さは3倍以上。",
    ],
)
def test_farewell_phrases_about_neither_event_nor_writer_are_notes(note):
    assert read_outro(note) == []


def test_the_first_notes_of_a_talk_are_no_farewell():
    above = TALKS.replace("He saws oak.\n\n", "https://moss.example.org/oak\n\n")
    note = "Of all sessions I remember this one best."
    assert read_outro(f"{note}\n\nOak is hard.", above) == []


def test_paragraphs_above_the_heading_of_a_conclusion_are_notes():
    tail = "The panel asked why so few of us come to conferences.\n\nI wonder, too.\n\n## Conclusion\n\nIt was hot."
    assert read_outro(tail) == ["## Conclusion", "It was hot."]


def test_links_to_other_posts_may_stand_below_a_farewell():
    told = ["It was my third conference, and I liked it a lot.", "* [Part 2](https://moss.example.org/2)"]
    assert read_outro("\n\n".join(told)) == told


def test_a_link_below_a_goodbye_is_part_of_the_farewell():
    told = ["See you next year!", "[On to day 2](https://moss.example.org/2)"]
    assert read_outro("\n\n".join(told)) == told

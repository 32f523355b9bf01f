"""Which headings are those of something else than a talk."""

import pytest

from talks.names import fold_words
from talks.parsing import parse_post
from talks.parsing.talks.candidates.title_words import is_other_heading


@pytest.mark.parametrize(
    "heading",
    [
        *("Key learnings from day one", "Main takeaways", "Learnings", "Key points", "Personal highlights"),
        "Lunch by the river",
        "The speakers’ dinner of Friday",
        "Quête de goodies et pause déjeuner",
        "My favourite talks",
        "Other Excellent Presentations",
        "Thursday keynotes",
        "Weitere Vorträge",
        *("Food & Drink", "The journey", "Heading home", "See you soon in the garden", "Taking a short break"),
        *("Die Heimreise", "Le trajet", "La gente", "帰り道"),
        *(
            "Refreshments",
            "External links",
            "Memorable quotes",
            "Other languages",
            "Other people's write ups",
            "他の言語",
            "En otros idiomas",
        ),
        *("Indice", "Índice", "Inhaltsverzeichnis", "Table des matières", "Spis treści", "Содержание", "目錄"),
    ],
)
def test_headings_of_meals_summaries_and_chosen_talks_are_no_titles(heading):
    assert is_other_heading(fold_words(heading))


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "There is no free lunch",
            "The free lunch is over",
            "Culture eats strategy for breakfast – Ann Lee",
            "Moss for dinner",
        ),
        *("How we give better talks", "Learnings of a gardener", "Gardening workshops", "The keynote of keynotes"),
    ],
)
def test_titles_with_words_for_meals_or_talks_stay_titles(heading):
    assert not is_other_heading(fold_words(heading))


def test_a_heading_with_title_and_speaker_may_name_a_meal():
    notes = "\n\n- Types grow on trees\n- Trees grow on types\n\n"
    headings = ("Naked lunch of types – Ann Lee", "Roses for all – Eve Stein", "Moss – Bob Roy")
    text = "# GardenConf 2019\n\n" + "".join(f"## {heading}{notes}" for heading in headings)
    assert [(talk.title, talk.speakers[0].name) for talk in parse_post(text, name="x.md").talks] == [
        ("Naked lunch of types", "Ann Lee"),
        ("Roses for all", "Eve Stein"),
        ("Moss", "Bob Roy"),
    ]


@pytest.mark.parametrize("missed", ["Wish I'd seen", "Přednášky, které jsem prošvih", "Missed"])
def test_items_below_a_heading_for_missed_talks_are_no_talks(missed):
    heard = "- Moss in winter (Ann Lee)\n- Roses for all (Eve Stein)\n"
    text = (
        f"# GardenConf 2019\n\n## Talks\n\n{heard}\n## {missed}\n\n- Sheds (Dan Moor)\n- Seeds that travel (Bob Roy)\n"
    )
    assert [talk.title for talk in parse_post(text, name="x.md").talks] == ["Moss in winter", "Roses for all"]


def test_items_below_a_heading_of_favourite_talks_are_the_talks():
    text = (
        "# GardenConf 2019\n\n## My favourite talks\n\nI loved these:\n\n"
        "- Ann Lee, Moss in winter\n- Eve Stein, Roses for all\n- Bob Roy, Seeds that travel\n"
    )
    assert [(talk.title, talk.speakers[0].name) for talk in parse_post(text, name="x.md").talks] == [
        ("Moss in winter", "Ann Lee"),
        ("Roses for all", "Eve Stein"),
        ("Seeds that travel", "Bob Roy"),
    ]


def test_lists_without_notes_below_headings_of_times_hold_no_talks():
    times = "".join(
        f"## {time}\n\n- Ann: Moss in winter\n- Bob: Roses for all\n\n" for time in ("9:30", "10:30", "14:00")
    )
    assert parse_post(f"# GardenConf 2019\n\n{times}", name="x.md").talks == ()


@pytest.mark.parametrize("heading", ["Notes from @annlee", "Notes by Ann Lee", "Notizen von Anna Lee"])
def test_a_heading_that_tells_whose_notes_follow_is_no_talk(heading):
    bio = "**Presenter:** [[Bob Roy]]\n\n## Bio\n\nBob Roy is a gardener working at Initech."
    abstract = "## Abstract\n\nMoss grows on walls, and nobody knows why. We will look at some walls."
    notes = f"## {heading}\n\n- It grows on walls\n- It is green\n\n## Notes from @evestein\n\n- It is soft\n"
    post = parse_post(f"From [[GardenConf 2019]]\n\n{bio}\n\n{abstract}\n\n{notes}", name="notes/Moss-on-walls.md")
    assert [(talk.title, [speaker.name for speaker in talk.speakers]) for talk in post.talks] == [
        ("Moss on walls", ["Bob Roy"])
    ]


@pytest.mark.parametrize("heading", ["Notes from the underground", "Notes on moss by Ann Lee"])
def test_a_title_that_begins_with_notes_stays_a_talk(heading):
    others = "## Roses for all by Eve Stein\n\n- Red\n\n## Sheds of wood by Bob Roy\n\n- Old\n"
    post = parse_post(f"# GardenConf 2019\n\n## {heading}\n\n- Green\n\n{others}", name="x.md")
    assert len(post.talks) == 3

"""Talks of one paragraph each."""

import pytest

from talks.parsing import parse_post
from talks.parsing.pipeline import read_post
from talks.parsing.talks.choice import LEAST_CERTAINTY
from talks.parsing.talks.title_parts import split_title

TITLES = (
    "1. Bees that sleep in winter by Ann Lee.",
    "2. Bridges of straw by Bob Roy.",
    "3. Beans in small yards by Jorun Lehtola",
)


def test_unknown_names_in_bold_titles_are_surer_beside_similar_ones():
    paragraphs = [f"**{title}**\nThe yard was full and the weather good." for title in TITLES]
    candidates = read_post("\n\n".join(["# GardenConf 2011", *paragraphs]), name="gardens.md")[1].candidates
    told = [candidate for candidate in candidates if candidate.kind == "paragraph"]
    alone = max(split.score for split in split_title(TITLES[-1]))
    assert [speaker.name for speaker in told[-1].speakers] == ["Jorun Lehtola"]
    assert told[-1].sum_strengths()["the title names a speaker"] > alone


def test_notes_behind_br_are_told_from_title_and_speaker():
    said = "Moss grows slowly, and needs water every day."
    talks = (("Moss in the shade", "Ann Lee"), ("Bridges of straw", "Bob Roy"), ("Why glass breaks", "Eve Stein"))
    paragraphs = [f"**{title}** – {name}<br/>{said}" for title, name in talks]
    post = parse_post("\n\n".join(["# GardenConf 2011", "I heard these talks:", *paragraphs]), name="gardens.md")
    assert tuple((talk.title, *(speaker.name for speaker in talk.speakers)) for talk in post.talks) == talks


def test_bold_labels_like_update_2_before_speakers_are_no_titles():
    said = "talked about moss, which needs shade and water and hardly any soil at all."
    text = f"# GardenConf 2019\n\n**Update 2** - Ann Lee {said}\n\n**Growing moss** - Bob Roy {said}\n"
    _, reading = read_post(text, name="x.md")
    titles = [candidate.title for candidate in reading.candidates if candidate.kind == "paragraph"]
    assert "Growing moss" in titles
    assert "Update 2" not in titles


def test_full_names_in_bold_titles_outdo_first_names_behind_them():
    text = (
        "# GardenConf 2019\n\nWhat I heard there:\n\n"
        "**“Moss in winter” by Ann Lee**\nAnn showed how moss lives below the snow.\n\n"
        "<strong>Roses for all by Eve Stein from Initech([@evestein](https://twitter.com/evestein))</strong> - Eve has"
        " roses in the city, and had photos of all.\n\n"
        "**Straw and bridges by Bob Roy**\nIn this talk Bob told of a bridge that he built in spring.\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in talks] == [
        ("Moss in winter", ["Ann Lee"]),
        ("Roses for all", ["Eve Stein"]),
        ("Straw and bridges", ["Bob Roy"]),
    ]


def test_values_of_html_attributes_are_no_titles_in_quotes():
    text = '# GardenConf 2019\n\n<p>Beds <span class="asset Moss-large 12">by Ann Lee</span>, who gave a talk</p>\n'
    _, reading = read_post(text, name="x.md")
    assert not any("asset" in candidate.title for candidate in reading.candidates)


def test_talks_are_read_below_highlights_but_not_below_food():
    told = (
        "The talk I liked best was **“Moss in winter”** by Ann Lee, who showed how it grows.\n\n"
        "Then came a talk named **“Roses for all”** by Eve Stein ([@evestein](https://twitter.com/evestein)), soil\n"
    )
    titles = {
        heading: [talk.title for talk in parse_post(f"# GardenConf 2019\n\n## {heading}\n\n{told}", name="x.md").talks]
        for heading in ("Highlights", "Höhepunkte", "Food", "Highlights and trends")
    }
    both = ["Moss in winter", "Roses for all"]
    assert titles == {"Highlights": both, "Höhepunkte": both, "Food": [], "Highlights and trends": []}


def link_title(title: str, name: str, said: str) -> str:
    return f"[{title} - {name}](https://videos.example/{len(title)}) {said}"


@pytest.mark.parametrize("said", ["Ann shows what grows in the cold.", "Ann Lee shows what grows in the cold."])
def test_a_speaker_repeated_behind_the_title_is_dropped_from_it(said):
    rows = [
        link_title("Moss of the north", "Ann Lee", said),
        link_title("Why ferns work", "Bob Roy", "This was a great talk about ferns."),
        link_title("Soils for all", "Carl Dent", "This talk was great."),
    ]
    talk = parse_post("\n\n".join(["# GardenConf 2019", *rows]), name="gardens.md").talks[0]
    assert (talk.title, [each.name for each in talk.speakers]) == ("Moss of the north", ["Ann Lee"])


def test_many_paragraphs_with_title_and_speaker_are_uncertain_talks():
    """Several such in one post of an event have less certainty each than one."""
    rows = [
        link_title("Moss of the north", "Ann Lee", "Anything by Ann Lee is fun, and this was. Ann talks about rain."),
        link_title("Why ferns work", "Bob Roy, Eve Stone", "This was a great talk about ferns, and I was convinced."),
        link_title("Your bed is not a box", "Carl Dent", "This talk is easy to watch. He keeps it interesting."),
        link_title("Ponds and weeds", "Una Brown", "Una Brown shows how weeds grow."),
        link_title("Gardens at night", "Max Frost", "Max Frost knows moths. A great talk."),
    ]
    head = "---\ntitle: Good talks from MossConf 2019\ndate: 2019-05-08\n---\nThese are my notes of talks that I liked."
    talks = parse_post("\n\n".join([head, *rows]), name="posts/2019-05-08-mossconf.md").talks
    doubtful = next(talk for talk in talks if talk.title == "Your bed is not a box")
    assert len(talks) == len(rows)
    assert doubtful.certainty < LEAST_CERTAINTY


@pytest.mark.parametrize("name", ["Moss", "Moss Conference", "Moss 2019"])
def test_event_names_that_open_paragraphs_are_no_titles(name):
    text = f"[{name}](https://moss.example) Ann Lee and Initech gave us a home.\n\n## Ferns by Bob Roy\n\n- green\n"
    post = parse_post(f"---\ntitle: Moss Conference 2019\n---\n{text}", name="x.md")
    assert [talk.title for talk in post.talks] == ["Ferns"]

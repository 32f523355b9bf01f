"""Talks that running text tells of by their titles."""

import pytest

from talks.parsing import parse_post
from talks.parsing.pipeline import read_post

ITEMS = """# GardenConf 2019

What we liked best:

- Moss is all over our garden, and nobody ever told us why. So Ann Lee's patient and funny talk on
  [Moss in winter](https://v.example/1) was what I needed. She keeps moss in jars.
- I was moved by Bob Roy's keynote, [I never planted a rose](https://v.example/2). He grows weeds, and is
  happy with that.
- It rained, so that I went to see [Straw and bridges: building in spring](https://v.example/3) by Eve Stein.
  The slides have more photos.
"""
PARAGRAPHS = """# GardenConf 2019

**[Thao Tran](https://twitter.com/thao)** and **[Bob Roy](https://twitter.com/bobroy)** presented the first talk. Their
talk was titled **Moss in winter**. They had jars with them.

**[Addo Osman](https://twitter.com/addo)** talked about **Roses by Default: a modern garden**. If you know him, you know
what came.

[Mara Twomble's](https://mara.example/) presentation, simply titled "Straw", was the highlight of the day for me.
"""


def read_talks(text):
    return [(talk.title, [each.name for each in talk.speakers]) for talk in parse_post(text, name="x.md").talks]


def test_a_link_behind_words_like_talk_on_titles_the_item():
    assert read_talks(ITEMS) == [
        ("Moss in winter", ["Ann Lee"]),
        ("I never planted a rose", ["Bob Roy"]),
        ("Straw and bridges: building in spring", ["Eve Stein"]),
    ]


def test_bold_quoted_or_linked_texts_behind_talk_on_are_titles():
    assert read_talks(PARAGRAPHS) == [
        ("Moss in winter", ["Thao Tran", "Bob Roy"]),
        ("Roses by Default: a modern garden", ["Addo Osman"]),
        ("Straw", ["Mara Twomble"]),
    ]


def test_names_in_bold_before_a_linked_title_are_its_speakers():
    pairs = (("Ann Lee", "Moss in winter"), ("Bob Roy", "Roses for all"), ("Eve Stein", "Straw and bridges"))
    text = "# GardenConf 2019\n\n" + "".join(
        f"**[{name}](https://twitter.com/{name[:3].lower()})**:\n[{title}](https://g.example/{name[:3]})\n"
        f"This was a talk on how {title.lower()} came to be.\n\n"
        for name, title in pairs
    )
    assert read_talks(text) == [(title, [name]) for name, title in pairs]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee gave a talk on **moss** and a new kind of grass.",
        "Ann Lee gave a talk, and her [slides](https://g.example/1) are there.",
        "Ann Lee gave a [lightning talk](https://g.example/1) by chance.",
        "Ann Lee gave a talk with **Bob Roy**.",
    ],
)
def test_bold_words_files_and_people_behind_talk_are_no_titles(sentence):
    _, reading = read_post(f"# GardenConf 2019\n\n{sentence}\n", name="x.md")
    told = [each for each in reading.candidates if each.kind == "paragraph"]
    assert not any(each.has("a sentence tells of a talk by its title") for each in told)


@pytest.mark.parametrize(
    ("sentence", "talks"),
    [
        ("If you want to know how it dries, watch Brynna's [Moss in winter](https://youtu.be/1).", ["Moss in winter"]),
        (
            "For dry moss, watch Brynna's [“How moss dries!”](https://youtu.be/1) talk.",
            ["How moss dries!"],
        ),
        ("The keynote from Ann Lee, [Moss in winter](https://youtu.be/1) was a call to garden.", ["Moss in winter"]),
        ("My favourite: [Moss in winter](https://g.example/2019/schedule/event/7/) by Ann Lee.", ["Moss in winter"]),
        ("I went to Brynna's [Moss in winter](https://shop.example/7) shop.", []),
        ("At noon we were in the [Moss and Roof](https://g.example/2019/schedule/track/moss/) room.", []),
    ],
)
def test_a_linked_talk_behind_a_genitive_name_gives_the_title(sentence, talks):
    post = parse_post(f"# GardenConf 2019\n\nI was there, and liked it.\n\n{sentence}\n\nIt rained.\n", name="x.md")
    assert [talk.title for talk in post.talks] == talks
    assert {each.name for talk in post.talks for each in talk.speakers} <= {"Brynna", "Ann Lee"}


def test_items_about_speakers_are_titled_by_linked_talk_or_topic():
    text = (
        "# GardenConf 2019\n\nThe talks that I heard:\n\n"
        "- Our gardener, Ann Lee, speaks in [Roofs of grass](https://youtu.be/1) about the weight of grass on a roof.\n"
        "- Bob Roy (@bobroy) explained the [Rosette](https://rosette.example/) planner for beds. [Video](https://youtu.be/2)\n"
    )
    assert read_talks(text) == [("Roofs of grass", ["Ann Lee"]), ("the Rosette planner for beds", ["Bob Roy"])]


@pytest.mark.parametrize(
    "sentence",
    [
        "It began with the keynote by [Ann Lee](https://twitter.com/annlee) on [Moss in winter](https://v.example/1).",
        "Next came Ann Lee on “Moss in winter”, with jars.",
        "Next came Ann Lee and Bob Roy about **Moss in winter**, with jars.",
    ],
)
def test_bold_or_quoted_texts_behind_a_speaker_on_are_titles(sentence):
    _, reading = read_post(f"# GardenConf 2019\n\n{sentence}\n", name="x.md")
    told = [candidate for candidate in reading.candidates if candidate.kind == "paragraph"]
    assert [(each.title, each.speakers[0].name) for each in told] == [("Moss in winter", "Ann Lee")]
    assert told[0].has("a sentence tells of a talk by its title")


def test_a_linked_company_behind_a_speakers_name_is_no_title():
    item = "[Ann Lee](https://twitter.com/annlee) of [Initech](https://i.example/)'s talk about moss"
    text = f"# GardenConf 2019\n\n- {item}\n"
    assert "Initech" not in [candidate.title for candidate in read_post(text, name="x.md")[1].candidates]

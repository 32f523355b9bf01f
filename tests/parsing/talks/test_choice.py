"""Which candidates together are chosen as the talks of a post."""

import pytest

from talks.parsing import explain_post, parse_post
from talks.parsing.pipeline import read_post
from talks.parsing.talks.choice import choose_talks
from talks.parsing.talks.evidence import Candidate


def test_many_doubtful_sections_do_not_displace_certain_talks(monkeypatch):
    sections = "".join(f"### {part}\n\n- a\n\n" for part in ("Why", "How to", "Then"))
    text = f"# GardenConf 2019\n\n## Moss\n\n{sections}## Roses\n\n{sections}"
    document = read_post(text, name="x.md")[1].document
    monkeypatch.setattr(Candidate, "weight", property(lambda self: 0.5 if self.shape == "heading 2" else -0.1))
    headings = [
        Candidate(number, document.find_end(number), f"heading {document.blocks[number].level}", "")
        for number in document.headings[1:]
    ]
    assert {talk.shape for talk in choose_talks(document, headings).talks} == {"heading 2"}


TALKS = (
    "### Walls of moss by Ann Lee\n\n- dig\n\n### Wet gardens by Bob Roy\n\n- rain\n\n### Ferns by Tom Hill\n\n- a\n\n"
)


REMARK = "Each took five minutes, and one was about frogs."


@pytest.mark.parametrize(
    ("heading", "notes", "found"),
    [
        (
            "Lightning talks",
            f"{REMARK} The one on frogs that sing in winter was the best, and had a frog in a jar.",
            True,
        ),
        ("Lightning talks", REMARK, False),
        ("Keynotes", "All of them were recorded and will be online soon.", False),
        ("LT", "- frogs\n", True),
        ("Keynotes", "- frogs\n", True),
        ("Lightning talks", "#### Frogs by Zoe Fox\n\n- jump", False),
        ("Lightning talks", "", False),
        ("Other talks", "- frogs", False),
    ],
)
def test_lightning_talks_with_common_notes_are_one_talk(heading, notes, found):
    """Other groups of talks are none, and a short remark is no note."""
    text = f"# GardenConf 2019\n\n## Day 1\n\n{TALKS}### {heading}\n\n{notes}\n"
    assert (heading in [talk.title for talk in parse_post(text, name="x.md").talks]) is found


def test_a_lightning_talks_section_without_talks_beside_it_is_none():
    text = "# GardenConf 2019\n\n## Lightning talks\n\nEach took five minutes.\n\n## Lunch\n\nWe had soup.\n"
    assert not parse_post(text, name="x.md").talks


@pytest.mark.parametrize(("speaker", "found"), [("", 0), ("Ann Lee", 3)])
def test_tables_without_notes_and_speakers_hold_no_talks(speaker, found):
    rows = f"| Moss on walls |  |\n| Roses | {speaker} |\n| Ferns in pots |  |\n"
    text = f"# GardenConf 2019\n\n| Talk title | Speaker |\n| --- | --- |\n{rows}"
    assert len(parse_post(text, name="gardenconf-2019.md").talks) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Talk | My rating", 3),
        ("Session | Notes", 3),
        ("Talk | Room", 0),
        ("Title | My rating", 0),
        ("Name | Notes", 0),
    ],
)
def test_tables_that_judge_talks_hold_talks(header, found):
    rows = "| Moss on walls | 4 |\n| Roses in rain | 5 |\n| Ferns in pots | 2 |\n"
    text = f"# GardenConf 2019\n\n| {header} |\n| --- | --- |\n{rows}"
    assert len(parse_post(text, name="gardenconf-2019.md").talks) == found


@pytest.mark.parametrize(
    ("lead", "below", "found"),
    [
        ("There are recordings:", "", 0),
        ("There are recordings:", "  - Water it often\n", 3),
        ("These are the talks that I attended:", "", 3),
    ],
)
def test_doubtful_items_without_notes_and_speakers_are_no_talks(lead, below, found):
    """They are talks where the line above announces these."""
    titles = ("Growing Moss on Walls", "Why Roses Need Water", "Ferns in Small Pots")
    talks = "".join(f"- [{title}](https://youtu.be/{title[:4]})\n{below}" for title in titles)
    assert len(parse_post(f"# GardenConf 2019\n\n{lead}\n\n{talks}", name="gardenconf-2019.md").talks) == found


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        ((2, 2, -0.5, 2), [0, 1, 2, 3]),
        ((2, 2, -2, 2), [0, 1, 3]),
        ((2, 2, 2, -0.5), [0, 1, 2]),
        ((2, -0.5, -0.5, -0.5, 2, 2), [0, 4, 5]),
    ],
)
def test_a_doubtful_heading_is_a_talk_between_several_certain_ones(monkeypatch, weights, found):
    sections = "".join(f"### Part {number}\n\n- a\n\n" for number in range(len(weights)))
    document = read_post(f"## Rooms\n\n{sections}", name="x.md")[1].document
    given = dict(zip(document.headings[1:], weights, strict=True))
    monkeypatch.setattr(Candidate, "weight", property(lambda self: given[self.start]))
    headings = [Candidate(number, document.find_end(number), "heading 3", "") for number in given]
    chosen = choose_talks(document, headings).talks
    assert [headings.index(talk) for talk in chosen] == found


def test_a_doubtful_heading_between_talks_needs_notes(monkeypatch):
    document = read_post("## A\n\n- a\n\n## B\n\n- b\n\n## C\n\n## D\n\n- d\n", name="x.md")[1].document
    weights = dict(zip(document.headings, (2, 2, -0.5, 2), strict=True))
    monkeypatch.setattr(Candidate, "weight", property(lambda self: weights[self.start]))
    headings = [Candidate(number, document.find_end(number), "heading 2", "") for number in weights]
    assert headings[2] not in choose_talks(document, headings).talks


@pytest.mark.parametrize(
    ("opening", "name", "count"),
    [
        ("I read these.", "blog/weekly.md", 0),
        ("I read these. The talk on moss was best.", "blog/weekly.md", 2),
        ("Our speaker told us of these.", "blog/weekly.md", 2),
        ("I read these at FooConf 2019.", "blog/weekly.md", 2),
        ("I read these.", "talks/weekly.md", 2),
        ("I read these.", "my-notes/weekly.md", 0),
    ],
)
def test_posts_without_a_word_of_events_or_talks_hold_none(opening, name, count):
    text = f"---\ntitle: Weekly\n---\n{opening}\n\n* *Moss on walls* by Ann Lee\n* *Roses at night* by Bob Roy\n"
    post = parse_post(text, name=name)
    assert len(post.talks) == count


@pytest.mark.parametrize(
    ("front", "opening", "name"),
    [
        ("tags: [meetup]\n", "I read these.", "weekly.md"),
        ("categories: [talks]\n", "I read these.", "weekly.md"),
        ("", "I read these.", "blog/2019-meetup-may.md"),
        ("", "Estos talleres me gustaron.", "weekly.md"),
        ("", "J’ai aimé ces ateliers.", "weekly.md"),
        ("", "Our seminar in May.", "weekly.md"),
        ("", "Unser Kolloquium im Mai.", "weekly.md"),
        ("", "Tre korta föreläsningar.", "weekly.md"),
        ("", "五月交流会", "weekly.md"),
    ],
)
def test_tags_file_names_and_words_of_languages_tell_of_talks(front, opening, name):
    text = f"---\ntitle: Weekly\n{front}---\n{opening}\n\n* *Moss on walls* by Ann Lee\n* *Roses at night* by Bob Roy\n"
    assert len(parse_post(text, name=name).talks) == 2


@pytest.mark.parametrize(
    ("link", "count"),
    [
        ("[slides](https://moss.example/s)", 2),
        ("[pdf](https://speakerdeck.com/lee/s)", 2),
        ("[pdf](https://a.example)", 0),
    ],
)
def test_slides_of_items_show_that_they_are_talks(link, count):
    text = f"---\ntitle: Weekly\n---\n* **Moss on walls** by Ann Lee, {link}\n* **Roses at night** by Bob Roy\n"
    assert len(parse_post(text, name="weekly.md").talks) == count


def test_one_word_of_talks_is_little_for_many():
    items = [f"* *Moss {kind} on walls* by Ann Lee\n" for kind in ("grows", "sleeps", "dies", "dries")]
    post = "---\ntitle: Weekly\n---\nThis was a talk.\n\n"
    assert not parse_post(post + "".join(items), name="weekly.md").talks
    assert len(parse_post(post + "".join(items[:2]), name="weekly.md").talks) == 2


def test_speakers_with_notes_below_need_no_word_of_talks():
    items = "- **Ann Lee** – Moss on walls\n  - it likes shade\n- **Bob Roy** – Roses at night\n  - they sleep\n"
    assert len(parse_post(f"# Thursday in Lisbon\n\n{items}", name="blog/lisbon.md").talks) == 2


def test_explanations_say_that_a_post_has_no_word_of_talks():
    text = "---\ntitle: Weekly\n---\nI read these.\n\n* *Moss on walls* by Ann Lee\n* *Roses at night* by Bob Roy\n"
    assert "talks: none, since the post speaks of no event, talk or speaker" in explain_post(text, name="weekly.md")

"""What is said of a heading, as evidence for or against a talk, is true as a reader understands it."""

import pytest

from talks.parsing import parse_post
from talks.parsing.pipeline import read_post

NAME = "notes/2019-mossconf.md"
NOTES = "* dig in autumn\n* water in the morning\n\n"
A_NAME = "is a name and no title"
TOLD_BELOW = "a line below says who speaks"
NO_TALK = "is what such posts call something else than a talk"


def explain(text: str, name: str = NAME) -> dict[str, dict[str, float]]:
    """Return the strength of the evidence of each heading by its plain text."""
    reading = read_post(text, name=name)[1]
    assert reading
    return {
        reading.document.plain(candidate.start): candidate.sum_strengths()
        for candidate in reading.candidates
        if candidate.kind == "heading"
    }


def explain_one(heading: str, below: str = NOTES) -> dict[str, float]:
    (evidence,) = explain(f"## {heading}\n\n{below}").values()
    return evidence


def test_a_heading_of_name_and_title_is_no_mere_name():
    titles = ("How to build a wall of moss", "The right garden", "Getting lost in a forest of ferns")
    text = "".join(
        f"## {name} - {title}\n\n{name} gave a talk.\n\n"
        for name, title in zip(("Ann Lee", "Bob Roy", "Tom Hill"), titles, strict=True)
    )
    for evidence in explain(text).values():
        assert A_NAME not in evidence
        assert evidence["names a speaker"] <= 1
    talks = parse_post(text, name=NAME).talks
    assert [(talk.title, talk.speakers[0].affiliation) for talk in talks] == [(title, None) for title in titles]


def test_sections_called_by_a_known_name_alone_have_this_speaker():
    text = "".join(f"## {title}\n\n{NOTES}" for title in ("Growing moss", "Roses at night", "Ann Lee", "Xuvo Plugh"))
    talks = parse_post(f"# Day 2 of MossConf 2019\n\n{text}", name="notes/mossconf-2019/day-2.md").talks
    assert [(talk.title, [speaker.name for speaker in talk.speakers]) for talk in talks] == [
        ("Growing moss", []),
        ("Roses at night", []),
        ("Ann Lee", ["Ann Lee"]),
        ("Xuvo Plugh", []),
    ]


def test_a_heading_of_name_role_and_company_is_no_title():
    assert A_NAME in explain_one("Ann Lee, Assistant Professor, Acme State University")


def test_a_subheading_with_title_and_speaker_is_no_byline():
    title = "Foundations of Sustainable Gardens with Ann Lee"
    evidence = explain(
        f"# Old walls\n\n## {title.replace('Ann Lee', '[Ann Lee](https://github.com/annlee)')}\n\n{NOTES}"
    )
    assert "names the speaker of the heading above" not in evidence[title]


@pytest.mark.parametrize("heading", ["Day 2", "Thursday", "My favourite talks", "Conference talks"])
def test_speakers_of_subheadings_are_not_those_of_a_day_heading(heading):
    evidence = explain(f"## {heading}\n\n### Keynote by Ann Lee\n\n{NOTES}### Moss by Bob Roy\n\n{NOTES}")
    assert TOLD_BELOW not in evidence[heading]


def test_a_subheading_that_begins_with_from_is_no_byline():
    title = "From moss to ferns in a single day - Ann Lee, Initech & Bob Roy, Globex"
    assert "names the speaker of the heading above" not in explain(f"# Walls\n\n## {title}\n\n{NOTES}")[title]


@pytest.mark.parametrize("heading", ["The talk was about moss", "De charla en charla"])
def test_a_heading_beginning_the_talk_tells_no_kind_of_talk(heading):
    assert "begins with a kind of talk" not in explain_one(heading)


@pytest.mark.parametrize(
    ("heading", "below", "told"),
    [
        ("Ma journée", "Cette conférence présentait la mousse.\n", True),
        ("My day", "The conference was full of moss.\n", False),
    ],
)
def test_conference_in_texts_below_headings_means_talks_only_in_french(heading, below, told):
    assert ("its first sentences tell of a talk" in explain_one(heading, below)) == told


def test_authors_of_quotations_below_a_heading_are_no_speakers():
    assert TOLD_BELOW not in explain_one("Gardens for everyone", "> “A good garden is never done.” — Ann Lee\n\nMoss.")


def test_a_talks_heading_with_day_and_time_begins_no_day():
    text = f"## Day 2, 10:30: Gardens in winter\n\n{NOTES}### Moss on walls\n\n{NOTES}"
    assert "stands below the heading of a day" not in explain(text)["Moss on walls"]


@pytest.mark.parametrize("heading", ["10/17/19", "3/6/2022", "04/12/2004", "17/10/2019"])
def test_a_date_with_slashes_names_a_day(heading):
    assert "names a day" in explain_one(heading)


@pytest.mark.parametrize("heading", ["13/13/2019", "1/2", "24/7 gardens"])
def test_other_numbers_with_slashes_name_no_day(heading):
    assert "names a day" not in explain_one(heading)


def test_headings_with_speakers_in_brackets_or_behind_dashes_are_alike():
    titles = [
        f"{title} - {name}" for title, name in zip("ABCD", ("Ann Lee", "Bob Roy", "Tom Hill", "Jim May"), strict=True)
    ]
    text = "".join(f"## Garden {title}\n\n{NOTES}" for title in titles)
    found = explain(f"{text}## Moss in tests (Jane Hill)\n\n{NOTES}## Opening of the garden\n\n{NOTES}")
    reason = "the headings of its level hold speakers, and it does not"
    assert [heading for heading in found if reason in found[heading]] == ["Opening of the garden"]


@pytest.mark.parametrize("heading", ["What is a bog?", "9 May 2019", "Moss and us", "Who am I"])
def test_headings_without_long_lowercase_words_are_not_written_as_sentences(heading):
    assert "is written as sentences are" not in explain_one(heading)


@pytest.mark.parametrize("heading", ["MossConf EU 2019", "Async I/O", "moss.io for walls", "Day I: moss", "Kakao (i)"])
def test_i_in_names_numbers_or_addresses_is_not_the_writer(heading):
    assert "speaks of the writer" not in explain_one(heading)


@pytest.mark.parametrize("heading", ["How I grew moss", "What we’ve seen", "J'ai vu un jardin", "_I_ like moss"])
def test_words_of_the_first_person_in_headings_mean_the_writer(heading):
    assert "speaks of the writer" in explain_one(heading)


@pytest.mark.parametrize("heading", ["Networking & storage for gardens at scale", "Getting there from wood and stone"])
def test_titles_that_only_begin_with_networking_may_be_of_talks(heading):
    assert NO_TALK not in explain_one(heading)


@pytest.mark.parametrize(
    "heading", ["Networking", "Networking and drinks", "Getting there", "AM", "[30 min] Coffee break"]
)
def test_headings_such_as_coffee_break_are_no_talks(heading):
    assert NO_TALK in explain_one(heading)


@pytest.mark.parametrize(
    "heading", ["Code for examples: https://code.example/moss/garden/wall", "Moss: a/b/c and d/e/f"]
)
def test_slashes_in_addresses_and_between_letters_announce_no_talks(heading):
    assert "announces talks" not in explain_one(heading)


@pytest.mark.parametrize(
    ("below", "linked"),
    [
        ("The slides were full of moss.", False),
        ("The slides are [here](https://moss.example/slides.pdf).", True),
        ("{{< youtube 123 >}}", True),
    ],
)
def test_the_word_slides_counts_only_with_linked_or_embedded_slides(below, linked):
    assert ("slides or a recording are linked" in explain_one("Gardens in winter", f"{below}\n")) == linked


@pytest.mark.parametrize(
    ("url", "of_programme"),
    [
        ("https://mossconf.example/2019/talks/17", True),
        ("https://mossconf.connpass.com/event/282292/", False),
        ("https://docs.google.com/presentation/d/1abc", False),
    ],
)
def test_links_to_slides_or_whole_events_are_no_programme_links(url, of_programme):
    assert ("links to a talk of the programme" in explain_one(f"[Gardens in winter]({url})")) == of_programme


@pytest.mark.parametrize(
    ("below", "noted"),
    [
        ("| when | what |\n|---|---|\n| May | moss |\n", True),
        ("```\ndig()\n```\n", True),
        ("<div>dig in autumn, water in spring</div>\n", True),
        ('<iframe src="https://video.example/1"></iframe>\n', False),
        ("![moss](moss.png)\n", False),
    ],
)
def test_tables_code_and_html_are_notes_too(below, noted):
    assert ("nothing is noted below it" not in explain_one("Gardens in winter", below)) == noted


def test_words_in_addresses_of_first_sentences_tell_of_no_talk():
    assert "its first sentences tell of a talk" not in explain_one(
        "Gardens", "See https://moss.example/talks/17 now.\n"
    )


def test_the_name_of_the_event_is_no_speaker():
    text = f"# Devoxx 2019\n\n## Highlights of the year\n\nDevoxx Belgium presented more than before.\n\n{NOTES}"
    assert "its first sentences tell who speaks" not in explain(text)["Highlights of the year"]


def test_a_sentence_below_a_time_of_day_is_no_title():
    below = "First one after lunch was about moss, and we all sat in the grass and listened.\nIt rained.\n"
    assert "a line below gives the title" not in explain_one("2pm", below)


OPENINGS = (
    "Next came a talk on walls. It was long.",
    "This session had many pictures. We liked the ferns best of all.",
    "A good presentation about ponds, with frogs.",
    "I had coffee with friends of mine. There was no talk about gardens.",
)
TITLES = ("Building old walls anew", "Gardening in the shade", "Small ponds for everybody", "Downtown")
OPEN_WITH_TALKS = "its first sentence tells of a talk, as with most of its level"


def write_sections(openings, titles=TITLES):
    """Return a report of MossConf 2019 with a section for each opening."""
    sections = (f"## {title}\n\n{opening}\n\n" for title, opening in zip(titles, openings, strict=False))
    return "# MossConf 2019\n\nI was there with friends.\n\n" + "".join(sections)


def test_sections_that_open_with_sentences_about_talks_are_talks():
    text = write_sections(OPENINGS)
    assert [title for title, evidence in explain(text).items() if OPEN_WITH_TALKS in evidence] == list(TITLES[:3])
    assert [talk.title for talk in parse_post(text, name=NAME).talks] == list(TITLES[:3])


@pytest.mark.parametrize(
    "openings",
    [
        OPENINGS[:2],
        (*OPENINGS[:2], *OPENINGS[3:], *OPENINGS[3:]),
        ["There were many talks about walls."] * 4,
        ["I took a walk. Later there was a talk."] * 4,
        ["See [the slides](https://moss.example/talk-1.pdf) of it."] * 4,
    ],
    ids=["two sections", "half of four", "several talks", "second sentence", "in addresses"],
)
def test_sections_of_essays_do_not_open_with_sentences_about_talks(openings):
    assert not any(OPEN_WITH_TALKS in evidence for evidence in explain(write_sections(openings)).values())


NONE_NAMED = "the headings of another section have speakers, and none in its own has"
NAMED_SECTION = "## Best of the day\n\n" + "".join(
    f"### {title} by {name}\n\n{name} told of it.\n\n"
    for title, name in (("Walls of moss", "Ann Lee"), ("A wet garden", "Bob Roy"), ("Ferns at night", "Tom Hill"))
)
UNNAMED = "### Curry in the old town\n\nIt was hot, and good.\n\n### A pub by the river\n\nThey had good ale.\n\n"


def test_sections_without_speakers_beside_those_with_them_are_no_talks():
    text = f"# MossConf 2019\n\nMy notes of the talks.\n\n{NAMED_SECTION}## Food\n\n{UNNAMED}"
    evidence = explain(text)
    assert [title for title, told in evidence.items() if NONE_NAMED in told] == [
        "Curry in the old town",
        "A pub by the river",
    ]
    assert [talk.title for talk in parse_post(text, name=NAME).talks] == [
        "Walls of moss",
        "A wet garden",
        "Ferns at night",
    ]


@pytest.mark.parametrize("heading", ["Day 2", "More talks", "Afternoon", "Backend"])
def test_sections_of_a_day_or_topic_may_name_nobody(heading):
    text = f"# MossConf 2019\n\n{NAMED_SECTION}## {heading}\n\n{UNNAMED}### Ponds of the north\n\nIt was cold.\n\n"
    assert not any(NONE_NAMED in told for told in explain(text).values())


def test_headings_of_days_beside_those_of_talks_are_no_talks():
    talks = "".join(
        f"# {title}\n\n## by {name}\n\n{name} told of it.\n\n"
        for title, name in (("Walls of moss", "Ann Lee"), ("A wet garden", "Bob Roy"), ("Ferns at night", "Tom Hill"))
    )
    text = f"# MossConf 2019, day one\n\nMy notes of the talks.\n\n{talks}# End of day one\n\nThen we went home.\n"
    assert "the headings of its level name speakers" not in explain(text)["End of day one"]
    assert len(parse_post(text, name=NAME).talks) == 3


@pytest.mark.parametrize(
    "line",
    ['<span class="speaker">by Ann Lee</span>', "<em>by Ann Lee and Bob Roy</em>", "<small>Speaker: Ann Lee</small>"],
)
def test_a_byline_in_an_html_tag_names_the_speaker(line):
    assert TOLD_BELOW in explain_one("Walls of moss in the garden", f"{line}\n\n{NOTES}")


def test_names_as_headings_are_talks_if_sentences_tell_they_spoke():
    sections = ("Ann Lee", "Ann showed how moss grows."), ("Qorin Vash", "Qorin Vash explained why roses climb.")
    sections += ("Bob Moss", "Bob demonstrated a pump."), ("Eve Stein", "Eve presented old boats.")
    text = "# GardenConf 2019\n\nMy notes.\n\n"
    text += "".join(f"## {name}\n\n{told}\n\n* dig in autumn\n* cut in spring\n\n" for name, told in sections)
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in talks] == [
        (name, [name]) for name, _ in sections
    ]


def test_engineering_your_moss_behind_a_name_is_a_title():
    text = "# MossConf 2019\n\n## Ann Lee - Engineering your moss\n\n* wet\n\n## Bob Roy - Walls of grass\n\n* dry\n"
    talks = parse_post(text, name=NAME).talks
    assert [(talk.title, talk.speakers[0].name) for talk in talks] == [
        ("Engineering your moss", "Ann Lee"),
        ("Walls of grass", "Bob Roy"),
    ]


@pytest.mark.parametrize("count", [2, 3])
def test_talks_stand_below_dates_and_names_of_meetups(count):
    sections = ("### Peat, Anna Roth\n\n- a\n- b\n", "### Reeds, Bob Roy\n\n- c\n- d\n", "### Ferns, Cara Fox\n\n- e\n")
    text = "\n".join(f"## 2023-0{n}-01 Moss Meetup Oslo\n\n{section}" for n, section in enumerate(sections[:count], 1))
    talks = parse_post(f"# Meetup notes\n\n{text}", name="notes/meetups.md").talks
    assert [talk.title for talk in talks] == ["Peat", "Reeds", "Ferns"][:count]

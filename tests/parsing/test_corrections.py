"""Corrections of a parsed post: their effects, that they survive edits elsewhere, and that no line is lost."""

import random
from dataclasses import replace

import pytest

from talks.parsing import (
    Act,
    Anchor,
    Correction,
    FolderFacts,
    GivenFolder,
    GivenImage,
    Hints,
    ParsedSpeaker,
    find_shared_lines,
    find_similar_lines,
    make_anchor,
    parse_post,
    read_anchor_lines,
    read_correction,
    store_correction,
)
from talks.parsing.metadata.path_events import PathEvent
from tests.parsing.conservation import find_misplaced
from tests.parsing.fuzz import POSTS, make_text, mutate

POST = """---
title: Notes from Acme Conf 2019
---

Hello.

## First Things by Ann Lee

* One
* Two

## Second Things by Ben Roe

* Three

Some closing words on gardens.

Third things

* Four
"""
LINES = read_anchor_lines(POST)


def at(quote: str) -> Anchor:
    return make_anchor(LINES, 1 + next(number for number, line in enumerate(LINES) if quote in line))


def read(*corrections: Correction, text: str = POST):
    return parse_post(text, name="notes.md", corrections=corrections)


def tell(post):
    assert find_misplaced(POST, post) == {}
    return [
        (talk.title, [speaker.name for speaker in talk.speakers], [unit.text for unit in talk.takeaways])
        for talk in post.talks
    ]


FIRST = ("First Things", ["Ann Lee"], ["One", "Two"])
SECOND = ("Second Things", ["Ben Roe"], ["Three", "Some closing words on gardens.", "Four"])


def codes(post):
    return [said.code for said in post.diagnostics]


def test_without_corrections_the_parser_decides():
    assert tell(read()) == [FIRST, SECOND]


def test_lines_that_editors_make_talks_get_lines_below_as_notes():
    post = read(Correction(Act.TALK, at("Third things")))
    assert tell(post) == [FIRST, (*SECOND[:2], SECOND[2][:2]), ("Third things", [], ["Four"])]


def test_talks_begun_by_editors_have_their_title_speakers_and_day():
    said = Correction(Act.TALK, at("Third things"), None, "Third", (ParsedSpeaker("Cy Dow", "Acme"),), 2)
    talk = read(said).talks[-1]
    assert (talk.title, talk.speakers, talk.day) == ("Third", (ParsedSpeaker("Cy Dow", "Acme"),), 2)


def test_lines_at_which_editors_end_a_talk_belong_to_none():
    post = read(Correction(Act.TALK, at("Third things"), at("Third things")), Correction(Act.END, at("* Four")))
    assert tell(post)[-1] == ("Third things", [], [])
    assert [passage.text for passage in post.outro] == ["* Four"]


def test_an_editor_can_make_a_list_item_a_talk():
    post = read(Correction(Act.TALK, at("* Two"), None, "Two"))
    assert tell(post) == [(*FIRST[:2], []), ("Two", [], []), SECOND]
    assert [passage.text for passage in post.unplaced] == ["* One"]


def test_text_of_talks_that_editors_remove_belongs_to_no_talk():
    post = read(Correction(Act.NO_TALK, at("## Second")))
    assert tell(post) == [FIRST]
    assert "## Second Things by Ben Roe" in [passage.text for passage in post.outro]


def test_an_editor_can_join_a_talk_to_the_one_above():
    [talk] = tell(read(Correction(Act.ABOVE, at("## Second"))))
    assert talk[:2] == FIRST[:2]
    assert talk[2][:2] + talk[2][-1:] == ["One", "Two", "Four"]


def test_editors_can_join_lines_outside_talks_to_the_talk_above():
    ended = Correction(Act.END, at("Some closing"))
    assert tell(read(ended))[-1] == (*SECOND[:2], ["Three"])
    assert tell(read(ended, Correction(Act.ABOVE, at("Some closing"), at("* Four")))) == [FIRST, SECOND]


LONG = """# Acme Conf 2019

## First Things by Ann Lee

* One
* Two
  * Half
* Three

A paragraph that goes on
and on.
Its third line.

## Second Things by Ben Roe

* Four
"""
LONG_LINES = read_anchor_lines(LONG)


def say_long(act, first, last):
    numbers = [next(n for n, line in enumerate(LONG_LINES, 1) if quote in line) for quote in (first, last)]
    return Correction(act, *(make_anchor(LONG_LINES, number) for number in numbers))


@pytest.mark.parametrize(
    ("quotes", "kept"),
    [
        (("* One",), ["Two"]),
        (("* One", "* Two"), []),
        (("Some closing",), ["Three", "Four"]),
        (("Some closing", "* Four"), ["Three"]),
    ],
)
def test_editors_can_keep_lines_in_talks_without_making_them_takeaways(quotes, kept):
    post = read(Correction(Act.PART, at(quotes[0]), at(quotes[-1])))
    talk = post.talks[0 if "One" in quotes[0] else 1]
    assert ([unit.text for unit in talk.takeaways], find_misplaced(POST, post)) == (kept, {})
    back = Correction(Act.NOTES, at(quotes[0]), at(quotes[-1]), talk=at(talk.heading))
    told = [unit.text for unit in read(Correction(Act.PART, at(quotes[0]), at(quotes[-1])), back).talks[0].takeaways]
    assert told == ["One", "Two"]


@pytest.mark.parametrize(
    ("quote", "kept"), [("* Two", ["Three"]), ("  * Three", ["Two"]), ("* Moss", ["Two", "Three"])]
)
def test_editors_can_drop_takeaways_of_a_talk_in_a_list(quote, kept):
    text = "# Acme Conf\n\n* Moss – Ann Lee\n  * Two\n  * Three\n* Ferns – Ben Roe\n  * Four\n"
    lines = read_anchor_lines(text)
    line = next(number for number, each in enumerate(lines, 1) if quote.strip() in each)
    talk = Correction(Act.TALK, make_anchor(lines, 3), make_anchor(lines, 3))
    post = read(talk, Correction(Act.PART, make_anchor(lines, line)), text=text)
    assert [unit.text for unit in post.talks[0].takeaways] == kept
    assert find_misplaced(text, post) == {}


def test_one_correction_can_make_lines_of_several_talks_no_takeaways():
    text = "# Acme Conf\n\n* Moss – Ann Lee\n  * Two\n* Ferns – Ben Roe\n  * Four\n"
    lines = read_anchor_lines(text)
    talks = [Correction(Act.TALK, make_anchor(lines, line), make_anchor(lines, line)) for line in (3, 5)]
    post = read(*talks, Correction(Act.PART, make_anchor(lines, 4), make_anchor(lines, 6)), text=text)
    assert [talk.takeaways for talk in post.talks] == [(), ()]
    assert find_misplaced(text, post) == {}


def test_keeping_a_line_outside_talks_as_part_is_reported():
    assert codes(read(Correction(Act.PART, at("Hello.")))) == ["correction-unfit"]


def test_facts_of_the_posts_own_folder_override_the_uploads_folder():
    facts = FolderFacts(PathEvent("Moss Conf", 2018, True, "a README names it"), 3, 0.5)
    said = Correction(Act.FOLDER, number=3, folder=GivenFolder("moss/notes.md", "day = 2\nx = 1", facts))
    for each in (said, replace(said, folder=replace(said.folder, facts=replace(facts, day=2, mark="")))):
        assert read_correction(3, "folder", *store_correction(each)) == each
    text = POST.replace(" from Acme Conf 2019", "")
    post = read(said, text=text)
    assert (post.conference.series, post.conference.year, [day.number for day in post.days]) == ("Moss Conf", 2018, [2])
    here = FolderFacts(PathEvent("Fern Conf", 2017, True, "a README names it"), 3, 0.5)
    other = parse_post(text, name="notes.md", folder=here, hints=Hints(day=1), corrections=[said])
    assert (other.conference.series, [day.number for day in other.days]) == ("Fern Conf", [1])
    assert read(said).conference.series == "Acme Conf"


def test_day_headings_that_editors_make_takeaways_begin_no_day():
    text = LONG.replace("## Second", "# Tuesday, Day 2\n\n## Second")
    lines = read_anchor_lines(text)
    day, first = (next(n for n, line in enumerate(lines, 1) if quote in line) for quote in ("Tuesday", "First"))
    given = Correction(Act.NOTES, make_anchor(lines, day), None, talk=make_anchor(lines, first))
    post = read(given, text=text)
    assert (find_misplaced(text, post), post.days) == ({}, ())


def test_editors_can_make_each_line_of_a_paragraph_a_takeaway():
    whole = say_long(Act.UNITS, "A paragraph", "Its third")
    assert read_long(whole)[0][0][1] == [
        "One",
        "Two",
        "Three",
        "A paragraph that goes on",
        "and on.",
        "Its third line.",
    ]
    part = say_long(Act.UNITS, "and on", "and on")
    assert read_long(part)[0][0][1][3:] == ["A paragraph that goes on", "and on.", "Its third line."]
    points = say_long(Act.UNITS, "* One", "* Three")
    assert read_long(points) == read_long()


def test_lines_given_to_another_talk_can_be_a_takeaway_each():
    four = next(n for n, line in enumerate(LONG_LINES, 1) if "Second" in line)
    given = replace(say_long(Act.NOTES, "A paragraph", "Its third"), talk=make_anchor(LONG_LINES, four))
    told = read_long(given, say_long(Act.UNITS, "A paragraph", "Its third"))[0]
    assert sorted(told[1][1]) == ["A paragraph that goes on", "Four", "Its third line.", "and on."]


@pytest.mark.parametrize("act", [Act.NOTES, Act.UNITS])
def test_editors_can_make_takeaways_of_items_with_nothing_but_links(act):
    text = POST.replace("* Two\n", "* Two\n* [Seeds](https://x.example/a)\n* [Soil](https://x.example/b)\n")
    lines = read_anchor_lines(text)
    first, last, talk = (
        make_anchor(lines, 1 + next(n for n, line in enumerate(lines) if quote in line))
        for quote in ("[Seeds]", "[Soil]", "## First")
    )
    post = read(Correction(act, first, last, talk=talk if act is Act.NOTES else None), text=text)
    units = ["One", "Two", "[Seeds](https://x.example/a)", "[Soil](https://x.example/b)"]
    assert ([unit.text for unit in post.talks[0].takeaways], find_misplaced(text, post)) == (units, {})


def test_splitting_lines_outside_talks_into_takeaways_is_unfit():
    told, _, unfit = read_long(say_long(Act.UNITS, "# Acme Conf", "# Acme Conf"))
    assert (told, unfit) == (read_long()[0], 1)


def read_long(*corrections):
    post = read(*corrections, text=LONG)
    assert find_misplaced(LONG, post) == {}
    told = [(talk.title, [unit.text for unit in talk.takeaways]) for talk in post.talks]
    return told, [passage.text for passage in (*post.unplaced, *post.aside)], codes(post).count("correction-unfit")


def on(number: int) -> Anchor:
    return make_anchor(LONG_LINES, number)


WRAPPED = "A paragraph that goes on and on. Its third line."


def test_editors_can_begin_a_talk_in_the_middle_of_lists():
    told, *_ = read_long(Correction(Act.TALK, on(6), on(8), "Two"))
    assert told[:2] == [("First Things", ["One"]), ("Two", ["Half", "Three"])]


def test_editors_can_begin_and_end_talks_within_a_paragraph():
    told, unplaced, _ = read_long(Correction(Act.TALK, on(11), on(11)), Correction(Act.END, on(12)))
    assert told[:2] == [("First Things", ["One", "Two", "Three", "A paragraph that goes on"]), ("and on.", ["and on."])]
    assert unplaced == ["Its third line."]


def test_each_talk_begun_within_a_paragraph_has_its_own_speakers():
    text = (
        "# Notes from Acme Conf 2019\n\n## First day\n\n"
        "[Ann Lee](https://example.org/ann) gave the talk **Gardens in Winter**, in which she told us of roses.\n"
        "[Ben Roe](https://example.org/ben) showed us how we can build houses with our own hands.\n"
        "Everybody liked that.\n"
    )
    lines = read_anchor_lines(text)
    both = [Correction(Act.TALK, make_anchor(lines, number), make_anchor(lines, number)) for number in (5, 6)]
    post = read(*both, text=text)
    assert [[speaker.name for speaker in talk.speakers] for talk in post.talks] == [["Ann Lee"], ["Ben Roe"]]
    assert (post.talks[0].title, find_misplaced(text, post)) == ("Gardens in Winter", {})
    assert [talk.line for talk in post.talks] == [5, 6]


def test_an_editor_can_move_takeaways_to_another_talk():
    moved = Correction(Act.NOTES, on(6), on(7), talk=on(14))
    told, *_ = read_long(moved)
    assert told == [("First Things", ["One", "Three", WRAPPED]), ("Second Things", ["Two", "Four"])]


def test_takeaways_that_moved_can_move_back():
    there, back = (Correction(Act.NOTES, on(6), on(7), talk=on(number)) for number in (14, 3))
    told, *_ = read_long(there, back)
    assert told == [("First Things", ["One", "Two", "Three", WRAPPED]), ("Second Things", ["Four"])]


def test_an_editor_can_take_lines_out_of_a_talk():
    told, unplaced, _ = read_long(Correction(Act.OUT, on(6), on(7)))
    assert told[0] == ("First Things", ["One", "Three", WRAPPED])
    assert unplaced == ["* Two\n  * Half"]


def test_an_editor_can_make_the_whole_post_one_talk():
    told, *_ = read_long(Correction(Act.WHOLE, title="All Things"))
    assert [title for title, _ in told] == ["All Things"]
    assert told[0][1] == ["One", "Two", "Three", WRAPPED, "Four"]


@pytest.mark.parametrize(
    "correction",
    [
        Correction(Act.NOTES, on(6), on(6)),
        Correction(Act.NOTES, on(6), on(6), talk=on(5)),
        Correction(Act.NOTES, on(7), on(7), talk=on(14)),
        Correction(Act.NOTES, on(12), on(14), talk=on(3)),
        Correction(Act.OUT, on(3)),
        Correction(Act.OUT, on(7)),
    ],
)
def test_moving_lines_to_or_from_a_missing_talk_is_reported(correction):
    """These corrections change nothing."""
    assert read_long(correction) == (read_long()[0], [], 1)


def test_long_sentences_made_talks_are_these_talks_first_takeaways():
    sentence = "Ann spoke on **Gardens**, where she told us all about the roses and what they want from us in winter."
    text = f"# Acme Conf 2019\n\nHello.\n\n* {sentence}\n* Bye\n\n{sentence} Twice.\n"
    lines = read_anchor_lines(text)
    said = [Correction(Act.TALK, make_anchor(lines, n), None, "Gardens") for n in (5, 8)]
    post = read(*said, text=text)
    assert [[unit.text for unit in talk.takeaways] for talk in post.talks] == [[sentence], [f"{sentence} Twice."]]
    assert find_misplaced(text, post) == {}


@pytest.mark.parametrize(
    ("sentence", "title", "speakers"),
    [
        (
            "Ann Lee from Acme talked about “Gardens in Winter”, frost, snow and all she had seen of them, with proof.",
            "Gardens in Winter",
            ["Ann Lee"],
        ),
        (
            "Finally, Ben Roe from Acme talked about a gem that is called **Trowel**, with slides.",
            "Trowel",
            ["Ben Roe"],
        ),
        (
            "The last one to speak on this stage was Ann Lee who talked about the future of gardens, and of roses.",
            "Ann Lee talk",
            ["Ann Lee"],
        ),
        (
            "I also heard Ann Lee’s talk on Gardens: The Next Five Winters. I will write more of it later, at length.",
            "Gardens: The Next Five Winters",
            ["Ann Lee"],
        ),
        (
            "[Ann Lee](https://ann-lee.example) gave a keynote on [The Once and Future Rose](https://x.example/r).",
            "The Once and Future Rose",
            ["Ann Lee"],
        ),
        (
            "[Ben Roe](https://x.example) gave a lightning talk on [moss::green](https://x.example/m) and we saw dew.",
            "moss::green",
            ["Ben Roe"],
        ),
        (
            "Ann Lee gave a talk about the soil: We should all dig more, and water it, and wait for a whole winter.",
            "the soil",
            ["Ann Lee"],
        ),
        ("Gardens in Winter by Ann Lee", "Gardens in Winter", ["Ann Lee"]),
        ("What do we want. And when.", "What do we want. And when.", []),
    ],
)
def test_an_editors_talk_is_titled_by_the_title_in_sentences(sentence, title, speakers):
    """Or by the speaker in the sentence."""
    text = f"# Acme Conf 2019\n\nHello.\n\n{sentence}\n"
    anchor = make_anchor(read_anchor_lines(text), 5)
    post = read(Correction(Act.TALK, anchor, anchor), text=text)
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in post.talks] == [(title, speakers)]


SHARED = """# Acme Conf 2019

Hello.

Ann Lee gave a talk on “Gardens in Winter”, and Ben Roe one on “Roses in June”, and Cy Dow showed **Frogs in Mud**.
They were good.

Bye.
"""


def read_shared(*words, **more):
    anchor = make_anchor(read_anchor_lines(SHARED), 5)
    said = [Correction(Act.TALK, anchor, anchor, within=each) for each in ("", *words)]
    post = read(*said, *more.pop("then", ()), text=SHARED)
    assert codes(post).count("correction-unfit") == more.pop("unfit", 0)
    return [(talk.title, [each.name for each in talk.speakers], talk.line) for talk in post.talks], post


def test_an_editor_can_begin_several_talks_within_one_line():
    talks, post = read_shared("Ben Roe", "Cy Dow  showed")
    assert talks == [
        ("Gardens in Winter", ["Ann Lee"], 5),
        ("Roses in June", ["Ben Roe"], 5),
        ("Frogs in Mud", ["Cy Dow"], 5),
    ]
    assert [[unit.text for unit in talk.takeaways] for talk in post.talks] == [
        [],
        ["Ben Roe one on “Roses in June”, and"],
        ["Cy Dow showed **Frogs in Mud**. They were good.", "Bye."],
    ]


def test_each_of_several_talks_on_a_line_can_be_corrected():
    """It can be renamed or removed by itself."""
    anchor = make_anchor(read_anchor_lines(SHARED), 5)
    named = Correction(Act.DETAILS, anchor, anchor, "Frogs", within="Cy Dow")
    gone = Correction(Act.NO_TALK, anchor, anchor, within="Ben Roe")
    talks, _ = read_shared("Ben Roe", "Cy Dow", then=(named, gone))
    assert talks == [("Gardens in Winter", ["Ann Lee"], 5), ("Frogs", ["Cy Dow"], 5)]


def test_talks_keep_titles_if_another_begins_within_their_line():
    """Each part of the line is a takeaway."""
    first = "No garden is kept without some talk of moss. We had some [Musings on Moss](https://moss.example.org) and"
    second = "an introduction to [Garden Code](https://code.example.org)."
    text = f"# Acme Conf 2019\n\nHello.\n\n{first} {second}\n\nBye.\n"
    anchor = make_anchor(read_anchor_lines(text), 5)
    said = [Correction(Act.TALK, anchor, anchor, within=each) for each in ("", "an introduction")]
    assert [talk.title for talk in read(said[0], text=text).talks] == ["Musings on Moss"]
    told = [(talk.title, [unit.text for unit in talk.takeaways]) for talk in read(*said, text=text).talks]
    assert told == [("Musings on Moss", [first]), ("Garden Code", [second, "Bye."])]


@pytest.mark.parametrize(("line", "words"), [(5, "Di Eve"), (3, "Ann Lee")], ids=["gone", "on another line"])
def test_corrections_with_words_that_their_lines_lack_are_reported(line, words):
    """They would begin a talk at these words."""
    anchor = make_anchor(read_anchor_lines(SHARED), line)
    talks, _ = read_shared(then=[Correction(Act.TALK, anchor, anchor, within=words)], unfit=1)
    assert talks == [("Gardens in Winter", ["Ann Lee"], 5)]


LISTED = """# Acme Conf 2019

## First Things by Ann Lee / Second Things by Ben Roe

* One

## Shorter ones

* Gardens in Winter by Cy Dow
  * Snow
* Roses in June by Di Eve; Frogs in Mud by Ed Fox
  * Rain
    * More rain
* Bees in May by Flo Gray
  * Sun
"""


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        (3, "Second Things", [("First Things", ["Ann Lee"], []), ("Second Things", ["Ben Roe"], ["One"])]),
        (
            11,
            "Frogs in Mud",
            [
                ("Gardens in Winter", ["Cy Dow"], ["Snow"]),
                ("Roses in June", ["Di Eve"], []),
                ("Frogs in Mud", ["Ed Fox"], ["Rain", "More rain"]),
                ("Bees in May", ["Flo Gray"], ["Sun"]),
            ],
        ),
    ],
)
def test_editors_can_begin_talks_within_headings_or_items(line, words, expected):
    lines = read_anchor_lines(LISTED)
    items = [make_anchor(lines, number) for number in (9, 11, 14)] if line == 11 else [make_anchor(lines, line)]
    anchor = make_anchor(lines, line)
    said = [*(Correction(Act.TALK, each, each) for each in items), Correction(Act.TALK, anchor, anchor, within=words)]
    post = read(*said, text=LISTED)
    assert codes(post).count("correction-unfit") == 0
    told = [
        (talk.title, [each.name for each in talk.speakers], [unit.text for unit in talk.walk()]) for talk in post.talks
    ]
    assert [each for each in told if each in expected] == expected
    assert find_misplaced(LISTED, post) == dict.fromkeys(find_shared_lines(LISTED, said), 2)
    named = [
        Correction(Act.DETAILS, anchor, anchor, "Other", within=words),
        Correction(Act.DETAILS, anchor, anchor, "One"),
    ]
    titles = [talk.title for talk in read(*said, *named, text=LISTED).talks]
    assert ("Other" in titles, "One" in titles, words in titles) == (True, True, False)
    assert len(read(*said, Correction(Act.NO_TALK, anchor, anchor, within=words), text=LISTED).talks) == len(told) - 1


def test_long_remarks_in_brackets_are_no_part_of_titles():
    text = (
        "# Acme Conf 2019\n\nThese:\n\n* Gardens in Winter (somebody told of gardens that she had seen in the snow)\n"
        "* Roses (in June)\n"
    )
    lines = read_anchor_lines(text)
    ends = [make_anchor(lines, number) for number in (5, 6)]
    post = read(*(Correction(Act.TALK, end, end) for end in ends), text=text)
    assert [talk.title for talk in post.talks] == ["Gardens in Winter", "Roses (in June)"]


@pytest.mark.parametrize(
    ("line", "alike"),
    [(3, (3, 14)), (5, (5, 6, 8)), (7, (7,)), (10, (10,)), (2, ()), (16, (16,)), (99, ())],
)
def test_lines_of_the_same_form_as_a_line_are_found(line, alike):
    assert find_similar_lines(LONG, line) == alike


def test_all_bold_lines_of_a_post_are_similar():
    assert find_similar_lines("**A**\n\nb\n\n# H\n\n**C**\n", 7) == (1, 7)


def test_correcting_the_speakers_of_a_talk_changes_nothing_else():
    post = read(Correction(Act.DETAILS, at("## First"), None, "", (ParsedSpeaker("Anne Lee"),)))
    assert tell(post) == [("First Things", ["Anne Lee"], ["One", "Two"]), SECOND]


def test_a_correction_of_the_whole_post_overrides_its_hints():
    text = POST.replace("---\n\nHello", "confnotes: {series: Other, visibility: private}\n---\n\nHello")
    said = Correction(Act.POST, post=(("series", "Acme Conf"), ("visibility", "public"), ("year", 2018)))
    post = read(said, text=text)
    assert (post.conference.series, post.conference.year, post.visibility) == ("Acme Conf", 2018, "public")


def test_a_correction_survives_changes_of_other_lines():
    said = Correction(Act.TALK, at("Third things"))
    text = POST.replace("Hello.", "Hello.\n\nThird things to come.\n\n* More").replace("* One", "* Won")
    assert read(said, text=text).talks[-1].title == "Third things"


def test_equal_lines_are_distinguished_by_the_text_above_them():
    text = "## A by Ann Lee\n\n* x\n\nNotes\n\n* y\n\nNotes\n\n* z\n"
    lines = read_anchor_lines(text)
    anchor = make_anchor(lines, 9)
    assert (anchor, anchor.find(["Notes", *lines])) == (Anchor("Notes", "* y", 2), 10)


@pytest.mark.parametrize(
    "correction",
    [
        Correction(Act.TALK, Anchor("Gone")),
        Correction(Act.TALK),
        Correction(Act.ABOVE, at("Hello.")),
        Correction(Act.END, at("## First")),
        Correction(Act.DETAILS, at("* Four"), None, "Four"),
        Correction(Act.TALK, at("* Four"), at("Hello.")),
    ],
)
def test_a_correction_that_no_longer_fits_is_reported(correction):
    post = read(correction)
    assert tell(post) == [FIRST, SECOND]
    assert codes(post).count("correction-unfit") == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_no_line_is_lost_or_doubled_by_any_corrections(seed):
    chance = random.Random(seed)
    texts = [mutate(path.read_text(encoding="utf-8"), chance) for path in sorted(POSTS.glob("*.md"))[seed::3]]
    for text in [*texts, *(make_text(chance) for _ in range(60))]:
        lines = read_anchor_lines(text)
        filled = [number for number, line in enumerate(lines, 1) if line.strip()]
        if not filled:
            continue
        corrections = []
        for number in range(chance.randrange(1, 6)):
            first = chance.choice(filled)
            last = make_anchor(lines, min(chance.choice(filled), first + 9)) if chance.random() < 0.5 else None
            act = chance.choice([each for each in Act if each is not Act.POST])
            talk = make_anchor(lines, chance.choice(filled)) if act is Act.NOTES else None
            within = chance.choice(lines[first - 1].split()) if act is Act.TALK and chance.random() < 0.3 else ""
            more = {"alone": chance.random() < 0.3, "day": 2 if act is Act.DAY else None}
            more["exact"] = chance.random() < 0.5
            if chance.random() < 0.3:
                more["speakers"] = (ParsedSpeaker(" ".join(lines[first - 1].split()[:2])),)
            said = Correction(act, make_anchor(lines, first), last, number=number, talk=talk, within=within, **more)
            corrections.append(said)
        post = parse_post(text, name="x.md", corrections=corrections)
        shared = find_shared_lines(text, corrections)
        placed = find_misplaced(text, post)
        misplaced = {line: count for line, count in placed.items() if not count or line not in shared}
        assert post.refused or misplaced == {}, (text, corrections)


def test_corrections_are_stored_and_read_again():
    said = Correction(Act.TALK, at("* Two"), at("* Four"), "Two", (ParsedSpeaker("Cy Dow", "Acme"),), 2, (), 7)
    whole = Correction(Act.POST, post=(("series", "Acme Conf"), ("year", 2018)), number=8)
    moved = Correction(Act.NOTES, at("* Two"), at("* Two"), number=9, talk=at("## Second"))
    within = Correction(Act.TALK, at("* Two"), at("* Two"), number=10, within="Two")
    image = Correction(Act.IMAGE, number=11, image=GivenImage("a b.png", "0" * 64, "png", 9))
    alone = Correction(Act.TALK, at("* Two"), at("* Two"), day=0, number=12, alone=True)
    exact = Correction(Act.PART, at("* Two"), at("* Two"), number=13, exact=True)
    for correction in (said, whole, moved, within, image, alone, exact):
        assert read_correction(correction.number, correction.act.value, *store_correction(correction)) == correction


@pytest.mark.parametrize(
    ("act", "anchor", "value"),
    [
        ("dance", {}, {}),
        ("talk", {"first": ["x"]}, {}),
        ("talk", {}, {"speakers": ["ab c"]}),
        ("post", {}, {"post": {"id": "x"}}),
        ("post", {}, {"post": {"year": "soon"}}),
        ("post", {}, {"post": {"title_pattern": "{speaker}"}}),
        ("post", {}, {"post": {"visibility": "secret"}}),
        ("image", {}, {"image": ["a.png"]}),
        ("image", {}, {"image": ["a.png", "../../etc/passwd", "png", 9]}),
        ("image", {}, {"image": ["a.png", "0" * 64, "../a", 9]}),
    ],
)
def test_invalid_corrections_are_refused(act, anchor, value):
    with pytest.raises(ValueError):
        read_correction(1, act, anchor, value)


SETTLING = """---
title: Notes from Acme Conf 2019
---

## First Things by Ann Lee

* One
* Two

## Gardens

* Moss grows
* Zora Vel

## Last Things by Cy Dow

* Three

Closing words
"""
SETTLING_LINES = read_anchor_lines(SETTLING)


def say_of(act, quote, title="", **more):
    number = 1 + next(n for n, line in enumerate(SETTLING_LINES) if line.startswith(quote))
    return Correction(act, *[make_anchor(SETTLING_LINES, number)] * 2, title, **more)


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        ([], ["speaker-unread"]),
        ([say_of(Act.DETAILS, "## Gardens", "Green Gardens")], ["speaker-unread"]),
        ([say_of(Act.DETAILS, "## Gardens", speakers=())], []),
        ([say_of(Act.DETAILS, "## Gardens", "First Things", speakers=())], []),
        ([say_of(Act.UNITS, "* Zora Vel")], []),
        ([say_of(Act.NO_TALK, "## Gardens")], []),
        ([say_of(Act.NO_TALK, "## First"), say_of(Act.NO_TALK, "## Gardens")], []),
        ([say_of(Act.NO_TALK, quote) for quote in ("## First", "## Gardens", "## Last")], []),
        ([say_of(Act.DAY, "## Gardens", day=2)], []),
        ([say_of(Act.TALK, "Closing", alone=True), say_of(Act.NO_TALK, "## Gardens")], []),
        ([say_of(Act.TALK, "## Gardens", speakers=(), alone=True)], ["unplaced-notes"]),
    ],
)
def test_what_a_correction_settles_raises_no_diagnostic(said, raised):
    assert codes(read(*said, text=SETTLING)) == raised


def test_text_between_talks_that_an_editor_began_raises_no_diagnostic():
    text = "# Acme Conf 2019\n\n## Hall\n\nOne.\n\n### Lunch\n\nWe ate.\n\n## Yard\n\nTwo.\n"
    lines = read_anchor_lines(text)
    said = [Correction(Act.TALK, *[make_anchor(lines, n)] * 2) for n in (5, 13)]
    post = read(*said, text=text)
    assert ([talk.line for talk in post.talks], [each.line for each in post.unplaced]) == ([5, 13], [7, 9, 11])
    assert "unplaced-text" not in codes(post)

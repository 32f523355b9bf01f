"""Corrections of days, of text that belongs to no talk, of lines that name speakers, and of talks of a few lines."""

from dataclasses import replace

import pytest

from talks.parsing import (
    NO_DAY,
    Act,
    Correction,
    ParsedSpeaker,
    find_shared_lines,
    make_anchor,
    parse_post,
    read_anchor_lines,
)
from tests.parsing.conservation import find_misplaced

POST = """# Acme Conf 2019

## Day 1

### First Things by Ann Lee

* One

### Second Things by Ben Roe

* Two

## Thoughts of 07.11.

* Soup
* Bread

### Third Things by Cy Dow

* Three

### Fourth Things by Di Eve

* Four
"""


def read(*said, text=POST):
    """Parse the text with corrections, each given as act, first line, last line and further values."""
    lines = read_anchor_lines(text)

    def find(quote):
        return make_anchor(lines, 1 + next(n for n, line in enumerate(lines) if quote in line))

    corrections = [
        Correction(act, find(first), find(last or first), number=number, **more)
        for number, (act, first, last, more) in enumerate(said, 1)
    ]
    post = parse_post(text, name="notes.md", corrections=corrections)
    misplaced = find_misplaced(text, post)
    assert {line: n for line, n in misplaced.items() if line not in find_shared_lines(text, corrections)} == {}
    return post


def days(post):
    return [(talk.title.split()[0], talk.day) for talk in post.talks]


def codes(post):
    return [said.code for said in post.diagnostics]


def units(post):
    return [[unit.text for unit in talk.walk()] for talk in post.talks]


def test_a_heading_names_the_day_of_all_talks_below():
    assert days(read()) == [("First", 1), ("Second", 1), ("Third", 1), ("Fourth", 1)]


def test_an_editor_can_say_that_a_talk_has_no_day():
    post = read((Act.DETAILS, "### First", "", {"day": NO_DAY}))
    assert days(post) == [("First", None), ("Second", 1), ("Third", 1), ("Fourth", 1)]


def test_lines_given_a_day_give_their_talks_that_day():
    post = read((Act.DETAILS, "## Thoughts", "* Four", {"day": 2}))
    assert days(post) == [("First", 1), ("Second", 1), ("Third", 2), ("Fourth", 2)]


def test_an_editor_can_let_a_day_begin_at_a_heading():
    post = read((Act.DAY, "## Thoughts", "", {"day": 2}))
    assert days(post) == [("First", 1), ("Second", 1), ("Third", 2), ("Fourth", 2)]
    assert [(day.number, day.heading.line) for day in post.days] == [(1, 3), (2, 13)]


def test_a_day_that_begins_within_a_talk_ends_the_talk():
    text = "# Acme Conf 2019\n\n## First Things by Ann Lee\n\n* One\n\nThursday\n\n* Soup\n\n## Roses by Ben Roe\n"
    post = read((Act.DAY, "Thursday", "", {"day": 2}), text=text)
    assert (days(post), units(post)) == ([("First", None), ("Roses", 2)], [["One"], []])
    assert read((Act.DAY, "Thursday", "", {}), text=text).diagnostics[0].code == "correction-unfit"


def test_editors_can_give_the_talks_below_a_heading_no_day():
    assert [day for _, day in days(read((Act.DAY, "## Thoughts", "", {"day": NO_DAY})))] == [1, 1, None, None]


OUTSIDE = POST.replace("### Third", "Lunch:\n\n* Cake\n* Tea\n\n### Third")


def test_text_that_an_editor_put_outside_talks_raises_no_diagnostic():
    told = read((Act.OUT, "## Thoughts", "* Bread", {}), text=OUTSIDE)
    assert "unplaced-notes" in codes(told)  # the lines of lunch are still to be looked at
    told = read((Act.OUT, "## Thoughts", "* Tea", {}), text=OUTSIDE)
    assert {"unplaced-notes", "unplaced-text", "much-outside"} & {*codes(told)} == set()
    assert (told.unplaced, [passage.line for passage in told.aside]) == ((), [13, 15, 18, 20])


def test_text_below_an_editors_end_of_talks_raises_no_diagnostic():
    text = POST.replace("## Thoughts of 07.11.", "Lunch:")
    assert codes(read(text=text)) == codes(read((Act.END, "Lunch:", "", {}), text=text))
    assert [passage.text for passage in read((Act.END, "Lunch:", "", {}), text=text).aside] == [
        "Lunch:",
        "* Soup\n* Bread",
    ]


def test_lists_that_editors_put_outside_talks_raise_no_diagnostic():
    text = "# Acme Conf 2019\n\n* Soup\n* Bread\n\n## First Things by Ann Lee\n\n* One\n"
    assert "notes-before-talk" in codes(read(text=text))
    post = read((Act.OUT, "* Soup", "* Bread", {}), text=text)
    assert ("notes-before-talk" in codes(post), len(post.intro)) == (False, 2)


NAMED = """# Acme Conf 2019

## First Things

{line}

* One

## Second Things by Ben Roe

* Two
"""


@pytest.mark.parametrize(
    "line",
    [
        "Quux Armon",
        "Speaker: Quux",
        "Armon",
        "Quux Armon (Initech)",
        "by Quux Armon and Cy Dow",
        "* Quux Armon",
        "* **Speaker**: Armon\n* Cy Dow",
    ],
)
def test_lines_that_only_name_an_editors_speakers_are_no_takeaways(line):
    given = (ParsedSpeaker("Quux Armon", "Initech"), ParsedSpeaker("Cy Dow"))
    post = read((Act.DETAILS, "## First", "", {"speakers": given}), text=NAMED.format(line=line))
    assert (post.talks[0].speakers, units(post)[0]) == (given, ["One"])


@pytest.mark.parametrize(
    "line", ["Quux Armon grows roses.", "Roses need much sun and rain.", "* Quux Armon is late", "* Ask Ann Lee"]
)
def test_lines_that_say_more_than_speakers_names_stay_takeaways(line):
    given = (ParsedSpeaker("Quux Armon", "Initech"),)
    post = read((Act.DETAILS, "## First", "", {"speakers": given}), text=NAMED.format(line=line))
    assert units(post)[0] == [line.removeprefix("* "), "One"]


def test_items_nested_in_one_that_names_a_speaker_stay_takeaways():
    given = (ParsedSpeaker("Quux Armon"),)
    text = NAMED.format(line="* Speaker: Armon\n    * Roses need sun\n    * And rain\n* Tulips")
    post = read((Act.DETAILS, "## First", "", {"speakers": given}), text=text)
    assert units(post)[0][:3] == ["Roses need sun", "And rain", "Tulips"]


def test_lines_below_speakers_names_in_a_paragraph_stay_takeaways():
    given = (ParsedSpeaker("Quux Armon"),)
    text = NAMED.format(line="Quux Armon\nRoses need sun.")
    post = read((Act.DETAILS, "## First", "", {"speakers": given}), text=text)
    assert units(post)[0] == ["Roses need sun.", "One"]


def test_nested_items_that_name_an_editors_speaker_are_no_takeaways():
    """The talk is an item itself."""
    text = "# Acme Conf 2019\n\n* Roses in winter\n    * Quux Armon\n        * Much sun\n    * No rain\n"
    post = read((Act.TALK, "* Roses", "", {"speakers": (ParsedSpeaker("Quux Armon"),)}), text=text)
    assert units(post) == [["Much sun", "No rain"]]


PARAGRAPHS = "# Acme Conf 2019\n\nRoses by Ann Lee were fine.\n\nLunch was late.\n\nThe tulips too.\n"


@pytest.mark.parametrize(("alone", "left"), [(False, []), (True, ["Lunch was late.", "The tulips too."])])
def test_editors_can_end_talks_with_the_lines_that_begin_them(alone, left):
    post = read((Act.TALK, "Roses", "", {"alone": alone}), text=PARAGRAPHS)
    assert [passage.text for passage in (*post.unplaced, *post.outro)] == left
    assert len(post.talks) == 1


def test_editors_talks_can_end_after_the_first_line_of_paragraphs():
    text = "# Acme Conf 2019\n\nRoses by Ann Lee.\nLunch was late.\n"
    post = read((Act.TALK, "Roses", "", {"alone": True}), text=text)
    assert [passage.text for passage in post.outro] == ["Lunch was late."]


def test_notes_below_an_item_made_a_talk_alone_are_outside():
    """Items above it stay in their talk, and those below are in none."""
    text = "# Acme Conf 2019\n\n## First Things by Ann Lee\n\n* One\n* Roses in winter\n    * Sun\n* Two\n"
    post = read((Act.TALK, "* Roses", "", {"alone": True}), text=text)
    assert [(talk.title, [unit.text for unit in talk.walk()]) for talk in post.talks] == [
        ("First Things", ["One"]),
        ("Roses in winter", ["Sun"]),
    ]
    assert [passage.text for passage in post.outro] == ["* Two"]


def test_talks_that_begin_within_a_line_can_end_with_it():
    text = "# Acme Conf 2019\n\nRoses by Ann Lee, and tulips by Ben Roe.\nLunch was late.\n"
    post = read((Act.TALK, "Roses", "", {}), (Act.TALK, "Roses", "", {"alone": True, "within": "tulips"}), text=text)
    assert (len(post.talks), [passage.text for passage in post.outro]) == (2, ["Lunch was late."])


ROLED = "# Acme Conf 2019\n\n## Intro\n\n* Hello\n\n{}\n\n* Water\n\n## Tulips by Cy Dow\n\n* Red\n"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Ann Lee, CTO, Acme", False),
        ("Ann Lee, Chief Gardener at Initech", False),
        ("Ann Lee (Senior Engineer for Roses, Moss and all that grows on the walls of very old houses, Acme)", False),
        ("* Ann Lee, CTO, Acme", False),
        ("Ann Lee - Moss on walls", True),
        ("Ann Lee, Moss engineering in practice", True),
        ("Ann Lee, CTO, Acme, said that moss is green", True),
    ],
)
@pytest.mark.parametrize("acts", [(Act.TALK,), (Act.TALK, Act.DETAILS)])
def test_role_alone_is_no_takeaway_beside_an_editors_speaker(line, kept, acts):
    """The editor gave title and speaker of the talk."""
    text = ROLED.format(line)
    lines = read_anchor_lines(text)
    anchor = make_anchor(lines, lines.index(line) + 1)
    said = [Correction(act, anchor, anchor, "Growing" if act is acts[-1] else "") for act in acts]
    said[-1] = replace(said[-1], speakers=(ParsedSpeaker("Ann Lee"),))
    post = parse_post(text, name="notes.md", corrections=said)
    [talk] = [talk for talk in post.talks if talk.title == "Growing"]
    assert (line.removeprefix("* ") in [unit.text for unit in talk.walk()]) is kept


MARGIN = """# Acme Conf 2019

Monday
Roses in winter - Ann Lee
 - they like it cold
 - cut them back
Watering moss - Bob Roy
 - rain is best
   - soft water
Tuesday
Stones and their uses - Eve Fox
 - paths
 - walls
Fences - Una Verde
 - wood
"""


@pytest.mark.parametrize("days_first", [True, False])
def test_lines_at_the_margin_below_lists_begin_talks_and_days(days_first):
    lines = read_anchor_lines(MARGIN)
    days = [(Act.DAY, 3, 1), (Act.DAY, 10, 2)]
    begun = [(Act.TALK, line, None) for line in (4, 7, 11, 14)]
    said = [
        Correction(act, anchor, anchor, day=day)
        for act, line, day in (days + begun if days_first else begun + days)
        for anchor in [make_anchor(lines, line)]
    ]
    post = parse_post(MARGIN, name="notes.md", corrections=said)
    assert [(talk.title, talk.day, [unit.text for unit in talk.walk()]) for talk in post.talks] == [
        ("Roses in winter", 1, ["they like it cold", "cut them back"]),
        ("Watering moss", 1, ["rain is best", "soft water"]),
        ("Stones and their uses", 2, ["paths", "walls"]),
        ("Fences", 2, ["wood"]),
    ]
    assert find_misplaced(MARGIN, post) == {}


def test_a_line_at_the_margin_can_end_a_talk():
    text = "# Acme Conf 2019\n\nRoses in winter\n - they like it cold\nlunch was good\n - rice\n - beans\n"
    lines = read_anchor_lines(text)
    begun, ended = (make_anchor(lines, line) for line in (3, 5))
    said = [Correction(Act.TALK, begun, begun), Correction(Act.END, ended, ended)]
    [talk] = parse_post(text, name="notes.md", corrections=said).talks
    assert [unit.text for unit in talk.walk()] == ["they like it cold"]


def test_title_lines_stay_so_when_editors_mend_their_titles():
    text = (
        "# Acme Conf 2019\n\n10:30 Hall B Growing roses in winter, Ann Lee\n* they like it cold\n\n"
        "11:30 Hall A Moss in summer, Bob Roy\n* rain is best\n"
    )
    anchor = make_anchor(read_anchor_lines(text), 3)
    post = parse_post(text, name="notes.md", corrections=[Correction(Act.DETAILS, anchor, anchor, title="Roses")])
    assert [(talk.title, [unit.text for unit in talk.walk()]) for talk in post.talks][:1] == [
        ("Roses", ["they like it cold"])
    ]
    assert find_misplaced(text, post) == {}

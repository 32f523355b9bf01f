"""Corrections of a reading: what each does, that they hold through edits elsewhere, and that no line is lost."""

import random

import pytest

from talks.parsing import (
    Act,
    Anchor,
    Correction,
    ParsedSpeaker,
    make_anchor,
    parse_post,
    read_anchor_lines,
    read_correction,
    store_correction,
)
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
SECOND = ("Second Things", ["Ben Roe"], ["Three", "Some closing words on gardens.", "Third things", "Four"])


def codes(post):
    return [said.code for said in post.diagnostics]


def test_without_corrections_it_is_read_by_evidence():
    assert tell(read()) == [FIRST, SECOND]


def test_a_line_becomes_a_talk_and_takes_what_is_below_it():
    post = read(Correction(Act.TALK, at("Third things")))
    assert tell(post) == [FIRST, (*SECOND[:2], SECOND[2][:2]), ("Third things", [], ["Four"])]


def test_a_talk_has_the_title_and_the_speakers_that_were_said():
    said = Correction(Act.TALK, at("Third things"), None, "Third", (ParsedSpeaker("Cy Dow", "Acme"),), 2)
    talk = read(said).talks[-1]
    assert (talk.title, talk.speakers, talk.day) == ("Third", (ParsedSpeaker("Cy Dow", "Acme"),), 2)


def test_a_talk_ends_with_the_last_line_that_was_said():
    post = read(Correction(Act.TALK, at("Third things"), at("Third things")), Correction(Act.END, at("* Four")))
    assert tell(post)[-1] == ("Third things", [], [])
    assert [passage.text for passage in post.outro] == ["* Four"]


def test_a_list_item_becomes_a_talk():
    post = read(Correction(Act.TALK, at("* Two"), None, "Two"))
    assert tell(post) == [(*FIRST[:2], []), ("Two", [], []), SECOND]
    assert [passage.text for passage in post.unplaced] == ["* One"]


def test_what_is_no_talk_goes_back_to_the_rest():
    post = read(Correction(Act.NO_TALK, at("## Second")))
    assert tell(post) == [FIRST]
    assert "## Second Things by Ben Roe" in [passage.text for passage in post.outro]


def test_a_talk_joins_the_one_above():
    [talk] = tell(read(Correction(Act.ABOVE, at("## Second"))))
    assert talk[:2] == FIRST[:2]
    assert talk[2][:2] + talk[2][-1:] == ["One", "Two", "Four"]


def test_lines_that_stood_outside_become_takeaways():
    ended = Correction(Act.END, at("Some closing"))
    assert tell(read(ended))[-1] == (*SECOND[:2], ["Three"])
    assert tell(read(ended, Correction(Act.ABOVE, at("Some closing"), at("* Four")))) == [FIRST, SECOND]


def test_details_change_what_they_say_and_no_more():
    post = read(Correction(Act.DETAILS, at("## First"), None, "", (ParsedSpeaker("Anne Lee"),)))
    assert tell(post) == [("First Things", ["Anne Lee"], ["One", "Two"]), SECOND]


def test_an_answer_for_the_post_goes_over_its_own_block():
    text = POST.replace("---\n\nHello", "confnotes: {series: Other, visibility: private}\n---\n\nHello")
    said = Correction(Act.POST, post=(("series", "Acme Conf"), ("visibility", "public"), ("year", 2018)))
    post = read(said, text=text)
    assert (post.conference.series, post.conference.year, post.visibility) == ("Acme Conf", 2018, "public")


def test_a_correction_holds_when_the_post_changes_elsewhere():
    said = Correction(Act.TALK, at("Third things"))
    text = POST.replace("Hello.", "Hello.\n\nThird things to come.\n\n* More").replace("* One", "* Won")
    assert read(said, text=text).talks[-1].title == "Third things"


def test_equal_lines_are_told_apart_by_the_line_before():
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
def test_what_no_longer_fits_is_said_and_changes_nothing(correction):
    post = read(correction)
    assert tell(post) == [FIRST, SECOND]
    assert codes(post).count("correction-unfit") == 1


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
            corrections.append(Correction(act, make_anchor(lines, first), last, number=number))
        post = parse_post(text, name="x.md", corrections=corrections)
        assert post.refused or find_misplaced(text, post) == {}, (text, corrections)


def test_corrections_are_stored_and_read_again():
    said = Correction(Act.TALK, at("* Two"), at("* Four"), "Two", (ParsedSpeaker("Cy Dow", "Acme"),), 2, (), 7)
    whole = Correction(Act.POST, post=(("series", "Acme Conf"), ("year", 2018)), number=8)
    for correction in (said, whole):
        assert read_correction(correction.number, correction.act.value, *store_correction(correction)) == correction


@pytest.mark.parametrize(
    ("act", "anchor", "value"),
    [
        ("dance", {}, {}),
        ("talk", {"first": ["x"]}, {}),
        ("talk", {}, {"speakers": ["ab c"]}),
        ("post", {}, {"post": {"id": "x"}}),
        ("post", {}, {"post": {"year": "soon"}}),
        ("post", {}, {"post": {"visibility": "secret"}}),
    ],
)
def test_what_is_no_correction_is_refused(act, anchor, value):
    with pytest.raises(ValueError):
        read_correction(1, act, anchor, value)

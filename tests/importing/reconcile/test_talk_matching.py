from dataclasses import replace

import pytest

from talks.fields import Person
from talks.importing.reconcile.known import KnownTalk, Witness, make_order
from talks.importing.reconcile.talk_matching import match_talks
from talks.models import TalkSource
from talks.parsing import ParsedSpeaker, ParsedTalk


def make_parsed(*titles):
    return [ParsedTalk(title, title, line) for line, title in enumerate(titles, 1)]


def make_talk(pk, title, speakers=(), **changes):
    values = {"title": title, "day": (1, 1), "speakers": speakers}
    return KnownTalk(pk, values, str(pk), pk, withdrawn=False, **changes)


def make_witness(title):
    order = make_order({"published_on": None, "visibility": "public", "withdrawn": False}, "b.md")
    return Witness("b.md", order, 1, {"title": title, "day": (1, 1), "speakers": ()})


def make_sources(*titles, withdrawn=()):
    return [
        TalkSource(pk=pk, talk_id=pk, title=title, position=pk, withdrawn=title in withdrawn)
        for pk, title in enumerate(titles, 1)
    ]


def find(parsed, sources=(), talks=()):
    rows = [*talks, *(make_talk(source.talk_id, source.title) for source in sources)]
    return [match.talk and match.talk.pk for match in match_talks(parsed, sources, {row.pk: row for row in rows})]


@pytest.mark.parametrize(
    ("titles", "last", "found"),
    [
        (["One Thing"], ["One Thing"], [1]),
        (["ONE  thing"], ["One Thing"], [1]),
        (["Another Matter", "One Thing"], ["One Thing", "Another Matter"], [2, 1]),
        (["One Thing and More"], ["One Thing and some More"], [1]),
        (["Something Else"], ["One Thing"], [None]),
        (["Same", "Same"], ["Same"], [1, None]),
        (["Same", "Same"], ["Same", "Same"], [1, 2]),
        (["New", "One Thing"], ["One Thing"], [None, 1]),
        ([], ["One Thing"], []),
    ],
)
def test_talks_match_former_talks_of_the_post_by_similar_titles(titles, last, found):
    assert find(make_parsed(*titles), make_sources(*last)) == found


FIRST, LAST = "Opening words", "Closing words"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (("Moss on walls", "Ann Lee"), ("How walls get green", "Ann Lee"), True),
        (("Moss on walls", ""), ("Why moss likes old walls", ""), True),
        (("Moss on walls", ""), ("Why moss likes old walls", "Ann Lee"), True),
        (("Moss on walls", ""), ("Roses in June", ""), False),
        (("Moss on walls", "Ann Lee"), ("Walls with moss on them", "Bob Roy"), False),
    ],
)
def test_reworded_talks_without_notes_match_by_place_and_speaker(old, new, same):
    """Or by place and words."""
    sources = make_sources(FIRST, old[0], LAST)
    sources[1].speakers = [{"name": old[1]}] if old[1] else []
    parsed = make_parsed(FIRST, new[0], LAST)
    parsed[1] = replace(parsed[1], speakers=(ParsedSpeaker(new[1]),) if new[1] else ())
    assert find(parsed, sources) == [1, 2 if same else None, 3]
    moved = [parsed[0], parsed[2], parsed[1]]  # no longer between the same neighbours
    assert find(moved, sources) == [1, 3, None]


def test_a_withdrawn_talk_that_returns_matches_by_title():
    assert find(make_parsed("One Thing"), make_sources("One Thing", withdrawn=["One Thing"])) == [1]
    assert find(make_parsed("One Thing!"), make_sources("One Thing", withdrawn=["One Thing"])) == [None]


def test_present_talks_match_before_withdrawn_ones():
    old, live = make_sources("Old", "One Thing")
    gone = TalkSource(pk=9, talk_id=9, title="One Thing", position=1, withdrawn=True)
    assert find(make_parsed("One Thing"), [gone, old, live]) == [2]


def test_talks_match_talks_of_other_posts_by_equal_title_only():
    others = [make_talk(7, "One Thing"), make_talk(8, "Another Matter")]
    assert find(make_parsed("one thing", "Another matter or so"), talks=others) == [7, None]


@pytest.mark.parametrize(
    ("day", "speakers", "found"),
    [(2, [], None), (1, [], 7), (None, [], 7), (2, ["Ann Lee"], 7), (2, ["Bob Roe"], None)],
)
def test_equal_titles_on_two_days_match_only_with_common_speakers(day, speakers, found):
    people = tuple(map(ParsedSpeaker, speakers))
    parsed = [ParsedTalk("Keynote", "Keynote", 1, day=day, speakers=people)]
    stored = make_talk(7, "Keynote", speakers=(Person("ann lee"),), witnesses=(make_witness("Keynote"),))
    assert find(parsed, talks=[stored]) == [found]


@pytest.mark.parametrize(
    ("title", "speakers", "found"),
    [
        ("Keynote", ["Bob Roe"], None),
        ("Opening keynote", ["Bob Roe"], None),
        ("Keynote", [], 7),
        ("Keynote", ["Ann Lee"], 7),
        ("Moss", ["Bob Roe"], 7),
    ],
)
def test_keynotes_of_different_people_are_different_talks(title, speakers, found):
    parsed = [ParsedTalk(title, title, 1, speakers=tuple(map(ParsedSpeaker, speakers)))]
    stored = make_talk(7, title, speakers=(Person("ann lee"),), witnesses=(make_witness(title),))
    assert find(parsed, talks=[stored]) == [found]


def test_posts_with_numbers_in_their_paths_are_sorted_by_number():
    said = {"published_on": None, "visibility": "public", "withdrawn": False}
    paths = ["10_last.md", "2_b.md", "1_a.md", "9/12.md", "9/2.md"]
    assert sorted(paths, key=lambda path: make_order(said, path)) == [
        "1_a.md",
        "2_b.md",
        "9/2.md",
        "9/12.md",
        "10_last.md",
    ]


def make_retitled(heading, title):
    (source,) = make_sources(heading)
    source.heading = f"* {heading}"
    return [ParsedTalk(title, source.heading, 1)], [source]


def test_talks_without_notes_match_by_equal_heading_lines():
    """Whatever their titles."""
    parsed, sources = make_retitled("Roses, and How a Garden of Them is Kept", "Roses")
    assert find(parsed, sources) == [1]


def test_a_retitled_talk_matches_another_posts_talk_of_that_title():
    parsed, sources = make_retitled("Roses, and How a Garden of Them is Kept", "Roses")
    assert find(parsed, sources, [make_talk(7, "Roses")]) == [7]


def test_an_equal_title_counts_more_than_an_equal_heading_line():
    sources = make_sources("One Thing", "Another Matter")
    for source in sources:
        source.heading = "Talk"
    assert find([ParsedTalk("Another Matter", "Talk", 1), ParsedTalk("Quite New", "Talk", 2)], sources) == [2, 1]


def test_talks_retitled_by_editors_match_the_title_in_other_posts():
    assert find(make_parsed("One Thing"), talks=[make_talk(7, "By Hand", witnesses=(make_witness("One Thing"),))]) == [
        7
    ]


def test_two_talks_of_a_post_never_match_one_stored_talk():
    assert find(make_parsed("Same", "Same"), talks=[make_talk(7, "Same")]) == [7, None]
    assert find(make_parsed("Same", "Same"), talks=[make_talk(7, "Same"), make_talk(8, "Same")]) == [7, 8]

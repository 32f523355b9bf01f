from types import SimpleNamespace

import pytest

from talks.models import Conference, Post, Speaker, Tag, TaggedTakeaway, Takeaway, Talk
from talks.related import add_events, add_remainders, add_tags, add_takeaways, find_recent_tags
from talks.related.highlights import rank_takeaway
from tests import builders as make

pytestmark = pytest.mark.django_db


def list_tags(rows, path, *, staff=False, but=()):
    rows = list(rows)
    add_tags(rows, path, staff=staff, but=but)
    return {str(row): [tag.name for tag in row.telling] for row in rows}


def quote(talk, *, staff=False):
    rows = list(Talk.objects.filter(pk=talk.pk))
    add_takeaways(rows, staff=staff)
    return [takeaway.text for takeaway in rows[0].quoted]


def test_lists_for_a_tag_quote_takeaways_that_mention_it():
    talk = make.make_talk(
        "One", takeaways=["Always measure 10 times before you cut, never once", "Boxes of Docker were seen there"]
    )
    Takeaway.objects.get(text__contains="Docker").tags.add("Docker")
    rows = [talk, make.make_talk("Two", takeaways=["Of this talk no takeaway mentions it"])]
    add_takeaways(rows, staff=False, tag=Tag.objects.get(name="Docker"))
    assert [row.quoted[0].text for row in rows] == [
        "Boxes of Docker were seen there",
        "Of this talk no takeaway mentions it",
    ]


def test_takeaways_with_a_refused_tag_are_not_quoted_for_it():
    texts = ["Nobody should ever write a cache without a test", "We saw in the hall that caches were sold there"]
    talk = make.make_talk("One", takeaways=texts)
    refused = Takeaway.objects.get(text=texts[1])
    refused.tags.add("Caches")
    TaggedTakeaway.objects.filter(content_object=refused).update(refused=True)
    add_takeaways([talk], staff=False, tag=Tag.objects.get(name="Caches"))
    assert [quoted.text for quoted in talk.quoted] == texts[:1]


def make_conferences():
    """Make a conference with two talks on Erlang, one of them on Riak too, and six others; all talks are on Testing."""
    here = make.make_day(make.make_conference("Here", 2011), 1)
    make.make_talk("One", here, speakers=["Joe"], tags=["Erlang", "Testing"])
    make.make_talk("Two", here, speakers=["Joe"], tags=["Erlang", "Testing", "Riak"])
    for number in range(6):
        there = make.make_day(make.make_conference(f"There {number}", 2012), 1)
        make.make_talk("Three", there, tags=["Testing"])


def test_tags_of_few_talks_rank_higher_of_one_lowest():
    make_conferences()
    found = list_tags(Conference.objects.filter(year=2011), "conference")
    assert found == {"Here 2011": ["Erlang", "Testing", "Riak"]}


def test_speakers_talks_and_posts_in_lists_get_highlighted_tags():
    make_conferences()
    post = make.make_post("A post", day=make.make_day(make.make_conference("Here", 2011), 1))
    make.make_source(Talk.objects.get(title="One"), post)
    assert list_tags(Speaker.objects.all(), "speakers") == {"Joe": ["Erlang", "Testing", "Riak"]}
    assert list_tags(Talk.objects.filter(title="One"), "pk") == {"One": ["Erlang", "Testing"]}
    assert list_tags(Post.objects.all(), "sources__post") == {"A post": ["Erlang", "Testing"]}


def test_tags_of_talks_that_left_a_post_are_not_highlighted():
    talk = make.make_talk("One", tags=["Erlang"])
    make.make_source(talk, make.make_post("A post"), withdrawn=True)
    assert list_tags(Post.objects.all(), "sources__post") == {"A post": []}


def test_tags_of_drafts_are_highlighted_for_staff_only():
    make.make_talk("Secret", post=make.make_post(visibility="draft"), tags=["Hush"], speakers=["Joe"])
    assert list_tags(Speaker.objects.all(), "speakers") == {"Joe": []}
    assert list_tags(Speaker.objects.all(), "speakers", staff=True) == {"Joe": ["Hush"]}


def test_at_most_four_tags_are_highlighted_and_excluded_ones_never():
    make.make_talk("Many", tags=["A", "B", "C", "D", "E", "F"])
    assert list_tags(Talk.objects.all(), "pk", but=["b"]) == {"Many": ["A", "C", "D", "E"]}


def test_a_takeaway_that_claims_something_is_quoted_first():
    post = make.make_post()
    talk = make.make_talk(post=post)
    make.make_takeaway(talk, "I really enjoyed this talk, which was the best of my whole week", post=post)
    make.make_takeaway(talk, "A timeout that is longer than its caller's is never of any use to anybody", post=post)
    make.make_takeaway(talk, "There were three kinds of caches that the speaker went on to show:", post=post)
    assert quote(talk) == ["A timeout that is longer than its caller's is never of any use to anybody"]


@pytest.mark.parametrize(("text", "kind"), [("Too short", "point"), ("x " * 400, "point"), ("y = 1; " * 10, "code")])
def test_very_short_or_long_takeaways_and_code_are_not_quoted(text, kind):
    talk = make.make_talk()
    make.make_takeaway(talk, text, kind=kind)
    assert quote(talk) == []


def test_takeaways_of_drafts_are_quoted_for_staff_only():
    talk = make.make_talk(post=make.make_post())
    text = "What only a draft says must never be quoted"
    make.make_takeaway(talk, text, post=make.make_post("Draft", visibility="draft"))
    assert (quote(talk), quote(talk, staff=True)) == ([], [text])


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"mentions": 1}, {}),
        ({"kind": "quote"}, {}),
        ({}, {"parent": 1}),
        ({}, {"text": "The speaker went on to show us how to:"}),
        ({}, {"text": "More of it stands at https://example.org/what/is/said"}),
    ],
)
def test_takeaways_understandable_by_themselves_rank_higher(better, worse):
    row = {
        "text": "Caches are for what is read often by many people",
        "kind": "point",
        "parent": None,
        "mentions": 0,
    }
    assert rank_takeaway(SimpleNamespace(**row | better)) > rank_takeaway(SimpleNamespace(**row | worse))


def test_a_speakers_conferences_are_added_latest_first():
    for year in (2011, 2014, 2012):
        make.make_talk(f"In {year}", make.make_day(make.make_conference("Series", year), 1), speakers=["Ann Lee"])
    make.make_talk("Hidden", make.make_day(make.make_conference("Series", 2020), 1), speakers=["Ann Lee"], hidden=True)
    speakers = list(Speaker.objects.all())
    add_events(speakers, staff=False)
    assert [event.year for event in speakers[0].events] == [2014, 2012, 2011]


def test_unplaced_lines_and_diagnostics_except_notes_are_counted():
    post = make.make_post()
    post.lines += [[8, 9, "unplaced"], [12, 12, "unplaced"], [13, 14, "outro"]]
    post.diagnostics = [{"severity": "warning"}, {"severity": "error"}, {"severity": "note"}]
    add_remainders([post])
    assert (post.unplaced, post.warnings) == (3, 2)


def test_recent_tags_come_from_the_latest_talks(monkeypatch):
    monkeypatch.setattr("talks.related.highlights._RECENT_TALKS", 2)
    for year, tag in ((2011, "Erlang"), (2019, "Rust")):
        for number in range(3):
            make.make_talk(f"{number}", make.make_day(make.make_conference("Series", year), 1), tags=[tag])
    found = find_recent_tags(Talk.objects.visible(), staff=False, limit=5)
    assert [tag.name for tag in found] == ["Rust"]

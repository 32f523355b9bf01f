"""Rows that are loaded as a column of another row are those of the subquery, in its order."""

from datetime import date

import pytest
from django.db.models import OuterRef

from talks.models import Appearance, Post, Speaker, Takeaway, Talk, list_noting_posts
from talks.models.subqueries import ListedRows
from tests import builders as make

pytestmark = pytest.mark.django_db


def read_names(talk):
    return [(speaker.name, speaker.slug, speaker.affiliation) for speaker in talk.given_by]


def test_speakers_come_with_each_talk_in_one_query(django_assert_num_queries):
    make.make_talk("First", speakers=['Zoë "Z" O\'Neil', "Ada\\Lovelace", "李 明"])
    make.make_talk("Second")
    Appearance.objects.filter(position=2).update(affiliation="A & <B>\n\u2028")
    with django_assert_num_queries(1):
        first, second = Talk.objects.with_cards().order_by("title")
        found = read_names(first)
    rows = Appearance.objects.filter(talk=first).order_by("position")
    assert found == list(rows.values_list("speaker__name", "speaker__slug", "affiliation"))
    assert (len(found), read_names(second)) == (3, [])


def test_tags_come_with_each_takeaway_by_name():
    talk = make.make_talk()
    make.make_takeaway(talk, "One", tags=["Zig", "ada", "C++"])
    make.make_takeaway(talk, "Two")
    rows = Takeaway.objects.with_mentions().order_by("pk")
    assert [[tag.name for tag in row.mentioned] for row in rows] == [["ada", "C++", "Zig"], []]


def test_posts_with_notes_come_with_a_talk_the_earliest_first():
    talk = make.make_talk(post=make.make_post("Later", key="l.md", published_on=date(2018, 3, 4), writer="Ann"))
    for title, fields in (
        ("Undated", {"published_on": None}),
        ("Draft", {"visibility": "draft"}),
        ("Earlier", {"published_on": date(2017, 1, 2)}),
    ):
        post = make.make_post(title, key=f"{title}.md", day=talk.day, **fields)
        make.make_takeaway(talk, title, post=post)
    Post.objects.filter(title="Earlier").update(front_matter={"canonical": "https://example.org/ä\"'"})
    for staff, drafts in ((False, []), (True, ["Draft"])):
        posts = Talk.objects.annotate(noted_in=list_noting_posts(staff=staff)).get().noted_in
        assert [post.title for post in posts] == ["Earlier", *drafts, "Later", "Undated"]
        stored = Post.objects.in_bulk([post.pk for post in posts])
        for name in ("published_on", "original_url", "language", "visibility", "writer"):
            assert [getattr(post, name) for post in posts] == [getattr(stored[post.pk], name) for post in posts]


def test_a_subquery_may_have_equal_column_names_and_a_limit():
    for number in range(3):
        make.make_talk(f"Talk {number}", speakers=["Ada"])
    talks = Talk.objects.filter(appearances__speaker=OuterRef("pk")).order_by("-title")
    listed = ListedRows(talks.values_list("title", "conference__slug", "slug")[:2], "{} {} {}".format)
    [speaker] = Speaker.objects.annotate(told=listed)
    slug = Talk.objects.first().conference.slug
    assert speaker.told == [f"Talk {number} {slug} talk-{number}" for number in (2, 1)]

from datetime import date

import pytest

from talks.derived import renew
from talks.models import Conference, Day, Post, Reference, Series, Speaker, Tag, Takeaway, Talk, Writer, count_rows
from tests import builders as make

pytestmark = pytest.mark.django_db

BEHIND = [Series, Conference, Day, Speaker, Writer, Tag, Reference]


def names(rows):
    return [str(row) for row in rows]


def make_whole(**post_fields):
    """Make a post with a talk, a speaker, a tag, a takeaway and a reference."""
    day = make.make_day(make.make_conference("Series", 2020), number=1)
    post = make.make_post("Post", day=day, key="post.md", tags=["Of post"], **post_fields)
    talk = make.make_talk("Talk", post=post, speakers=["Speaker"], tags=["Of talk"], takeaways=["Takeaway"])
    make.make_takeaway(talk, "Mentioning", post=post, tags=["Of takeaway"])
    make.make_citation(talk, "https://example.org/a")
    return talk


def count_visible(*, staff=False):
    return {model.__name__: model.objects.visible(staff=staff).count() for model in [Post, Talk, Takeaway, *BEHIND]}


WHOLE = {
    "Post": 1, "Talk": 1, "Takeaway": 2, "Series": 1, "Conference": 1, "Day": 1, "Speaker": 1, "Writer": 1, "Tag": 3,
    "Reference": 1,
}  # fmt: skip
NOTHING = dict.fromkeys(WHOLE, 0)
OF_POST = {"Post": 1, "Series": 1, "Conference": 1, "Day": 1, "Writer": 1, "Tag": 1}


def test_public_notes_are_visible_to_all():
    make_whole()
    assert count_visible() == count_visible(staff=True) == WHOLE


@pytest.mark.parametrize("visibility", ["draft", "private"])
def test_drafts_and_private_posts_are_visible_to_staff(visibility):
    make_whole(visibility=visibility)
    assert count_visible() == NOTHING
    assert count_visible(staff=True) == WHOLE


def test_rows_of_a_withdrawn_post_are_invisible():
    make_whole(withdrawn=True)
    assert count_visible() == count_visible(staff=True) == NOTHING


@pytest.mark.parametrize("field", ["hidden", "withdrawn"])
def test_the_post_of_a_hidden_or_withdrawn_talk_stays_visible(field):
    talk = make_whole()
    Talk.objects.filter(pk=talk.pk).update(**{field: True})
    renew([talk.pk])
    assert count_visible() == count_visible(staff=True) == NOTHING | OF_POST


def test_a_post_that_lost_its_talk_stays_visible():
    talk = make_whole()
    talk.sources.update(withdrawn=True)
    renew([talk.pk])
    assert count_visible() == NOTHING | OF_POST


def test_a_withdrawn_takeaway_hides_its_tags_and_citations():
    talk = make_whole()
    takeaway = make.make_takeaway(talk, "Gone", post=talk.sources.get().post, tags=["Gone"])
    make.make_citation(talk, "https://example.org/gone", takeaway=takeaway)
    Takeaway.objects.filter(pk=takeaway.pk).update(withdrawn=True)
    renew([talk.pk])
    assert count_visible() == WHOLE


def test_a_talk_made_by_an_editor_is_visible():
    talk = make.make_talk("By hand", speakers=["Speaker"], takeaways=["Takeaway"])
    assert list(Talk.objects.visible()) == [talk]
    assert names(Takeaway.objects.visible()) == ["Takeaway"]


def test_a_talk_with_one_public_post_is_visible():
    talk = make_whole()
    draft = make.make_post("Draft", day=talk.day, visibility="draft", key="d.md")
    make.make_source(talk, draft)
    make.make_takeaway(talk, "Draft words", post=draft)
    assert names(Talk.objects.visible()) == ["Talk"]
    assert names(Takeaway.objects.visible().in_reading_order()) == ["Takeaway", "Mentioning"]
    Post.objects.filter(title="Post").update(visibility="private")
    renew([talk.pk])
    assert names(Talk.objects.visible()) == []


def test_withdrawn_takeaways_of_drafts_count_as_gone_for_staff_only():
    talk = make_whole()
    make.make_takeaway(talk, "Gone", post=talk.sources.get().post, withdrawn=True)
    assert names(Takeaway.objects.gone()) == ["Gone"]
    Post.objects.update(visibility="draft")
    assert names(Takeaway.objects.gone()) == []
    assert names(Takeaway.objects.gone(staff=True)) == ["Gone"]


def test_talks_are_newest_first_then_in_programme_order():
    for series, year, number in [("B", 2017, 2), ("B", 2017, 1), ("A", 2017, 1), ("C", None, None), ("D", 2019, None)]:
        day = make.make_day(make.make_conference(series, year), number=number)
        for position in (1, 2):
            make.make_talk(f"{series}{number or ''}.{position}", day)
    assert names(Talk.objects.newest_first()) == [
        "D.1", "D.2", "A1.1", "A1.2", "B1.1", "B1.2", "B2.1", "B2.2", "C.1", "C.2",
    ]  # fmt: skip


def test_talks_of_a_conference_come_day_by_day():
    conference = make.make_conference()
    for number in (2, None, 1):
        make.make_talk(f"Day {number}", make.make_day(conference, number=number))
    assert names(Talk.objects.in_programme_order()) == ["Day None", "Day 1", "Day 2"]


def test_posts_without_date_are_sorted_by_their_conferences_year():
    for name, year in (("A", 2012), ("B", None), ("C", 2025)):
        make.make_post(name, day=make.make_day(make.make_conference("GardenConf", year), None), published_on=None)
    assert names(Post.objects.newest_first()) == ["C", "A", "B"]


def test_posts_are_newest_first():
    for key, day in [("b", date(2017, 1, 1)), ("a", date(2017, 1, 1)), ("c", None), ("d", date(2018, 1, 1))]:
        make.make_post(key.upper(), key=f"{key}.md", published_on=day)
    assert names(Post.objects.newest_first()) == ["D", "A", "B", "C"]


def test_takeaways_are_ordered_post_by_post():
    day = make.make_day()
    undated = make.make_post("Undated", day=day, published_on=None, key="u.md")
    late = make.make_post("Late", day=day, published_on=date(2018, 1, 1), key="a.md")
    early = make.make_post("Early", day=day, published_on=date(2017, 1, 1), key="z.md")
    talk = make.make_talk(post=undated, takeaways=["3a", "3b"])
    for post, texts in ((late, ["2a", "2b"]), (early, ["1a", "1b"]), (None, ["4a", "4b"])):
        for text in texts:
            make.make_takeaway(talk, text, post=post)
    ordered = Takeaway.objects.in_reading_order()
    assert names(ordered) == ["1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b"]


def test_filtering_talks_by_tags_counts_tags_of_takeaways_too():
    both = make.make_talk("Both", tags=["Docker", "AWS"])
    mixed = make.make_talk("Mixed", tags=["Docker"])
    make.make_takeaway(mixed, "On AWS", tags=["AWS"])
    gone = make.make_talk("Gone", tags=["Docker"])
    make.make_takeaway(gone, "On AWS", tags=["AWS"], withdrawn=True)
    make.make_talk("Neither", tags=["Go"])
    docker, aws = make.make_tag("Docker"), make.make_tag("AWS")
    assert set(Talk.objects.tagged([docker])) == {both, mixed, gone}
    assert set(Talk.objects.tagged([docker, aws])) == {both, mixed}
    assert Talk.objects.tagged([]).count() == 4


def test_neighbours_are_the_nearest_visible_talks_of_the_day():
    day = make.make_day()
    first, _, second = (make.make_talk(title, day, hidden=title == "B") for title in "ABC")
    third = make.make_talk("D", day)
    alone = make.make_talk("Alone", make.make_day(number=1))
    rows = Talk.objects.with_neighbours(staff=False).values_list("pk", "before", "after")
    assert {pk: sides for pk, *sides in rows if pk in {first.pk, second.pk, third.pk, alone.pk}} == {
        first.pk: [None, second.pk],
        second.pk: [first.pk, third.pk],
        third.pk: [second.pk, None],
        alone.pk: [None, None],
    }


def test_tags_of_talks_are_counted_in_these_talks_commonest_first():
    make.make_talk("One", tags=["A", "B"])
    make.make_talk("Two", tags=["B", "C"])
    make.make_talk("Hidden", tags=["C", "D"], hidden=True)
    beside = Tag.objects.of_talks(Talk.objects.visible())
    assert [(tag.name, tag.talk_count) for tag in beside] == [("B", 2), ("A", 1), ("C", 1)]


def test_counts_include_visible_rows_only():
    make_whole()
    make.make_talk("Hidden", speakers=["Speaker"], tags=["Of talk"], hidden=True, day=Day.objects.get())
    draft = make.make_post("Draft", day=Day.objects.get(), visibility="draft", key="d.md")
    make.make_talk("Draft talk", post=draft, speakers=["Speaker"], tags=["Of talk"])
    for rows in (Speaker.objects, Conference.objects, Tag.objects.filter(name="Of talk")):
        counts = [rows.with_counts(staff=staff).get().talk_count for staff in (False, True)]
        assert counts == [1, 2]
    assert [Writer.objects.with_counts(staff=staff).get().post_count for staff in (False, True)] == [1, 2]
    assert Post.objects.with_counts().get(title="Post").talk_count == 1


def test_names_are_sorted_without_regard_to_case_and_accents():
    for name in ["Zoë", "émile", "Ada", "Ólafur", "zack"]:
        make.make_talk(f"By {name}", speakers=[name])
    assert names(Speaker.objects.by_name()) == ["Ada", "émile", "Ólafur", "zack", "Zoë"]
    assert Speaker.objects.letters() == ["a", "e", "o", "z"]
    assert names(Speaker.objects.beginning_with("z").by_name()) == ["zack", "Zoë"]


def test_tags_only_of_posts_are_on_no_visible_talk():
    talk = make_whole()
    make.make_post("Second", day=talk.day, key="s.md", tags=["Of talk", "Of second"])
    own = Tag.objects.only_of_posts(Post.objects.all(), Talk.objects.visible())
    assert names(own.by_name()) == ["Of post", "Of second"]


def test_two_counts_of_rows_in_one_query_stay_correct():
    talk = make_whole()
    make.make_talk("Second", talk.day, speakers=["Speaker", "Other"])
    counted = Talk.objects.annotate(
        speaker_count=count_rows(Talk.speakers.through.objects.all(), "talk"),
        takeaway_count=count_rows(Takeaway.objects.all(), "talk"),
    )
    found = {row.title: (row.speaker_count, row.takeaway_count) for row in counted}
    assert found == {"Talk": (1, 2), "Second": (2, 0)}

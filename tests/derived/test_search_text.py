"""The search text of talks."""

import pytest

from talks.derived import find_stale_search_text, refresh_search_text
from talks.models import SearchText, Series
from tests.builders import make_conference, make_day, make_post, make_tag, make_takeaway, make_talk

pytestmark = pytest.mark.django_db


def test_the_search_text_holds_all_words_of_the_talk():
    post = make_post(day=make_day(make_conference("QCon London", 2017), 2))
    talk = make_talk("Scaling Instagram", post=post, speakers=["Lisa Guo", "Jonas Bonér"], tags=["Django", "C++"])
    make_takeaway(talk, "See [the *post*](https://example.org/hidden)", post=post)
    make_takeaway(talk, "Gone", withdrawn=True)
    talk.appearances.filter(position=1).update(affiliation="Facebook, Inc.")
    refresh_search_text([talk.pk])
    assert SearchText.objects.get().words.split("\n") == [
        " scaling instagram ",
        " qcon london 2017 ",
        " lisa guo ",
        " facebook inc ",
        " jonas boner ",
        " c++ ",
        " django ",
        " see the post ",
        "",
    ]
    assert find_stale_search_text() == []


def test_a_conference_without_a_year():
    make_talk("Title", make_day(make_conference("QCon", None), None))
    assert SearchText.objects.get().words == " title \n qcon \n"


@pytest.mark.parametrize(
    "change",
    [
        lambda talk: talk.__class__.objects.update(title="Other"),
        lambda talk: Series.objects.update(name="Other"),
        lambda talk: talk.speakers.update(name="Other"),
        lambda talk: talk.appearances.update(affiliation="Other"),
        lambda talk: talk.takeaways.update(text="Other"),
        lambda talk: talk.takeaways.update(withdrawn=True),
        lambda talk: talk.tagged.create(tag=make_tag("Other"), origin="editor"),
        lambda talk: SearchText.objects.all().delete(),
        lambda talk: SearchText.objects.update(words=""),
    ],
)
def test_each_change_makes_the_search_text_stale_until_refreshed(change):
    talk = make_talk(post=make_post(), speakers=["Lisa Guo"], takeaways=["One"])
    make_talk("A second one", make_day(make_conference("Devoxx", 2018), 1))
    change(talk)
    found = find_stale_search_text()
    assert talk.pk in found
    refresh_search_text(found)
    assert find_stale_search_text() == []


def test_right_search_text_is_not_written_again(django_assert_num_queries):
    talk = make_talk(post=make_post(), takeaways=["One"])
    with django_assert_num_queries(5):
        refresh_search_text([talk.pk])
    refresh_search_text([])
    refresh_search_text([talk.pk + 1])
    assert SearchText.objects.count() == 1


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    talks = [make_talk(f"Talk {n}", speakers=["Lisa Guo"], takeaways=["One", "Two"]).pk for n in range(10)]
    SearchText.objects.all().delete()
    with django_assert_num_queries(6):
        refresh_search_text(talks)
    assert SearchText.objects.count() == 10


def test_a_talk_of_drafts_alone_has_search_text_for_staff():
    draft = make_post(visibility="draft")
    talk = make_talk("Title", post=draft, takeaways=["Secret"])
    assert " secret " in SearchText.objects.get(talk=talk).words
    draft.visibility = "public"
    draft.save()
    assert find_stale_search_text() == []

"""The search text of talks and posts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from talks.derived import find_stale_search_text, refresh_passages, refresh_search_text, rewrite_search_text
from talks.models import Post, SearchBlock, SearchDocument, SearchPosting, SearchWord, Series, Tag, Takeaway, Talk
from talks.search import locate, search
from talks.search.postings import unpack_places
from tests.builders import (
    make_citation,
    make_conference,
    make_day,
    make_post,
    make_source,
    make_tag,
    make_takeaway,
    make_talk,
    read_words,
)

pytestmark = pytest.mark.django_db


def find(text, **options):
    results = search(text, **options)
    return [hit.talk.title for hit in results.load_talks(results.rows)]


def list_typed(talk):
    """Return the words without those that begin with a sign, since nobody types such words."""
    return sorted(word for word in read_words(talk) if word[0] > "\x03")


def test_all_words_of_a_talk_are_indexed():
    post = make_post("Notes", day=make_day(make_conference("QCon London", 2017), 2), tags=["Cloud"])
    talk = make_talk("Scaling Instagram", post=post, speakers=["Jonas Bonér"], tags=["C++"])
    make_takeaway(talk, "See [the *post*](https://example.org/hidden)", post=post)
    make_takeaway(talk, "Gone", withdrawn=True)
    talk.appearances.update(affiliation="Facebook, Inc.")
    refresh_search_text([talk.pk])
    expected = "scaling instagram qcon london 2017 day 2 jonas boner facebook inc c++ see the post notes cloud"
    assert list_typed(talk) == sorted(expected.split())
    assert find_stale_search_text() == []


def test_text_of_a_post_outside_talks_is_indexed():
    post = make_post("Notes from there", intro="It rained.\n\nAnd it poured.")
    talk = make_talk("Rust", post=post, takeaways=["Borrow"])
    refresh_passages([post.pk])
    assert [(hit.post, hit.text) for hit in search("poured").posts] == [(post, "And it poured.")]
    assert search("borrow").posts == []
    assert [hit.talk for hit in search("borrow").load_talks(search("borrow").rows)] == [talk]


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda talk: Talk.objects.update(title="Other"),
        lambda talk: Talk.objects.update(hidden=True),
        lambda talk: Series.objects.update(name="Other"),
        lambda talk: Series.objects.update(aliases=["Other"]),
        lambda talk: talk.speakers.update(name="Other"),
        lambda talk: talk.appearances.update(affiliation="Other"),
        lambda talk: talk.takeaways.update(text="Other"),
        lambda talk: talk.takeaways.update(withdrawn=True),
        lambda talk: talk.tagged.create(tag=make_tag("Other"), origin="editor"),
        lambda talk: talk.takeaways.get().tagged.create(tag=make_tag("Other"), origin="editor"),
        lambda talk: make_citation(talk, "https://example.org/paper.pdf", title="Other"),
        lambda talk: Post.objects.update(title="Other"),
        lambda talk: Post.objects.update(language="de"),
        lambda talk: Post.objects.update(visibility="draft"),
        lambda talk: SearchDocument.objects.all().delete(),
        lambda talk: SearchDocument.objects.update(words=""),
        lambda talk: SearchDocument.objects.update(year=1999),
        lambda talk: SearchPosting.objects.all().delete(),
        lambda talk: SearchPosting.objects.filter(word=b"one").delete(),
        lambda talk: SearchPosting.objects.filter(word=b"one").update(word=b"two"),
        lambda talk: SearchWord.objects.all().delete(),
    ],
)
def test_stale_search_text_is_found_and_refreshed(change):
    talk = make_talk(post=make_post(), speakers=["Lisa Guo"], takeaways=["One"])
    make_talk("A second one", make_day(make_conference("Devoxx", 2018), 1))
    assert find_stale_search_text() == []
    change(talk)
    found = find_stale_search_text()
    assert found
    rewrite_search_text(found)
    assert find_stale_search_text() == []


def test_refreshing_correct_search_text_writes_nothing():
    talk = make_talk(post=make_post(), takeaways=["One"])
    stamps = list(SearchBlock.objects.order_by("block").values_list("block", "stamp"))
    refresh_search_text([talk.pk])
    refresh_search_text([])
    refresh_search_text([talk.pk + 1])
    assert list(SearchBlock.objects.order_by("block").values_list("block", "stamp")) == stamps
    assert list(SearchDocument.objects.filter(key__gt=0).values_list("key", flat=True)) == [talk.pk]


def test_indexing_needs_as_many_queries_for_many_talks_as_few():
    talks = [make_talk(f"Talk {n}", speakers=["Lisa Guo"], takeaways=["One", "Two"]).pk for n in range(24)]
    block = [pk for pk in talks if locate(pk)[0] == locate(talks[11])[0]][:12]  # each block has queries of its own
    SearchDocument.objects.all().delete()
    numbers = []
    for share in (block[:2], block[2:]):
        with CaptureQueriesContext(connection) as queries:
            refresh_search_text(share)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert SearchDocument.objects.count() == 12


def test_words_of_a_deleted_talk_leave_the_index():
    talk = make_talk("Zyzzyva", takeaways=["Kafka"])
    pk = talk.pk
    talk.takeaways.all().delete()
    talk.delete()
    refresh_search_text([pk])
    assert (SearchDocument.objects.count(), SearchPosting.objects.count(), SearchBlock.objects.count()) == (0, 0, 0)


def test_words_of_a_draft_are_indexed_for_staff():
    draft = make_post(visibility="draft")
    talk = make_talk("Title", post=draft, takeaways=["Secret"])
    assert "secret" in read_words(talk)
    assert (find("secret"), find("secret", staff=True)) == ([], ["Title"])
    Post.objects.update(visibility="public")
    assert find_stale_search_text() == [-draft.pk]


def test_a_draft_adds_no_words_to_a_public_talk():
    talk = make_talk("Kafka", post=make_post("One"))
    draft = make_post("Zebra", visibility="draft", tags=["Zeppelin"], writer="Zoe")
    make_source(talk, draft)
    make_takeaway(talk, "Zookeeper goes", post=draft)
    make_citation(talk, "https://example.org/z.pdf", title="Zen", post=draft)
    refresh_search_text([talk.pk])
    assert [word for word in read_words(talk) if word.strip("\x01\x02\x03").startswith("z")] == []


def test_the_index_marks_tags_at_positions_in_talks_titles():
    make_tag("Kubernetes", aliases=["k8s"])
    talk = make_talk("K8s in production", tags=["Kubernetes"], takeaways=["One"])
    (value,) = SearchPosting.objects.filter(word=f"\x01{Tag.objects.get().pk}".encode()).values_list(
        "places", flat=True
    )
    assert unpack_places(bytes(value))[talk.pk % 512] == [0, 144 << 12]


@pytest.mark.parametrize("tags", [["Bb", "Aa"], ["Aa", "Bb"]])
def test_the_index_does_not_depend_on_the_order_of_tags(tags):
    for tag in tags:
        make_tag(tag)
    post = make_post(intro="One", tags=tags)
    talk = make_talk("Two", post=post, tags=tags)
    refresh_search_text([talk.pk])
    refresh_passages([post.pk])
    values = SearchPosting.objects.filter(word=b"bb").values_list("places", flat=True)
    (of_talk, of_post) = (
        unpack_places(bytes(value))[pk % 512]
        for value, pk in zip(values.order_by("-block"), (talk.pk, post.pk), strict=True)
    )
    assert [place >> 12 for place in of_talk] == [145, 226]
    assert [place >> 12 for place in of_post] == [145]


@pytest.mark.slow
class RandomWriting(TestCase):
    """After any sequence of writes, changes and deletions the index equals a freshly built one."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, 4), st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=5)),
            max_size=12,
        )
    )
    def test_refreshing_after_each_edit_leaves_no_stale_search_text(self, steps):
        talks: dict[int, Talk] = {}
        gone: set[int] = set()
        for number, words in steps:
            if number in talks and not words:
                gone.add(talks[number].pk)
                talks.pop(number).delete()
            elif number in talks:
                make_takeaway(talks[number], " ".join(words))
            else:
                talks[number] = make_talk(f"Talk {number}", takeaways=[" ".join(words)] if words else [])
            refresh_search_text({talk.pk for talk in talks.values()} | gone)
        assert find_stale_search_text() == []


def test_headings_above_a_takeaway_are_indexed_with_it():
    talk = make_talk("Gardens", post=make_post())
    note = make_takeaway(talk, "Dark and wet", post=talk.sources.get().post)
    Takeaway.objects.filter(pk=note.pk).update(headings="Moorland")
    refresh_search_text([talk.pk])
    assert find("moorland") == ["Gardens"]

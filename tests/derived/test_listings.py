"""Listings and counts are refreshed for changed talks only, and equal a count of the whole base."""

import random
from collections import Counter
from itertools import combinations_with_replacement

import pytest

from talks.backup import rebuild_base
from talks.derived import find_stale_listings, read_pairs, refresh_listings, renew
from talks.models import Audience, Post, Tag, TaggedTakeaway, TaggedTalk, TagListing, TagPair, Takeaway, Talk
from tests.builders import make_conference, make_day, make_post, make_source, make_tag, make_takeaway, make_talk

pytestmark = pytest.mark.django_db


def list_tags(talk):
    return sorted(TagListing.objects.filter(talk=talk).values_list("tag__name", flat=True))


def count_talks(name, *, staff=False):
    return Tag.objects.with_counts(staff=staff).get(name=name).talk_count


def dump():
    fields = ("tag", "talk", "audience", "year", "series")
    rows = [(*row, bytes(place)) for *row, place in TagListing.objects.order_by("pk").values_list(*fields, "place")]
    talks = [(pk, audience, bytes(place), noted) for pk, audience, place, noted in read_columns()]
    return sorted(rows, key=str), sorted(talks), read_pairs()


def read_columns():
    return Talk.objects.values_list("pk", "audience", "place", "noted")


@pytest.mark.parametrize(
    ("visibilities", "audience"),
    [
        ([], Audience.EVERYONE),
        (["public"], Audience.EVERYONE),
        (["draft", "public"], Audience.EVERYONE),
        (["private", "draft"], Audience.STAFF),
        (["withdrawn"], Audience.NOBODY),
        (["withdrawn", "draft"], Audience.STAFF),
    ],
)
def test_a_talk_is_as_visible_as_its_most_open_post(visibilities, audience):
    talk = make_talk("Talk")
    for number, visibility in enumerate(visibilities):
        gone = visibility == "withdrawn"
        post = make_post(f"Post {number}", visibility="public" if gone else visibility, withdrawn=gone)
        make_source(talk, post)
    refresh_listings([talk.pk])
    assert Talk.objects.get().audience == audience


def test_takeaways_of_a_draft_add_nothing_to_a_public_talk():
    talk = make_talk("Talk", post=make_post("Public"), takeaways=["On Rust"])
    draft = make_post("Draft", visibility="draft")
    make_source(talk, draft)
    make_takeaway(talk, "On Kafka", post=draft)
    make_takeaway(talk, "On nothing", post=draft, tags=["By hand"])
    renew([talk.pk])
    assert list_tags(talk) == ["Rust"]
    assert Talk.objects.get().noted == 1
    Post.objects.filter(title="Public").update(visibility="draft")
    renew([talk.pk])
    assert list_tags(talk) == ["By hand", "Kafka", "Rust"]
    assert (count_talks("Kafka"), count_talks("Kafka", staff=True)) == (0, 1)


def test_hidden_talks_are_counted_nowhere():
    one = make_talk("On Kafka", takeaways=["And Rust"])
    two = make_talk("On Kafka too")
    renew([one.pk, two.pk])
    assert (count_talks("Kafka"), count_talks("Rust")) == (2, 1)
    Takeaway.objects.update(hidden=True)
    renew([one.pk])
    assert (list_tags(one), count_talks("Rust")) == (["Kafka"], 0)
    Talk.objects.filter(pk=one.pk).update(hidden=True)
    renew([one.pk])
    assert (list_tags(one), count_talks("Kafka"), count_talks("Kafka", staff=True)) == ([], 1, 1)


def test_a_refused_tag_is_neither_listed_nor_counted():
    talk = make_talk("On Kafka", takeaways=["One"])
    TaggedTakeaway.objects.create(content_object=talk.takeaways.get(), tag=make_tag("Rust"), origin="editor")
    for name in ("Kafka", "Rust"):
        tag = make_tag(name)
        TaggedTalk.everything.update_or_create(
            content_object=talk, tag=tag, defaults={"origin": "editor", "refused": True}
        )
    renew([talk.pk])
    assert (list_tags(talk), read_pairs()) == ([], {})


def test_deleting_a_talk_lowers_the_counts_of_its_tags():
    one, two = make_talk("On Kafka and Rust"), make_talk("On Kafka")
    renew([one.pk, two.pk])
    gone = one.pk
    one.delete()
    assert list(find_stale_listings()) == [gone]
    renew([gone])
    assert (count_talks("Kafka"), count_talks("Rust")) == (1, 0)
    assert list(TagPair.objects.values_list("tag__name", "other__name", "talks")) == [("Kafka", "Kafka", 1)]
    assert list(find_stale_listings()) == []


def test_lists_sort_by_year_series_conference_day_and_programme():
    due = []
    for series, year in (("B", 2019), ("A", 2018), ("b two", 2018), ("Ä", 2018), ("A", None)):
        for number in (None, 1, 2):
            day = make_day(make_conference(series, year), number)
            due += [make_talk(f"{series} {year} {number} {place}", day).title for place in (1, 2)]
    order = ["B 2019", "A 2018", "Ä 2018", "b two 2018", "A None"]
    due.sort(key=lambda title: order.index(" ".join(title.split()[:-2])))
    assert [talk.title for talk in Talk.objects.visible().newest_first()] == due


@pytest.mark.slow
def test_random_edits_give_the_same_rows_as_a_rebuild():
    """Refreshing reads only changed talks; the resulting rows must not depend on the order of the changes."""
    dice = random.Random(7)
    names = ["Kafka", "Rust", "Docker", "Erlang"]
    posts = [make_post(f"Post {number}", visibility=("public", "draft")[number % 2]) for number in range(4)]
    for number in range(8):
        words = " and ".join(dice.sample(names, 2))
        make_talk(f"Talk {number} on {words}", post=dice.choice(posts), takeaways=dice.sample(names, 2))
    renew(Talk.objects.values_list("pk", flat=True))
    for _ in range(40):
        talk = dice.choice(Talk.objects.order_by("pk"))
        touched = {talk.pk} | change_something(dice, talk, names)
        renew(touched)
    kept = dump()
    assert kept[2] == count_naively()
    TagPair.objects.all().delete()
    TagListing.objects.all().delete()
    Talk.objects.update(audience=0, place=b"", noted=9)
    rebuild_base()
    assert dump() == kept


def change_something(dice, talk, names):
    """Edit the talk, its notes, tags or post at random, or delete it; return ids of all talks that this affects too."""
    step = dice.randrange(7)
    if step == 0:
        Talk.objects.filter(pk=talk.pk).update(hidden=not talk.hidden)
    elif step == 1:
        Talk.objects.filter(pk=talk.pk).update(title=f"Now on {dice.choice(names)}")
    elif step == 2:
        make_takeaway(talk, dice.choice(names), post=talk.sources.get().post)
    elif step == 3:
        talk.takeaways.filter(position=1).update(hidden=True)
    elif step == 4:
        defaults = {"origin": "editor", "refused": dice.random() < 0.5}
        tag = make_tag(dice.choice(names))
        TaggedTalk.everything.update_or_create(content_object=talk, tag=tag, defaults=defaults)
    elif step == 5:
        post = talk.sources.get().post
        Post.objects.filter(pk=post.pk).update(visibility=dice.choice(["public", "draft", "private"]))
        return set(post.sources.values_list("talk", flat=True))
    elif Talk.objects.count() > 4:
        talk.delete()
    return set()


def count_naively():
    """Count pairs of tags directly from the tags of all shown talks."""
    public, drafts = Counter(), Counter()
    for talk in Talk.objects.visible(staff=True):
        is_draft = talk.sources.get().post.visibility != "public"
        tags = sorted(TaggedTalk.objects.filter(content_object=talk).values_list("tag", flat=True))
        (drafts if is_draft else public).update(combinations_with_replacement(tags, 2))
    return {pair: [public[pair], drafts[pair]] for pair in public | drafts}

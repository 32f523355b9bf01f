"""Prepared queries return the same rows as their querysets, and are compiled once."""

import pytest

from talks.models import PreparedRows, Tag, Talk, prepared, read_parts
from tests.builders import make_talk

pytestmark = pytest.mark.django_db


def build_talks(keys, title, *, backwards):
    rows = Talk.objects.filter(pk__in=keys).exclude(title=title).select_related("conference__series")
    return rows.order_by("-pk" if backwards else "pk")


read_talks = prepared(build_talks)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_prepared_query_returns_the_rows_of_its_queryset(backwards):
    keys = [make_talk(title=f"Talk {number}").pk for number in range(9)]
    for count in range(len(keys) + 1):
        asked = (keys[:count], "Talk 1")
        assert read_talks(*asked, backwards=backwards) == list(build_talks(*asked, backwards=backwards))


def test_a_prepared_query_can_run_with_new_values():
    first, second = make_talk(title="One"), make_talk(title="Two")
    asked = ([first.pk], [second.pk], [second.pk, first.pk])
    assert [read_talks(keys, "", backwards=False) for keys in asked] == [[first], [second], [first, second]]
    assert read_talks([first.pk, second.pk], "One", backwards=False) == [second]


def test_a_prepared_query_loads_relations_in_one_query(django_assert_num_queries):
    talk = make_talk()
    with django_assert_num_queries(1):
        assert [str(row.conference) for row in read_talks([talk.pk], "", backwards=False)] == [str(talk.conference)]


def test_a_prepared_query_is_compiled_once_for_each_shape():
    built = []

    @prepared
    def read(keys, *, limit):
        built.append((len(keys), limit))
        return Tag.objects.filter(pk__in=keys).values_list("pk", "name")[:limit]

    for keys, limit in (([1, 2, 3], 5), ([4, 5, 6, 7], 5), ([1], 5), ([1], 6), ([2], 6)):
        assert read(keys, limit=limit) == []
    assert built == [(4, 5), (1, 5), (1, 6)]


def test_prepared_rows_are_cut_like_a_queryset():
    keys = [make_talk(title=f"Talk {number}").pk for number in range(5)]

    @prepared
    def read(day, *, start, stop):
        return Talk.objects.filter(day=day).order_by("pk")[start:stop]

    day = Talk.objects.get(pk=keys[0]).day_id
    rows, expected = PreparedRows(read, day), list(Talk.objects.filter(day=day).order_by("pk"))
    for part in (slice(0, 2), slice(2, 4), slice(4, 5), slice(0, 0)):
        assert rows[part] == expected[part]


def test_a_prepared_query_accepts_longer_collections_than_prepared():
    talk = make_talk()
    assert read_talks([talk.pk, *range(talk.pk + 1, talk.pk + 3000)], "", backwards=False) == [talk]


def test_a_prepared_query_accepts_collections_of_texts():
    @prepared
    def read(titles):
        return Talk.objects.filter(title__in=titles).order_by("pk")

    first, second, third = [make_talk(title=title) for title in ("One", "Two", "Three")]
    asked = (["Two"], ["One", "Two", "Three"], ["None"], [])
    assert [read(titles) for titles in asked] == [[second], [first, second, third], [], []]


def test_preparing_a_query_that_ignores_a_value_raises_an_error():
    @prepared
    def read(keys, other):
        return Tag.objects.filter(pk__in=keys)

    with pytest.raises(ValueError, match="does not compare all of its values"):
        read([1], 2)


def test_several_queries_are_read_by_one_union(django_assert_num_queries):
    keys = [make_talk(title=f"Talk {number}").pk for number in range(3)]
    sql, _ = Talk.objects.filter(pk=0).order_by("pk").values_list("title")[:1].query.sql_with_params()
    with django_assert_num_queries(1):
        assert read_parts([(sql, [key]) for key in keys]) == [("Talk 0",), ("Talk 1",), ("Talk 2",)]
    with django_assert_num_queries(0):
        assert read_parts([]) == []

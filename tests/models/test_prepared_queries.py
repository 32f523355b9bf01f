"""Prepared queries read what their querysets read, and are compiled once."""

import pytest

from talks.models import Tag, Talk, prepared
from tests.builders import make_talk

pytestmark = pytest.mark.django_db


def build_talks(keys, title, *, backwards):
    rows = Talk.objects.filter(pk__in=keys).exclude(title=title).select_related("conference__series")
    return rows.order_by("-pk" if backwards else "pk")


read_talks = prepared(build_talks)


@pytest.mark.parametrize("backwards", [False, True])
def test_prepared_query_reads_what_its_queryset_reads(backwards):
    keys = [make_talk(title=f"Talk {number}").pk for number in range(9)]
    for count in range(len(keys) + 1):
        asked = (keys[:count], "Talk 1")
        assert read_talks(*asked, backwards=backwards) == list(build_talks(*asked, backwards=backwards))


def test_prepared_query_takes_new_values_each_time():
    first, second = make_talk(title="One"), make_talk(title="Two")
    asked = ([first.pk], [second.pk], [second.pk, first.pk])
    assert [read_talks(keys, "", backwards=False) for keys in asked] == [[first], [second], [first, second]]
    assert read_talks([first.pk, second.pk], "One", backwards=False) == [second]


def test_prepared_query_takes_one_query_with_its_relations(django_assert_num_queries):
    talk = make_talk()
    with django_assert_num_queries(1):
        assert [str(row.conference) for row in read_talks([talk.pk], "", backwards=False)] == [str(talk.conference)]


def test_prepared_query_is_built_once_for_each_shape():
    built = []

    @prepared
    def read(keys, *, limit):
        built.append((len(keys), limit))
        return Tag.objects.filter(pk__in=keys).values_list("pk", "name")[:limit]

    for keys, limit in (([1, 2, 3], 5), ([4, 5, 6, 7], 5), ([1], 5), ([1], 6), ([2], 6)):
        assert read(keys, limit=limit) == []
    assert built == [(4, 5), (1, 5), (1, 6)]


def test_more_numbers_than_are_prepared_are_read_too():
    talk = make_talk()
    assert read_talks([talk.pk, *range(talk.pk + 1, talk.pk + 3000)], "", backwards=False) == [talk]


def test_prepared_query_must_compare_all_of_its_values():
    @prepared
    def read(keys, other):
        return Tag.objects.filter(pk__in=keys)

    with pytest.raises(ValueError, match="does not compare all of its values"):
        read([1], 2)

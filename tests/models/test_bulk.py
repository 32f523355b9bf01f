"""Rows written in bulk equal those that the ORM writes."""

import pytest

from talks.models import TaggedTalk, Takeaway
from talks.models.bulk import insert_rows, split_chunks, update_rows
from tests.builders import make_tag, make_takeaway, make_talk

pytestmark = pytest.mark.django_db

FIELDS = ("talk", "parent", "text", "line", "end_line", "imported", "withdrawn")


def read_rows():
    return list(Takeaway.objects.order_by("pk").values())


def test_update_rows_writes_only_the_given_fields_and_rows():
    talk, other = make_talk(), make_talk()
    first, second, third = (make_takeaway(talk) for _ in range(3))
    before = read_rows()
    new = {"parent_id": first.pk, "text": "Zoë’s 100 % “quote”", "imported": {"text": "ß", "kind": "point"}}
    new |= {"talk_id": other.pk, "line": None, "end_line": None, "withdrawn": True}
    for row in (second, third):
        for name, value in {**new, "kind": "quote"}.items():
            setattr(row, name, value)
    update_rows([second, third], FIELDS)
    assert read_rows() == [before[0], before[1] | new, before[2] | new]


def test_no_rows_need_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        update_rows([], FIELDS)
        insert_rows(TaggedTalk, ("tag", "content_object", "origin", "refused"), [])


def test_insert_rows_stores_what_the_orm_would():
    talk, tags = make_talk(), [make_tag(name) for name in ("Go", "Rust")]
    rows = [(tag.pk, talk.pk, "mention", False) for tag in tags]
    insert_rows(TaggedTalk, ("tag", "content_object", "origin", "refused"), rows)
    stored = TaggedTalk.everything.order_by("pk").values_list("tag", "content_object", "origin", "refused")
    assert list(stored) == rows


@pytest.mark.parametrize(
    ("count", "lists"), [(0, []), (2, [[0, 1]]), (3, [[0, 1, 2]]), (7, [[0, 1, 2], [3, 4, 5], [6]])]
)
def test_split_chunks_makes_lists_of_at_most_the_size(count, lists):
    assert list(split_chunks(iter(range(count)), 3)) == lists

"""Rows written in bulk have the given values."""

import pytest

from talks.models import Audience, SearchBlock, SearchWord, TaggedTalk, TagListing, Takeaway
from talks.models.bulk import insert_rows, insert_values, split_chunks, update_rows, upsert_rows
from tests.builders import make_tag, make_takeaway, make_talk

pytestmark = pytest.mark.django_db

FIELDS = ("talk", "parent", "text", "line", "end_line", "imported", "withdrawn")

FIELDS_OF_TAG = ("tag", "content_object", "origin", "refused")
FIELDS_OF_TAKEAWAY = (
    *("talk", "public_id", "kind", "text", "html", "headings", "imported", "hidden", "withdrawn", "position"),
)


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
    new["html"] = new["text"]  # none of its own is stored
    assert read_rows() == [before[0], before[1] | new, before[2] | new]


def test_writing_no_rows_makes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        update_rows([], FIELDS)
        insert_rows(TaggedTalk, ("tag", "content_object", "origin", "refused"), [])


def test_insert_rows_stores_the_given_values():
    talk, tags = make_talk(), [make_tag(name) for name in ("Go", "Rust")]
    rows = [(tag.pk, talk.pk, "mention", False) for tag in tags]
    insert_rows(TaggedTalk, ("tag", "content_object", "origin", "refused"), rows)
    stored = TaggedTalk.everything.order_by("pk").values_list("tag", "content_object", "origin", "refused")
    assert list(stored) == rows


def test_upsert_rows_updates_rows_that_exist_and_inserts_others():
    talk, known, new = make_talk(), make_tag("Go"), make_tag("Rust")
    insert_rows(TaggedTalk, FIELDS_OF_TAG, [(known.pk, talk.pk, "mention", False)])
    rows = [(known.pk, talk.pk, "post", False), (new.pk, talk.pk, "editor", True)]
    upsert_rows(TaggedTalk, ("content_object", "tag"), ("origin", "refused"), [(t, k, *rest) for k, t, *rest in rows])
    assert list(TaggedTalk.everything.order_by("tag").values_list(*FIELDS_OF_TAG)) == rows


def test_inserting_rows_of_which_some_exist_adds_the_others():
    insert_values("talks_searchword", ["stem", "word"], [("en:go", "going")], unique=())
    insert_values("talks_searchword", ["stem", "word"], [("en:go", "going"), ("en:go", "goes")], unique=())
    assert set(SearchWord.objects.values_list("stem", "word")) == {("en:go", "going"), ("en:go", "goes")}


@pytest.mark.parametrize("count", [449, 450, 451, 1000])
def test_inserting_many_rows_works_across_several_sql_statements(count):
    columns, read = ["block", "stamp"], SearchBlock.objects.order_by("block").values_list("block", "stamp")
    insert_values("talks_searchblock", columns, [(number, -number) for number in range(count)])
    assert list(read.all()) == [(number, -number) for number in range(count)]
    insert_values("talks_searchblock", columns, [(number, 7) for number in range(count + 1)], unique=())
    assert list(read.all()) == [*((number, -number) for number in range(count)), (count, 7)]
    insert_values("talks_searchblock", columns, [(number, 2**63 - 1) for number in range(count)], unique=["block"])
    assert list(read.all()) == [*((number, 2**63 - 1) for number in range(count)), (count, 7)]
    words = [(f"en:{number} %s '", f"“{number}\\” ?, %(a)s") for number in range(count)]
    insert_values("talks_searchword", ["stem", "word"], words)
    assert sorted(SearchWord.objects.values_list("stem", "word")) == sorted(words)


def test_bulk_inserts_accept_choices_as_texts_or_enum_members():
    talk = make_talk()
    kinds = ["point", Takeaway.Kind.QUOTE, Takeaway.Kind.CODE]
    rows = [
        (talk.pk, f"id{number}", kind, "text", "", "", {"kind": "point"}, False, False, number + 1)
        for number, kind in enumerate(kinds)
    ]
    insert_rows(Takeaway, FIELDS_OF_TAKEAWAY, rows)
    stored = Takeaway.objects.order_by("position").values_list("kind", "imported")
    assert list(stored) == [("point", {"kind": "point"}), ("quote", {"kind": "point"}), ("code", {"kind": "point"})]


def test_bytes_choices_and_empty_objects_can_be_written_in_bulk():
    talk, tag = make_talk(), make_tag("Go")
    take = make_takeaway(talk)
    fields = ("tag", "talk", "audience", "place")
    insert_rows(TagListing, fields, [(tag.pk, talk.pk, Audience.STAFF, b"\x00\xff")])
    ((*_, audience, place),) = TagListing.objects.values_list(*fields)
    assert (audience, bytes(place)) == (Audience.STAFF.value, b"\x00\xff")
    take.imported = {}
    update_rows([take], ("imported",))
    assert Takeaway.objects.get(pk=take.pk).imported == {}


@pytest.mark.parametrize(
    ("count", "lists"), [(0, []), (2, [[0, 1]]), (3, [[0, 1, 2]]), (7, [[0, 1, 2], [3, 4, 5], [6]])]
)
def test_split_chunks_makes_lists_up_to_the_size(count, lists):
    assert list(split_chunks(iter(range(count)), 3)) == lists

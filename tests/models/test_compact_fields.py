"""Values that are stored in fewer bytes are read as they were written, and queries that cannot see them are refused."""

from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from talks.compact_fields import pack_json, unpack_json
from talks.models import Post, Reference, TaggedTalk, Takeaway
from tests.builders import make_takeaway, make_talk

ESCAPED = [
    ("Moss", "Moss"),
    ('Moss & "ferns" aren\'t <i>weeds</i>', 'Moss &amp; "ferns" aren\'t &lt;i&gt;weeds&lt;/i&gt;'),
    ("&amp; 100 % of %s", "&amp;amp; 100 % of %s"),
    ("", ""),
]
WITH_OWN_HTML = [
    ("*Moss*", "<em>Moss</em>"),
    ("Moss & ferns", "Moss & ferns"),
    ("It's", "It&#x27;s"),
    ("Moss", ""),
]


def write_html(text, html):
    """Store a takeaway, and return its HTML as the database has it and as it is read."""
    row = make_takeaway(make_talk())
    row.text, row.html = text, html
    row.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT html FROM talks_takeaway WHERE id = %s", [row.pk])
        (stored,) = cursor.fetchone()
    return stored, Takeaway.objects.only("html").get(pk=row.pk).html


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "html"), ESCAPED)
def test_html_that_is_only_escaped_text_is_stored_as_null(text, html):
    assert write_html(text, html) == (None, html)


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "html"), WITH_OWN_HTML)
def test_other_html_is_stored(text, html):
    assert write_html(text, html) == (html, html)


@pytest.mark.django_db
def test_a_text_that_changes_without_its_html_is_read_escaped():
    row = make_takeaway(make_talk())
    row.text = row.html = "Moss"
    row.save()
    Takeaway.objects.filter(pk=row.pk).update(text="<b>Moss</b>")
    assert Takeaway.objects.get(pk=row.pk).html == "&lt;b&gt;Moss&lt;/b&gt;"


@pytest.mark.parametrize(
    "value", [[], {}, None, "\0\ud800", {"title": "Moß" * 9}, [[1, 2, "aside"]] * 999, {"\x01": "\x01"}]
)
def test_json_is_read_as_it_was_written(value):
    assert unpack_json(pack_json(value)) == value


def test_json_that_older_bases_hold_stays_readable():
    stored = bytes.fromhex("0143b2ce37bfb818641c768b1cf3f2147c5253c9b12fb61600")
    speaker = {"name": "Ann Lee", "affiliation": None, "handle": None, "url": None}
    assert unpack_json(stored) == {"title": "Moss", "speakers": [speaker]}


@pytest.mark.parametrize(("model", "name"), [(Takeaway, "kind"), (TaggedTalk, "origin")])
def test_stored_numbers_of_choices_are_those_in_the_docs(model, name):
    choices = dict(model._meta.get_field(name).flatchoices)
    told = ", ".join(f"{number} {value}" for number, value in enumerate(choices))
    assert f"| {told}; pages fail" in (Path(__file__).parents[2] / "docs" / "backup.md").read_text()


@pytest.mark.parametrize(
    ("model", "lookup", "value"),
    [
        (Takeaway, "html", ""),
        (Takeaway, "html__contains", "Moss"),
        (Takeaway, "html__isnull", True),
        (Takeaway, "kind__startswith", "po"),
        (Takeaway, "kind__gt", "point"),
        (Post, "source", "Moss"),
        (Post, "source__contains", "Moss"),
        (Post, "lines", []),
        (Post, "imported__title", "Moss"),
        (Reference, "key__startswith", "ab"),
    ],
)
def test_lookups_that_compressed_or_encoded_columns_cannot_answer_are_refused(model, lookup, value):
    with pytest.raises(FieldError, match="Unsupported lookup"):
        model.objects.filter(**{lookup: value})

"""A form is not saved over changes made since it was opened."""

import pytest
from django.urls import reverse

from talks.admin.version_check import OUTDATED
from talks.models import Appearance, Post, Speaker, Tag, Takeaway, Talk
from tests import builders as make
from tests.admin.rows import log_in, make_world, read_errors, read_form

pytestmark = pytest.mark.django_db


def page_of(row):
    return reverse(f"admin:talks_{row._meta.model_name}_change", args=[row.pk])


def change_title(talk):
    Talk.objects.filter(pk=talk.pk).update(title="From the post")


def reword_takeaway(talk):
    Takeaway.objects.filter(talk=talk, text="Two").update(text="From the post", html="<p>From the post</p>")


def add_takeaway(talk):
    make.make_takeaway(talk, "New", post=Post.objects.get())


def change_speaker(talk):
    Appearance.objects.filter(talk=talk).update(affiliation="Elsewhere")


def take_tag_off(talk):
    talk.tagged.all().delete()


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("meddle", [change_title, reword_takeaway, add_takeaway, change_speaker, take_tag_off])
def test_a_talk_that_changed_meanwhile_is_not_saved(meddle):
    talk, client = make_world(), log_in(superuser=True)
    values = read_form(client, page_of(talk))
    meddle(talk)
    before = dump(talk)
    response = client.post(page_of(talk), values | {"title": "By hand"})
    assert read_errors(response) == [OUTDATED]
    assert b"By hand" in response.content
    assert dump(talk) == before
    again = client.post(page_of(talk), values | {"title": "By hand"})  # not even when it is sent once more
    assert read_errors(again) == [OUTDATED]
    assert read_errors(client.post(page_of(talk), read_form(client, page_of(talk)) | {"title": "By hand"})) == []
    assert Talk.objects.get(pk=talk.pk).title == "By hand"


def dump(talk):
    rows = [Talk.objects.filter(pk=talk.pk), talk.takeaways, talk.appearances, talk.tagged]
    return [list(each.order_by("pk").values()) for each in rows]


@pytest.mark.parametrize("model", [Takeaway, Speaker, Tag, Post])
def test_forms_of_other_rows_changed_meanwhile_are_not_saved(model):
    make_world()
    client, row = log_in(superuser=True), model.objects.order_by("pk").first()
    field = {Takeaway: "text", Post: "title"}.get(model, "name")
    values = read_form(client, page_of(row))
    model.objects.filter(pk=row.pk).update(**{field: "From the post"})
    assert read_errors(client.post(page_of(row), values | {field: "By hand"})) == [OUTDATED]
    assert getattr(model.objects.get(pk=row.pk), field) == "From the post"
    assert read_errors(client.post(page_of(row), read_form(client, page_of(row)) | {field: "By hand"})) == []
    assert getattr(model.objects.get(pk=row.pk), field) == "By hand"


def test_the_second_of_two_editors_is_told_and_saves_nothing():
    talk = make_world()
    first, second = log_in(superuser=True), log_in(superuser=True)
    forms = [read_form(client, page_of(talk)) for client in (first, second)]
    assert read_errors(first.post(page_of(talk), forms[0] | {"title": "First"})) == []
    assert read_errors(second.post(page_of(talk), forms[1] | {"title": "Second"})) == [OUTDATED]
    assert Talk.objects.get(pk=talk.pk).title == "First"


def test_forms_sent_without_the_stamp_of_their_row_are_refused():
    """The stamp tells which state of the row the form showed."""
    talk, client = make_world(), log_in(superuser=True)
    values = read_form(client, page_of(talk))
    del values["stamp"]
    assert read_errors(client.post(page_of(talk), values | {"title": "By hand"})) == [OUTDATED]


@pytest.mark.any_database
def test_a_change_of_an_uneditable_column_does_not_block_saving():
    talk, client = make_world(), log_in(superuser=True)
    values = read_form(client, page_of(talk))
    Talk.objects.update(run=None, sort_key="x")
    Takeaway.objects.update(line=1, end_line=90)
    assert read_errors(client.post(page_of(talk), values | {"title": "By hand"})) == []

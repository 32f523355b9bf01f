import pytest

from talks.fields import TAKEAWAY
from talks.importing import Content, import_posts
from talks.models import Takeaway

pytestmark = pytest.mark.django_db
POST = "---\ntitle: GardenConf 2024\n---\n## Growing moss with Ada Brown\n\n* Moss needs shade\n* It grows slowly\n"
SHADE = {"text": "Moss needs shade", "kind": "point"}


def read_post(text=POST):
    import_posts([Content("garden.md", text.encode())])
    return Takeaway.objects.get(position=1)


def test_the_column_imported_is_empty_while_takeaways_are_unedited():
    assert list(Takeaway.objects.values_list("imported", flat=True)) == []
    takeaway = read_post()
    assert list(Takeaway.objects.values_list("imported", flat=True)) == [{}, {}]
    assert takeaway.said == SHADE


@pytest.mark.parametrize("fields", [None, ["text", "html"]])
def test_saving_another_text_keeps_what_the_post_said(fields):
    takeaway = read_post()
    takeaway.text = "Moss needs light"
    takeaway.save(update_fields=fields)
    stored = Takeaway.objects.get(pk=takeaway.pk)
    assert (stored.text, stored.imported, stored.said) == ("Moss needs light", SHADE, SHADE)


def test_updating_texts_keeps_what_the_posts_said():
    takeaway = read_post()
    Takeaway.objects.filter(pk=takeaway.pk).update(text="Moss needs light", kind="quote")
    rows = Takeaway.objects.order_by("position").values_list("text", "kind", "imported")
    assert list(rows) == [("Moss needs light", "quote", SHADE), ("It grows slowly", "point", {})]


def test_moving_a_takeaway_leaves_its_column_imported_empty():
    takeaway = read_post()
    takeaway.position = 3
    takeaway.save(update_fields=["position"])
    takeaway.save()
    assert Takeaway.objects.get(pk=takeaway.pk).imported == {}


def test_edited_takeaways_are_those_that_differ_from_their_posts():
    takeaway = read_post()
    Takeaway.objects.filter(position=2).update(imported={"text": "It grows slowly", "kind": "point"})
    assert list(Takeaway.objects.all().iterate_edited()) == []
    Takeaway.objects.filter(pk=takeaway.pk).update(text="Moss needs light")
    assert list(Takeaway.objects.all().iterate_edited()) == [takeaway]


def test_editors_texts_outlive_imports_until_posts_agree():
    takeaway = read_post()
    answer = TAKEAWAY.find_field("text").answer
    answer(takeaway, "Moss needs light")
    read_post(POST.replace("slowly", "very slowly"))
    stored = Takeaway.objects.get(pk=takeaway.pk)
    assert (stored.text, stored.said["text"]) == ("Moss needs light", "Moss needs shade")
    read_post(POST.replace("Moss needs shade", "Moss needs light"))
    stored = Takeaway.objects.get(pk=takeaway.pk)
    assert (stored.text, stored.imported) == ("Moss needs light", {})

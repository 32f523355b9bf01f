"""Each change by an editor records its touch itself, whoever asks for it: no form of the admin is involved."""

import pytest

from talks import editing
from talks.importing import Content, import_posts
from talks.models import Conflict, EditorTouch, Post, Series, Speaker, SpeakerAlias, Tag, TagAlias, Takeaway, Talk
from talks.parsing import Act
from talks.parsing import Correction as Said
from tests.admin.rows import make_world
from tests.importing.image_files import make_png

pytestmark = pytest.mark.django_db
NOTES = "---\ntitle: Notes from Acme Conf 2019\n---\n## First Things by Ann Lee\n* One ![a box](box.png)\n"
LUNCH = Said(Act.POST, post=(("series", "Lunch Days"), ("year", 2019)))


def list_touches():
    return [(kind, key, what) for kind, key, what in EditorTouch.objects.values_list("kind", "key", "what")]


def pair(model):
    make_world(2)
    return model.objects.order_by("pk")[:2]


def settle(how, text):
    editing.settle_conflict(Conflict.objects.get(), how, text)


def merge_and_split(model, merge, split, alias_model):
    kept, other = pair(model)
    merge(kept, [other])
    EditorTouch.objects.all().delete()
    split(alias_model.objects.filter(name=other.name).get())


def split_series():
    kept, other = pair(Series)
    editing.merge_series(kept, [other])
    EditorTouch.objects.all().delete()
    kept.refresh_from_db()
    editing.split_series(kept, other.name, [])


def merge(model, do_merge):
    kept, other = pair(model)
    do_merge(kept, [other])


POST, TALK, TAKEAWAY = ("post", "notes-1.md"), ("talk", "conf-1-1991/talk-1"), ("takeaway", "")
SPEAKER, TAG, SERIES = ("speaker", "speaker-1"), ("tag", "tag-1"), ("series", "conf-1")
OTHER_SPEAKER = ("speaker", "speaker-2")
CHANGES = {
    "visibility": (lambda: editing.set_visibility(Post.objects.all(), "private"), [(*POST, "visibility")]),
    "no change of visibility": (lambda: editing.set_visibility(Post.objects.all(), "public"), []),
    "withdrawn post": (
        lambda: editing.set_posts_withdrawn(Post.objects.all(), withdrawn=True),
        [(*POST, "withdrawn")],
    ),
    "hidden talk": (lambda: editing.set_talks_hidden(Talk.objects.all(), hidden=True), [(*TALK, "hidden")]),
    "shown talk": (lambda: editing.set_talks_hidden(Talk.objects.all(), hidden=False), []),
    "hidden takeaway": (
        lambda: editing.switch_takeaways(Takeaway.objects.filter(text="Two"), hidden=True),
        [(*TAKEAWAY, "hidden")],
    ),
    "withdrawn takeaway": (
        lambda: editing.switch_takeaways(Takeaway.objects.filter(text="Two"), withdrawn=True),
        [(*TAKEAWAY, "withdrawn")],
    ),
    "given tag": (lambda: editing.tag_rows(Talk.objects.all(), "Moss"), [(*TALK, "tags")]),
    "refused tag": (lambda: editing.refuse_tag(Post.objects.all(), "Tag 1"), [(*POST, "tags")]),
    "moved talk": (
        lambda: editing.move_talks(Talk.objects.all(), "Moss Days", 2001, 1),
        [("talk", "moss-days-2001/talk-1", "day")],
    ),
    "kept value": (lambda: settle("mine", ""), [(*TALK, "changed")]),
    "value of the post": (lambda: settle("post", "Another title"), [(*TALK, "title")]),
    "different speakers": (
        lambda: editing.store_different_speakers(pair(Speaker)),
        [(*SPEAKER, "changed"), (*OTHER_SPEAKER, "changed")],
    ),
    "merged speakers": (lambda: merge(Speaker, editing.merge_speakers), [(*SPEAKER, "changed")]),
    "merged tags": (lambda: merge(Tag, editing.merge_tags), [(*TAG, "changed")]),
    "merged series": (lambda: merge(Series, editing.merge_series), [(*SERIES, "changed")]),
    "split speaker": (
        lambda: merge_and_split(Speaker, editing.merge_speakers, editing.split_speaker, SpeakerAlias),
        [(*SPEAKER, "changed")],
    ),
    "split tag": (
        lambda: merge_and_split(Tag, editing.merge_tags, editing.split_tag, TagAlias),
        [(*TAG, "changed")],
    ),
    "split series": (split_series, [(*SERIES, "changed")]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_saved_change_records_an_editor_touch(name):
    make_world(1)
    change, expected = CHANGES[name]
    change()
    assert [(kind, "" if kind == "takeaway" else key, what) for kind, key, what in list_touches()] == expected


def test_restoring_a_talk_records_an_editor_touch():
    make_world(1)
    Talk.objects.update(withdrawn=True)
    editing.restore_talks(Talk.objects.all())
    assert list_touches() == [(*TALK, "withdrawn")]


def correct(post):
    editing.add_corrections(post, [LUNCH], made_by="ann", version=editing.make_version(post))


def correct_several(post):
    editing.apply_correction([post], LUNCH, made_by="ann")


def take_back(post):
    correct(post)
    EditorTouch.objects.all().delete()
    post.refresh_from_db()
    editing.undo_last_save(post, version=editing.make_version(post))


def switch(post):
    correct(post)
    EditorTouch.objects.all().delete()
    post.refresh_from_db()
    editing.switch_correction(post.corrections.get(), active=False, version=editing.make_version(post))


def give_image(post):
    editing.give_images(post, {"box.png": make_png()}, made_by="ann", version=editing.make_version(post))


@pytest.mark.parametrize("change", [correct, correct_several, take_back, switch, give_image])
def test_correcting_a_post_records_an_editor_touch(change, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    import_posts([Content("notes.md", NOTES.encode())])
    change(Post.objects.get())
    assert list_touches() == [("post", "notes.md", "changed")]


def test_a_refused_correction_records_no_editor_touch():
    import_posts([Content("notes.md", NOTES.encode())])
    with pytest.raises(editing.OutdatedError):
        editing.add_corrections(Post.objects.get(), [LUNCH], made_by="ann", version="of old")
    assert list_touches() == []


def test_answering_a_doubt_records_a_touch_of_the_post():
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate.")])
    [doubt] = editing.list_doubts("no-talk")
    editing.settle_doubt(doubt.subject, made_by="ann")
    assert list_touches() == [("post", "lunch.md", "changed")]


def test_importing_an_upload_records_no_touch_of_its_posts():
    upload = editing.keep_upload([Content("notes.md", NOTES.encode())], made_by="ann")
    editing.answer_upload(upload, {"series": "Lunch Days", "year": 2019})
    editing.import_upload(upload, editing.preview_upload(upload).stamp)
    assert (Post.objects.get().conference.slug, list_touches()) == ("lunch-days-2019", [])

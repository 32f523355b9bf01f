"""The recording and the slides of a talk, from the post through edits and back."""

import re

import pytest
from django.urls import reverse

from talks.backup import check_base, export_base, import_base
from talks.importing import import_posts
from talks.models import Citation, Conflict, ImportOutcome, Talk
from talks.write_back import write_back
from tests.admin.rows import log_in, read_errors, read_form
from tests.backup.whole_bases import clear_base, encode

pytestmark = pytest.mark.django_db

VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
SLIDES = "https://speakerdeck.com/ada/boxes"
TEXT = f"""\
---
title: Notes from Testing Days 2019
video: {VIDEO}
---
## Boxes on Ships by Ada Brown

[Slides]({SLIDES})

* Boxes float
* Ships carry them
"""
NEW = "https://example.org/recording"


@pytest.fixture
def post(write):
    path = write("boxes.md", TEXT)
    import_posts([path])
    return path


def read():
    return Talk.objects.values_list("video_url", "slides_url").get()


def edit(**values):
    Talk.objects.update(**values)


def test_recordings_and_slides_of_talks_are_links_and_references(post, client):
    assert read() == (VIDEO, SLIDES)
    page = client.get(Talk.objects.get().get_absolute_url()).content.decode()
    assert f'<a href="{VIDEO}" rel="nofollow noopener">Video</a>' in page
    assert f'<a href="{SLIDES}" rel="nofollow noopener">Slides</a>' in page
    assert set(Citation.objects.values_list("url", flat=True)) == {VIDEO, SLIDES}


def test_an_unsafe_address_of_a_recording_is_not_linked(post, client):
    edit(video_url="javascript:alert(1)", slides_url="")
    page = client.get(Talk.objects.get().get_absolute_url()).content.decode()
    assert "javascript:" not in page


def test_an_unedited_recordings_address_is_updated_from_the_post(post):
    post.write_text(TEXT.replace(VIDEO, NEW))
    (outcome,) = import_posts([post], dry_run=True).outcomes
    assert outcome.changes[:2] == ("  talk: Boxes on Ships", f"    ~ video: {NEW}")
    import_posts([post])
    assert read() == (NEW, SLIDES)
    entries = ImportOutcome.objects.order_by("-pk").first().changes
    row = f"talk:{Talk.objects.get().pk}"
    assert entries == [{"row": row, "done": "changed", "field": "video_url", "before": VIDEO, "after": NEW}]
    assert import_posts([post]).totals["talks"]["updated"] == 0
    assert check_base() == []


def test_editors_addresses_of_recordings_stay_until_conflicts_are_answered(post):
    edit(video_url=NEW)
    post.write_text(TEXT.replace(VIDEO, "https://example.org/other"))
    import_posts([post])
    assert read() == (NEW, SLIDES)
    conflict = Conflict.objects.get()
    assert (conflict.field, conflict.ours, conflict.theirs) == ("video_url", NEW, "https://example.org/other")
    staff = log_in(superuser=True)
    assert staff.post(reverse("admin:talks_conflict_answer", args=[conflict.pk, "post"])).status_code == 302
    assert read() == ("https://example.org/other", SLIDES)


def test_a_conflicts_answer_that_is_no_address_is_refused(post):
    edit(video_url=NEW)
    post.write_text(TEXT.replace(VIDEO, "https://example.org/other"))
    import_posts([post])
    conflict = Conflict.objects.get()
    address = reverse("admin:talks_conflict_answer", args=[conflict.pk, "edited"])
    log_in(superuser=True).post(address, {f"text-{conflict.pk}": "javascript:alert(1)"})
    assert read() == (NEW, SLIDES)
    assert Conflict.objects.get().settled == ""


def test_recording_and_slides_are_exported_and_restored(post):
    lines = list(export_base())
    clear_base()
    import_base(encode(lines))
    assert read() == (VIDEO, SLIDES)
    assert list(export_base()) == lines


def test_exports_without_recording_and_slides_can_be_restored(post):
    lines = [re.sub(r'"(?:video|slides)_url":"[^"]*",', "", line) for line in export_base()]
    clear_base()
    import_base(encode(lines))
    assert read() == ("", "")


@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"video_url": NEW}, f"video: {VIDEO}", f"video: {NEW}"),
        ({"slides_url": NEW}, f"[Slides]({SLIDES})", f"[Slides]({NEW})"),
    ],
)
def test_addresses_of_recordings_are_written_back_into_keys_or_links(post, values, old, new):
    """So are addresses of slides."""
    edit(**values)
    report = write_back([post])
    assert [len(outcome.written) for outcome in report.outcomes] == [1]
    assert post.read_text() == TEXT.replace(old, new)
    assert import_posts([post]).totals["talks"]["updated"] == 0
    assert check_base() == []


def test_write_back_refuses_a_recording_the_post_does_not_contain(write):
    text = TEXT.replace(f"video: {VIDEO}\n", "")
    path = write("boxes.md", text)
    import_posts([path])
    edit(video_url=NEW)
    ((refused,),) = [outcome.refused for outcome in write_back([path]).outcomes]
    assert (refused.what, refused.why) == (
        "talk's video",
        "the post has no key or link for it; write one into the post",
    )
    assert path.read_text() == text


def test_the_admin_refuses_invalid_addresses_of_recording_and_slides(post):
    staff = log_in(superuser=True)
    talk = Talk.objects.get()
    address = reverse("admin:talks_talk_change", args=[talk.pk])
    page = staff.get(address)
    assert page.context["adminform"].form.fields["video_url"].label == "Video"
    for field in ("video_url", "slides_url"):
        response = staff.post(address, read_form(staff, address) | {field: "javascript:alert(1)"})
        assert read_errors(response) == [
            "An address begins with http:// or https://, and holds no spaces and no password."
        ]
        assert read() == (VIDEO, SLIDES)
    assert read_errors(staff.post(address, read_form(staff, address) | {"slides_url": NEW})) == []
    assert read() == (VIDEO, NEW)

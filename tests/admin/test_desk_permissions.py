"""Permissions on the editors' pages that Django's admin does not have, with forged requests."""

from hashlib import sha256

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from talks.editing import add_corrections, keep_upload, list_doubts, make_version, preview_upload
from talks.importing import Content, import_posts, render_undoing, undo_run
from talks.models import Conflict, ImportRun, Post, Speaker, Takeaway
from talks.parsing import Act, Correction
from talks.write_back import write_back
from tests.admin.test_admin_permissions import ROLES, enter
from tests.editing.test_corrections import POST
from tests.importing.image_files import make_png

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DJANGOS = {"changelist", "add", "change", "delete", "history", "take"}
LISTS = {"talks_speaker_moving", "talks_tag_moving", "talks_series_moving"}
LOOKED_AT = {"talks_post_markdown", *LISTS}  # by viewers too
QUIET = {"talks_post_typed", "talks_post_rules", *LOOKED_AT}  # they show something, and change nothing


@pytest.fixture(scope="module", autouse=True)
def path(shared_rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("notes") / "notes.md"
    path.write_text(POST)
    import_posts([path])
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate. ![](soup.png)\n")])
    Takeaway.objects.filter(text="One").update(text="Won", html="Won")
    post = find_post()
    add_corrections(post, [Correction(Act.POST, post=(("day", 2),))], made_by="x", version=make_version(post))
    Speaker.objects.create(name="Ann L\u00e9e")
    talk = post.sources.first().talk
    Conflict.objects.create(post=post, talk=talk, field="title", ours=talk.title, theirs="Another title")
    return path


@pytest.fixture(autouse=True)
def file(path, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    path.write_text(POST)
    return path


def find_post(key="notes.md"):
    return Post.objects.get(key=key)


def version():
    return {"version": make_version(find_post())}


def undo(user):
    run = ImportRun.objects.get(outcomes__path="lunch.md")
    text = render_undoing(undo_run(run.pk, dry_run=True))
    return [run.pk], {"stamp": sha256(text.encode()).hexdigest()[:32]}


def upload(user):
    row = keep_upload([Content("new.md", POST.replace("Things", "New").encode())], made_by=user)
    return [row.pk], {"import": "", "stamp": preview_upload(row).stamp}


def write(user):
    report = write_back(dry_run=True)
    told = "\n".join(f"{outcome.path}\n{outcome.diff}" for outcome in report.outcomes)
    return [], {"stamp": sha256(told.encode()).hexdigest()[:32]}


def store_different_speakers(user):
    speakers = Speaker.objects.filter(name__startswith="Ann")
    return [], {"_selected_action": list(speakers.values_list("pk", flat=True))}


def dismiss(user):
    return [], {"subject": next(doubt.subject for doubt in list_doubts() if doubt.kind == "no-talk")}


def give_image(user):
    image = SimpleUploadedFile("a.png", make_png())
    return [find_post("lunch.md").pk], {"address": "soup.png", "images": image}


REQUESTS = {
    "talks_importrun_undo": undo,
    "talks_conflict_answer": lambda user: ([Conflict.objects.get().pk, "mine"], {}),
    "talks_speaker_alike": store_different_speakers,
    "talks_post_images": give_image,
    "talks_post_reading": lambda user: ([find_post().pk], {"line": "13", "act": "talk", "save": "", **version()}),
    "talks_post_switch": lambda user: ([find_post().pk, 1], version()),
    "talks_post_bring_in": lambda user: ([], {"text": POST}),
    "talks_post_typed": lambda user: ([], {"text": POST}),
    "talks_post_upload": upload,
    "talks_post_markdown": lambda user: ([find_post().pk], {}),
    "talks_post_write_back": write,
    "talks_post_doubts": dismiss,
    "talks_post_rules": lambda user: ([], {}),
    "talks_speaker_moving": lambda user: ([], {}),
    "talks_tag_moving": lambda user: ([], {}),
    "talks_series_moving": lambda user: ([], {}),
}


def dump(file):
    """Return all rows of the app by model, and the text of the file, to compare both before and after a request."""
    found = apps.get_app_config("talks").get_models()
    rows = {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in found}
    return rows, file.read_text()


def test_every_editors_page_is_covered_by_these_tests():
    ours = {
        pattern.name
        for site in admin.site._registry.values()
        for pattern in site.urls
        if pattern.name and site.opts.app_label == "talks" and pattern.name.split("_")[-1] not in DJANGOS
    }
    assert ours - {"talks_talk_autocomplete"} == REQUESTS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", REQUESTS)
def test_requests_to_editors_pages_change_nothing_without_permission(name, file):
    args, body = REQUESTS[name]("staff0")
    before = dump(file)
    page = reverse(f"admin:{name}", args=args)
    files = [value for value in body.values() if isinstance(value, SimpleUploadedFile)]
    for role in ROLES:
        for sent in files:
            sent.seek(0)
        with transaction.atomic():
            client = enter(role)
            response = client.get(page) if name in {"talks_post_rules", *LOOKED_AT} else client.post(page, body)
            may = role in {"editor", "administrator", "superuser"} or (name in LOOKED_AT and role == "viewer")
            expected = {200, 302} if may else {302} if role in {"anonymous", "reader"} else {403}
            assert response.status_code in expected, role
            if not may and response.status_code == 302:
                assert response["Location"].startswith("/admin/login/"), role
            assert (dump(file) != before) is (may and name not in QUIET), role
            transaction.set_rollback(True)
        file.write_text(POST)


@pytest.mark.slow
@pytest.mark.parametrize("name", REQUESTS)
def test_requests_from_other_sites_are_refused(name, file):
    client = enter("superuser")
    client.handler.enforce_csrf_checks = True
    args, body = REQUESTS[name]("staff0")
    before = dump(file)
    assert client.post(reverse(f"admin:{name}", args=args), body).status_code in {403, 405}
    assert dump(file) == before


def test_only_its_editor_can_import_an_upload(file):
    args, body = upload("somebody")
    before = dump(file)
    assert enter("superuser").post(reverse("admin:talks_post_upload", args=args), body).status_code == 404
    assert dump(file) == before

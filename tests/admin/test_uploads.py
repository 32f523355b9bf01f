"""Uploading posts in the browser: previewed, then imported as previewed."""

import re
from contextlib import contextmanager
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from talks.backup import check_base
from talks.editing import add_corrections, make_version, uploads
from talks.importing import Content, import_posts, post_import, undo_run
from talks.importing.sources.pandoc import find_pandoc
from talks.models import Correction, ImportRun, Post, PostMedia, Takeaway, Talk, Upload
from talks.parsing import Act, parse_post
from talks.parsing import Correction as Said
from tests.admin.rows import log_in
from tests.editing.test_corrections import FIRST, POST, SECOND, list_talks
from tests.importing.image_files import make_png
from tests.importing.sources.test_zip_files import make_zip

pytestmark = pytest.mark.django_db
BRING_IN = "/admin/talks/post/bring-in/"


@pytest.fixture(name="client")
def _client():
    return log_in("view_post", "change_post")


def send(client, **values):
    response = client.post(BRING_IN, values)
    assert response.status_code == 302, response.context_data["form"].errors
    return response["Location"]


def take(client, page):
    stamp = client.get(page).context_data["preview"].stamp
    return client.post(page, {"import": "", "stamp": stamp})


def test_a_pasted_post_is_shown_and_then_imported(client):
    page = send(client, name="notes/day-1.md", text=POST)
    shown = client.get(page).context_data
    assert [talk.title for talk in shown["talks"]] == ["First Things", "Second Things"]
    assert "+ post: Notes from Acme Conf 2019" in shown["preview"].text
    assert (Post.objects.count(), Upload.objects.count()) == (0, 1)
    assert take(client, page)["Location"] == reverse("admin:talks_post_reading", args=[Post.objects.get().pk])
    assert (list_talks(), Post.objects.get().key, Upload.objects.count()) == ([FIRST, SECOND], "notes/day-1.md", 0)


@pytest.mark.any_database
def test_images_uploaded_beside_a_post_are_stored_with_it(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    text = POST.replace("* One", "* One ![](img/box.png) ![](no.png)").replace("* Four", "* Four ![](box.png)")
    files = [SimpleUploadedFile("notes.md", text.encode()), SimpleUploadedFile("box.png", make_png())]
    take(client, send(client, chosen=files))
    assert list(PostMedia.objects.values_list("path", flat=True)) == ["/box.png", "/img/box.png"]
    assert [said["code"] for said in Post.objects.get().diagnostics] == ["image-missing"]


@pytest.mark.any_database
def test_two_pasted_posts_without_a_path_stay_two_posts(client):
    take(client, send(client, text=POST))
    take(client, send(client, text=POST.replace("Acme", "Other").replace("Things", "Matters")))
    assert Post.objects.count() == 2


def test_the_next_upload_deletes_uploads_not_imported_within_a_day(client):
    for hours in (25, 23):
        send(client, name=f"{hours}.md", text=POST)
    for upload in Upload.objects.all():
        hours = int(upload.posts[0]["name"].removesuffix(".md"))
        Upload.objects.filter(pk=upload.pk).update(made_at=timezone.now() - timedelta(hours=hours))
    send(client, name="new.md", text=POST)
    assert {upload.posts[0]["name"] for upload in Upload.objects.all()} == {"23.md", "new.md"}


@pytest.mark.any_database
@pytest.mark.parametrize("sees_runs", [True, False])
def test_importing_several_posts_leads_to_the_run_or_their_list(sees_runs):
    client = log_in("view_post", "change_post", *(["view_importrun"] if sees_runs else []))
    files = [SimpleUploadedFile(f"{n}.md", POST.replace("Things", f"Things {n}").encode()) for n in (1, 2)]
    place = take(client, send(client, chosen=files))["Location"]
    run = reverse("admin:talks_importrun_change", args=[ImportRun.objects.get().pk])
    assert place == (run if sees_runs else reverse("admin:talks_post_changelist"))
    assert ("Undo this run" in client.get(place).content.decode()) is sees_runs


@pytest.mark.any_database
def test_files_and_a_zip_can_be_uploaded_together(client):
    file = SimpleUploadedFile("one.md", POST.encode())
    folder = SimpleUploadedFile("x.zip", make_zip(("a/two.md", "## Talk by Ann Lee\n\n* Note"), ("a/pic.png", "x")))
    page = send(client, chosen=[file, folder])
    assert take(client, page).status_code == 302
    assert sorted(Post.objects.values_list("key", flat=True)) == ["a/two.md", "one.md"]


@pytest.mark.any_database
def test_conference_and_visibility_answered_for_uploads_outlast_later_imports(client):
    page = send(client, name="notes.md", text=POST)
    client.post(page, {"post-series": "Other Conf", "post-year": "2018", "post-visibility": "private"})
    shown = client.get(page)
    assert (shown.context_data["conference"].series, shown.context_data["conference"].year) == ("Other Conf", 2018)
    block = 'confnotes:\n  series: "Other Conf"\n  visibility: "private"\n  year: 2018'
    assert unescape(shown.content.decode()).count(block) == 1
    text = POST.replace("---\n\n## First", f"{block}\n---\n\n## First")
    assert str(parse_post(text, name="notes.md").conference) == str(shown.context_data["conference"])
    take(client, page)
    assert Correction.objects.values_list("act", "value", "made_by").get() == (
        "post",
        {"post": {"series": "Other Conf", "visibility": "private", "year": 2018}},
        "staff0",
    )
    again = import_posts([Content("notes.md", POST.encode())])
    assert [outcome.outcome for outcome in again.outcomes] == ["unchanged"]
    assert (str(Post.objects.get().conference), Post.objects.get().visibility) == ("Other Conf 2018", "private")


@pytest.mark.any_database
def test_previews_of_uploads_tell_how_posts_are_read(client):
    """They say talk level, title pattern, day and writer."""
    text = "# Acme Conf 2019\n\n## Morning\n\n### Ann Lee ~ Roses\n\n* One\n\n### Ben Roe ~ Moss\n\n* Two\n"
    page = send(client, name="notes.md", text=text)
    said = {
        "post-talk_level": "3",
        "post-title_pattern": "{speaker} ~ {title}",
        "post-day": "2",
        "post-writer": "Cy Dow",
    }
    client.post(page, said)
    shown = client.get(page)
    assert [talk.title for talk in shown.context_data["talks"]] == ["Roses", "Moss"]
    html = unescape(shown.content.decode())
    assert all(f"  {told}\n" in html for told in ("day: 2", "talk_level: 3", 'title_pattern: "{speaker} ~ {title}"'))
    assert 'writer: "Cy Dow"' in html
    assert Post.objects.count() == 0
    take(client, page)
    for _ in range(2):  # as it is brought in, and as it is imported again
        told = Talk.objects.filter(withdrawn=False).order_by("position")
        assert [(talk.title, str(talk.speakers.get()), talk.day.number) for talk in told] == [
            ("Roses", "Ann Lee", 2),
            ("Moss", "Ben Roe", 2),
        ]
        assert (str(Post.objects.get().writer), [day.number for day in Post.objects.get().days.all()]) == (
            "Cy Dow",
            [2],
        )
        import_posts([Content("notes.md", text.replace("One", "Won").encode())])
    answers = {"day": 2, "talk_level": 3, "title_pattern": "{speaker} ~ {title}", "writer": "Cy Dow"}
    assert Correction.objects.get().value == {"post": answers}


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"post-title_pattern": "{name}"}, "A form of titles holds {title}"),
        ({"post-talk_level": "7"}, "less than or equal to 6"),
        ({"post-day": "0"}, "greater than or equal to 1"),
        ({"post-writer": "x" * 500}, "at most 200 characters"),
    ],
)
def test_invalid_answers_to_an_upload_are_reported_beside_fields(client, said, fault):
    page = send(client, name="notes.md", text=POST)
    response = client.post(page, said)
    assert response.status_code == 200
    assert fault in unescape(response.content.decode())
    assert (Post.objects.count(), Correction.objects.count()) == (0, 0)


MARKED = "<b onclick=x>&.md"


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("name", "key"),
    [(MARKED, MARKED), ("../../etc/cron.d/x.md", "x.md"), ("..\\..\\x.md", None), ("/etc/x.md", "x.md"), (".md", None)],
)
def test_forged_file_names_are_escaped_and_write_nothing_elsewhere(client, settings, tmp_path, name, key):
    settings.MEDIA_ROOT = tmp_path / "media"
    files = [SimpleUploadedFile("a.md", POST.encode()), SimpleUploadedFile("b.png", make_png())]
    files[0]._name, files[1]._name = name, "../../b.png"  # as a forged request may name them
    response = client.post(BRING_IN, {"chosen": files})
    if response.status_code == 302:
        shown = client.get(response["Location"])
        assert "<b onclick" not in shown.content.decode()
        take(client, response["Location"])
        stored = Post.objects.get()
        assert ".." not in stored.key.split("/")
        assert stored.key == (key or stored.key)
        for page in (
            stored.get_absolute_url(),
            reverse("admin:talks_post_reading", args=[stored.pk]),
            "/admin/talks/post/",
        ):
            assert "<b onclick" not in client.get(page).content.decode()
    else:
        assert response.context_data["form"].errors
    made = [path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()]
    assert set(made) <= {"media"}


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("name", ["../notes.md", "/notes.md", "a/../../notes.md", "a\\..\\..\\notes.md", "<i>.md"])
def test_typed_paths_of_uploads_cannot_leave_the_notes_folder(client, name):
    response = client.post(BRING_IN, {"name": name, "text": POST})
    if response.status_code == 302:
        take(client, response["Location"])
        assert ".." not in Post.objects.get().key.split("/")
        assert not Post.objects.get().key.startswith("/")
        assert "<i>" not in client.get("/admin/talks/post/").content.decode()
    else:
        assert response.context_data["form"].errors


def test_an_upload_is_not_imported_if_the_base_changed(client):
    page = send(client, name="notes.md", text=POST)
    stamp = client.get(page).context_data["preview"].stamp
    import_posts([Content("notes.md", POST.replace("* One", "* Won").encode())])
    client.post(page, {"import": "", "stamp": stamp})
    assert "* Won" in Post.objects.get().source
    take(client, page)
    assert Post.objects.get().source == POST


def test_one_import_lock_covers_comparing_and_importing_an_upload(client, monkeypatch):
    page = send(client, name="notes.md", text=POST)
    stamp = client.get(page).context_data["preview"].stamp
    holding = []

    @contextmanager
    def hold_lock(on_wait):
        holding.append("held")
        yield
        holding.append("released")

    def note(name, do):
        return lambda *args, **more: (holding.append(name), do(*args, **more))[1]

    monkeypatch.setattr(uploads.importing, "hold_lock", hold_lock)
    monkeypatch.setattr(uploads, "preview_upload", note("compared", uploads.preview_upload))
    monkeypatch.setattr(post_import, "open_run", note("imported", post_import.open_run))
    monkeypatch.setattr(post_import, "hold_lock", note("held again", hold_lock))
    client.post(page, {"import": "", "stamp": stamp})
    assert holding == ["held", "compared", "imported", "released"]
    assert Post.objects.get().source == POST


def test_an_upload_is_refused_while_another_import_runs(client, monkeypatch):
    @contextmanager
    def hold_lock(on_wait):
        on_wait()
        yield

    page = send(client, name="notes.md", text=POST)
    stamp = client.get(page).context_data["preview"].stamp
    monkeypatch.setattr(uploads.importing, "hold_lock", hold_lock)
    response = client.post(page, {"import": "", "stamp": stamp}, follow=True)
    assert "An import is running. Try again when it has ended." in response.content.decode()
    assert (Post.objects.count(), Upload.objects.count()) == (0, 1)


def test_importing_an_upload_shows_its_own_run_not_later_ones(monkeypatch):
    client = log_in("view_post", "change_post", "view_importrun")
    files = [SimpleUploadedFile(f"{n}.md", POST.replace("Things", f"Things {n}").encode()) for n in (1, 2)]
    page = send(client, chosen=files)
    close_run = post_import.close_run

    def import_more(*args):
        close_run(*args)
        ImportRun.objects.create(given=["later"])

    monkeypatch.setattr(post_import, "close_run", import_more)
    run = ImportRun.objects.exclude(given=["later"])
    assert take(client, page)["Location"] == reverse("admin:talks_importrun_change", args=[run.get().pk])


@pytest.mark.any_database
def test_the_form_of_uploads_lets_editors_choose_all_readable_files(client):
    (accepted,) = re.findall(r'accept="([^"]*)"', client.get(reverse("admin:talks_post_bring_in")).content.decode())
    assert {".md", ".qmd", ".org", ".ipynb", ".toml", ".zip", ".webp"} <= set(accepted.split(","))


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, "Paste a post, or choose files. Posts end in .md or the like, in a zip too."),
        ({"chosen": SimpleUploadedFile("x.zip", make_zip(("../x.md", "x")))}, "leads out of it"),
        ({"chosen": SimpleUploadedFile("x.md", b"\xff\xfe\xfa")}, "x.md: "),
        ({"chosen": SimpleUploadedFile("<b>.zip", b"PK\x03\x04")}, "damaged"),
        ({"chosen": SimpleUploadedFile("pic.zip", make_zip(("a.png", "x")))}, "Paste a post"),
        ({"text": "x", "name": "a.md", "chosen": SimpleUploadedFile("a.md", b"y")}, "Two files have the path a.md."),
        (
            {"text": "x", "name": "A.md", "chosen": SimpleUploadedFile("a.md", b"y")},
            "a.md and A.md differ only in case.",
        ),
    ],
)
def test_invalid_uploads_are_refused_with_a_reason(client, values, fault):
    if file := values.get("chosen"):
        file.seek(0)
    response = client.post(BRING_IN, values)
    assert response.status_code == 400
    assert fault in str(response.context_data["form"].errors)
    assert Upload.objects.count() == 0


@pytest.mark.any_database
def test_a_file_without_text_is_left_out_beside_others(client):
    files = [SimpleUploadedFile("a.md", POST.encode()), SimpleUploadedFile("b.md", b"\x00\x01\xff\xfe\x00")]
    response = client.post(BRING_IN, {"chosen": files}, follow=True)
    assert [str(said) for said in response.context["messages"]] == [
        "Left out: b.md: The file is binary, not text. Give a markdown file."
    ]
    assert [post["name"] for post in Upload.objects.get().posts] == ["a.md"]


def test_a_file_without_text_refuses_uploads_that_withdraw(client):
    """The post with the name of the file would be withdrawn otherwise."""
    files = [SimpleUploadedFile("a.md", POST.encode()), SimpleUploadedFile("b.md", b"\x00\x01\xff\xfe\x00")]
    response = client.post(BRING_IN, {"chosen": files, "withdraws": "on"})
    assert (response.status_code, Upload.objects.count()) == (400, 0)
    assert "b.md: The file is binary, not text." in str(response.context_data["form"].errors)


def test_oversized_uploads_are_refused_before_they_are_read(client):
    assert client.post(BRING_IN, {"text": "x"}, CONTENT_LENGTH="50000000").status_code == 413


@pytest.mark.any_database
def test_an_upload_without_a_csrf_token_is_refused():
    client = log_in("view_post", "change_post")
    client.handler.enforce_csrf_checks = True
    assert client.post(BRING_IN, {"text": POST}).status_code == 403
    assert Upload.objects.count() == 0


@pytest.mark.any_database
@pytest.mark.parametrize("permissions", [(), ("view_post",), ("view_post", "change_talk")])
def test_uploading_needs_permission_to_change_posts(client, permissions):
    page = send(client, text=POST)
    stamp = client.get(page).context_data["preview"].stamp
    other = log_in(*permissions)
    assert other.get(BRING_IN).status_code == other.post(BRING_IN, {"text": POST}).status_code == 403
    assert other.get(page).status_code == other.post(page, {"import": "", "stamp": stamp}).status_code == 403
    assert (Post.objects.count(), Upload.objects.count()) == (0, 1)


def test_an_upload_is_visible_to_its_editor_only(client):
    page = send(client, text=POST)
    other = log_in("view_post", "change_post")
    assert other.get(page).status_code == other.post(page, {"import": ""}).status_code == 404


@pytest.mark.any_database
def test_the_markdown_of_a_post_is_downloaded(client):
    import_posts([Content("notes.md", POST.encode())])
    address = reverse("admin:talks_post_markdown", args=[Post.objects.get().pk])
    response = client.get(address)
    assert (response.content.decode(), response["Content-Type"]) == (POST, "text/markdown; charset=utf-8")
    assert response["Content-Disposition"] == f'attachment; filename="{Post.objects.get().slug}.md"'
    assert log_in("view_talk").get(address).status_code == 403


FOLDER = (("acme/a.md", POST), ("acme/b.md", POST.replace("Things", "More")), ("else/c.md", "# Lunch\n\nWe ate.\n"))


def send_zip(client, *entries, **said):
    return send(client, chosen=[SimpleUploadedFile("x.zip", make_zip(*entries))], **said)


def list_withdrawn():
    return list(Post.objects.filter(withdrawn=True).values_list("key", flat=True))


def test_uploads_withdraw_missing_posts_only_if_editors_ticked_that(client):
    take(client, send_zip(client, *FOLDER))
    take(client, send_zip(client, FOLDER[0]))
    assert list_withdrawn() == []
    page = send_zip(client, FOLDER[0], withdraws="on")
    assert "1 post not among these would be withdrawn:\n    acme/b.md" in (
        client.get(page).context_data["preview"].text
    )
    take(client, page)
    assert list_withdrawn() == ["acme/b.md"]
    assert check_base() == []


def test_undoing_an_upload_restores_withdrawn_posts(client):
    take(client, send_zip(client, *FOLDER))
    take(client, send_zip(client, FOLDER[0], withdraws="on"))
    assert undo_run(ImportRun.objects.latest("pk").pk).restored == ("acme/b.md",)
    assert list_withdrawn() == []


@pytest.mark.slow
@pytest.mark.parametrize("answers", [{}, {"post-series": "Other Conf"}])
def test_undoing_an_upload_removes_its_posts(client, answers):
    page = send_zip(client, *FOLDER[:2])
    if answers:
        client.post(page, answers)
    take(client, page)
    assert undo_run(ImportRun.objects.get().pk).removed == ("acme/a.md", "acme/b.md")
    assert (Post.objects.count(), Correction.objects.count(), check_base()) == (0, 0, [])


@pytest.mark.any_database
def test_undoing_an_upload_takes_back_the_answers_given_with_it(client):
    take(client, send(client, name="notes.md", text=POST))
    page = send(client, name="notes.md", text=POST.replace("* One", "* Won"))
    client.post(page, {"post-series": "Other Conf"})
    take(client, page)
    post = Post.objects.get()
    assert (str(post.conference), Correction.objects.get().active) == ("Other Conf 2019", True)
    assert undo_run(ImportRun.objects.latest("pk").pk).reverted == ("notes.md",)
    post.refresh_from_db()
    assert (post.source, str(post.conference), Correction.objects.get().active) == (POST, "Acme Conf 2019", False)


@pytest.mark.any_database
def test_undoing_an_upload_keeps_posts_that_were_corrected_since(client):
    take(client, send(client, name="notes.md", text=POST))
    post = Post.objects.get()
    add_corrections(post, [Said(Act.POST, post=(("year", 2018),))], made_by="ann", version=make_version(post))
    assert [key for key, _ in undo_run(ImportRun.objects.earliest("pk").pk).kept] == ["notes.md"]


def test_posts_imported_from_files_are_never_withdrawn_by_an_upload(client, tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme/z.md").write_text(POST.replace("Things", "Files"))
    import_posts([tmp_path])
    take(client, send_zip(client, FOLDER[0], withdraws="on"))
    assert list_withdrawn() == []


@pytest.mark.any_database
def test_a_typed_text_is_parsed_without_being_stored(client):
    response = client.post(f"{BRING_IN}typed/", {"text": POST, "name": "a.md"})
    assert [talk.title for talk in response.context_data["talks"]] == ["First Things", "Second Things"]
    assert (Post.objects.count(), Upload.objects.count()) == (0, 0)
    assert client.post(f"{BRING_IN}typed/", {"text": ""}).context_data["talks"] == []


@pytest.mark.any_database
@pytest.mark.skipif(find_pandoc() is None, reason="pandoc is not installed")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "Acme Conf 2019\n==============\n\nMoss - Ann Lee\n--------------\n\n* Green\n* Soft\n"),
        ("a.org", "* Acme Conf 2019\n** Moss - Ann Lee\n- Green\n- Soft\n"),
        ("a.html", "<h1>Acme Conf 2019</h1><h2>Moss - Ann Lee</h2><ul><li>Green</li><li>Soft</li></ul>"),
    ],
)
def test_previews_show_converted_posts_by_the_lines_of_their_markdown(client, name, text):
    typed = client.post(f"{BRING_IN}typed/", {"text": text, "name": name}).context_data
    page = send(client, chosen=SimpleUploadedFile(name, text.encode()))
    for shown in (typed, client.get(page).context_data):
        assert [(line.text, line.became) for line in shown["lines"] if line.became] == [
            ("# Acme Conf 2019", "before the first talk"),
            ("## Moss - Ann Lee", "talk 1: Moss"),
            ("- Green", "takeaway of talk 1"),
            ("- Soft", "takeaway of talk 1"),
        ]
    take(client, page)
    assert list_talks() == [("Moss", 2)]
    mended = client.get(reverse("admin:talks_post_reading", args=[Post.objects.get().pk]))
    assert mended.status_code == 200


@pytest.mark.any_database
def test_a_downloaded_post_contains_the_edits_made_in_the_admin(client):
    take(client, send(client, name="a.md", text=POST))
    Takeaway.objects.filter(text="One").update(text="Won", html="Won")
    page = reverse("admin:talks_post_markdown", args=[Post.objects.get().pk])
    assert client.get(page).content.decode() == POST.replace("* One", "* Won")
    assert client.get(page, {"as": "imported"}).content.decode() == POST


@pytest.mark.any_database
def test_downloads_contain_edits_if_the_folder_has_a_confnotes_toml(client, tmp_path):
    (tmp_path / "confnotes.toml").write_text('series = "Other Conf"\n')
    (tmp_path / "a.md").write_text(POST)
    import_posts([tmp_path])
    Takeaway.objects.filter(text="One").update(text="Won", html="Won")
    page = reverse("admin:talks_post_markdown", args=[Post.objects.get().pk])
    assert client.get(page).content.decode() == POST.replace("* One", "* Won")


def make_folder(name):
    """Return the files of a folder whose posts are read otherwise alone: its README names the conference."""
    talk = "# {0}\n\nBy Ann Lee\n\n## Why\n\n* {0} grow\n\n## How\n\n* {0} spread\n"
    files = {f"{name}/{plant.lower()}.md": talk.format(plant) for plant in ("Moss", "Ferns", "Lichens", "Reeds")}
    files[f"{name}/README.md"] = (
        "# Notes from Acme Conf 2019\n\n" + "\n".join(f"* [{path}]({path.rpartition('/')[2]})" for path in files) + "\n"
    )
    return files


def list_addresses():
    talks = Talk.objects.filter(withdrawn=False).order_by("pk")
    told = sorted((talk.get_absolute_url(), str(talk.conference), talk.day.number) for talk in talks)
    return told, sorted(Takeaway.objects.values_list("public_id", "text")), sorted(Post.objects.values_list("key"))


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("toml", [None, 'day = 2\ntitle_pattern = "{title}"\nleast_certainty = 0.1\n'])
@pytest.mark.parametrize("zipped", [True, False])
def test_an_uploaded_folder_is_read_like_one_imported_from_disk(client, tmp_path, zipped, toml):
    top = "" if zipped else "notes/"
    files = make_folder("notes/spring") if zipped else make_folder("notes")
    if toml:
        files["confnotes.toml" if zipped else "notes/confnotes.toml"] = toml
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    import_posts([tmp_path if zipped else tmp_path / "notes"])
    expected = list_addresses()
    assert {said[1] for said in expected[0]} == {"Acme Conf 2019"}
    undo_run(ImportRun.objects.get().pk)
    chosen = [SimpleUploadedFile(name.removeprefix(top), text.encode()) for name, text in files.items()]
    page = send_zip(client, *files.items()) if zipped else send(client, chosen=chosen)
    assert client.get(page).context_data["conference"].series == "Acme Conf"
    take(client, page)
    assert list_addresses() == expected
    post = Post.objects.get(path__endswith="moss.md")
    switched = {"version": make_version(post), "save": "lines", "line": "5", "act": "talk", "title": "Why"}
    client.post(reverse("admin:talks_post_reading", args=[post.pk]), switched)
    assert [said.act for said in post.corrections.order_by("number")] == ["folder", "talk"]
    post.refresh_from_db()
    client.post(reverse("admin:talks_post_switch", args=[post.pk, 2]), {"version": make_version(post), "last_save": ""})
    assert list_addresses() == expected
    assert post.corrections.filter(active=True).get().act == "folder"
    assert check_base() == []


@pytest.mark.any_database
def test_posts_uploaded_again_alone_keep_their_folders_conference(client):
    files = make_folder("spring")
    take(client, send_zip(client, *files.items()))
    text = files["spring/moss.md"].replace("* Moss grow", "* Moss grows")
    take(client, send(client, name="spring/moss.md", text=text))
    assert {str(talk.conference) for talk in Talk.objects.filter(title="Moss")} == {"Acme Conf 2019"}


@pytest.mark.any_database
def test_a_misspelt_hint_of_an_upload_is_reported(client):
    files = [SimpleUploadedFile("x.zip", make_zip(("a.md", POST), ("confnotes.toml", "yaer = 2018")))]
    response = client.post(BRING_IN, {"chosen": files}, follow=True)
    assert "In confnotes.toml, line 1: " in response.content.decode()


TOML = 'series = "Other Conf"\nyear = 2018\n'
PICTURE = POST.replace("* One", "* One ![a dot](pics/dot.png)")


def test_images_in_an_uploaded_zip_are_stored(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    take(client, send_zip(client, ("acme/a.md", PICTURE), ("acme/pics/dot.png", make_png())))
    [use] = PostMedia.objects.all()
    assert (use.path, use.media.location.read_bytes()) == ("/acme/pics/dot.png", make_png())
    page = reverse("admin:talks_post_reading", args=[Post.objects.get().pk])
    client.post(page, {"version": make_version(Post.objects.get()), "line": "13", "act": "talk", "save": ""})
    assert list(PostMedia.objects.values_list("withdrawn", flat=True)) == [False]
    assert check_base() == []


@pytest.mark.any_database
@pytest.mark.parametrize("data", [b"<svg onload=x>", b"", b"\x89PNG no"])
def test_a_zipped_file_that_is_no_image_is_reported(client, data):
    page = send_zip(client, ("acme/a.md", PICTURE), ("acme/pics/dot.png", data))
    assert "image" in client.get(page).context_data["preview"].text
    take(client, page)
    assert PostMedia.objects.count() == 0


@pytest.mark.any_database
def test_the_confnotes_toml_of_a_zip_applies_to_later_imports(client):
    posts = (("acme/a.md", POST), ("b.md", POST.replace("Things", "More")))
    take(client, send_zip(client, *posts, ("acme/confnotes.toml", TOML)))
    told = {post.key: str(post.conference) for post in Post.objects.all()}
    assert told == {"acme/a.md": "Other Conf 2018", "b.md": "Acme Conf 2019"}
    import_posts([Content("acme/a.md", POST.replace("One", "Won").encode())])
    assert str(Post.objects.get(key="acme/a.md").conference) == "Other Conf 2018"


@pytest.mark.any_database
def test_an_uploaded_confnotes_toml_overrides_no_correction_or_front_matter(client):
    own = POST.replace("2019\n---", "2019\nconfnotes: {series: Own Conf}\n---")
    take(client, send_zip(client, ("acme/a.md", own), ("acme/confnotes.toml", TOML)))
    assert str(Post.objects.get().conference) == "Own Conf 2018"
    post = Post.objects.get()
    said = Said(Act.POST, post=(("year", 2017),))
    add_corrections(post, [said], made_by="ann", version=make_version(post))
    take(client, send_zip(client, ("acme/a.md", own.replace("One", "Won")), ("acme/confnotes.toml", TOML)))
    assert (str(Post.objects.get().conference), Correction.objects.count()) == ("Own Conf 2017", 2)


@pytest.mark.any_database
@pytest.mark.parametrize("toml", ["series = ", b"\xff"])
def test_an_unreadable_confnotes_toml_refuses_the_upload(client, toml):
    file = SimpleUploadedFile("x.zip", make_zip(("a.md", POST), ("confnotes.toml", toml)))
    response = client.post(BRING_IN, {"chosen": [file]})
    assert (response.status_code, Upload.objects.count()) == (400, 0)

"""Writing back in the browser: a diff of each file first, then exactly that."""

import pytest

from talks import editing
from talks.admin import write_backs
from talks.importing import import_posts
from talks.models import Post, Takeaway, Talk
from talks.parsing import Act, Correction, make_anchor, read_anchor_lines
from talks.write_back import write_back
from tests.admin.rows import log_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/talks/post/write-back/"
POST = "# Acme Conf 2019\n\n## Things by Ann Lee\n\n* One\n* Two <b>\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(POST)
    import_posts([path])
    Takeaway.objects.filter(text="One").update(text="Won", html="Won")
    return path


@pytest.fixture(name="client")
def _client():
    return log_in("view_post", "change_post")


@pytest.mark.any_database
def test_admin_pages_say_corrections_are_never_written_into_files(client, file):
    for _ in range(2):
        for page in (PAGE, f"/admin/talks/post/{Post.objects.get().pk}/reading/"):
            assert "are never written into" in client.get(page).content.decode()
        write_back()


@pytest.mark.any_database
def test_the_diff_is_shown_before_any_file_changes(client, file):
    [(outcome, rows)] = client.get(PAGE).context_data["files"]
    assert outcome.path == str(file)
    assert [row for row in rows if row[0] in ("added", "removed")] == [("removed", "-* One"), ("added", "+* Won")]
    assert file.read_text() == POST
    assert "+* Won" in client.get(PAGE).content.decode()
    assert " * Two &lt;b&gt;" in client.get(PAGE).content.decode()


@pytest.mark.any_database
def test_the_diffs_of_many_files_are_paged(client, file, monkeypatch):
    monkeypatch.setattr(write_backs, "FILES_A_PAGE", 1)
    other = file.with_name("b.md")
    other.write_text(POST.replace("Things", "More"))
    import_posts([file.parent])
    Takeaway.objects.filter(text="One").update(text="Won", html="Won")
    shown = [client.get(f"{PAGE}?page={page}").context_data["files"] for page in (1, 2)]
    assert [[outcome.path for outcome, _ in files] for files in shown] == [[str(file)], [str(other)]]


def test_confirming_the_shown_diff_writes_the_files(client, file):
    client.post(PAGE, {"stamp": client.get(PAGE).context_data["stamp"]})
    assert file.read_text() == POST.replace("One", "Won")
    assert client.get(PAGE).context_data["files"] == []


@pytest.mark.any_database
def test_edits_made_after_the_preview_are_not_written(client, file):
    stamp = client.get(PAGE).context_data["stamp"]
    Takeaway.objects.filter(text="Won").update(text="Wonder", html="Wonder")
    client.post(PAGE, {"stamp": stamp})
    assert file.read_text() == POST


@pytest.mark.any_database
@pytest.mark.parametrize("permissions", [["view_post"], []])
def test_write_back_needs_permission_to_change_posts(permissions, file):
    client = log_in(*permissions)
    assert [client.get(PAGE).status_code, client.post(PAGE).status_code] == [403, 403]
    assert file.read_text() == POST


def test_a_file_whose_diff_changed_is_not_written(file):

    report = write_back(shown={str(file): "another"})
    assert [outcome.fault for outcome in report.outcomes] == ["It would be written otherwise than it was shown."]
    assert file.read_text() == POST


def test_edits_that_cannot_be_written_are_shown_with_the_reason(client, file):
    post = Post.objects.get()
    said = Correction(Act.DETAILS, make_anchor(read_anchor_lines(POST), 3), title="Moss")
    editing.add_corrections(post, [said], made_by="ann", version=editing.make_version(post))
    Talk.objects.update(title="Moss & Roses")
    page = client.get(PAGE).content.decode()
    why = "the post&#x27;s lines have the title in another form"
    print(page[page.find("content-main") - 200 :][:3000])
    assert f"<li>Line 3, talk&#x27;s title not written: <bdi>Moss &amp; Roses</bdi>. The reason: {why}.</li>" in page

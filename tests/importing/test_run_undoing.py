"""Undoing an import run reverts what the run did; posts that people touched since are kept, and listed."""

from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from talks import editing
from talks.backup import check_base
from talks.importing import ChangedMeanwhileError, Content, NotFoundError, Undoing, import_posts, undo_run
from talks.models import EditorTouch, ImportOutcome, ImportRun, Post, Takeaway, Talk
from talks.parsing import Act, Correction, make_anchor, read_anchor_lines
from tests.admin.rows import log_in

pytestmark = pytest.mark.django_db
POST = "# Acme Conf 2019\n\n## Things by Ann Lee\n\n* One\n* Two\n"


def bring_in(**texts):
    import_posts([Content(f"{name}.md", text.encode()) for name, text in texts.items()])
    return ImportRun.objects.latest("pk").pk


def tell():
    rows = Takeaway.objects.filter(withdrawn=False, talk__withdrawn=False, post__withdrawn=False)
    return list(rows.order_by("post__key", "position").values_list("post__key", "text"))


BOTH = [("a.md", "One"), ("a.md", "Two")]
MORE = POST.replace("Things", "More")


def test_undoing_removes_posts_that_the_run_created():
    bring_in(a=POST)
    run = bring_in(b=MORE)
    assert undo_run(run) == Undoing(removed=("b.md",))
    assert (tell(), Talk.objects.count(), check_base()) == (BOTH, 1, [])
    bring_in(b=MORE)
    assert Talk.objects.count() == 2


def test_undoing_reverts_posts_that_the_run_changed():
    bring_in(a=POST)
    ids = list(Takeaway.objects.order_by("position").values_list("public_id", flat=True))
    run = bring_in(a=POST.replace("* Two", "* Three things\n* Four"))
    assert undo_run(run) == Undoing(reverted=("a.md",))
    assert (tell(), Post.objects.get().source) == (BOTH, POST)
    rows = Takeaway.objects.filter(withdrawn=False).order_by("position")
    assert (list(rows.values_list("public_id", flat=True)), check_base()) == (ids, [])


def test_undoing_restores_posts_that_the_run_withdrew(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(POST if name == "a" else MORE)
    import_posts([tmp_path])
    (tmp_path / "b.md").unlink()
    import_posts([tmp_path])
    assert undo_run(ImportRun.objects.latest("pk").pk) == Undoing(restored=("b.md",))
    assert list(Post.objects.values_list("withdrawn", flat=True)) == [False, False]
    assert check_base() == []


@pytest.mark.parametrize("text", [MORE, MORE.replace("* Two", "* Three")])
def test_undoing_withdraws_posts_that_the_run_brought_back(tmp_path, text):
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(POST if name == "a" else MORE)
    import_posts([tmp_path])
    (tmp_path / "b.md").unlink()
    import_posts([tmp_path])
    run = bring_in(b=text)
    assert len(tell()) == 4
    undoing = undo_run(run)
    assert (undoing.withdrawn, undoing.kept, tell(), check_base()) == (("b.md",), (), BOTH, [])
    assert Post.objects.get(key="b.md").source == MORE


def test_an_undone_run_says_so_and_is_not_offered_again(capsys):
    run, client = bring_in(a=POST), log_in("view_importrun", "view_post", "change_post")
    undo_run(run)
    call_command("undo_run")
    at = localtime(ImportRun.objects.get().undone_at)
    assert f"posts: 1 created  undone {at:%Y-%m-%d %H:%M}" in capsys.readouterr().out
    form = client.get(reverse("admin:talks_importrun_change", args=[run])).content.decode()
    assert reverse("admin:talks_importrun_undo", args=[run]) not in form
    assert "column-undone_at" in client.get(reverse("admin:talks_importrun_changelist")).content.decode()
    bring_in(a=POST)
    assert undo_run(run) == Undoing()


def touch_talk(post):
    talk = Talk.objects.get(sources__post=post)
    EditorTouch.record([talk], "title")


def hide_takeaway(post):
    editing.switch_takeaways(post.takeaways.all()[:1], hidden=True)


@pytest.mark.parametrize(
    ("touch", "why"),
    [(touch_talk, "an editor changed it since"), (hide_takeaway, "“One” was taken down.")],
)
def test_undoing_keeps_and_lists_posts_that_editors_touched_since(touch, why):
    run = bring_in(a=POST)
    touch(Post.objects.get())
    assert undo_run(run) == Undoing(kept=(("a.md", why),))
    assert Post.objects.count() == 1


def test_undoing_keeps_and_lists_posts_changed_by_later_runs():
    bring_in(a=POST)
    run = bring_in(a=POST.replace("One", "Won"))
    bring_in(a=POST.replace("One", "Wonder"))
    assert undo_run(run) == Undoing(kept=(("a.md", "a later run changed it again"),))


def test_undoing_a_run_a_second_time_does_nothing():
    run = bring_in(a=POST)
    undo_run(run)
    assert undo_run(run) == Undoing()


def test_a_dry_run_of_undoing_changes_nothing():
    run = bring_in(a=POST)
    assert (undo_run(run, dry_run=True), tell()) == (Undoing(removed=("a.md",)), BOTH)


def test_undoing_an_unknown_run_is_an_error():
    with pytest.raises(NotFoundError):
        undo_run(99)
    with pytest.raises(CommandError):
        call_command("undo_run", "99")


def test_an_undoing_that_differs_from_the_shown_one_is_refused():
    run = bring_in(a=POST)
    with pytest.raises(ChangedMeanwhileError):
        undo_run(run, expected=Undoing())
    assert tell() == BOTH


def test_former_texts_of_posts_are_stored_for_ten_runs():
    for number in range(12):
        bring_in(a=POST.replace("One", f"One {number}"))
    bring_in(a=POST.replace("One", "One 11"))
    kept = ImportOutcome.objects.exclude(former_text="").order_by("pk")
    assert [f"One {number}" in row.former_text for number, row in enumerate(kept, 1)] == [True] * 10


def test_corrections_do_not_displace_former_texts_of_posts():
    bring_in(a=POST, b=MORE)
    run = bring_in(a=POST.replace("One", "Won"))
    lines = read_anchor_lines(MORE)
    for number in range(11):
        said = [Correction(Act.DETAILS, make_anchor(lines, 3), title=f"Talk {number}")]
        post = Post.objects.get(key="b.md")
        editing.add_corrections(post, said, made_by="ann", version=editing.make_version(post))
    assert undo_run(run, dry_run=True).reverted == ("a.md",)


@pytest.mark.slow
def test_later_runs_delete_former_texts_that_a_failed_run_left(monkeypatch):
    for number in range(11):
        bring_in(a=POST.replace("One", f"One {number}"))
    with monkeypatch.context() as patch:
        patch.setattr("talks.importing.store.run_journal._forget_former_texts", Mock(side_effect=OSError("gone")))
        with pytest.raises(OSError, match="gone"):
            bring_in(a=POST.replace("One", "One 11"))
    for number in range(12, 23):
        bring_in(a=POST.replace("One", f"One {number}"))
    assert ImportOutcome.objects.exclude(former_text="").count() == 10


def test_the_command_undo_run_shows_and_undoes_a_run(capsys):
    run = bring_in(a=POST)
    call_command("undo_run", str(run), dry_run=True)
    call_command("undo_run", str(run))
    said = "1 post removed, with all that came only from them:\n    a.md\n"
    assert capsys.readouterr().out == f"{said}This was a dry run: nothing was undone.\n{said}"


def test_the_command_undo_run_without_a_number_lists_runs(capsys, tmp_path):
    call_command("undo_run")
    (tmp_path / "a.md").write_text(POST)
    first, second = (import_posts([tmp_path]) and ImportRun.objects.latest("pk") for _ in range(2))
    call_command("undo_run")
    told = [(second, "posts: none changed"), (first, "posts: 1 created")]
    lines = [f"{run.pk:>6}  {localtime(run.started_at):%Y-%m-%d %H:%M}  {did}  {tmp_path}" for run, did in told]
    assert capsys.readouterr().out.splitlines() == ["Nothing was imported yet.", *lines]


def test_the_admin_undoes_a_run_after_a_preview():
    run, client = bring_in(a=POST), log_in("view_importrun", "view_post", "change_post")
    page = reverse("admin:talks_importrun_undo", args=[run])
    assert page in client.get(reverse("admin:talks_importrun_change", args=[run])).content.decode()
    stamp = client.get(page).context_data["stamp"]
    client.post(page, {"stamp": "old"})
    assert tell() == BOTH
    client.post(page, {"stamp": stamp})
    assert tell() == []


def test_view_permission_undoes_no_run():
    run, client = bring_in(a=POST), log_in("view_importrun", "view_post")
    page = reverse("admin:talks_importrun_undo", args=[run])
    assert page not in client.get(reverse("admin:talks_importrun_change", args=[run])).content.decode()
    assert [client.get(page).status_code, client.post(page).status_code] == [403, 403]


def test_undoing_parses_former_texts_with_hints_from_confnotes_toml(tmp_path):
    (tmp_path / "confnotes.toml").write_text('series = "Acme Conf"\nyear = 2019\n')
    notes = "# Notes\n\n## Things by Ann Lee\n\n* One\n* Two\n"
    (tmp_path / "a.md").write_text(notes)
    import_posts([tmp_path])
    address = Talk.objects.get().get_absolute_url()
    (tmp_path / "a.md").write_text(notes.replace("Two", "Three"))
    import_posts([tmp_path])
    assert undo_run(ImportRun.objects.latest("pk").pk) == Undoing(reverted=("a.md",))
    assert [talk.get_absolute_url() for talk in Talk.objects.filter(withdrawn=False)] == [address]
    assert (Post.objects.get().source, check_base()) == (notes, [])


def test_undoing_does_not_restore_a_post_withdrawn_since(tmp_path):
    for name, text in (("a", POST), ("b", MORE)):
        (tmp_path / f"{name}.md").write_text(text)
    import_posts([tmp_path])
    (tmp_path / "b.md").write_text(MORE.replace("One", "Uno"))
    import_posts([tmp_path])
    run = ImportRun.objects.latest("pk").pk
    (tmp_path / "b.md").unlink()
    import_posts([tmp_path])
    assert undo_run(run) == Undoing(kept=(("b.md", "it was withdrawn since"),))


def test_an_edit_of_an_unrelated_row_hinders_no_undoing():
    run = bring_in(a=POST)
    EditorTouch.objects.create(kind="talk", key="a.md", what="title")
    assert undo_run(run) == Undoing(removed=("a.md",))


def test_undoing_needs_equal_queries_for_ten_and_thirty_posts():
    def plan(*numbers):
        run = bring_in(**{f"p{n}": POST.replace("Things", f"Things {n}") for n in numbers})
        takeaways = Takeaway.objects.filter(post__key=f"p{numbers[0]}.md")
        takeaways.filter(text="One").update(hidden=True)
        with CaptureQueriesContext(connection) as queries:
            undoing = undo_run(run, dry_run=True)
        assert undoing.kept == ((f"p{numbers[0]}.md", "“One” was taken down."),)
        assert len(undoing.removed) == len(numbers) - 1
        return len(queries)

    assert plan(*range(10)) == plan(*range(10, 40))

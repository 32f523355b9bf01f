"""Recognising which stored post a file is, and errors in one post that do not stop others."""

import os

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection

from talks.importing import Content, batch, import_posts, parse_worker
from talks.models import Conference, ImportOutcome, ImportRun, Post, Speaker, Takeaway, Talk
from tests.importing.conftest import DAY_1, dump

pytestmark = pytest.mark.django_db

OTHER = """\
---
title: Another Gathering 2018
---
## Growing Tomatoes with Una Verde
* Water them early in the morning and never at noon
* Pinch out the side shoots every week or so

## Pruning Trees with Otto Holz
* Winter is the time for most of the fruit trees
"""


def tell(report):
    return [(outcome.path.rpartition("/")[2], outcome.outcome) for outcome in report.outcomes]


def list_codes(report):
    return [(said["severity"], said["code"]) for outcome in report.outcomes for said in outcome.diagnostics]


def test_a_second_post_with_the_same_key_is_refused(tmp_path):
    for name, text in (("a", DAY_1), ("b", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.md").write_text(text)
    report = import_posts([tmp_path / "a" / "notes.md", tmp_path / "b" / "notes.md"])
    assert tell(report) == [("notes.md", "created"), ("notes.md", "refused")]
    assert list_codes(report) == [("error", "same-key")]
    message = report.outcomes[1].diagnostics[0]["message"]
    assert message == f"This and {tmp_path}/a/notes.md would be the same post, `notes.md`."


@pytest.mark.parametrize(("first", "second"), [(DAY_1, OTHER), ("# Moss\n\n- shade\n", "# Soil\n\n- wet\n")])
def test_a_different_post_with_a_stored_posts_key_is_refused(tmp_path, first, second):
    for name, text in (("a", first), ("b", second)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.md").write_text(text)
    import_posts([tmp_path / "a"])
    before = dump()
    report = import_posts([tmp_path / "b"])
    assert (tell(report), list_codes(report)) == ([("notes.md", "refused")], [("error", "same-key")])
    assert f"{tmp_path}/a/notes.md" in report.outcomes[0].diagnostics[0]["message"]
    assert dump() == before


def test_the_report_names_talks_of_which_two_posts_hold_notes(write):
    text = "---\ntitle: {} of GardenConf 2019\n---\n## Growing Tomatoes with Una Verde\n\n* {}\n"
    files = [write("a.md", text.format("Notes", "water")), write("b.md", text.format("Recap", "pinch"))]
    shared = import_posts(files).shared
    assert [(title, [path.rpartition("/")[2] for path in paths]) for title, paths in shared] == [
        ("Growing Tomatoes", ["a.md", "b.md"])
    ]
    assert import_posts([write("c.md", OTHER)]).shared == ()


def test_an_entirely_rewritten_file_updates_the_post_of_its_path(write):
    import_posts([write("a.md", DAY_1)])
    assert tell(import_posts([write("a.md", OTHER)])) == [("a.md", "updated")]
    assert Talk.objects.filter(withdrawn=False).count() == 2


@pytest.mark.parametrize("given", [".", "notes", "notes/2017", "notes/2017/day-1.md"])
@pytest.mark.parametrize("mark", ["", "notes/confnotes.toml", "confnotes.toml"])
def test_a_file_stays_its_post_however_it_is_given(tmp_path, given, mark):
    """A file `mark` may be put there after the first import."""
    file = tmp_path / "notes" / "2017" / "day-1.md"
    file.parent.mkdir(parents=True)
    file.write_text(DAY_1)
    import_posts([tmp_path / "notes"])
    if mark:
        (tmp_path / mark).touch()
    assert tell(import_posts([tmp_path / given])) == [("day-1.md", "unchanged")]
    file.write_text(DAY_1 + "* One more\n")
    assert tell(import_posts([tmp_path / given])) == [("day-1.md", "updated")]
    assert [post.key for post in Post.objects.all()] == ["2017/day-1.md"]


def test_a_post_that_gets_an_id_stays_the_post(write):
    file = write("a.md", DAY_1)
    import_posts([file])
    file.write_text(DAY_1.replace("confnotes:\n", "confnotes:\n  id: garden\n"))
    assert tell(import_posts([file])) == [("a.md", "updated")]
    assert [post.key for post in Post.objects.all()] == ["garden"]


@pytest.mark.parametrize("alone", [True, False])
def test_a_new_file_at_a_moved_posts_place_is_new(tmp_path, alone):
    """The post itself was moved, and is recognised by its `id`."""
    file = tmp_path / "a.md"
    file.write_text(DAY_1.replace("confnotes:\n", "confnotes:\n  id: garden\n"))
    import_posts([tmp_path])
    file.rename(tmp_path / "b.md")
    file.write_text(OTHER)
    assert tell(import_posts([file] if alone else [tmp_path]))[0] == ("a.md", "created")
    assert "refused" not in dict(tell(import_posts([tmp_path]))).values()
    assert {(post.key, post.path.rpartition("/")[2]) for post in Post.objects.all()} == {
        ("garden", "b.md"),
        ("a.md", "a.md"),
    }


@pytest.mark.parametrize("year", ["2017", "zoo"])
@pytest.mark.parametrize("other", [OTHER, DAY_1.replace("Docker", "Podman")])
def test_a_post_stays_where_another_file_has_its_key(tmp_path, year, other):
    file = tmp_path / year / "README.md"
    file.parent.mkdir()
    file.write_text(DAY_1)
    import_posts([file.parent])
    (tmp_path / "README.md").write_text(other)
    file.write_text(DAY_1 + "* One more\n")
    outcomes = {outcome.path: outcome.outcome for outcome in import_posts([tmp_path]).outcomes}
    assert outcomes == {str(file): "updated", str(tmp_path / "README.md"): "refused"}
    assert Post.objects.get().path == str(file)


def test_a_restored_posts_file_is_no_copy_of_it(tmp_path, monkeypatch):
    """The place of a restored post is its key until it is imported, even if the working folder has such a file."""
    file = tmp_path / "2017" / "day.md"
    file.parent.mkdir()
    file.write_text(DAY_1)
    import_posts([tmp_path])
    Post.objects.update(path="2017/day.md")
    monkeypatch.chdir(tmp_path)
    assert tell(import_posts(["2017"])) == [("day.md", "updated")]
    assert Post.objects.get().path == str(file)


def test_a_post_stays_where_its_name_is_anothers_key(tmp_path):
    folders = [tmp_path / year for year in ("2017", "2018")]
    for folder, text in zip(folders, (DAY_1, DAY_1.replace("2019", "2018")), strict=True):
        folder.mkdir()
        (folder / "day.md").write_text(text)
    import_posts([folders[0]])
    import_posts([tmp_path])
    before = [*Post.objects.order_by("key").values_list("key", "path")]
    for folder in folders:
        assert tell(import_posts([folder])) == [("day.md", "unchanged")]
    assert [*Post.objects.order_by("key").values_list("key", "path")] == before


def test_posts_are_recognised_in_another_checkout_of_their_repository(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "confnotes.toml").touch()
        (tmp_path / name / "notes.md").write_text(DAY_1)
    import_posts([tmp_path / "a"])
    assert tell(import_posts([tmp_path / "b"])) == [("notes.md", "unchanged")]
    assert Post.objects.get().path == f"{tmp_path}/b/notes.md"
    (tmp_path / "a" / "notes.md").write_text(DAY_1 + "* One more\n")
    assert tell(import_posts([tmp_path / "a"])) == [("notes.md", "updated")]


def test_a_file_with_the_text_of_another_post_is_skipped(write):
    folder = write("b.md", DAY_1).parent
    write("a.md", DAY_1)
    report = import_posts([folder])
    assert (tell(report), list_codes(report)) == (
        [("a.md", "created"), ("b.md", "skipped")],
        [("warning", "same-content")],
    )
    assert f"{folder}/a.md" in report.outcomes[1].diagnostics[0]["message"]
    assert tell(import_posts([folder])) == [("a.md", "unchanged"), ("b.md", "skipped")]
    assert tell(import_posts([folder / "b.md"])) == [("b.md", "skipped")]
    assert [post.key for post in Post.objects.all()] == ["a.md"]


def test_a_copy_that_is_read_before_its_original_is_skipped(write):
    folder = write("b.md", DAY_1).parent
    import_posts([folder])
    write("a.md", DAY_1)
    assert tell(import_posts([folder])) == [("a.md", "skipped"), ("b.md", "unchanged")]


def test_copies_of_a_changed_posts_former_text_become_new_posts(write):
    path = write("b.md", DAY_1)
    import_posts([path])
    write("a.md", DAY_1)
    write("b.md", DAY_1.replace("small ones", "tiny ones"))
    assert tell(import_posts([path.parent])) == [("a.md", "created"), ("b.md", "updated")]
    assert tell(import_posts([path.parent])) == [("a.md", "unchanged"), ("b.md", "unchanged")]


def test_a_copy_is_skipped_even_if_its_original_became_unreadable(write):
    path = write("b.md", DAY_1)
    import_posts([path])
    write("a.md", DAY_1)
    path.write_bytes(b"\xff")
    assert tell(import_posts([path.parent])) == [("a.md", "skipped"), ("b.md", "refused")]


def test_a_moved_post_is_recognised_by_its_text(write):
    path = write("a.md", DAY_1)
    import_posts([path])
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    path.unlink()
    report = import_posts([write("2019/moved.md", DAY_1).parent.parent])
    assert tell(report) == [("moved.md", "updated")]
    post = Post.objects.get()
    assert (post.key, post.stem) == ("2019/moved.md", "moved")
    write("2019/moved.md", DAY_1 + "* One more\n")
    assert tell(import_posts([path.parent])) == [("moved.md", "updated")]
    assert ids < set(Takeaway.objects.values_list("public_id", flat=True))
    assert (Post.objects.count(), Takeaway.objects.count()) == (1, 8)


def test_a_post_with_an_id_is_recognised_anywhere(write):
    text = DAY_1.replace("confnotes:\n", "confnotes:\n  id: testing-1\n")
    path = write("a.md", text)
    import_posts([path])
    assert Post.objects.get().key == "testing-1"
    assert tell(import_posts([path])) == [("a.md", "unchanged")]
    path.unlink()
    path = write("b.md", text)
    assert tell(import_posts([path])) == [("b.md", "unchanged")]
    path.write_text(text + "* One more\n")
    assert tell(import_posts([path])) == [("b.md", "updated")]
    assert (Post.objects.count(), Takeaway.objects.count()) == (1, 8)
    assert tell(import_posts([path, write("c.md", text + "* Other\n")])) == [("b.md", "unchanged"), ("c.md", "refused")]


def test_a_withdrawn_post_is_restored_when_its_file_is_back(write):
    path = write("a.md", DAY_1)
    import_posts([path])
    Post.objects.update(withdrawn=True)
    assert tell(import_posts([path])) == [("a.md", "updated")]
    assert not Post.objects.get().withdrawn


def test_hints_in_confnotes_toml_apply_to_the_folders_posts(write):
    path = write("a.md", OTHER)
    (path.parent / "confnotes.toml").write_text('series = "Garden Days"\nyear = 2020\n')
    import_posts([path])
    assert str(Post.objects.get().conference) == "Garden Days 2020"
    (path.parent / "confnotes.toml").write_text('series = "Garden Days"\nyear = 2021\n')
    assert tell(import_posts([path])) == [("a.md", "updated")]
    assert str(Post.objects.get().conference) == "Garden Days 2021"


def test_a_wrong_key_in_a_confnotes_toml_is_reported_once(write):
    folder = write("a.md", OTHER).parent
    write("b.md", DAY_1)
    (folder / "confnotes.toml").write_text("yaer = 2020\n")
    report = import_posts([folder])
    assert tell(report) == [("a.md", "created"), ("b.md", "created")]
    assert list_codes(report) == [("warning", "unknown-hint")]
    assert report.outcomes[0].diagnostics[0]["path"] == f"{folder}/confnotes.toml"


@pytest.mark.parametrize("fault", ["text", "link", "pipe", "bytes", "size"])
def test_posts_below_an_unreadable_confnotes_toml_are_refused(write, fault):
    folder = write("a.md", OTHER).parent
    write("b.md", DAY_1)
    hints = folder / "confnotes.toml"
    hints.unlink()
    if fault == "link":
        hints.symlink_to("/etc/hostname")
    elif fault == "pipe":
        os.mkfifo(hints)
    else:
        hints.write_bytes({"text": b"series = \n", "bytes": b'series = "\xff"\n', "size": b"#" * 70_000}[fault])
    report = import_posts([folder])
    assert tell(report) == [("a.md", "refused"), ("b.md", "refused")]
    assert [code for _, code in list_codes(report)][1:] == ["hints-invalid", "hints-invalid"]
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n\n", "empty-post"),
        (b"caf\xe9\n", "not-utf8"),
        ("text".encode("utf-16"), "not-utf8"),
        (b"\xed\xa0\x80", "not-utf8"),
        (b"\xc0\xaf", "not-utf8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-utf8"),
        (b"# Title\n\na\x00b\n", "nul-character"),
    ],
)
def test_files_that_are_no_text_are_refused_and_others_imported(write, data, code):
    """Empty files are refused too."""
    path = write("good.md", DAY_1)
    (path.parent / "bad.md").write_bytes(data)
    report = import_posts([path.parent])
    assert tell(report) == [("bad.md", "refused"), ("good.md", "created")]
    assert list_codes(report) == [("error", code)]


def test_an_oversized_post_is_refused(write, settings):
    settings.POST_MAX_BYTES = 1_000
    report = import_posts([write("a.md", DAY_1), write("b.md", OTHER * 10)])
    assert (tell(report), list_codes(report)) == ([("a.md", "created"), ("b.md", "refused")], [("error", "too-large")])


def test_posts_with_overlong_values_are_imported_on_both_databases(write):
    long = "ﷺ" * 1_000
    text = (
        f"---\ntitle: {long}\nauthor: {long}\nlanguage: {'x' * 100}\ntags: [{long}, {'#' * 250}]\n"
        f"aliases: [/{'a' * 600}]\nconfnotes:\n  series: {long[:290]}\n  year: 2019\n  talk_level: 2\n---\n"
        f"## {long} with {'A' * 600} Brown\n* [{long}](https://example.org/{'a' * 100_000})\n"
        f"* <https://example.org/{'b' * 1_900}>\n\n## Second Talk with Eve Fox\n* One\n"
    )
    report = import_posts([write(f"{'n' * 240}.md", text)])
    assert [outcome.outcome for outcome in report.outcomes] == ["created"]
    assert import_posts([write(f"{'n' * 240}.md", text)]).outcomes[0].outcome == "unchanged"
    write(f"{'n' * 240}.md", text + "* Two\n")
    assert import_posts([write(f"{'n' * 240}.md", text + "* Two\n")]).outcomes[0].outcome == "updated"


@pytest.mark.parametrize(
    "name",
    ["two\nlines.md", "\x1b[31m.md", "quo'te\".md", "-rf.md", "<b>.md", "\u202ecod.md", "%s{0}.md", "l\udce9.md"],
)
def test_posts_with_unusual_file_names_are_imported(write, name):
    folder = write(name, DAY_1).parent
    report = import_posts([folder])
    assert [outcome.outcome for outcome in report.outcomes] == ["created"]
    assert import_posts([folder]).outcomes[0].outcome == "unchanged"
    assert not any(ord(letter) < 32 for letter in Post.objects.get().key + report.outcomes[0].path)


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: 7\npk: 7\nis_superuser: true\nimage: x\nwithdrawn: true\nslug: ../../admin\n---\n# A\n\n* b\n",
        "# {{7*7}} %s {0.__class__}\n\n## <script>alert(1)</script> with '; DROP TABLE talks_talk; --\n* a\n",
        "# " + "\U0001f600" * 50 + "\n\n## 日本語 with 山田太郎\n* 一\n\n## עברית with דוד\n* א\n",
        "* " * 500 + "deep\n",
        "# A\n\n" + "* same\n" * 300,
        "[" * 10_000,
        "# !!!\n\n## ??? with ---\n* ...\n",
    ],
)
def test_posts_with_unusual_characters_are_stored(write, text):
    report = import_posts([write("a.md", text)])
    assert [outcome.outcome for outcome in report.outcomes] == ["created"]
    assert import_posts([write("a.md", text)]).outcomes[0].outcome == "unchanged"
    assert import_posts([write("a.md", f"{text}\nMore.\n")]).outcomes[0].outcome == "updated"


def test_a_crash_of_the_parser_stops_one_post_only(write, monkeypatch, caplog):
    parse = parse_worker.parse_post

    def fail(text, *, name, **context):
        if name.endswith("/a.md"):
            raise RuntimeError
        return parse(text, name=name, **context)

    monkeypatch.setattr(parse_worker, "parse_post", fail)
    report = import_posts([write("a.md", DAY_1), write("b.md", OTHER)])
    assert (tell(report), list_codes(report)) == (
        [("a.md", "refused"), ("b.md", "created")],
        [("error", "parser-failed")],
    )
    assert "The parser failed on" in caplog.text


@pytest.mark.parametrize("error", [IntegrityError("no\nDETAIL"), DataError("no")])
def test_a_database_error_stops_one_post_only(write, monkeypatch, error):
    break_writing(monkeypatch, error, key="a.md", times=9)
    report = import_posts([write("a.md", DAY_1), write("b.md", OTHER)])
    assert (tell(report), list_codes(report)) == ([("a.md", "refused"), ("b.md", "created")], [("error", "not-stored")])
    assert "no." in report.outcomes[0].diagnostics[0]["message"]


@pytest.mark.parametrize("error", [IntegrityError("somebody was faster"), OperationalError("database is locked")])
def test_a_batch_is_retried_after_another_process_wrote(write, monkeypatch, error):
    break_writing(monkeypatch, error, key="a.md", times=2)
    assert tell(import_posts([write("a.md", DAY_1)])) == [("a.md", "created")]
    assert Talk.objects.count() == 2


def break_writing(monkeypatch, error, *, key, times):
    """Let the last step of writing the post with this key fail with `error`, so many times."""
    keep = batch.keep_outcomes
    failures = iter([error] * times)

    def fail(run, outcomes):
        kept = list(outcomes)
        if any(outcome.path.endswith(key) for outcome, *_ in kept) and (fault := next(failures, None)):
            raise fault
        keep(run, kept)

    monkeypatch.setattr(batch, "keep_outcomes", fail)


def test_each_post_is_stored_whole_or_not_at_all(write, monkeypatch):
    import_posts([write("a.md", OTHER)])
    before = dump()
    break_writing(monkeypatch, OperationalError("database or disk is full"), key="b.md", times=1)
    with pytest.raises(OperationalError, match="disk is full"):
        import_posts([write("b.md", DAY_1), write("a.md", OTHER)])
    assert dump() == before
    assert ImportRun.objects.first().finished_at is None
    assert tell(import_posts([write("b.md", DAY_1), write("a.md", OTHER)])) == [
        ("a.md", "unchanged"),
        ("b.md", "created"),
    ]


def test_posts_imported_before_a_crash_stay(write, monkeypatch):
    monkeypatch.setattr("talks.importing.batch_size._MOST_POSTS", 1)
    break_writing(monkeypatch, OperationalError("database or disk is full"), key="b.md", times=1)
    with pytest.raises(OperationalError):
        import_posts([write("a.md", OTHER), write("b.md", DAY_1)])
    assert [post.key for post in Post.objects.all()] == ["a.md"]
    assert [outcome.outcome for outcome in ImportOutcome.objects.all()] == ["created"]


def test_speakers_whose_names_differ_only_in_case_share_one_row(write):
    import_posts([write("a.md", DAY_1), write("b.md", OTHER.replace("Una Verde", "ADA  BROWN"))])
    assert Speaker.objects.filter(folded="ada brown").count() == 1


def test_posts_and_conferences_of_equal_slugs_get_numbered_slugs(write):
    for name, title in (("a", "Days!"), ("b", "Days?"), ("c", "Days")):
        import_posts([Content(f"{name}.md", OTHER.replace("Another Gathering 2018", title).encode())])
    slugs = Conference.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["days", "days-2", "days-3"]
    assert list(Post.objects.order_by("pk").values_list("slug", flat=True)) == [
        "days",
        "days-2",
        "days-3",
    ]


def test_the_database_of_the_tests_is_sqlite_or_postgresql():
    assert connection.vendor in {"sqlite", "postgresql"}

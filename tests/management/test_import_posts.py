import io
import json
import re
import sys
from subprocess import run as run_process

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError

from talks.importing import import_posts
from talks.management.commands import import_posts as command
from talks.models import ImportRun, Post

pytestmark = pytest.mark.django_db

NOTES = """\
---
title: Another Gathering 2018
---
## Growing Tomatoes with Una Verde
* Water them early in the morning and never at noon

## Pruning Trees with Otto Holz
* Winter is the time for most of the fruit trees
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.md").write_text(NOTES)
    return tmp_path


def run(*args: object, **options: object) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_posts", *map(str, args), stdout=out, stderr=err, **options)
    except SystemExit as leaving:
        code = leaving.code
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


def test_import_posts_prints_a_report(folder):
    code, out, err = run(folder)
    assert (code, err) == (0, "")
    assert re.sub(r"in \d+\.\d s", "in 0.1 s", out) == (
        "               created    updated  unchanged  withdrawn\n"
        "posts                1          0          0          0\n"
        "conferences          1          0          0          0\n"
        "days                 1          0          0          0\n"
        "talks                2          0          0          0\n"
        "speakers             2          0          0          0\n"
        "takeaways            2          0          0          0\n"
        "references           0          0          0          0\n"
        "\n"
        "1 post: 1 created, in 0.1 s. Look at http://127.0.0.1:8000/.\n"
    )


def test_import_posts_with_a_refused_post_exits_with_1(folder):
    (folder / "b.md").write_text("\n")
    code, out, _ = run(folder)
    assert code == 1
    assert out.startswith(f"Paths are relative to {folder}.\nb.md:1:1: error[empty-post] ")
    assert Post.objects.count() == 1


def test_import_posts_with_a_skipped_file_exits_with_0(folder):
    (folder / "b.md").symlink_to("a.md")
    code, out, _ = run(folder)
    assert (code, "b.md:1:1: warning[symlink] " in out) == (0, True)


def test_import_posts_prints_json(folder):
    code, out, _ = run(folder, format="json")
    printed = json.loads(out)
    assert (code, printed["outcomes"]["created"], printed["totals"]["talks"]["created"]) == (0, 1, 2)


def test_a_dry_run_writes_nothing(folder):
    code, out, _ = run(folder, "--dry-run")
    assert (code, out.splitlines()[-1].endswith("This was a dry run: nothing was written.")) == (0, True)
    assert (Post.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_the_option_strict_exits_with_1_on_warnings(folder):
    (folder / "b.md").symlink_to("a.md")
    assert run(folder, "--strict")[0] == 1


def test_the_option_last_prints_the_last_report_again(folder):
    (folder / "b.md").write_text("\n")
    _, first, _ = run(folder)
    code, again, _ = run("--last")
    assert code == 0
    assert again.splitlines()[:-1] == first.splitlines()[:-1]


def test_the_option_last_without_a_run_is_an_error():
    assert run("--last") == (1, "", "Nothing has been imported yet.")


@pytest.mark.parametrize("verbosity", [0, 1, 2, 3])
def test_the_option_verbosity_sets_how_much_is_printed(folder, verbosity):
    (folder / "b.md").write_text(NOTES.replace("---\n", "").replace("title: ", "# "))
    (folder / "c.md").write_text("\n")
    _, out, _ = run(folder, verbosity=verbosity)
    shown = ["error[" in out, "posts: " in out, "note[" in out, "a.md: created" in out]
    assert shown == [True, verbosity >= 1, verbosity >= 2, verbosity >= 2]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Give a file or a folder of posts, or - for standard input."),
        (["/nowhere/at/all.md"], "There is no file or folder /nowhere/at/all.md."),
        (["/nowhere/\x1b[1m"], "There is no file or folder /nowhere/\\x1b[1m."),
        (["-"], "Standard input and --name go together: import_posts - --name 2017/day-2.md < notes.md"),
        (
            ["a.md", "--name", "b"],
            "Standard input and --name go together: import_posts - --name 2017/day-2.md < notes.md",
        ),
        (
            ["-", "--name", " / "],
            "Standard input and --name go together: import_posts - --name 2017/day-2.md < notes.md",
        ),
        (["--last", "a.md"], "--last takes no paths: it prints what the last run said."),
    ],
)
def test_wrong_arguments_of_import_posts_exit_with_2(args, message):
    assert run(*args) == (2, "", message)
    assert ImportRun.objects.count() == 0


@pytest.mark.slow
@pytest.mark.any_database
def test_unknown_options_of_import_posts_exit_with_2():
    done = run_process([sys.executable, "manage.py", "import_posts", "--nonsense"], capture_output=True, text=True)
    assert done.returncode == 2


def test_a_post_from_standard_input_is_imported(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTES.encode())))
    code, _, _ = run("-", "--name", "2018/gathering.md")
    assert (code, Post.objects.get().key) == (0, "2018/gathering.md")


def test_a_large_embedded_image_on_standard_input_is_not_cut(monkeypatch, settings):
    settings.POST_MAX_BYTES = len(NOTES) + 100
    text = f"{NOTES}\n![](data:image/png;base64,{'iVBO' * len(NOTES)})\n\nThe end.\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    code, _, _ = run("-", "--name", "2018/gathering.md")
    assert (code, Post.objects.get().source) == (0, text)


@pytest.mark.parametrize(
    ("fault", "code", "message"),
    [
        (
            OperationalError("attempt to write a readonly database"),
            1,
            "The database does not take it: attempt to write a readonly database. What was imported before is kept.",
        ),
        (
            OperationalError("database or disk is full\nLINE 1"),
            1,
            "The database does not take it: database or disk is full. What was imported before is kept.",
        ),
        (
            OperationalError("no such table: talks_post"),
            1,
            "The database has no tables yet: run `manage.py migrate` first.",
        ),
        (
            ProgrammingError('relation "talks_post" does not exist\nLINE 1: SELECT'),
            1,
            "The database has no tables yet: run `manage.py migrate` first.",
        ),
        (
            OSError(28, "No space left on device", "/data/x"),
            1,
            "The import stopped: No space left on device (/data/x). What was imported before is kept.",
        ),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_errors_of_disk_and_database_are_one_sentence(folder, monkeypatch, capsys, fault, code, message):
    def fail(*_args, **_options):
        raise fault

    monkeypatch.setattr(command.importing, "import_posts", fail)
    assert run(folder) == (code, "", message)
    told = capsys.readouterr().err
    assert told == (
        "\nInterrupted. What was imported before is kept; run it again for the rest.\n" if code == 130 else ""
    )


def test_waiting_for_another_import_is_announced(folder, monkeypatch):
    def wait(*args, on_wait, **options):
        on_wait()
        return import_posts(*args, **options)

    monkeypatch.setattr(command.importing, "import_posts", wait)
    assert run(folder)[2] == "Another import is running; waiting for it to end.\n"


def test_progress_lines_are_printed_to_a_log(folder, monkeypatch, capsys):
    (folder / "b.md").write_text("\n")
    monkeypatch.setattr(command, "_SECONDS_BETWEEN_LINES", 0.0)
    run(folder)
    assert capsys.readouterr().err == "1 of 2 posts: a.md\n2 of 2 posts: b.md\n"


def test_a_terminal_shows_a_progress_bar(folder, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert run(folder)[0] == 0
    assert "Importing" in capsys.readouterr().err


def test_the_seed_post_is_imported_completely(corpus):
    code, out, _ = run(corpus / "posts" / "takeaways-from-qcon-london-2017-day-2.md")
    assert code == 0
    counts = {line.split()[0]: int(line.split()[1]) for line in out.splitlines()[1:8]}
    assert counts == {
        "posts": 1,
        "conferences": 1,
        "days": 1,
        "talks": 6,
        "speakers": 6,
        "takeaways": 82,
        "references": 27,
    }

"""`manage.py write_back` prints what it wrote, and exits with 1 if something was not written."""

import io

import pytest
from django.core.management import CommandError, call_command

from talks.importing import Content, import_posts
from talks.models import Takeaway
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db

SMALL = "Docker images ought to be small ones"


@pytest.fixture
def post(tmp_path):
    path = tmp_path / "day-1.md"
    path.write_text(DAY_1)
    import_posts([path])
    Takeaway.objects.filter(text=SMALL).update(text="Docker images ought to be tiny")
    return path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("write_back", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_write_back_prints_what_it_wrote(post):
    assert run(post).splitlines()[-1] == "1 edit written into 1 file."
    assert post.read_text() == DAY_1.replace(SMALL, "Docker images ought to be tiny")
    assert run() == "No edit made here is missing in the posts.\n"


def test_a_dry_run_of_write_back_writes_nothing(post):
    assert "would be written into 1 file" in run("--dry-run")
    assert post.read_text() == DAY_1


def test_write_back_exits_with_1_if_a_file_was_skipped(post):
    post.write_text(f"{DAY_1}\nMore.\n")
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == 1


def test_write_back_refuses_a_path_that_does_not_exist(post):
    with pytest.raises(CommandError) as caught:
        run(post.parent / "nothing")
    assert caught.value.returncode == 2


def test_write_back_check_passes_for_edited_posts_without_files():
    import_posts([Content("pasted.md", b"# Notes from Moss Conf 2019\n\n## Moss by Ann Lee\n\n* One\n")])
    Takeaway.objects.filter(text="One").update(text="Won")
    assert run("--check").splitlines()[0] == (
        "pasted.md: left alone: The post lies in no file: import its file, or download its Markdown, edits included, "
        "in the admin."
    )


def test_write_back_check_exits_with_1_if_files_are_outdated(post):
    with pytest.raises(SystemExit) as ended:
        run("--check")
    assert (ended.value.code, post.read_text()) == (1, DAY_1)
    run()
    assert run("--check") == "No edit made here is missing in the posts.\n"

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from talks.management.commands import first_run
from talks.models import Post
from tests.management.test_import_posts import NOTES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def samples(tmp_path, monkeypatch):
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "sample.md").write_text(NOTES)
    monkeypatch.setattr(first_run, "SAMPLES", folder)
    return folder


def run(*paths: object) -> str:
    out = io.StringIO()
    call_command("first_run", *map(str, paths), stdout=out, stderr=out)
    return out.getvalue()


def test_an_empty_base_gets_the_samples_and_a_login():
    out = run()
    assert [post.key for post in Post.objects.all()] == ["sample.md"]
    user = get_user_model().objects.get()
    assert (user.username, user.is_superuser) == ("admin", True)
    password = re.search(r"\|   password  (\S+) +\|", out)[1]
    assert len(password) >= 16
    assert user.check_password(password)
    assert "|   address   http://127.0.0.1:8000/admin/ " in out
    box = out.splitlines()[-7:]
    assert {len(line) for line in box} == {len(box[0])}


def test_later_first_runs_print_one_line_without_password():
    run()
    assert run() == "1 post in the base.\n"
    assert get_user_model().objects.count() == 1


def test_every_first_run_makes_another_random_password():
    passwords = set()
    for _ in range(2):
        passwords.add(re.search(r"password  (\S+)", run())[1])
        get_user_model().objects.all().delete()
    assert len(passwords) == 2


def test_given_posts_are_imported_instead_of_the_samples(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.md").write_text(NOTES)
    run(tmp_path / "own")
    assert [post.key for post in Post.objects.all()] == ["mine.md"]
    assert "1 unchanged" in run(tmp_path / "own")


def test_given_posts_are_imported_into_a_filled_base(tmp_path):
    run()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.md").write_text(NOTES.replace("Tomatoes", "Beans"))
    run(tmp_path / "own")
    assert Post.objects.count() == 2


def test_first_run_changes_no_existing_user():
    get_user_model().objects.create_user("somebody")
    assert "password" not in run()
    assert [user.username for user in get_user_model().objects.all()] == ["somebody"]


def test_a_refused_post_does_not_stop_first_run(samples):
    (samples / "empty.md").write_text("\n")
    out = run()
    assert "error[empty-post]" in out
    assert get_user_model().objects.count() == 1

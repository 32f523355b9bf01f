"""`manage.py remove_posts` shows what it will remove, and asks."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from talks.importing import import_posts
from talks.models import Post
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def post(tmp_path):
    path = tmp_path / "day-1.md"
    path.write_text(DAY_1)
    import_posts([path])
    return path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("remove_posts", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_remove_posts_with_yes_does_not_ask(post):
    printed = run(post, "--yes")
    assert printed.splitlines()[:2] == ["1 post:", "    day-1.md"]
    assert Post.objects.count() == 0


def test_a_dry_run_of_remove_posts_removes_nothing(post):
    assert run(post, "--dry-run").endswith("This was a dry run: nothing was removed.\n")
    assert Post.objects.count() == 1


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize(("answer", "left"), [("yes\n", 0), ("y\n", 1), ("\n", 1), ("", 1)])
def test_remove_posts_asks_for_confirmation_on_a_terminal(post, monkeypatch, answer, left):
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    if left:
        with pytest.raises(CommandError, match="Nothing was removed"):
            run(post)
    else:
        run(post)
    assert Post.objects.count() == left


def test_remove_posts_without_a_terminal_needs_yes(post, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    with pytest.raises(CommandError) as caught:
        run(post)
    assert (caught.value.returncode, Post.objects.count()) == (2, 1)


@pytest.mark.parametrize("arguments", [(), ("--run", "999"), ("nothing.md",), ("day-1.md", "--run", "1")])
def test_wrong_arguments_of_remove_posts_exit_with_2(post, arguments):
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert (caught.value.returncode, Post.objects.count()) == (2, 1)

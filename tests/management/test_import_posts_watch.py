"""`import_posts --watch` imports saved posts, and ends on Ctrl-C."""

import io

import pytest
from django.core.management import CommandError, call_command
from watchfiles import Change

from talks.importing import watched_posts
from talks.models import Post
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow(monkeypatch):
    """Return a function that watches a path until a change is made, and returns the lines about the change."""

    def follow_change(path, change):
        def watch_once(*_: object, **__: object):
            yield {change()}
            raise KeyboardInterrupt

        monkeypatch.setattr("watchfiles.watch", watch_once)
        monkeypatch.setattr(watched_posts, "close_old_connections", lambda: None)
        out = io.StringIO()
        call_command("import_posts", str(path), "--watch", stdout=out)
        told = out.getvalue().partition("Watching. Ctrl-C ends it.\n")[2].splitlines()
        assert told[-2:] == ["", "No longer watching. What was imported is kept."]
        return [line.partition(" ")[2] for line in told[:-2]]

    return follow_change


def test_watching_imports_saved_posts_under_the_same_key(tmp_path, follow):
    post = tmp_path / "2019" / "day-1.md"
    post.parent.mkdir()
    post.write_text(DAY_1)

    def save():
        post.write_text(DAY_1.replace("Herding Cats", "Herding Old Cats"))
        return Change.modified, str(post)

    assert follow(tmp_path, save) == [f"{post}: updated"]
    assert list(Post.objects.values_list("key", flat=True)) == ["2019/day-1.md"]


def test_watching_rereads_posts_when_the_readme_beside_them_is_deleted(tmp_path, follow):
    post, readme = tmp_path / "eve" / "moss.md", tmp_path / "eve" / "README.md"
    post.parent.mkdir()
    post.write_text("# Moss by Ann Lee\n\n* One\n* Two\n")
    readme.write_text("# Notes from GardenConf 2019\n\n* one\n* two\n* three\n")

    def delete():
        assert str(Post.objects.get(path=post).conference) == "GardenConf 2019"
        readme.unlink()
        return Change.deleted, str(readme)

    assert follow(tmp_path, delete) == [f"{readme}: gone; what came from it stays", f"{post}: updated"]
    assert Post.objects.get(path=post).conference.series is None


def test_excluding_a_post_while_watching_withdraws_it(tmp_path, follow):
    post, hints = tmp_path / "day-1.md", tmp_path / "confnotes.toml"
    hints.touch()
    post.write_text(DAY_1)

    def exclude():
        hints.write_text('exclude = ["day-1.md"]\n')
        return Change.modified, str(hints)

    assert follow(tmp_path, exclude) == [f"{post}: excluded in confnotes.toml; what came from it is withdrawn"]
    assert Post.objects.get().withdrawn is True


def test_deleting_the_only_watched_file_leaves_its_post_alone(tmp_path, follow):
    post = tmp_path / "day-1.md"
    post.write_text(DAY_1)

    def delete():
        post.unlink()
        return Change.deleted, str(post)

    assert follow(post, delete) == [f"{post}: gone; what came from it stays"]
    assert Post.objects.get().withdrawn is False


def test_standard_input_cannot_be_watched(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DAY_1.encode())))
    with pytest.raises(CommandError, match="Standard input cannot be watched"):
        call_command("import_posts", "-", "--name", "day-1.md", "--watch")
    assert Post.objects.count() == 0

"""`import_posts --watch` imports saved posts, and ends on Ctrl-C."""

import io

import pytest
from django.core.management import CommandError, call_command
from watchfiles import Change

from talks.importing.sources import watcher
from talks.models import Post
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db


def test_watching_imports_saved_posts_under_the_same_key(tmp_path, monkeypatch):
    post = tmp_path / "2019" / "day-1.md"
    post.parent.mkdir()
    post.write_text(DAY_1)

    def save_once(*_: object, **__: object):
        post.write_text(DAY_1.replace("Herding Cats", "Herding Old Cats"))
        yield {(Change.modified, str(post))}
        raise KeyboardInterrupt

    monkeypatch.setattr("watchfiles.watch", save_once)
    monkeypatch.setattr(watcher, "close_old_connections", lambda: None)
    out = io.StringIO()
    call_command("import_posts", str(tmp_path), "--watch", stdout=out)
    told = out.getvalue().splitlines()
    assert told[-3].partition(" ")[2] == f"{post}: updated"
    assert told[-1] == "No longer watching. What was imported is kept."
    assert list(Post.objects.values_list("key", flat=True)) == ["2019/day-1.md"]


def test_standard_input_cannot_be_watched(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DAY_1.encode())))
    with pytest.raises(CommandError, match="Standard input cannot be watched"):
        call_command("import_posts", "-", "--name", "day-1.md", "--watch")
    assert Post.objects.count() == 0

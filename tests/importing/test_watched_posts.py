"""Only posts saved in a watched folder are imported."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import watchfiles.main

from talks.importing import ImportReport, NotFoundError, PostOutcome, watch_posts


class Watched:
    """A folder that a thread watches; `asked` are the imports it requested, `said` the messages it wrote."""

    def __init__(self, *paths: Path) -> None:
        self.asked: list[set[str] | None] = []
        self.said: list[str] = []
        self.stop = threading.Event()
        self.paths = paths

    def run(self, places) -> ImportReport:
        self.asked.append(None if places is None else set(places))
        saved = [place for place in sorted(places) if Path(place).exists()] if places else ["all.md"]
        outcomes = [PostOutcome(place, "updated") for place in saved]
        return ImportReport(tuple(outcomes))

    def follow(self) -> None:
        watch_posts(self.paths, self.run, self.said.append, stop=self.stop)

    def wait_for(self, count: int) -> None:
        """Wait at most a minute until this many messages were written."""
        deadline = time.monotonic() + 60
        while len(self.said) < count and time.monotonic() < deadline:
            time.sleep(0.02)


@contextmanager
def follow(*paths: Path) -> Iterator[Watched]:
    watched, ready = Watched(*paths), threading.Event()
    thread = threading.Thread(target=watched.follow)
    real = watchfiles.main.RustNotify

    def notify(*arguments: Any) -> Any:
        made = real(*arguments)
        ready.set()
        return made

    with patch("watchfiles.main.RustNotify", notify):
        thread.start()
        assert ready.wait(60)
    try:
        yield watched
    finally:
        watched.stop.set()
        thread.join(timeout=60)


def drop_repeats(said: list) -> list:
    """Remove repeated messages, which arise when a file is written slowly."""
    return [each for number, each in enumerate(said) if each not in said[:number]]


def cut_times(lines: list[str]) -> list[str]:
    return drop_repeats([line.partition(" ")[2] for line in lines])


def test_saving_a_post_imports_only_this_post(tmp_path):
    with follow(tmp_path) as watched:
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")
        (tmp_path / ".draft.md").write_text("hidden")
        (tmp_path / "day-1.md").write_text("# Notes\n")
        watched.wait_for(1)
    assert drop_repeats(watched.asked) == [{str(tmp_path / "day-1.md")}]
    assert cut_times(watched.said) == [f"{tmp_path / 'day-1.md'}: updated"]


def test_a_single_file_is_watched_without_its_neighbours(tmp_path):
    post = tmp_path / "day-1.md"
    post.write_text("# Notes\n")
    with follow(post) as watched:
        (tmp_path / "day-2.md").write_text("# Others\n")
        time.sleep(1.0)
        post.write_text("# New notes\n")
        watched.wait_for(1)
    assert drop_repeats(watched.asked) == [{str(post)}]


def test_saving_a_confnotes_toml_imports_all_posts(tmp_path):
    with follow(tmp_path) as watched:
        (tmp_path / "confnotes.toml").write_text('series = "Testing Days"\n')
        watched.wait_for(1)
    assert drop_repeats(watched.asked) == [None]


def test_deleting_a_watched_post_starts_an_import_of_its_path(tmp_path):
    post = tmp_path / "day-1.md"
    post.write_text("# Notes\n")
    with follow(tmp_path) as watched:
        post.unlink()
        watched.wait_for(1)
    assert cut_times(watched.said) == [f"{post}: gone; what came from it stays"]
    assert drop_repeats(watched.asked) == [{str(post)}]


def test_watching_a_path_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(NotFoundError):
        watch_posts([tmp_path / "nothing"], Watched().run, print)

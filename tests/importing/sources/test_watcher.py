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
    """A folder that a thread watches; `asked` are its import requests, `said` its messages."""

    def __init__(self, *paths: Path) -> None:
        self.asked: list[set[str] | None] = []
        self.said: list[str] = []
        self.stop = threading.Event()
        self.paths = paths

    def run(self, places) -> ImportReport:
        self.asked.append(None if places is None else set(places))
        outcomes = [PostOutcome(place, "updated") for place in sorted(places or ["all.md"])]
        return ImportReport(tuple(outcomes))

    def follow(self) -> None:
        watch_posts(self.paths, self.run, self.said.append, stop=self.stop)

    def wait_for(self, count: int) -> None:
        """Wait until so many messages arrived, at most a minute."""
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
    """A file that is written slowly is heard of more than once."""
    return [each for number, each in enumerate(said) if each not in said[:number]]


def cut_times(lines: list[str]) -> list[str]:
    return drop_repeats([line.partition(" ")[2] for line in lines])


def test_only_the_saved_post_is_imported(tmp_path):
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


def test_hints_concern_all_posts(tmp_path):
    with follow(tmp_path) as watched:
        (tmp_path / "confnotes.toml").write_text('series = "Testing Days"\n')
        watched.wait_for(1)
    assert drop_repeats(watched.asked) == [None]


def test_a_post_that_is_gone_is_named(tmp_path):
    post = tmp_path / "day-1.md"
    post.write_text("# Notes\n")
    with follow(tmp_path) as watched:
        post.unlink()
        watched.wait_for(1)
    assert (watched.asked, cut_times(watched.said)) == ([], [f"{post}: gone; what came from it stays"])


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path):
    with pytest.raises(NotFoundError):
        watch_posts([tmp_path / "nothing"], Watched().run, print)

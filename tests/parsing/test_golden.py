"""Golden posts: each has one peculiarity, and a file with the expected record.

`UPDATE_GOLDEN=1 pytest tests/parsing/test_golden.py` writes the records again; read the differences before you keep
them. A post's path affects its reading: `tests/posts/names.tsv` has the paths of posts that need one.
"""

import os
from pathlib import Path

import pytest

from talks.parsing import parse_post
from tests.parsing.conservation import find_misplaced
from tests.parsing.record_form import dump_record

FOLDER = Path(__file__).parents[1] / "posts"
POSTS = sorted(FOLDER.glob("*.md"))
NAMES = dict(row.split("\t") for row in (FOLDER / "names.tsv").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_posts_are_parsed_as_recorded(path: Path):
    text = path.read_bytes().decode()
    post = parse_post(text, name=NAMES.get(path.stem, path.name))
    expected = path.with_suffix(".expected.json")
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(dump_record(post), encoding="utf-8")
    assert dump_record(post) == expected.read_text(encoding="utf-8")
    assert find_misplaced(text, post) == {}


def test_every_golden_post_has_its_record():
    records = {path.name.removesuffix(".expected.json") for path in POSTS[0].parent.glob("*.expected.json")}
    assert records == {path.stem for path in POSTS} >= set(NAMES)

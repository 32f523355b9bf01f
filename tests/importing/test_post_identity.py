import re
from dataclasses import replace

import pytest

from talks.importing.post_identity import (
    HALF_DIGEST,
    are_strangers,
    choose_public_id,
    make_digest,
    make_key,
    make_public_id,
    make_stem,
    number_equal,
)
from talks.parsing import NO_FACTS, NO_HINTS, FolderFacts


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("2017/day-2.md", "2017/day-2.md"),
        ("2017/day-2/index.md", "2017/day-2"),
        ("2017/day-2/INDEX.markdown", "2017/day-2"),
        ("index.md", "notes"),
        ("2017/_index.md", "2017/_index.md"),
        ("../../etc/./day.md", "etc/day.md"),
        ("/day.md", "day.md"),
        ("a\x1b[1m\n.md", r"a\x1b[1m\x0a.md"),
        ("cafe\u0301.md", "café.md"),
    ],
)
def test_the_key_of_a_post_is_its_relative_path(path, key):
    assert make_key(path, folder="notes") == key


@pytest.mark.parametrize(
    ("slug", "url", "key", "stem"),
    [
        (None, None, "2017/2017-03-23-QCon London.md", "qcon-london"),
        (None, None, "posts/qcon.markdown", "qcon"),
        (None, None, "2017/day-2", "day-2"),
        (None, None, "2017-03-23-.md", "2017-03-23"),
        (None, None, "notes-2017-03-23-moss.qmd", "notes-2017-03-23-moss"),
        (None, None, "moss.org", "moss"),
        ("my-slug", "/blog/other/", "2017/day-2.md", "my-slug"),
        ("2017-03-23-moss", None, "2017/day-2.md", "2017-03-23-moss"),
        ("blog/my-slug/", None, "2017/day-2.md", "my-slug"),
        (None, "https://example.org/blog/Some%20Post.html", "2017/day-2.md", "some-post"),
        ("!!!", "//[", "2017/day-2.md", "day-2"),
    ],
)
def test_a_posts_stem_comes_from_slug_else_url_else_key(slug, url, key, stem):
    assert make_stem(slug, url, key) == stem


def test_a_posts_digest_covers_text_hints_path_and_folder():
    facts = FolderFacts(files=3)
    digests = {
        make_digest("a", NO_HINTS, "x/a.md", NO_FACTS),
        make_digest("b", NO_HINTS, "x/a.md", NO_FACTS),
        make_digest("a", replace(NO_HINTS, year=2017), "x/a.md", NO_FACTS),
        make_digest("a", NO_HINTS, "y/a.md", NO_FACTS),
        make_digest("a", NO_HINTS, "x/a.md", facts),
    }
    assert len(digests) == 5
    assert len({digest[:HALF_DIGEST] for digest in digests}) == 2
    patterns = replace(NO_HINTS, exclude=("x",), include=("y",))
    assert make_digest("a", patterns, "x/a.md", NO_FACTS) in digests


def test_public_ids_have_ten_characters_without_i_l_o_u():
    ids = {make_public_id("2017/day-2.md", "Low latency", ordinal) for ordinal in range(1, 500)}
    assert len(ids) == 499
    assert [name for name in ids if not re.fullmatch("[0-9abcdefghjkmnpqrstvwxyz]{10}", name)] == []


def test_public_id_does_not_change_between_releases():
    assert make_public_id("2017/day-2.md", "Low latency", 1) == "csh1b6z9ja"


def test_public_id_does_not_depend_on_how_lines_are_broken():
    assert make_public_id("a.md", "one\n  two", 1) == make_public_id("a.md", "one two", 1)


def test_equal_takeaways_of_two_posts_have_different_public_ids():
    assert make_public_id("a.md", "one", 1) != make_public_id("b.md", "one", 1)


def test_a_takeaway_whose_public_id_is_taken_gets_the_next():
    first, second = (make_public_id("a.md", "one", ordinal) for ordinal in (1, 2))
    assert choose_public_id("a.md", "one", 1, {first}) == second
    assert choose_public_id("a.md", "one", 1, {second}) == first


def test_equal_texts_of_a_post_get_ascending_numbers_for_ids():
    assert list(number_equal(["a", "b", "a ", "a\n", "b"])) == [1, 1, 2, 3, 2]


LINES = [f"The telling line that has the number {number}" for number in range(20)]


@pytest.mark.parametrize(
    ("old", "new", "strangers"),
    [
        (LINES, LINES, False),
        (LINES, LINES[:3], False),
        (LINES, [*LINES[:10], "Something else that was written since"], False),
        (LINES[:10], LINES[10:], True),
        (LINES[:10], [*LINES[9:]], True),
        (LINES, ["short", "words"], True),
        (["# Moss", "short"], ["# Moss", *LINES], False),
        (["# Moss", "needs shade"], ["# Soil", "is wet"], True),
        ([], LINES, False),
    ],
)
def test_texts_that_share_hardly_a_telling_line_are_strangers(old, new, strangers):
    assert are_strangers("\n".join(old), "\n".join(new)) is strangers

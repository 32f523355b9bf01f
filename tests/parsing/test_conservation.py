"""For any text the parser raises no exception, and every line of the body is in exactly one place."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parsing.fuzz import PIECES, POSTS, check, make_text, mutate

LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=25)


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(LINES)
def test_every_line_of_random_markdown_is_in_exactly_one_place(lines: list[str]):
    check("\n".join(lines))


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_every_line_of_any_text_is_in_exactly_one_place(text: str):
    check(text)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_every_line_of_mutated_posts_is_in_exactly_one_place(seed: int):
    chance = random.Random(seed)
    for path in sorted(POSTS.glob("*.md")):
        check(mutate(path.read_text(encoding="utf-8"), chance))


@pytest.mark.slow
def test_every_line_of_generated_posts_is_in_exactly_one_place():
    chance = random.Random(7)
    for _ in range(300):
        check(make_text(chance))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\x00",
        "\ufeff",
        "#",
        "####\n# \n",
        "* " * 3000,
        "> " * 3000,
        "[" * 10_000,
        "`" * 10_000,
        "<" * 10_000,
        "- a\n" + "  " * 60 + "- b\n",
        "".join(f"{'  ' * depth}* x\n" for depth in range(200)),
        "a\u0327\u0300" * 20_000,
        "|" * 5000 + "\n" + "|-" * 2000,
        "\r\n\r\n# A by Ann Lee\r* b\r\n",
        "---\ntitle: x\n---",
        "---\n---\n",
        "\ud800\udfff # x",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_every_line_of_odd_posts_is_in_exactly_one_place(text: str):
    check(text)

import time

import pytest

from talks.parsing import parse_post
from talks.parsing.text.cleaning import clean_text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_kinds_of_line_ends_give_the_same_lines(end):
    assert clean_text(end.join(["# a", "", "b"])).lines == ("# a", "", "b")


def test_lines_with_mixed_ends_are_numbered_as_on_disk():
    assert clean_text("\ufeffa\r\nb\rc\nd").lines == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("e\u0301", "é"),
        ("ﬁ １ İ", "ﬁ １ İ"),
        ("a\tb", "a\tb"),
        ("no\u00a0break", "no\u00a0break"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_meaningful_invisible_characters_stay(text, cleaned):
    assert (clean_text(text).lines, clean_text(text).diagnostics) == ((cleaned,), ())


@pytest.mark.parametrize(
    "unwanted",
    [
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\u00ad",
        "\x07",
        "\x1b",
        "\x85",
        "\ufdd0",
        "\uffff",
        "\U0001ffff",
        "\ud800",
        "\u2028",
    ],
)
def test_misleading_characters_are_removed_with_a_warning(unwanted):
    cleaned = clean_text(f"ok\na{unwanted}b{unwanted}")
    assert cleaned.lines == ("ok", "ab")
    assert [(d.code, d.line, d.column) for d in cleaned.diagnostics] == [("control-characters", 2, 2)]
    assert cleaned.diagnostics[0].message == "Removed 2 control or invisible characters, the first one here."


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [("a\nb\x00c", "nul-character", 2, 2), ("", "empty-post", 1, 1), (" \n\n", "empty-post", 1, 1)],
)
def test_texts_with_nul_or_without_content_are_refused(text, code, line, column):
    (diagnostic,) = clean_text(text).diagnostics
    assert (diagnostic.severity.value, diagnostic.code, diagnostic.line, diagnostic.column) == (
        "error",
        code,
        line,
        column,
    )
    assert parse_post(text, name="x.md").refused


def test_a_very_long_line_gets_a_warning():
    post = parse_post("---\ntitle: x\n---\n" + "a" * 1_000_001, name="x.md")
    assert [(d.code, d.line) for d in post.diagnostics if d.severity.value == "warning"] == [("long-line", 4)]


def test_runs_of_combining_marks_are_bounded():
    """Normalising such a run takes quadratic time, minutes for this one, so this test would not end."""
    start = time.process_time()
    assert len(clean_text("a" + "\u0327\u0300" * 200_000).lines[0]) <= 31
    assert time.process_time() - start < 30

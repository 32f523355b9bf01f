"""Lines end at LF, CRLF and CR, and at no other character."""

import pytest

from talks.line_ends import drop_first_lines, end_with_lf, split_after_line_ends, split_lines

TEXTS = [
    ("a\nb", ["a", "b"]),
    ("a\r\nb\rc\n", ["a", "b", "c", ""]),
    ("a\u2028b\x0bc\x85d\n\ne", ["a\u2028b\x0bc\x85d", "", "e"]),
    ("", [""]),
]


@pytest.mark.parametrize(("text", "lines"), TEXTS)
def test_a_text_is_split_at_line_ends_alone(text, lines):
    assert split_lines(text) == lines
    assert "\n".join(lines) == end_with_lf(text)


@pytest.mark.parametrize(("text", "lines"), TEXTS)
def test_drop_first_lines_removes_lines_from_the_front(text, lines):
    assert [drop_first_lines(text, count) for count in range(6)] == ["\n".join(lines[count:]) for count in range(6)]


@pytest.mark.parametrize(("text", "lines"), TEXTS)
def test_lines_with_their_ends_are_the_text_when_joined(text, lines):
    parts = split_after_line_ends(text)
    assert "".join(parts) == text
    assert [part.rstrip("\r\n") for part in parts] == (lines[:-1] if lines[-1] == "" else lines)

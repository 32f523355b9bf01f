import pytest

from talks.parsing import decode


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), (b"abc\r\n", "abc\r\n"), ("é😀".encode(), "é😀"), (b"\xef\xbb\xbfabc", "abc")],
)
def test_utf8_is_decoded_with_or_without_byte_order_mark(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        (b"a\nb\xe9c", 2, 2, "The byte 0xE9 is not UTF-8."),
        (b"a\r\nb\rc\xff", 3, 2, "The byte 0xFF is not UTF-8."),
        (b"\xef\xbb\xbfa\n\xff", 2, 1, "The byte 0xFF is not UTF-8."),
        (b"\xc0\xaf", 1, 1, "The byte 0xC0 is not UTF-8."),
        (b"\xed\xa0\x80", 1, 1, "The byte 0xED is not UTF-8."),
        ("a".encode("utf-16"), 1, 1, "The file is UTF-16, not UTF-8."),
        ("a".encode("utf-32"), 1, 1, "The file is UTF-32, not UTF-8."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, 1, "The file is binary, not text."),
    ],
)
def test_other_encodings_are_refused_with_the_faults_line(data, line, column, message):
    found = decode(data)
    assert (found.severity.value, found.code) == ("error", "not-utf8")
    assert (found.line, found.column, found.message) == (line, column, message)

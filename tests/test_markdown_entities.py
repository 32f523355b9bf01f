import pytest

from talks.markdown_entities import read_entities


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Q&amp;A", "Q&A"),
        ("&copy; &#233;&#xE9; &Eacute;", "© éé É"),
        ("https://example.org/?region=eu&section=2&copy=1", "https://example.org/?region=eu&section=2&copy=1"),
        ("R&D &unknown; &notit; &;", "R&D &unknown; &notit; &;"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_only_entities_with_a_semicolon_are_read(text, read):
    assert read_entities(text) == read

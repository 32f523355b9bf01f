import pytest

from talks.importing.escaping import escape


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", r"a\x0ab"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("evil\u202egpj.md", r"evil\u202egpj.md"),
        ("line\u2028end", r"line\u2028end"),
        ("soft\u00adhyphen", r"soft\xadhyphen"),
        ("a\tb\U0001ffff", r"a\x09b\U0001ffff"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
        ("byte\udcff", r"byte\xff"),
        ("half\ud800", r"half\ud800"),
        ("plain – ünïcode 日本 👍.md", "plain – ünïcode 日本 👍.md"),
        ("<b>&amp;</b> '\"", "<b>&amp;</b> '\""),
    ],
)
def test_characters_that_nobody_sees_are_escaped(text, shown):
    assert escape(text) == shown

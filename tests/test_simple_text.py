"""The fast renderer for simple markdown gives the same HTML as the parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks import markup
from talks.markup import render
from talks.markup.simple_text import render_simple

PIECES = (
    *("a", "Zoë b", "2", "2.", "10)", " ", " ", "\n", "(", ")", ".", ",", ": ", "!", '"', "’", "$", "-", "+", "&", "@"),
    *(
        "[more](https://a.example/b_c?d=1#e)",
        "[a b](http://a.example)",
        "[a](b)",
        "![a](https://a.example/b.png)",
        "[a]",
    ),
    *("[a](https://a.example/b c)", "[a](https://1.2.3)", "[*a*](https://a.example)", "https://a.example", "^[1]"),
    *("**b c**", "*b*", "** b**", "**", "`c d`", "`c", "`` ` ``", "` c`", "<b>", "_d_", "\\*", "{: .x}"),
)


def render_by_parser(text, kind):
    """Return the HTML that the parser makes, with the shortcut for simple text switched off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "render_simple", lambda text: None)
        return render(text, kind=kind)


TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=7).map("".join),
    st.text(alphabet="abÀß日 .,:;!?'\"()/-+@$%^1’–\n", max_size=60),
)


@given(TEXTS, st.sampled_from(["point", "paragraph"]))
def test_the_fast_renderer_gives_the_parsers_html(text, kind):
    assert render(text, kind=kind) == render_by_parser(text, kind)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain: words, in two\nlines.", "Plain: words, in two\nlines."),
        ("“Quoted” and 3.5", "“Quoted” and 3.5"),
        ("42 is the answer", "42 is the answer"),
        (
            "[Notes](https://a.example/b) of it",
            '<a href="https://a.example/b" rel="nofollow noopener">Notes</a> of it',
        ),
        ("Call `f(x)` **now**.", "Call <code>f(x)</code> <strong>now</strong>."),
    ],
)
def test_text_with_links_code_and_bold_needs_no_parser(text, html):
    assert render_simple(text) == html


@pytest.mark.parametrize(
    "text",
    [
        *(
            "- a",
            "2. a",
            "# a",
            "> a",
            "a <b>",
            "a & b",
            "*a*",
            "a\n===",
            "a | b",
            "[a](/b)",
            "[a](https://a_b.example)",
        ),
        *("[a](https://a.example/(b))", "![a](https://a.example/b)", "a\n- b", "", " a", "a ", "a  b", "a" * 20_001),
    ],
)
def test_markdown_that_is_not_simple_is_left_to_the_parser(text):
    assert render_simple(text) is None

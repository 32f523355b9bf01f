import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from talks.models import Tag
from talks.search import Piece
from talks.templatetags import notes

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    "part", ["<b>", "a & \"b\" 'c'", mark_safe("<b>x</b>"), 7, None, gettext_lazy("<i>"), Tag(name="C & C++")]
)
def test_joined_texts_are_escaped_unless_they_are_safe_html(part):
    assert notes.join_html([part, part], " & ") == html.format_html("{}{}{}", part, " & ", part)


def test_marked_words_of_an_excerpt_are_elements():
    pieces = [Piece("a & ", marked=False), Piece("<b>", marked=True)]
    assert notes.marked(pieces) == "a &amp; <mark>&lt;b&gt;</mark>"


@pytest.mark.parametrize(("code", "name"), [("de", "German"), ("pt-br", "Portuguese"), ("xx", "xx")])
def test_language_codes_are_shown_as_english_names(code, name):
    assert notes.language_name(code) == name


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org/", "https://example.org/"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("/local", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_safe_href_accepts_only_web_addresses(url, href):
    assert notes.safe_href(url) == href


@pytest.mark.parametrize(
    ("url", "shown"),
    [("https://www.example.org/a/", "example.org/a"), ("nothing", "nothing"), ("", "")],
)
def test_addresses_are_shown_without_scheme_www_and_final_slash(url, shown):
    assert notes.without_scheme(url) == shown


@pytest.mark.parametrize(
    ("number", "nouns", "text"),
    [(0, "", "0 talks"), (1, "", "1 talk"), (1204, "", "1,204 talks"), (2, "lectures", "2 lectures")],
)
def test_counts_have_a_singular_or_plural_noun(number, nouns, text):
    assert notes.counted(number, "talk", nouns) == text


def test_several_tags_have_one_address_in_any_order():
    docker, aws, go = Tag(slug="docker"), Tag(slug="aws"), Tag(slug="go")
    assert notes.tags_url([docker, aws]) == "/tags/aws+docker/"
    assert notes.tags_url([docker, aws], plus=go) == "/tags/aws+docker+go/"
    assert notes.tags_url([docker, aws], minus=docker) == "/tags/aws/"
    assert notes.tags_url([docker], minus=docker) == "/tags/"


def test_filter_query_keeps_unchanged_filters():
    assert notes.filter_query({"series": "a b", "page": 3}, page=None, year=2017) == "?series=a+b&year=2017"
    assert notes.filter_query({}) == "?"


def test_only_one_module_marks_text_as_safe_html():
    pattern = re.compile(r"mark_safe|SafeString\(|SafeText|__html__|autoescape|\|\s*safe\b|safeseq|interpolate_safe")
    files = [
        *(ROOT / "talks").rglob("*.py"),
        *(ROOT / "confnotes").rglob("*.py"),
        *(ROOT / "templates").rglob("*.html"),
    ]
    found = {str(path.relative_to(ROOT)) for path in files if pattern.search(path.read_text())}
    assert found == {"talks/templatetags/notes.py"}


def test_no_template_has_style_or_script_of_its_own():
    found = [
        path.name
        for path in (ROOT / "templates" / "talks").rglob("*.html")
        if re.search(r"<script(?! src=\"{% static [^>]+ defer></script>)|<style|\sstyle=|\son[a-z]+=", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("url", "on", "archived"),
    [
        (
            "https://example.org/a?b=c",
            date(2017, 3, 6),
            "https://web.archive.org/web/20170306/https://example.org/a?b=c",
        ),
        ("https://example.org/", None, ""),
        ("javascript:alert(1)", date(2017, 3, 6), ""),
    ],
)
def test_archived_at_links_to_the_archive_given_address_and_day(url, on, archived):
    assert notes.archived_at(url, on) == archived


@pytest.mark.parametrize(
    ("language", "backwards"), [("he", True), ("ar-EG", True), ("FA", True), ("en", False), ("tlh", False), ("", False)]
)
def test_right_to_left_languages_are_recognised(language, backwards):
    assert notes.is_right_to_left(language) is backwards
    assert notes.lang_attribute(language) == (f' lang="{language}"' + ' dir="rtl"' * backwards if language else "")


@pytest.mark.parametrize(
    ("html", "most", "text"),
    [
        ("<p>a &lt; b</p>", 0, "a < b"),
        ('<a href="x" title="a > b">link</a> here', 0, "link here"),
        ("plain", 3, "pl…"),
        ("plain", 5, "plain"),
        ("two words", 5, "two…"),
    ],
)
def test_stored_html_can_be_cut_as_plain_text(html, most, text):
    assert notes.plain_text(html, most) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Write `talk_level: 3` into it.", "Write <code>talk_level: 3</code> into it."),
        ("`<b>` & more", "<code>&lt;b&gt;</code> &amp; more"),
        ("A single ` stays", "A single ` stays"),
        ("", ""),
    ],
)
def test_words_between_backticks_are_shown_as_code(text, html):
    assert notes.code_spans(text) == html


@pytest.mark.parametrize(
    ("text", "html", "left"),
    [
        ("a\n\n## B", "<p>a</p>\n<p><strong>B</strong></p>", "<p>a</p>"),
        ("a\n\n# B\n## C", "<p>a</p>\n<p><strong>B</strong></p>\n<p><strong>C</strong></p>\n", "<p>a</p>"),
        ("## B\n\na", "<p><strong>B</strong></p>\n<p>a</p>", "<p><strong>B</strong></p>\n<p>a</p>"),
        ("a\n\n**B**", "<p>a</p>\n<p><strong>B</strong></p>", "<p>a</p>\n<p><strong>B</strong></p>"),
        (
            "**a**\n## B",
            "<p><strong>a</strong></p>\n<ul><li>B</li></ul>",
            "<p><strong>a</strong></p>\n<ul><li>B</li></ul>",
        ),
        ("a", "", ""),
        ("# B", "", ""),
    ],
)
def test_headings_at_the_end_of_a_passage_are_dropped(text, html, left):
    assert notes.drop_last_headings(html, text).rstrip() == left


@pytest.mark.parametrize(
    ("html", "text", "left"),
    [
        ("<p><strong>Moss 2019</strong></p>\n<p>It rained.</p>", "# Moss 2019\n\nIt rained.", "<p>It rained.</p>"),
        ("<p><strong>A</strong></p>\n<p><strong>B</strong></p>\n<p>C</p>", "# A\n## B\nC", "<p>C</p>"),
        ("<p><strong>A</strong></p>\n<p>C</p>", "**A**\n\nC", "<p><strong>A</strong></p>\n<p>C</p>"),
        ("<p>C</p>\n<p><strong>A</strong></p>", "C\n\n# A", "<p>C</p>\n<p><strong>A</strong></p>"),
        ("<p>C</p>", "# A\n\nC", "<p>C</p>"),
    ],
)
def test_headings_at_the_beginning_of_a_passage_are_dropped(html, text, left):
    assert notes.drop_first_headings(html, text) == left

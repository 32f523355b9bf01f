import pytest

from talks.parsing.text.inline import (
    Link,
    find_links,
    join_wrapped,
    make_plain,
    make_plain_with_links,
    read_definitions,
    resolve_links,
)


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("plain", "plain"),
        ("**bold** *it* ~~gone~~ `co_de`", "bold it gone co_de"),
        ("snake_case stays_so, _this_ not", "snake_case stays_so, this not"),
        ("[text](http://a.example/x_(y)){:target=\"_blank\"}", "text"),
        ("[![alt](img.png)](http://a.example)", ""),
        ("![alt](img.png) after", "after"),
        ("<b>x</b> &amp; <br/>y", "x & y"),
        ("Moss<br>on walls</br>in *winter*<br />", "Moss on walls in winter"),
        ("a {{< icon >}} b {% raw %} c {#id}", "a b c"),
        ("\\*not bold\\*", "*not bold*"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("2 * 3", "2 3"),
        ("Roses\\", "Roses"),
        (":tada: at 10:30:15", "at 10:30:15"),
        ("wrapped\n  here", "wrapped here"),
    ],
)  # fmt: skip
def test_markdown_becomes_plain_text(markdown, plain):
    assert make_plain(markdown) == plain


@pytest.mark.parametrize(
    "code", ["<Leaf> of moss", "__grow__", "list[int]", "{{ moss }}", "*", r"\d+", "&lt;", "~~moss~~"]
)
def test_signs_in_code_stand_for_themselves(code):
    assert make_plain(f"**The** `{code}` of *moss*") == f"The {code} of moss"
    assert make_plain_with_links(f"[The `{code}`](http://a.example) of moss")[0] == f"The {code} of moss"


def test_links_of_every_notation_are_found():
    text = '[a](http://a.example) <http://b.example> http://c.example/x. <a href="http://d.example">d</a> [e][r] [r]'
    found = find_links(text, {"r": "http://e.example"})
    assert [(link.text, link.url) for link in found] == [
        ("a", "http://a.example"),
        ("http://b.example", "http://b.example"),
        ("http://c.example/x", "http://c.example/x"),
        ("d", "http://d.example"),
        ("e", "http://e.example"),
        ("r", "http://e.example"),
    ]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (r"http://a.example/b\_c", "http://a.example/b_c"),
        (r"http://a.example/b_\(c\)", "http://a.example/b_(c)"),
        ("http://a.example/?b=1&amp;c=2", "http://a.example/?b=1&c=2"),
        ("http://a.example/?b=1&region=eu&section=2", "http://a.example/?b=1&region=eu&section=2"),
        (r"http://a.example/b\c", r"http://a.example/b\c"),
    ],
)
def test_escapes_and_entities_in_addresses_are_read(written, url):
    assert [link.url for link in find_links(f"[a]({written}) <{written}> [e][r]", {"r": written})] == [url] * 3


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (r"http://a.example/b\_c", "http://a.example/b_c"),
        ("http://a.example/?b=1&amp;c=2", "http://a.example/?b=1&c=2"),
        ("http://a.example/?b=1&region=eu", "http://a.example/?b=1&region=eu"),
    ],
)
def test_escapes_and_entities_in_bare_addresses_are_read(written, url):
    assert make_plain_with_links(f"See {written}, Ann.") == (f"See {url}, Ann.", [Link(4, 4 + len(url), url, url)])


def test_links_within_other_brackets_are_found():
    text = "Moss [[slides](http://a.example), [video](http://b.example)]"
    plain, links = make_plain_with_links(text)
    assert plain == make_plain(text) == "Moss [slides, video]"
    assert [(plain[link.start : link.end], link.url) for link in links] == [
        ("slides", "http://a.example"),
        ("video", "http://b.example"),
    ]


def test_images_do_not_count_as_links():
    assert find_links("![alt](http://a.example/x.png) [x] [y][z]") == []


def test_links_have_their_indexes_in_the_plain_text():
    plain, links = make_plain_with_links("*By* [Ann](http://a.example) and [Bob](http://b.example)")
    assert [plain[link.start : link.end] for link in links] == ["Ann", "Bob"]


def test_link_definitions_are_read():
    assert read_definitions(["[A  b]: http://a.example\n[c]: <http://c.example>", "[a b]: http://late.example"]) == {
        "a b": "http://a.example",
        "c": "http://c.example",
    }


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("one line ", "one line"),
        ("wrapped \nline\n  indented", "wrapped line indented"),
        ("hard  \nbreak", "hard  \nbreak"),
        ("slash\\\nbreak", "slash\\\nbreak"),
        ("slash\\", "slash"),
        ("slash\\\nlast\\ ", "slash\\\nlast"),
        ("a [link\xa0 \nbroken](http://a.example)", "a [link broken](http://a.example)"),
        ("日本\n語です", "日本語です"),
        ("para\n\n  para", "para\n\npara"),
        ("x\n```\ncode\n  more\n```\ny", "x\n```\ncode\n  more\n```\ny"),
        ("x\n> quoted\n| a |", "x\n> quoted\n| a |"),
    ],
)
def test_wrapped_paragraphs_are_joined_to_one_line(text, joined):
    assert join_wrapped(text) == joined


DEFINITIONS = {"1": "https://x.example/1", "the yard": "https://x.example/a_(b)", "image": "yard.png"}


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("see [one][1] and [The  Yard]", "see [one](https://x.example/1) and [The  Yard](<https://x.example/a_(b)>)"),
        ("see [the yard][]", "see [the yard](<https://x.example/a_(b)>)"),
        ("a ![picture][image]", "a ![picture](yard.png)"),
        ("[one][1]{:target=blank}", "[one](https://x.example/1){:target=blank}"),
        ("`[one][1]` and [two][2] and [x] done", "`[one][1]` and [two][2] and [x] done"),
        ("[one](https://x.example/else) and [^1]", "[one](https://x.example/else) and [^1]"),
        (
            "[1]: https://x.example/1\n  [image]: yard.png 'A yard'\n",
            "[1]: https://x.example/1\n  [image]: yard.png 'A yard'\n",
        ),
        ("[1]: is the yard of all", "[1](https://x.example/1): is the yard of all"),
    ],
)
def test_link_labels_are_replaced_by_addresses(text, resolved):
    assert resolve_links(text, DEFINITIONS) == resolved


def test_footnotes_define_no_address():
    assert read_definitions(["[^1]: https://x.example is where it stands", "[a]: https://a.example"]) == {
        "a": "https://a.example"
    }

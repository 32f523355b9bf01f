import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.parsing.text import blocks
from talks.parsing.text.blocks import Form, read_blocks

MARKS = st.sampled_from(["* ", "* ", "* ", "- ", "1. ", "2) ", "# ", "> ", "", "", "* - "])
WORDS = st.sampled_from(
    [
        "a",
        "b c",
        "**b** c",
        "**",
        "4 trees",
        "3.",
        "---",
        "===",
        "```",
        "|-|",
        "a|b",
        "<div>",
        "[a]: b",
        "(x)",
        "\x0b",
        "\t",
    ]
)
INDENTS = st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "      ", "\t"])
LINES = st.one_of(st.builds("{}{}{}".format, INDENTS, MARKS, WORDS), st.sampled_from(["", "", "  "]))


def forms(text: str) -> list[tuple[str, int, int]]:
    return [(block.form.value, block.line, block.end_line) for block in read_blocks(text.split("\n"), 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\n\ntext\nmore\n", [("heading", 1, 1), ("paragraph", 3, 4)]),
        ("####Tight\n####[Link](x)", [("heading", 1, 1), ("heading", 2, 2)]),
        ("#hashtag is text", [("paragraph", 1, 1)]),
        ("#Gardens in winter\n\n* a", [("heading", 1, 1), ("list", 3, 3)]),
        ("#Gardens in winter\nand summer\n\n* a", [("paragraph", 1, 2), ("list", 4, 4)]),
        ("#Gardens #winter #moss\n\n* a", [("paragraph", 1, 1), ("list", 3, 3)]),
        ("a\n\n#Gardens in winter\n\n* a", [("paragraph", 1, 1), ("paragraph", 3, 3), ("list", 5, 5)]),
        ("###\n####", [("rule", 1, 2)]),
        ("Title\n-----\n", [("heading", 1, 2)]),
        ("several\nlines\n---\n", [("paragraph", 1, 2), ("rule", 3, 3)]),
        ("* a\n** b\n* c", [("list", 1, 3)]),
        ("+ a\n** b", [("list", 1, 2)]),
        ("1. a\n  - b\n2. c", [("list", 1, 3)]),
        ("* a\n\ntext\n\n* b", [("list", 1, 1), ("paragraph", 3, 3), ("list", 5, 5)]),
        ("> a\n> b\n", [("quote", 1, 2)]),
        ("Roses need\n    * water\n    * sun\nand more", [("paragraph", 1, 1), ("list", 2, 3), ("paragraph", 4, 4)]),
        ("Roses:\n\t- water", [("paragraph", 1, 1), ("list", 2, 2)]),
        ("Roses need this much\n    - sun and water - every day", [("paragraph", 1, 2)]),
        ("Roses\n~~~~~\n\n* a\n", [("heading", 1, 2), ("list", 4, 4)]),
        ("Roses need water\n~~~~\ncode\n~~~~", [("paragraph", 1, 1), ("code", 2, 4)]),
        ("– a\n– b\n  more\n– c", [("list", 1, 4)]),
        ("* a\n* b\nRoses need water, and moss needs shade", [("list", 1, 2), ("paragraph", 3, 3)]),
        ("* a\n* b\nroses need water", [("list", 1, 3)]),
        ("* a\n* b:\nRoses need water", [("list", 1, 3)]),
        ("* a\nRoses need water\n* b\nMoss needs shade", [("list", 1, 4)]),
        ("* a\n* moss needs shade\nRoses", [("list", 1, 3)]),
        ("* a\nRoses need water", [("list", 1, 2)]),
        (
            "Roses\n⸻\nand moss\n———\n* a",
            [("paragraph", 1, 1), ("rule", 2, 2), ("paragraph", 3, 3), ("rule", 4, 4), ("list", 5, 5)],
        ),
        (
            "```Markdown\n* a\n* b\n\ntext\n```\n* c",
            [("rule", 1, 1), ("list", 2, 3), ("paragraph", 5, 5), ("rule", 6, 6), ("list", 7, 7)],
        ),
        ("```markdown\n# Roses\n* a\n* b\n```", [("code", 1, 5)]),
        ("```markdown\n**moss**\n```", [("code", 1, 3)]),
        ("```python\n* a\n* b\n```", [("code", 1, 4)]),
        ("-> a\n-> b", [("list", 1, 2)]),
        ("\\- a\n\\- b", [("list", 1, 2)]),
        ("a) a\nb) b", [("list", 1, 2)]),
        ("-Roses\n-Oaks", [("list", 1, 2)]),
        ("*Roses\n*Oaks", [("list", 1, 2)]),
        ("Trees:\n\n    *Roses\n\n    *Oaks", [("paragraph", 1, 1), ("list", 3, 5)]),
        ("Trees:\n\n    *Roses", [("paragraph", 1, 1), ("code", 3, 3)]),
        ("Trees:\n\n    *Roses\n    *(tall) oaks\n    *3 elms", [("paragraph", 1, 1), ("list", 3, 5)]),
        ("Code:\n\n    *roses\n    *(p + 1) = 3;", [("paragraph", 1, 1), ("code", 3, 4)]),
        ("Trees:\n\n    *rose = oak;\n    *oak = elm;", [("paragraph", 1, 1), ("code", 3, 4)]),
        ("Trees:\n\n    *rose\n    plant()", [("paragraph", 1, 1), ("code", 3, 4)]),
        ("1.Roses\n2.Oaks", [("list", 1, 2)]),
        ("– a line in a dialogue", [("paragraph", 1, 1)]),
        ("-- a\n-- b", [("list", 1, 2)]),
        ("1. ### Roses\n2. ### Moss\n   - wet", [("heading", 1, 1), ("heading", 2, 2), ("list", 3, 3)]),
        ("- ## Roses\n\n  tall\n- moss", [("list", 1, 4)]),
        ("- # of roses: 12", [("list", 1, 1)]),
        ("Roses:\n\n    *water\n    *sun", [("paragraph", 1, 1), ("list", 3, 4)]),
        ("Code:\n\n    *a = *b;\n    *c = 1;", [("paragraph", 1, 1), ("code", 3, 4)]),
        ("-- a line of code", [("paragraph", 1, 1)]),
        ("-5 degrees\n-7 degrees", [("paragraph", 1, 2)]),
        ("*Roses* are red\n*Oaks* are tall", [("paragraph", 1, 2)]),
        ("text\n– a sign in it", [("paragraph", 1, 2)]),
        ("```\n# no heading\n```", [("code", 1, 3)]),
        ("{% highlight py %}\n# no heading\n\nx\n{% endhighlight %}", [("code", 1, 5)]),
        ("|a|b|\n|-|-|\n|c|d|", [("table", 1, 3)]),
        ("![x](y.png)", [("image", 1, 1)]),
        ("![x](y.png){.wide width=50%}", [("image", 1, 1)]),
        ("![x](y.png)\n*A yard in May*", [("image", 1, 2)]),
        ("![x](y.png)<br>_[A yard](http://a.example)_", [("image", 1, 1)]),
        ("![x](y.png)<br>_[A yard](http://a.example/a_b_c)_", [("image", 1, 1)]),
        ("![A yard](y.png)\nA yard", [("image", 1, 2)]),
        ("![x](y.png)\nA yard is a small garden.", [("paragraph", 1, 2)]),
        ("![x](y.png)\n*A yard* is a small garden.", [("paragraph", 1, 2)]),
        ("![x](y.png)\n*A yard* is a small *garden*", [("paragraph", 1, 2)]),
        ("[![x](y.png)](http://a.example)", [("image", 1, 1)]),
        ("<img src='x'>", [("image", 1, 1)]),
        ("![x](y.png) with words", [("paragraph", 1, 1)]),
        ("{{< figure src='x' >}}", [("image", 1, 1)]),
        ("{{< youtube abc >}}", [("embed", 1, 1)]),
        ("import X from 'y'", [("embed", 1, 1)]),
        ("[slideshare id=7&doc=moss]", [("embed", 1, 1)]),
        ("[moss on a=b]", [("paragraph", 1, 1)]),
        ("[a]: http://a.example\n[b]: http://b.example", [("definitions", 1, 2)]),
        ("[^1]: a footnote", [("paragraph", 1, 1)]),
        (
            "<h2>Head</h2>\n<p>Para</p>\n<p>Long\npara</p>",
            [("heading", 1, 1), ("paragraph", 2, 2), ("paragraph", 3, 4)],
        ),
        ("<script>\nx\n</script>", [("embed", 1, 3)]),
        ("<figure>\n<img src='x'>\n</figure>\nMoss needs shade", [("image", 1, 3), ("paragraph", 4, 4)]),
        ("<br/>\nMoss needs shade\nand rain", [("embed", 1, 1), ("paragraph", 2, 3)]),
        ("> <blockquote class='twitter-tweet'><p>Moss</p></blockquote>", [("embed", 1, 1)]),
        ("> <blockquote>Moss</blockquote>\n> and ferns, she said.", [("quote", 1, 2)]),
        ("<pre>\n<b>x</b>\nMoss needs shade", [("embed", 1, 3)]),
        ("<div>\nMoss needs shade", [("embed", 1, 2)]),
    ],
)
def test_each_construct_becomes_a_block_of_its_form(text, expected):
    assert forms(text) == expected


def test_the_content_of_a_block_has_no_marks():
    contents = [block.content for block in read_blocks(["## A \xa0b ##", "> q", "> r", "", "<h3>H</h3>"], 1)]
    assert contents == ["A  b", "q\nr", "H"]


def test_text_nested_too_deep_for_markdown_is_kept():
    text = "> " * 150 + "deep"
    assert [(block.line, block.text) for block in read_blocks([text], 1)] == [(1, text)]


@given(st.lists(LINES, min_size=1, max_size=10))
def test_plain_lists_are_read_as_markdown_reads_them(lines):
    blocks._PARSER.block.ruler.disable("plain_list")
    try:
        expected = read_blocks(lines, 1)
    finally:
        blocks._PARSER.block.ruler.enable("plain_list")
    assert read_blocks(lines, 1) == expected


def test_only_arrows_that_begin_rows_are_bullets():
    [block] = read_blocks(["→ Dig → water", "→ Wait -> prune – again"], 1)
    assert [item.text for item in block.items] == ["Dig → water", "Wait -> prune – again"]


def test_lists_of_html_tags_keep_their_items_above_indented_lists():
    lists = [(block.line, [item.text for item in block.items]) for block in read_blocks(["<li>a</li>", "", " * b"], 1)]
    assert lists == [(1, ["a"]), (3, ["b"])]


def test_a_list_right_below_an_html_heading_is_read():
    lines = ["<h2>Moss</h2>", "**Hall B**", "", "<h3>Notes</h3>", "* soil is deep", "  * red", "* moss grows"]
    blocks = read_blocks(lines, 1)
    assert [(block.form, block.line) for block in blocks if block.form in (Form.HEADING, Form.LIST)] == [
        (Form.HEADING, 1),
        (Form.HEADING, 4),
        (Form.LIST, 5),
    ]
    assert [item.text for item in blocks[-1].items] == ["soil is deep", "moss grows"]
    assert [block.form for block in read_blocks(["<pre>", "<h3>Notes</h3>", "* soil", "</pre>"], 1)] == [Form.EMBED]

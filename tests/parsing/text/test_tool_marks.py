"""Marks of Obsidian, Logseq and Google Docs are read as Markdown, line by line."""

import pytest

from talks.parsing import parse_post
from talks.parsing.text.tool_marks import translate_marks


def translate(text: str, *, outline: bool = False) -> str:
    return "\n".join(translate_marks(text.split("\n"), 1, outline=outline).lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("see [[Glass]]", "see [Glass](Glass)"),
        ("see [[Gardens of glass|them]]", "see [them](Gardens%20of%20glass)"),
        ("see [[a/Glass#Sand]]", "see [Glass › Sand](a/Glass#Sand)".replace("#Sand", "")),
        ("see [[#Sand]]", "see Sand"),
        ("| [[Glass\\|it]] | b |", "| [it](Glass) | b |"),
        ("![[a b.png]] ![[c.jpg|300]] ![[d.webp|A cat]]", "![](a%20b.png) ![](c.jpg) ![A cat](d.webp)"),
        ("![[Glass#^abc]]", "[Glass › abc](Glass)"),
        ("![a](b c.png) ![d|300](e.png)", "![a](b%20c.png) ![d](e.png)"),
        ("![[Mossy bank.heic]] ![a](b c.PNG)", "![](Mossy%20bank.heic) ![a](b%20c.PNG)"),
        ("[[https://example.org][here]]", "[here](https://example.org)"),
        ("an ==important== thing ^abc123", "an <mark>important</mark> thing "),
        ("> [!summary] In short\n> a", "> **In short**  \n> a"),
        ("> [!NOTE]\n> a", "> \n> a"),
        ("- [ ] ask\n1. [x] asked", "- ask\n1. asked"),
        ("1\\. One", "1. One"),
        ("a ^[said [here](b)] c", "a  (said [here](b)) c"),
        ("$\\textcolor{red}{Mesh\\ (10:00)}$", "Mesh (10:00)"),
        ("a[^1] b[^1]\n\n[^1]: c [[d]]\n    e", "a (c [d](d) e) b\n\n\n"),
        ("# a[^1]\nb\n\n[^1]: c", "# a\nb\n\n[^1]: c"),
    ],
)
def test_marks_of_other_tools_become_markdown(text, said):
    assert translate(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]` and `==b==` and `[^1]`\n\n[^1]: c",
        "```\n[[a]]\n- [ ] b\n> [!c]\n```",
        "[[1]](https://example.org) and [[2]] and [[a]][b]",
        "if a == b and b == c, a==c",
        "2 ^ 3, x^2, ^a",
        "[x](a) [ ] b",
        "a[^2] b\n\n[^1]: c",
        "![a](b.png)",
        "a::b, std::vector is fast",
    ],
)
def test_text_that_only_resembles_tool_marks_is_unchanged(text):
    assert translate(text) == text


def test_tags_of_site_generators_are_removed_and_their_text_stays():
    text = (
        "{{< notice >}}\na\n{{< /notice >}}\n\n{% raw %}b{% endraw %}\n\n<Box a='b'>\nc\n</Box>\n\n<Tip>d</Tip>\n\n"
        ':::tip\ne\n:::\n\n!!! note "F"\n    g\n\n{% include h.html %}\n\n{{< figure src="i.png" >}}\nj\n\n'
        '[k]({{< ref "l" >}})'
    )
    assert translate(text) == (
        '\na\n\n\nb\n\n\nc\n\n\nd\n\n\ne\n\n\n**F**\n    g\n\n{% include h.html %}\n\n{{< figure src="i.png" >}}\nj\n\n'
        '[k]({{< ref "l" >}})'
    )


def test_a_line_of_hashtags_gives_the_post_tags():
    post = parse_post("---\ntags: [glass]\n---\n# Glass\n\n#sand #art/glass\n\n- issue #1\n", name="a.md")
    assert post.tags == ("glass", "sand", "art/glass")
    assert [passage.line for passage in post.properties] == [6]


def test_outliner_headings_become_headings_and_property_lines_become_empty():
    text = "- ## Notes\n\t- DONE a\n\t  id:: 1\n\t  :LOGBOOK:\n\t  CLOCK: [2023-11-04 Sat]\n\t  :END:\n\t\t- b\n- c"
    found = translate_marks(text.split("\n"), 5)
    assert "\n".join(found.lines) == "## Notes\n- a\n\n\n\n\n\t- b\n- c"
    assert sorted(found.properties) == [7, 8, 9, 10]


def test_words_like_now_stay_in_items_outside_outliner_pages():
    assert translate("- NOW is the time\n- [[a]]") == "- NOW is the time\n- [a](a)"


def test_outliner_pages_with_the_property_public_false_are_drafts():
    assert parse_post("public:: false\ntags:: [[glass]], sand\n\n- a\n", name="pages/a.md").visibility == "draft"


def test_notion_properties_below_the_title_are_no_notes():
    post = parse_post("# Glass\n\nTags: glass, sand\nSpeaker: Ann Lee\n\n- a\n", name="a.md")
    assert post.tags == ("glass", "sand")
    assert [passage.line for passage in post.properties] == [3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "# Glass\n\nSpeaker: Ann Lee\nSlides: none\n\n- a\n",
        "# Glass\n\nTags: glass\nand so on\n\n- a\n",
        "# Glass\n\nTags: glass\nSpeaker: Ann Lee\n\n- a\n\n# Wood\n\nTags: wood\nSpeaker: Bob Roy\n",
    ],
)
def test_ordinary_lines_below_a_title_are_no_properties(text):
    assert parse_post(text, name="a.md").properties == ()


def test_a_code_fence_without_an_end_gets_a_warning():
    post = parse_post("# A Talk by Ann Lee\n\n```bash\nls\n\n## Another\n", name="a.md")
    assert [(d.severity.value, d.line) for d in post.diagnostics if d.code == "code-unclosed"] == [("warning", 3)]
    closed = parse_post("# A Talk by Ann Lee\n\n````bash\nls\n```\n````\n", name="a.md")
    assert [d.line for d in closed.diagnostics if d.code == "code-unclosed"] == []


def test_docc_metadata_of_a_page_is_no_takeaway():
    text = '# Roses grow\n\n@Metadata {\n    @TitleHeading("Talk")\n}\n\nAnn Lee\n\n- red\n'
    post = parse_post(text, name="GardenConf 2019/Roses grow.md")
    (talk,) = post.talks
    assert [speaker.name for speaker in talk.speakers] == ["Ann Lee"]
    assert [takeaway.text for takeaway in talk.takeaways] == ["red"]
    assert [passage.line for passage in post.properties] == [3, 4, 5]


def test_docc_metadata_without_an_end_stays_text():
    assert translate("@Metadata {\n- red") == "@Metadata {\n- red"
    assert translate("@Metadata { a }\n- red") == "\n- red"

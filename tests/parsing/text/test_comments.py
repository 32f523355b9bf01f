"""Comments are found outside code, and removed without a trace."""

import pytest

from talks.parsing import find_replaced, parse_post, read_shown_lines
from talks.parsing.text.comments import take_comments


def take(text: str) -> tuple[str, list[str]]:
    found = take_comments(text.split("\n"), 1)
    return "\n".join(found.lines), [comment.text for comment in found.comments]


@pytest.mark.parametrize(
    ("text", "left", "comments"),
    [
        ("- Ask Bob %%he is in debt%% about it", "- Ask Bob about it", ["%%he is in debt%%"]),
        ("a <!-- b --> c<!--d-->e", "a ce", ["<!-- b -->", "<!--d-->"]),
        ("%%\na\n\nb\n%%\nc", "\n\n\n\n\nc", ["%%\na\n\nb\n%%"]),
        ("a %%b\nc%% d", "a\nd", ["%%b\nc%%"]),
        ("- %%a%%\n- b", "\n- b", ["%%a%%"]),
        ("- [ ] %%a%%\n- b", "\n- b", ["%%a%%"]),
        ("- %%a%%\n  - b", "-\n  - b", ["%%a%%"]),
        ("## %%a%%\nb", "\nb", ["%%a%%"]),
        ("# T <!-- omit in toc -->", "# T", ["<!-- omit in toc -->"]),
        ("> a\n> %%b%%\n> c", "> a\n>\n> c", ["%%b%%"]),
        ("> %%b%%\nc", "\nc", ["%%b%%"]),
        ("a <!--> b", "a b", ["<!-->"]),
        ("[//]: # (a)\nb", "\nb", ["[//]: # (a)"]),
        ("[comment]: # (a\nb)\nc", "\n\nc", ["[comment]: # (a\nb)"]),
        ("a {% comment %}b\nc{% endcomment %} d", "a\nd", ["{% comment %}b\nc{% endcomment %}"]),
        ("a {/* b */} c {{/* d */}} e", "a c e", ["{/* b */}", "{{/* d */}}"]),
        ("{{< comment >}}a{{< /comment >}} b", "b", ["{{< comment >}}a{{< /comment >}}"]),
        ("a %%b", "a", ["%%b"]),
        ("a <!-- b\nc", "a\n", ["<!-- b\nc"]),
        ("```\nx\n```\n%%b%%", "```\nx\n```\n", ["%%b%%"]),
        ("%%\n```\n%%\nb\n%%c%%", "\n\n\nb\n", ["%%\n```\n%%", "%%c%%"]),
        ("- a\n\n      %%b%%", "- a\n\n", ["%%b%%"]),
        ("a `b\n\n%%c%%` d", "a `b\n\n` d", ["%%c%%"]),
        ("- a `b\n- %%c%% d`", "- a `b\n- d`", ["%%c%%"]),
        ("- a\n<!-- b -->\n\n    - %%c%%", "- a\n\n\n", ["<!-- b -->", "%%c%%"]),
    ],
)
def test_comments_are_removed_from_the_text(text, left, comments):
    assert take(text) == (left, comments)


@pytest.mark.parametrize(
    "text",
    [
        "```\n%%a%%\n<!-- b -->\n```",
        "~~~~\n%%a%%\n~~~\n%%b%%\n~~~~",
        "- a\n  ```\n  %%b%%\n  ```",
        "> ```\n> %%b%%\n> ```",
        "{% highlight c %}\n%%a%%\n{% endhighlight %}",
        "a\n\n    %%b%%",
        "say `%%a%%` and ``<!-- ` -->``",
        "a `wrapped\n%%b%%` c",
        r"a \%% b \%% c \<!-- d",
        "100 % of 50 %",
        "a {/* b",
        "[//] is a path, [comment] is none: [comment](b)",
        "x --> y",
    ],
)
def test_code_and_text_resembling_comments_are_kept(text):
    assert take(text) == (text, [])


def test_a_post_with_comments_gets_a_note():
    post = parse_post("# Notes\n\n- a\n- b %%c%%\n<!-- d\ne -->\n- f\n", name="notes.md")
    assert [(c.text, c.line, c.end_line) for c in post.comments] == [("%%c%%", 4, 4), ("<!-- d\ne -->", 5, 6)]
    assert [(d.severity.value, d.line, d.message) for d in post.diagnostics if d.code.startswith("comment")] == [
        ("note", 4, "The post has 2 comments, the first one here: readers neither see nor find comments.")
    ]


def test_a_comment_without_an_end_gets_a_warning():
    post = parse_post("# Notes\n\n- a\n- b %%c\n- d\n", name="notes.md")
    assert [(c.text, c.line, c.end_line) for c in post.comments] == [("%%c\n- d", 4, 5)]
    assert [(d.code, d.severity.value, d.line, d.column) for d in post.diagnostics if "comment" in d.code] == [
        ("comments", "note", 4, 1),
        ("comment-unclosed", "warning", 4, 5),
    ]


def test_a_post_without_comments_gets_no_note():
    post = parse_post("# Notes\n\n- a\n", name="notes.md")
    assert post.comments == ()
    assert [d.code for d in post.diagnostics if "comment" in d.code] == []


@pytest.mark.parametrize(
    "mark",
    ["<!--more-->", "<!-- Read-More -->", "<!-- truncate -->", '<!-- wp:image {"id":7} -->', "<!-- /wp:list -->"],
)
def test_marks_for_site_generators_are_hidden_but_no_comments(mark):
    found = take_comments(["a", mark, "b"], 1)
    assert (found.lines, found.diagnostics) == (("a", "", "b"), ())


@pytest.mark.parametrize("text", ["<!-- more of this later -->", "<!-- the toc is wrong -->"])
def test_comments_beginning_like_a_mark_are_counted(text):
    assert [d.code for d in take_comments(["a", text, "<!--more-->"], 1).diagnostics] == ["comments"]


def test_a_comment_between_items_does_not_end_the_list():
    body = "# A Talk by Ann Lee\n\n- a\n<!-- c -->\n- b\n%%d\ne%%\n  - f\n"
    [talk] = parse_post(body, name="foo-2019.md").talks
    assert [(unit.text, [below.text for below in unit.takeaways]) for unit in talk.takeaways] == [
        ("a", []),
        ("b", ["f"]),
    ]


def test_removing_comments_keeps_the_number_of_lines():
    text = "\ufeff---\ntitle: a # b\n# c\nurl: x#y\n---\r\nd %%e%%\r\r\n%%f\ng%%\n"
    assert read_shown_lines(text) == ("---", "title: a", "", "url: x#y", "---", "d", "", "", "", "")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('title: "a # b" # c', 'title: "a # b"'),
        ('title: 5" wide # c', 'title: 5" wide'),
        ('tags: ["a # b", "c"] # d', 'tags: ["a # b", "c"]'),
    ],
)
@pytest.mark.parametrize(("start", "end"), [("---", "---"), ("%{", "---")])
def test_comments_behind_values_of_front_matter_are_not_shown(line, shown, start, end):
    assert read_shown_lines(f"{start}\n{line}\n{end}\nb") == (start, shown, end, "b")


def test_comments_have_the_right_places_in_the_file():
    text = "\ufeff---\ntitle: %%a%%\n---\r\n\r\nb %%c\r\nd%% e <!-- f -->"
    assert [text[start:end] for start, (end, said) in find_replaced(text).items() if not said] == [
        "%%c\r\nd%%",
        "<!-- f -->",
    ]


def test_links_and_images_in_comments_are_ignored():
    [talk] = parse_post(
        "# A Talk by Ann Lee\n\n- a [b][1] %%[c](https://example.org/c)%%\n\n%%\n[1]: https://example.org/1\n%%\n",
        name="a.md",
    ).talks
    assert talk.references == ()
    assert talk.takeaways[0].text == "a [b][1]"

"""Fenced code begins and ends at the same rows for every reader of a text."""

import pytest

from talks.code_fences import track_fence
from talks.markup import find_images, render
from talks.parsing import parse_post
from talks.parsing.metadata.folder_facts import read_head
from talks.parsing.text.inline import join_wrapped
from talks.parsing.text.regular_marks import make_views


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["```", "moss", "```", "*"], [0, 1, 2]),
        (["```", "moss", "`````", "*"], [0, 1, 2]),
        (["````", "```", "moss", "````", "*"], [0, 1, 2, 3]),
        (["~~~ a`b", "```", "~~~", "*"], [0, 1, 2]),
        (["```", "``` py", "```", "*"], [0, 1, 2]),
        (["    ```", "    moss", "  ```", "*"], [0, 1, 2]),
        (["\t```sh", "\t```", "*"], [0, 1]),
        (["* 1. ```", "     moss", "     ```", "*"], [0, 1, 2]),
        (["```", "* ```", "```", "*"], [0, 1, 2]),
        (["```moss``` is green", "*"], []),
        (["``` `", "`` moss", "Moss ```", "*"], []),
    ],
)
def test_fenced_code_ends_at_a_closing_fence(rows, code):
    found, fence = [], ""
    for number, row in enumerate(rows):
        inside, fence = fence, track_fence(row, fence)
        found += [number] if inside or fence else []
    assert found == code


def list_points(text):
    post = parse_post(f"# GardenConf 2019\n\n## Moss by Ann Lee\n\n{text}", name="x.md")
    return [takeaway.text for talk in post.talks for takeaway in talk.walk()]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("* one\n```x``` is good\n* two\n* three\n", ["one\n```x``` is good", "two", "three"]),
        ("* one\n  ```x``` is good\n  * two\n* three\n", ["one\n```x``` is good", "two", "three"]),
        ("* one\n  ```\n  a\n  ``` py\n  - b\n  ```\n* two\n", ["one\n```\na\n``` py\n- b\n```", "two"]),
        ("* one\n* ```\n  a\n  - b\n  ```\n* two\n", ["one", "```\na\n- b\n```", "two"]),
        ("* one\n* ```\n  a\n* two\n  * three\n", ["one", "```\na", "two", "three"]),
    ],
)
def test_fenced_code_in_a_list_swallows_no_later_point(text, points):
    assert list_points(text) == points


def test_code_in_a_longer_fence_stays_on_its_lines():
    code = "````\n```\na\nb\n```\n````"
    assert join_wrapped(f"One\ntwo\n{code}\nthree\nfour") == f"One two\n{code}\nthree four"


@pytest.mark.parametrize(
    ("text", "alts"),
    [
        ("```moss``` is green\n![x](x.png)", ["x"]),
        ("* one\n\n    ```\n    ![code](c.png)\n    ```\n\n![x](x.png)", ["x"]),
        ("* ```\n  ![code](c.png)\n  ```\n\n![x](x.png)", ["x"]),
        ("* ```\n  moss\n* ![x](x.png)", ["x"]),
        ("    ```\n\n![x](x.png)", ["x"]),
        ("```\n![code](c.png)\n```\n\n* ```\n  moss\n* ![x](x.png)", ["x"]),
        ("```\n![code](c.png)", []),
    ],
)
def test_images_inside_fenced_code_are_not_found(text, alts):
    assert [image.alt for image in find_images(text)] == alts


@pytest.mark.parametrize(
    "info", ['```js title="the long path of a file in the folder of a site, src/pages/a.js"', "~~~ a`b"]
)
def test_any_info_text_behind_a_fence_opens_code(info):
    assert render(f"{info}\nlet a\n{info[:3]}", kind="code").html == "<pre><code>let a\n</code></pre>"
    assert render(f"One\n\n{info}\nlet a\n{info[:3]}").html == "<p>One</p>\n<pre><code>let a\n</code></pre>"


@pytest.mark.parametrize("code", ["~~~\n```\n# No\n~~~", "````\n```\n# No\n````", "```x``` is good"])
def test_lines_in_code_are_no_headings_of_a_file(code):
    assert read_head("a.md", f"{code}\n\n# Moss\n").title == "Moss"


def test_notes_inside_a_fence_are_read_after_indented_code():
    lines = ["1. one", "", "    ```", "    a", "    ```", "", "```markdown", "* two", "* three", "```"]
    assert make_views(lines) == [*lines[:6], "", "* two", "* three", ""]

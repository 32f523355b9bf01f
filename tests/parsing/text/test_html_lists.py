import pytest

from talks.parsing.text.html_blocks import read_html
from talks.parsing.text.html_lists import read_html_list
from talks.parsing.text.lists import Item

NESTED = ("<li>a</li>", "<li>b", "<ul>", "<li>c</li>", "</ul></li>", "<li>d", "e</li>", "</ul>", "<p>f</p>")


def test_every_row_of_an_html_list_belongs_to_an_item():
    items, end = read_html_list(NESTED, 0, 10)
    assert end == 8
    assert items == (
        Item("a", 10, 10, 10, "*"),
        Item("b", 11, 12, 14, "*", (Item("c", 13, 14, 14, "*"),)),
        Item("d\ne", 15, 17, 17, "*"),
    )


def test_html_lists_may_open_in_their_first_items_row():
    """Items may be paragraphs."""
    rows = ("<ul><li><p>a</p></li>", "<li><p>b</p>", "<ul><li>c</li>", "</ul></li>", "</ul>", "<p>d</p>")
    parts = [(part.form, part.line, part.end_line) for part in read_html(rows, 10)]
    assert parts == [("list", 10, 14), ("paragraph", 15, 15)]
    items, end = read_html_list(rows, 0, 10)
    assert ([item.text for item in items], [item.text for item in items[1].items], end) == (["a", "b"], ["c"], 5)


@pytest.mark.parametrize(
    "rows", [("<li>a</li><li>b</li>", "</ul>"), ("<li>a", "b <li>c</li>", "</ul>"), ("<li[a</li>", "</ul>")]
)
def test_html_lists_with_two_items_in_a_row_are_none(rows):
    assert read_html_list(rows, 0, 1)[0] == ()

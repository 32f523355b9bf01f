import pytest

from talks.parsing.text.lists import Item, find_title_rows, read_items


def outline(items: tuple[Item, ...]) -> list:
    return [[item.text, *outline(item.items)] for item in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* a\n* b", [["a"], ["b"]]),
        ("* a\n  * b", [["a", ["b"]]]),
        ("* a\n    * b\n* c", [["a", ["b"]], ["c"]]),
        ("* a\n\t* b\n\t\t* c", [["a", ["b", ["c"]]]]),
        ("1. a\n  - b\n2. c", [["a", ["b"]], ["c"]]),
        ("* a\n** b\n*** c\n** d\n* e", [["a", ["b", ["c"]], ["d"]], ["e"]]),
        ("- a\n-- b\n\t-- c\n- d", [["a", ["b", ["c"]]], ["d"]]),
        ("* a\n * b", [["a"], ["b"]]),
        ("* a\n * b\n * c", [["a"], ["b"], ["c"]]),
        ("* a\n * b\n * c\n* d\n * e", [["a", ["b"], ["c"]], ["d", ["e"]]]),
        ("* a\n* b\n * c\n   * d\n * e", [["a"], ["b", ["c", ["d"]], ["e"]]]),
        ("* a\n* b\n  * c\n * d\n   * e\n* f", [["a"], ["b", ["c"]], ["d", ["e"]], ["f"]]),
        (" 9. a\n10. b\n11. c", [["a"], ["b"], ["c"]]),
        ("10. a\n11. b\n 1. c", [["a"], ["b"], ["c"]]),
        ("* a\nwrapped\n* b", [["a\nwrapped"], ["b"]]),
        ("* a\n\n  more of a\n* b", [["a\n\nmore of a"], ["b"]]),
        ("* a\n  * b\n\n  more of a", [["a", ["b"], ["more of a"]]]),
        ("* **bold** is no second level", [["**bold** is no second level"]]),
        ("* a\n  ```\n  * code\n  ```", [["a\n```\n* code\n```"]]),
        ("* a\n  * b\n    ```code\n    * c\n* d\n  * e", [["a", ["b\n```code\n* c"]], ["d", ["e"]]]),
        ("•a\n•b", [["a"], ["b"]]),
        ("- a\n・soft", [["a\n・soft"]]),
        ("*\xa0a\n*\u3000b", [["a"], ["b"]]),
        ("- a\n      - b\n   - c\n- d", [["a", ["b"], ["c"]], ["d"]]),
    ],
)
def test_list_items_are_nested_by_indentation_or_doubled_marks(text, expected):
    assert outline(read_items(text.split("\n"), 1)) == expected


def test_list_items_have_their_line_numbers():
    (first, second) = read_items(["* a", "wrapped", "  * b", "* c"], 10)
    assert [(item.line, item.own_end_line, item.end_line) for item in (first, first.items[0], second)] == [
        (10, 11, 12), (12, 12, 12), (13, 13, 13),
    ]  # fmt: skip


def test_the_nesting_of_lists_is_limited():
    items = read_items([f"{'  ' * depth}* {depth}" for depth in range(500)], 1)
    depth = 0
    while items:
        items, depth = items[-1].items, depth + 1
    assert depth == 41


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        (["- a", "- b", "10:30 Ferns", "- c", "~ 11:00 Reeds", "- d"], [2, 4]),
        ([" - a", " - b", "Ferns, once more", " - c"], [2]),
        (["- a", "- b", "Ferns, once more", "- c"], []),
        (["- a", "- b", "  10:30 is too late", "- c"], []),
        (["- a", "- they begin, as a notice at the door of the garden says, at", "10:30 each day", "- c"], []),
        (["- a", "```", "10:30 Ferns", "```", "- c"], []),
    ],
)
def test_rows_at_the_margin_begin_titles_below_lists(rows, titles):
    assert find_title_rows(rows) == titles

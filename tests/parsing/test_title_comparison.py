import pytest

from talks.parsing.title_comparison import count_words, has_any

WORDS = frozenset({"talk", "演讲"})


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("Gardens", 1), ("Gardens in winter", 3), ("庭", 1), ("庭に水をやる方法", 4), ("Goで書く庭", 3)],
)
def test_words_of_titles_are_counted_in_any_script(text, count):
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a talk on gardens", True), ("大漠的演讲信息", True), ("talkative gardens", False), ("花园", False), ("", False)],
)
def test_whole_words_are_found_in_texts_of_any_script(text, expected):
    assert has_any(text, WORDS) is expected

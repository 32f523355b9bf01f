"""Names in Chinese, Japanese and Korean."""

import pytest

from talks.parsing.talks.east_asian_names import has_family_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("山田太郎", True), ("山田 ひろし", True), ("王小明", True), ("欧阳小明", True), ("김민수", True)),
        *(("何をする", False), ("谢谢大家", False), ("黄いろい", False), ("壁の緑", False)),
    ],
)
def test_full_names_begin_with_frequent_family_names(text, expected):
    """Chinese ones have no kana."""
    assert has_family_name(text) is expected

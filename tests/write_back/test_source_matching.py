import pytest

from talks.write_back.source_matching import drop_markup


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**Moss** and `fern_leaf`", "Moss and fern_leaf"),
        (r"The \_\_init\_\_ of 2 \* 3", "The __init__ of 2 * 3"),
        ("](https://moss.example) by [Ann", " by Ann"),
        ("Q&amp;A &region=2", "Q&A &region=2"),
    ],
)
def test_drop_markup_returns_the_words_that_readers_see(markdown, shown):
    assert drop_markup(markdown) == shown

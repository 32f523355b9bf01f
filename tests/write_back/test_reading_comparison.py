"""A reading of a written post that differs from the one wanted is described by its first difference."""

from dataclasses import replace
from datetime import date

import pytest

from talks.parsing import ParsedPost, ParsedTalk
from talks.write_back.reading_comparison import find_difference

POST = ParsedPost("a.md", title="Notes", tags=("Docker",), talks=(ParsedTalk("Moss", "# Moss", 3),))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"title": "Other notes"}, "title"),
        ({"visibility": "draft"}, "visibility"),
        ({"published_on": date(2019, 5, 1)}, "date"),
        ({"tags": ("Docker", "Kafka")}, "tags"),
        ({"author": "Ann Lee"}, "writer"),
    ],
)
def test_another_value_of_the_post_is_named(changes, what):
    assert find_difference(POST, replace(POST, **changes)) == f"the post's {what} would change"


@pytest.mark.parametrize("changes", [{"language": "en"}, {"tags": ("docker",)}])
def test_what_follows_from_the_texts_is_not_compared(changes):
    assert find_difference(POST, replace(POST, **changes)) == ""


def test_another_text_of_a_talk_is_named():
    other = replace(POST.talks[0], video_url="https://moss.example/")
    assert find_difference(POST, replace(POST, talks=(other,))) == "“Moss” would have another video"

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
def test_the_comparison_of_readings_names_a_posts_changed_value(changes, what):
    assert find_difference(POST, replace(POST, **changes)) == f"the post's {what} would change"


@pytest.mark.parametrize("changes", [{"language": "en"}, {"tags": ("docker",)}])
def test_the_comparison_of_readings_ignores_language_and_tags_case(changes):
    assert find_difference(POST, replace(POST, **changes)) == ""


def test_the_comparison_of_readings_names_a_talks_changed_recording():
    other = replace(POST.talks[0], video_url="https://moss.example/")
    assert find_difference(POST, replace(POST, talks=(other,))) == "“Moss” would have another video"

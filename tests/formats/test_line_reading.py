"""What the page of a post's reading says beside each line."""

from talks.formats.line_reading import read_lines
from talks.parsing import parse_post

TEXT = """## Gardens by Ann Lee

### Soil

* Dark[^1]
{% include ad.html %}

* Wet

[^1]: As in June.
"""


def test_reading_pages_say_what_each_line_with_words_became():
    said = {line.number: line.became for line in read_lines(TEXT, parse_post(TEXT, name="a.md")) if line.became}
    assert said == {
        1: "talk 1: Gardens",
        3: "part of talk 1, but no takeaway",
        5: "takeaway of talk 1",
        6: "for another program: not shown",
        8: "takeaway of talk 1",
        10: "footnote",
    }

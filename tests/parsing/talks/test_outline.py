"""The place of a heading in the outline: it groups others, is at the top, or is inside another section."""

from talks.parsing.pipeline import read_post
from talks.parsing.talks.candidates.outline import FOR_TREES

BODY = (
    "# Notes from FooConf 2019\n\n## Day 1\n\n### Gardens in winter\n\n* a\n\n#### Soil of peat\n\n* b\n\n### Bridges\n"
)


def test_headings_right_below_a_day_are_at_the_outlines_top():
    """Headings below other headings count as inside a section."""
    _, reading = read_post(BODY, name="x.md")
    found = {}
    for candidate in reading.candidates:
        if candidate.kind == "heading":
            found[candidate.title] = [p.reason for p in candidate.evidence if p.reason in FOR_TREES]
    top, inside = ["is at the top"], ["stands inside a section", "stands deep"]
    assert found == {
        "Notes from FooConf 2019": [],
        "Day 1": [],
        "Gardens in winter": top,
        "Soil of peat": inside,
        "Bridges": top,
    }

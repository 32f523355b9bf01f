"""Words are replaced where they differ; links, emphasis and escapes around them stay."""

import pytest

from talks.importing.reconcile.column_lengths import fit_post
from talks.parsing import parse_post
from talks.write_back.edited_fields import EditedField
from talks.write_back.edits import TalkEdit
from talks.write_back.proof import write_edits
from talks.write_back.write_back_report import FileOutcome, WriteBackReport, make_diff, render_write_back


def read(text):
    return fit_post(parse_post(text, name="post.md"), text)


@pytest.mark.parametrize(
    ("heading", "title", "after"),
    [
        ("Small *Boxes* on Ships", "Small Boxes on Boats", "Small *Boxes* on Boats"),
        ("[Boxes](https://example.org/) on Ships", "Boxes on Boats", "[Boxes](https://example.org/) on Boats"),
        ("[Boxes](https://example.org/) on Ships", "Crabs that Sing", "Crabs that Sing"),
        ("[Boxes on Ships](https://example.org/)", "Crabs that Sing", "[Crabs that Sing](https://example.org/)"),
        ("1. Boxes &amp; Ships", "Boxes & Boats", "1. Boxes &amp; Boats"),
        ("Boxes on\u200b Ships", "Boxes in Ships", "Boxes in\u200b Ships"),
        ("Cafe\u0301 on Ships", "Café on Boats", "Cafe\u0301 on Boats"),
        ("Boxes on `Ships`", "Boxes on Ships Again", "Boxes on `Ships` Again"),
    ],
)
def test_writing_a_new_title_keeps_markup_around_unchanged_words(heading, title, after):
    text = f"---\ntitle: Notes\nconfnotes:\n  talk_level: 2\n---\n\n## {heading}\n* One\n\n## Herding Cats\n* Two\n"
    written = write_edits(text, read(text), [TalkEdit(0, "title", title)], read)
    assert (written.refused, written.text) == ((), text.replace(f"## {heading}\n", f"## {after}\n"))


def test_the_report_shortens_long_lines_to_the_change():
    words = " ".join(f"word{number}" for number in range(60))
    item = EditedField(3, "takeaway", words, words.replace("word30", "other"))
    shown = render_write_back(WriteBackReport((FileOutcome("a.md", (item,)),))).splitlines()
    around = (
        " ".join(f"word{number}" for number in range(23, 30)),
        " ".join(f"word{number}" for number in range(31, 38)),
    )
    assert shown[0] == "a.md:3: takeaway"
    assert [len(row) < 160 for row in shown[1:3]] == [True, True]
    assert [row[:8] for row in shown[1:3]] == ["    - … ", "    + … "]
    assert [
        f"{around[0][-20:]} {word} {around[1][:20]}" in row
        for word, row in zip(("word30", "other"), shown[1:3], strict=True)
    ] == [True, True]
    assert shown[3] == "1 edit written into 1 file."


def test_diffs_split_files_at_line_ends_alone():
    rows = make_diff("a.md", "One\u2028two\r\nthree\r\n", "One\u2028two\r\nfour\r\n").split("\n")
    assert rows == ["--- a.md", "+++ a.md", "@@ -1,2 +1,2 @@", " One\\u2028two", "-three", "+four"]

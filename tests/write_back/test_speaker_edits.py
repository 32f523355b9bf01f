"""Speakers are changed where the post names them: in headings, below them, or in the lineup."""

import pytest

from talks.importing.reconcile.column_lengths import fit_post
from talks.parsing import ParsedSpeaker, parse_post
from talks.write_back.edits import TalkEdit
from talks.write_back.proof import write_edits

HEADINGS = """\
# Testing Days 2019

## Boxes on Ships with Ada Brown of Acme and Carl Dent
* Docker images ought to be small ones

## Herding Cats with [Eve Ford](https://twitter.com/eveford)
* A cluster repairs itself while you sleep

## Singing Crabs with Bob Ray
* Compiling slowly leaves time to think

## Growing Bonsai with Fay Gold
* Cut before it looks necessary
"""
LINEUP = """\
# Testing Days 2019

1. Boxes on Ships with Ada\xa0Brown
2. Herding Old Cats with Carl Dent
3. Singing Crabs with Eve Ford

## Boxes on Ships
* Docker images ought to be small ones

## Herding Old Cats
* A cluster repairs itself while you sleep

## Singing Crabs
* Compiling slowly leaves time to think
"""


def read(text):
    return fit_post(parse_post(text, name="post.md"), text)


def write(text: str, talk: int, *speakers: tuple[str, str | None]) -> str:
    edit = TalkEdit(talk, "speakers", tuple(ParsedSpeaker(*speaker) for speaker in speakers))
    written = write_edits(text, read(text), [edit], read)
    assert written.refused == ()
    return written.text


@pytest.mark.parametrize(
    ("talk", "speakers", "line"),
    [
        (0, [("Ada Browne", "Acme"), ("Carl Dent", None)], "Boxes on Ships with Ada Browne of Acme and Carl Dent"),
        (0, [("Ada Brown", "Globex"), ("Carl Dent", None)], "Boxes on Ships with Ada Brown of Globex and Carl Dent"),
        (0, [("Ada Brown", None), ("Carl Dent", None)], "Boxes on Ships with Ada Brown and Carl Dent"),
        (0, [("Ada Brown", "Acme")], "Boxes on Ships with Ada Brown of Acme"),
        (0, [("Carl Dent", None)], "Boxes on Ships with Carl Dent"),
        (0, [], "Boxes on Ships"),
        (1, [("Eva Ford", None)], "Herding Cats with [Eva Ford](https://twitter.com/eveford)"),
        (
            1,
            [("Eve Ford", None), ("Zoe Ray", None)],
            "Herding Cats with [Eve Ford](https://twitter.com/eveford) and Zoe Ray",
        ),
    ],
)
def test_speakers_are_changed_in_the_heading(talk, speakers, line):
    lines = HEADINGS.splitlines(keepends=True)
    lines[2 if talk == 0 else 5] = f"## {line}\n"
    assert write(HEADINGS, talk, *speakers) == "".join(lines)


def test_speakers_are_changed_in_the_lineup_if_headings_name_none():
    assert write(LINEUP, 0, ("Ada Browne", None)) == LINEUP.replace("Ada\xa0Brown", "Ada Browne")
    assert write(LINEUP, 1, ("Carl Dent", None), ("Bob Ray", None)) == LINEUP.replace(
        "Carl Dent", "Carl Dent and Bob Ray"
    )


def test_a_talks_first_speaker_is_written_like_other_talks_speakers():
    bare = LINEUP.replace(" with Carl Dent", "")
    assert write(bare, 1, ("Carl Dent", None)) == LINEUP
    bare = f"---\ntitle: Testing Days\nconfnotes:\n  talk_level: 2\n---\n{HEADINGS}"
    bare = bare.replace(" with [Eve Ford](https://twitter.com/eveford)", "")
    assert "## Herding Cats with Eve Ford\n" in write(bare, 1, ("Eve Ford", None))


def test_first_speakers_inside_sentences_are_added_without_words_behind():
    text = "# GardenConf 2023\n\nThese talks I saw:\n\n- {}\n- The panel on public gardens{} was full\n"
    text = text.format("A session about moss by Ada Brown was long\n- Bob Ray gave a talk on walls of glass", "{}")
    assert write(text.format(""), 2, ("Zoe Quill", None)) == text.format(" by Zoe Quill")


def test_removing_a_tables_speaker_leaves_an_empty_cell():
    rows = "| Talk | Speaker | Seen |\n|---|---|---|\n| Gardens | {} | yes |\n| Bridges | Bob Ray | no |\n"
    text = f"# Testing Days 2019\n\n{rows}"
    assert write(text.format("Ada Brown"), 0) == text.format("")

"""A text that a post says of a talk is written back where the post says it, whether it is an address or not."""

import re
from dataclasses import replace

import pytest

from talks.parsing import ParsedPost, parse_post
from talks.write_back.edits import TalkEdit
from talks.write_back.proof import write_edits

TEXT = """\
---
title: Notes from Testing Days 2019
venue: Small hall
found_at: Small hall
---
## Boxes on Ships by Ada Brown

* Boxes float in a small hall
"""


def read(text: str) -> ParsedPost:
    """Return the post, with what stands at its key `found_at` as the text of its talk's field `video_url`."""
    said = re.search(r"^found_at: *(.*)$", text, re.MULTILINE)
    post = parse_post(text, name="boxes.md")
    return replace(post, talks=tuple(replace(talk, video_url=said[1] if said else "") for talk in post.talks))


def write(text: str, room: str) -> tuple[str, list[str]]:
    written = write_edits(text, read(text), [TalkEdit(0, "video_url", room)], read)
    return written.text, [why for _, why in written.refused]


@pytest.mark.parametrize("room", ["Great hall", "Hall (north)", "Saal Süd"])
def test_an_edited_value_is_written_into_its_line(room):
    assert write(TEXT, room) == (TEXT.replace("found_at: Small hall", f"found_at: {room}"), [])


@pytest.mark.parametrize(
    ("text", "room", "why"),
    [
        (
            TEXT.replace("found_at: Small hall\n", ""),
            "Hall",
            "the post has no key or link for it; write one into the post",
        ),
        (TEXT, "", "it is taken out in the post itself"),
        (TEXT, 'The "big" hall', "it holds quotes or brackets"),
    ],
)
def test_values_a_post_cannot_hold_are_refused_with_reason(text, room, why):
    assert write(text, room) == (text, [why])

"""Editors' corrections of how a post is parsed, anchored to the text of its lines so that they survive other edits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from talks.counts_and_cut_texts import cut_text
from talks.line_ends import join_lines
from talks.parsing.metadata.folder_facts import FolderFacts
from talks.parsing.metadata.hints import NO_HINTS, VISIBILITIES, merge_hints
from talks.parsing.metadata.path_events import PathEvent
from talks.parsing.records import ParsedSpeaker
from talks.parsing.text.cleaning import clean_text
from talks.parsing.text.embedded_images import cut_embedded

_LONGEST_QUOTE = 400
_LONGEST_SHOWN = 60
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Act(Enum):
    """The kind of a correction: what it says about its lines."""

    TALK = "talk"
    NO_TALK = "no-talk"
    ABOVE = "above"
    END = "end"
    DETAILS = "details"
    WHOLE = "whole"
    NOTES = "notes"
    UNITS = "units"
    PART = "part"
    HEADING = "heading"
    OUT = "out"
    POST = "post"
    IMAGE = "image"
    DAY = "day"
    FOLDER = "folder"


ACTS_IN_WORDS = {
    Act.TALK: "is a talk",
    Act.NO_TALK: "is no talk",
    Act.ABOVE: "belongs to the talk above",
    Act.END: "ends the talk above",
    Act.DETAILS: "is a talk whose title, speakers or day an editor gave",
    Act.WHOLE: "the whole post is one talk",
    Act.NOTES: "is takeaways of another talk",
    Act.UNITS: "is a takeaway in each of these lines",
    Act.PART: "is no takeaway, but part of its talk",
    Act.HEADING: "is a heading above the takeaways below",
    Act.OUT: "belongs to no talk",
    Act.DAY: "begins a day",
    Act.POST: "an editor answered for the whole post",
    Act.IMAGE: "is an image that an editor gave",
    Act.FOLDER: "the folder with which the post was brought in tells of it",
}
"""What a correction says, to be read after the quoted words of its lines if it is of lines."""


def describe_correction(act: Act, quote: str) -> str:
    """Return what a correction says of the line with these words, or of the whole post if there are none."""
    return f"“{cut_text(quote, _LONGEST_SHOWN)}” {ACTS_IN_WORDS[act]}" if quote else ACTS_IN_WORDS[act]


NO_DAY = 0
"""The day of a talk in a correction by which the talk belongs to no day, whatever the text says."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Finds a line of a post again by its words, `quote`.

    Of several lines with these words it finds the only one whose nearest line of text above is `before`, else the `nth`
    of them, from 1.
    """

    quote: str
    before: str = ""
    nth: int = 1

    def find(self, lines: Sequence[str]) -> int | None:
        """Return the number of the line, from 1; None if it is gone or cannot be told from others."""
        equal = [number for number, line in enumerate(lines, 1) if _cut_quote(line) == self.quote]
        if len(equal) > 1:
            near = [number for number in equal if _find_before(lines, number) == self.before]
            if len(near) == 1:
                return near[0]
            return equal[self.nth - 1] if self.nth <= len(equal) else None
        return equal[0] if equal else None


def make_anchor(lines: Sequence[str], number: int) -> Anchor:
    """Return the anchor of the line with this number, from 1; the line must not be empty."""
    quote = _cut_quote(lines[number - 1])
    nth = sum(_cut_quote(line) == quote for line in lines[:number])
    return Anchor(quote, _find_before(lines, number), nth)


def read_anchor_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a post as anchors quote them: cleaned, and with short names for embedded images' data."""
    return clean_text(cut_embedded(text)).lines


def _cut_quote(line: str) -> str:
    return join_lines(line)[:_LONGEST_QUOTE]


def _find_before(lines: Sequence[str], number: int) -> str:
    above = (short for line in reversed(lines[: number - 1]) if (short := _cut_quote(line)))
    return next(above, "")


@dataclass(frozen=True, slots=True)
class GivenImage:
    """An image that an editor gave for the address `src`, as the post writes it; its file is in the media store."""

    src: str
    digest: str
    format: str
    size: int


@dataclass(frozen=True, slots=True)
class GivenFolder:
    """What the folders of an upload told of a post; it is kept, since the folders are not.

    `name` is the post's path as `parse_post` takes it, `toml` the text of the nearest `confnotes.toml` or empty.
    """

    name: str
    toml: str
    facts: FolderFacts


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction by an editor; fields that are None or empty change nothing.

    `number` identifies a stored correction among those of its post; the parser ignores it, as it does an `image`.
    `talk` is the first line of the talk to which the correction assigns its lines. If a talk begins inside the first
    line, `within` are the words with which it begins; a talk that is `alone` ends with the last line even if that is
    the first. A correction that is `exact` is about its own lines only, and not about what is nested in their items.
    `title`, `speakers` and `day` are values for a talk, `day` may be `NO_DAY`; `post` is what the editor said of the
    whole post, by the names of hints. The hints of a `folder` count where the post's own folder gives none, its path
    and facts if that folder has no facts.
    """

    act: Act
    first: Anchor | None = None
    last: Anchor | None = None
    title: str = ""
    speakers: tuple[ParsedSpeaker, ...] | None = None
    day: int | None = None
    post: tuple[tuple[str, str | int], ...] = ()
    number: int = 0
    talk: Anchor | None = None
    within: str = ""
    image: GivenImage | None = None
    alone: bool = False
    folder: GivenFolder | None = None
    exact: bool = False

    def find_lines(self, lines: Sequence[str]) -> range:
        """Return the numbers of the lines that the correction is about.

        The range is empty for a correction of the whole post, and if the anchors do not find their lines.
        """
        first = self.first.find(lines) if self.first else None
        last = self.last.find(lines) if self.last else first
        return range(first, last + 1) if first and last else range(0)


def find_shared_lines(text: str, corrections: Iterable[Correction]) -> set[int]:
    """Return the numbers of the lines inside which a talk begins by a correction; such a line is part of two talks."""
    lines = read_anchor_lines(text)
    found = (each.first.find(lines) for each in corrections if each.within and each.first)
    return {number for number in found if number}


POST_ANSWERS = ("series", "year", "day", "writer", "visibility", "talk_level", "title_pattern", "holds_talks")
"""The hints that a correction may give for a whole post."""


def read_correction(number: int, act: str, anchor: Mapping[str, Any], value: Mapping[str, Any]) -> Correction:
    """Return the correction that `store_correction` stored. Raises `ValueError` if the stored form is invalid."""
    try:
        speakers = value.get("speakers")
        return Correction(
            Act(act),
            _read_anchor(anchor.get("first")),
            _read_anchor(anchor.get("last")),
            str(value.get("title") or ""),
            None if speakers is None else tuple(ParsedSpeaker(str(n), str(a) or None) for n, a in speakers),
            None if value.get("day") is None else int(value["day"]),
            tuple((key, _read_answer(key, value["post"][key])) for key in sorted(value.get("post") or {})),
            number,
            _read_anchor(anchor.get("talk")),
            str(value.get("within") or ""),
            _read_image(value.get("image")),
            bool(value.get("alone")),
            read_given_folder(value.get("folder")),
            bool(value.get("exact")),
        )
    except (TypeError, KeyError, IndexError, AttributeError) as fault:
        raise ValueError(f"This is no correction: {fault}") from fault


def _read_anchor(stored: Sequence[Any] | None) -> Anchor | None:
    return Anchor(str(stored[0]), str(stored[1]), max(1, int(stored[2]))) if stored else None


def _read_image(stored: Sequence[Any] | None) -> GivenImage | None:
    if not stored:
        return None
    src, digest, form, size = stored
    if not _DIGEST.fullmatch(digest) or not form.isalpha():
        raise ValueError("An image is named by its digest and its format.")
    return GivenImage(str(src), digest, form, int(size))


def read_given_folder(stored: Mapping[str, Any] | None) -> GivenFolder | None:
    """Return what `store_given_folder` stored; None for nothing.

    Raises `ValueError`, `TypeError`, `LookupError` or `AttributeError` if it is invalid.
    """
    if not stored:
        return None
    event = stored.get("event")
    told = PathEvent(str(event[0]), event[1] and int(event[1]), bool(event[2]), str(event[3])) if event else None
    day = stored.get("day")
    mark = str(stored["mark"]) if "mark" in stored else None
    facts = FolderFacts(told, int(stored.get("files", 0)), float(stored.get("single", 0)), day and int(day), mark)
    return GivenFolder(str(stored["name"]), str(stored.get("toml") or ""), facts)


def store_given_folder(folder: GivenFolder) -> dict[str, Any]:
    """Return the given folder as a dict that JSON can hold and `read_given_folder` reads."""
    event, facts = folder.facts.event, folder.facts
    stored: dict[str, Any] = {"name": folder.name, "toml": folder.toml}
    if event:
        stored["event"] = [event.series, event.year, event.sure, event.reason]
    if facts.day:
        stored["day"] = facts.day
    if facts.mark is not None:
        stored["mark"] = facts.mark
    return stored | {"files": facts.files, "single": facts.single}


def _read_answer(key: str, said: Any) -> str | int:
    if key not in POST_ANSWERS:
        raise ValueError(f"There is no answer called {key}.")
    if key in {"year", "day", "talk_level"}:
        return int(said)
    if key == "holds_talks":
        return bool(said)
    if key == "title_pattern" and merge_hints(NO_HINTS, {key: str(said)}, {})[1]:
        raise ValueError("A form of titles holds {title}, and may hold {speaker}, {affiliation} and {handle}.")
    if key == "visibility" and said not in VISIBILITIES:
        raise ValueError("A post is public, a draft or private.")
    return str(said)


def store_correction(correction: Correction) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return two maps that JSON can hold, as `read_correction` takes them: anchors, and all else but act and number."""
    ends = {"first": correction.first, "last": correction.last, "talk": correction.talk}
    anchor = {name: [end.quote, end.before, end.nth] for name, end in ends.items() if end}
    value: dict[str, Any] = {}
    if correction.title:
        value["title"] = correction.title
    if correction.speakers is not None:
        value["speakers"] = [[speaker.name, speaker.affiliation or ""] for speaker in correction.speakers]
    if correction.day is not None:
        value["day"] = correction.day
    if correction.post:
        value["post"] = dict(correction.post)
    if correction.within:
        value["within"] = correction.within
    if correction.alone:
        value["alone"] = True
    if correction.exact:
        value["exact"] = True
    if correction.folder:
        value["folder"] = store_given_folder(correction.folder)
    if image := correction.image:
        value["image"] = [image.src, image.digest, image.format, image.size]
    return anchor, value

"""Writes edits into a text, and only those that come back when the new text is parsed. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from talks import names
from talks.importing.identity import collapse
from talks.importing.writing_back.edits import (
    Addition,
    Edit,
    SpeakersEdit,
    TagsEdit,
    TakeawayEdit,
    TitleEdit,
    UnwritableError,
)
from talks.importing.writing_back.headings import find_entries, rewrite_title
from talks.importing.writing_back.notes import add_takeaways, rewrite_takeaway
from talks.importing.writing_back.patching import SourceText, Splice
from talks.importing.writing_back.people import rewrite_speakers
from talks.importing.writing_back.tags import rewrite_tags
from talks.markup import render
from talks.parsing import Kind, ParsedPost, ParsedSpeaker, ParsedTakeaway

Read = Callable[[str], ParsedPost]
Way = tuple[Edit, list[Splice]]
_LOST = "the post would not say it so when it is read again"
_MOST_WAYS = 40
_LITERAL = {Kind.CODE, Kind.TABLE}


@dataclass(frozen=True, slots=True)
class Written:
    """The new text with what the parser makes of it; and the edits that are not in it, each with the reason."""

    text: str
    parsed: ParsedPost
    done: tuple[Edit, ...]
    refused: tuple[tuple[Edit, str], ...]


def write_edits(text: str, parsed: ParsedPost, edits: Sequence[Edit], read: Read) -> Written:
    """Patch as many of the edits into the text as come back from it, and change nothing else."""
    source = SourceText(text)
    refused: list[tuple[Edit, str]] = []
    ways: list[list[Way]] = []
    for edit in edits:
        try:
            options = [(edit, splices) for splices in islice(_rewrite(source, parsed, edit), _MOST_WAYS)]
            ways += [options] if options else []
            refused += [] if options else [(edit, _LOST)]
        except UnwritableError as error:
            refused.append((edit, str(error)))
    prover = _Prover(source, parsed, read)
    chosen = _choose(prover, ways, []) if ways else []
    done = [edit for edit, _ in chosen]
    refused += [(options[0][0], _LOST) for options in ways if not any(options[0][0] is edit for edit in done)]
    new_text, new_parsed = (chosen and prover.prove(chosen)) or (text, parsed)
    return Written(new_text, new_parsed, tuple(done), tuple(refused))


def _choose(prover: "_Prover", ways: Sequence[list[Way]], chosen: list[Way]) -> list[Way]:
    """What can be written beside what is chosen already: all at once, else each half, down to the one that cannot."""
    together = [*chosen, *(options[0] for options in ways)]
    if prover.prove(together):
        return together
    if len(ways) == 1:
        way = next((way for way in ways[0][1:] if prover.prove([*chosen, way])), None)
        return [*chosen, way] if way else chosen
    half = len(ways) // 2
    return _choose(prover, ways[half:], _choose(prover, ways[:half], chosen))


def _rewrite(source: SourceText, parsed: ParsedPost, edit: Edit) -> Iterator[list[Splice]]:
    if isinstance(edit, TakeawayEdit):
        return rewrite_takeaway(source, parsed, edit)
    if isinstance(edit, Addition):
        return add_takeaways(source, parsed, edit)
    if isinstance(edit, TitleEdit):
        return rewrite_title(source, parsed, edit)
    if isinstance(edit, SpeakersEdit):
        return rewrite_speakers(source, parsed, edit)
    return rewrite_tags(source, parsed, edit)


@dataclass(frozen=True, slots=True)
class _Prover:
    source: SourceText
    parsed: ParsedPost
    read: Read

    def prove(self, ways: Sequence[Way]) -> tuple[str, ParsedPost] | None:
        """The text with these changes and what it is read as, if that is the post with the edits and no more."""
        text = self.source.patch(splice for _, splices in ways for splice in splices)
        if text is None:
            return None
        parsed = self.read(text)
        expected = apply_edits(self.parsed, [edit for edit, _ in ways])
        return (text, parsed) if not parsed.refused and are_same(expected, parsed) else None


def apply_edits(post: ParsedPost, edits: Iterable[Edit]) -> ParsedPost:
    """The post as it ought to be read with the edits; lines stay as they were."""
    talks = list(post.talks)
    lineup = {entry: entry for entry in post.lineup}
    for edit in edits:
        if isinstance(edit, TagsEdit):
            post = replace(post, tags=edit.tags)
        elif isinstance(edit, TitleEdit):
            talks[edit.talk] = replace(talks[edit.talk], title=edit.title)
            for entry in find_entries(post, edit.talk):
                lineup[entry] = replace(lineup[entry], title=edit.title)
        elif isinstance(edit, SpeakersEdit):
            talks[edit.talk] = replace(talks[edit.talk], speakers=edit.speakers)
        elif isinstance(edit, TakeawayEdit):
            units = _replace_unit(talks[edit.talk].takeaways, [edit.unit], edit.text)
            talks[edit.talk] = replace(talks[edit.talk], takeaways=units)
        else:
            talks[edit.talk] = replace(talks[edit.talk], takeaways=(*talks[edit.talk].takeaways, *edit.notes))
    return replace(post, talks=tuple(talks), lineup=tuple(lineup[entry] for entry in post.lineup))


def _replace_unit(units: Iterable[ParsedTakeaway], count: list[int], text: str) -> tuple[ParsedTakeaway, ...]:
    """The units with another text in the one that is reached when `count` has run down to 0."""
    made = []
    for unit in units:
        chosen = count[0] == 0
        count[0] -= 1
        below = _replace_unit(unit.takeaways, count, text)
        made.append(replace(unit, text=text if chosen else unit.text, takeaways=below))
    return tuple(made)


def are_same(expected: ParsedPost, actual: ParsedPost) -> bool:
    """Whether two posts say the same, on whatever lines."""
    if _outline(expected) != _outline(actual):
        return False
    pairs = [
        pair
        for talk, other in zip(expected.talks, actual.talks, strict=True)
        for pair in zip(talk.takeaways, other.takeaways, strict=True)
    ]
    return all(_are_same_notes(*pair) for pair in pairs)


def _outline(post: ParsedPost) -> tuple[object, ...]:
    """All that the post says but its notes' texts."""
    own = (post.title, post.author, post.published_on, post.visibility, post.slug, post.url, post.id, post.aliases)
    return (
        *own,
        post.conference,
        [names.fold(tag) for tag in post.tags],
        [(day.number, day.date) for day in post.days],
        [[passage.text for passage in passages] for passages in (post.intro, post.outro, post.unplaced)],
        [names.fold(entry.title) for entry in post.lineup],
        [(talk.title, talk.day, outline_people(talk.speakers), len(talk.takeaways)) for talk in post.talks],
    )


def outline_people(speakers: Iterable[ParsedSpeaker]) -> tuple[tuple[str, str], ...]:
    """What tells whether two lists of speakers are the same."""
    return tuple((names.fold(speaker.name)[:400], speaker.affiliation or "") for speaker in speakers)


def _are_same_notes(expected: ParsedTakeaway, actual: ParsedTakeaway) -> bool:
    return (
        expected.kind is actual.kind
        and len(expected.takeaways) == len(actual.takeaways)
        and read_alike(expected.text, actual.text, expected.kind)
        and all(_are_same_notes(*pair) for pair in zip(expected.takeaways, actual.takeaways, strict=True))
    )


def read_alike(text: str, other: str, kind: Kind) -> bool:
    """Whether a reader sees the same: how a text is broken into lines does not count, but in code and tables."""
    if text == other:
        return True
    if kind in _LITERAL or collapse(text) != collapse(other) or "```" in text or "~~~" in text:
        return False
    return collapse(render(text, kind=kind.value).html) == collapse(render(other, kind=kind.value).html)

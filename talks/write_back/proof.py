"""Writes edits into the text of a post, and keeps only edits that appear when the new text is parsed. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import assert_never

from talks.parsing import ParsedPost, ParsedTakeaway
from talks.write_back.edits import Addition, Edit, TagsEdit, TakeawayEdit, TalkEdit, UnwritableError
from talks.write_back.reading_comparison import find_difference
from talks.write_back.speaker_edits import rewrite_speakers
from talks.write_back.tag_edits import rewrite_tags
from talks.write_back.takeaway_edits import add_takeaways, rewrite_takeaway
from talks.write_back.text_patches import SourceText, Span, Splice
from talks.write_back.title_edits import rewrite_title
from talks.write_back.title_mentions import add_units, apply_to_mentions, find_note_spans, replace_unit
from talks.write_back.value_edits import rewrite_value

Read = Callable[[str], ParsedPost]
Way = tuple[Edit, list[Splice]]
Protected = Collection[tuple[int, int]]
_MOST_WAYS = 40
_REWRITERS: Mapping[str, Callable[[SourceText, ParsedPost, TalkEdit], Iterator[list[Splice]]]] = {
    "title": rewrite_title,
    "speakers": rewrite_speakers,
}
"""The functions that write a talk's title and speakers, which a post may name in several places.

`rewrite_value` writes all other fields.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """The new text, its parsed form, the edits written (`done`), and pairs of an edit `refused` and the reason.

    `also_changed` are takeaways that changed too because they name a renamed talk or speaker.
    """

    text: str
    parsed: ParsedPost
    done: tuple[Edit, ...]
    refused: tuple[tuple[Edit, str], ...]
    also_changed: tuple[TakeawayEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Proof:
    """A patched text, parsed again. `fault` says how it differs from what the edits should give; "" if it does not."""

    text: str
    parsed: ParsedPost
    also_changed: tuple[TakeawayEdit, ...] = ()
    fault: str = ""


def write_edits(text: str, parsed: ParsedPost, edits: Sequence[Edit], read: Read, protected: Protected = ()) -> Written:
    """Write as many of the edits as possible into the text; parsing the result must show them and no other change.

    Other edits are refused, with reasons. `protected` are indexes (talk, takeaway) of takeaways with a text by an
    editor, which edits of titles and speakers must not change.
    """
    first = _write_proven(text, parsed, edits, read, protected)
    naming = [edit for edit, _ in first.refused if isinstance(edit, TalkEdit)]
    own = {(edit.talk, edit.unit) for edit in first.done if isinstance(edit, TakeawayEdit)}
    shifted = any(isinstance(edit, Addition) and edit.parent is not None for edit in first.done)
    if not naming or not own or shifted:
        return first
    # A takeaway that has its edited words now may take the new title or name as well.
    second = _write_proven(first.text, first.parsed, naming, read, {*protected} - own)
    left = [(edit, why) for edit, why in first.refused if not any(edit is done for done in second.done)]
    return replace(
        second,
        done=(*first.done, *second.done),
        refused=tuple(left),
        also_changed=(*first.also_changed, *second.also_changed),
    )


def _write_proven(text: str, parsed: ParsedPost, edits: Sequence[Edit], read: Read, protected: Protected) -> Written:
    source = SourceText(text)
    refused: list[tuple[Edit, str]] = []
    ways: list[list[Way]] = []
    own = {(edit.talk, edit.unit) for edit in edits if isinstance(edit, TakeawayEdit)}
    spans = find_note_spans(source, parsed, {*own, *protected})
    for edit in edits:
        try:
            found = islice(_rewrite(source, parsed, edit), _MOST_WAYS)
            options = [(edit, _drop_protected(edit, splices, spans)) for splices in found]
        except UnwritableError as error:
            refused.append((edit, str(error)))
        else:
            ways += [options] if options else []
            refused += [] if options else [(edit, "the post's lines have no place for it")]
    prover = _Prover(source, parsed, read)
    chosen = _choose_writable(prover, ways, []) if ways else []
    done = [edit for edit, _ in chosen]
    for options in ways:
        if not any(options[0][0] is edit for edit in done):
            refused.append((options[0][0], prover.prove([*chosen, options[0]]).fault))
    proof = prover.prove(chosen)
    return Written(proof.text, proof.parsed, tuple(done), tuple(refused), proof.also_changed)


def _drop_protected(edit: Edit, splices: list[Splice], spans: Sequence[Span]) -> list[Splice]:
    """Return the splices of an edit; if it changes a field of a talk, without each splice inside one of the spans.

    The spans are those of takeaways whose text an editor wrote.
    """
    if not isinstance(edit, TalkEdit):
        return splices
    return [s for s in splices if not any(start <= s.start and s.end <= end for start, end in spans)]


def _choose_writable(prover: "_Prover", ways: Sequence[list[Way]], chosen: list[Way]) -> list[Way]:
    """Return the edits `chosen` and as many of `ways` as can be written too: all, else of each half, and so on.

    Each item of `ways` lists the possible ways to write one edit, the best one first.
    """
    together = [*chosen, *(options[0] for options in ways)]
    if not prover.prove(together).fault:
        return together
    if len(ways) == 1:
        way = next((way for way in ways[0][1:] if not prover.prove([*chosen, way]).fault), None)
        return [*chosen, way] if way else chosen
    half = len(ways) // 2
    return _choose_writable(prover, ways[half:], _choose_writable(prover, ways[:half], chosen))


def _rewrite(source: SourceText, parsed: ParsedPost, edit: Edit) -> Iterator[list[Splice]]:
    if isinstance(edit, TakeawayEdit):
        return rewrite_takeaway(source, parsed, edit)
    if isinstance(edit, Addition):
        return add_takeaways(source, parsed, edit)
    if isinstance(edit, TalkEdit):
        return _REWRITERS.get(edit.field, rewrite_value)(source, parsed, edit)
    if isinstance(edit, TagsEdit):
        return rewrite_tags(source, parsed, edit)
    assert_never(edit)


@dataclass(frozen=True, slots=True)
class _Prover:
    source: SourceText
    parsed: ParsedPost
    read: Read

    def prove(self, ways: Sequence[Way]) -> _Proof:
        """Patch the text with these edits and parse it again; the `fault` of the result says what is not as wanted."""
        text = self.source.patch(splice for _, splices in ways for splice in splices)
        if text is None:
            return _Proof(self.source.text, self.parsed, fault="another edit is about the same words")
        parsed = self.read(text) if ways else self.parsed
        expected = apply_edits(self.parsed, [edit for edit, _ in ways])
        naming = [s for edit, splices in ways if isinstance(edit, TalkEdit) for s in splices]
        expected, also_changed = apply_to_mentions(self.source, self.parsed, expected, naming)
        for edit, _ in ways:
            if not isinstance(edit, TalkEdit) or edit.field != "title":
                continue
            if parsed.title != expected.title:  # the talk gives the post its title
                title = self.parsed.title.replace(self.parsed.talks[edit.talk].title, edit.value, 1)
                expected = replace(expected, title=title)
        return _Proof(text, parsed, also_changed, find_difference(expected, parsed))


def apply_edits(post: ParsedPost, edits: Iterable[Edit]) -> ParsedPost:
    """Return the post as it must parse once the edits are written, but with its present line numbers."""
    talks = list(post.talks)
    added: dict[tuple[int, int | None], tuple[ParsedTakeaway, ...]] = {}
    for edit in edits:
        if isinstance(edit, TagsEdit):
            post = replace(post, tags=edit.tags)
        elif isinstance(edit, TalkEdit):
            talks[edit.talk] = replace(talks[edit.talk], **{edit.field: edit.value})
        elif isinstance(edit, TakeawayEdit):
            units = replace_unit(talks[edit.talk].takeaways, [edit.unit], edit.text)
            talks[edit.talk] = replace(talks[edit.talk], takeaways=units)
        elif isinstance(edit, Addition):
            added[edit.talk, edit.parent] = edit.notes
        else:
            assert_never(edit)
    for (talk, parent), notes in sorted(added.items(), key=_place_last_first):
        talks[talk] = replace(talks[talk], takeaways=add_units(talks[talk].takeaways, parent, notes))
    return replace(post, talks=tuple(talks))


def _place_last_first(addition: tuple[tuple[int, int | None], object]) -> int:
    """Return a key by which additions sort from the last parent to the first: so none shifts another's index."""
    (_, parent), _ = addition
    return 1 if parent is None else -parent

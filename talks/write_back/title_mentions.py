"""Makes the parsed post that edits lead to: new takeaways, and new names in sentences and the post's title. Pure."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from talks.parsing import LineupEntry, ParsedPost, ParsedTakeaway, Passage
from talks.write_back.edits import TakeawayEdit
from talks.write_back.source_matching import drop_markup
from talks.write_back.text_patches import SourceText, Span, Splice
from talks.write_back.title_edits import find_own_title


def apply_to_mentions(
    source: SourceText, post: ParsedPost, expected: ParsedPost, splices: Sequence[Splice]
) -> tuple[ParsedPost, tuple[TakeawayEdit, ...]]:
    """Return the post `expected` with these splices applied to its sentences, its lineup and its own title too.

    The second value is an edit for each takeaway of `post` that thereby changes.
    """
    if not splices:
        return expected, ()
    talks = list(expected.talks)
    also_changed = []
    for number, talk in enumerate(post.talks):
        for unit, note in enumerate(talk.walk()):
            text = _patch_source_words(source, note.text, source.part_span(note), splices)
            if text != note.text:
                also_changed.append(TakeawayEdit(number, unit, text))
                talks[number] = replace(talks[number], takeaways=replace_unit(talks[number].takeaways, [unit], text))
    intro, outro, unplaced, aside = (
        tuple(_patch_passage(source, passage, splices) for passage in group)
        for group in (post.intro, post.outro, post.unplaced, post.aside)
    )
    own = find_own_title(source, post)
    headings = [*([own] if own else []), *(source.line_span(talk.line) for talk in post.talks)]
    titles = (_patch_shown_words(source, post.title, heading, splices) for heading in headings)
    title = next((title for title in titles if title != post.title), post.title)
    lineup = tuple(_patch_entry(source, entry, splices) for entry in post.lineup)
    carried = replace(expected, talks=tuple(talks), title=title, lineup=lineup)
    carried = replace(carried, intro=intro, outro=outro, unplaced=unplaced, aside=aside)
    return carried, tuple(also_changed)


def _patch_passage(source: SourceText, passage: Passage, splices: Sequence[Splice]) -> Passage:
    return replace(passage, text=_patch_source_words(source, passage.text, source.part_span(passage), splices))


def _patch_entry(source: SourceText, entry: LineupEntry, splices: Sequence[Splice]) -> LineupEntry:
    if not entry.line:
        return entry
    return replace(entry, text=_patch_shown_words(source, entry.text, source.part_span(entry), splices))


def _patch_source_words(source: SourceText, words: str, within: Span, splices: Iterable[Splice]) -> str:
    """Return `words`, the Markdown of a takeaway or passage, with the splices applied that lie inside them.

    The words are looked for in the span `within` of the source, where comments and line ends may interrupt them. If
    they are not found, they are returned unchanged.
    """
    here = [splice for splice in splices if within[0] <= splice.start and splice.end <= within[1]]
    places = source.locate_characters(words, within) if here else []
    if not places:
        return words
    inside = [splice for splice in here if places[0][0] <= splice.start and splice.end <= places[-1][1]]
    return _replace_at(words, places, inside)


def _patch_shown_words(source: SourceText, words: str, within: Span, splices: Iterable[Splice]) -> str:
    """Return `words`, which readers see of the span `within`, with the visible part of the splices applied."""
    here = [splice for splice in splices if within[0] <= splice.start and splice.end <= within[1]]
    places = source.locate_characters(words, within, marked=True) if here else []
    if not places:
        return words
    touching = [
        replace(splice, new=drop_markup(splice.new))
        for splice in here
        if splice.start <= places[-1][1] and splice.end >= places[0][0]
    ]
    return " ".join(_replace_at(words, places, touching).split())


def _replace_at(words: str, places: Sequence[Span], splices: Iterable[Splice]) -> str:
    starts = [start for start, _ in places]
    for splice in sorted(splices, key=lambda splice: splice.start, reverse=True):
        first, last = bisect_left(starts, splice.start), bisect_left(starts, splice.end)
        words = f"{words[:first]}{splice.new}{words[last:]}"
    return words


def find_note_spans(source: SourceText, post: ParsedPost, wanted: Collection[tuple[int, int]]) -> list[Span]:
    """Return the spans of those of the takeaways, given by indexes (talk, takeaway), whose words the source has.

    A takeaway whose words the lines have in another form is left out.
    """
    return [
        span
        for number, talk in enumerate(post.talks)
        for unit, note in enumerate(talk.walk())
        if (number, unit) in wanted and (span := source.find_words(note.text, source.part_span(note)))
    ]


def replace_unit(units: Iterable[ParsedTakeaway], count: list[int], text: str) -> tuple[ParsedTakeaway, ...]:
    """Return the takeaways with the new text in the one at index `count[0]`, counted with nested ones, parents first.

    The index is counted down in place, since recursive calls share it.
    """
    made = []
    for unit in units:
        chosen = count[0] == 0
        count[0] -= 1
        below = replace_unit(unit.takeaways, count, text)
        made.append(replace(unit, text=text if chosen else unit.text, takeaways=below))
    return tuple(made)


def add_units(
    units: tuple[ParsedTakeaway, ...], parent: int | None, notes: tuple[ParsedTakeaway, ...]
) -> tuple[ParsedTakeaway, ...]:
    """Return the takeaways with `notes` nested at the end of the one at index `parent`; without `parent`, at the end.

    The index counts nested takeaways too, parents first.
    """
    if parent is None:
        return (*units, *notes)
    made = []
    for unit in units:
        size = sum(1 for _ in unit.walk())
        if 0 <= parent < size:
            below = add_units(unit.takeaways, parent - 1 if parent else None, notes)
            unit = replace(unit, takeaways=below)
        parent -= size
        made.append(unit)
    return tuple(made)

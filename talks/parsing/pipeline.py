"""Runs the stages of parsing a post in order: cleaning, front matter, blocks, talks."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import Any

from talks.code_fences import closes_fence, match_fence
from talks.names import fold_words
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.body import read_body
from talks.parsing.corrections import Correction
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.events.conference import read_conference
from talks.parsing.events.event_doubts import is_of_event_without_talks
from talks.parsing.metadata.date_formats import read_date_in_name
from talks.parsing.metadata.folder_facts import NO_FACTS, FolderFacts
from talks.parsing.metadata.front_matter import FrontMatter, read_front_matter
from talks.parsing.metadata.front_matter_values import flatten
from talks.parsing.metadata.hints import NO_HINTS, VISIBILITIES, Hints, complete_hints, merge_hints, read_hints
from talks.parsing.metadata.path_titles import read_path_title
from talks.parsing.metadata.post_metadata import LONGEST_TITLE, MOST_TAGS, Meta, read_meta
from talks.parsing.records import ParsedPost, Passage
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import Document
from talks.parsing.talks.person_pages import describes_person
from talks.parsing.talks.reading import Reading, fill_post, read_document
from talks.parsing.text.blocks import Block, Form, read_blocks
from talks.parsing.text.cleaning import clean_text, cut_runs
from talks.parsing.text.embedded_images import cut_embedded
from talks.parsing.text.inline import make_plain, measure_growth, read_definitions
from talks.parsing.title_comparison import measure_likeness
from talks.parsing.words.talk_words import PART_LABELS

_LONGEST_NAME = 1000
_GROWTH, _LEAST_GROWTH = 5, 20_000


def parse_post(
    text: str,
    *,
    name: str,
    hints: Hints = NO_HINTS,
    folder: FolderFacts = NO_FACTS,
    corrections: Sequence[Correction] = (),
) -> ParsedPost:
    """Parse one post. Never raises exceptions: faults of the text become diagnostics of the result.

    `name` is the end of the post's path, from its marked folder (the nearest with `confnotes.toml` or `.git`) on or,
    without one, with the last three folders; title, date and event may be read from it. `folder` are facts from its
    folders and the files beside it. `corrections` are an editor's and override everything else.
    """
    return read_post(text, name=name, hints=hints, folder=folder, corrections=corrections)[0]


def read_post(
    text: str,
    *,
    name: str,
    hints: Hints = NO_HINTS,
    folder: FolderFacts = NO_FACTS,
    corrections: Sequence[Correction] = (),
) -> tuple[ParsedPost, Reading | None]:
    """Parse one post; also return how its body was read, or None if an error stopped the parser before the body."""
    if given := next((each.folder for each in reversed(corrections) if each.folder), None):
        hints = complete_hints(hints, read_hints(given.toml)[0])
        name, folder = (given.name, given.facts) if folder == NO_FACTS else (name, folder)
    called = cut_runs(name)[-_LONGEST_NAME:]
    cleaned = clean_text(cut_embedded(text))
    front = read_front_matter(cleaned.lines)
    body = read_body(cleaned.lines, front, called)
    front = replace(front, entries={**body.entries, **front.entries}) if body.entries else front
    meta = read_meta(front.entries)
    hints, remarks = _apply_own_hints(hints, front)
    answers = dict(answer for correction in corrections for answer in correction.post)
    hints = replace(hints, **answers) if answers else hints  # type: ignore[arg-type]
    told = (*meta.diagnostics, *remarks, *body.uncommented.diagnostics)
    post = _make_post(
        called,
        front,
        meta,
        hints,
        name=name,
        tags=tuple(dict.fromkeys((*meta.tags, *body.translated.tags)))[:MOST_TAGS],
        visibility=str(answers.get("visibility", _choose_visibility(meta, hints))),
        comments=tuple(Passage(note.text, note.line, note.end_line) for note in body.uncommented.comments),
        properties=_gather(cleaned.lines, body.properties),
        footnotes=_gather(cleaned.lines, body.translated.footnotes),
        diagnostics=(*cleaned.diagnostics, *front.diagnostics, *told),
    )
    if post.refused:
        return replace(post, unplaced=_make_passages(body.lines, front.body_line)), None
    blocks = tuple(read_blocks(body.lines, front.body_line))
    if open_fence := tuple(_find_open_fence(blocks)):
        post = replace(post, diagnostics=(*post.diagnostics, *open_fence))
    definitions = read_definitions([block.text for block in blocks if block.form is Form.DEFINITIONS])
    if measure_growth("\n".join(body.lines), definitions) > max(_GROWTH * len(text), _LEAST_GROWTH):
        line = next(block.line for block in blocks if block.form is Form.DEFINITIONS)
        post = replace(post, diagnostics=(*post.diagnostics, catalogue.LINKS_TOO_OFTEN.at(line)))
        definitions = {}
    document = Document(called, meta, hints, blocks, definitions, post.published_on, folder=folder)
    about_person = describes_person(document)
    conference, reasons = (None, ()) if about_person and hints.series is None else read_conference(document)
    document = document.tell_event(conference.series if conference else "", about_person=about_person)
    reading = read_document(document, corrections, cleaned.lines)
    if conference and not reading.talks and not is_of_event_without_talks(document, conference.series, reasons):
        conference, reasons = None, ()
    reading = replace(reading, conference=conference, conference_reasons=reasons)
    title, line = (meta.title, 0) if meta.title else _find_title(document)
    post = fill_post(post, reading, title)
    if line and len(post.talks) > 1 and any(talk.line == line for talk in post.talks):
        post = replace(post, title=_name_by_event(post))
    if line and len(post.talks) == 1 and _names_part(post, post.talks[0].title):
        post = replace(post, title=post.talks[0].title)
    return post, reading


def _make_post(called: str, front: FrontMatter, meta: Meta, hints: Hints, **known: Any) -> ParsedPost:
    """Return the post with everything that is known before its body is read; `known` are more of its fields."""
    return ParsedPost(
        title=meta.title or _title_from_name(called),
        author=hints.writer or meta.author,
        published_on=meta.published_on or read_date_in_name(called) or meta.stamped_on,
        aliases=meta.aliases,
        slug=meta.slug,
        url=meta.url,
        id=hints.id,
        front_matter={key: flatten(entry.value) for key, entry in front.entries.items()},
        body_line=front.body_line,
        **known,
    )


def _choose_visibility(meta: Meta, hints: Hints) -> str:
    """Return the stricter visibility of the post and its folder: a "public" folder publishes no draft."""
    return max(meta.visibility, hints.visibility or "public", key=VISIBILITIES.index)


def _apply_own_hints(hints: Hints, front: FrontMatter) -> tuple[Hints, tuple[Diagnostic, ...]]:
    entry = front.entries.get("confnotes")
    if entry is None or not entry.value:
        return hints, ()
    if not isinstance(entry.value, dict):
        return hints, (catalogue.HINTS_NO_MAP.at(entry.line),)
    return merge_hints(hints, entry.value, dict.fromkeys(entry.value, entry.line))


def _find_title(document: Document) -> tuple[str, int]:
    """Return the title of a post without one in its front matter, and the number of the line with it, or 0.

    The title is the first heading. If that is one such as "Summary" or "Bio", or if there is no heading, it is the
    title in the file's name, spelled as in the heading if that says the same; then no line has it.
    """
    named = _title_from_name(document.name)
    for number in document.headings[:1]:
        plain = make_plain(document.blocks[number].content)[:LONGEST_TITLE]
        folded = fold_words(plain)
        if not is_other_heading(folded) and not PART_LABELS.issuperset(folded.split()):
            return plain, document.blocks[number].line
        named = plain if fold_words(plain) == fold_words(named) else named
    return named, 0


def _names_part(post: ParsedPost, talk: str) -> bool:
    """Whether the talk has the title in the file's name, but the post's title, its first heading, says something else.

    Then the heading is that of a part of the talk. The talk's title must have two words at least, and not resemble the
    heading.
    """
    told, headed = fold_words(talk), fold_words(post.title)
    named = " " in told and told == fold_words(_title_from_name(post.name))
    return named and told not in headed and not measure_likeness(told, headed)


def _name_by_event(post: ParsedPost) -> str:
    """Return a title for a post whose first heading is that of one of several talks: "Acme 2019, day 1 (hall b)".

    It consists of the conference, the day if all talks have the same, and the title in the file's name unless these say
    it already. Without a conference it is the title in the file's name alone.
    """
    named = _title_from_name(post.name)
    if post.conference is None:
        return named
    days = {talk.day for talk in post.talks}
    event = " ".join(str(part) for part in (post.conference.series, post.conference.year) if part)
    day = f", day {days.pop()}" if len(days) == 1 and None not in days else ""
    file = "" if fold_words(named) in fold_words(f"{event}{day}") else f" ({named})"
    return f"{event}{day}{file}"[:LONGEST_TITLE]


def _title_from_name(name: str) -> str:
    return (read_path_title(name) or name)[:LONGEST_TITLE]


def _find_open_fence(blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    """Yield a warning if a code fence is never closed: the rest of the post is code, or the fence was left behind."""
    last = blocks[-1] if blocks and blocks[-1].form is Form.CODE else None
    opening = match_fence(last.text.partition("\n")[0]) if last else None
    if last and opening:
        closed = last.line < last.end_line and closes_fence(last.text.rpartition("\n")[2], opening["fence"])
        if not closed:
            yield catalogue.CODE_UNCLOSED.at(last.line, fence=opening["fence"])
    stray = (match_fence(block.text) and block for block in blocks if block.form is Form.RULE)
    yield from (catalogue.FENCE_IGNORED.at(block.line) for block in stray if block)


def _gather(lines: Sequence[str], numbers: Set[int]) -> tuple[Passage, ...]:
    """Return the lines with the given numbers, which count from 1, as passages of one line each."""
    return tuple(Passage(lines[number - 1], number, number) for number in sorted(numbers))


def _make_passages(lines: tuple[str, ...], first_line: int) -> tuple[Passage, ...]:
    """Return consecutive lines, the first of which is number `first_line`, as one passage; none if all are blank."""
    text = "\n".join(lines)
    return (Passage(text, first_line, first_line + len(lines) - 1),) if text.strip() else ()

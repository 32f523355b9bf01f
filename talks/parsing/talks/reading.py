"""Reads the document as a whole: from candidates to talks, days and the remaining text."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from talks.names import fold_words
from talks.parsing.corrections import Correction
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.metadata.path_events import read_path_day
from talks.parsing.records import LineupEntry, ParsedConference, ParsedPost, Passage
from talks.parsing.talks.assembly import add_resources, assemble_talk, cut_overlaps, find_free
from talks.parsing.talks.candidates import RECOGNISERS
from talks.parsing.talks.candidates.rivals import compare_rivals
from talks.parsing.talks.choice import choose_talks
from talks.parsing.talks.corrected_reading import find_line, list_talk_lines
from talks.parsing.talks.corrected_talks import correct_talks, cut_paragraphs, overlaps
from talks.parsing.talks.days import assign_days
from talks.parsing.talks.document import Document, make_passage
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.farewells import find_sign_off
from talks.parsing.talks.lineup import Lineup, read_lineup
from talks.parsing.talks.post_checks import MOST_TALKS, DoubtfulTalk, Settled, check_post
from talks.parsing.talks.title_lines import part_title_rows, promote_lines
from talks.parsing.talks.told_speakers import drop_topics, find_in_title
from talks.parsing.title_comparison import measure_likeness

_ALIKE = 0.85
_LEAST_TITLE = 8  # letters
_MOST_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a document, and the talks, days and texts that it was read as.

    `listed` are items that only list a talk which has a section of its own. If there are corrections, `held` are the
    lines of talks before these were applied. `why_none` says why nothing in the post could be a talk before
    corrections, or is empty.
    """

    document: Document
    lineup: Lineup
    candidates: tuple[Candidate, ...]
    talks: tuple[Candidate, ...]
    listed: tuple[Candidate, ...]
    doubtful: tuple[Candidate, ...] = ()
    conference: ParsedConference | None = None
    conference_reasons: tuple[str, ...] = ()
    too_many: bool = False
    unfit: tuple[Diagnostic, ...] = ()
    begun_days: Mapping[int, int] = field(default_factory=dict)
    aside: frozenset[int] = frozenset()
    settled: Settled = field(default_factory=Settled)
    why_none: str = ""
    held: frozenset[int] = frozenset()


def read_document(document: Document, corrections: Sequence[Correction] = (), lines: Sequence[str] = ()) -> Reading:
    """Ask all recognisers, choose the talks that the evidence supports best, and apply editors' corrections.

    `lines` are all of the post; the anchors of corrections are looked up in them. The conference is not read here.
    """
    document = part_title_rows(cut_paragraphs(document, corrections, lines))
    lineup = read_lineup(document)
    outline = promote_lines(document)
    candidates = find_candidates(outline, lineup)
    choice = choose_talks(outline, candidates)
    talks, listed = _merge_listed(choice.talks[:MOST_TALKS])
    lineup = cut_overlaps(talks, lineup)
    for talk in talks if not document.meta.speakers else ():
        talk.speakers = drop_topics(talk.title, talk.speakers) or find_in_title(document, talk.title)
    if talks:
        talks[-1].end = find_sign_off(document, talks)
    held = frozenset(line for talk in talks if corrections for line in list_talk_lines(document, talk))
    corrected = correct_talks(document, talks, lineup, corrections, lines, candidates)
    listed = [other for other in listed if not any(overlaps(talk, other) for talk in corrected.talks)]
    return Reading(
        corrected.document,
        corrected.lineup,
        candidates,
        tuple(corrected.talks),
        tuple(listed),
        tuple(choice.doubtful),
        too_many=len(choice.talks) > MOST_TALKS,
        unfit=tuple(corrected.diagnostics),
        begun_days=corrected.days,
        aside=corrected.aside,
        settled=corrected.settled,
        why_none=choice.why_none,
        held=held,
    )


def find_candidates(document: Document, lineup: Lineup) -> tuple[Candidate, ...]:
    """Return all possible talks, with the evidence for and against each.

    Candidates in blocks that tell of talks which the writer did not hear (`Document.missed`) are settled as no talks,
    unless they are settled as talks already, by a hint say.
    """
    candidates = tuple(candidate for recognise in RECOGNISERS for candidate in recognise(document, lineup))
    compare_rivals(document, candidates)
    for candidate in candidates if document.missed else ():
        if candidate.start in document.missed and not candidate.settled:
            candidate.settled = False
    _settle_timetable(candidates)
    return candidates


def _settle_timetable(candidates: Sequence[Candidate]) -> None:
    """Settle headings as talks if a table above them has their titles beside speakers, for two talks at least.

    The title must have eight letters at least, as `_merge_listed` asks.
    """
    rows = {
        title: candidate.start
        for candidate in candidates
        if candidate.kind == "table row"
        and candidate.speakers
        and len(title := fold_words(candidate.title)) >= _LEAST_TITLE
    }
    named = [
        candidate
        for candidate in candidates
        if candidate.kind == "heading" and rows.get(fold_words(candidate.title), candidate.start) < candidate.start
    ]
    for candidate in named if len(named) > 1 else ():
        candidate.settled = True if candidate.settled is None else candidate.settled


def _merge_listed(talks: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Return the talks, and apart from them the items that only list a talk which has a section of its own.

    An item without notes lists a talk if its title, of eight letters at least, is in that of a section or much like it.
    A section without speakers gets those of its item; one whose title contains the item's title gets that title.
    """
    sections = [talk for talk in talks if not talk.item][:_MOST_COMPARED]
    titles = [fold_words(section.title) for section in sections]
    kept, listed = [], []
    for talk in talks:
        title = fold_words(talk.title)
        bare = talk.item is not None and not talk.rest and not talk.item.items and len(title) >= _LEAST_TITLE
        place = next((n for n, other in enumerate(titles) if bare and _names(other, title)), None)
        if place is None:
            kept.append(talk)
        else:
            listed.append(talk)
            sections[place].speakers = sections[place].speakers or talk.speakers
            if title in titles[place]:
                sections[place].title = talk.title
    return kept, listed


def _names(title: str, other: str) -> bool:
    return other in title or measure_likeness(title, other) >= _ALIKE


def fill_post(post: ParsedPost, reading: Reading, title: str) -> ParsedPost:
    """Return the post with its title, everything that was read in its body, and the diagnostics about it."""
    document, talks, lineup = reading.document, reading.talks, reading.lineup
    hints = document.hints
    default = hints.day or read_day(document.meta.title) or read_path_day(document.name) or document.folder.day
    year = reading.conference.year if reading.conference else None
    of_talks, days = assign_days(document, talks, default, reading.begun_days, year)
    told = tuple(assemble_talk(document, talk, of_talk) for talk, of_talk in zip(talks, of_talks, strict=True))
    if len(told) == 1:
        told = (add_resources(told[0], document.meta),)
    free = list(find_free(document, [*talks, *reading.listed], lineup, days))
    first = min((talk.line for talk in told), default=sys.maxsize)
    last = talks[-1].end if talks else 0
    between = [passage for number, passage in free if passage.line > first and number < last]
    aside = [passage for passage in between if _is_aside(passage, reading)]
    post = replace(
        post,
        title=title,
        language=hints.language or document.meta.language,
        conference=reading.conference,
        days=tuple(days),
        intro=tuple(passage for _, passage in free if passage.line < first),
        outro=tuple(passage for number, passage in free if passage.line > first and number >= last),
        lineup=(*lineup.entries, *(_make_entry(talk) for talk in reading.listed)),
        lineup_lines=(
            *(make_passage(document.blocks[number]) for number in lineup.blocks),
            *(Passage(item.text, item.line, item.end_line) for talk in reading.listed if (item := talk.item)),
        ),
        talks=told,
        unplaced=tuple(passage for passage in between if passage not in aside),
        aside=tuple(aside),
        definitions=document.definitions,
    )
    decided = [passage for _, passage in free if _is_aside(passage, reading)]
    settled = reading.settled
    if settled.acts:
        settled = replace(settled, outside=[passage for _, passage in free if not _was_held(passage, reading)])
    found = check_post(
        post,
        hints,
        _find_missing(lineup),
        list(_list_doubts(reading)),
        too_many=reading.too_many,
        settled=settled,
        decided=decided,
    )
    said = sorted([*reading.unfit, *found], key=lambda diagnostic: diagnostic.line)
    return replace(post, diagnostics=(*post.diagnostics, *said)) if said else post


def _list_doubts(reading: Reading) -> Iterator[DoubtfulTalk]:
    """Yield the possible talks about which an editor must still be asked.

    Nothing is asked about a candidate inside a talk that an editor began, or a heading around one that an editor
    confirmed; about a form ("heading 3") of which an editor called one candidate no talk; and, once an editor began
    talks and confirmed all talks of the post, about forms that none of these talks has.
    """
    document, settled = reading.document, reading.settled
    places = [(find_line(document, talk), talk) for talk in reading.talks]
    told = {line for line, _ in places} & settled.told
    inside = {n for line, talk in places if line in settled.begun for n in list_talk_lines(document, talk)}
    doubtful = [(find_line(document, candidate), candidate) for candidate in reading.doubtful]
    refused = {candidate.shape for line, candidate in doubtful if line in settled.refused}
    known = {candidate.shape for line, candidate in (*places, *doubtful) if line in told}
    is_complete = bool(inside) and len(told) == len({line for line, _ in places})
    for line, candidate in doubtful:
        is_open = candidate.shape not in refused and (candidate.shape in known or not is_complete)
        is_around = candidate.kind == "heading" and not told.isdisjoint(list_talk_lines(document, candidate))
        if is_open and line not in inside and not is_around:
            yield DoubtfulTalk(candidate.title, line, candidate.shape, candidate.certainty)


def _is_aside(passage: Passage, reading: Reading) -> bool:
    return reading.aside.issuperset(range(passage.line, passage.end_line + 1))


def _was_held(passage: Passage, reading: Reading) -> bool:
    return not reading.held.isdisjoint(range(passage.line, passage.end_line + 1))


def _find_missing(lineup: Lineup) -> list[LineupEntry]:
    """Return the lineup entries without a section if most have one; else none: the lineup may be for several posts."""
    told = {entry.line for _, entry in lineup.sections}
    missing = [entry for entry in lineup.entries if entry.line not in told]
    return missing if len(missing) < len(told) else []


def _make_entry(talk: Candidate) -> LineupEntry:
    line, end_line = (talk.item.line, talk.item.end_line) if talk.item else (0, 0)
    return LineupEntry(talk.title, line, end_line, talk.title, talk.speakers)

"""Applies an editor's corrections to the chosen talks: adds, removes, joins, cuts and names talks.

Talks remain runs of whole blocks, or items of lists. The functions in `_ACTS` change the state that they get, or raise
`UnfitError` if the correction does not fit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import pairwise

from talks.names import fold_words
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.corrections import Act, Correction, describe_correction
from talks.parsing.talks.block_cuts import cut_block, cut_block_at_words
from talks.parsing.talks.corrected_reading import (
    Corrected,
    Said,
    UnfitError,
    find_block,
    find_last_block,
    find_line,
    find_talk_at,
    list_lines,
    list_talk_lines,
)
from talks.parsing.talks.corrected_speakers import AROUND_NAMES, set_speaker_lines, tells_role
from talks.parsing.talks.corrected_takeaways import give_notes, keep_as_part, leave_out, make_heading, split_units
from talks.parsing.talks.corrected_titles import (
    LEAST_SENTENCE,
    LONGEST_TITLE_LINE,
    cut_affiliations,
    drop_remark,
    prefer_bold,
    read_title,
)
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import TITLE_LINE, Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.title_slots import drop_front_slot, drop_slot
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.lists import Item
from talks.parsing.words.talk_words import RESOURCE_LABELS

_SAME_WORD = 0.75  # how alike two spellings of a word are


def cut_paragraphs(document: Document, corrections: Iterable[Correction], lines: Sequence[str]) -> Document:
    """Return the document with blocks cut where an editor begins a talk inside them.

    Paragraphs are cut before a line or before words in it, headings only before words. A line cut before words belongs
    to both parts.
    """
    blocks = list(document.blocks)
    begun = [(each.first.find(lines), each.within) for each in corrections if each.act is Act.TALK and each.first]
    if not begun:
        return document  # with all that is known of it
    for line, words in sorted((line, words) for line, words in begun if line):
        for number, block in enumerate(blocks):
            if block.form in (Form.PARAGRAPH, Form.HEADING) and block.line <= line <= block.end_line:
                parts = cut_block_at_words(block, line, words) if words else cut_block(block, line)
                if parts:
                    blocks[number : number + 1] = parts
                    break
    return replace(document, blocks=tuple(blocks))


def correct_talks(
    document: Document,
    talks: Sequence[Candidate],
    lineup: Lineup,
    corrections: Iterable[Correction],
    lines: Sequence[str],
    candidates: Sequence[Candidate] = (),
) -> Corrected:
    """Return the reading after the corrections, applied in order.

    A correction that does not fit changes nothing and is reported. `lines` are those of the post, by which the
    corrections find their places.
    """
    corrected = Corrected(document, list(talks), lineup, candidates)
    acts = [correction for correction in corrections if correction.act in _ACTS]
    for correction in acts:
        go_back, corrected.exact = corrected.remember(), correction.exact
        try:
            first, last = _find_lines(correction, lines) if correction.act is not Act.WHOLE else (1, 1)
            talk = correction.talk.find(lines) if correction.talk else None
            _ACTS[correction.act](corrected, Said(correction, first, last, talk))
            corrected.talks = _separate(corrected.document, corrected.talks)
            if correction.act is Act.WHOLE:
                first = last = find_line(corrected.document, corrected.talks[0])
            corrected.settled.add(range(first, last + 1), correction)
        except UnfitError as fault:
            go_back()
            quote = correction.first.quote if correction.first else ""
            said = describe_correction(correction.act, quote)
            unfit = catalogue.CORRECTION_UNFIT.at(1, said=said, reason=fault)
            corrected.diagnostics.append(unfit)
    if acts:
        corrected.lineup = _clear_lineup(corrected.document, corrected.talks, corrected.lineup, corrected.days)
    return corrected


def _find_lines(correction: Correction, lines: Sequence[str]) -> tuple[int, int]:
    if found := correction.find_lines(lines):
        return found[0], found[-1]
    if correction.first is None:
        raise UnfitError("it names no line")
    if correction.first.find(lines) is None or (correction.last and correction.last.find(lines) is None):
        raise UnfitError("its line has other words, or is gone")
    raise UnfitError("its last line stands before its first")


def _add_talk(state: Corrected, said: Said) -> None:
    first, last, words = said.first, said.last, said.correction.within
    state.lift(first)
    if said.correction.alone and not words:
        state.cut(first)
        state.cut_after(first, last)
    block = state.document.blocks[find_block(state.document, first)]
    item, inside = _find_item(block.items, first) if block.form is Form.LIST else None, None
    if words:
        item, inside = None, item
    elif not (item and last <= max(item.end_line, first)):
        item = None
        state.cut(first)
        if last > first:
            state.cut_after(first, last)
    start = state.cut_at_words(first, words) if words else find_block(state.document, first)
    if said.correction.alone and words:
        state.cut_after(first, last)
    known = _find_known(state, first, start, is_item=item is not None)
    if item:
        talk = Candidate(start, start + 1, "item", "", item=item, rest=known.rest if known else "")
    else:
        talk = _make_section(state, said, start, inside)
    after = state.document.blocks[start + 1 : start + 2]
    goes_on = any(part.line == first for part in after) and len(state.document.plain(start)) > LEAST_SENTENCE
    is_sentence = block.form is Form.PARAGRAPH and (bool(words) or goes_on)
    _name_talk(state.document, talk, said, known, is_sentence=is_sentence)
    if words and _says_more(state.document.blocks[start].content, talk):
        talk.extra |= {start}  # a note, also where it looks like a line of links
    state.talks[:] = [other for other in state.talks if not overlaps(talk, other)]
    for other in state.talks:
        if not other.item and other.start < talk.start < other.end:
            other.end = talk.start
    state.talks.append(talk)
    _find_speaker_lines(state, talk, said)


def _find_speaker_lines(state: Corrected, talk: Candidate, said: Said) -> None:
    if said.correction.speakers:
        set_speaker_lines(state, talk)


def _find_known(state: Corrected, line: int, start: int, *, is_item: bool) -> Candidate | None:
    """Return the candidate with most weight that begins on the line, in block `start`, and has a title; else None.

    With `is_item` only list items count, else only candidates that are no items. The whole file is no such candidate.
    """
    found = [
        each
        for each in state.candidates
        if each.title and (each.item is not None) is is_item and each.shape != "whole file"
        if each.start == start and find_line(state.document, each) == line
    ]
    return max(found, key=lambda each: each.weight, default=None)


def _find_item(items: Iterable[Item], line: int) -> Item | None:
    for item in items:
        if item.line == line:
            return item
        if item.line < line <= item.end_line:
            return _find_item(item.items, line)
    return None


def _make_section(state: Corrected, said: Said, start: int, inside: Item | None = None) -> Candidate:
    """Return a talk of whole blocks from `start` on; `inside` is the list item within whose first line it begins.

    Raises UnfitError if the block is a list that begins above the first line of the correction.
    """
    document = state.document
    block = document.blocks[start]
    if block.line < said.first and block.form is Form.LIST:
        raise UnfitError("a talk of several blocks begins with an outermost item of a list")
    shape = "paragraph"
    if block.form is Form.HEADING:
        shape = f"heading {block.level}"
    elif _is_title_line(block) and (inside or not said.correction.within):
        shape = TITLE_LINE
    ends_there = said.last > max(said.first, block.line if block.form is not Form.HEADING else block.end_line)
    if ends_there or said.correction.alone:
        end = find_last_block(document, start, said.last) + 1
    elif inside:
        end = find_last_block(document, start, inside.end_line) + 1
    else:
        end = _find_end(state, start)
    return Candidate(start, end, shape, "")


def _is_title_line(block: Block) -> bool:
    is_line = block.form is Form.PARAGRAPH and block.line == block.end_line
    return is_line and len(block.content) <= LONGEST_TITLE_LINE


def _find_end(state: Corrected, start: int) -> int:
    """Return the number of the block behind a talk of which only the first line is given.

    The talk ends with its section or with the talk that it splits, whichever is later, and before the next talk and the
    next line with which an editor said that a day begins.
    """
    document = state.document
    if document.blocks[start].form is Form.HEADING:
        end = document.find_end(start)
    else:
        end = next((number for number in document.headings if number > start), len(document.blocks))
    cut = next((talk for talk in state.talks if not talk.item and talk.start < start < talk.end), None)
    below = [*(talk.start for talk in state.talks), *(find_block(document, line) for line in state.days)]
    return min([max(end, cut.end) if cut else end, *(number for number in below if number > start)])


def overlaps(talk: Candidate, other: Candidate) -> bool:
    """Whether `other` begins inside `talk`.

    Two items overlap if they are of one list and share a line. An item overlaps a talk of whole blocks that begins with
    the item's list.
    """
    if talk.item and other.item:
        one, two = talk.item, other.item
        return talk.start == other.start and one.line <= two.end_line and two.line <= one.end_line
    if talk.item:
        return other.start == talk.start
    return talk.start <= other.start < talk.end


def _name_talk(document: Document, talk: Candidate, said: Said, known: Candidate | None, *, is_sentence: bool) -> None:
    """Set title and speakers: those that the editor gave, else those of the candidate `known`, else those in the line.

    A title "Ann Lee talk" of `known` is not used. The day is set only if the editor gave one.
    """
    talk.settled = True
    block, correction = document.blocks[talk.start], said.correction
    content = talk.item.text if talk.item else _find_title_line(block, said.first)
    title, speakers = read_title(document, talk.start, content.split("\n")[0], is_sentence=is_sentence)
    if known:
        if not known.speakers or known.title != f"{known.speakers[0].name} talk":
            title = known.title
        speakers = known.speakers or speakers
        talk.byline = frozenset(number for number in known.byline if talk.start <= number < talk.end)
        talk.labels |= known.labels
    line = content.split("\n")[0]
    talk.title = correction.title or drop_remark(prefer_bold(line, title, speakers))
    talk.speakers = cut_affiliations(line, speakers) if correction.speakers is None else correction.speakers
    talk.day = correction.day if correction.day is not None else talk.day
    _keep_sentence(document, talk, given=bool(correction.title))


def _says_more(content: str, talk: Candidate) -> bool:
    """Whether a line has words besides title, speakers, time slot and words such as "by" and "slides".

    Other spellings of a word count as the same word.
    """
    named = [part for speaker in talk.speakers for part in (speaker.name, speaker.affiliation or "")]
    known = fold_words(" ".join([talk.title, *named])).split()
    words = set(fold_words(drop_slot(drop_front_slot(make_plain(content))[0])).split()) - AROUND_NAMES
    return any(not get_close_matches(word, known, 1, _SAME_WORD) for word in words - RESOURCE_LABELS)


def _keep_sentence(document: Document, talk: Candidate, *, given: bool) -> None:
    """Let the talk's first line become a takeaway too, if it says much more than the talk's title.

    If an editor has `given` the title, the line becomes one as soon as it says anything besides title, speakers and
    their roles. An item with which a talk of several blocks begins is no takeaway if it says little more than the
    title.
    """
    block = document.blocks[talk.start]
    first = talk.item or (block.items[0] if block.form is Form.LIST else None)
    content = first.text if first else block.content
    is_long = len(make_plain(content)) > len(talk.title) + LEAST_SENTENCE
    if given and tells_role(document, talk, content):
        talk.named |= {first.line} if first and not talk.item else set()
        talk.rest = "" if talk.rest == content else talk.rest
        talk.shape = TITLE_LINE if talk.shape == "paragraph" and _is_title_line(block) else talk.shape
    elif is_long or (given and _says_more(content, talk)):
        if talk.item:
            talk.rest = talk.rest or content
        elif talk.shape == TITLE_LINE:
            talk.shape = "paragraph"
    elif first and not talk.item and fold_words(talk.title) in fold_words(make_plain(content)):
        talk.named |= {first.line}


def _find_title_line(block: Block, line: int) -> str:
    if block.form is Form.LIST:
        item = _find_item(block.items, line)
        return item.text if item else block.content
    if block.form is Form.PARAGRAPH:
        rows = block.text.split("\n")
        return rows[min(max(line - block.line, 0), len(rows) - 1)].strip()
    return block.content


def _remove_talk(state: Corrected, said: Said) -> None:
    """Remove the talks that begin in the correction's lines, or only the one that begins with the correction's words.

    The text of these talks then belongs to no talk.
    """
    if words := said.correction.within:
        gone = [find_talk_at(state.document, state.talks, said.first, words)]
    else:
        gone = [talk for talk in state.talks if said.first <= find_line(state.document, talk) <= said.last]
    state.talks[:] = [talk for talk in state.talks if not any(talk is other for other in gone)]
    for talk in gone:
        state.aside |= list_talk_lines(state.document, talk)


def _join_above(state: Corrected, said: Said) -> None:
    """Join the correction's lines, and those between, to the talk above; talks that begin there become part of it."""
    state.cut(said.first)
    state.cut_after(said.first, said.last)
    document = state.document
    above = [talk for talk in state.talks if find_line(document, talk) < said.first]
    if not above:
        raise UnfitError("no talk stands above it")
    talk = max(above, key=lambda other: find_line(document, other))
    state.make_section(talk)
    start = find_block(state.document, said.first)
    end = find_last_block(state.document, start, said.last) + 1
    joined = [other for other in state.talks if other is not talk and talk.start <= other.start < end]
    talk.end = max([talk.end, end, *(other.end for other in joined)])
    talk.extra |= frozenset(number for other in joined for number in other.extra)
    talk.without -= frozenset(range(start, end))
    talk.settled = True
    state.talks[:] = [other for other in state.talks if not any(other is gone for gone in joined)]


def _end_talk(state: Corrected, said: Said) -> None:
    """End the talk that contains the correction's line before that line; its lines from there on belong to no talk.

    Raises `UnfitError` if no talk that began above the line contains it. An item of a list is never that talk.
    """
    state.lift(said.first)
    state.cut(said.first)
    start = find_block(state.document, said.first)
    talk = next((other for other in state.talks if not other.item and other.start < start < other.end), None)
    if talk is None:
        raise UnfitError("it is in no talk, or the first of one")
    state.aside |= list_lines(state.document, range(start, talk.end))
    talk.end = start


def _set_details(state: Corrected, said: Said) -> None:
    """Set title, speakers and day, as far as the editor gave them, of the talk that begins on the correction's line.

    For a range of lines without title and speakers, set the day of all talks that begin in it.
    """
    correction = said.correction
    inside = [talk for talk in state.talks if said.first <= find_line(state.document, talk) <= said.last]
    if said.last > said.first and inside and not (correction.title or correction.speakers is not None):
        for talk in inside:
            talk.day = talk.day if correction.day is None else correction.day
            talk.settled = True
        return
    talk = find_talk_at(state.document, state.talks, said.first, correction.within)
    talk.title = correction.title or talk.title
    talk.speakers = talk.speakers if correction.speakers is None else correction.speakers
    talk.day = talk.day if correction.day is None else correction.day
    talk.settled = True
    content = make_plain(state.document.blocks[talk.start].content)
    is_in_line = talk.shape == TITLE_LINE and fold_words(correction.title) in fold_words(content)
    if correction.title and not is_in_line:  # what a title line says beside its title is no takeaway
        _keep_sentence(state.document, talk, given=True)
    _find_speaker_lines(state, talk, said)


def _begin_day(state: Corrected, said: Said) -> None:
    """Let a day begin at the correction's line, for the talks below it up to the next day.

    A talk that begins with the line is removed; one that contains it ends above it.
    """
    if said.correction.day is None:
        raise UnfitError("it names no day")
    state.lift(said.first)
    state.cut(said.first)
    state.cut_after(said.first, said.first)
    start = find_block(state.document, said.first)
    if state.document.blocks[start].line < said.first:
        raise UnfitError("a day begins with a line of its own, or with an outermost item of a list")
    for talk in state.talks:
        if not talk.item and talk.start <= start < talk.end:
            state.aside |= list_lines(state.document, range(start + 1, talk.end))
            talk.end = start
    state.talks[:] = [talk for talk in state.talks if talk.start != start]
    state.days[said.first] = said.correction.day


def _make_whole(state: Corrected, said: Said) -> None:
    """Make the whole post the notes of one talk, named by the editor or else by the evidence."""
    if not state.document.blocks:
        raise UnfitError("the post has no text")
    known = next((each for each in state.candidates if each.shape == "whole file"), None)
    title = state.document.meta.title or make_plain(state.document.blocks[0].content.split("\n")[0])
    talk = (
        replace(known, evidence=[*known.evidence])
        if known
        else Candidate(0, len(state.document.blocks), "whole file", title)
    )
    talk.start, talk.end, talk.settled = 0, len(state.document.blocks), True
    talk.title = said.correction.title or talk.title
    talk.speakers = talk.speakers if said.correction.speakers is None else said.correction.speakers
    talk.day = said.correction.day
    state.talks[:] = [talk]
    _find_speaker_lines(state, talk, said)


_ACTS: Mapping[Act, Callable[[Corrected, Said], None]] = {
    Act.TALK: _add_talk,
    Act.NO_TALK: _remove_talk,
    Act.ABOVE: _join_above,
    Act.END: _end_talk,
    Act.DETAILS: _set_details,
    Act.WHOLE: _make_whole,
    Act.NOTES: give_notes,
    Act.UNITS: split_units,
    Act.PART: keep_as_part,
    Act.HEADING: make_heading,
    Act.OUT: leave_out,
    Act.DAY: _begin_day,
}


def _separate(document: Document, talks: Iterable[Candidate]) -> list[Candidate]:
    """Return the talks in the order of the post; each ends before the next, and holds no `extra` blocks of another.

    Of talks that begin with the same block only the first is kept, unless they are items.
    """
    order = sorted(talks, key=lambda talk: (talk.start, find_line(document, talk)))
    kept: list[Candidate] = []
    for talk in order:
        if not (kept and kept[-1].start == talk.start and not (kept[-1].item and talk.item)):
            kept.append(talk)
    for talk, below in pairwise(kept):
        talk.end = max(talk.start + 1, min(talk.end, below.start))
    starts = frozenset(talk.start for talk in kept)
    for talk in kept:
        talk.extra -= starts - {talk.start}
        talk.without &= frozenset(range(talk.start, talk.end))
        for other in kept if talk.extra else ():
            if other is not talk and not other.item:
                other.without |= talk.extra & frozenset(range(other.start, other.end))
    return kept


def _clear_lineup(document: Document, talks: Sequence[Candidate], lineup: Lineup, days: Iterable[int]) -> Lineup:
    """Return the lineup without the blocks that belong to a talk or contain one, or with which a day begins."""
    held = {number for talk in talks for number in (*range(talk.start, talk.end), *talk.extra)}
    held |= {find_block(document, line) for line in days}
    held &= set(lineup.blocks)
    if not held:
        return lineup
    lines = list_lines(document, held)
    return replace(
        lineup,
        blocks=tuple(number for number in lineup.blocks if number not in held),
        entries=tuple(entry for entry in lineup.entries if entry.line not in lines),
        sections=tuple(place for place in lineup.sections if place[1].line not in lines),
    )

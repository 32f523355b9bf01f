"""Changes a talk's speakers in the line of the post that names them, and in the lineup. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, product

from django.utils.text import get_text_list

from talks import names
from talks.parsing import ParsedPost, ParsedSpeaker, ParsedTalk
from talks.write_back.edits import TITLE_IN_OTHER_FORM, TalkEdit, UnwritableError
from talks.write_back.text_patches import SourceText, Span, Splice, find_first
from talks.write_back.title_edits import find_entries, find_own_title, list_notes, list_places
from talks.write_back.word_revisions import include_edge_marks

_AROUND = re.compile(r"\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\))?(?:\{:[^{}\n]*\})?|\*+|_+|`")
_BRACKET = re.compile(r"\s*\(((?:[^()\n]|\([^()\n]*\))*)\)")
_JOINS = re.compile(r"[\s,;&+/·、]*(?:[^\W\d_]{1,4})?[\s,;&+/·、]*")
_ALIKE = 0.75
_LONGEST_LEAD, _LONGEST_STYLE = 3, 12
_LEADS = (" – ", " by ", " with ")
_AFFILIATIONS = ("{} ({})", "{} of {}", "{}, {}")
_BETWEEN = (" and ", ", ", " & ")
_BEFORE_AFFILIATION = re.compile(r"(?:\s*[,(@–—-]|\s+(?:of|from|at|bei|von|chez|de))\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpeakerText:
    """The span of the post that names one speaker: name, affiliation, handle, and the marks around them."""

    speaker: ParsedSpeaker
    start: int
    end: int


def rewrite_speakers(source: SourceText, post: ParsedPost, edit: TalkEdit) -> Iterator[list[Splice]]:
    """Yield ways to replace a talk's speakers: in its heading or byline and the lineup, else in its notes.

    Each way is a list of splices. A talk without speakers gets them after its title. Raises `UnwritableError` if no
    line names all present speakers or, if there are none, if no line has the title.
    """
    talk = post.talks[edit.talk]
    if not talk.speakers:
        yield from _add_first_speakers(source, post, edit)
        return
    entries = find_entries(post, edit.talk)
    spans = [source.part_span(entry) for entry in entries]
    own = find_own_title(source, post)
    places = [*list_places(source, talk), *spans, *([own] if own else []), *list_notes(source, talk)]
    found = [(place, pieces) for place in places if (pieces := _find_pieces(source, talk.speakers, place))]
    if not found:
        raise UnwritableError("no line of the post names all of its speakers as they are known here")
    place, pieces = found[0]
    listed = [
        named
        for entry, span in zip(entries, spans, strict=True)
        if span != place and (named := _find_pieces(source, entry.speakers or talk.speakers, span))
    ]
    if not edit.value:
        yield [_remove_speakers(source, talk, place, group) for group in (pieces, *listed)]
        return
    styles = dict.fromkeys([*_find_affiliation_formats(source, post), *_AFFILIATIONS])
    for groups in [(pieces, *listed), *((group,) for _, group in found[1:])]:
        for style, between in product(styles, _BETWEEN):
            yield [
                Splice(group[0].start, group[-1].end, _write_speakers(source, group, edit.value, style, between))
                for group in groups
            ]


def _find_pieces(source: SourceText, speakers: Sequence[ParsedSpeaker], place: Span) -> list[SpeakerText]:
    """Return for each speaker the span that names this speaker, all in the span `place`, in the order of the text.

    The list is empty if a speaker is not found there, or if two of the spans overlap.
    """
    spans = []
    for speaker in speakers:
        span = find_first(source, speaker.name, [place])
        if span is None:
            return []
        spans.append((span, speaker))
    spans.sort(key=lambda item: item[0])
    stops = [span[0] for span, _ in spans[1:]] + [place[1]]
    pieces = [
        SpeakerText(speaker, *_include_affiliation(source, span, speaker, stop))
        for (span, speaker), stop in zip(spans, stops, strict=True)
    ]
    return pieces if all(a.end <= b.start for a, b in pairwise(pieces)) else []


def _include_affiliation(source: SourceText, span: Span, speaker: ParsedSpeaker, stop: int) -> Span:
    """Return the span of a name, widened by its marks, its link, and the affiliation or handle behind it.

    The affiliation must end before `stop`.
    """
    start, end = _include_marks(source, span[0] - (source.text[span[0] - 1 : span[0]] == "@"), span[1])
    if speaker.affiliation and (further := source.find_words(speaker.affiliation, (end, stop), marked=True)):
        end = further[1]
    elif (bracket := _BRACKET.match(source.text, end, stop)) and "@" in bracket[1]:
        end = bracket.end()
    opened = source.text.count("(", start, end) - source.text.count(")", start, end)
    if opened > 0 and source.text[end : end + 1] == ")" and end < stop:
        end += 1
    return include_edge_marks(source, (start, end)) or (start, end)


def _include_marks(source: SourceText, start: int, end: int) -> Span:
    """Return the span of the links or emphasis that have nothing but the given span inside.

    If there are none, return the given span.
    """
    while (around := _AROUND.match(source.text, end)) and start:
        mark = "[" if around[0][0] == "]" else around[0]
        if source.text[start - len(mark) : start] != mark:
            break
        start, end = start - len(mark), around.end()
    return start, end


def _is_corrected_name(name: str, other: str) -> bool:
    """Whether two names are so similar that one is a corrected spelling of the other: links and handles still fit."""
    return SequenceMatcher(None, names.fold(name), names.fold(other), autojunk=False).ratio() >= _ALIKE


def _find_affiliation_formats(source: SourceText, post: ParsedPost) -> Iterator[str]:
    """Yield how headings of the post's talks add an affiliation, {1}, to a name, {0}: "{0} ({1})", "{0} of {1}"."""
    for talk in post.talks:
        for speaker in talk.speakers:
            pieces = _find_pieces(source, [speaker], source.line_span(talk.line)) if speaker.affiliation else ()
            if speaker.affiliation and pieces:
                words = source.text[pieces[0].start : pieces[0].end]
                style = words.replace(speaker.affiliation, "\0", 1).replace(speaker.name, "\1", 1)
                if len(style) <= _LONGEST_STYLE and {"\0", "\1"} <= set(style) and not set(style) & set("{}[]<>"):
                    yield style.replace("\1", "{0}").replace("\0", "{1}")


def _write_speakers(
    source: SourceText, pieces: Sequence[SpeakerText], speakers: Sequence[ParsedSpeaker], style: str, between: str
) -> str:
    """Return the text for all wanted speakers in order; speakers that the post already names keep their text.

    Raises `UnwritableError` if there are more or fewer speakers than before, and the post does not name them one after
    the other.
    """
    left = list(pieces)
    known = {names.fold(piece.speaker.name): piece for piece in pieces}
    chosen: list[SpeakerText | None] = []
    for speaker in speakers:
        piece = known.get(names.fold(speaker.name))
        chosen.append(piece if piece in left else None)
        if piece in left:
            left.remove(piece)
    if len(speakers) == len(pieces):  # a speaker of the post who is not wanted was renamed
        chosen = [piece or left.pop(0) for piece in chosen]
    written = [_write_speaker(source, piece, speaker, style) for piece, speaker in zip(chosen, speakers, strict=True)]
    gaps = [source.text[a.end : b.start] for a, b in pairwise(pieces)]
    if len(gaps) != len(written) - 1:
        if not all(_JOINS.fullmatch(gap) for gap in gaps):
            raise UnwritableError("the post names its speakers in several places of a sentence")
        last = gaps[-1] if gaps else between
        gaps = [gaps[0] if len(gaps) > 1 else ", "] * (len(written) - 2) + [last] * (len(written) > 1)
    return written[0] + "".join(gap + word for gap, word in zip(gaps, written[1:], strict=True))


def _write_speaker(source: SourceText, piece: SpeakerText | None, speaker: ParsedSpeaker, style: str) -> str:
    if piece is None or not _is_corrected_name(piece.speaker.name, speaker.name):
        return style.format(speaker.name, speaker.affiliation) if speaker.affiliation else speaker.name
    text = SourceText(source.text[piece.start : piece.end])
    whole = (0, len(text.text))
    old, new = piece.speaker.affiliation or "", speaker.affiliation or ""
    name = text.find_words(piece.speaker.name, whole, marked=True)
    splices = []
    if name and piece.speaker.name != speaker.name:
        splices.append(Splice(*name, speaker.name))
    if name and old != new:
        splices.append(_change_affiliation(text, name, old, new, style))
    return text.patch(splices) or text.text


def _change_affiliation(text: SourceText, name: Span, old: str, new: str, style: str) -> Splice:
    if not old:
        return Splice(len(text.text), len(text.text), style.format("", new))
    span = text.find_words(old, (name[1], len(text.text)), marked=True)
    if span is None:
        raise UnwritableError("the post writes the affiliation in other words, or once for several speakers")
    if new:
        return Splice(*span, new)
    lead = _BEFORE_AFFILIATION.search(text.text, name[1], span[0])
    start = lead.start() if lead else span[0]
    closes = "(" in text.text[start : span[0]] and text.text[span[1] : span[1] + 1] == ")"
    return Splice(start, span[1] + closes, "")


def _add_first_speakers(source: SourceText, post: ParsedPost, edit: TalkEdit) -> Iterator[list[Splice]]:
    """Yield ways to add speakers after the title of a talk without speakers, in the style of the post's other talks.

    Raises `UnwritableError` if no line has the title.
    """
    talk = post.talks[edit.talk]
    title = find_first(source, talk.title, list_places(source, talk))
    headings = [
        found
        for other in post.talks
        if (found := _find_style(source, other.title, other.speakers, source.line_span(other.line)))
    ]
    entries = [
        found
        for entry in post.lineup
        if entry.line and (found := _find_style(source, entry.title, entry.speakers, source.part_span(entry)))
    ]
    listed = [
        span
        for entry in find_entries(post, edit.talk)
        if (span := source.find_words(entry.title, source.part_span(entry), marked=True))
    ]
    ways = [(span, entries) for span in listed if entries and not headings]
    ways += [(title, [*headings, *((lead, "") for lead in _LEADS)])] if title else []
    if not ways:
        raise UnwritableError(TITLE_IN_OTHER_FORM)
    for (_, end), styles in ways:
        for (lead, tail), style in product(dict.fromkeys(styles), _AFFILIATIONS):
            written = [_write_speaker(source, None, speaker, style) for speaker in edit.value]
            yield [Splice(end, end, f"{lead}{get_text_list(written, 'and')}{tail}")]


def _find_style(
    source: SourceText, words: str, speakers: Sequence[ParsedSpeaker], place: Span
) -> tuple[str, str] | None:
    """Return the text between a title (`words`) and its speakers in the span `place`, and the signs after the speakers.

    Return None if the span lacks title or speakers, or a speaker comes before the end of the title.
    """
    title = find_first(source, words, [place])
    pieces = _find_pieces(source, speakers, place) if speakers else []
    if not title or not pieces or pieces[0].start < title[1]:
        return None
    tail = source.text[pieces[-1].end : place[1]].rstrip()
    if any(sign.isalnum() for sign in tail):  # what is noted there is said of that talk alone
        tail = tail[: len(tail) - len(tail.lstrip(")]*_"))]
    return source.text[title[1] : pieces[0].start], tail


def _remove_speakers(source: SourceText, talk: ParsedTalk, place: Span, pieces: Sequence[SpeakerText]) -> Splice:
    """Return the splice that removes all speakers, and the word, such as "by", that joins them to the title.

    A place with nothing but speakers is emptied. Raises `UnwritableError` if the speakers are named in a sentence.
    """
    title = find_first(source, talk.title, [place])
    start, end = pieces[0].start, pieces[-1].end
    if title is None:
        lead, removed = "", place
    elif title[1] <= start:
        lead = source.text[title[1] : start]
        removed = title[1], end + ("(" in lead and source.text[end : end + 1] == ")")
    else:
        lead, removed = source.text[end : title[0]], (start, title[0])
    alone = source.text[slice(*place)].strip() == source.text[start:end]
    if len(lead.split()) > _LONGEST_LEAD or not (title or alone):
        raise UnwritableError("the post names its speakers in a sentence that would lack them; change that sentence")
    if "|" in lead and source.text[slice(*place)].lstrip().startswith("|"):
        return Splice(start, end, "")  # the cell of a table stays
    return Splice(*removed, "")

"""Makes a parsed post fit the columns of the rows, with diagnostics about texts that are cut or left out.

SQLite would accept any length, and PostgreSQL would fail at the first character too many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from talks import names
from talks.counts_and_cut_texts import cut_text
from talks.derived import URL_LENGTH, read_resource
from talks.importing.escaping import escape
from talks.line_ends import LINE_END
from talks.models import HANDLE_LENGTH, LANGUAGE_LENGTH, AliasError, Post, read_alias
from talks.names import NAME_LENGTH, TAG_LENGTH, TITLE_LENGTH
from talks.parsing import (
    DAYS,
    YEARS,
    Diagnostic,
    ParsedConference,
    ParsedPost,
    ParsedReference,
    ParsedSpeaker,
    ParsedTalk,
)
from talks.parsing import diagnostic_catalogue as catalogue

T = TypeVar("T")
_VISIBILITIES = frozenset(Post.Visibility.values)


class _Remarks:
    """Collects diagnostics about values that do not fit into their columns."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.made: list[Diagnostic] = []

    def locate(self, words: str) -> int:
        """Return the number, from 1, of the post's first line that contains these words; 1 if none does literally."""
        place = self.text.find(words)
        return len(LINE_END.findall(self.text, 0, place)) + 1 if place >= 0 else 1

    def cut(self, text: str, length: int, what: str, line: int | None = None) -> str:
        """Return the normalised text; over `length` characters, it is cut with an ellipsis and gets a diagnostic.

        The diagnostic is of this `line`, or else of the first line that contains the text.
        """
        whole = names.normalise(text.replace("\0", ""))
        if len(whole) <= length:
            return whole
        line = self.locate(text) if line is None else line
        self.made.append(catalogue.TEXT_CUT.at(line, what=what, count=len(whole), most=length))
        return cut_text(whole, length)


def fit_post(parsed: ParsedPost, text: str) -> ParsedPost:
    """Return the post with all values within the limits of the columns.

    Its diagnostics tell of cut texts (except titles of links), and of old addresses, years and overlong links left out.
    A post without a title gets its name as title; one with an unknown visibility becomes a draft. Without a diagnostic,
    an overlong language becomes "", and days outside `DAYS`, repeated tags and repeated speakers are left out.
    """
    remarks = _Remarks(text)
    title = remarks.cut(parsed.title, TITLE_LENGTH, "title") or remarks.cut(parsed.name, TITLE_LENGTH, "name", 1)
    return replace(
        parsed,
        title=title,
        author=remarks.cut(parsed.author or "", NAME_LENGTH, "author's name", 1) or None,
        language=parsed.language if len(parsed.language) <= LANGUAGE_LENGTH else "",
        visibility=parsed.visibility if parsed.visibility in _VISIBILITIES else "draft",
        tags=tuple(_fit_tags(parsed.tags, remarks)),
        aliases=tuple(_fit_aliases(parsed, remarks)),
        conference=_fit_conference(parsed.conference, remarks),
        days=tuple(day for day in parsed.days if day.number in DAYS),
        talks=tuple(_fit_talk(talk, remarks) for talk in parsed.talks),
        front_matter=_clean_json(dict(parsed.front_matter)),
        diagnostics=(*parsed.diagnostics, *remarks.made),  # when all else is made
    )


def _clean_json(value: T) -> T:
    """Return the value as PostgreSQL can store it in JSON: without NUL, "?" for lone surrogates, keys as texts."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()  # type: ignore[return-value]
    if isinstance(value, Mapping):
        return {_clean_json(str(key)): _clean_json(inner) for key, inner in value.items()}  # type: ignore[return-value]
    if isinstance(value, list | tuple):
        return [_clean_json(inner) for inner in value]  # type: ignore[return-value]
    return value


def _fit_tags(tags: Iterable[str], remarks: _Remarks) -> Iterable[str]:
    seen = set()
    for tag in tags:
        name = remarks.cut(tag, TAG_LENGTH, "tag")
        if name and names.fold(name) not in seen:
            seen.add(names.fold(name))
            yield name


def _fit_aliases(parsed: ParsedPost, remarks: _Remarks) -> Iterable[str]:
    """Return the valid paths among the old addresses and the post's own address in its front matter.

    An old address that is no valid path gets a diagnostic.
    """
    paths: dict[str, None] = {}
    for address in parsed.aliases:
        try:
            paths[read_alias(address)] = None
        except AliasError as fault:
            line = remarks.locate(address)
            remarks.made.append(catalogue.ALIAS_INVALID.at(line, alias=escape(cut_text(address, 80)), reason=fault))
    try:
        if parsed.url:
            paths[read_alias(parsed.url)] = None
    except AliasError:
        pass  # an address on another site is no fault
    return paths


def _fit_conference(conference: ParsedConference | None, remarks: _Remarks) -> ParsedConference | None:
    if conference is None:
        return None
    series = remarks.cut(conference.series, NAME_LENGTH, "conference's name", 1)
    if not series:
        return None
    if conference.year is not None and conference.year not in YEARS:
        remarks.made.append(catalogue.YEAR_DROPPED.at(1, year=conference.year))
        return ParsedConference(series)
    return ParsedConference(series, conference.year)


def _fit_talk(talk: ParsedTalk, remarks: _Remarks) -> ParsedTalk:
    title = remarks.cut(talk.title, TITLE_LENGTH, "talk's title", talk.line)
    return replace(
        talk,
        title=title or remarks.cut(talk.heading, TITLE_LENGTH, "heading", talk.line) or "Talk",
        day=talk.day if talk.day in DAYS else None,
        speakers=tuple(_fit_speakers(talk, remarks)),
        references=tuple(_fit_references(talk, remarks)),
    )


def _fit_speakers(talk: ParsedTalk, remarks: _Remarks) -> Iterable[ParsedSpeaker]:
    seen = set()
    for speaker in talk.speakers:
        name = remarks.cut(speaker.name, NAME_LENGTH, "speaker's name", talk.line)
        if not name or names.fold(name) in seen:
            continue
        seen.add(names.fold(name))
        yield ParsedSpeaker(
            name,
            remarks.cut(speaker.affiliation or "", NAME_LENGTH, "affiliation", talk.line) or None,
            remarks.cut(speaker.handle or "", HANDLE_LENGTH, "handle", talk.line) or None,
            speaker.url if speaker.url and read_resource(speaker.url) else None,
        )


def _fit_references(talk: ParsedTalk, remarks: _Remarks) -> Iterable[ParsedReference]:
    for reference in talk.references:
        if len(reference.url) > URL_LENGTH:
            remarks.made.append(catalogue.REFERENCE_DROPPED.at(reference.line, length=len(reference.url)))
        elif read_resource(reference.url):
            title = cut_text(names.normalise(reference.title.replace("\0", "")), TITLE_LENGTH)
            yield reference if title == reference.title else replace(reference, title=title)

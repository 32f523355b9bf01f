"""A parsed post as values for JSON, in the form that `parse_posts` prints; which diagnostics to show to a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields

from talks.parsing.diagnostics import Diagnostic
from talks.parsing.records import ParsedPost, ParsedTakeaway, ParsedTalk, Passage

Plain = Mapping[str, object]
PlainDiagnostic = Plain
"""A diagnostic as it is printed and stored; it has a `path` if it is about another file than the post."""

_OPTIONAL_TEXTS = tuple(each.name for each in fields(ParsedTalk) if each.default == "")
"""The texts of a talk that a post may leave out, such as the address of its recording."""


def make_plain_record(post: ParsedPost, file: str) -> dict[str, object]:
    """Return what was read from one file, as values for JSON; `file` is its path as given."""
    return {
        "file": file,
        "title": post.title,
        "author": post.author,
        "published_on": post.published_on.isoformat() if post.published_on else None,
        "draft": post.draft,
        "visibility": post.visibility,
        "language": post.language,
        "tags": list(post.tags),
        "aliases": list(post.aliases),
        "conference": asdict(post.conference) if post.conference else None,
        "days": [day.number for day in post.days],
        "day_headings": [_passage(day.heading) for day in post.days if day.heading],
        "intro": _join(post.intro),
        "outro": _join(post.outro),
        "lineup": [{"text": entry.text, "line": entry.line} for entry in post.lineup],
        "lineup_lines": [_passage(passage) for passage in post.lineup_lines],
        "talks": [_talk(talk) for talk in post.talks],
        "unplaced": [_passage(passage) for passage in post.unplaced],
        **({"aside": [_passage(passage) for passage in post.aside]} if post.aside else {}),
        "comments": [{**_passage(comment), "end_line": comment.end_line} for comment in post.comments],
        "properties": [_passage(passage) for passage in post.properties],
        "footnotes": [_passage(passage) for passage in post.footnotes],
        "diagnostics": [make_plain_diagnostic(diagnostic) for diagnostic in post.diagnostics],
    }


def make_plain_diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a diagnostic in the form that is printed and stored."""
    return {**asdict(diagnostic), "severity": diagnostic.severity.value}


def merge_repeated(diagnostics: Iterable[PlainDiagnostic]) -> list[tuple[PlainDiagnostic, list[object]]]:
    """Return the diagnostics to show to a person, each with the lines of others that are left out.

    Of the warnings, and of the notes, with one code in one file (`path`) only the first is returned, with the lines of
    the others. All errors are returned, without lines.
    """
    gathered: list[tuple[PlainDiagnostic, list[object]]] = []
    repeated: dict[object, list[object]] = {}
    for said in diagnostics:
        kind = (said.get("severity"), said.get("code"), said.get("path"))
        if said.get("severity") != "error" and kind in repeated:
            repeated[kind].append(said.get("line", 1))
        else:
            gathered.append((said, repeated.setdefault(kind, [])))
    return gathered


def _join(passages: Sequence[Passage]) -> str:
    return "\n\n".join(passage.text for passage in passages)


def _passage(passage: Passage) -> Plain:
    return {"text": passage.text, "line": passage.line}


def _talk(talk: ParsedTalk) -> Plain:
    return {
        "title": talk.title,
        "heading": talk.heading,
        "line": talk.line,
        "certainty": talk.certainty,
        "day": talk.day,
        "speakers": [asdict(speaker) for speaker in talk.speakers],
        **{name: getattr(talk, name) or None for name in _OPTIONAL_TEXTS},
        "takeaways": [_takeaway(takeaway) for takeaway in talk.takeaways],
        "references": [asdict(reference) for reference in talk.references],
        "head": [_passage(passage) for passage in talk.head],
    }


def _takeaway(takeaway: ParsedTakeaway) -> Plain:
    return {
        "kind": takeaway.kind.value,
        "text": takeaway.text,
        "line": takeaway.line,
        "end_line": takeaway.end_line,
        "headings": takeaway.headings.split("\n") if takeaway.headings else [],
        "takeaways": [_takeaway(nested) for nested in takeaway.takeaways],
    }

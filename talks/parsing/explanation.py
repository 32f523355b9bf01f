"""Explains line by line how a post was read and why, so that its writer understands a wrong reading."""

from collections.abc import Iterator

from talks.parsing.metadata.folder_facts import NO_FACTS, FolderFacts
from talks.parsing.metadata.hints import NO_HINTS, Hints
from talks.parsing.pipeline import read_post
from talks.parsing.records import ParsedPost, ParsedTakeaway
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.reading import Reading
from talks.parsing.text.cleaning import clean_text

_WIDTH = 78
_WORTH_TELLING = -2.0
_WORTH_NAMING = 0.05


def explain_post(text: str, *, name: str, hints: Hints = NO_HINTS, folder: FolderFacts = NO_FACTS) -> str:
    """Return a report: the conference and why, what each line became, the evidence for possible talks, diagnostics.

    Where nothing in the post can be a talk, the report says why.
    """
    post, reading = read_post(text, name=name, hints=hints, folder=folder)
    lines = clean_text(text).lines
    places = _name_places(post)
    weighed = _weigh_lines(reading) if reading else {}
    report = [_describe_conference(post, reading), _describe_folder(name, folder)]
    report += [f"talks: none, since {reading.why_none}"] if reading and reading.why_none else []
    for number, line in enumerate(lines, 1):
        place = "front matter" if number < post.body_line else places.get(number, "")
        if line.strip() or place:
            report.append(f"{number:5} {place:24} {line[:_WIDTH]}")
        report += [f"{'':6}{'':24} {remark}" for remark in weighed.get(number, ())]
    report += [f"{d.line:5} {d.severity.value}[{d.code}] {d.message}" for d in post.diagnostics]
    return "\n".join(report)


def _describe_conference(post: ParsedPost, reading: Reading | None) -> str:
    if not post.conference:
        return "conference: none found"
    reasons = ""
    if reading:
        reasons = "; ".join(reading.conference_reasons) or "the hints say so"
    return f"conference: {post.conference.series} {post.conference.year or '(year unknown)'} ({reasons})"


def _describe_folder(name: str, folder: FolderFacts) -> str:
    told = [f"path: {name}"]
    if folder.event:
        sure = "" if folder.event.sure else ", which the post has to name too"
        told.append(
            f"event: {folder.event.series} {folder.event.year or '(year unknown)'}{sure}, as {folder.event.reason}"
        )
    if folder.day:
        told.append(f"day {folder.day}, by the names of folders")
    if folder.mark is not None:
        told.append("most files are called by event and date")
    if folder.files:
        shape = f", {folder.single:.0%} or more of them of the shape of one talk each" if folder.single else ""
        told.append(f"{folder.files} or more posts{shape}")
    return f"folder: {'; '.join(told)}"


def _name_places(post: ParsedPost) -> dict[int, str]:
    """Return by line number what the line became: "intro", "talk 2: head", "talk 2: point".

    A blank line is among them only if it is inside such a part of the post.
    """
    places: dict[int, str] = {}
    passages = [
        ("intro", post.intro),
        ("outro", post.outro),
        ("lineup", post.lineup_lines),
        ("unplaced", post.unplaced),
        ("aside", post.aside),
        ("property", post.properties),
        ("footnote", post.footnotes),
    ]
    passages += [(f"day {day.number}", (day.heading,)) for day in post.days if day.heading]
    for name, found in passages:
        for passage in found:
            places |= dict.fromkeys(range(passage.line, passage.end_line + 1), name)
    for place, talk in enumerate(post.talks, 1):
        for passage in talk.head:
            places |= dict.fromkeys(range(passage.line, passage.end_line + 1), f"talk {place}: head")
        for takeaway in talk.takeaways:
            for number, kind in _walk(takeaway, 0):
                places.setdefault(number, f"talk {place}: {kind}")
    for comment in post.comments:
        for number in range(comment.line, comment.end_line + 1):
            places.setdefault(number, "comment")
    return places


def _walk(takeaway: ParsedTakeaway, depth: int) -> Iterator[tuple[int, str]]:
    for nested in takeaway.takeaways:
        yield from _walk(nested, depth + 1)
    for number in range(takeaway.line, takeaway.end_line + 1):
        yield number, f"{'nested ' * min(depth, 1)}{takeaway.kind.value}"


def _weigh_lines(reading: Reading) -> dict[int, list[str]]:
    """Return by line number a text for each candidate for a talk there: the decision, and the evidence for and against.

    Very unlikely candidates are left out, unless they are headings.
    """
    chosen = {id(talk) for talk in reading.talks}
    listed = {id(talk) for talk in reading.listed}
    found: dict[int, list[str]] = {}
    for candidate in reading.candidates:
        if (
            id(candidate) not in chosen | listed
            and candidate.weight < _WORTH_TELLING
            and "heading" not in candidate.shape
        ):
            continue
        line = candidate.item.line if candidate.item else reading.document.blocks[candidate.start].line
        verdict = "TALK" if id(candidate) in chosen else "listed talk" if id(candidate) in listed else "no talk"
        found.setdefault(line, []).append(_describe_candidate(candidate, verdict))
    return found


def _describe_candidate(candidate: Candidate, verdict: str) -> str:
    people = ", ".join(speaker.name for speaker in candidate.speakers)
    reasons = "; ".join(
        f"{worth:+.1f} {reason}" for reason, worth in candidate.explain().items() if abs(worth) >= _WORTH_NAMING
    )
    named = f"{candidate.title!r}{f' by {people}' if people else ''}"
    return f"^ {verdict} ({candidate.shape}, {candidate.weight:+.1f}): {named}: {reasons}"

"""A post line by line, with what the parser made of each line, for editors who correct how the post is read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from talks.parsing import HINTS_FOR_EDITORS, Diagnostic, Kind, ParsedPost, ParsedTalk, Passage, read_anchor_lines


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line of a post. `role` is a CSS class, `became` says in words what the parser made of the line.

    Both are empty for a blank line. `changed` and `relabelled` compare the line with another reading of the post: a
    `changed` line became something else there; a `relabelled` line is outside all talks in both, but its role differs.
    """

    number: int
    text: str
    role: str = ""
    became: str = ""
    changed: bool = False
    relabelled: bool = False
    remarks: tuple[Diagnostic, ...] = ()

    @property
    def may_be_talk(self) -> bool:
        """Whether a diagnostic of the line says that it may begin a talk, though the parser did not read it as one."""
        return any(remark.code == "doubtful-talk" for remark in self.remarks)


def read_lines(
    source: str, parsed: ParsedPost, before: ParsedPost | None = None, *, may_correct: bool = False
) -> list[LineReading]:
    """Return each line of the post with what the parser made of it, in the reading `parsed`.

    A line that became something else in the reading `before` is marked as `changed`; another number of the same talk is
    no change, but another title, speaker or day changes the line at which the talk begins. If the reader of the page
    `may_correct` the reading there, the diagnostics say how.
    """
    lines = read_anchor_lines(source)
    now = _list_roles(parsed, len(lines))
    then = _list_roles(before, len(lines)) if before else now
    said: defaultdict[int, list[Diagnostic]] = defaultdict(list)
    for remark in parsed.diagnostics:
        if may_correct:
            remark = replace(remark, hint=HINTS_FOR_EDITORS.get(remark.code, remark.hint))
        said[max(1, min(remark.line, len(lines)))].append(remark)
    found = []
    for number, text in enumerate(lines, 1):
        now_here = now[number] if text.strip() else _BLANK
        differs = bool(text.strip()) and now_here.of != then[number].of
        relabelled = differs and {now_here.role, then[number].role} <= _OUTSIDE
        changed = differs and not relabelled
        role, became, _ = now_here
        found.append(LineReading(number, text, role, became, changed, relabelled, tuple(said[number])))
    return found


class _Became(NamedTuple):
    """What a line became: a CSS class, words for people, and the values (`of`) by which two readings are compared."""

    role: str
    became: str
    of: tuple[Any, ...]


_BLANK = _Became("", "", ())
_OUTSIDE = frozenset({"intro", "outro", "unplaced", "aside"})


def _list_roles(parsed: ParsedPost, count: int) -> list[_Became]:
    roles = [_BLANK] * (count + 2)

    def paint(first: int, last: int, role: str, became: str, *of: Any) -> None:
        for number in range(max(first, 1), min(last, count) + 1):
            roles[number] = _Became(role, became, (role, *(of or (became,))))

    paint(1, parsed.body_line - 1, "front-matter", "front matter")
    parts: Iterable[tuple[str, str, Iterable[Passage]]] = (
        ("intro", "before the first talk" if parsed.talks else "belongs to no talk", parsed.intro),
        ("outro", "after the last talk" if parsed.talks else "belongs to no talk", parsed.outro),
        ("lineup", "list of the talks", parsed.lineup_lines),
        ("unplaced", "belongs to no talk", parsed.unplaced),
        ("aside", "belongs to no talk, as an editor says", parsed.aside),
        ("day", "heading of a day", [day.heading for day in parsed.days if day.heading]),
        ("property", "for another program: not shown", parsed.properties),
        ("footnote", "footnote", parsed.footnotes),
    )
    for role, became, passages in parts:
        for passage in passages:
            paint(passage.line, passage.end_line, role, became)
    begun: dict[int, list[str]] = {}  # several talks may begin on one line
    details: dict[int, list[Any]] = {}
    for number, talk in enumerate(parsed.talks, 1):
        titles, said = begun.setdefault(talk.line, []), details.setdefault(talk.line, [])
        place = (talk.line, len(titles))
        for passage in talk.head:
            paint(passage.line, passage.end_line, "talk", f"part of talk {number}, but no takeaway", place)
        for unit in talk.walk():
            kind = "image" if unit.kind is Kind.IMAGE else "takeaway"
            paint(unit.line, unit.line, "takeaway", f"{kind} of talk {number}", place)
            paint(unit.line + 1, unit.end_line, "takeaway", f"{kind} of talk {number}, goes on", place, "goes on")
        role = roles[talk.line].role
        titles.append(f"talk {number}: {talk.title}{'' if talk.day is None else f', day {talk.day}'}")
        said.append((talk.title, talk.speakers, talk.day))
        became = f"{'; '.join(titles)}{', with a takeaway' if role == 'takeaway' else ''}"
        paint(talk.line, talk.line, role, became, *said)
    for comment in parsed.comments:
        paint(comment.line, comment.end_line, "comment", "comment of the writer")
    return roles


def name_speakers(talk: ParsedTalk) -> str:
    """Return the speakers of a talk, with affiliations in brackets, as one line; "" for none."""
    return ", ".join(f"{s.name} ({s.affiliation})" if s.affiliation else s.name for s in talk.speakers)


@dataclass(frozen=True, slots=True)
class TalkReading:
    """A talk of a parsed post, as it is listed beside the post's lines; `noted` is its number of takeaways."""

    number: int
    title: str
    speakers: str
    line: int
    day: int | None
    noted: int


def list_talks(parsed: ParsedPost) -> list[TalkReading]:
    """Return the talks of a parsed post, in the order of the post."""
    return [
        TalkReading(number, talk.title, name_speakers(talk), talk.line, talk.day, sum(1 for _ in talk.walk()))
        for number, talk in enumerate(parsed.talks, 1)
    ]

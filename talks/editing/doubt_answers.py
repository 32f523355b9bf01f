"""Settles a doubt by the answer that an editor gives in the list of doubts: a correction of its post."""

from collections.abc import Mapping, Sequence
from typing import Any

from talks.editing.corrections import NotCorrectedError, add_corrections, make_version, preview_reading
from talks.editing.doubts import Answer, Doubt, find_doubt
from talks.models import Correction, Post
from talks.parsing import Act, ParsedPost, Passage, make_anchor, read_anchor_lines
from talks.parsing import Correction as Said

_LONGEST_LEAD = 160  # characters of a line that may be the title of the notes below it


def answer_doubt(
    subject: str, answer: str = "", *, made_by: str, said: Mapping[str, Any] | None = None
) -> tuple[Post, Correction]:
    """Correct the doubt's post, and import it again; return the post and the saved correction.

    `answer` is the name of one of the answers that the doubt's kind offers; "" stands for the first of them. `said` are
    further values of the answer, such as `{"series": "QCon London", "year": 2017}` for a whole post,
    `{"speakers": (ParsedSpeaker("Ann Lee"),)}` for a talk, or `{"title": "Gardens"}` for a new talk. Raises
    `LookupError` if the doubt does not exist, has no such answer or needs values for it, and `NotCorrectedError`.
    """
    kind, doubt = find_doubt(subject)
    chosen = next((each for each in kind.list_answers(doubt) if answer in ("", each.name)), None)
    if chosen is None or (chosen.act in (Act.POST, Act.DETAILS) and not said):
        raise LookupError(subject)
    post = Post.objects.get(key=doubt.post)
    correction = _make_correction(post, doubt, chosen, said or {})
    [row] = add_corrections(post, [correction], made_by=made_by, version=make_version(post))
    return post, row


def _make_correction(post: Post, doubt: Doubt, answer: Answer, said: Mapping[str, Any]) -> Said:
    if answer.act is Act.POST:
        return Said(answer.act, post=tuple(sorted(said.items())))
    if answer.act is Act.WHOLE:
        return Said(answer.act)
    lines, line = read_anchor_lines(post.source), doubt.line or 1
    if doubt.kind == "notes-outside":
        return _place_notes(post, lines, line, answer, str(said.get("title", "")))
    anchor = make_anchor(lines, line)
    return Said(answer.act, anchor, anchor, speakers=said["speakers"] if answer.act is Act.DETAILS else None)


def _place_notes(post: Post, lines: Sequence[str], line: int, answer: Answer, title: str) -> Said:
    """Return the correction by which the notes outside talks from this line on get the place that `answer` names."""
    parsed = preview_reading(post)
    passages = _list_passages(parsed, line)
    if not passages:
        raise NotCorrectedError("The post was read otherwise meanwhile. Look at the list again.")
    first, last = line, passages[-1].end_line
    if answer.act is Act.TALK:
        first = line if title else _find_lead(parsed, line)
        return Said(answer.act, make_anchor(lines, first), make_anchor(lines, last), title)
    if answer.act is Act.OUT:
        return Said(answer.act, make_anchor(lines, first), make_anchor(lines, last))
    above = [talk.line for talk in parsed.talks if talk.line < line]
    below = [talk.line for talk in parsed.talks if talk.line > line]
    if not (above if answer.name == "above" else below):
        raise NotCorrectedError(f"No talk stands {answer.name} these notes.")
    talk = max(above) if answer.name == "above" else min(below)
    return Said(answer.act, make_anchor(lines, first), make_anchor(lines, last), talk=make_anchor(lines, talk))


def _list_outside(parsed: ParsedPost) -> list[Passage]:
    return sorted((*parsed.intro, *parsed.unplaced, *parsed.outro), key=lambda passage: passage.line)


def _list_passages(parsed: ParsedPost, line: int) -> list[Passage]:
    """Return the passages outside talks from the line to the next heading or talk; none if no passage begins there."""
    stop = min((talk.line for talk in parsed.talks if talk.line > line), default=None)
    found: list[Passage] = []
    for passage in _list_outside(parsed):
        if passage.line < line or (stop is not None and passage.line > stop):
            continue
        if found and passage.text.lstrip().startswith("#"):
            break
        found.append(passage)
    return found if found and found[0].line == line else []


def _find_lead(parsed: ParsedPost, line: int) -> int:
    """Return the line of the heading or short line outside talks above the notes; without one, the notes' own line."""
    above = [passage for passage in _list_outside(parsed) if passage.line < line]
    if not above or any(above[-1].line < talk.line < line for talk in parsed.talks):
        return line
    lead = above[-1]
    return lead.line if lead.line == lead.end_line and len(lead.text) <= _LONGEST_LEAD else line

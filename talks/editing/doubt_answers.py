"""Settles a doubt by the answer that an editor gives in the list of doubts: mostly by corrections of its post."""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction

from talks.editing.changes_of_posts import set_visibility
from talks.editing.corrections import (
    NotCorrectedError,
    add_corrections,
    apply_correction,
    make_version,
    preview_reading,
)
from talks.editing.doubts import Answer, Doubt, dismiss_doubts, find_doubt, list_doubts
from talks.editing.talk_changes import watch_talks
from talks.models import Correction, Post
from talks.parsing import Act, ParsedPost, Passage, make_anchor, read_anchor_lines
from talks.parsing import Correction as Said

_LONGEST_LEAD = 160  # characters of a line that may be the title of the notes below it


def settle_doubt(
    subject: str,
    answer: str = "",
    *,
    made_by: str,
    said: Mapping[str, Any] | None = None,
    of_folder: bool = False,
) -> tuple[Post, list[Correction], str]:
    """Save corrections that settle a doubt, and import its post again.

    Return the post, the saved corrections, and which talks came and went by them, as `watch_talks` tells it.

    `answer` is the name of one of the answers that the doubt's kind offers; "" stands for the first of them. `said` are
    further values of the answer, such as `{"series": "QCon London", "year": 2017}` for a whole post, `{"speakers":
    (ParsedSpeaker("Ann Lee"),)}` for a talk, or `{"title": "Gardens"}` for a new talk.

    `of_folder`: what is said of a whole post is also said of the other posts in its folder that have a doubt of this
    kind; the corrections of all are returned. Raises `LookupError` if the doubt does not exist, if its kind has no such
    answer, or if the answer lacks values that it needs; and `NotCorrectedError` as `add_corrections` does.
    """
    kind, doubt = find_doubt(subject)
    chosen = next((each for each in kind.list_answers(doubt) if answer in ("", each.name)), None)
    if chosen is None or (chosen.act in (Act.POST, Act.DETAILS) and not said):
        raise LookupError(subject)
    post = Post.objects.get(key=doubt.post)
    corrections = _make_corrections(post, doubt, chosen, said or {})
    if of_folder and chosen.act is Act.POST:
        keys = [each.post for each in list_doubts(kind.name) if name_folder(each) == name_folder(doubt)]
        posts = list(Post.objects.filter(key__in=keys).order_by("key"))
        tell_changes = watch_talks(posts)
        apply_correction(posts, corrections[0], made_by=made_by)
        return post, [each.corrections.latest("number") for each in posts], tell_changes()
    tell_changes = watch_talks([post])
    rows = add_corrections(post, corrections, made_by=made_by, version=make_version(post))
    return post, rows, tell_changes()


@transaction.atomic
def keep_doubted_private(subject: str) -> Post:
    """Make the post of a doubt private, and call the doubt no problem; return the post with its former visibility.

    Raises `LookupError` if there is no such doubt about a post, or if it was dismissed.
    """
    _, doubt = find_doubt(subject)
    post = Post.objects.filter(key=doubt.post).first()
    if post is None:
        raise LookupError(subject)
    set_visibility([post], Post.Visibility.PRIVATE)
    dismiss_doubts([subject])
    return post


def name_folder(doubt: Doubt) -> str:
    """Return the folder of the doubt's post, a path; "" if the post lies in the imported folder itself."""
    return doubt.post.rpartition("/")[0]


def _make_corrections(post: Post, doubt: Doubt, answer: Answer, said: Mapping[str, Any]) -> list[Said]:
    if answer.act is Act.POST:
        return [Said(answer.act, post=tuple(sorted(said.items())))]
    if answer.act is Act.WHOLE:
        return [Said(answer.act)]
    lines, line = read_anchor_lines(post.source), doubt.line or 1
    if doubt.kind == "notes-outside":
        parsed = preview_reading(post)
        if not (passages := _list_passages(parsed, line)):
            raise NotCorrectedError("The post was read otherwise meanwhile. Look at the list again.")
        if answer.act is Act.OUT and passages[0] in parsed.unplaced:
            return list(_leave_all_out(parsed, lines))
        return [_place_notes(parsed, passages, lines, answer, str(said.get("title", "")))]
    anchor = make_anchor(lines, line)
    return [Said(answer.act, anchor, anchor, speakers=said["speakers"] if answer.act is Act.DETAILS else None)]


def _leave_all_out(parsed: ParsedPost, lines: Sequence[str]) -> Iterator[Said]:
    """Yield corrections by which all unplaced passages of the post belong to no talk.

    Neighbouring passages get one correction together if no talk or takeaway begins between them.
    """
    begun = _list_begun(parsed)
    for _, passages in groupby(parsed.unplaced, key=lambda passage: bisect(begun, passage.line)):
        held = list(passages)
        yield Said(Act.OUT, make_anchor(lines, held[0].line), make_anchor(lines, held[-1].end_line))


def _place_notes(
    parsed: ParsedPost, passages: Sequence[Passage], lines: Sequence[str], answer: Answer, title: str
) -> Said:
    """Return the correction by which these passages outside talks get the place that `answer` names.

    That is a new talk of their own (called `title`, if given), the talk above or below, or no talk. Raises
    `NotCorrectedError` if there is no talk above or below.
    """
    line = passages[0].line
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


def _list_begun(parsed: ParsedPost) -> list[int]:
    """Return the numbers of the lines on which talks and takeaways of the post begin, sorted."""
    notes = {unit.line for talk in parsed.talks for unit in talk.walk()}
    return sorted(notes | {talk.line for talk in parsed.talks})


def _list_passages(parsed: ParsedPost, line: int) -> list[Passage]:
    """Return the passages outside talks from this line to the next heading, talk or takeaway.

    The list is empty if no passage begins on the line.
    """
    stop = next((begun for begun in _list_begun(parsed) if begun > line), None)
    found: list[Passage] = []
    for passage in _list_outside(parsed):
        if passage.line < line or (stop is not None and passage.line > stop):
            continue
        if found and passage.text.lstrip().startswith("#"):
            break
        found.append(passage)
    return found if found and found[0].line == line else []


def _find_lead(parsed: ParsedPost, line: int) -> int:
    """Return the line of what may be the title of the notes that begin on `line`: the nearest passage above them.

    The passage must be outside talks and one line of 160 characters at most. Otherwise, or if a talk stands between,
    return `line`.
    """
    above = [passage for passage in _list_outside(parsed) if passage.line < line]
    if not above or any(above[-1].line < talk.line < line for talk in parsed.talks):
        return line
    lead = above[-1]
    return lead.line if lead.line == lead.end_line and len(lead.text) <= _LONGEST_LEAD else line

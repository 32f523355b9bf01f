"""Finds the rows to which the addresses of withdrawn talks and takeaways redirect.

For a takeaway this is one with its text in the same talk, as where a post was split into two files, else the talk whose
heading its line has become. For a talk it is the first talk that has its lines
now, or whose heading was one of its takeaways; if its line is still in the post, but in no talk, it is the talk's day
or the post.
"""

from typing import Any

from talks.models import Day, Post, Takeaway, Talk, TalkSource
from talks.names import fold_words
from talks.parsing import read_anchor_lines

_TELLING = 20  # characters of a heading by which a line that contains it is known anywhere in the post


def find_same_takeaway(takeaway: Takeaway, *, staff: bool) -> Takeaway | None:
    """Return the first visible takeaway of the same talk with the text of one that left its post, else None.

    None is returned too if the takeaway or its talk is hidden.
    """
    if takeaway.hidden or takeaway.talk.hidden:
        return None
    rows = Takeaway.objects.visible(staff=staff).filter(talk=takeaway.talk_id, text__in=_list_texts(takeaway))
    return rows.select_related("talk__conference").in_reading_order().first()


def _list_texts(takeaway: Takeaway) -> set[str]:
    return {takeaway.text, takeaway.said["text"]} - {""}


def find_named_talk(takeaway: Takeaway, *, staff: bool) -> Talk | None:
    """Return the visible talk whose heading the line of a withdrawn takeaway has become; None if there is none.

    The talk has notes in the takeaway's post. Of several, it is the one whose heading is nearest to the takeaway's
    former line. None is returned too if the takeaway or its own talk is hidden, or if the reader may not see the post.
    """
    if takeaway.talk.hidden or not takeaway.post_id:
        return None
    return _choose_named(takeaway, _list_sources(takeaway.post_id, staff=staff))


def _choose_named(takeaway: Takeaway, sources: list[TalkSource]) -> Talk | None:
    if takeaway.hidden:
        return None
    text = takeaway.said["text"]
    wanted = {fold_words(text), fold_words(text.split("\n")[0])} - {""}
    named = [source for source in sources if _is_heading(source.heading, wanted)]
    return min(named, key=lambda source: abs(source.line - (takeaway.line or 0))).talk if named else None


def _is_heading(heading: str, wanted: set[str]) -> bool:
    """Whether a heading, with or without the number or ticked box before it, is one of the folded texts `wanted`."""
    said = fold_words(heading)
    number, _, rest = said.partition(" ")
    return said in wanted or ((number.isdigit() or number == "x") and rest in wanted)


def _list_sources(post: int, *, staff: bool) -> list[TalkSource]:
    rows = TalkSource.objects.filter(post__in=Post.objects.visible(staff=staff).filter(pk=post), withdrawn=False)
    shown = rows.filter(talk__in=Talk.objects.visible(staff=staff))
    return list(shown.select_related("talk__conference").order_by("line", "position"))


def find_successor(talk: Talk, *, staff: bool) -> Any:
    """Return the row to whose page the address of a withdrawn talk leads: a talk, a day or a post; None without one.

    It is the first visible talk that now has lines of the withdrawn talk, or whose heading is a takeaway withdrawn with
    it. Without such a talk, if the line of the talk's heading is still in a post, it is the talk's day or, if that has
    no page, the post.
    """
    place: Day | Post | None = None
    visible = Post.objects.visible(staff=staff)
    for source in talk.sources.filter(withdrawn=True, post__in=visible).select_related("post").order_by("post__key"):
        sources = _list_sources(source.post_id, staff=staff)
        if line := _find_line(source):
            end = line + source.end_line - source.line
            for held in sources:
                if held.line <= end and line <= held.end_line:
                    return held.talk
            day = Day.objects.visible(staff=staff).filter(pk=talk.day_id).select_related("conference").first()
            place = place or day or source.post
        gone = talk.takeaways.filter(withdrawn=True, post=source.post_id).order_by("position", "pk")
        named = (_choose_named(takeaway, sources) for takeaway in gone)
        if found := next((each for each in named if each), None):
            return found
    return place


def _find_line(source: TalkSource) -> int | None:
    """Return the number, from 1, of the line of a post that is, or else contains, the former heading of a talk.

    A line that only contains a heading shorter than 20 characters, such as "Go", counts only at the heading's former
    line. Of several lines the one nearest to there counts. Return None if there is none.
    """
    heading = source.heading.split("\n")[0].strip()
    lines = list(enumerate(read_anchor_lines(source.post.source), 1)) if heading else []
    equal = [number for number, line in lines if line.strip() == heading]
    told = len(heading) >= _TELLING
    holding = equal or [number for number, line in lines if heading in line and (told or number == source.line)]
    return min(holding, key=lambda number: abs(number - source.line), default=None)

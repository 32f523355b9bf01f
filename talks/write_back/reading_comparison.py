"""Compares two parsed forms of a post and describes the first difference. Pure."""

from collections.abc import Iterable, Iterator

from talks import names
from talks.counts_and_cut_texts import cut_text, show_count
from talks.fields import POST, TALK
from talks.line_ends import join_lines
from talks.markup import render
from talks.parsing import Kind, ParsedPost, ParsedSpeaker, ParsedTakeaway, ParsedTalk

_LITERAL = {Kind.CODE, Kind.TABLE}
_SHOWN = 60


def find_difference(expected: ParsedPost, actual: ParsedPost) -> str:
    """Return how `actual` first differs from `expected`, as the end of a sentence; "" if it does not.

    Line numbers are not compared, nor is what follows from the texts, such as the language and the list of links.
    """
    if actual.refused:
        return "the post could not be read any more"
    if _count_unfit(actual) > _count_unfit(expected):
        return "a correction of how the post is read is known by the words of this line"
    if len(expected.talks) != len(actual.talks):
        return f"the post would be read as {_count(len(actual.talks), 'talk')} instead of {len(expected.talks)}"
    for talk, other in zip(expected.talks, actual.talks, strict=True):
        if said := next(_compare_talks(talk, other), ""):
            return said
    own, others = _list_post_fields(expected), _list_post_fields(actual)
    what = next((name for name in own if own[name] != others[name]), "")
    return f"the post's {what} would change" if what else ""


def _count_unfit(post: ParsedPost) -> int:
    return sum(said.code == "correction-unfit" for said in post.diagnostics)


def _compare_talks(talk: ParsedTalk, other: ParsedTalk) -> Iterator[str]:
    if talk.title != other.title:
        yield f"a talk would be read as “{_cut(other.title)}”"
    if list_speaker_keys(talk.speakers) != list_speaker_keys(other.speakers):
        yield f"“{_cut(talk.title)}” would be read as a talk by {_list_people(other.speakers)}"
    if talk.day != other.day:
        yield f"“{_cut(talk.title)}” would be on another day"
    for each in TALK:
        if each.column and each.parse(talk) != each.parse(other):
            yield f"“{_cut(talk.title)}” would have another {each.label}"
    if len(talk.takeaways) != len(other.takeaways):
        counts = _count(len(other.takeaways), "takeaway"), len(talk.takeaways)
        yield f"“{_cut(talk.title)}” would have {counts[0]} at its first level instead of {counts[1]}"
        return
    for pair in zip(talk.takeaways, other.takeaways, strict=True):
        yield from _compare_notes(*pair)


def _compare_notes(expected: ParsedTakeaway, actual: ParsedTakeaway) -> Iterator[str]:
    if expected.kind is not actual.kind:
        yield f"“{_cut(expected.text)}” would be read as a {actual.kind.value}"
    elif not is_read_alike(expected.text, actual.text, expected.kind):
        yield f"“{_cut(expected.text)}” would be read as “{_cut(actual.text)}”"
    elif len(expected.takeaways) != len(actual.takeaways):
        yield f"“{_cut(expected.text)}” would have {_count(len(actual.takeaways), 'takeaway')} below it"
    else:
        for pair in zip(expected.takeaways, actual.takeaways, strict=True):
            yield from _compare_notes(*pair)


def _cut(text: str) -> str:
    return cut_text(join_lines(text), _SHOWN)


def _count(number: int, noun: str) -> str:
    return show_count(number, noun) if number else f"no {noun}s"


def _list_people(speakers: Iterable[ParsedSpeaker]) -> str:
    shown = (f"{speaker.name} ({speaker.affiliation})" if speaker.affiliation else speaker.name for speaker in speakers)
    return ", ".join(shown) or "nobody"


def _list_post_fields(post: ParsedPost) -> dict[str, object]:
    """Return the values of the post outside its talks that must not change, by the name of the field for people."""
    passages = [[passage.text for passage in group] for group in (post.intro, post.outro, post.unplaced, post.aside)]
    return {
        "conference": post.conference,
        "days": [(day.number, day.date) for day in post.days],
        "date": post.published_on,
        **{each.label: each.parse(post) for each in POST if each.column and each.name != "language"},
        "tags": [names.fold(tag) for tag in post.tags],
        "lineup": [join_lines(entry.text) for entry in post.lineup],
        "text around the talks": passages,
        "comments": [comment.text for comment in post.comments],
        "writer": post.author,
        "address": (post.slug, post.url, post.id, post.aliases),
    }


def list_speaker_keys(speakers: Iterable[ParsedSpeaker]) -> tuple[tuple[str, str], ...]:
    """Return for each speaker a pair of folded name and affiliation, by which two lists of speakers are compared."""
    return tuple((names.fold_name(speaker.name), speaker.affiliation or "") for speaker in speakers)


def is_read_alike(text: str, other: str, kind: Kind) -> bool:
    """Whether two texts look the same to readers, who see no line breaks but those in code and tables.

    Two texts that are not equal never look the same if one has fenced code.
    """
    if text == other:
        return True
    if kind in _LITERAL or join_lines(text) != join_lines(other) or "```" in text or "~~~" in text:
        return False
    return join_lines(render(text, kind=kind.value).html) == join_lines(render(other, kind=kind.value).html)

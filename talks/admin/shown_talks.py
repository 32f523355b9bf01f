"""What readers see of the talks of a post, beside how the post is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from talks import names
from talks.grouping import group_pairs
from talks.models import Post, Talk, TalkSource
from talks.parsing import ParsedPost, ParsedTalk


@dataclass(frozen=True, slots=True)
class ShownTalk:
    """What readers see of a talk: `url` is its page, empty if the talk is hidden or not stored yet.

    `otherwise` says what readers see there that the post does not say, `guessed` what a preview only guesses; each may
    be empty.
    """

    url: str
    otherwise: str = ""
    guessed: str = ""


def find_shown_talks(post: Post, parsed: ParsedPost) -> Mapping[int, ShownTalk]:
    """Return what readers see of each stored talk of the post, by the talk's index in the reading `parsed`.

    It is the talk's address, "" if it is hidden, and how the talk differs from `parsed`.
    """
    rows = TalkSource.objects.filter(post=post, withdrawn=False, talk__withdrawn=False).order_by("line", "position")
    sources = rows.prefetch_related(Prefetch("talk", Talk.objects.with_cards()))
    stored = group_pairs((source.line, source.talk) for source in sources)
    found = {}
    for place, talk in enumerate(parsed.talks):
        if stored[talk.line]:
            row = stored[talk.line].pop(0)
            url = "" if row.hidden else row.get_absolute_url()
            found[place] = ShownTalk(url, ", ".join(_list_differences(row, talk)))
    return found


def _list_differences(row: Talk, parsed: ParsedTalk) -> list[str]:
    told = []
    if row.title != names.normalise(parsed.title)[: names.TITLE_LENGTH]:
        told.append(f"“{row.title}”")
    speakers = [speaker.name for speaker in row.given_by]
    if [names.fold(name) for name in speakers] != [names.fold(speaker.name) for speaker in parsed.speakers]:
        told.append(", ".join(speakers) or "no speaker")
    if row.day.number != parsed.day:
        told.append("no day" if row.day.number is None else f"day {row.day.number}")
    return told

"""Tells which talks come and go when posts are read otherwise, since an answer about an event may do so too."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from talks.counts_and_cut_texts import cut_text, show_count
from talks.models import Post, TalkSource
from talks.parsing import ParsedPost

_MOST_NAMED, _LONGEST_TITLE = 5, 80


def watch_talks(posts: Iterable[Post]) -> Callable[[], str]:
    """Return a function that tells which talks came to these posts and went from them since this call.

    It returns "1 talk went: “Moss”"; "" if none did. A talk with another title, speaker or conference is the same talk.
    """
    rows = TalkSource.objects.filter(post__in=[post.pk for post in posts], withdrawn=False).order_by("post", "position")
    before = dict(rows.values_list("talk", "talk__title"))

    def tell() -> str:
        now = dict(rows.all().values_list("talk", "talk__title"))
        went = [title for talk, title in before.items() if talk not in now]
        came = [title for talk, title in now.items() if talk not in before]
        return _join_changes(("went", went), ("came", came))

    return tell


def preview_talk_changes(now: ParsedPost, preview: ParsedPost) -> str:
    """Tell which talks would come and go if a post were read as in the preview; "" for none.

    Both are readings of one text: a talk that begins on the same line is the same talk.
    """
    return _join_changes(("would go", _list_others(now, preview)), ("would come", _list_others(preview, now)))


def _list_others(one: ParsedPost, other: ParsedPost) -> list[str]:
    """Return the titles of the talks of `one` that begin on lines on which fewer talks of `other` begin."""
    left = Counter(talk.line for talk in other.talks)
    found = []
    for talk in one.talks:
        if not left[talk.line]:
            found.append(talk.title)
        left[talk.line] -= left[talk.line] > 0
    return found


def _join_changes(*changes: tuple[str, Sequence[str]]) -> str:
    return "; ".join(f"{show_count(len(titles), 'talk')} {what}: {_name(titles)}" for what, titles in changes if titles)


def _name(titles: Sequence[str]) -> str:
    named = [f"“{cut_text(title, _LONGEST_TITLE)}”" for title in titles[:_MOST_NAMED]]
    return ", ".join([*named, *([f"and {len(titles) - _MOST_NAMED} more"] if len(titles) > _MOST_NAMED else [])])

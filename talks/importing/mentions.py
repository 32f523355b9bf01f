"""Which of a post's tags its talks and takeaways mention. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from talks.importing.known import KnownTakeaway, KnownTalk
from talks.importing.plan import TakeawayPlan, TalkPlan
from talks.relating import find_mentions

MENTION = "mention"


def add_mentions(
    talks: Sequence[TalkPlan],
    rows: Mapping[int, KnownTalk],
    takeaways: Iterable[KnownTakeaway],
    tags: Mapping[str, Iterable[str]],
) -> list[TalkPlan]:
    """The talks with what their tags become: by mention they follow the text, what a hand gave stays.

    `tags` are the post's, with their spellings. A tag that another post's takeaways mention stays with the talk.
    """
    texts = [text for talk in talks for text in (talk.title, *(takeaway.text for takeaway in talk.takeaways))]
    found = iter(find_mentions(texts, tags) if tags else [set() for _ in texts])
    known = {takeaway.pk: takeaway.tags for takeaway in takeaways}
    tagged = []
    for talk in talks:
        mentioned = set(next(found))
        notes = []
        for takeaway in talk.takeaways:
            own = next(found)
            mentioned |= own
            notes.append(_add_to_takeaway(takeaway, own, known.get(takeaway.pk or 0, {})))
        row = rows.get(talk.pk) if talk.pk else None
        now = row.tags if row else {}
        elsewhere = row.mentioned_elsewhere if row else frozenset()
        removed = _find_mentioned(now) - mentioned - elsewhere
        added = frozenset(mentioned - now.keys())
        tagged.append(replace(talk, takeaways=tuple(notes), mentions_added=added, mentions_removed=frozenset(removed)))
    return tagged


def _add_to_takeaway(takeaway: TakeawayPlan, mentioned: set[str], now: Mapping[str, str]) -> TakeawayPlan:
    added, removed = frozenset(mentioned - now.keys()), frozenset(_find_mentioned(now) - mentioned)
    return replace(takeaway, mentions_added=added, mentions_removed=removed) if added or removed else takeaway


def _find_mentioned(tags: Mapping[str, str]) -> set[str]:
    return {key for key, origin in tags.items() if origin == MENTION}

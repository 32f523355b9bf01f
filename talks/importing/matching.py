"""Which of the talks that the base knows each talk of a post is. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talks import names
from talks.importing.aligning import align
from talks.importing.known import KnownSource, KnownTalk
from talks.parsing import ParsedTalk

TITLES_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """A talk of the post, what the post said of it last time, and its row; both None for a new talk."""

    parsed: ParsedTalk
    source: KnownSource | None = None
    talk: KnownTalk | None = None


def match_talks(
    parsed: Sequence[ParsedTalk], sources: Sequence[KnownSource], talks: Iterable[KnownTalk]
) -> list[Match]:
    """Find each talk by what this post said last, else by what only other posts told of, else it is new.

    In the post a title is found wherever it stands now, a similar one in order; another post's talk must have
    the same title. Two talks of one post are never one row.
    """
    matched = _match_sources(parsed, sources)
    own = {source.talk.pk for source in sources}
    by_title: dict[str, list[KnownTalk]] = {}
    for talk in sorted(talks, key=lambda talk: (talk.withdrawn, talk.day[1] or 0, talk.position, talk.pk)):
        if talk.pk not in own:
            for title in {names.fold(talk.title), *(names.fold(w.words.title) for w in talk.witnesses)}:
                by_title.setdefault(title, []).append(talk)
    matches, used = [], set()
    for index, wanted in enumerate(parsed):
        if source := matched.get(index):
            matches.append(Match(wanted, source, source.talk))
            continue
        found = next((t for t in by_title.get(names.fold(wanted.title), ()) if t.pk not in used), None)
        used.add(found.pk if found else None)
        matches.append(Match(wanted, None, found))
    return matches


def _match_sources(parsed: Sequence[ParsedTalk], sources: Sequence[KnownSource]) -> dict[int, KnownSource]:
    live = sorted((source for source in sources if not source.withdrawn), key=lambda source: source.position)
    old, new = ([names.fold(item.title) for item in items] for items in (live, parsed))
    matched = {j: live[i] for j, i in enumerate(align(old, new, threshold=TITLES_ALIKE)) if i is not None}
    gone = sorted((source for source in sources if source.withdrawn), key=lambda source: source.position)
    for index, title in enumerate(new):
        back = next((source for source in gone if names.fold(source.title) == title), None)
        if index not in matched and back:
            matched[index] = back
            gone.remove(back)
    return matched

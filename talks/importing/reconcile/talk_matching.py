"""Finds the stored talk for each talk of a post. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from talks import names
from talks.importing.reconcile.known import KnownTalk
from talks.importing.reconcile.likeness import Likeness
from talks.importing.reconcile.takeaway_matching import align_texts, pair_alike
from talks.models import Takeaway, TalkSource
from talks.parsing import ParsedTalk, names_only_kind
from talks.value_classes import value_class

TITLES_ALIKE = 0.8
NAMESAKES_ALIKE, RETITLED_ALIKE = 0.2, 0.4  # by the words of all their notes
REWORDED_ALIKE = 0.4  # by the words of their titles, without notes


@value_class
class Match:
    """A talk of the post, what the post said of it in the last import, if anything, and its row, if it has one."""

    parsed: ParsedTalk
    source: TalkSource | None = None
    talk: KnownTalk | None = None


def match_talks(
    parsed: Sequence[ParsedTalk],
    sources: Sequence[TalkSource],
    talks: Mapping[int, KnownTalk],
    takeaways: Iterable[Takeaway] = (),
) -> list[Match]:
    """Match each talk with what this post said in the last import, else with a talk of other posts, else it is new.

    Talks of this post match in this order: talks on a line with other talks, by the line and the beginning of their
    headings; equal titles wherever they are, those that occur twice by their notes; similar titles in order; the first
    line of the heading, which a correction may have cut or lengthened; similar notes; talks without notes between the
    same neighbours by a speaker or words of the title; at last withdrawn talks by line or title. A talk of another post
    must have an equal title. Two talks of one post never share a row. With other posts, talks of two days, or two
    keynotes of different people, share one only if one person gave both.
    """
    own = {source.talk_id for source in sources}
    by_title: dict[str, list[KnownTalk]] = {}
    for talk in sorted(talks.values(), key=lambda talk: (talk.withdrawn, talk.day[1] or 0, talk.position, talk.pk)):
        if talk.pk not in own:
            for title in {names.fold(talk.title), *(names.fold(w.values["title"]) for w in talk.witnesses)}:
                by_title.setdefault(title, []).append(talk)
    matched = _match_sources(parsed, sources, takeaways, by_title)
    matches, used = [], set()
    for index, wanted in enumerate(parsed):
        if source := matched.get(index):
            matches.append(Match(wanted, source, talks[source.talk_id]))
            continue
        alike = by_title.get(names.fold(wanted.title), ())
        found = next((talk for talk in alike if talk.pk not in used and not _are_told_apart(wanted, talk)), None)
        used.add(found.pk if found else None)
        matches.append(Match(wanted, None, found))
    return matches


def _are_told_apart(parsed: ParsedTalk, talk: KnownTalk) -> bool:
    """Whether the two talks have no common speaker, and either different days or a title such as "Keynote".

    False if no other post has notes of the stored talk: an editor may have made it. The title, which is that of
    `parsed`, tells them apart only if both have speakers; the days do so only if both have a day.
    """
    if not talk.witnesses:
        return False
    speakers = {names.fold_name(speaker.name) for speaker in parsed.speakers}
    if not speakers.isdisjoint(person.folded for person in talk.speakers):
        return False
    if names_only_kind(parsed.title) and speakers and talk.speakers:
        return True
    return None not in (parsed.day, talk.day[1]) and parsed.day != talk.day[1]


def _match_sources(
    parsed: Sequence[ParsedTalk],
    sources: Sequence[TalkSource],
    takeaways: Iterable[Takeaway],
    told_elsewhere: Container[str],
) -> dict[int, TalkSource]:
    live = sorted((source for source in sources if not source.withdrawn), key=lambda source: source.position)
    if not sources:
        return {}
    old, new = ([names.fold(item.title) for item in items] for items in (live, parsed))
    notes = _gather_notes(live, takeaways)
    likeness = Likeness(notes, ["\n".join(u.text for u in talk.walk()) for talk in parsed])
    places = [Counter(item.line for item in items) for items in (live, parsed)]
    shared = {line for seen in places for line, count in seen.items() if count > 1}
    pairs = _pair_begun(live, parsed, {}, [j for j, talk in enumerate(parsed) if talk.line in shared])
    for title in {*_find_twice(old), *_find_twice(new)}:
        olds = [i for i in _find_left(pairs, len(old)) if old[i] == title]
        news = [j for j, other in enumerate(new) if other == title and j not in pairs]
        pairs.update(pair_alike(likeness.compare, olds, news, NAMESAKES_ALIKE))
    olds, news = _find_left(pairs, len(old)), [j for j in range(len(new)) if j not in pairs]
    for j, i in enumerate(align_texts([old[i] for i in olds], [new[j] for j in news], threshold=TITLES_ALIKE)):
        if i is not None:
            pairs[news[j]] = olds[i]
    lines: dict[str, list[int]] = {}
    for i in _find_left(pairs, len(old)):
        lines.setdefault(live[i].heading.partition("\n")[0], []).append(i)
    for j, talk in enumerate(parsed):
        line = talk.heading.partition("\n")[0]
        if line and lines.get(line) and j not in pairs and new[j] not in told_elsewhere:
            pairs[j] = lines[line].pop(0)
    pairs |= _pair_begun(live, parsed, pairs, [j for j, title in enumerate(new) if title not in told_elsewhere])
    news = [j for j in range(len(new)) if j not in pairs]
    pairs.update(pair_alike(likeness.compare, _find_left(pairs, len(old)), news, RETITLED_ALIKE))
    gone = sorted((source for source in sources if source.withdrawn), key=lambda source: source.position)
    returned = {names.fold(source.title) for source in gone}
    returned |= {new[j] for j, talk in enumerate(parsed) if any(_begin_alike(source, talk) for source in gone)}
    olds = [i for i in _find_left(pairs, len(old)) if not notes[i]]
    news = [j for j in range(len(new)) if j not in pairs and new[j] not in told_elsewhere and new[j] not in returned]
    pairs.update(_pair_reworded(live, parsed, pairs, olds, news))
    matched = {j: live[i] for j, i in pairs.items()}
    for is_back in (_begin_alike, _have_one_title):
        for index, talk in enumerate(parsed):
            back = None if index in matched else next((source for source in gone if is_back(source, talk)), None)
            if back:
                matched[index] = back
                gone.remove(back)
    return matched


def _have_one_title(source: TalkSource, talk: ParsedTalk) -> bool:
    return names.fold(source.title) == names.fold(talk.title)


def _pair_begun(
    old: Sequence[TalkSource], new: Sequence[ParsedTalk], pairs: dict[int, int], news: Iterable[int]
) -> dict[int, int]:
    """Pair each new talk in `news` with the first old talk that `_begin_alike` accepts; return old index by new index.

    `news` are indexes; talks of the known `pairs` are left out.
    """
    found: dict[int, int] = {}
    for j in news:
        begun = (i for i in _find_left(pairs | found, len(old)) if _begin_alike(old[i], new[j]))
        if j not in pairs and (place := next(begun, None)) is not None:
            found[j] = place
    return found


def _begin_alike(source: TalkSource, talk: ParsedTalk) -> bool:
    """Whether both talks begin on the same line, and the first line of one heading is the beginning of the other's."""
    short, long = sorted((item.heading.partition("\n")[0] for item in (source, talk)), key=len)
    return source.line == talk.line and bool(short) and long.startswith(short)


def _pair_reworded(
    old: Sequence[TalkSource],
    new: Sequence[ParsedTalk],
    pairs: Mapping[int, int],
    olds: Sequence[int],
    news: Sequence[int],
) -> dict[int, int]:
    """Pair talks between the same matched neighbours that share a speaker or words of the title.

    Return old index by new index. Talks of which both name speakers, but nobody in common, are two talks.
    """
    if not (olds and news):
        return {}
    titles = Likeness([source.title for source in old], [talk.title for talk in new])
    told = [{names.fold_name(person["name"]) for person in source.speakers} for source in old]
    given = [{names.fold_name(speaker.name) for speaker in talk.speakers} for talk in new]
    places = sorted(pairs)

    def compare(i: int, j: int) -> float:
        at = bisect_left(places, j)
        above, below = (
            [pairs[place] for place in places[at - 1 : at]],
            [pairs[place] for place in places[at : at + 1]],
        )
        is_between = all(place < i for place in above) and all(place > i for place in below)
        if not is_between or (told[i] and given[j] and told[i].isdisjoint(given[j])):
            return 0.0
        return titles.compare(i, j) + len(told[i] & given[j])

    return pair_alike(compare, olds, news, REWORDED_ALIKE)


def _gather_notes(sources: Sequence[TalkSource], takeaways: Iterable[Takeaway]) -> list[str]:
    """Return for each source one text: its notes that are not withdrawn, as the post said them when last imported."""
    notes: dict[int, list[str]] = {source.talk_id: [] for source in sources}
    for row in takeaways:
        if not row.withdrawn and row.talk_id in notes:
            notes[row.talk_id].append(row.said["text"])
    return ["\n".join(notes[source.talk_id]) for source in sources]


def _find_twice(titles: Sequence[str]) -> set[str]:
    seen: set[str] = set()
    return {title for title in titles if title in seen or seen.add(title)}  # type: ignore[func-returns-value]


def _find_left(pairs: dict[int, int], count: int) -> list[int]:
    taken = set(pairs.values())
    return [i for i in range(count) if i not in taken]

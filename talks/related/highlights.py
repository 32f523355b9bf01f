"""Chooses what lists highlight: the most characteristic tags of each row, and quotable takeaways of each talk.

It also loads the latest conferences of speakers and writers, and counts unplaced lines and warnings of posts. The
number of queries does not depend on the number of rows.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import product
from math import log
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Length

from talks.grouping import group_pairs
from talks.models import (
    Appearance,
    Conference,
    Post,
    Speaker,
    Tag,
    TaggedTakeaway,
    TagListing,
    TagPair,
    Takeaway,
    TalkQuerySet,
    Writer,
    count_rows,
    prepared,
    read_parts,
    select_conferences,
)
from talks.names import make_permalink

TAGS_A_ROW = 4
EVENTS_A_ROW = 3
_FEW_EVENTS = 500  # more are not named one by one in a query: all conferences are read
_WEIGHED_TAGS = 24  # weighed for each row: the tags of most of its talks
_COMMON = 400  # tags with more talks than this weigh the same
_RECENT_TALKS, _RECENT_TAGS = 60, 100
_WEIGHED_TAKEAWAYS, _FIRST = 8, 24  # so many of each talk, of so many of each post
_SHORTEST_QUOTE, _LONGEST_QUOTE = 30, 320
_BEST_LENGTHS = range(60, 190)
_QUOTED_KINDS = (Takeaway.Kind.POINT, Takeaway.Kind.PARAGRAPH, Takeaway.Kind.QUOTE)
_TRIED_QUOTES = 6
_DRAWN = (20, 200)  # if none of so many is public, hardly anything is, and nothing is quoted
_LINK = re.compile(r"https?://|\]\(|www\.")
_LISTENER = re.compile(r"\b(?:I|I'm|I’m|my|we|our)\b")
_CLAIM = re.compile(r"\d|\b(?:never|always|should|must|don['’]t|not|instead|because|than|only|every)\b", re.IGNORECASE)

Totals = dict[int, dict[int, int]]
"""By a row's primary key: how many of its talks have each tag, by the tag's primary key."""


def add_tags(rows: Sequence[Any], path: str, *, staff: bool, but: Collection[str] = ()) -> None:
    """Set `telling` on each row of a list to the row's most characteristic tags, best first, `TAGS_A_ROW` at most.

    A tag is characteristic if many talks of the row have it and few talks of the whole base do. `path` is the field
    path from a talk to the row, such as `"conference"`. Tags with a slug in `but` are left out.
    """
    keys = [row.pk for row in rows]
    by_series = path == "conference__series"
    counted = _gather(_count_series_tags(keys, staff=staff) if by_series else _count_tags(keys, path=path, staff=staff))
    wanted = {tag for counts in counted.values() for tag in counts}
    known = TagPair.objects.read_tags(wanted, staff=staff)
    for row in rows:
        counts = counted.get(row.pk, {})
        telling = [known[pk] for pk in counts if pk in known and known[pk].slug not in but]
        row.telling = _rank_tags(telling, counts)[:TAGS_A_ROW]


def _rank_tags(tags: Iterable[Any], counts: Mapping[int, int]) -> list[Any]:
    return sorted(tags, key=lambda tag: (-counts[tag.pk] * weigh_tag(tag.total), tag.sort_key))


def find_recent_tags(talks: TalkQuerySet, *, staff: bool, limit: int) -> list[Any]:
    """Return at most `limit` tags: the most characteristic ones of the 60 latest of these talks, best first.

    A tag that only one of these 60 talks has is left out.
    """
    latest = talks.newest_first().values("pk")[:_RECENT_TALKS]
    listed = TagListing.objects.filter(talk__in=latest).order_by().values_list("tag").annotate(count=Count("pk"))
    counts = dict(listed.filter(count__gt=1).order_by("-count", "tag")[:_RECENT_TAGS])
    return _rank_tags(TagPair.objects.read_tags(counts, staff=staff).values(), counts)[:limit]


@prepared
def _count_tags(keys: Collection[int], *, path: str, staff: bool) -> QuerySet[Any]:
    """Return triples in any order: primary keys of a row and a tag, and how many talks of the row have the tag."""
    listings = TagListing.objects.visible(staff=staff).order_by()
    of_rows = Q(**{f"talk__{path}__in": keys})
    if path == "sources__post":
        of_rows &= Q(talk__sources__withdrawn=False)
    grouped = listings.filter(of_rows).values_list(f"talk__{path}", "tag")
    if path == "pk":  # a talk has a tag once
        return grouped.annotate(times=Value(1))
    return grouped.annotate(Count("talk", distinct=path != "conference"))


def _count_series_tags(keys: Collection[int], *, staff: bool) -> list[Any]:
    """Return triples: primary key of a series, of one of its commonest tags, and how many talks of the series have it.

    A large series has hundreds of tags, of which only the `_WEIGHED_TAGS` commonest are needed.
    """
    sql, (*values, _) = _write_series_part(staff=staff)
    return read_parts([(sql, [*values, key]) for key in keys])


@cache
def _write_series_part(*, staff: bool) -> tuple[str, tuple[Any, ...]]:
    """Return SQL and parameters of the query for the commonest tags of one series, whose id is the last parameter."""
    listings = TagListing.objects.visible(staff=staff).filter(series=0).order_by().values_list("series", "tag")
    commonest = listings.annotate(count=Count("pk")).order_by("-count", "tag")[:_WEIGHED_TAGS]
    return commonest.query.sql_with_params()


def _gather(counted: Iterable[tuple[int, ...]]) -> Totals:
    found = group_pairs((row, (-count, tag)) for row, tag, count, *_ in counted)
    return {row: {tag: -count for count, tag in sorted(counts)[:_WEIGHED_TAGS]} for row, counts in found.items()}


def weigh_tag(total: int) -> float:
    """Return how characteristic a tag of `total` talks is: 1 for a very common tag, about 3.6 for a tag of two talks.

    A tag of a single talk leads to no other talk, and therefore gets 0.9, less than a common tag.
    """
    return 1 + log(max(_COMMON / total, 1)) / 2 if total > 1 else 0.9


def add_takeaways(talks: Sequence[Any], *, staff: bool, limit: int = 1, tag: Tag | None = None) -> None:
    """Set `quoted` on each talk to its most quotable takeaways, at most `limit`, in the order of the notes.

    With `tag`, only takeaways that mention the tag are chosen from; in a talk without such takeaways, from all.
    """
    talk_keys = [talk.pk for talk in talks]
    tagged = _read_candidates(talk_keys, staff=staff).filter(tagged__tag=tag, tagged__refused=False) if tag else ()
    candidates = group_pairs((row.talk, row) for row in tagged)
    others = [pk for pk in talk_keys if pk not in candidates]
    for row in _read_first_candidates(others, staff=staff) if others else ():
        if len(candidates[row.talk]) < _WEIGHED_TAKEAWAYS:
            candidates[row.talk].append(row)
    for talk in talks:
        ranked = sorted(enumerate(candidates[talk.pk]), key=lambda found: (-rank_takeaway(found[1]), found[0]))
        talk.quoted = [_make_listed(row) for _, row in sorted(ranked[:limit])]


@prepared
def _read_first_candidates(talks: Collection[int], *, staff: bool) -> QuerySet[Any]:
    return _read_candidates(talks, staff=staff).filter(position__lte=_FIRST)


def _read_candidates(talks: Collection[int], *, staff: bool) -> QuerySet[Any]:
    """Return a queryset of those takeaways of the talks that lists may quote and this reader may see, in reading order.

    Points, paragraphs and quotes of 30 to 320 characters may be quoted.
    """
    shown = Takeaway.objects.visible(staff=staff).filter(talk__in=talks, kind__in=_QUOTED_KINDS)
    sized = shown.annotate(size=Length("text"), mentions=count_rows(TaggedTakeaway.objects, "content_object"))
    sized = sized.filter(size__gte=_SHORTEST_QUOTE, size__lte=_LONGEST_QUOTE).in_reading_order().with_language()
    own = ("pk", "public_id", "talk", "text", "html", "kind", "mentions", "language")
    return sized.values_list(*own, "parent", "parent__html", "parent__hidden", "parent__withdrawn", named=True)


def _make_listed(row: Any) -> Takeaway:
    """Return a takeaway object, made from a row, with only the columns that a list shows."""
    above = None
    if row.parent is not None:
        hidden, withdrawn = row.parent__hidden, row.parent__withdrawn
        above = Takeaway(pk=row.parent, html=row.parent__html, hidden=hidden, withdrawn=withdrawn)
    takeaway: Any = Takeaway(pk=row.pk, public_id=row.public_id, html=row.html, kind=row.kind, parent=above)
    takeaway.text, takeaway.talk_id, takeaway.language = row.text, row.talk, row.language
    return takeaway


def choose_quote(on: date, *, staff: bool) -> Any:
    """Return the takeaway of the day, which a page quotes by itself, with its talk; None if hardly any is public.

    The digest of the date `on` gives a permalink; of the next few takeaways from there, the most telling is returned.
    So sites with the same posts quote the same takeaway on a day.
    """
    start = make_permalink(int.from_bytes(sha256(on.isoformat().encode()).digest()[:7]))
    for first, drawn in product((start, "0"), _DRAWN):  # all permalinks come after "0"
        if found := _draw_quotes(first, drawn=drawn, staff=staff):
            quote = max(found, key=lambda quote: rank_text(quote.text))
            quote.talk.given_by = quote.given_by
            return quote
    return None


@prepared
def _draw_quotes(first: str, *, drawn: int, staff: bool) -> QuerySet[Any]:
    """Return the visible ones of the next `drawn` quotable takeaways whose permalinks are `first` or greater.

    They are sorted by permalink, `_TRIED_QUOTES` at most. The limit `drawn` spares the database sorting all visible
    takeaways.
    """
    sized = Takeaway.objects.annotate(size=Length("text")).filter(size__gte=60, size__lte=_LONGEST_QUOTE)
    quotable = sized.filter(kind__in=["point", "paragraph"], parent=None, public_id__gte=first)
    quotable = quotable.exclude(text__endswith=":")  # the start of a list
    chosen = Takeaway.objects.filter(pk__in=quotable.order_by("public_id").values("pk")[:drawn])
    return chosen.visible(staff=staff).with_place().order_by("public_id")[:_TRIED_QUOTES]


def rank_takeaway(takeaway: Any) -> float:
    """Return a score of how well a takeaway is understood alone in a list: higher is better.

    Mentioned tags and quotes raise the score of its text, a parent takeaway lowers it.
    """
    score = min(takeaway.mentions, 2) * 0.5 + 0.3 * (takeaway.kind == Takeaway.Kind.QUOTE)
    return score - 0.7 * (takeaway.parent is not None) + rank_text(takeaway.text.strip())


def rank_text(text: str) -> float:
    """Return a score of how much a text says by itself: higher is better; above 0 if more speaks for it than against.

    A good length and claims speak for it; "I", links, and a colon, question mark or ellipsis at the end against it.
    """
    score = (len(text) in _BEST_LENGTHS) + 0.5 * bool(_CLAIM.search(text)) - 0.6 * bool(_LISTENER.search(text))
    return score - 3 * text.endswith((":", "?", "…")) - 1.5 * bool(_LINK.search(text))


def add_events(speakers: Sequence[Speaker], *, staff: bool) -> None:
    """Set `events`, `more_events` and `since` on each speaker, from the named conferences of the speaker's talks.

    `events` are the latest conferences, `EVENTS_A_ROW` at most; `more_events` is the number of conferences not among
    them. `since` is the year of the earliest conference; None if there is no conference, or if it has no year.
    """
    _attach_events(speakers, _select_events([speaker.pk for speaker in speakers], staff=staff))


def add_noted_events(writers: Sequence[Writer], *, staff: bool) -> None:
    """Set `events`, `more_events` and `since` on each writer, from the named conferences of the writer's posts.

    `add_events` explains the three.
    """
    _attach_events(writers, _select_noted_events([writer.pk for writer in writers], staff=staff))


def _attach_events(people: Sequence[Any], pairs: Iterable[tuple[int, int]]) -> None:
    """Set `events`, `more_events` and `since`, which `add_events` explains, on each speaker or writer.

    `pairs` are the primary keys of a conference and of a person.
    """
    present: dict[int, set[int]] = defaultdict(set)
    for conference, person in pairs:
        present[person].add(conference)
    wanted = {conference for own in present.values() for conference in own}
    ranked = _select_years(wanted) if len(wanted) <= _FEW_EVENTS else _select_all_years()
    places = {pk: place for place, (pk, _) in enumerate(ranked)}
    latest = {pk: sorted(own & places.keys(), key=places.__getitem__) for pk, own in present.items()}
    shown = {row.pk: row for row in select_conferences({pk for own in latest.values() for pk in own[:EVENTS_A_ROW]})}
    for person in people:
        own = latest.get(person.pk, [])
        person.events = [shown[pk] for pk in own[:EVENTS_A_ROW]]
        person.more_events = len(own) - len(person.events)
        person.since = ranked[places[own[-1]]][1] if own else None


@prepared
def _select_events(speakers: Collection[int], *, staff: bool) -> QuerySet[Any]:
    appearances = Appearance.objects.visible(staff=staff).filter(speaker__in=speakers)
    return appearances.order_by().values_list("talk__conference", "speaker").distinct()


@prepared
def _select_noted_events(writers: Collection[int], *, staff: bool) -> QuerySet[Any]:
    posts = Post.objects.visible(staff=staff).filter(writer__in=writers)
    return posts.order_by().values_list("conference", "writer").distinct()


@prepared
def _select_years(conferences: Collection[int]) -> QuerySet[Any]:
    return Conference.objects.named().filter(pk__in=conferences).newest_first().values_list("pk", "year")


@prepared
def _select_all_years() -> QuerySet[Any]:
    return Conference.objects.named().newest_first().values_list("pk", "year")


def add_remainders(posts: Sequence[Any]) -> None:
    """Set on each post `unplaced`, its number of unplaced lines, and `warnings`, its diagnostics except notes.

    `warnings` is a number too.
    """
    for post in posts:
        post.unplaced = sum(last - first + 1 for first, last, role in post.lines if role == "unplaced")
        post.warnings = sum(remark["severity"] != "note" for remark in post.diagnostics)

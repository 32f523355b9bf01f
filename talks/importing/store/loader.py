"""Loads the rows that a batch of posts touches as plain values, with few queries for the whole batch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from talks import names
from talks.derived import read_resource
from talks.fields import TALK, Setting, merge
from talks.importing.reconcile.known import Known, KnownConference, KnownPost, KnownTag, KnownTalk, Witness, rank_post
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.talk_plan import recall_source
from talks.importing.store.post_loader import PostLoader, read_decisions
from talks.models import (
    Appearance,
    Conference,
    Decision,
    Post,
    PostAlias,
    Series,
    Speaker,
    Tag,
    TagAlias,
    Talk,
    TalkAddress,
    TalkSource,
    Writer,
    name_subject,
    prepared,
)
from talks.models.bulk import select_in, split_chunks
from talks.vocabulary import recognise

_APPEARANCES = Prefetch("appearances", Appearance.objects.select_related("speaker").order_by("position", "pk"))
_CHUNK = 5_000

Wanted = Sequence[tuple[ReadPost, int | None]]
"""Parsed posts, each with the primary key of its row, if it has one."""


def load_known(reading: ReadPost, pk: int | None, *, lock: bool) -> Known:
    """Return everything in the base that one post touches; `pk` is that of its row, None for a new post.

    With `lock` the rows stay locked until the transaction ends.
    """
    return BatchLoader([(reading, pk)], lock=lock).find(reading, pk)


class BatchLoader:
    """The rows for a batch, as they were when this object was made.

    With `lock` the rows stay locked until the transaction ends.
    """

    def __init__(self, wanted: Wanted, *, lock: bool) -> None:
        readings = [reading for reading, _ in wanted]
        self._rows = _load_post_rows([pk for _, pk in wanted if pk], lock)
        self._events = _Events(readings)
        self._conferences = {id(reading): self._find_conference(reading, pk) for reading, pk in wanted}
        talks = self._load_talks(lock)
        sources = _load_sources(talks, self._rows)
        said = [speaker.name for reading in readings for talk in reading.parsed.talks for speaker in talk.speakers]
        said += [speaker["name"] for source in sources for speaker in recall_source(source)["speakers"]]
        self._speakers = Speaker.objects.named(said)
        self._read_talks(talks, sources)
        self._posts = PostLoader(self._rows.values(), lock=lock)
        self._writers = _load_writers(readings, self._rows.values())
        self._tags = _load_tags(readings, self._rows.values())
        self._references = _load_references(readings)
        self._paths = _load_paths(readings)
        self._ids = {id(reading): reading.public_ids for reading in readings}
        self._taken = _load_taken(chain.from_iterable(self._ids.values()))
        self._moved = self._load_moved()

    def find(self, reading: ReadPost, pk: int | None) -> Known:
        """Return everything in the base that the post touches; `pk` is the primary key of the stored post, if any."""
        conference, conflict = self._conferences[id(reading)]
        post: KnownPost | None = None
        answers: Mapping[str, object] = {}
        talks = {talk: self._talks[talk] for talk in self._list_talks(conference, pk)}
        if pk:
            talks = {talk: self._leave_out(row, pk) for talk, row in talks.items()}
            post, answers = self._posts.find(pk, talks)
        aliases = reading.parsed.aliases
        return Known(
            post=post,
            conference=conference,
            conference_conflict=conflict,
            talks=talks,
            writers=self._writers,
            speakers=self._speakers,
            tags=_choose_tags(self._tags, reading, post),
            references=self._references,
            paths={path: key for path in aliases for owner, key in self._paths.get(path, ()) if owner != pk},
            taken=({name for name in self._taken.keys() & self._ids[id(reading)] if self._is_taken(name, pk)},),
            answers=answers,
            moved=self._moved.get(_name_slug(conference), {}),
        )

    def find_former_text(self, reading: ReadPost, pk: int | None) -> str:
        """Return the stored text of one of the posts; empty if it is new, or has the same text now."""
        former = self._rows[pk].source if pk else ""
        return former if former != reading.text else ""

    def _is_taken(self, name: str, pk: int | None) -> bool:
        return pk is None or self._taken[name] != pk

    def _find_conference(self, reading: ReadPost, pk: int | None) -> tuple[KnownConference, bool]:
        """Return the post's conference, and whether there is a conflict about it.

        There is one if, since the last import, text and editor moved the post to two different conferences.
        """
        said = reading.parsed.conference
        wanted = [said.series, said.year] if said else None
        if pk is None:
            return self._find_wanted(reading), False
        row = self._rows[pk]
        last, edition = row.imported.get("conference"), row.conference
        now = [edition.series.name, edition.year] if edition.series else None
        merged = merge(last, wanted, last if _is_as_imported(edition, last) else now)
        if merged.value != wanted or wanted == last:
            return _name_owner(read_edition(edition), reading), merged.conflict
        return self._find_wanted(reading), False

    def _find_wanted(self, reading: ReadPost) -> KnownConference:
        """Return the conference that the post names; a post that names none gets an unnamed conference of its own."""
        said = reading.parsed.conference
        if said:
            return self._events.find(said.series, said.year)
        return _name_owner(KnownConference("", None), reading)

    def _load_talks(self, lock: bool) -> list[Talk]:
        """Return all talks of the conferences that the posts name or are in, or to which talks of the posts moved."""
        editions = {conference.pk for conference, _ in self._conferences.values() if conference.pk}
        editions |= {row.conference_id for row in self._rows.values()}
        chosen = Q(conference__in=editions)
        if self._rows:
            chosen |= Q(conference__in=TalkSource.objects.filter(post__in=self._rows).values("talk__conference"))
        elif not editions:
            return []
        rows = Talk.objects.filter(chosen).select_related("day", "conference").prefetch_related(_APPEARANCES)
        return list(rows.select_for_update(of=("self",)) if lock else rows)

    def _read_talks(self, rows: Sequence[Talk], sources: Iterable[TalkSource]) -> None:
        people = {name: speaker.folded for name, speaker in self._speakers.items() if speaker.folded}
        witnesses: defaultdict[int, list[Witness]] = defaultdict(list)
        self._told: defaultdict[int, set[int]] = defaultdict(set)
        keys = {row.key: pk for pk, row in self._rows.items()}
        for source in sources:
            post = source.post
            if source.post_id in self._rows:
                self._told[source.post_id].add(source.talk_id)
            if not source.withdrawn:
                values = TALK.resolve(recall_source(source), Setting(post.conference_id, people))
                witnesses[source.talk_id].append(Witness(post.key, rank_post(post), source.position, values))
        self._own = {pk: key for key, pk in keys.items()}
        subjects = {talk.pk: name_subject(talk) for talk in rows}
        answers = read_decisions(subjects.values(), Decision.Kind.WITHDRAWN) if self._rows else {}
        self._talks = {
            talk.pk: KnownTalk(
                pk=talk.pk,
                values=TALK.read_row(talk),
                slug=talk.slug,
                position=talk.position,
                withdrawn=talk.withdrawn,
                witnesses=tuple(witnesses.get(talk.pk, ())),
                subject=subjects[talk.pk],
                restored=answers.get(subjects[talk.pk]) is False and not talk.withdrawn,
            )
            for talk in rows
        }
        self._by_conference: defaultdict[int, list[int]] = defaultdict(list)
        for talk in rows:
            self._by_conference[talk.conference_id].append(talk.pk)

    def _list_talks(self, conference: KnownConference, pk: int | None) -> list[int]:
        """Return the ids of the stored talks that may be those of the post.

        They are the talks of `conference`, to which the import assigns the post. If the post is stored, as row `pk`,
        they are also those of its stored conference, and of the conferences to which its stored talks have moved.
        """
        chosen = {conference.pk or 0}
        if pk:
            chosen |= {self._rows[pk].conference_id, *(self._talks[talk].day[0] for talk in self._told[pk])}
        return [talk for edition in sorted(chosen) for talk in self._by_conference.get(edition, ())]

    def _leave_out(self, talk: KnownTalk, pk: int) -> KnownTalk:
        """Return the talk without this post, given by primary key, among its witnesses (posts with notes of it)."""
        if talk.pk not in self._told[pk]:
            return talk
        others = (witness for witness in talk.witnesses if witness.post != self._own[pk])
        return talk._replace(witnesses=tuple(others))

    def _load_moved(self) -> dict[str, dict[str, int]]:
        """Return ids of talks that left conferences of the batch, by slugs (conference, talk) of the former address."""
        slugs = {_name_slug(conference) for conference, _ in self._conferences.values()}
        moved: dict[str, dict[str, int]] = {}
        for conference, slug, talk in _select_addresses(slugs):
            moved.setdefault(conference, {})[slug] = talk
        return moved


@prepared
def _select_addresses(slugs: Collection[str]) -> QuerySet[Any, Any]:
    rows = TalkAddress.objects.filter(conference_slug__in=slugs)
    return rows.values_list("conference_slug", "slug", "talk")


def _load_post_rows(pks: Sequence[int], lock: bool) -> dict[int, Post]:
    if not pks:
        return {}
    rows: QuerySet[Post] = Post.objects.select_related("writer", "conference__series")
    rows = rows.prefetch_related("conference__days")
    return {row.pk: row for row in (rows.select_for_update(of=("self",)) if lock else rows).filter(pk__in=pks)}


def _load_sources(talks: Sequence[Talk], own: Mapping[int, Post]) -> list[TalkSource]:
    """Return what posts say of the talks; for posts of the batch, withdrawn sources too."""
    found: list[TalkSource] = []
    for chunk in split_chunks((talk.pk for talk in talks), _CHUNK):
        found += _select_sources(chunk, own)
    return found


@prepared
def _select_sources(talks: Collection[int], own: Collection[int]) -> QuerySet[TalkSource]:
    rows = TalkSource.objects.filter(Q(withdrawn=False) | Q(post__in=own), talk__in=talks).select_related("post")
    return rows.defer("post__source", "post__lines", "post__front_matter", "post__intro", "post__outro")


def _is_as_imported(edition: Conference, last: Any) -> bool:
    """Whether the post is still in the conference that the last import chose; `last` is how the post named it then."""
    if edition.series is None or not last:
        return edition.series is None and not last
    known_as = {key for name in (edition.series.name, *edition.series.aliases) for key in names.list_series_keys(name)}
    return not known_as.isdisjoint(names.list_series_keys(str(last[0]))) and last[1] == edition.year


def _name_owner(conference: KnownConference, reading: ReadPost) -> KnownConference:
    if conference.series_name:
        return conference
    return replace(conference, post=reading.key, called=reading.parsed.title[: names.NAME_LENGTH])


def read_edition(row: Conference) -> KnownConference:
    """Return a conference, whose series and days must be loaded, as a plain value."""
    days = {day.number: day for day in row.days.all()}
    name = row.series.name if row.series else ""
    return KnownConference(name, row.year, row.pk, row.series_id, days, slug=row.slug)


def _name_slug(conference: KnownConference) -> str:
    return conference.slug or names.choose_slug(conference.name, (), fallback="conference")


class _Events:
    """Series and conferences that the posts of a batch name, however they spell them ("CodeStock", "Code Stock")."""

    def __init__(self, readings: Sequence[ReadPost]) -> None:
        said = [conference for reading in readings if (conference := reading.parsed.conference)]
        self._series = Series.objects.find_by_names({names.fold_name(conference.series) for conference in said})
        years = {conference.year for conference in said}
        rows = (
            Conference.objects.filter(Q(year__in=years - {None}) | Q(year=None) if None in years else Q(year__in=years))
            .filter(series__in=[series.pk for series in self._series.values()])
            .select_related("series")
            .prefetch_related("days")
        )
        self._editions = {(row.series_id or 0, row.year): row for row in rows}

    def find(self, name: str, year: int | None) -> KnownConference:
        """Return the conference of this name, with the primary keys of all its rows that exist."""
        series = self._series.get(names.fold_name(name))
        if series is None:
            return KnownConference(name, year)
        edition = self._editions.get((series.pk, year))
        return read_edition(edition) if edition else KnownConference(series.name, year, None, series.pk)


def _load_writers(readings: Iterable[ReadPost], rows: Iterable[Post]) -> dict[str, int]:
    """Return the ids of the writers that the texts name and that the stored posts have now, by folded name."""
    said = {names.fold_name(author) for reading in readings if (author := reading.parsed.author)}
    now = {row.writer.folded: row.writer.pk for row in rows if row.writer}
    missing = said - now.keys()
    return now | dict(_select_writers(missing) if missing else ())


@prepared
def _select_writers(folded: Collection[str]) -> QuerySet[Any, Any]:
    return Writer.objects.filter(folded__in=folded).values_list("folded", "pk")


def _list_tags(reading: ReadPost, imported: Mapping[str, object]) -> set[str]:
    """Return the folded names of the tags in the post and in its last import, and of the vocabulary's tags for them."""
    last = imported.get("tags")
    return _fold_tags([*reading.parsed.tags, *(map(str, last) if isinstance(last, list) else ())])


def _fold_tags(said: Collection[str]) -> set[str]:
    return {names.fold_tag(name) for name in said} | {known.key for name in said if (known := recognise(name))}


def _load_tags(readings: Iterable[ReadPost], rows: Iterable[Post]) -> dict[str, KnownTag]:
    """Return the stored tags that the posts name or named in the last import, by folded name and by folded alias."""
    said = {name for reading in readings for name in reading.parsed.tags}
    said |= {str(name) for row in rows for name in row.imported.get("tags") or ()}
    folded = _fold_tags(said)
    tags: dict[str, KnownTag] = {}
    for alias, *tag in _select_aliases_of_tags(folded):
        tags[alias] = KnownTag(*tag)
    for tag in _select_tags(folded):
        tags[tag[1]] = KnownTag(*tag)
    return tags


@prepared
def _select_aliases_of_tags(folded: Collection[str]) -> QuerySet[Any, Any]:
    return TagAlias.objects.filter(folded__in=folded).values_list("folded", "tag", "tag__folded", "tag__name")


@prepared
def _select_tags(folded: Collection[str]) -> QuerySet[Any, Any]:
    return Tag.objects.filter(folded__in=folded).values_list("pk", "folded", "name")


def _choose_tags(tags: Mapping[str, KnownTag], reading: ReadPost, post: KnownPost | None) -> dict[str, KnownTag]:
    return {name: tags[name] for name in _list_tags(reading, post.row.imported if post else {}) if name in tags}


def _load_references(readings: Iterable[ReadPost]) -> dict[str, int]:
    urls = {reference.url for reading in readings for talk in reading.parsed.talks for reference in talk.references}
    keys = {resource.key for url in urls if (resource := read_resource(url))}
    rows = select_in("SELECT key, id FROM talks_reference WHERE key IN ({})", map(bytes.fromhex, keys))
    return {bytes(key).hex(): pk for key, pk in rows}


def _load_paths(readings: Iterable[ReadPost]) -> dict[str, list[tuple[int, str]]]:
    """Return a list of one pair, the id and the key of the stored post, by each old address that a stored post has.

    Only old addresses that posts of the batch give are looked for.
    """
    paths = {path for reading in readings for path in reading.parsed.aliases}
    if not paths:
        return {}
    rows = PostAlias.objects.filter(path__in=paths).values_list("path", "post", "post__key")
    return {path: [(pk, key)] for path, pk, key in rows}


def _load_taken(ids: Iterable[str]) -> dict[str, int | None]:
    """Return by permalink the id of the post of the stored takeaway that has it, None for one that an editor wrote."""
    return dict(select_in("SELECT public_id, post_id FROM talks_takeaway WHERE public_id IN ({})", ids))

"""Reads what the base holds of all that one post touches: rows in, plain values out, in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from talks import names
from talks.importing.fitting import NAME_LENGTH
from talks.importing.identity import make_public_id, number_equal
from talks.importing.known import (
    Known,
    KnownCitation,
    KnownConference,
    KnownDay,
    KnownPost,
    KnownSource,
    KnownTag,
    KnownTakeaway,
    KnownTalk,
    Witness,
    Words,
    make_order,
)
from talks.importing.merging import merge
from talks.importing.persons import load_speakers
from talks.importing.reconcile_post import FOLDED_TAG_LENGTH, Reading
from talks.importing.reconcile_talks import read_speakers
from talks.importing.storing import load_images
from talks.models import (
    Appearance,
    Citation,
    Conference,
    Post,
    PostAlias,
    Reference,
    Series,
    Tag,
    TagAlias,
    TaggedPost,
    Takeaway,
    Talk,
    TalkSource,
    Writer,
)
from talks.relating import read_resource, recognise

_COLUMNS = (
    *("key", "path", "digest", "source", "front_matter", "stem", "title", "published_on", "language", "visibility"),
    *("intro", "intro_html", "outro", "outro_html", "lines", "diagnostics", "imported", "withdrawn"),
)


def load_known(reading: Reading, pk: int | None, *, lock: bool) -> Known:
    """What the base holds; `pk` is the post's row, if it has one. With `lock` the rows wait for the transaction."""
    row = _load_post_row(pk, lock) if pk else None
    conference, conflict = _find_conference(reading, row)
    talks = _load_talks(conference, row, lock)
    post = _load_post(row, {talk.pk: talk for talk in talks}, lock) if row else None
    parsed = reading.parsed
    said = [speaker for talk in parsed.talks for speaker in talk.speakers]
    said += (
        [speaker for source in post.sources for speaker in read_speakers(source.imported.get("speakers"))]
        if post
        else []
    )
    said += [speaker for talk in talks for witness in talk.witnesses for speaker in witness.words.speakers]
    return Known(
        post=post,
        conference=conference,
        conference_conflict=conflict,
        talks=talks,
        writer=_find_writer(parsed.author),
        speakers=load_speakers(speaker.name for speaker in said),
        tags=_load_tags(reading, post),
        references=_find_references(reading),
        paths=dict(PostAlias.objects.filter(path__in=parsed.aliases).exclude(post=pk).values_list("path", "post__key")),
        taken=_find_taken(reading, pk),
    )


def _load_post_row(pk: int, lock: bool) -> Post:
    rows: QuerySet[Post] = Post.objects.select_related("writer", "conference__series")
    return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=pk)


def _find_conference(reading: Reading, row: Post | None) -> tuple[KnownConference, bool]:
    """The edition that the post belongs to now, and whether a hand had moved the post elsewhere meanwhile."""
    said = reading.parsed.conference
    wanted = [said.series, said.year] if said else None
    # A post that names no event stands under an edition of its own name.
    named = (said.series, said.year) if said else (reading.parsed.title[:NAME_LENGTH], None)
    if row is None:
        return _find_edition(*named), False
    last = row.imported.get("conference")
    edition = row.conference
    known_as = {names.fold(name) for name in (edition.series.name, *edition.series.aliases)}
    untouched = not last or (names.fold(str(last[0])) in known_as and last[1] == edition.year)
    merged = merge(last, wanted, last if untouched else [edition.series.name, edition.year])
    if merged.value != wanted or wanted == last:
        days = {day.number: KnownDay(day.pk, day.date) for day in edition.days.all()}
        return KnownConference(edition.series.name, edition.year, edition.pk, edition.series_id, days), merged.conflict
    return _find_edition(*named), False


def _find_edition(series_name: str, year: int | None) -> KnownConference:
    series = _find_series(series_name)
    if series is None:
        return KnownConference(series_name, year)
    edition = Conference.objects.filter(series=series, year=year).prefetch_related("days").first()
    if edition is None:
        return KnownConference(series.name, year, None, series.pk)
    days = {day.number: KnownDay(day.pk, day.date) for day in edition.days.all()}
    return KnownConference(series.name, year, edition.pk, series.pk, days)


def _find_series(name: str) -> Series | None:
    """By its name, else by an alias: these are few, and no database compares them as we do."""
    folded = names.fold(name)[:400]
    by_alias = None
    for series in Series.objects.filter(Q(folded=folded) | ~Q(aliases=[])):
        if series.folded == folded:
            return series
        if any(isinstance(alias, str) and names.fold(alias) == folded for alias in series.aliases):
            by_alias = series
    return by_alias


def _load_talks(conference: KnownConference, row: Post | None, lock: bool) -> tuple[KnownTalk, ...]:
    """All talks of the editions concerned, with what other posts say of them."""
    editions = Q(conference=conference.pk) if conference.pk else Q(pk=None)
    if row:
        told = TalkSource.objects.filter(post=row).values("talk__conference")
        editions |= Q(conference=row.conference_id) | Q(conference__in=told)
    elif not conference.pk:
        return ()
    rows = Talk.objects.filter(editions).select_related("day")
    talks = list(rows.select_for_update(of=("self",)) if lock else rows)
    pks = [talk.pk for talk in talks]
    appearances = defaultdict(list)
    for appearance in Appearance.objects.filter(talk__in=pks).select_related("speaker").order_by("position", "pk"):
        appearances[appearance.talk_id].append((appearance.speaker.folded, appearance.affiliation))
    witnesses = _load_witnesses(pks, row)
    return tuple(
        KnownTalk(
            pk=talk.pk,
            title=talk.title,
            slug=talk.slug,
            day=(talk.conference_id, talk.day.number),
            position=talk.position,
            hidden=talk.hidden,
            withdrawn=talk.withdrawn,
            appearances=tuple(appearances[talk.pk]),
            witnesses=tuple(witnesses.get(talk.pk, ())),
        )
        for talk in talks
    )


def _load_witnesses(talks: list[int], row: Post | None) -> Mapping[int, list[Witness]]:
    sources = TalkSource.objects.filter(talk__in=talks, withdrawn=False).exclude(post=row.pk if row else None)
    witnesses: defaultdict[int, list[Witness]] = defaultdict(list)
    for source in sources.select_related("post").defer("post__source", "post__lines", "post__front_matter"):
        words = Words(
            source.imported.get("title", source.title),
            (source.post.conference_id, source.imported.get("day")),
            read_speakers(source.imported.get("speakers", source.speakers)),
        )
        order = make_order(source.post.published_on, source.post.key)
        witnesses[source.talk_id].append(Witness(source.post.key, order, source.position, words))
    return witnesses


def _load_post(row: Post, talks: Mapping[int, KnownTalk], lock: bool) -> KnownPost:
    fields = {name: getattr(row, name) for name in _COLUMNS}
    fields["writer"] = row.writer.folded if row.writer else None
    fields["conference"] = row.conference_id
    tags = TaggedPost.everything.filter(content_object=row).values_list("tag__folded", "origin")
    return KnownPost(
        pk=row.pk,
        key=row.key,
        fields=fields,
        writer=row.writer.name if row.writer else None,
        conference=row.conference_id,
        imported=row.imported,
        days=frozenset(row.days.values_list("pk", flat=True)),
        tags=dict(tags),
        aliases=frozenset(row.aliases.values_list("path", flat=True)),
        sources=tuple(_load_sources(row, talks)),
        takeaways=tuple(_load_takeaways(row, lock)),
        citations=_load_citations(row),
        images=load_images(row.pk),
    )


def _load_sources(row: Post, talks: Mapping[int, KnownTalk]) -> Iterable[KnownSource]:
    for source in row.sources.all():
        yield KnownSource(
            source.pk,
            talks[source.talk_id],
            source.title,
            source.heading,
            source.speakers,
            source.position,
            source.line,
            source.end_line,
            source.imported,
            source.withdrawn,
        )


def _load_takeaways(row: Post, lock: bool) -> Iterable[KnownTakeaway]:
    rows = Takeaway.objects.filter(post=row).order_by("pk")
    for unit in rows.select_for_update() if lock else rows:
        yield KnownTakeaway(
            pk=unit.pk,
            public_id=unit.public_id,
            talk=unit.talk_id,
            parent=unit.parent_id,
            kind=unit.kind,
            position=unit.position,
            text=unit.text,
            html=unit.html,
            line=unit.line,
            end_line=unit.end_line,
            imported=unit.imported,
            withdrawn=unit.withdrawn,
        )


def _load_citations(row: Post) -> Mapping[int, tuple[KnownCitation, ...]]:
    found: defaultdict[int, tuple[KnownCitation, ...]] = defaultdict(tuple)
    rows = Citation.objects.filter(post=row).order_by("talk", "position")
    for talk, reference, title, takeaway, position in rows.values_list(
        "talk", "reference__key", "title", "takeaway", "position"
    ):
        found[talk] += (KnownCitation(reference, title, takeaway, position),)
    return found


def _find_writer(name: str | None) -> int | None:
    return Writer.objects.filter(folded=names.fold(name)[:400]).values_list("pk", flat=True).first() if name else None


def _load_tags(reading: Reading, post: KnownPost | None) -> dict[str, KnownTag]:
    """By name, alias, and the name under which the vocabulary knows them, all folded."""
    said = [*reading.parsed.tags, *((post.imported.get("tags") or ()) if post else ())]  # type: ignore[misc]
    folded = {names.fold(str(name))[:FOLDED_TAG_LENGTH] for name in said}
    folded |= {subject.key for name in said if (subject := recognise(str(name)))}
    tags = {}
    for alias in TagAlias.objects.filter(folded__in=folded).select_related("tag"):
        tags[alias.folded] = KnownTag(alias.tag.pk, alias.tag.folded, alias.tag.name)
    for tag in Tag.objects.filter(folded__in=folded):
        tags[tag.folded] = KnownTag(tag.pk, tag.folded, tag.name)
    return tags


def _find_references(reading: Reading) -> dict[str, int]:
    urls = {reference.url for talk in reading.parsed.talks for reference in talk.references}
    keys = {resource.key for url in urls if (resource := read_resource(url))}
    return dict(Reference.objects.filter(key__in=keys).values_list("key", "pk"))


def _find_taken(reading: Reading, pk: int | None) -> frozenset[str]:
    """Permalinks of other posts that takeaways of this one would have too, if they were new."""
    texts = [unit.text for talk in reading.parsed.talks for unit in talk.walk()]
    wanted = {
        make_public_id(reading.key, text, number) for text, number in zip(texts, number_equal(texts), strict=True)
    }
    rows = Takeaway.objects.filter(public_id__in=wanted)
    return frozenset((rows.exclude(post=pk) if pk else rows).values_list("public_id", flat=True))

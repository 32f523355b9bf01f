"""Reads what the base holds of all that one post touches: rows in, plain values out, in few queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from talks import names
from talks.derived import read_resource
from talks.fields import TALK, Setting, merge
from talks.importing.identity import make_public_id, number_equal
from talks.importing.reconcile.known import (
    Known,
    KnownConference,
    KnownDay,
    KnownPost,
    KnownSpeaker,
    KnownTag,
    KnownTalk,
    Witness,
    make_order,
)
from talks.importing.reconcile.post_fields import Reading
from talks.importing.reconcile.talk_plan import recall_source
from talks.importing.store.known_speakers import load_speakers
from talks.importing.store.post_loader import load_post, read_decisions
from talks.models import (
    Appearance,
    Conference,
    Decision,
    Post,
    PostAlias,
    Reference,
    Series,
    Tag,
    TagAlias,
    Takeaway,
    Talk,
    TalkAddress,
    TalkSource,
    Writer,
    name_subject,
)
from talks.vocabulary import recognise

_APPEARANCES = Prefetch("appearances", Appearance.objects.select_related("speaker").order_by("position", "pk"))


def load_known(reading: Reading, pk: int | None, *, lock: bool) -> Known:
    """What the base holds; `pk` is the post's row, if it has one. With `lock` the rows wait for the transaction."""
    row = _load_post_row(pk, lock) if pk else None
    conference, conflict = _find_conference(reading, row)
    parsed = reading.parsed
    rows, sources = _load_talk_rows(conference, row, lock)
    said = [speaker.name for talk in parsed.talks for speaker in talk.speakers]
    said += [speaker["name"] for source in sources for speaker in recall_source(source)["speakers"]]
    speakers = load_speakers(said)
    talks = _read_talks(rows, [source for source in sources if source.post_id != pk], speakers, decided=row is not None)
    post, answers = load_post(row, {talk.pk: talk for talk in talks}, lock) if row else (None, {})
    return Known(
        post=post,
        conference=conference,
        conference_conflict=conflict,
        talks=talks,
        writer=_find_writer(parsed.author),
        speakers=speakers,
        tags=_load_tags(reading, post),
        references=_find_references(reading),
        paths=dict(PostAlias.objects.filter(path__in=parsed.aliases).exclude(post=pk).values_list("path", "post__key")),
        taken=_find_taken(reading, pk),
        answers=answers,
        moved=_load_moved(conference),
    )


def _load_moved(conference: KnownConference) -> dict[str, int]:
    if conference.pk:
        slugs: Any = Conference.objects.filter(pk=conference.pk).values("slug")
    else:
        slugs = [names.choose_slug(conference.name, (), fallback="conference")]
    return dict(TalkAddress.objects.filter(conference_slug__in=slugs).values_list("slug", "talk"))


def _load_post_row(pk: int, lock: bool) -> Post:
    rows: QuerySet[Post] = Post.objects.select_related("writer", "conference__series")
    return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=pk)


def _find_conference(reading: Reading, row: Post | None) -> tuple[KnownConference, bool]:
    """The edition that the post belongs to now, and whether a hand had moved the post elsewhere meanwhile."""
    said = reading.parsed.conference
    wanted = [said.series, said.year] if said else None
    if row is None:
        return _find_wanted(reading), False
    last = row.imported.get("conference")
    edition = row.conference
    now = [edition.series.name, edition.year] if edition.series else None
    merged = merge(last, wanted, last if _is_as_imported(edition, last) else now)
    if merged.value != wanted or wanted == last:
        days = {day.number: KnownDay(day.pk, day.date) for day in edition.days.all()}
        name = edition.series.name if edition.series else ""
        kept = KnownConference(name, edition.year, edition.pk, edition.series_id, days)
        return _name_owner(kept, reading), merged.conflict
    return _find_wanted(reading), False


def _is_as_imported(edition: Conference, last: Any) -> bool:
    """Whether the post still stands where the importer put it; `last` is what the post said then."""
    if edition.series is None or not last:
        return edition.series is None and not last
    known_as = {names.fold(name) for name in (edition.series.name, *edition.series.aliases)}
    return names.fold(str(last[0])) in known_as and last[1] == edition.year


def _find_wanted(reading: Reading) -> KnownConference:
    """The edition that the post names; one that names none gets an unnamed conference of its own."""
    said = reading.parsed.conference
    return _find_edition(said.series, said.year) if said else _name_owner(KnownConference("", None), reading)


def _name_owner(conference: KnownConference, reading: Reading) -> KnownConference:
    if conference.series_name:
        return conference
    return replace(conference, post=reading.key, called=reading.parsed.title[: names.NAME_LENGTH])


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
    folded = names.fold_name(name)
    by_alias = None
    for series in Series.objects.filter(Q(folded=folded) | ~Q(aliases=[])):
        if series.folded == folded:
            return series
        if any(isinstance(alias, str) and names.fold(alias) == folded for alias in series.aliases):
            by_alias = series
    return by_alias


def _load_talk_rows(conference: KnownConference, row: Post | None, lock: bool) -> tuple[list[Talk], list[TalkSource]]:
    """All talks of the editions concerned, and what posts say of them; what this post said, withdrawn or not."""
    editions = Q(conference=conference.pk) if conference.pk else Q(pk=None)
    if row:
        told = TalkSource.objects.filter(post=row).values("talk__conference")
        editions |= Q(conference=row.conference_id) | Q(conference__in=told)
    elif not conference.pk:
        return [], []
    rows = Talk.objects.filter(editions).select_related("day", "conference").prefetch_related(_APPEARANCES)
    talks = list(rows.select_for_update(of=("self",)) if lock else rows)
    own = Q(withdrawn=False) | Q(post=row.pk if row else None)
    sources = TalkSource.objects.filter(own, talk__in=[talk.pk for talk in talks]).select_related("post")
    return talks, list(sources.defer("post__source", "post__lines", "post__front_matter"))


def _read_talks(
    rows: list[Talk], others: list[TalkSource], speakers: Mapping[str, KnownSpeaker], *, decided: bool
) -> tuple[KnownTalk, ...]:
    """The talks with what other posts say of them; with what was decided about them, where it is asked for."""
    people = {name: speaker.folded for name, speaker in speakers.items() if speaker.folded}
    witnesses: defaultdict[int, list[Witness]] = defaultdict(list)
    for source in others:
        post = source.post
        values = TALK.weigh(recall_source(source), Setting(post.conference_id, people))
        order = make_order({"published_on": post.published_on, "visibility": post.visibility}, post.key)
        witnesses[source.talk_id].append(Witness(post.key, order, source.position, values))
    subjects = {talk.pk: name_subject(talk) for talk in rows}
    answers = read_decisions(subjects.values(), Decision.Kind.WITHDRAWN) if decided else {}
    return tuple(
        KnownTalk(
            pk=talk.pk,
            values=TALK.read(talk),
            slug=talk.slug,
            position=talk.position,
            hidden=talk.hidden,
            withdrawn=talk.withdrawn,
            witnesses=tuple(witnesses.get(talk.pk, ())),
            subject=subjects[talk.pk],
            restored=answers.get(subjects[talk.pk]) is False and not talk.withdrawn,
        )
        for talk in rows
    )


def _find_writer(name: str | None) -> int | None:
    return Writer.objects.filter(folded=names.fold_name(name)).values_list("pk", flat=True).first() if name else None


def _load_tags(reading: Reading, post: KnownPost | None) -> dict[str, KnownTag]:
    """By name, alias, and the name under which the vocabulary knows them, all folded."""
    said = [*reading.parsed.tags, *((post.imported.get("tags") or ()) if post else ())]  # type: ignore[misc]
    folded = {names.fold_tag(str(name)) for name in said}
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

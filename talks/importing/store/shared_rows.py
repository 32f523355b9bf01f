"""Finds or makes the rows that many posts share: events, people, tags, references. Slugs in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model

from talks import names
from talks.importing.reconcile.plan import Change, Plan
from talks.models import Conference, Day, Reference, Series, Speaker, Tag, Writer
from talks.models.bulk import update_rows
from talks.models.named import find_slugs, taken_slugs
from talks.vocabulary import recognise, stands_out

M = TypeVar("M", Series, Speaker, Tag, Writer)


@dataclass(slots=True)
class Shared:
    """Primary keys by the names that the plan calls them."""

    conference: int
    days: dict[int | None, int] = field(default_factory=dict)
    writer: int | None = None
    speakers: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)


def write_shared(plan: Plan) -> Shared:
    """All shared rows that the plan needs, made where they are not yet there."""
    shared = Shared(_write_conference(plan))
    _write_days(plan, shared)
    shared.writer = plan.writer_pk
    if plan.writer and not plan.writer_pk:
        shared.writer = _make_named(Writer, [Writer(name=plan.writer)])[0].pk
    _write_speakers(plan, shared)
    shared.tags = {key: tag.pk for key, tag in plan.tags.items() if tag.pk}
    new_tags = [_join_tag(tag.name) for tag in plan.tags.values() if not tag.pk]
    shared.tags.update({tag.folded: tag.pk for tag in _make_named(Tag, new_tags)})
    _write_references(plan, shared)
    return shared


def _write_conference(plan: Plan) -> int:
    known = plan.conference
    if known.pk:
        return known.pk
    series = known.series_pk
    if series is None and known.series_name:
        series = _make_named(Series, [Series(name=known.series_name)])[0].pk
    (slug,) = choose_slugs(Conference, [known.name])
    return Conference.objects.bulk_create([Conference(series_id=series, year=known.year, slug=slug)])[0].pk


def _write_days(plan: Plan, shared: Shared) -> None:
    new = [Day(conference_id=shared.conference, number=d.number, date=d.date) for d in plan.days if not d.pk]
    Day.objects.bulk_create(new)
    changed = [Day(pk=day.pk, date=day.date) for day in plan.days if day.change is Change.UPDATED]
    update_rows(changed, ["date"])
    shared.days = {number: day.pk for number, day in plan.conference.days.items()}
    shared.days.update({day.number: day.pk for day in new})


def _write_speakers(plan: Plan, shared: Shared) -> None:
    shared.speakers = {folded: speaker.pk for folded, speaker in plan.speakers.items() if speaker.pk}
    new = [Speaker(name=s.name, handle=s.handle, url=s.url) for s in plan.speakers.values() if not s.pk]
    shared.speakers.update({speaker.folded: speaker.pk for speaker in _make_named(Speaker, new)})
    filled = [s for s in plan.speakers.values() if s.change is Change.UPDATED]
    update_rows([Speaker(pk=s.pk, handle=s.handle, url=s.url) for s in filled], ["handle", "url"])


def _join_tag(name: str) -> Tag:
    """A tag that posts bring. What the vocabulary knows was looked for in all notes already."""
    everywhere = stands_out(name)
    return Tag(name=name, everywhere=everywhere, sought=not everywhere or recognise(name) is not None)


def _write_references(plan: Plan, shared: Shared) -> None:
    shared.references = {key: pk for key, (pk, _) in plan.references.items() if pk}
    new = [
        Reference(key=key, url=resource.url, host=resource.host, kind=resource.kind)
        for key, (pk, resource) in plan.references.items()
        if not pk
    ]
    shared.references.update({reference.key: reference.pk for reference in Reference.objects.bulk_create(new)})


def _make_named(model: type[M], rows: Sequence[M]) -> list[M]:
    """Store new rows with all that follows from their names, which `save()` would do one by one."""
    if not rows:
        return []
    for row, slug in zip(rows, choose_slugs(model, [row.name for row in rows]), strict=True):
        row.slug = slug
        row.derive(set())
    return list(model._default_manager.bulk_create(rows))


def choose_slugs(model: type[Model], wanted: Sequence[str]) -> list[str]:
    """A free slug for each name, in one query as long as none of the plain ones is taken."""
    fallback = model._meta.model_name or ""
    plain = _choose(wanted, (), fallback)
    met = find_slugs(model, slug__in=plain)
    if not met:
        return plain
    taken = set(met)
    for name, slug in zip(wanted, plain, strict=True):
        if slug in met:
            taken |= taken_slugs(model, name)
    return _choose(wanted, taken, fallback)


def _choose(wanted: Sequence[str], taken: Iterable[str], fallback: str) -> list[str]:
    used, chosen = set(taken), []
    for name in wanted:
        chosen.append(names.choose_slug(name, used, fallback=fallback))
        used.add(chosen[-1])
    return chosen

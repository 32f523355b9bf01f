"""Creates the rows that several posts share: events, people, tags, references; their slugs are chosen together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model

from talks import names
from talks.importing.reconcile.plan import Change
from talks.importing.store.foreseen_rows import Placed
from talks.models import Conference, Day, Reference, Series, Speaker, Tag, Writer
from talks.models.bulk import add_rows, insert_records, update_rows
from talks.models.named_model import find_equal_slugs, taken_slugs
from talks.vocabulary import is_distinctive, recognise


def write_shared(batch: Sequence[Placed]) -> None:
    """Create the shared rows that the plans need and the base lacks, and update shared rows that the plans change."""
    _write_events(batch)
    _write_days(batch)
    new_writers = {
        placed.writer: plan.writer for placed in batch if (plan := placed.plan).writer and not plan.writer_pk
    }
    _add_named([Writer(pk=pk, name=name) for pk, name in new_writers.items() if name])
    _write_speakers(batch)
    tags = {placed.tags[key]: tag.name for placed in batch for key, tag in placed.plan.tags.items() if not tag.pk}
    _add_named([_join_tag(pk, name) for pk, name in tags.items()])
    insert_records(Reference, list(_list_references(batch)))


def _write_events(batch: Sequence[Placed]) -> None:
    new = [placed for placed in batch if not placed.plan.conference.pk]
    series = {placed.series: placed.plan.conference for placed in new if not placed.plan.conference.series_pk}
    _add_named([Series(pk=pk, name=edition.series_name) for pk, edition in series.items() if pk])
    editions = [placed.plan.conference for placed in new]
    slugs = choose_slugs(Conference, [edition.name for edition in editions])
    rows = zip(new, editions, slugs, strict=True)
    add_rows([Conference(pk=p.conference, series_id=p.series, year=e.year, slug=slug) for p, e, slug in rows])


def _write_days(batch: Sequence[Placed]) -> None:
    new: dict[int, Day] = {}
    changed: dict[int, Day] = {}
    for placed in batch:
        for day in placed.plan.days:
            pk = placed.days[day.number]
            if not day.pk:
                new[pk] = Day(pk=pk, conference_id=placed.conference, number=day.number, date=day.date)
            elif pk in new:
                new[pk].date = day.date
            elif day.change is Change.UPDATED:
                changed[pk] = Day(pk=pk, date=day.date)
    add_rows(list(new.values()))
    update_rows(list(changed.values()), ["date"])


def _write_speakers(batch: Sequence[Placed]) -> None:
    new: dict[int, Speaker] = {}
    filled: dict[int, Speaker] = {}
    for placed in batch:
        for folded, speaker in placed.plan.speakers.items():
            pk = placed.speakers[folded]
            if not speaker.pk:
                new[pk] = Speaker(pk=pk, name=speaker.name, handle=speaker.handle, url=speaker.url)
            elif speaker.change is Change.UPDATED:
                row = new.get(pk) or filled.setdefault(pk, Speaker(pk=pk))
                row.handle, row.url = speaker.handle, speaker.url
    _add_named(list(new.values()))
    update_rows(list(filled.values()), ["handle", "url"])


def _join_tag(pk: int, name: str) -> Tag:
    """Return an unsaved tag for a name in a post.

    It counts as `sought` if no notes must be searched for it: the name is not distinctive, or the vocabulary has it, so
    that the notes were searched for it when they came in.
    """
    everywhere = is_distinctive(name)
    return Tag(pk=pk, name=name, everywhere=everywhere, sought=not everywhere or recognise(name) is not None)


def _list_references(batch: Sequence[Placed]) -> Iterator[dict[str, Any]]:
    for placed in batch:
        for key, (pk, resource) in placed.plan.references.items():
            if not pk:
                columns = {"key": key, "url": resource.url, "host": resource.host, "kind": resource.kind}
                yield {"id": placed.references[key], **columns}


def _add_named(rows: Sequence[Series | Speaker | Tag | Writer]) -> None:
    """Insert new rows of one model with all fields computed from their names, as `save()` would for each row."""
    if not rows:
        return
    for row, slug in zip(rows, choose_slugs(type(rows[0]), [row.name for row in rows]), strict=True):
        row.slug = slug
        row.derive(set())
    add_rows(rows)


def choose_slugs(model: type[Model], wanted: Sequence[str]) -> list[str]:
    """Return for each name a slug that neither a row nor another name has; one query if all plain slugs are free."""
    if not wanted:
        return []
    fallback = model._meta.model_name or ""
    plain = _choose(wanted, (), fallback)
    met = find_equal_slugs(model, plain)
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

"""Reads a post as it was last imported and as it stands: rows in, plain values out, in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from talks.fields import POST, POST_ORDER, TAKEAWAY, TALK
from talks.importing.reconcile.known import (
    KnownCitation,
    KnownConflict,
    KnownPost,
    KnownSource,
    KnownTakeaway,
    KnownTalk,
)
from talks.importing.store.media_store import load_images
from talks.models import Citation, Decision, Post, TaggedPost, Takeaway, name_subject

_COLUMNS = (
    *POST.columns,
    *("key", "path", "digest", "source", "front_matter", "stem"),
    *("intro", "intro_html", "outro", "outro_html", "lines", "diagnostics", "imported", "withdrawn"),
)
_FIELDS = {"post": (*POST.names, POST_ORDER), "talk": TALK.names, "takeaway": TAKEAWAY.names}
_CHUNK = 5_000


def load_post(row: Post, talks: Mapping[int, KnownTalk], lock: bool) -> tuple[KnownPost, dict[str, object]]:
    """The post as it stands, and how a hand answered to former conflicts: both texts by subject and field."""
    takeaways = list(
        Takeaway.objects.filter(post=row).order_by("pk").select_for_update() if lock else row.takeaways.order_by("pk")
    )
    subjects = [name_subject(row), *(talk.subject for talk in talks.values()), *map(name_subject, takeaways)]
    decided = read_decisions(subjects, Decision.Kind.WITHDRAWN)
    answered = [f"{subject} {field}" for subject in subjects for field in _FIELDS[subject.partition(":")[0]]]
    fields = {name: getattr(row, name) for name in _COLUMNS}
    fields["writer"] = row.writer.folded if row.writer else None
    fields["conference"] = row.conference_id
    tags = TaggedPost.everything.filter(content_object=row).values_list("tag__folded", "origin")
    post = KnownPost(
        pk=row.pk,
        key=row.key,
        fields=fields,
        values=POST.read(row),
        conference=row.conference_id,
        conference_name=str(row.conference),
        imported=row.imported,
        days=frozenset(row.days.values_list("pk", flat=True)),
        tags=dict(tags),
        aliases=frozenset(row.aliases.values_list("path", flat=True)),
        sources=tuple(_load_sources(row, talks)),
        takeaways=tuple(_read_takeaways(takeaways, decided)),
        written_here=tuple(_read_takeaways(_load_written_here(row, lock), {})),
        citations=_load_citations(row),
        images=load_images(row.pk),
        conflicts=tuple(
            KnownConflict(*values)
            for values in row.conflicts.filter(settled="").values_list("pk", "talk", "takeaway", "field")
        ),
        withdrawn_by_hand=decided.get(subjects[0]) is True,
    )
    return post, read_decisions(answered, Decision.Kind.CONFLICT)


def read_decisions(subjects: Iterable[str], kind: str) -> dict[str, Any]:
    """A hand's answers of this kind, by subject."""
    names = list(subjects)
    answers: dict[str, Any] = {}
    for start in range(0, len(names), _CHUNK):
        rows = Decision.objects.filter(kind=kind, subject__in=names[start : start + _CHUNK])
        answers.update(rows.values_list("subject", "answer"))
    return answers


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


def _load_written_here(row: Post, lock: bool) -> QuerySet[Takeaway]:
    """Takeaways of the post's talks that stand in no post."""
    talks = row.sources.filter(withdrawn=False).values("talk")
    rows = Takeaway.objects.filter(post=None, withdrawn=False, talk__in=talks).order_by("talk", "position", "pk")
    return rows.select_for_update() if lock else rows


def _read_takeaways(takeaways: Iterable[Takeaway], decided: Mapping[str, bool]) -> Iterable[KnownTakeaway]:
    for unit in takeaways:
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
            hidden=unit.hidden,
            decided=decided.get(name_subject(unit)),
            written_here=unit.post_id is None,
        )


def _load_citations(row: Post) -> Mapping[int, tuple[KnownCitation, ...]]:
    found: defaultdict[int, tuple[KnownCitation, ...]] = defaultdict(tuple)
    rows = Citation.objects.filter(post=row).order_by("talk", "position")
    for talk, reference, url, title, takeaway, position in rows.values_list(
        "talk", "reference__key", "url", "title", "takeaway", "position"
    ):
        found[talk] += (KnownCitation(reference, url, title, takeaway, position),)
    return found

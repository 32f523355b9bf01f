"""Loads posts as last imported and as they are now, as plain values, with few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet

from talks.fields import POST, POST_ORDER, TAKEAWAY, TALK
from talks.importing.reconcile.known import CitedLink, KnownPost, KnownTalk
from talks.importing.store.image_store import load_images
from talks.models import (
    Citation,
    Conflict,
    Decision,
    Post,
    PostAlias,
    TaggedPost,
    Takeaway,
    TalkSource,
    name_subject,
    prepared,
)
from talks.models.bulk import split_chunks

_FIELDS = {"post": (*POST.names, POST_ORDER), "talk": TALK.names, "takeaway": TAKEAWAY.names}
_CHUNK = 5_000

R = TypeVar("R")


class PostLoader:
    """All rows that belong to some posts, which must be loaded with their writers and conferences."""

    def __init__(self, rows: Iterable[Post], *, lock: bool) -> None:
        self._rows = {row.pk: row for row in rows}
        if not self._rows:
            return
        self._takeaways = _group(_select_takeaways(self._rows, lock=lock), "post_id")
        self._sources = _group(_select_sources(self._rows), "post_id")
        told = {source.talk_id for group in self._sources.values() for source in group if not source.withdrawn}
        self._written_here = _group(_select_written(told, lock=lock), "talk_id")
        self._tags = _pair(_select_tags(self._rows))
        self._aliases = _pair(_select_aliases(self._rows))
        self._conflicts = _group(_select_conflicts(self._rows), "post_id")
        self._decided = Decision.objects.exists()
        self._citations = _load_citations(self._rows)
        self._images = load_images(self._rows)

    def find(self, pk: int, talks: Mapping[int, KnownTalk]) -> tuple[KnownPost, dict[str, object]]:
        """Return the post, and editors' answers to former conflicts about it, its takeaways and these talks.

        The answers are both texts by the row's name in decisions and the field.
        """
        row, takeaways = self._rows[pk], self._takeaways.get(pk, [])
        subjects = [name_subject(row), *(talk.subject for talk in talks.values()), *map(name_subject, takeaways)]
        decided = read_decisions(subjects, Decision.Kind.WITHDRAWN) if self._decided else {}
        answered = [f"{subject} {field}" for subject in subjects for field in _FIELDS[subject.partition(":")[0]]]
        sources = self._sources.get(pk, [])
        told = sorted({source.talk_id for source in sources if not source.withdrawn})
        here = [unit for talk in told for unit in self._written_here.get(talk, ())]
        post = KnownPost(
            row=row,
            values=POST.read_row(row),
            tags=self._tags[pk],
            aliases=frozenset(self._aliases[pk]),
            decided=decided,
            sources=sources,
            takeaways=takeaways,
            written_here=here,
            citations=self._citations.get(pk, {}),
            images=self._images.get(pk, {}),
            conflicts=self._conflicts.get(pk, ()),
        )
        return post, read_decisions(answered, Decision.Kind.CONFLICT) if self._decided else {}


def _group(rows: Iterable[R], column: str) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _pair(rows: Iterable[tuple[int, Any, Any]]) -> defaultdict[int, dict[Any, Any]]:
    found: defaultdict[int, dict[Any, Any]] = defaultdict(dict)
    for pk, name, value in rows:
        found[pk][name] = value
    return found


@prepared
def _select_takeaways(posts: Collection[int], *, lock: bool) -> QuerySet[Takeaway]:
    rows = Takeaway.objects.filter(post__in=posts).order_by("pk")
    return rows.select_for_update(of=("self",)) if lock else rows


@prepared
def _select_sources(posts: Collection[int]) -> QuerySet[TalkSource]:
    return TalkSource.objects.filter(post__in=posts).order_by("post", "position")


@prepared
def _select_written(talks: Collection[int], *, lock: bool) -> QuerySet[Takeaway]:
    rows = Takeaway.objects.filter(post=None, withdrawn=False, talk__in=talks).order_by("talk_id", "position", "pk")
    return rows.select_for_update(of=("self",)) if lock else rows


@prepared
def _select_tags(posts: Collection[int]) -> QuerySet[Any, Any]:
    rows = TaggedPost.everything.filter(content_object__in=posts)
    return rows.values_list("content_object", "tag__folded", "origin")


@prepared
def _select_aliases(posts: Collection[int]) -> QuerySet[Any, Any]:
    return PostAlias.objects.filter(post__in=posts).values_list("post", "path", "pk")


@prepared
def _select_conflicts(posts: Collection[int]) -> QuerySet[Conflict]:
    return Conflict.objects.filter(post__in=posts, settled="")


def read_decisions(subjects: Iterable[str], kind: str) -> dict[str, Any]:
    """Return the answers of editors' decisions of one kind, by subject.

    For `WITHDRAWN` an answer is a bool. For `CONFLICT` it is a list of two texts: the one that the editor chose for the
    row, and the one that the post had.
    """
    answers: dict[str, Any] = {}
    for chunk in split_chunks(subjects, _CHUNK):
        answers |= dict(Decision.objects.filter(kind=kind, subject__in=chunk).values_list("subject", "answer"))
    return answers


def _load_citations(posts: Collection[int]) -> dict[int, dict[int, list[CitedLink]]]:
    """Return the citations by id of the post and then of the talk, in their order."""
    found: dict[int, dict[int, list[CitedLink]]] = {}
    for post, talk, *link in _select_citations(posts):
        found.setdefault(post, {}).setdefault(talk, []).append(tuple(link))
    return found


@prepared
def _select_citations(posts: Collection[int]) -> QuerySet[Any, Any]:
    rows = Citation.objects.filter(post__in=posts).order_by("post", "talk", "position")
    return rows.values_list("post", "talk", "reference__key", "url", "title", "takeaway", "position")

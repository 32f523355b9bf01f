"""Removes rows that several posts shared and that none uses any more, except rows that an editor created or touched.

Editors' decisions about posts and talks that are removed go, too.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from talks.models import (
    Conference,
    Day,
    Decision,
    EditorTouch,
    Media,
    Post,
    Reference,
    Series,
    Speaker,
    Tag,
    Takeaway,
    Talk,
    Writer,
    name_subject,
)

Shared = Mapping[type[Model], frozenset[int]]
"""Primary keys, by model, of the rows that the posts to be removed use and that other posts may use too."""


def find_shared(posts: Sequence[int], talks: Collection[int]) -> Shared:
    """Return by model the primary keys of the rows that these posts and talks use and that other posts may use too."""
    conferences = Conference.objects.filter(posts__in=posts) | Conference.objects.filter(talks__in=talks)
    tags = Tag.objects.filter(tagged_posts__content_object__in=posts)
    return {
        Speaker: _list_keys(Speaker.objects.filter(appearances__talk__in=talks)),
        Writer: _list_keys(Writer.objects.filter(posts__in=posts)),
        Tag: _list_keys(tags)
        | _list_keys(Tag.objects.filter(tagged_talks__content_object__in=talks))
        | _list_keys(Tag.objects.filter(tagged_takeaways__content_object__talk__in=talks)),
        Reference: _list_keys(Reference.objects.filter(citations__post__in=posts)),
        Conference: _list_keys(conferences),
        Series: _list_keys(Series.objects.filter(conferences__in=conferences)),
        Media: _list_keys(Media.objects.filter(uses__post__in=posts)),
    }


def list_decided(posts: Sequence[int], talks: Collection[int]) -> list[tuple[Decision, Post | Talk | Takeaway]]:
    """Return pairs: an editor's decision about one of these posts, these talks or their takeaways, and that row."""
    shown = {name_subject(row): row for row in _list_rows(posts, talks)}
    decided = []
    for decision in Decision.objects.all():
        is_field = decision.kind == Decision.Kind.CONFLICT
        subject = decision.subject.rpartition(" ")[0] if is_field else decision.subject
        if subject in shown:
            decided.append((decision, shown[subject]))
    return decided


def _list_rows(posts: Sequence[int], talks: Collection[int]) -> list[Post | Talk | Takeaway]:
    return [
        *Post.objects.filter(pk__in=posts),
        *Talk.objects.filter(pk__in=talks).select_related("conference"),
        *Takeaway.objects.filter(Q(post__in=posts) | Q(talk__in=talks)),
    ]


def forget_decisions(posts: Sequence[int], talks: Collection[int]) -> None:
    """Delete editors' decisions and touches about posts and talks that are being removed, and about their takeaways."""
    EditorTouch.forget(_list_rows(posts, talks))
    Decision.objects.filter(pk__in=[decision.pk for decision, _ in list_decided(posts, talks)]).delete()


def remove_orphans(shared: Shared) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Delete `shared` rows, and days of the conferences among them, that nothing uses and no editor touched.

    Series and tags with aliases stay, and tags with a description. Files of images are deleted once the transaction is
    committed. Return pairs of a noun ("speakers") and the names of the deleted rows, also where there are none.
    """
    tags = Tag.objects.filter(pk__in=shared[Tag], tagged_posts=None, tagged_talks=None, tagged_takeaways=None)
    days = Day.objects.filter(conference__in=shared[Conference], talks=None, posts=None)
    conferences = Conference.objects.filter(pk__in=shared[Conference], talks=None, posts=None)
    series = Series.objects.filter(pk__in=shared[Series], conferences=None, aliases=[])
    return (
        ("speakers", _remove_untouched(Speaker.objects.filter(pk__in=shared[Speaker], appearances=None))),
        ("writers", _remove_untouched(Writer.objects.filter(pk__in=shared[Writer], posts=None))),
        ("tags", _remove_untouched(tags.filter(aliases=None, description=""))),
        ("references", _remove_untouched(Reference.objects.filter(pk__in=shared[Reference], citations=None))),
        ("images", _remove_images(Media.objects.filter(pk__in=shared[Media], uses=None))),
        ("days", _remove_untouched(days.select_related("conference__series"))),
        ("conferences", _remove_untouched(conferences.filter(days=None).select_related("series"))),
        ("series", _remove_untouched(series)),
    )


def _list_keys(rows: QuerySet[Model]) -> frozenset[int]:
    return frozenset(rows.values_list("pk", flat=True))


def _remove_untouched(rows: QuerySet[Model]) -> tuple[str, ...]:
    """Delete the rows that no editor created or changed; return their names, sorted."""
    doomed = EditorTouch.list_untouched(rows)
    names = tuple(sorted(str(row) for row in doomed))
    rows.model._default_manager.filter(pk__in=[row.pk for row in doomed]).delete()
    return names


def _remove_images(rows: QuerySet[Media]) -> tuple[str, ...]:
    """Delete the rows of images now, and the files once the transaction is committed; return their names, sorted."""
    locations = [row.location for row in rows]
    names = tuple(sorted(str(row) for row in rows))
    rows.delete()
    for location in locations:
        transaction.on_commit(partial(location.unlink, missing_ok=True))
    return names

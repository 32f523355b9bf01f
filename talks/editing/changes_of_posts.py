"""Changes of whole posts by an editor: fields, visibility, withdrawing, restoring."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from talks.derived import renew
from talks.editing.decisions import remember_withdrawn
from talks.editing.touches import record_switch
from talks.importing import follow_leading_posts, list_talks_of
from talks.models import Post

_DECIDES_WHO_LEADS = frozenset({"visibility", "published_on"})
"""Columns of posts that decide which post's words a talk shows if several have notes of it."""


@contextmanager
def save_post(post: Post, changed: Collection[str]) -> Iterator[None]:
    """Save only the changed columns, so that values that an import wrote meanwhile are not overwritten.

    If another post of a talk comes first now, the talk shows what that post says. What belongs to the post is saved in
    the `with` block; the caller renews its talks.
    """
    with follow_leading_posts([] if _DECIDES_WHO_LEADS.isdisjoint(changed) else [post]):
        post.save(update_fields=[*changed])
    yield


@transaction.atomic
def set_visibility(posts: Iterable[Post], visibility: str) -> None:
    """Set who may read the posts; a talk may be read by those who may read one of its posts.

    If another post of a talk now comes first (public ones do), the talk shows what that post says, except for an
    editor's values.
    """
    rows = list(posts)
    record_switch(rows, visibility=visibility)
    with follow_leading_posts(rows):
        Post.objects.filter(pk__in=[post.pk for post in rows]).update(visibility=visibility)
    renew(list_talks_of(rows), [post.pk for post in rows])


@transaction.atomic
def set_posts_withdrawn(posts: Iterable[Post], *, withdrawn: bool) -> None:
    """Withdraw or restore posts, and remember this for later imports.

    Nobody sees a talk whose posts are all withdrawn. A talk with notes in other posts shows what the first of its posts
    that are not withdrawn says, except for an editor's values.
    """
    rows = list(posts)
    record_switch(rows, withdrawn=withdrawn)
    remember_withdrawn([post for post in rows if post.withdrawn is not withdrawn], withdrawn=withdrawn)
    with follow_leading_posts(rows):
        Post.objects.filter(pk__in=[post.pk for post in rows]).update(withdrawn=withdrawn)
    renew(list_talks_of(rows), [post.pk for post in rows])

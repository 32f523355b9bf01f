"""Changes of whole posts by an editor: visibility, withdrawing, restoring."""

from collections.abc import Iterable

from django.db import transaction

from talks.derived import renew
from talks.editing.decisions import remember_withdrawn
from talks.importing import follow_leading_posts, list_talks_of
from talks.models import Post

DECIDES_WHO_LEADS = frozenset({"visibility", "published_on"})
"""Columns of posts that decide which post's words a talk shows if several have notes of it."""


@transaction.atomic
def set_visibility(posts: Iterable[Post], visibility: str) -> None:
    """Set who may read the posts; a talk may be read by those who may read one of its posts.

    If another post of a talk now comes first (public ones do), the talk shows what that post says, except for an
    editor's values.
    """
    rows = list(posts)
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
    remember_withdrawn([post for post in rows if post.withdrawn is not withdrawn], withdrawn=withdrawn)
    with follow_leading_posts(rows):
        Post.objects.filter(pk__in=[post.pk for post in rows]).update(withdrawn=withdrawn)
    renew(list_talks_of(rows), [post.pk for post in rows])

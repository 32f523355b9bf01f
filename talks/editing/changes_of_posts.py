"""Changes of whole posts by an editor: fields, visibility, withdrawing, restoring."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from talks.derived import renew
from talks.editing.decisions import remember_withdrawn
from talks.editing.touches import record_switch
from talks.importing import follow_leading_posts, list_talks_of
from talks.models import Post

_DECIDES_WHO_LEADS = frozenset({"visibility", "published_on"})
"""Columns of posts that decide which post's words a talk shows if several have notes of it."""


def save_post(post: Post, changed: Collection[str]) -> None:
    """Save only the `changed` columns of a post, since an import may have written the others meanwhile.

    If thereby another post of a talk comes first, the talk shows what that post says. The caller renews the talks.
    """
    with follow_leading_posts([] if _DECIDES_WHO_LEADS.isdisjoint(changed) else [post]):
        post.save(update_fields=[*changed])


def set_visibility(posts: Iterable[Post], visibility: str) -> None:
    """Set who may read the posts; a talk may be read by those who may read one of its posts.

    If thereby another post of a talk comes first (public ones do), the talk shows what that post says, except for an
    editor's values.
    """
    _switch_posts(list(posts), visibility=visibility)


@transaction.atomic
def set_posts_withdrawn(posts: Iterable[Post], *, withdrawn: bool) -> None:
    """Withdraw or restore posts, and remember this for later imports.

    Nobody sees a talk whose posts are all withdrawn. A talk with notes in other posts shows what the first of its posts
    that are not withdrawn says, except for an editor's values.
    """
    rows = list(posts)
    remember_withdrawn([post for post in rows if post.withdrawn is not withdrawn], withdrawn=withdrawn)
    _switch_posts(rows, withdrawn=withdrawn)


@transaction.atomic
def _switch_posts(posts: Sequence[Post], **values: object) -> None:
    record_switch(posts, **values)
    with follow_leading_posts(posts):
        Post.objects.filter(pk__in=[post.pk for post in posts]).update(**values)
    renew(list_talks_of(posts), [post.pk for post in posts])

"""Reading images: which may be seen, and where a post's links to them lead."""

from __future__ import annotations

from typing import Self

from django.db.models import Exists, OuterRef, QuerySet

from talks.querysets.audience import is_open


class MediaQuerySet(QuerySet):
    """Image files."""

    def visible(self, *, staff: bool = False) -> Self:
        """Those that a post which may be seen shows."""
        from talks.models import PostMedia

        uses = PostMedia.objects.filter(is_open("post__", staff=staff), media=OuterRef("pk"), withdrawn=False)
        return self.filter(Exists(uses))


class PostMediaQuerySet(QuerySet):
    """Images as posts show them."""

    def addresses(self) -> dict[int, dict[str, str]]:
        """By post, then by the path that its notes point to: the address at which the image is shown."""
        from talks.models import Media

        found: dict[int, dict[str, str]] = {}
        for post, path, digest, form in self.values_list("post", "path", "media__digest", "media__format"):
            found.setdefault(post, {})[path] = Media(digest=digest, format=form).get_absolute_url()
        return found

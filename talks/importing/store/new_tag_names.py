"""Searches all posts for tags whose names are new with a post's tags."""

from talks.derived import renew_names
from talks.models import Tag


def refresh_mentions_of_new_tags() -> None:
    """Search the whole base for the new tags, once; if a run is killed before, the next one does it."""
    joined = dict(Tag.objects.filter(sought=False).values_list("pk", "name"))
    if joined:
        renew_names(joined.values())
        Tag.objects.filter(pk__in=joined).update(sought=True)

"""Searches all posts for mentions of tags that a post added to the vocabulary."""

from talks.derived import renew_names
from talks.models import Tag


def refresh_mentions_of_new_tags() -> None:
    """Search the whole base for mentions of all tags not yet `sought`: of this run, or of one that was interrupted."""
    joined = dict(Tag.objects.filter(sought=False).values_list("pk", "name"))
    if joined:
        renew_names(joined.values())
        Tag.objects.filter(pk__in=joined).update(sought=True)

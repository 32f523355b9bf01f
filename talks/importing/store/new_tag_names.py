"""Searches all takeaways for mentions of the tags that an import created."""

from talks.derived import renew_names
from talks.models import Tag


def refresh_mentions_of_new_tags() -> None:
    """Search the whole base for mentions of the tags not yet `sought`: of this run, or of one that was interrupted."""
    joined = dict(Tag.objects.filter(sought=False).values_list("pk", "name"))
    if joined:
        renew_names(joined.values())
        Tag.objects.filter(pk__in=joined).update(sought=True)

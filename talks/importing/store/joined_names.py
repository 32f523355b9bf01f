"""Names that joined the vocabulary with a post's tags are looked for in all other posts too."""

from talks.derived import renew_names
from talks.models import Tag


def seek_joined() -> None:
    """Find them in the whole base, once; a run that was killed before leaves it to the next."""
    joined = dict(Tag.objects.filter(sought=False).values_list("pk", "name"))
    if joined:
        renew_names(joined.values())
        Tag.objects.filter(pk__in=joined).update(sought=True)

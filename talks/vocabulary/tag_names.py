"""By which names tags go: those given here, and those that the vocabulary ships for the subject they stand for."""

from collections.abc import Collection

from talks import names
from talks.models import Tag, TagAlias
from talks.vocabulary.shipped_tags import index_shipped, recognise


def read_addresses(slugs: Collection[str]) -> dict[str, str]:
    """The folded name of the tag for each of the addresses that are one of its other names, given here or shipped."""
    given = {names.slugify(name): key for name, key in TagAlias.objects.values_list("name", "tag__folded")}
    shipped = {slug: subject.key for slug in slugs if names.slugify(slug) == slug and (subject := recognise(slug))}
    return shipped | {slug: given[slug] for slug in slugs if slug in given}


def list_spellings(tag: Tag) -> list[str]:
    """All ways to write a tag; it comes with its aliases."""
    own = [tag.name, *(alias.name for alias in tag.aliases.all())]
    subjects = [index_shipped().get(names.fold(name)) for name in own]
    return own + [way for subject in subjects if subject for way, _ in subject.list_spellings() if way not in own]

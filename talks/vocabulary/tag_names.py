"""By which names tags go on pages: in addresses, and in the words of notes, where they are marked."""

from collections.abc import Collection, Iterable

from talks import names
from talks.models import Tag, TagAlias
from talks.vocabulary.compiled_names import Joined, build_vocabulary
from talks.vocabulary.marks import Marker
from talks.vocabulary.shipped_tags import recognise


def read_addresses(slugs: Collection[str]) -> dict[str, str]:
    """The folded name of the tag for each of the addresses that are one of its other names, given here or shipped."""
    given = {names.slugify(name): key for name, key in TagAlias.objects.values_list("name", "tag__folded")}
    shipped = {slug: subject.key for slug in slugs if names.slugify(slug) == slug and (subject := recognise(slug))}
    return shipped | {slug: given[slug] for slug in slugs if slug in given}


def make_marker(tags: Iterable[Tag]) -> Marker:
    """What marks these tags, which come with their aliases, where notes mention them."""
    joined = [
        Joined(tag.folded, tag.name, tuple(alias.name for alias in tag.aliases.all()), tag.everywhere) for tag in tags
    ]
    return Marker(build_vocabulary(joined), frozenset(tag.key for tag in joined))

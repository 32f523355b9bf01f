"""Which tags are meant by addresses that are another name's: `/tags/k8s/` is Kubernetes."""

from collections.abc import Collection

from talks import names
from talks.models import TagAlias
from talks.relating.subjects import recognise


def read_addresses(slugs: Collection[str]) -> dict[str, str]:
    """The folded name of the tag for each of the addresses that are one of its other names, given here or shipped."""
    given = {names.slugify(name): key for name, key in TagAlias.objects.values_list("name", "tag__folded")}
    shipped = {slug: subject.key for slug in slugs if names.slugify(slug) == slug and (subject := recognise(slug))}
    return shipped | {slug: given[slug] for slug in slugs if slug in given}

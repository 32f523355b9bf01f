"""Under which of its addresses a reference is shown. This is the only place that changes it.

It follows from the addresses that notes write and from who may see these, and from nothing else: any order of imports,
edits and removals leads to the same rows. What a draft writes is shown where no notes that everyone may see do.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from talks.derived.address_forms import rank_address
from talks.derived.resources import Resource, read_resource
from talks.models import Citation, Reference
from talks.models.bulk import cut

_CHUNK = 500


def settle_references(references: Iterable[int]) -> int:
    """Give these references, by primary key, the address that they shall have; how many had another one.

    A kind that was guessed from the address is guessed anew; one that a hand has chosen stays.
    """
    count = 0
    for chunk in cut(references, _CHUNK):
        changed = []
        for row, due in _compare(chunk):
            before = read_resource(row.url)
            if before is None or row.kind == before.kind:
                row.kind = due.kind
            row.url, row.host = due.url, due.host
            changed.append(row)
        Reference.objects.bulk_update(changed, ["url", "host", "kind"])
        count += len(changed)
    return count


def refresh_references(talk_ids: Iterable[int]) -> None:
    """Settle those that notes of these talks point to."""
    settle_references(
        Citation.objects.filter(talk__in=talk_ids).order_by("reference").values_list("reference", flat=True).distinct()
    )


def stale_references() -> Iterator[tuple[str, str]]:
    """The address that is shown and the one that should be, of the references for which these are two."""
    keys = Reference.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK)
    for chunk in cut(keys, _CHUNK):
        yield from ((row.url, due.url) for row, due in _compare(chunk))


def _compare(chunk: list[int]) -> Iterator[tuple[Reference, Resource]]:
    citations = Citation.objects.filter(reference__in=chunk)
    written, seen = _read_addresses(citations), _read_addresses(citations.visible())
    for row in Reference.objects.filter(pk__in=written).order_by("pk"):
        best = min(seen.get(row.pk) or written[row.pk], key=rank_address)
        if row.url != best and (due := read_resource(best)) and due.key == row.key:
            yield row, due


def _read_addresses(citations: QuerySet[Citation]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for reference, url in citations.order_by().values_list("reference", "url"):
        found.setdefault(reference, set()).add(url)
    return found

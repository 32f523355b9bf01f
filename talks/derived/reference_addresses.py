"""The address under which a reference is shown: the best in its citations. Only this module changes it.

It follows from the citations and who may see them, so any order of imports, edits and removals leads to the same rows.
An address that only drafts contain is shown where no public notes contain one.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from talks.derived.resources import Resource, rank_address, read_resource
from talks.models import Citation, Reference
from talks.models.bulk import cut

_CHUNK = 500


def refresh_addresses(references: Iterable[int]) -> int:
    """Correct the addresses of references, given by id, and return how many were wrong.

    A kind that was guessed from the address is guessed anew; a kind that an editor chose stays.
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
    """Correct the addresses of the references that these talks cite."""
    refresh_addresses(
        Citation.objects.filter(talk__in=talk_ids).order_by("reference").values_list("reference", flat=True).distinct()
    )


def find_stale_references() -> Iterator[tuple[str, str]]:
    """Yield the address that is shown and the right one, for each reference where they differ."""
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

"""Finds the talks whose notes link to a web address that a reader searches for."""

import numpy as np

from talks.models import Citation, read_resource
from talks.search.documents import Zone
from talks.search.engine import read_sources
from talks.search.occurrences import Occurrences, Reader
from talks.search.postings import find_first_place, locate


def find_linking(address: str, reader: Reader) -> Occurrences | None:
    """Return the places of takeaways that link to the address in any of its spellings.

    A link outside takeaways has the place of the talk's references. Only links that the reader may see count; None if
    there are none.
    """
    resource = read_resource(address)
    if resource is None:
        return None
    cited = (
        Citation.objects.visible(staff=reader.staff).filter(reference__key=resource.key).order_by("talk", "position")
    )
    pairs = list(cited.values_list("talk", "takeaway"))
    sources = read_sources({talk for talk, _ in pairs})
    found = []
    for talk, takeaway in pairs:
        block, slot = locate(talk)
        own = sources.get(talk, [])
        unit = Zone.NOTES + own.index(takeaway) if takeaway in own else Zone.REFERENCE
        if talk in sources and block in reader.snapshot.bases:
            found.append((reader.snapshot.bases[block] + slot, find_first_place(unit)))
    rows = [row for row, _ in found]
    places = [place for _, place in found]
    return Occurrences(np.array(rows, np.int64), np.array(places, np.int64), np.ones(len(found))) if found else None

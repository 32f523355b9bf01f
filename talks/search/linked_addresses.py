"""Finds the talks whose notes link to a web address that a reader searches for."""

import numpy as np

from talks.models import Citation, read_resource
from talks.search.documents import Zone
from talks.search.engine import read_sources
from talks.search.occurrences import Occurrences, Reader
from talks.search.postings import find_first_place, locate


def find_linking(address: str, reader: Reader) -> Occurrences | None:
    """Return an occurrence for each link to the address, in any spelling; None if the reader may see no such link.

    A link counts like a word at the beginning of the takeaway that has it. A link outside takeaways counts like the
    first word of the zone `REFERENCE`, where a talk's document has its references.
    """
    resource = read_resource(address)
    if resource is None:
        return None
    cited = Citation.objects.visible(staff=reader.staff).filter(reference__key=resource.key)
    pairs = list(cited.order_by("talk", "position").values_list("talk", "takeaway"))
    sources = read_sources({talk for talk, _ in pairs})
    rows, places = [], []
    for talk, takeaway in pairs:
        block, slot = locate(talk)
        own = sources.get(talk, [])
        unit = Zone.NOTES + own.index(takeaway) if takeaway in own else Zone.REFERENCE
        if talk in sources and block in reader.snapshot.bases:
            rows.append(reader.snapshot.bases[block] + slot)
            places.append(find_first_place(unit))
    return Occurrences(np.array(rows, np.int64), np.array(places, np.int64), np.ones(len(rows))) if rows else None

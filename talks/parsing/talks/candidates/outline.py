"""Evidence from the place of a heading in the post's outline, together with the kind of the post."""

from collections.abc import Mapping

from talks.parsing.talks.announcements import announces_notes
from talks.parsing.talks.decision_trees import SETTLED_ALONE
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate

# Headings that only gather those below them.
_GATHERING = frozenset(
    {"is what such posts call something else than a talk", "announces talks", "is a label", "names an event"}
    | {"names a day"}
)
_GATHERS, _TOP, _INSIDE, _DEEP = "gathers others", "is at the top", "stands inside a section", "stands deep"
FOR_TREES = (_GATHERS, _TOP, _INSIDE, _DEEP)
"""How the reasons of this module's evidence begin. Only trees weigh them: they tell nothing by themselves."""


def describe_outline(document: Document, headings: Mapping[int, Candidate]) -> dict[int, list[tuple[str, float]]]:
    """Return for each heading the evidence that tells its place in the outline, as pairs of (reason, strength).

    The title of a post about an event, days and the like gather the headings below them. A heading that is only below
    such headings is at the top, any other one inside a section, more or less deep. Each place is also told together
    with the kind of post. A heading that is clearly something else than a talk has no entry.
    """
    groups = {number for number in headings if _gathers(document, headings[number])}
    depths: dict[int, int] = {}
    for number in document.headings:
        above = document.find_parent(number)
        depths[number] = depths[above] + (above not in groups) if above >= 0 else 0
    post = [
        ("of a post that tells of an event", float(document.tells_of_event)),
        ("of a post in a folder of an event, of talks or of notes", float(document.lies_among_talks)),
        ("of a post that announces notes", float(announces_notes(document))),
        ("of a post of lists", document.list_share),
    ]
    found = {}
    for number, candidate in headings.items():
        if candidate.has_any(SETTLED_ALONE):
            continue
        place = _GATHERS if number in groups else _INSIDE if depths[number] else _TOP
        found[number] = [(place, 1.0), (_DEEP, depths[number] / 2)]
        found[number] += [(f"{place} {kind}", strength) for kind, strength in post]
    return found


def _gathers(document: Document, candidate: Candidate) -> bool:
    number = candidate.start
    if document.find_next_heading(number) >= document.find_end(number):
        return False
    title = number == document.headings[0] and document.tells_of_event
    return title or candidate.has_any(_GATHERING)

"""Well-known series of events in their proper spelling, with other spellings that people use.

`series_and_aliases.txt` has a series a line: "Name", or "Name = other spelling, another one". Case, spaces and
signs do not matter: "re:Invent" also covers "reinvent" and "Re Invent".
"""

from talks.parsing.words.word_sets import read_lines

# Names of series that are words of their own, so that a title with such a word need not be about the event.
AMBIGUOUS_SERIES = frozenset({"accu", "build", "goto", "ignite", "lca", "next", "nips", "strata", "universe"})

# Events that are numbered rather than dated: from an edition on, its year, and how many there are in a year.
NUMBERED: dict[str, tuple[tuple[int, int, int], ...]] = {
    "c3": ((1, 1984, 1), (37, 2023, 1)),
    "defcon": ((1, 1993, 1),),
    "fisl": ((1, 2000, 1), (18, 2018, 1)),
    "scale": ((1, 2003, 1), (19, 2022, 1)),
    "ietf": ((47, 2000, 3),),
    "nanog": ((48, 2010, 3),),
    "ripe": ((60, 2010, 2),),
}


def _read_known() -> dict[str, tuple[str, ...]]:
    known = {}
    for line in read_lines("series_and_aliases.txt"):
        name, _, others = line.partition(" = ")
        known[name] = tuple(others.split(", ")) if others else ()
    return known


KNOWN_SERIES = _read_known()

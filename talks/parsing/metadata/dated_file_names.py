"""Reads the event in the name of a file that is called by event and date, as most files beside it are."""

import re
from collections import Counter
from collections.abc import Sequence

from talks.parsing.metadata.path_events import FILE_ENDING, PathEvent, is_common, read_part, write_camel
from talks.parsing.metadata.series_names import fold_without_spaces
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.given_names import is_person_name

_LEAST, _SHARE, _REPEATED = 5, 0.6, 0.3
# A mark of few small letters, an event with capitals, and a date or year: "crMossDays2014-07-09Plenary", "Oak_2017-05".
_MARK = re.compile(r"([a-z]{1,4})(?=[A-Z])")
_CALLED = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][^\W_]*[^\W\d_])[-_ ]?(?P<year>{EVENT_YEAR})(?!\d)"
    r"(?P<date>[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?(?!\d))?"
)


def find_mark(names: Sequence[str]) -> str | None:
    """Return what stands before the event in the names of a folder's files, such as "cr" or ""; else None.

    It is None unless most of the files, five at least, are called by event and date, and a third of these have an event
    that another file has with another date.
    """
    stems = [FILE_ENDING.sub("", name) for name in names]
    marks = Counter(match[1] for match in map(_MARK.match, stems) if match)
    mark, count = (marks.most_common(1) or [("", 0)])[0]
    mark = mark if count >= _SHARE * len(stems) else ""
    called = {match[0]: match for stem in stems if (match := _match(stem, mark)) and match["date"]}
    events = Counter(fold_without_spaces(match["name"]) for match in called.values())
    repeated = sum(count for count in events.values() if count > 1)
    return mark if len(called) >= max(_LEAST, _SHARE * len(stems)) and repeated >= _REPEATED * len(called) else None


def read_marked_event(stem: str, mark: str | None) -> PathEvent | None:
    """Return the event in a file's name, in a folder whose files have this mark (`find_mark`), or None."""
    match = _match(stem, mark) if mark is not None else None
    if not match:
        return None
    part = read_part(match["name"])
    if part.kind != "named" or is_common(part.words) or is_person_name(part.words):
        return None
    name = write_camel(match["name"])
    return PathEvent(name, int(match["year"]), True, "files beside it are called by event and date, too")


def _match(stem: str, mark: str) -> re.Match[str] | None:
    return _CALLED.match(stem.removeprefix(mark)) if stem.startswith(mark) else None

"""Parts years and numbers from the names of events that are written as one word with them."""

import re

from talks.names import fold_words
from talks.parsing.metadata.series_names import find_series
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.common import COMMON_WORDS
from talks.parsing.words.event_words import EVENT_REGIONS, PLACES
from talks.parsing.words.series import NUMBERED

_SURE_ENDINGS = ("conf", "con", "fest", "camp", "summit", "days", "kaigi")
_SURE_LENGTH = 5
_FIRST_SHORT_YEAR = "03"
# A name written with dashes beside its year: "2019-Garden-Summit", "Moss-Conf-2018".
_DASHED = re.compile(
    rf"(?<!\S)(?:({EVENT_YEAR})-([^\W\d_][^\s-]*(?:-[^\W\d_][^\s-]*){{0,3}})"
    rf"|([^\W\d_][^\s-]*(?:-[^\W\d_][^\s-]*){{1,3}})-({EVENT_YEAR}))(?!\S)"
)
_YEAR_AND_PLACE = re.compile(r"(?<![A-Za-z\d])([A-Z][A-Za-z]{2,30}?)([0-2]\d)([A-Z][A-Za-z]{1,15})(?![A-Za-z\d])")
_ACRONYM_AND_PLACE = re.compile(r"(?<![\w.])([A-Z]{3,8})([0-2]\d)(?= ([A-Z]\w+))")
_SHORT_YEAR = re.compile(r"['’](?<=[A-Za-z].)(?=\d\d(?!\d))")
_NUMBER_BESIDE = re.compile(r"[0-2]\d(?:(?<=[A-Za-z]\d\d)|(?<=[A-Za-z][ -]\d\d))")
_NAME_AND_NUMBER = re.compile(r"(?<![\w.])([A-Za-z][\w.:!/+]{2,30}?[A-Za-z])[ -]?([0-2]\d)(?!\w|%|[.:/]\d|\s*[ap]m\b)")
_FILE_NUMBER = re.compile(r"(?<!\S)\d{1,4}_(?=[A-Z])")


def spread_years(text: str) -> str:
    """Return the text with years apart from names: "ToolConf '19" for "ToolConf'19".

    "2019-Moss-Summit" becomes "Moss Summit 2019", and "101_MossFest 2019", as files are numbered, "MossFest 2019".
    """
    text = _FILE_NUMBER.sub("", text) if "_" in text else text
    numbered = bool(_NUMBER_BESIDE.search(text))
    if numbered:
        text = _ACRONYM_AND_PLACE.sub(_split_place_behind, _YEAR_AND_PLACE.sub(_split_place, text))
    if "-" in text:
        text = _DASHED.sub(lambda m: f"{(m[2] or m[3]).replace('-', ' ')} {m[1] or m[4]}", text)
    text = _SHORT_YEAR.sub(" '", text)
    return _NAME_AND_NUMBER.sub(_mark_year, text) if numbered else text


def _split_place(match: re.Match[str]) -> str:
    """Return "GardenCon China '19" for "GardenCon19China"; the whole match if it names no event and place."""
    event = find_series(match[1]) or match[1].casefold().endswith(_SURE_ENDINGS)
    placed = fold_words(match[3]) in PLACES or match[3] in EVENT_REGIONS
    return f"{match[1]} {match[3]} '{match[2]}" if event and placed and match[2] >= _FIRST_SHORT_YEAR else match[0]


def _split_place_behind(match: re.Match[str]) -> str:
    """Return "MOSS '19" for "MOSS19" before a place, "MOSS19 Oslo"; else the whole match."""
    placed = fold_words(match[3]) in PLACES and match[2] >= _FIRST_SHORT_YEAR
    return f"{match[1]} '{match[2]}" if placed else match[0]


def _mark_year(match: re.Match[str]) -> str:
    """Return name and two digits with " '" between if the name is evidently an event ("WWDC '22"); else unchanged."""
    folded = match[1].casefold()
    known = find_series(match[1]) is not None and folded not in COMMON_WORDS
    ends = folded.endswith(_SURE_ENDINGS) and len(folded) > _SURE_LENGTH
    counted = NUMBERED.keys() & {folded.replace(" ", "")}
    evident = (known or ends) and not counted and any(c.isupper() for c in match[1])
    return f"{match[1]} '{match[2]}" if evident and match[2] >= _FIRST_SHORT_YEAR else match[0]

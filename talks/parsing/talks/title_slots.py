"""Finds the time and place of a talk in its title: day, time, room, track, code, length."""

import re
from functools import lru_cache

from talks.late_patterns import compile_late
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.words.calendar import DAY_WORDS, MONTHS, NUMBER_WORDS, WEEKDAYS
from talks.parsing.words.talk_words import PLACE_WORDS, TALK_WORDS
from talks.parsing.words.word_sets import match_any

_CLOCK = r"\d{1,2}(?:[:h.]\d{2}|(?![:h.]\d{2}))\s*(?:[ap]\.?m\b\.?|uhr\b)?"
_TOLD = r"(?=\d{1,2}(?:[:h.]\d{2}|\s*[ap]m\b|\s*uhr\b))"  # minutes or a word: a bare number is no time
_TIME = rf"(?:(?:at|um|à|@|~)\s*)?{_TOLD}{_CLOCK}(?:\s*(?:[-–—~]|to|bis)\s*{_CLOCK})?"
# Only with a sign behind it: "1030 - Roses", "14h : Roses", but "24h in a garden".
_BARE_TIME = r"(?:0[7-9]|1[0-8])[0-5][05](?:\s*[-–—]\s*(?:0[7-9]|1\d)[0-5][05])?(?!\d)|[0-2]?\d\s?h\b"
_SHORT_WEEKDAYS = frozenset({"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun"})
_WEEKDAY = rf"(?:{match_any(WEEKDAYS)}|{match_any(_SHORT_WEEKDAYS)})\b\.?"
_MONTH = match_any(MONTHS)
_DATE = rf"(?:(?:{_MONTH})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\.?\s+(?:{_MONTH})\b\.?)(?!\d)"
_NUMBERED_DAY = rf"(?:(?:{match_any(DAY_WORDS)})\s*#?\d{{1,2}}|d[1-9])(?!\w)"
_DAY = rf"(?:{_NUMBERED_DAY}|{_WEEKDAY}|{_DATE})"
_WHERE = match_any(PLACE_WORDS)
_PLACE_CODE = r"[#№]?\s?(?-i:\d{1,3}[A-Za-z]?|[A-ZА-Я]\d{0,3})(?!\w)"
# The room of a building: "UB2.252A", "K.1.105 (Main hall)".
_ROOM_CODE = r"(?-i:[A-Z]{1,3}\d?(?:\.\d)?\.\d{3,4}[A-Za-z]?)(?!\w)(?:\s*\([^()]{1,30}\))?"
_PLACE = rf"(?:{_ROOM_CODE}|(?:{_WHERE})\s+{_PLACE_CODE}|(?:main|big|large|small)\s+(?:{_WHERE})\b)"
# The code of a session, "DAT304", "GPSTEC302"; a talk may be about "RFC2616".
_CODE = r"(?-i:(?!RFC|ISO|CVE|PEP|JSR|KIP)[A-Z]{3,6}(?!19\d\d|20\d\d)\d{3,4}(?:-[A-Z]\d?)?)(?!\w)"
_MARKED_CODE = r"(?-i:[A-Z]{2,8}[ -]?\d{2,5}(?:-[A-Z]\d?)?)"
NUMBERED_TALK = r"(?:talk|session|chapitre|chapter|part|partie|teil|parte|keynote)\s*#?\d{1,3}"
_NUMBER = rf"(?:{NUMBERED_TALK}(?=\s*[:.@–—-]))"
_LENGTH = (
    r"(?:(?:duration|length|dauer|durée|duración)\s*:?\s*\d[\d:h.]*\s*\w{0,8}|\d{1,2}(?::\d{2}){1,2}"
    r"|\d{1,3}\s*(?:h|hrs?|hours?|min|mins|minutes?|minuten|minutos)\.?)"
)
_BREAK = r"(?:\s*(?:[-–—:：|,/·@]|--)\s*)"
_PART = rf"(?:{_DAY}|{_TIME}|{_BARE_TIME}|{_PLACE}|{_CODE})"
_PARTS = rf"{_PART}(?:(?:{_BREAK}|\s+){_PART}){{0,4}}"
# In front of a title: parts in brackets, or parts that a sign or, after a time, a space sets apart.
_FRONT = compile_late(
    rf"[\[(]\s*(?:{_PARTS}|{_MARKED_CODE}|{_LENGTH})\s*[\])]{_BREAK}?\s*"
    rf"|(?:{_NUMBER}{_BREAK})?(?:{_DAY}(?:{_BREAK}|\s+)){{0,3}}(?:{_TIME}(?:\s*[-–—:：|,/·]\s*|\s+)(?:{_PARTS}{_BREAK})?"
    rf"|(?:{_BARE_TIME}|{_PLACE}|{_CODE})(?:(?:{_BREAK}|\s+){_PART}){{0,3}}\s*(?:\s[-–—|/·]|[:：,])\s+)"
    rf"|{_NUMBERED_DAY}(?:{_BREAK}|\s+){NUMBERED_TALK}\s*(?:\s[-–—|/·]|[:：,])\s+",
    re.IGNORECASE,
)
# Behind one: parts in brackets, "10:15 am, Day 1"; a time alone could be what the talk is about.
_END_IN_BRACKETS = compile_late(
    rf"\s*[(\[]\s*(?:(?={_PART})(?!{_NUMBERED_DAY}\s*[)\]]|{_WEEKDAY}\s*[)\]]){_PARTS}|{_MARKED_CODE}|{_LENGTH})\s*[)\]]\s*\Z"
    r"|\s*[(\[][^()\[\]]{0,40}?\b\d{1,2}[:h.]\d{2}\s*[-–—~]\s*\d{1,2}[:h.]\d{2}[^()\[\]]{0,30}[)\]]\s*\Z",
    re.IGNORECASE,
)
_END = compile_late(rf"(?<![\s,.|(–—-])[\s,.|(–—-]+{_TIME}[\s,.–—-]+{_NUMBERED_DAY}\)?\s*\Z", re.IGNORECASE)
_ONLY_TIME = compile_late(rf"\s*[\[(]?{_TIME}[\])]?\s*\Z", re.IGNORECASE)
_ONLY_PARTS = compile_late(
    rf"\s*[\[(]?(?:{_PARTS}|{_LENGTH})(?:{_BREAK}(?:{_PART}|{_LENGTH})){{0,4}}[\])]?\s*\Z", re.IGNORECASE
)
_ONLY_DAY = compile_late(rf"\s*{_DAY}\s*\Z", re.IGNORECASE)
_ORDINAL = match_any(NUMBER_WORDS)
_ONLY_PLACE = compile_late(
    rf"\s*(?:{_PLACE}|(?:{_ORDINAL})\s+(?:{_WHERE})|(?:第\s*)?[0-9一二三四五A-Z]\s*(?:会場|會場|分会场|会议室)"
    r"|(?:会場|会议室|ホール|トラック|ルーム)\s*[0-9A-Z])"
    r"\s*:?\s*\Z",
    re.IGNORECASE,
)
# "Keynote 1", "Session #2", "첫번째 세션", "3番目のセッション".
_ONLY_NUMBER = compile_late(
    rf"\s*(?:{NUMBERED_TALK}|(?:{_ORDINAL})\s+(?:{match_any(TALK_WORDS)})"
    r"|(?:\d{1,2}|[\uac00-\ud7af]{1,2})\s?(?:번째|番目の|つ目の|本目の)\s?(?:세션|발표|セッション|発表|講演)"
    r"|(?:세션|발표|セッション|発表|講演|演讲|议题)\s*#?\d{1,2}|第[\d一二三四五六七八九十]{1,2}[场場个個]?(?:演讲|演講|分享|议题|議程))\s*[:：]?\s*\Z",
    re.IGNORECASE,
)
_FIRST_WORD = compile_late(r"[\W_]*(\w*(?:\.\d)?)")
_SLOT_WORDS = frozenset(
    re.split(r"\W", word, maxsplit=1)[0]
    for word in (*DAY_WORDS, *WEEKDAYS, *_SHORT_WEEKDAYS, *MONTHS, *NUMBER_WORDS, *PLACE_WORDS)
) | {
    *("at", "um", "à", "main", "big", "large", "small", "duration", "length", "dauer", "durée", "duración"),
    *("talk", "session", "chapitre", "chapter", "part", "partie", "teil", "parte", "keynote"),
}
_MOST_TURNS = 3
_LONGEST = 120


def is_slot(plain: str) -> bool:
    """Whether a text is only a time of day, or a start and an end."""
    return bool(_ONLY_TIME.match(plain))


def is_numbered_talk(plain: str) -> bool:
    """Whether a text is only a kind of talk and its number: "Keynote 1", "First talk"."""
    may = len(plain) <= _LONGEST and (may_be_slot(plain) or not plain.isascii())
    return may and bool(_ONLY_NUMBER.match(plain))


def is_slot_line(plain: str) -> bool:
    """Whether a line only says when, where or how long a talk was: "Ballroom A, 10:30 AM"; a mere day is not enough."""
    may = len(plain) <= _LONGEST and may_be_slot(plain)
    return may and bool(_ONLY_PARTS.match(plain)) and not _ONLY_DAY.match(plain)


def is_place(plain: str) -> bool:
    """Whether a heading is only a place at the venue: "Sala A", "Зал 1", "第1会場"."""
    may = len(plain) <= _LONGEST and (may_be_slot(plain) or not plain.isascii())
    return may and bool(_ONLY_PLACE.match(plain))


@lru_cache(maxsize=4096)  # a title is asked about as it is written, and again without its marks
def drop_slot(plain: str) -> str:
    """Return a title without time and place, code or length after it: "10:15 am, Day 1", "[45 min]", "(Room 2)"."""
    end = plain.rstrip()[-2:]
    starts = []
    if end[-1:] in (")", "]"):
        bracket = max(plain.rfind("("), plain.rfind("["))
        start = len(plain[: max(bracket, 0)].rstrip())
        if bracket >= 0 and _END_IN_BRACKETS.match(plain, start):
            starts.append(start)
    if any(map(str.isdecimal, end)) and (slot := _END.search(plain)):
        starts.append(slot.start())
    return plain[: min(starts, default=0)] or plain


def may_be_slot(plain: str, start: int = 0) -> bool:
    """Whether time or place of a talk may begin at `start`: a fast test of the first word, as few texts have them."""
    first = _FIRST_WORD.match(plain, start)
    word = first[1] if first and first.start(1) == start else ""
    return not word.isalpha() or word.casefold() in _SLOT_WORDS


def measure_slot(plain: str, start: int = 0) -> int:
    """Return the index at which the title begins after time, place or code at `start`.

    It is `start` itself without them, or if no title follows them.
    """
    for _ in range(_MOST_TURNS if may_be_slot(plain, start) else 0):
        slot = _FRONT.match(plain, start)
        if not slot or slot.end() >= len(plain):
            break
        start = slot.end()
    return start


def drop_front_slot(plain: str) -> tuple[str, int | None]:
    """Return (title without time and place before it, day there or None): ("Roses", 1) of "Day 1 - 1030 - Roses"."""
    end = measure_slot(plain)
    return plain[end:], read_day(plain[:end]) if end else None

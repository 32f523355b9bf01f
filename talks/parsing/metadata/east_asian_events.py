"""Finds names of events in titles and sentences in Chinese, Japanese and Korean."""

import re
from collections.abc import Iterator

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.metadata.found_events import EventName
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.common import COMMON_WORDS, EVERYDAY_WORDS

# A whole title "At MossLand", "I took part in MossLand" in Chinese or Japanese, also with signs around it: "[Moss]
# MossLand参加メモ #moss".
_NAME = r"[A-Za-zÀ-ɏ0-9_.+&'’:/-]+"
_EDITION = r"(?:#|vol\.?\s?|第)\s?\d{1,3}(?![\d選章話部])回?"
_TOOK_PART = compile_late(
    r"(?:[\[【][^\[\]【】]{1,30}[\]】]\s*)?(?P<before>在|参加了?)?\s*"
    rf"(?P<name>(?=[A-Z]){_NAME}(?: {_NAME}){{0,7}}?)\s*(?:{_EDITION}\s*)?"
    r"(?P<after>(?:に|へ)(?:参加|行)[\u3040-\u9fff]*|(?:参会|参加)[\u30a0-\u30ff\u3400-\u9fff]*)?(?:\s*#\w+)*\s*[!！。]?\Z"
)
# "moss.tokyo #3", "Moss Night vol.3" and "Moss Night 第3回", in a title that says that somebody took part.
_COUNTED = compile_late(rf"(?P<name>(?<!\w)[A-Za-z]{_NAME}(?: {_NAME}){{0,5}}?)\s*{_EDITION}", re.IGNORECASE)
_REPORTED = re.compile("参加|行って|行った|行きました|登壇|レポ|勉強会")
_EAST_ASIAN = compile_late(
    r"(?:\A|(?<=[^\u3400-\u9fff])|(?<=[年月日]))(?![年月日]|这|本|一)[\u3400-\u9fff]{2,10}?(?:沙龙|沙龍|大[会會]|峰[会會]|年[会會]|論壇|研讨会|研討會)"
)
# What is counted behind the word for an event is no edition: "30分", "10のコツ", "5選".
_JAPANESE_EDITION = compile_late(
    r"(?<!\w)([\w&+-]{1,24}?(?:勉強会|会議|カンファレンス|ミートアップ|もくもく会))\s?(?:#|vol\.?\s?|第)?\s?(?!20\d\d)\d{1,3}"
    r"(?![\d年月日時分秒週周人名個つ選本冊件点社倍円%％]|の(?:コツ|ポイント|方法|理由|こと|法則))",
    re.IGNORECASE,
)
_LATIN_BEFORE = re.compile(r"[A-Za-z]\w*[ +]*(?:20\d\d)?[ +]*\Z")
_YEAR_BEFORE = re.compile(rf"({EVENT_YEAR})年[^年]{{0,12}}\Z")
_KOREAN_TITLE = compile_late(
    rf"\s*(?=[^\uac00-\ud7af]*[\uac00-\ud7af])([^\W\d][\w.&/+-]*(?: [\w.&/+-]+){{0,4}}) ({EVENT_YEAR})\s*\Z"
)


def find_east_asian_events(text: str) -> Iterator[EventName]:
    """Yield the possible names of events in a short plain text that is not all in ASCII."""
    yield from _took_part(text)
    yield from _counted(text)
    yield from _east_asian(text)
    yield from _japanese(text)
    yield from _korean(text)


def _took_part(text: str) -> Iterator[EventName]:
    """Yield the event's name from a title that only says "At MossLand" or "Went to MossLand" in Chinese or Japanese."""
    if (whole := _TOOK_PART.match(text)) and (whole["before"] or whole["after"]):
        yield EventName(whole["name"], None, 1.4, "somebody went there", whole.start("name"))


def _counted(text: str) -> Iterator[EventName]:
    """Yield names with the number of an edition from a title that reports of it: "moss.tokyo #3 参加メモ"."""
    for match in _COUNTED.finditer(text) if _REPORTED.search(text) else ():
        if not all(word in COMMON_WORDS or word in EVERYDAY_WORDS for word in fold_words(match["name"]).split()):
            yield EventName(match["name"], None, 3.0, "its editions are counted", match.start())


def _east_asian(text: str) -> Iterator[EventName]:
    """Yield runs of Chinese characters that end in a word for events: "2014年海边技术沙龙活动回顾"."""
    for match in _EAST_ASIAN.finditer(text):
        if _LATIN_BEFORE.search(text[max(0, match.start() - 60) : match.start()]):
            continue  # "QCon 全球软件开发大会" is called QCon
        year = _YEAR_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
        yield EventName(match[0], int(year[1]) if year else None, 1.6, "it ends in a word for events", match.start())


def _japanese(text: str) -> Iterator[EventName]:
    """Yield names behind which the number of an edition stands: "苔の勉強会 #3", "大苔Ruby会議03"."""
    for match in _JAPANESE_EDITION.finditer(text):
        yield EventName(match[1], None, 4.0, "its editions are counted", match.start())


def _korean(text: str) -> Iterator[EventName]:
    """Yield "모스 위크" and 2019 from the short title "모스 위크 2019": Korean has no capitals that show a name."""
    if match := _KOREAN_TITLE.match(text):
        yield EventName(match[1], int(match[2]), 3.0, "a year follows it", 0)

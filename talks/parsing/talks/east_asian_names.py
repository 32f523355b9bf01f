"""Reads names in Chinese, Japanese and Korean, with a company or a title of address beside them."""

from collections.abc import Iterator

from talks.late_patterns import compile_late
from talks.names import is_unspaced
from talks.parsing.words.talk_words import CHINESE_FAMILY_NAMES, JAPANESE_FAMILY_NAMES, NAMELESS_WORDS, TALK_WORDS
from talks.parsing.words.word_sets import match_any

# A frequent Korean surname and one or two syllables.
_KOREAN = (
    "[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방"
    "맹길석염왕옥탁현공]"
)
EAST_ASIAN_NAME = compile_late(
    rf"{_KOREAN}[\uac00-\ud7af]{{1,2}}\Z|[\u3400-\u9fff々]{{2,4}}\Z"
    r"|[\u30a0-\u30ff]{2,12}(?:[・＝ ][\u30a0-\u30ff]{1,12}){1,3}\Z"
)
# Most Korean names have three syllables; too many common words of two begin like a surname.
_FULL_KOREAN = rf"{_KOREAN}[\uac00-\ud7af]{{2}}(?!\w)"
# With a frequent family name: "山田太郎", "山田 太郎". Given names in Chinese have no kana.
_JAPANESE, _CHINESE = match_any(JAPANESE_FAMILY_NAMES), match_any(CHINESE_FAMILY_NAMES)
_FULL_EAST_ASIAN_NAME = compile_late(
    rf"{_FULL_KOREAN}\Z|(?:{_JAPANESE})[ \u3000]?[\u3040-\u30ff\u3400-\u9fff]{{1,3}}\Z"
    rf"|(?:{_CHINESE})[ \u3000]?[\u3400-\u9fff]{{1,2}}\Z"
)
_NAME_LAST = compile_late(rf"(?!{_FULL_KOREAN}\s)(\S(?:.*?\S)??)\s++([\u3400-\u9fff]{{2,4}}|{_FULL_KOREAN})\s*\Z")
# "Initech Roofs 김민수", "모스코리아 김민수": a few short words before the name.
_KOREAN_COMPANY = r"(?:[A-Z][\w.&-]*|[\uac00-\ud7af]{2,8})"
_KOREAN_LAST = compile_late(
    rf"(?!{_FULL_KOREAN}\s)({_KOREAN_COMPANY}(?: {_KOREAN_COMPANY}){{0,3}})\s+({_FULL_KOREAN})\Z"
)
# "김민수 모스코리아 CTO", with a role at the end.
_KOREAN_FIRST = compile_late(
    rf"({_FULL_KOREAN})\s+((?:\S+\s+){{1,4}}(?:C[ETIO]O|VP|대표|개발자|엔지니어|교수|팀장|리더|이사|연구원))\Z"
)
# Any name in Hangul before a company: one word in Latin letters, or a long one.
_NAME_FIRST = compile_late(r"([\uac00-\ud7af]{2,4})\s+([A-Za-z][\w.&-]+|[\uac00-\ud7af]{4,})\s*\Z")
# "김민수 Initech", "박서연 모스코리아, …": only a space sets the company apart from the name.
_COMPANY_BEHIND = compile_late(
    rf"(?<![^\s,、;/])({_FULL_KOREAN})\s+(?!(?:및|와|과|and)\s|{_FULL_KOREAN}\s*(?:[,、;/]|\Z))"
    r"([^\s,、;/()（）@|–—-][^,、;/()（）@|–—]+)"
)
_TITLE_OF_ADDRESS = "さん|君|氏|先生|老师|老師|様|님|씨"
ADDRESSED = compile_late(rf" ?(?:{_TITLE_OF_ADDRESS})")
_ADDRESS = compile_late(rf"(?:の(?:お?話|{match_any(TALK_WORDS)})|{_TITLE_OF_ADDRESS}|博士|教授)\Z")
# A title of address, and a word for a talk right behind it: "김민수님의 발표입니다", "会社の山田さんが発表".
_GIVES_TALK = compile_late(
    r"(?<![^\W\u3040-\u309f])"
    r"(@?[A-Za-z][A-Za-z0-9_.-]{1,30}(?: [A-Z][A-Za-z.-]{1,20}){0,2}|@[A-Za-z0-9_-]{2,30}"
    r"|[\uac00-\ud7af]{2,4}?|[\u3005\u30a0-\u30ff\u3400-\u9fff]{2,8}?) ?"
    rf"(?:{_TITLE_OF_ADDRESS})(?:께서|의|이|の|が|による|的)?\s*(?:ご|お)?(?:{match_any(TALK_WORDS)})"
)
# What stands before a title of address: a short name in letters of one script, perhaps with a company before it.
_CALLED = compile_late(
    r"(?:((?:[^\s\u3040-\u309f]{1,12} ){1,3})(?=[\u3005-\u9fff]))?"
    r"([\u3005\u3040-\u30ff\u3400-\u9fff]{1,8}|[\uac00-\ud7af]{1,6}(?: [\uac00-\ud7af]{1,6})?"
    r"|[A-Za-z0-9_.'-]+(?: [A-Za-z][A-Za-z0-9_.'-]*){0,3})\Z"
)
# A family name, and a given name that is no frequent family name: "牛尾 剛", but not "富士通 山田", who works there.
_FAMILY_AND_GIVEN = compile_late(
    rf"(?:\S+[ \u3000])*?(?P<full>[\u3005\u3400-\u9fff]{{1,3}}(?<![社会学])(?<!\w\w[部室所院])"
    rf"[ \u3000](?!(?:{_JAPANESE})\Z)[\u3005\u3040-\u309f\u3400-\u9fff]{{1,4}})\Z"
)
# Who comes next, and why: "まずは主催者田中君" (first the host Tanaka), "두번째는 김민수님" (the second is Kim Minsu).
_OPENING = compile_late(
    r"(?:\w*[\u3040-\u309f\u3400-\u9fff]は[、 ]?(?=[\u30a0-\u30ff\u3400-\u9fff])|[\uac00-\ud7af]+[은는]\s+(?=\S))?"
    r"(?:主催者?|司会者?|代表|幹事|主持人)?(?:の(?=\S))?"
)


def weigh_east_asian(text: str) -> float | None:
    """Return how much the text looks like the full name of one person, from 0 to 0.5; None if it has no form of one."""
    full = has_family_name(text)
    if not full and not EAST_ASIAN_NAME.match(text):
        return None
    return (0.5 if full else 0.35) * _may_be_name(text)


def _may_be_name(text: str) -> bool:
    return all(word not in text for word in NAMELESS_WORDS)


def find_names_before_talk(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each name or handle with a title of address and a word for a talk right behind it."""
    found = _GIVES_TALK.finditer(text) if is_unspaced(text) else ()
    return (match.span(1) for match in found if _may_be_name(match[1]))


def has_family_name(text: str) -> bool:
    """Whether a text has the form of a full name in Chinese, Japanese or Korean, with a frequent family name."""
    return bool(_FULL_EAST_ASIAN_NAME.match(text))


def read_east_asian(text: str) -> tuple[str, str | None, bool]:
    """Return name and company (or None) in a text of one person, and whether it surely is a person.

    That is sure of a name with a title of address, or before a company and a role in Korean: "김민수 모스코리아 CTO".
    """
    name = drop_title_of_address(text)
    if name != text:
        name = _OPENING.sub("", name, count=1) or name
        if match := _FAMILY_AND_GIVEN.match(name):
            return match["full"], name[: match.start("full")].strip() or None, True
        if match := _CALLED.match(name):
            return match[2], (match[1] or "").strip() or None, True
    match = _KOREAN_LAST.match(name)
    if match and weigh_east_asian(match[2]):
        return match[2], match[1], False
    match = _KOREAN_FIRST.match(name)
    return (match[1], match[2], True) if match else (name, None, False)


def drop_title_of_address(text: str) -> str:
    """Return a text without titles of address and words of a speech behind a name: "田中君の発表" is "田中"."""
    name = text if text.isascii() else _ADDRESS.sub("", text).rstrip()
    while name != text and (bare := _ADDRESS.sub("", name).rstrip()) and bare != name:
        name = bare
    return name


def bracket_company(names: str) -> str:
    """Return names with brackets around each company that only a space sets apart from a Korean name before it."""
    return names if names.isascii() else _COMPANY_BEHIND.sub(r"\1 (\2)", names)


def split_company(text: str) -> tuple[str, str] | None:
    """Return (name, company) of a text that has both with a space between, as in "Initech 김민수"; else None.

    Ask it only about the text after a label for speakers.
    """
    if match := _NAME_LAST.match(text):
        return match[2], match[1]
    return (match[1], match[2]) if (match := _NAME_FIRST.match(text)) else None

"""Finds names of events in sentences: words before a year, before "conference", or ending in "Conf"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.metadata.east_asian_events import find_east_asian_events
from talks.parsing.metadata.found_events import EventName
from talks.parsing.metadata.series_names import find_series, read_edition_year, spell_series
from talks.parsing.metadata.year_spacing import spread_years
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.calendar import DAY_WORDS, MONTHS
from talks.parsing.words.common import COMMON_WORDS, EVERYDAY_WORDS
from talks.parsing.words.event_words import (
    EVENT_ENDINGS,
    EVENT_LEADS,
    EVENT_NOUNS,
    EVENT_REGIONS,
    FOLDER_WORDS,
    GATHERINGS,
    NO_EVENTS,
    PLACES,
)
from talks.parsing.words.given_names import GIVEN_NAMES
from talks.parsing.words.talk_words import NOTE_WORDS
from talks.parsing.words.word_sets import match_any

LONGEST_RUN = 5
COUNTS_ITSELF = "it counts itself"
NOTES_TAKEN = "notes were taken of it"
RECAPPED = "a recap of it is told"
AN_EDITION = "an edition of it is told"
_NAMING_KIND = "barcamp"  # such events have no other name than this and the place: "BarCamp Oslo"
_SHORTEST = 3
_MOST_OF_PLACE = 3
_TOKEN = re.compile(r"[\u3001-\u30ff\u3400-\u9fff]+|[^\s\u3001-\u30ff\u3400-\u9fff]+")
# A year, also that of a date such as 20190504.
_YEAR = re.compile(rf"(?:['’])?({EVENT_YEAR})(?:(?!\d)|(?=(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)))|['’](\d\d)(?!\d)")
_DAY_DATE = re.compile(r"\d{4}(?:([-/.])\d{1,2}\1\d{1,2}|\d{4})\Z")
_GLUED_YEAR = re.compile(
    rf"([^\W\d_][\w.:]{{0,60}}?[^\W\d_])[-_]?({EVENT_YEAR})"
    r"(?:(?=\W|\Z|[^\x00-\x7f])|([A-Z][A-Za-z]{1,30})(?![A-Za-z\d_]))"
)
_VISITS = (
    *("attend", "attended", "attending", "visited", "besuch der", "auf der", "war ich bei", "asistido a", "rendu à"),
    *(f"{word} to" for word in ("went", "been", "go", "going", "gone", "trip", "visit")),
    *(f"{word} at" for word in ("was", "were", "day", "days", "week", "time")),
    *(f"{word} from" for word in ("back", "returned", "notes", "takeaways", "impressions", "report")),
)
_VISITED = re.compile(rf"\b(?:{match_any(_VISITS)})\s+(?:the\s+|la\s+|el\s+|l['’])?", re.IGNORECASE)
_VISIT_WORDS = frozenset(words.split()[0] for words in _VISITS)
# "la conférence Mix-IT": the kind before the name, as in Romance languages, German and Russian.
_KIND_FIRST = compile_late(
    r"\b(?:(?:la|le|une|una|a|da|na|à la|die|der|eine|l['’])\s*"
    r"(?:conférence|conferencia|conferência|convention|congrès|congreso|jornada|konferenz|tagung)"
    r"|конференци[яиюей]{1,2})\s+",
    re.IGNORECASE,
)
# "the fifth edition of MossCampus", in several languages.
_EDITION_OF = compile_late(
    r"\b(?:edition of(?: the)?|édition (?:d[eu]|des|de la)|edição d[aeo]|edición (?:del?|de la)"
    r"|edizione (?:d[ei]l?|della)|ausgabe de[rs])\s+",
    re.IGNORECASE,
)
_ENDS_WORD = re.compile(rf"(?:{match_any(EVENT_ENDINGS)})(?![a-z\d])")
# Words between a name and a year that is rather the time of something: "Predictions for 2026".
_BEFORE_TIMES = frozenset(
    ["in", "for", "of", "since", "until", "before", "after", "by", "is", "was", "für", "im", "en", "em"]
)
_BEFORE_SUBJECTS = frozenset(
    ["about", "by", "in", "into", "on", "with", "zu", "zum", "zur", "über", "mit", "sur", "sobre", "su"]
)
_PARTS_OF_YEARS = frozenset(
    ["early", "late", "mid", "end", "anfang", "mitte", "ende", "début", "fin", "inicio", "finales", "fine", "inizio"]
)
_NO_NAMES, _BEHIND_NAMES = EVENT_LEADS | COMMON_WORDS, EVENT_LEADS | EVENT_NOUNS | PLACES
_KINDS_OF_CONFERENCES = frozenset(
    ["abschluss", "fach", "hybrid", "jahres", "medien", "mini", "post", "pre", "presse", "telefon", "un", "video"]
)
_CONNECTORS = frozenset({"and", "&", "+", "for", "und", "et"})
# Any text can be called "notes", but a recap is of an event.
_NOTES_ALONE = NOTE_WORDS - {"recap", "recaps", "roundup", "takeaways", "liveblog", "relacja", "参加してきた", "参加記"}
_REPORTS = frozenset({"report", "reports", "reportback"})
_TELLING = frozenset({*EVENT_NOUNS, *DAY_WORDS, *_REPORTS, *NOTE_WORDS})  # a name stands before one of these
_CAPITAL = re.compile("[A-Z]")
_CAPITAL_LEADS = frozenset({"From", "At"})  # in a title whose words all have capitals: "Musings From MossConf 2019"
_COUNTED = compile_late(
    r"\b(?:(\d\d)(c3)|(def[ -]?con|fisl)[ -]?(\d{1,2})|(scale)[ -]?(\d{1,2})x"
    r"|((?-i:IETF|NANOG|RIPE))[ -]?(\d{2,3}))(?!\w)",
    re.IGNORECASE,
)
# "With" in Italian and Spanish, "firmly" in German; in names of events they have a capital.
_SMALL_WORDS = frozenset({"con", "fest"})
_ROMAN = re.compile(r"[IVX]{1,6}\Z")
_COUNTED_KIND = compile_late(
    r"\b(?<![.,/-])(?:\d{1,2}\s?(?:[ªº°]|os|as|ème|es?)?|[IVX]{1,6})\s+((?:Encontros?|Encuentros?|Jornadas?|Congressos?|Congresos?"
    r"|Congrès|Journées|Rencontres|Convegno|Giornate|Incontro|Simp[óo]sio)(?:\s+(?:d[aeo]s?|du|del|di|della|la))?"
    r"(?:\s+[A-ZÀ-Ý][^\s,;:!?()\[\].]*){1,3})"
)
_MEETINGS = frozenset({"meetup", "meetups", "meet-up", "stammtisch", "usergroup", "apéro"})
_EDITION = re.compile(r"#\d{1,3}")
_HASHTAG = re.compile(r"#([\w-]*[^\W\d_][\w-]*):?")
_CALLED = re.compile(
    rf"\s*([\w.:/-]{{4,40}})\s*(?:[,:]|\s[-–—])\s+(?:\w{{1,3}}\s+)?(?:{match_any(GATHERINGS)})(?!\w)",
    re.IGNORECASE,
)
# Small words by which a stretch of Chinese is part of a sentence, and no name.
_CLAUSE = re.compile("[这那此本于在的了是]")
_TWO_DIGITS = re.compile(r"\d\d")
# One of these is in the folded text of whatever `_KIND_FIRST`, `_EDITION_OF`, `_COUNTED_KIND` and `_COUNTED` match, so
# a word that is added to one of these patterns needs a sign here.
_SIGNS_OF_KINDS = (
    *("conferen", "convention", "congres", "jornada", "konferenz", "tagung", "конференци"),
    *("edition", "edicao", "edicion", "edizione", "ausgabe"),
    *("encontro", "encuentro", "journees", "rencontres", "convegno", "giornate", "incontro", "simposio"),
    *("c3", "defcon", "def con", "fisl", "scale", "ietf", "nanog", "ripe"),
)
_EDGES = '"“”„«»()[]{}<>,;!?*_`#|·'
_WIDE_EDGES = _EDGES + ".:"
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# "MossCC-Konferenz" in German is the conference "MossCC".
_COMPOUND = compile_late(rf"(?<![\w-])([A-ZÄÖÜ][\w.:-]+)-(?=(?:{match_any(GATHERINGS)})(?![\w-]))", re.IGNORECASE)
_GLUED_DASH = re.compile(r"[–—](?<=\w[–—])(?=[^\W\d_])")
_BREAK_AFTER = re.compile(r"(?:[,;:!?|–—)\]\"”»、。，：]|[a-zß-ÿ]{5}\.)\Z")  # "Enough." hardly is an abbreviation
_BREAK_BEFORE = re.compile(r"\A[(\[\"“„«–—|#-]")


@lru_cache(maxsize=1024)  # posts of a blog have the same tags and headings
def find_event_names(text: str) -> tuple[EventName, ...]:
    """Return all possible names of events in a short plain text; words in addresses do not count.

    They are ordered by the kind of evidence, not as in the text; a name with several kinds is there several times.
    """
    text = ADDRESS.sub("|", text) if "://" in text or "www." in text else text
    text = text if text.isascii() else _GLUED_DASH.sub(" – ", text)
    text = _COMPOUND.sub(_part_compound, text) if "-" in text else text
    if dated := bool(_TWO_DIGITS.search(text)):
        text = spread_years(text)
        dated = bool(_YEAR.search(text))
    tokens = [(match[0], match.start()) for match in _TOKEN.finditer(text)]
    words = [token.strip(_WIDE_EDGES).casefold() for token, _ in tokens]
    told = not _TELLING.isdisjoint(words)
    folded = fold_words(text)
    kinds = any(map(folded.__contains__, _SIGNS_OF_KINDS))
    return (
        *(_before_years(tokens) if dated else ()),
        *(_glued(text) if dated else ()),
        *(_by_noun(tokens, words) if told else ()),
        *(_by_ending(tokens) if _ENDS_WORD.search(text.casefold()) else ()),
        *(() if _VISIT_WORDS.isdisjoint(folded.split()) else _visited(text)),
        *(_noted(tokens, words) if told else ()),
        *_called(text),
        *(() if "#" not in text or _MEETINGS.isdisjoint(words) else _counted_meetings(tokens)),
        *((*_kind_first(text), *_counted_kinds(text), *_editions(text)) if kinds else ()),
        *(() if text.isascii() else find_east_asian_events(text)),
        *(_numbered(text) if kinds else ()),
    )


def _part_compound(match: re.Match[str]) -> str:
    """Return the name before a word for conferences, without the hyphen; a word that names no event keeps it."""
    words = set(fold_words(match[1]).split())
    named = match[1][0].isupper() and not words <= _NO_NAMES | EVERYDAY_WORDS | _KINDS_OF_CONFERENCES
    return f"{match[1]} " if named else match[0]


def read_year(token: str) -> int | None:
    """Return the year at the start of a word (`2017`, `2017:`, `'17`), or None."""
    match = _YEAR.match(token.lstrip("(["))
    if not match:
        return None
    return int(match[1]) if match[1] else 2000 + int(match[2])


def _before_years(tokens: Sequence[tuple[str, int]]) -> Iterator[EventName]:
    for index, (token, _) in enumerate(tokens):
        year = read_year(token)
        if year is None:
            continue
        run = _run_before(tokens, index)
        if run and not _BREAK_BEFORE.match(token.replace("(", "")):
            above = tokens[index - 1][0].casefold().rstrip(".").rpartition("/")[2]
            if above in _PARTS_OF_YEARS:
                continue  # "at the end of 2006"
            # "Gardens in 2019", "Gardens October 2019", "Gardens 2019-05-04"
            if above in _BEFORE_TIMES or above in MONTHS or _DAY_DATE.match(token.strip(_WIDE_EDGES)):
                run = [part for part in run if above not in MONTHS or part != tokens[index - 1]]
                if run:
                    yield EventName(_join(run), year, 1.0, "something in a year", run[0][1])
            else:
                run = [*_find_name_before_place(tokens, run), *run]
                place = [] if _BREAK_AFTER.search(token) else _find_place(tokens, index + 1)
                weight = 1.5 if token.startswith("(") else 3.0  # "Gardens (2019)" may be a book
                yield EventName(_join([*run, *place]), year, weight, "a year follows it", run[0][1])
        after = _run_after(tokens, index + 1)
        # Neither "In 2019. Gardens" nor "2019's Gardens"
        closed = _BREAK_AFTER.search(token) or token.endswith((".", "'s", "’s"))
        if after and not closed and not run and not _ends_date(tokens, index):
            yield EventName(_join(after), year, 1.5, "a year precedes it", after[0][1])


def _find_name_before_place(tokens: Sequence[tuple[str, int]], run: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return "Moss" for the run "London" in "Moss conference London 2019"; [] for a run that is more than a place."""
    index = tokens.index(run[0]) - 1
    if index < 1 or fold_words(_join(run)) not in PLACES or tokens[index][0] not in GATHERINGS:
        return []
    return _run_before(tokens, index)


def _ends_date(tokens: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether the year at `index` belongs to the date of a day: "2011/10/22", "22 October 2011", "October 22, 2011"."""
    above = {fold_words(token) for token, _ in tokens[max(0, index - 2) : index]}
    return bool(_DAY_DATE.match(tokens[index][0]) or (above & MONTHS.keys() and any(map(str.isdigit, above))))


def _glued(text: str) -> Iterator[EventName]:
    for match in _GLUED_YEAR.finditer(text):
        if match[1].casefold() not in EVENT_LEADS:
            name = f"{match[1]} {match[3]}" if match[3] else match[1]  # "PyCon2014China"
            yield EventName(name, int(match[2]), 2.5, "a year is part of it", match.start())


def _by_noun(tokens: Sequence[tuple[str, int]], words: Sequence[str]) -> Iterator[EventName]:
    for index, word in enumerate(words):
        token = tokens[index][0]
        if word not in EVENT_NOUNS or index == 0 or (word in _SMALL_WORDS and token.islower()):
            continue
        above = tokens[index - 1][0]
        within = above.islower() and above not in _BEFORE_TIMES  # not "Repository for conference notes"
        run = _run_before(tokens, index) or (_run_before(tokens, index - 1) if within else [])
        own = token.islower() and above.endswith(("'s", "’s"))  # "Ann's conference notes"
        counted = len(run) == 1 and _ROMAN.match(run[0][0])  # "XIV Jornadas"
        if run and not own and not counted and word not in ("day", "days"):
            capital = token.strip(_EDGES)[:1].isupper() and run[-1] == tokens[index - 1]
            year = read_year(tokens[index + 1][0]) if index + 1 < len(tokens) else None
            named = [*run, tokens[index]] if capital else run
            yield EventName(_join(named), year, 2.5, f"“{word}” follows it", run[0][1])


def _by_ending(tokens: Sequence[tuple[str, int]]) -> Iterator[EventName]:
    for index, (token, place) in enumerate(tokens):
        word = token.strip(_EDGES + ".:'’")
        folded = word.casefold().removesuffix("'s").removesuffix("’s")
        kind = (
            folded in COMMON_WORDS or folded in NO_EVENTS or folded.replace("-", "") in EVENT_NOUNS
        ) and folded != _NAMING_KIND
        if len(folded) < 5 or not folded.endswith(EVENT_ENDINGS) or kind:
            continue
        if any(c.isupper() for c in word) or word.startswith("#"):
            after = _find_region(tokens, index + 1) or _run_after(tokens, index + 1)[:1]
            if _BREAK_AFTER.search(token) or (after and fold_words(after[0][0]) in FOLDER_WORDS):
                after = []  # "MossConf Workshop"
            named = [(word, place), *(t for t in after if t[0].strip(_EDGES).isalpha() and len(t[0]) > 1)]
            weight = 1.0 if folded == _NAMING_KIND and len(named) == 1 else 2.0
            yield EventName(_join(named), None, weight, "it ends as names of events do", place)


def _numbered(text: str) -> Iterator[EventName]:
    """Yield events that are named by the number of an edition, with its year: "30C3", "DEF CON 24", "SCaLE 11x"."""
    for match in _COUNTED.finditer(text):
        parts = [part for part in match.groups() if part]
        number, name = parts if parts[0].isdigit() else reversed(parts)
        if year := read_edition_year(re.sub("[ -]", "", name), int(number)):
            yield EventName(spell_series(name), year, 3.0, COUNTS_ITSELF, match.start())


def _visited(text: str) -> Iterator[EventName]:
    """Yield names after words like "I went to"; without further evidence the name may also be that of a shop."""
    for match in _VISITED.finditer(text):
        tokens = [(token[0], token.start()) for token in _TOKEN.finditer(text, match.end(), match.end() + 80)]
        run = _run_after(tokens, 0)
        in_german = match[0].rstrip().casefold().endswith(" der")  # where any noun has a capital
        if run and not (in_german and len(run) == 1 and _join(run).istitle()):
            yield EventName(_join(run), None, 1.2, "somebody went there", run[0][1])


def _noted(tokens: Sequence[tuple[str, int]], words: Sequence[str]) -> Iterator[EventName]:
    """Yield names before a word for notes or a numbered day: "Strange Loop recap", "Strange Loop – Day 2".

    Before "report", only a name with two capitals counts: "MGN report", "mossFEst report". What stands behind "about"
    or before "notes on" is no event: "More about Moss: notes", "Watering: notes on moss".
    """
    for index, word in enumerate(words):
        numbered = word in DAY_WORDS and index + 1 < len(tokens) and tokens[index + 1][0][:1].isdigit()
        reported = word in _REPORTS and len(_CAPITAL.findall(tokens[index - 1][0])) > 1
        if index and (numbered or reported or word in NOTE_WORDS):
            stop = index - (not any(c.isalnum() for c in tokens[index - 1][0]))
            on_subject = not numbered and words[index + 1 : index + 2] and words[index + 1] in _BEFORE_SUBJECTS
            if run := _run_before([(t.rstrip(",:"), place) for t, place in tokens[:stop]], stop):
                first = next(place for place, token in enumerate(tokens) if token[1] == run[0][1])
                if on_subject or (not numbered and first and words[first - 1] in _BEFORE_SUBJECTS):
                    continue
                yield EventName(_join(run), None, 1.0, NOTES_TAKEN if word in _NOTES_ALONE else RECAPPED, run[0][1])
            elif numbered and (match := _HASHTAG.fullmatch(tokens[stop - 1][0])):
                yield EventName(match[1], None, 1.0, NOTES_TAKEN, tokens[stop - 1][1])


def _counted_meetings(tokens: Sequence[tuple[str, int]]) -> Iterator[EventName]:
    """Yield names before the number of an edition, in a text about a meetup: "Meetup report: Oslo Moss Growers #17"."""
    for index, (token, _) in enumerate(tokens):
        if _EDITION.fullmatch(token.rstrip(".,:;)")) and len(run := _run_before(tokens, index)) > 1:
            yield EventName(_join(run), None, 2.0, "its editions are counted", run[0][1])


def _called(text: str) -> Iterator[EventName]:
    """Yield names that a title explains as a conference, in any spelling: "glassmorze – a conference on glass"."""
    if (match := _CALLED.match(text)) and fold_words(match[1]) not in _NO_NAMES:
        yield EventName(match[1], None, 1.5, "it is called a conference", 0)


def _kind_first(text: str) -> Iterator[EventName]:
    """Yield names after the word for a conference: "la conférence Mix-IT". They weigh too little to count alone."""
    for match in _KIND_FIRST.finditer(text):
        tokens = [(token[0], token.start()) for token in _TOKEN.finditer(text, match.end(), match.end() + 80)]
        run = _run_after(tokens, 0)
        if run and fold_words(run[0][0].strip(_EDGES)) not in GIVEN_NAMES:
            yield EventName(_join(run), None, 1.2, "it is called a conference", run[0][1])


def _counted_kinds(text: str) -> Iterator[EventName]:
    """Yield names behind the number of an edition: "Encontro Moss" in "15 Encontro Moss", as in Romance languages."""
    for match in _COUNTED_KIND.finditer(text):
        yield EventName(match[1], None, 2.0, "its editions are counted", match.start(1))


def _editions(text: str) -> Iterator[EventName]:
    """Yield names of which an edition is told: "the fifth edition of MossCampus"; it may be a book."""
    for match in _EDITION_OF.finditer(text):
        tokens = [(token[0], token.start()) for token in _TOKEN.finditer(text, match.end(), match.end() + 80)]
        if run := _run_after(tokens, 0):
            yield EventName(_join(run), None, 1.2, AN_EDITION, run[0][1])


def _find_region(tokens: Sequence[tuple[str, int]], index: int) -> list[tuple[str, int]]:
    """Return [(word, its place in the text)] if the word at `index` names a country ("AU") or continent, else []."""
    found = tokens[index][0].strip(_EDGES + ".:") if index < len(tokens) else ""
    return [(found, tokens[index][1])] if found in EVENT_REGIONS else []


def _find_place(tokens: Sequence[tuple[str, int]], index: int) -> list[tuple[str, int]]:
    """Return the words from `index` to a city or country, at most three, such as "Extended Seoul"; else an empty list.

    The list is empty too for a longer name, such as "Austin Parker", and after a given name, as in "Ann Paris".
    """
    run: list[tuple[str, int]] = []
    for number, (token, place) in enumerate(tokens[index : index + _MOST_OF_PLACE], index + 1):
        word = fold_words(token)
        if word not in PLACES and (word in EVENT_LEADS or not _is_name_word(token)):
            break
        run.append((token, place))
        if word in PLACES:
            is_person = run[1:] and fold_words(run[0][0]) in GIVEN_NAMES
            return [] if is_person or _extends_name(tokens, number) else run
        if _BREAK_AFTER.search(token):
            break
    return []


def _extends_name(tokens: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether the name before `index` includes the word there, which must be none for notes, events or places."""
    if index == len(tokens) or _BREAK_AFTER.search(tokens[index - 1][0]):
        return False
    token = tokens[index][0]
    ends = _BREAK_BEFORE.match(token) or fold_words(token) in _BEHIND_NAMES
    return not ends and _is_name_word(token)


def _run_before(tokens: Sequence[tuple[str, int]], index: int) -> list[tuple[str, int]]:
    """Return the words of a name, at most five, right before the token at `index`, each with its index in the text.

    They reach back to a punctuation mark, a number, a capitalised "From" or "At", or a lower-case word other than "and"
    or "for". Words like "Notes" at the ends are left out.
    """
    run: list[tuple[str, int]] = []
    for token, place in reversed(tokens[max(0, index - LONGEST_RUN) : index]):
        if _BREAK_AFTER.search(token) and not (token.endswith(")") and "(" in token):
            break
        if run and token in _CAPITAL_LEADS:
            break
        joins = bool(run) and token.casefold() in _CONNECTORS
        if not joins and not _is_name_word(token) and not (place == 0 and run and _is_opening(token)):
            break
        run.insert(0, (token, place))
        if _BREAK_BEFORE.match(token):
            break
    return _drop_leads(run)


def _run_after(tokens: Sequence[tuple[str, int]], index: int) -> list[tuple[str, int]]:
    run: list[tuple[str, int]] = []
    for number, (token, place) in enumerate(tokens[index : index + LONGEST_RUN], index + 1):
        if not _is_name_word(token) or (run and _BREAK_BEFORE.match(token)):
            break
        if run and number < len(tokens) and read_day(f"{token} {tokens[number][0]}"):
            break  # "2017 Moss Forum Day 2"
        run.append((token, place))
        if _BREAK_AFTER.search(token):
            break
    return _drop_leads(run)


def _is_name_word(token: str) -> bool:
    """Whether a word can be part of a name: it has a capital letter or signs inside (`wroc_love.rb`), or is Chinese."""
    word = token.strip(_EDGES + ".:'’")
    if not word or not any(c.isalpha() for c in word):
        return False
    if any(c.isupper() for c in word) or re.search(r"\w[._:/]\w", word):
        return True
    return bool(re.fullmatch(r"(?!回)[\u3400-\u9fff]{2,6}", word)) and not _CLAUSE.search(word)


def _is_opening(token: str) -> bool:
    """Whether a title's first word may begin a name without a capital: it is uncommon, and of four letters or more."""
    word = token.strip(_EDGES + ".:").casefold()
    return word.isalpha() and len(word) >= 4 and word not in EVENT_LEADS and word not in COMMON_WORDS


def _drop_leads(run: list[tuple[str, int]]) -> list[tuple[str, int]]:
    while run and run[0][0].casefold() in _CONNECTORS:
        run = run[1:]
    while run and run[0][0].strip(_EDGES + ".:'’").casefold() in EVENT_LEADS:
        if len(run) > 1 and sum(c.isalpha() for token, _ in run[1:] for c in token) <= _SHORTEST:
            break  # keep "I/O" in "Spring I/O"
        run = run[1:]
    while run and (tail := run[-1][0].strip(_EDGES + ".:'’").casefold()) in EVENT_LEADS and tail not in EVENT_NOUNS:
        if len(run) > 1 and run[-1][0].isupper() and len(tail) <= _SHORTEST:
            break  # a country: "GopherCon AU"
        run = run[:-1]
    if len(run) > 1 and run[0][0].endswith(("'s", "’s")) and find_series(_join(run[1:])):
        return run[1:]  # "Ann's KubeCon"
    return run


def _join(run: Sequence[tuple[str, int]]) -> str:
    return " ".join(token.strip(_EDGES) for token, _ in run).strip(" .:'’-–—").removesuffix("'s").removesuffix("’s")

"""Finds the conference of a post and its year, by comparing names in title, text, tags and path."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, islice

from talks.names import NAME_LENGTH, fold_words
from talks.parsing.events.event_doubts import (
    BESIDE_YEARS,
    YEAR_FOLLOWS,
    Naming,
    is_called_event,
    is_of_people,
    is_only_dated,
    is_only_noted,
    is_shown_as_event,
)
from talks.parsing.events.event_sources import (
    LOOKED_AT,
    OPENING_BLOCKS,
    find_known_series,
    is_in_running_text,
    iterate_sources,
    read_announced_event,
    read_counted_title,
    read_event_label,
    read_labels,
    read_row_of_event,
)
from talks.parsing.events.event_years import ANY_YEAR, SINGLE_YEAR, choose_year, is_long_past
from talks.parsing.metadata.day_labels import is_day_heading
from talks.parsing.metadata.event_names import ADDRESS, COUNTS_ITSELF, NOTES_TAKEN, find_event_names, read_year
from talks.parsing.metadata.found_events import EventName
from talks.parsing.metadata.path_events import BESIDE_YEAR, HAS_YEAR, HOLDS_DAYS, PathEvent, is_dated_folder
from talks.parsing.metadata.series_names import find_series, fold_without_spaces, is_same_event, spell_series
from talks.parsing.records import EVENT_YEAR, ParsedConference
from talks.parsing.talks.announcements import speaks_of_talks
from talks.parsing.talks.document import Document
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.words.calendar import MONTHS
from talks.parsing.words.common import COMMON_WORDS
from talks.parsing.words.event_words import EVENT_ENDINGS, EVENT_LEADS, EVENT_NOUNS, EVENT_REGIONS, GATHERING_FOLDERS
from talks.parsing.words.talk_words import SPEAKER_LABELS

_THRESHOLD = 2.0
_TEXTS = frozenset({"text", "body", "body headings"})
_CALLED = re.compile(r"(?:path|file name): (?:it ends as names of events do|it is a well-known series)")
_DATED_TITLE = f"title: {YEAR_FOLLOWS}"
_DATED_TITLES = frozenset({_DATED_TITLE, f"first heading: {YEAR_FOLLOWS}"})
_IN_PATH = re.compile("path|file name")
_UNDOUBTED = ("conf", "fest", "camp", "summit", "kaigi")
_EVIDENT = 4.0
_LONG_ENOUGH = 6
_MOST_WORDS = 5  # of the name of a well-known series
_ADDRESS_OF_EDITION = re.compile(
    r"https?://(?:www\.)?(?:(?P<before>(?:19|20)\d\d)\.)?(?P<name>[A-Za-z][A-Za-z-]{1,40}?)-?(?P<behind>(?:19|20)\d\d)?"
    r"\.[A-Za-z][\w.-]{1,60}(?:/(?P<below>(?:19|20)\d\d)/?(?![\w/]))?"
)
_OF_ROW = "text: a row is only its name and year"
_AS_OF_PEOPLE = frozenset({YEAR_FOLLOWS, NOTES_TAKEN, "somebody went there"})
"""What is said beside names of people as well: "Ann Lee 2019", "Ann Lee: notes"."""
_CONFIRMED = "an address or a tag writes it as one name"
_LEADING_KINDS = frozenset({"camp", "congrès", "congreso", "congresso", "festival", "forum", "jornadas", "salon"})
_MARKED = "the text marks it as one name"
_MARKED_NAME = re.compile(r"[\[*_“\"«]+([A-Z][\w&'’ -]{3,50}\w)[\]*_”\"»]")
_WORDS_OF_TITLE = 30
_BLOCKS_OF_DAY = 12
_LONGEST_ROW = 120
# No name ends in one of these articles.
_ARTICLES = frozenset(
    ["a", "an", "the", "un", "une", "ein", "eine", "einen", "einem", "einer", "der", "die", "das", "den", "dem", "el",
     "la", "le", "los", "las", "les", "il", "lo"]
)  # fmt: skip
_ODD_SPELLING = re.compile(r"\w[._:/@]\w|[a-z][A-Z]")
_INITIALS = re.compile(rf"([A-Z]{{2}}) ?({EVENT_YEAR})(?!\d)")
_NAME_AND_YEAR = re.compile(rf"([A-Z][^\d\[]{{4,80}}?)(?:,? ({EVENT_YEAR}))?(?: \[.+)?\Z")
_WORD_OR_AND = re.compile(r"[^\W_]+|&")
_LEAST_INITIALS, _LONGEST_OF_FOLDER = 3, 2
_HASHTAG_OF_YEAR = re.compile(r"(?<!\w)#([A-Za-z]{2,20})(\d\d)(?!\w)")


def read_conference(document: Document) -> tuple[ParsedConference | None, tuple[str, ...]]:
    """Return the conference, and the reasons for its name; None and no reasons if no name is certain enough.

    There are no reasons if a hint names the conference. A hint decides, else a key of the front matter or a row
    at the top ("Event: MossConf"). Else a name in the title or the first lines overrides that of the folder if it is
    clearly another event; names further down only support a name. If only the text names one, a row that is only a
    well-known event and its year overrides it.
    """
    hints = document.hints
    folder = document.path_event
    chosen = _choose_naming(document, folder)
    if chosen and is_only_dated(chosen.name, chosen.reasons) and not is_shown_as_event(chosen, document):
        chosen = None
    if chosen and not chosen.years and is_only_noted(chosen.name, chosen.reasons):
        chosen = chosen if document.lies_among_events or speaks_of_talks(document) else None
    if not chosen or (all(map(_IN_PATH.match, chosen.reasons)) and not (folder and folder.sure)):
        chosen = _read_announced(document) or chosen
    best = _read_stated_event(document, document.meta.event or read_event_label(document)) or chosen
    if best is None or is_in_running_text(best.reasons):
        best = _read_stated_event(document, read_row_of_event(document), _OF_ROW) or best
    if hints.series is None and best is None:
        return None, ()
    name, years = (best.name, best.years) if best else ("", {})
    year = hints.year or choose_year(document, name, years)
    named = hints.series or (_spell_as_titled(document, spell_series(best.name)) if best else "")
    reasons = () if hints.series or not best else tuple(dict.fromkeys(best.reasons))
    return ParsedConference(named[:NAME_LENGTH], year), reasons


def _read_stated_event(document: Document, text: str, reason: str = "a key of its own names it") -> Naming | None:
    """Return the event that is all a text says, as that of a key ("event") or label ("Event: …") does, or None."""
    text = ADDRESS.sub(" ", text)
    for counted in find_event_names(text):
        if counted.reason == COUNTS_ITSELF and counted.year:
            return Naming(counted.name, 9.0, {counted.year: 9.0}, [reason])  # "39C3 (Hamburg)"
    if match := ANY_YEAR.search(text):
        year: int | None = int(match[1])
        text = text[: match.end()] if text[match.end() :].startswith(",") else text  # "FooConf 2019, Helsinki"
    else:
        year = next(filter(None, map(read_year, text.split())), document.meta.event_year)
        text = " ".join(token for token in text.split() if not read_year(token))  # "FooConf '19"
    name = " ".join(ANY_YEAR.sub(" ", text).split()).strip(" -–—,:()")
    return Naming(name, 9.0, {year: 9.0} if year else {}, [reason]) if name else None


def _read_announced(document: Document) -> Naming | None:
    """Return the title, without years, as an event if the first rows say who holds it and when; else None.

    A title that names a day ("Day 2") is none.
    """
    title = read_announced_event(document)
    told = {int(year) for year in SINGLE_YEAR.findall(title)}
    name = " ".join(SINGLE_YEAR.sub(" ", title).split())
    if not fold_words(name) or is_day_heading(title):
        return None
    years = dict.fromkeys(told, _EVIDENT) if len(told) == 1 else {}
    return Naming(name, _EVIDENT, years, ["title: the first rows say who holds it and when"])


def _spell_as_titled(document: Document, name: str) -> str:
    """Return the name as title or first heading spell it, since paths have few capitals: "MossBash" for "Mossbash".

    Well-known series have a spelling of their own. One word all in small letters or in capitals is no better spelling.
    """
    if any(find_series(" ".join(name.split()[:length])) for length in range(1, len(name.split()) + 1)):
        return name
    said = re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", re.IGNORECASE)
    for source, text, _ in islice(iterate_sources(document), 2):
        found = said.search(text) if source in ("title", "first heading") else None
        if found and not found[0].islower() and not found[0].isupper():
            return found[0]
    return name


def _choose_naming(document: Document, folder: PathEvent | None) -> Naming | None:
    namings = _weigh_names(document)
    if folder and folder.reason.endswith(HOLDS_DAYS) and _is_of_day(document):
        folder = replace(folder, sure=True)
    if folder and not folder.sure:
        _support(namings, folder, document)
    own = [naming for naming in namings.values() if any(not reason.startswith("body") for reason in naming.reasons)]
    best = max(own, key=lambda naming: naming.weight, default=None)
    if best and _may_be_cited(best):  # it may be a book or a talk; an event-like name in the path is likelier
        called = [naming for naming in own if any(_CALLED.match(reason) for reason in naming.reasons)]
        best = max(called, key=lambda naming: naming.weight, default=best)
    if best and best.weight < _THRESHOLD:
        best = _read_path_alone(best)
    elif best:  # "GardenCon" is said often, "GardenCon UK 2019" in the title
        best = next((naming for naming in own if _says_more(naming, best.name)), best)
        best = _complete_known(best, own)
    if folder is None or not folder.sure:
        return best
    named = Naming(folder.series, best.weight if best else 0.0, {}, [f"path: {folder.reason}"])
    if best and is_same_event(best.name, folder.series):
        name = best.name if _says_more(best, folder.series) else folder.series
        years = best.years if folder.year is None or _is_dated_outside_text(best) else {folder.year: named.weight}
        return replace(named, name=name, years=years, reasons=[*named.reasons, *best.reasons])
    return best if best and (_is_evident(best) or _titles_post(document, best, folder)) else named


def _complete_known(best: Naming, own: Sequence[Naming]) -> Naming:
    """Return the well-known series in title or first heading of which the best name is a part, else the best name.

    "Moss" is a part of "Moss Summer Camp", where "camp" counted as the word behind the name.
    """
    told = f" {fold_words(best.name)} "
    if find_series(best.name):
        return best
    known = next((naming for naming in own if _names_known(naming) and told in f" {fold_words(naming.name)} "), best)
    return replace(known, years=known.years or best.years)


def _is_dated_outside_text(naming: Naming) -> bool:
    """Whether a source other than the post's text, such as title, tag or path, has a year beside the name.

    A year in the text may be that of another edition.
    """
    told = (reason.partition(": ") for reason in naming.reasons)
    return any(how in BESIDE_YEARS and source not in ("text", "body") for source, _, how in told)


def _says_more(naming: Naming, series: str) -> bool:
    """Whether the name has `series` and another word, no noun for events, and title or first heading a year behind it.

    "PyCon Korea 2019" says more than "pycon", but "PyCon Conference 2019" does not.
    """
    own, given = fold_words(naming.name), fold_words(series)
    told = bool(set(own.split()) - {*given.split(), *EVENT_NOUNS})
    dated = not _DATED_TITLES.isdisjoint(naming.reasons) or f"title: {_MARKED}" in naming.reasons
    return told and dated and f" {given} " in f" {own} "


def _is_of_day(document: Document) -> bool:
    """Whether the first heading names a day, and a row near the top is labelled as a speaker: "Speaker: Ann Lee"."""
    if not document.headings or not is_day_heading(document.plain(document.headings[0])):
        return False
    rows = (row[:_LONGEST_ROW] for block in document.blocks[:_BLOCKS_OF_DAY] for row in block.text.split("\n"))
    labelled = (split_label(make_plain(row)) for row in rows if ":" in row or "：" in row)
    return any(label in SPEAKER_LABELS for label, value in labelled if value is not None)


def _titles_post(document: Document, naming: Naming, folder: PathEvent) -> bool:
    """Whether the title is only the given name and its year, and the name looks like an event's (`is_called_event`).

    If the folder has a year, it must be the same. If the folder counts as an event only for its year, or if it has none
    and the file is called by name and year too, any name will do.
    """
    title = document.called
    if not naming.years or fold_words(SINGLE_YEAR.sub(" ", title)) != fold_words(naming.name):
        return False
    told = folder.year in naming.years and folder.reason.endswith((HAS_YEAR, BESIDE_YEAR))
    in_file_name = any(
        fold_without_spaces(f"{naming.name}{year}") == fold_without_spaces(document.stem) for year in naming.years
    )
    if in_file_name and folder.year is None:
        return True
    return told or (folder.year in (None, *naming.years) and is_called_event(naming.name))


def _may_be_cited(naming: Naming) -> bool:
    """Whether the text may only cite an event of this name: it stands beside a year, or below the first two paragraphs.

    False if there is any other evidence for the name.
    """
    return all(reason.startswith(("text: a year", "body")) for reason in naming.reasons)


def _support(namings: dict[str, Naming], folder: PathEvent, document: Document) -> None:
    """Add the folder's evidence to each name that means the folder's event, unless only the path has the name."""
    texts = (text for source, text, _ in iterate_sources(document) if source != "path")
    written = f" {fold_words(' '.join(texts))} "
    for naming in namings.values():
        told = any(not reason.startswith("path") for reason in naming.reasons)
        if (told or f" {fold_words(naming.name)} " in written) and is_same_event(naming.name, folder.series):
            naming.weight += _THRESHOLD
            naming.reasons.append(f"path: {folder.reason}")


def _is_evident(naming: Naming) -> bool:
    """Whether title or first heading show that the name is an event's, and its weight is 4 at least.

    The name's ending ("MossConf") or a word behind the name ("Moss Summit") shows it, not a year alone. Common words
    without a year are a part of another event: "Community Summit".
    """
    common = COMMON_WORDS.union(EVENT_NOUNS).issuperset(fold_words(naming.name).split())
    if common and not naming.years and not find_series(naming.name):
        return False
    told = {reason.partition(": ")[2] for reason in naming.reasons if reason.startswith(("title", "first heading"))}
    like_event = any("as names of events" in reason or "follows it" in reason for reason in told - {YEAR_FOLLOWS})
    return like_event and naming.weight >= _EVIDENT


def _read_path_alone(naming: Naming) -> Naming | None:
    """Return the naming cut to its first word, if that ends in "conf" or so and only the path has the name; else None.

    "Hybridconf" is found in "notes/hybridconf/beauty.md". A country or continent behind it stays.
    """
    first, *others = naming.name.split()
    if set(naming.reasons) != {"path: it ends as names of events do"} or not first.casefold().endswith(_UNDOUBTED):
        return None
    return replace(naming, name=" ".join([first, *(word for word in others if word in EVENT_REGIONS)]))


def _weigh_names(document: Document) -> dict[str, Naming]:
    """Return all possible names of the event with their evidence, by folded name."""
    namings: dict[str, Naming] = {}
    for source, text, factor in iterate_sources(document):
        for event in find_event_names(text):
            if not (event.year and source in _TEXTS and is_long_past(document, event.year)):
                _add(namings, event, source, factor)
    labels = list(read_labels(document))
    for event in labels:
        _add(namings, event, "tags", 1.0 if len({fold_words(label.name) for label in labels}) == 1 else 0.3)
    for naming in filter(None, (_read_initials(document), _read_abbreviated(document), _read_hashtag(document))):
        key = fold_words(naming.name)
        namings[key] = max(namings.get(key, naming), naming, key=lambda each: each.weight)
    for known in find_known_series(document.stem, _MOST_WORDS):
        _add(namings, EventName(known, None, _THRESHOLD, "it is a well-known series", 0), "file name", 1.0)
    for source, text, _ in islice(iterate_sources(document), 2):
        if source in ("title", "first heading"):
            for known in find_known_series(text, _MOST_WORDS, written=True):
                _add(namings, EventName(known, None, _THRESHOLD, "it is a well-known series", 0), source, 1.0)
    if counted := read_counted_title(document):
        _add(namings, counted, "title", 1.0)
    for event in _find_confirmed(document):
        _add(namings, event, "title", 1.5)
    _weigh_mentions(document, namings)
    return namings


def _find_confirmed(document: Document) -> Iterator[EventName]:
    """Yield names in the title that a tag or an address with a year writes as one word, or that a text sets apart.

    The address is in the first blocks: "Moss on Rails" for https://mossonrails.example/2019/. If a tag does so
    ("mosskaigionrails"), a word of the name must end as names of events do, and one must be in lower case. If one of
    the first blocks has the name, of several words, as a link or emphasised, a year must follow it in the title.
    """
    title = document.called
    for block in document.blocks[:OPENING_BLOCKS]:
        for match in _MARKED_NAME.finditer(block.content[:LOOKED_AT]):
            name = match[1].strip()
            if " " in name and (dated := re.search(rf"(?<!\w){re.escape(name)} ({EVENT_YEAR})(?!\d)", title)):
                yield EventName(name, int(dated[1]), _THRESHOLD, _MARKED, 0)
    words = re.findall(r"[^\s,;:!?()\[\]{}【】「」–—|\"“”]+", title)[:_WORDS_OF_TITLE]
    runs: dict[str, str] = {}
    capital = [number for number, word in enumerate(words) if word[:1].isupper()]
    for start, last in combinations_with_replacement(capital, 2):
        if last < start + _MOST_WORDS:
            run = words[start : last + 1]
            runs.setdefault(fold_without_spaces("".join(run)), " ".join(run))
    for block in document.blocks[:OPENING_BLOCKS]:
        for match in _ADDRESS_OF_EDITION.finditer(block.content[:LOOKED_AT]):
            year = match["before"] or match["behind"] or match["below"]
            if year and (name := runs.get(fold_without_spaces(match["name"]))):
                yield EventName(name, int(year), _THRESHOLD, _CONFIRMED, 0)
    for tag in document.meta.tags:
        name = runs.get(fold_without_spaces(tag), "")
        like_event = any(word.casefold().endswith(EVENT_ENDINGS) for word in name.split())
        if like_event and any(word.islower() for word in name.split()) and " " not in tag:
            yield EventName(name, None, _THRESHOLD, _CONFIRMED, 0)


def _read_initials(document: Document) -> Naming | None:
    """Return an event named by two capitals, if the title begins with them and a year, and the file's name has both.

    "MG 2019: opening" in "notes-MG2019.md". Else return None.
    """
    first = document.called
    if (match := _INITIALS.match(first)) and re.search(rf"(?<![A-Za-z]){match[1]}[-_ ]?{match[2]}", document.stem):
        return Naming(match[1], _EVIDENT, {int(match[2]): _EVIDENT}, ["title: title and file name begin with it"])
    return None


def _read_abbreviated(document: Document) -> Naming | None:
    """Return the event that the title names, if the folder is called by it or its initials; else None.

    "Moss & Gardens" in "mag/2019/", "MossGarden" in "mossgarden/2019/". The title, the folder or one beside it needs
    the year.
    """
    match, folder = _NAME_AND_YEAR.match(document.called), document.path_event
    if not match or not folder or not (year := int(match[2] or folder.year or 0)):
        return None
    initials = "".join(word[0].replace("&", "a") for word in _WORD_OR_AND.findall(match[1])).casefold()
    called = fold_without_spaces(folder.series)
    if called == initials and len(initials) >= _LEAST_INITIALS:
        return Naming(match[1], _EVIDENT, {year: _EVIDENT}, ["title: the folder has its initials"])
    # Any post in a folder of its own is called like the folder; longer titles than "Moss Day" are rather of a talk.
    long = len(match[1].split()) > _LONGEST_OF_FOLDER and not is_called_event(match[1])
    own = not match[2] and (is_dated_folder(document.name) or (long and is_dated_folder(document.name, "readme")))
    if called == fold_without_spaces(match[1]) and called not in COMMON_WORDS and not own:
        return Naming(match[1], _EVIDENT, {year: _EVIDENT}, ["title: the folder is called so"])
    return None


def _read_hashtag(document: Document) -> Naming | None:
    """Return an event named by a hashtag in the title that ends in the year of the post: "#MG19". Else return None."""
    year = document.published_on.year if document.published_on else None
    for match in _HASHTAG_OF_YEAR.finditer(document.meta.title):
        if year and int(match[2]) == year % 100:
            return Naming(match[1], _EVIDENT, {year: _EVIDENT}, ["title: a year is part of it"])
    return None


def _add(namings: dict[str, Naming], event: EventName, source: str, factor: float) -> None:
    key = fold_words(event.name)
    words = key.split()
    dull = event.reason != COUNTS_ITSELF and all(
        word in EVENT_LEADS or word in COMMON_WORDS or word in GATHERING_FOLDERS or word.isdigit() for word in words
    )
    if len(key) < 3 or key in MONTHS or words[-1] in _ARTICLES or (dull and not _is_told_apart(event)):
        return
    if event.reason in _AS_OF_PEOPLE and is_of_people(event.name):
        return
    naming = namings.setdefault(key, Naming(event.name))
    weight = event.weight * factor
    naming.weight += weight if f"{source}: {event.reason}" not in naming.reasons else 0.0
    naming.reasons.append(f"{source}: {event.reason}")
    if event.year:
        naming.years[event.year] = naming.years.get(event.year, 0.0) + weight


def _is_told_apart(event: EventName) -> bool:
    """Whether common words name an event: by an odd spelling, as a well-known series, or by a kind of event."""
    words = fold_words(event.name).split()
    known = len(words) > 1 and find_series(event.name) is not None
    return known or bool(_ODD_SPELLING.search(event.name)) or _has_kind(words, dated=event.year is not None)


def _has_kind(words: Sequence[str], *, dated: bool) -> bool:
    """Whether common words name an event by a word for events at their end or, if they are `dated`, at their beginning.

    "Dev Summit" does, and so does "Forum PHP" in "Forum PHP 2019".
    """
    return len(words) > 1 and (words[-1] in EVENT_NOUNS or (dated and words[0] in _LEADING_KINDS))


def _weigh_mentions(document: Document, namings: dict[str, Naming]) -> None:
    """Let a name weigh more if title, tags or text have it, and less if it is part of a longer, more certain name.

    A name behind which the title or first heading has a year does not weigh less.
    """
    title = f" {fold_words(document.meta.title)} "
    texts = [block.content[:400] for block in document.blocks if block.form in (Form.PARAGRAPH, Form.HEADING)][:60]
    text = f" {fold_words(' '.join(texts))} "
    tags = {fold_words(tag) for tag in document.meta.tags}
    for key, naming in namings.items():
        if f" {key} " in title or (len(key) >= _LONG_ENOUGH and key.replace(" ", "") in title.split()):
            naming.weight += 1.5
            naming.reasons.append("the title has it")
        if key in tags or key.replace(" ", "") in tags:
            naming.weight += 1.0
            naming.reasons.append("a tag has it")
        count = text.count(f" {key} ")
        naming.weight += min(count, 5) * 0.3
        longer = [(other, n) for other, n in namings.items() if other != key and f" {key} " in f" {other} "]
        fuller = any(
            (key in EVENT_NOUNS and f" {folded} " in title)  # "BarCamp Oslo"
            or {_DATED_TITLE, "title: a year is part of it", f"title: {_CONFIRMED}"} & set(other.reasons)
            or (_DATED_TITLES & set(other.reasons) and not set(folded.split()) <= {*key.split(), *EVENT_NOUNS})
            or _names_known(other)
            for folded, other in longer
        )
        if fuller and not _DATED_TITLES & set(naming.reasons):
            naming.weight -= 3.0


def _names_known(naming: Naming) -> bool:
    """Whether the name was found in title or first heading as that of a well-known series."""
    return any(f"{source}: it is a well-known series" in naming.reasons for source in ("title", "first heading"))

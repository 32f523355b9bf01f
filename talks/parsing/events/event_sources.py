"""Lists the texts of a post that may contain the name of its event, and how far each text is trusted."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from talks.names import fold_words
from talks.parsing.metadata.date_formats import find_date
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.metadata.found_events import EventName
from talks.parsing.metadata.path_events import is_dated_folder, read_part, write_name
from talks.parsing.metadata.path_words import is_event_word
from talks.parsing.metadata.series_names import find_series
from talks.parsing.records import EVENT_YEAR
from talks.parsing.talks.document import Document
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import break_lines, make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.title_comparison import has_any
from talks.parsing.words.calendar import MONTHS
from talks.parsing.words.common import COMMON_WORDS, GERMAN_WORDS
from talks.parsing.words.event_words import (
    COUNTRIES,
    EVENT_LABELS,
    EVENT_LEADS,
    EVENT_NOUNS,
    EVENT_REGIONS,
    GATHERING_FOLDERS,
    GATHERINGS,
    PLACES,
)
from talks.parsing.words.series import AMBIGUOUS_SERIES
from talks.parsing.words.talk_words import ORGANISER_LABELS, SPEAKER_LABELS, TALK_PLURALS, TALK_WORDS, VENUE_LABELS
from talks.parsing.words.word_sets import match_any

LOOKED_AT = 1500
_RUNNING_TEXT = ("text:", "body:", "description:")
OPENING_BLOCKS = 6
_NEAR = 2
_PARAGRAPHS = 6
_ROWS = 6
_LONGEST_ROW = 120
_HOSTS = frozenset({"host", "hosts", "moderator", "moderators"})  # of the whole event, beside its organiser
_LONGEST_VALUE = 10  # words
_LONGEST_DATE = 6  # words
_MOST_OF_NAME = 5  # words
_MEETUPS = frozenset({"meetup", "meetups"})
_COUNTED_KINDS = EVENT_NOUNS | {"apéro", "gathering", "group", "meeting", "stammtisch", "usergroup", "workshop"}
_NAME_AND_MONTH = re.compile(
    rf"([A-Za-z][^:–—|,()]{{3,50}}?)[\s,(–—-]+(?i:{match_any(MONTHS)})\.?\s+({EVENT_YEAR})\)?\Z"
)
_WORD = re.compile(r"[^\W_](?:[^\s,;()]*[^\W_])?")
_LABELS = 40
_SHORTEST_KNOWN = 3
LONGEST_TAG = 100
# "Oslo Moss Growers #17", "moss.oslo #3: Stones".
_COUNTED_TITLE = re.compile(r"((?:[^\W\d_][\w.&'’+-]*\s+){1,5})#(\d{1,3})(?![\w.%])")
_EVENT_PAGE = re.compile(
    r"//(?:[\w-]+\.)*(?:accupass|connpass|doorkeeper|eventbrite|kktix|meetup|peatix|techplay)\.", re.IGNORECASE
)
# "Moss World, the oldest conference on moss": what follows the name in a title.
_EXPLAINED = re.compile(
    r"\s*[,–—:-]\s*(?:the|an?|une?|l[ae]|d(?:er|ie|as)|eine?|el|un[ao]|il|o)\s+(?:[^\W\d]+\s+){0,3}?"
    rf"(?:{match_any((GATHERINGS | GATHERING_FOLDERS) - {'event', 'events'})})(?!\w)"
)
# "Oslo Moss meeting", "Journal of Moss Workshop": three words at least, with capitals.
_MEETING = re.compile(
    r"[A-Z][\w.&'’-]*(?:\s+[A-Z][\w.&'’-]*)+\s+(?i:meeting|conference|congress|symposium|summit|convention|workshop)\Z"
)
_YEAR = re.compile(rf"(?<!\d){EVENT_YEAR}(?!\d)")
_PATH_DATE = re.compile(r"(?<!\d)\d{4}[-_/]\d{2}[-_/]\d{2}[-_/]?")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n")
_MARKS = re.compile(r"[\s>*+-]*")
_TITLE_END = re.compile(r"\s*[:：–—|]\s+|\s+-\s+")
_HEADINGS = 30
# Words by which a post tells that it is of an event: "day" or "live" would not.
_TELLING = (
    GATHERINGS | GATHERING_FOLDERS | TALK_WORDS | TALK_PLURALS | SPEAKER_LABELS - {"by", "who", "with", "host", "hosts"}
)
_NOT_IN_NAMES = EVENT_NOUNS | GERMAN_WORDS | {"der", "des", "den", "vom", "beim", "im", "nach", "ueber", "über"}
_DULL_PARTS = frozenset(
    ["md", "markdown", "index", "readme", "post", "posts", "blog", "content", "notes", "src", "pages", "articles"]
)


def iterate_sources(document: Document) -> Iterator[tuple[str, str, float]]:
    """Yield the texts that may name the post's event: where each stands ("title", "path"), the text, its factor.

    Evidence in a text counts times its factor: 1.5 for the title, less for all others.
    """
    title = document.meta.title
    if title:
        yield "title", title, 1.5
    if document.headings:
        first = document.plain(document.headings[0])
        if fold_words(first) != fold_words(title):
            yield "first heading", first, 1.4 if not title or document.headings[0] == 0 else 0.7
    description = document.meta.description
    if description:
        yield "description", description[:LOOKED_AT], 0.8
    paragraphs = list(document.paragraphs(0, len(document.blocks)))[:_PARAGRAPHS]
    for place, number in enumerate(paragraphs):
        near = place < _NEAR
        content = _HARD_BREAK.sub(" | ", document.blocks[number].content[:LOOKED_AT])  # no name goes on behind it
        yield "text" if near else "body", make_plain(content), 0.9 if near else 0.5
    for row in list_opening_rows(document, Form.LIST, Form.QUOTE):
        yield "text", row, 0.75
    for tag in document.meta.tags[:30]:
        yield "tags", tag, 0.5
    for number in document.headings[1:6]:
        yield "body headings", document.plain(number), 0.4
    yield "path", _read_path(document.name), 0.85


def list_opening_rows(document: Document, *forms: Form) -> Iterator[str]:
    """Yield as plain text the first six rows (list items or lines) of blocks of the given forms at the top of the post.

    The top has six blocks at most, and ends at the first heading with other blocks between it and the heading above.
    Rows of more than 120 characters are left out.
    """
    headings = document.headings
    end = next((number for above, number in pairwise(headings) if number > above + 1), len(document.blocks))
    blocks = [block for block in document.blocks[: min(end, OPENING_BLOCKS)] if block.form in forms]
    rows = (
        row
        for block in blocks
        for row in ([item.text for item in block.items] if block.items else break_lines(block.content).split("\n"))
    )
    yield from (make_plain(_MARKS.sub("", row, count=1)) for row in islice(rows, _ROWS) if len(row) <= _LONGEST_ROW)


def read_labels(document: Document) -> Iterator[EventName]:
    """Yield the events that tags and categories name: "kubecon", "pycon-2019", "meetups/moss" (the event is "Moss").

    A label names an event if it stands behind a word for events and "/", is a well-known series or one word with a
    year, or ends as names of events do. Several words with the year of the post ("Moss Society 2019") do as the only
    category of a post that tells of an event or talk, in a folder of talks or notes. If the title explains the label as
    a conference, the event is yielded for this reason, too.
    """
    labels = [label[:LONGEST_TAG] for label in (*document.meta.categories, *document.meta.tags)][:_LABELS]
    only = len(document.meta.categories) == 1 and document.meta.categories[0][:1].isupper()
    sorted_by = document.meta.categories[0] if only and document.lies_among_talks and tells_of_event(document) else ""
    written = document.published_on.year if document.published_on else 0
    for label in dict.fromkeys(labels):
        *above, own = label.split("/")
        part = read_part(own)
        name = write_name(part.words)
        words = set(fold_words(name).split())
        if _EXPLAINED.match(document.meta.title.casefold().removeprefix(own.casefold())):
            called = document.meta.title[: len(own)]
            yield EventName(called, part.year, 2.0, "the title explains it as a conference", 0)
        elif part.kind != "named" or not words - COMMON_WORDS - EVENT_NOUNS - EVENT_LEADS:
            continue
        if above and read_part(above[-1]).kind == "gatherings":
            yield EventName(name, part.year, 3.0, "a category of events has it", 0)
        elif find_series(name) and len(name) > _SHORTEST_KNOWN:
            yield EventName(name, part.year, 2.0, "it is a well-known series", 0)
        elif part.year and (part.is_event or len(part.words) == 1 or (label == sorted_by and part.year == written)):
            yield EventName(name, part.year, 2.0, "a year is part of the label", 0)
        elif len(part.words) == 1 and is_event_word(part.words[0]):
            yield EventName(name, None, 1.5, "it ends as names of events do", 0)
        elif _MEETING.match(own):
            yield EventName(own, part.year, 2.0, "it ends in a word for events", 0)


def read_counted_title(document: Document) -> EventName | None:
    """Return the meetup whose edition a title counts: "Oslo Moss Growers #17: Stones"; None if there is none.

    Newsletters and podcasts are counted, too. So the name must end in a word for events or in that of a user group, or
    a category or tag be one, or one of the first blocks have an address of a site for events.
    """
    if not (match := _COUNTED_TITLE.match(document.called)):
        return None
    name = match[1].strip()
    last = fold_words(name).split()[-1:]
    labels = {word for label in (*document.meta.categories, *document.meta.tags) for word in fold_words(label).split()}
    named = not _COUNTED_KINDS.isdisjoint(last) or name.endswith("UG")
    sorted_so = not labels.isdisjoint(_MEETUPS | GATHERING_FOLDERS)
    linked = any(_EVENT_PAGE.search(block.content[:LOOKED_AT]) for block in document.blocks[:OPENING_BLOCKS])
    return EventName(name, None, 2.0, "its editions are counted", 0) if named or sorted_so or linked else None


def find_known_series(text: str, most: int, *, written: bool = False) -> Iterator[str]:
    """Yield each well-known series in a text, in any spelling of at most `most` words.

    With `written`, the text is a title by a person: a single word needs a capital and must not be an everyday word
    ("Build"), and several must not follow a capitalised word other than "Visiting" and the like: "Modern Web Summit" is
    no Web Summit. A country behind the series is part of what is yielded then; else a city or country is, as in names
    of files ("bsides-oslo-2019").
    """
    words = [word for word in re.split(r"[-_\W]+", text) if word]
    for count in range(1, most + 1):
        for place in range(len(words) - count + 1):
            name = "".join(words[place : place + count])
            ambiguous = count == 1 and (not any(c.isupper() for c in name) or name.casefold() in AMBIGUOUS_SERIES)
            before = words[place - 1] if place else ""
            longer = count > 1 and before[:1].isupper() and before.casefold() not in EVENT_LEADS
            if written and (ambiguous or longer):
                continue
            if len(name) > _SHORTEST_KNOWN and (known := find_series(name)):
                behind = words[place + count] if place + count < len(words) else ""
                located = behind in EVENT_REGIONS or (behind[:1].isupper() and fold_words(behind) in COUNTRIES)
                located = located if written else fold_words(behind) in PLACES
                yield f"{known} {write_name([behind])}" if located else known


def read_announced_event(document: Document) -> str:
    """Return the title up to a colon or dash, if the first rows say who holds the event and when, and not who speaks.

    A title with a month ("Moss Club Oslo, May 2019") is returned without it if a tag says that it is a meetup.
    Such rows are "Date: 4 May 2019" and "Organiser: Moss Society". Without an organiser the title must end in a word
    for a conference, and a row be little more than the date: "Oslo, 4 May 2019". Else return an empty text.
    """
    labels = _read_head(document)
    if (dated := _NAME_AND_MONTH.match(document.called)) and not _MEETUPS.isdisjoint(
        map(fold_words, document.meta.tags)
    ):
        return f"{dated[1]} {dated[2]}"
    title = document.meta.title or ("" if document.headings[:1] != (0,) else document.plain(0))
    words = fold_words(title).split()
    named = len(words) > _NEAR and words[-1] in GATHERINGS and EVENT_LEADS.isdisjoint((words[0], words[-2]))
    held = (named and _has_row_of_date(document)) or (
        "date" in labels and bool(labels & ORGANISER_LABELS) and not labels & (SPEAKER_LABELS - _HOSTS)
    )
    return _TITLE_END.split(title, maxsplit=1)[0].strip(' "“”') if held else ""


def _has_row_of_date(document: Document) -> bool:
    """Whether one of the first rows is a date, with at most three words beside it."""
    rows = list_opening_rows(document, Form.PARAGRAPH, Form.LIST, Form.QUOTE, Form.HEADING)
    return any(len(row.split()) <= _LONGEST_DATE and find_date(row, None) for row in rows)


def _read_head(document: Document) -> set[str]:
    """Return the folded labels of the first rows ("organiser"); any label before a date is returned as "date"."""
    labels = set()
    for row in list_opening_rows(document, Form.PARAGRAPH, Form.LIST, Form.QUOTE):
        label, value = split_label(row)
        if value is not None:
            labels.add("date" if find_date(value, None) else label)
    return labels


def read_event_label(document: Document) -> str:
    """Return what a row at the top says after "Event:" or "Conference:"; an empty text if there is none.

    A value without capitals, or of more than ten words, is no name.
    """
    for row in list_opening_rows(document, Form.PARAGRAPH, Form.LIST, Form.QUOTE, Form.HEADING):
        label, value = split_label(row)
        if value is None or label not in EVENT_LABELS:
            continue
        named = any(c.isupper() or ord(c) > 0x2FFF for c in value) and len(value.split()) <= _LONGEST_VALUE
        if named:
            return value.strip(" *_")
    return ""


def read_row_of_event(document: Document) -> str:
    """Return the well-known series and the year of which alone a row at the top consists: "2019 DjangoCon US".

    Days, months and places may stand behind the series: "djangocon (2-4 may 2019, oslo)". An empty text if there is no
    such row. If there are several, they are a list of events, and none is that of the post.
    """
    rows = list_opening_rows(document, Form.PARAGRAPH, Form.LIST, Form.QUOTE)
    found = [event for row in rows if (event := _read_series_and_year(row))]
    return found[0] if len(found) == 1 else ""


def _read_series_and_year(row: str) -> str:
    years = _YEAR.findall(row)
    words = _WORD.findall(_YEAR.sub(" ", row)) if len(set(years)) == 1 else []
    for length in range(min(len(words), _MOST_OF_NAME), 0, -1):
        series = find_series(" ".join(words[:length]))
        if series and (length == len(words) or series.casefold() not in AMBIGUOUS_SERIES):
            told = all(
                not any(map(str.isalpha, word)) or fold_words(word) in MONTHS.keys() | PLACES for word in words[length:]
            )
            return f"{series} {years[0]}" if told else ""
    return ""


def tells_of_event(document: Document, *, labels_count: bool = True) -> bool:
    """Whether title, headings, tags, path or first lines contain a word for an event, a talk or a speaker.

    Tags and categories are left out unless `labels_count`.

    True too if front matter names speakers, or several lists begin with one ("Speaker: Ann Lee"), front matter has
    `talk`, headings or the title name a day, the folder has an event, or the first rows say when an event was, and
    where or by whom it was held.
    """
    meta = document.meta
    if meta.speakers or meta.talk or document.day_headings or has_folder_of_event(document) or read_day(meta.title):
        return True
    rows = _read_head(document)
    if ("date" in rows and rows & (VENUE_LABELS | ORGANISER_LABELS)) or _tells_of_speakers(document):
        return True
    headings = (document.plain(number) for number in document.headings[:_HEADINGS])
    near = list(document.paragraphs(0, len(document.blocks)))[:_PARAGRAPHS]
    opening = (make_plain(document.blocks[number].content[:LOOKED_AT]) for number in near)
    labels = (*meta.tags, *meta.categories) if labels_count else ()
    texts = (meta.title, *headings, meta.description, *labels, _read_path(document.name), *opening)
    return any(has_any(fold_words(text), _TELLING) for text in texts)


def has_folder_of_event(document: Document) -> bool:
    """Whether the post's folder is of an event; one that is called by date and title of its only post has none."""
    event = document.folder.event
    return event is not None and (event.sure or not is_dated_folder(document.name))


def is_in_running_text(reasons: Sequence[str]) -> bool:
    """Whether all reasons for an event's name are of the running text of a post or of its description."""
    return all(reason.startswith(_RUNNING_TEXT) for reason in reasons)


def _tells_of_speakers(document: Document) -> bool:
    """Whether several lists begin with an item that is labelled as a speaker: "- Speaker: Ann Lee"."""
    rows = (block.items[0].text[:_LONGEST_ROW] for block in document.blocks if block.items)
    labels = (split_label(make_plain(row))[0] for row in rows)
    return sum(label in SPEAKER_LABELS and label in _TELLING for label in labels) > 1


def _read_path(name: str) -> str:
    """Return the words of the last three parts of a path, with commas between the parts.

    Words are capitalised so that they can be names, except for small words in German. Dates, and words such as "posts",
    are left out.
    """
    parts = re.split(r"[\\/]|__", name[-300:])[-3:]
    words = re.split(r"[-_\s.]+", _PATH_DATE.sub(" ", " , ".join(parts)))
    return " ".join(
        word if not word.islower() or not word.isalpha() or word in _NOT_IN_NAMES else word.capitalize()
        for word in words
        if word.casefold() not in _DULL_PARTS
    )

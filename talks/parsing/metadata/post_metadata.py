"""Reads the front matter's facts about the whole post: title, author, date, tags, old addresses, visibility."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from talks.line_ends import join_lines
from talks.markdown_entities import read_entities
from talks.names import NAME_LENGTH, PATH_LENGTH, fold_words
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.metadata.date_formats import read_date, read_time_stamp
from talks.parsing.metadata.event_names import read_year
from talks.parsing.metadata.front_matter_values import Entry, Plain, Value, is_null
from talks.parsing.text.cleaning import clean_value
from talks.parsing.words.front_matter_keys import FALSE_WORDS, KEYS, STATUS_WORDS, TRUE_WORDS
from talks.parsing.words.speech import SELF_WORDS

LONGEST_TITLE = 300
LONGEST_TAG = 100
MOST_TAGS = 200
MOST_SPEAKERS = 20
MOST_ALIASES = 100
_ADDRESS = re.compile(r"https?://[^\s<>]{3,1990}\Z")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*[|]|[^\[\]|]*/)?([^\[\]|]*)\]\]")  # "[[note|words]]", else "[[folder/note]]"


@dataclass(slots=True)
class Meta:
    """The values of the front matter. The object is filled key by key, hence not frozen.

    `stamped_on` is the day of a time stamp in UTC, from which the writer's own day may differ by one.
    `event`, `event_year`, `talk`, `speakers` and `resources` (address, title, line) are about the only talk of the
    post.
    """

    title: str = ""
    author: str | None = None
    published_on: date | None = None
    stamped_on: date | None = None
    visibility: str = "public"
    language: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    slug: str | None = None
    url: str | None = None
    event: str = ""
    event_year: int | None = None
    talk: str = ""
    speakers: tuple[str, ...] = ()
    resources: tuple[tuple[str, str, int], ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_meta(entries: Mapping[str, Entry]) -> Meta:
    """Return the values of the keys that the parser knows; other keys are ignored."""
    meta = Meta()
    known = {key.casefold(): entry for key, entry in entries.items()}
    known = {**_list_taxonomies(known), **known}
    _read_title(meta, known)
    _read_author(meta, known)
    _read_date(meta, known)
    _read_visibility(meta, known)
    meta.tags = tuple(_read_list(meta, known, "tag", LONGEST_TAG, MOST_TAGS))
    meta.categories = tuple(_read_categories(known))
    meta.aliases = tuple(_read_list(meta, known, "alias", PATH_LENGTH, MOST_ALIASES))
    meta.slug = _read_text(meta, known, "slug", LONGEST_TITLE)
    meta.url = _read_text(meta, known, "url", PATH_LENGTH)
    for _, entry in _find(known, "description"):
        meta.description = meta.description or (str(entry.value) if isinstance(entry.value, str) else "")
    meta.event = next(_read_names(known, "event"), "")[:LONGEST_TITLE]
    meta.talk = next(_read_names(known, "talk_title"), "")[:LONGEST_TITLE]
    meta.event_year = _read_event_year(known)
    speakers = (name for name in _read_names(known, "speaker", KEYS["company"]) if fold_words(name) not in SELF_WORDS)
    meta.speakers = tuple(speakers)[:MOST_SPEAKERS]
    meta.resources = tuple(_read_resources(known))
    meta.language = (_read_text(meta, known, "language", 35) or "").replace("_", "-")
    return meta


def _list_taxonomies(known: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return by folded key the entries for tags in the table `[taxonomies]` of Zola's front matter; {} without one."""
    table = known.get("taxonomies")
    if table is None or not isinstance(table.value, dict):
        return {}
    return {
        key.casefold(): Entry(value, table.line) for key, value in table.value.items() if key.casefold() in KEYS["tag"]
    }


def _read_categories(known: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the categories that blogs sort their posts by; they help to find the event and are no tags of the post."""
    for _, entry in _find(known, "category"):
        names = (name.strip() for text in _names_in(entry.value) for name in text.split(","))
        yield from islice(filter(None, names), MOST_TAGS)


def _find(known: Mapping[str, Entry], what: str) -> Iterator[tuple[str, Entry]]:
    """Yield (key, entry) for each key of the post that means `what`, in the order of `words/front_matter_keys.toml`."""
    for key in KEYS[what]:
        if key in known:
            yield key, known[key]


def _read_title(meta: Meta, known: Mapping[str, Entry]) -> None:
    for key, entry in _find(known, "title"):
        value = entry.value
        if isinstance(value, list | dict):
            kind = "list" if isinstance(value, list) else "map"
            meta.diagnostics.append(catalogue.TITLE_NOT_TEXT.at(entry.line, key=key, kind=kind))
        elif is_null(value):
            meta.diagnostics.append(catalogue.TITLE_EMPTY.at(entry.line))
        else:
            _note_unquoted(meta, value, entry.line, "title")
            title = clean_value(read_entities(value))
            meta.title = _cut(meta, join_lines(title), LONGEST_TITLE, "title", entry.line)
        return


def _note_unquoted(meta: Meta, value: str, line: int, what: str) -> None:
    """Add a diagnostic if a value taken as text is an unquoted number or date: other programs may read it otherwise."""
    if isinstance(value, Plain) and value and not value.strip("0123456789.:-+") and any(c.isdigit() for c in value):
        kind = "date" if read_date(value) else "number"
        meta.diagnostics.append(catalogue.TEXT_UNQUOTED.at(line, what=what, text=value, kind=kind))


def _cut(meta: Meta, text: str, longest: int, what: str, line: int) -> str:
    if len(text) <= longest:
        return text
    meta.diagnostics.append(catalogue.TEXT_TOO_LONG.at(line, what=what, most=longest))
    return text[:longest].rstrip()


def _read_text(meta: Meta, known: Mapping[str, Entry], what: str, longest: int) -> str | None:
    for key, entry in _find(known, what):
        if isinstance(entry.value, str):
            if not is_null(entry.value):
                return _cut(meta, join_lines(entry.value), longest, key, entry.line)
        else:
            meta.diagnostics.append(catalogue.VALUE_NOT_TEXT.at(entry.line, key=key))
    return None


def _read_author(meta: Meta, known: Mapping[str, Entry]) -> None:
    for _, entry in _find(known, "author"):
        names = [name for name in _names_in(entry.value) if name]
        if names:
            meta.author = _cut(meta, ", ".join(names[:20]), NAME_LENGTH, "author", entry.line)
            return


def _names_in(value: Value, company_keys: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the names in a value, "" for an empty one.

    A map gives its "name", with the company under one of `company_keys` if it has one: "Ann Lee (Initech)".
    """
    if isinstance(value, str):
        yield "" if is_null(value) else join_lines(value)
    elif isinstance(value, dict):
        company = next((found for key in company_keys if isinstance(found := value.get(key), str) and found), "")
        yield from (f"{name} ({company})" if name and company else name for name in _names_in(value.get("name", "")))
    else:
        for item in value:
            if not isinstance(item, list):
                yield from _names_in(item, company_keys)


def _name_linked(link: re.Match[str]) -> str:
    """Return the words of a link; but the note's name if that is several words, and these one: "[[Ann Lee|Ann]]"."""
    note = link[0].strip("[]").partition("|")[0].rpartition("/")[2].strip()
    return note if " " in note and " " not in link[1].strip() else link[1]


def _read_names(known: Mapping[str, Entry], what: str, company_keys: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the names under the first key for `what` that has names; of a link such as `[[Ann Lee]]` only a name.

    Of a link without words it is the note's name without its folders: "Ann Lee" of `[[People/Ann Lee]]`.
    A key of which all values are words such as "true" and "no" has no names.
    """
    for _, entry in _find(known, what):
        names = [
            name for text in _names_in(entry.value, company_keys) if (name := _LINK.sub(_name_linked, text).strip())
        ]
        if names and not {name.casefold() for name in names} <= TRUE_WORDS | FALSE_WORDS:
            yield from names
            return


def _read_event_year(known: Mapping[str, Entry]) -> int | None:
    """Return the event's year in the front matter: in the event's map, else under a key for the year, else None."""
    maps = [entry.value for _, entry in _find(known, "event") if isinstance(entry.value, dict)]
    values = [event.get("year") for event in maps] + [entry.value for _, entry in _find(known, "event_year")]
    return next(filter(None, (read_year(value) for value in values if isinstance(value, str))), None)


def _read_resources(known: Mapping[str, Entry]) -> Iterator[tuple[str, str, int]]:
    """Yield (address, "Video" or "Slides", line number) for the recordings and slides in front matter."""
    for what in ("video", "slides"):
        for _, entry in _find(known, what):
            yield from ((url, what.capitalize(), entry.line) for url in _names_in(entry.value) if _ADDRESS.match(url))


def _read_date(meta: Meta, known: Mapping[str, Entry]) -> None:
    for key, entry in _find(known, "date"):
        if is_null(entry.value):
            continue
        text = entry.value if isinstance(entry.value, str) else ""
        if found := read_date(text):
            meta.published_on = found
        elif stamp := read_time_stamp(text):
            meta.stamped_on = stamp
        elif key in KEYS["published"]:
            continue
        else:
            meta.diagnostics.append(catalogue.DATE_UNKNOWN.at(entry.line, key=key))
        return


def _read_visibility(meta: Meta, known: Mapping[str, Entry]) -> None:
    """Set `meta.visibility` by the keys for `draft`, `published` and `status`.

    A `draft` that is neither true nor false makes the post a draft, and so does a `published` with a value that is
    neither true nor a date: wrongly hiding a post does less harm than wrongly showing it. An unknown `status` changes
    nothing.
    """
    draft = any(_truth(meta, key, entry, unclear=True) for key, entry in _find(known, "draft"))
    for key, entry in _find(known, "published"):
        dated = isinstance(entry.value, str) and read_date(entry.value)
        if not dated and not is_null(entry.value):
            draft |= not _truth(meta, key, entry, unclear=False)
    for _, entry in _find(known, "status"):
        word = entry.value.strip().casefold() if isinstance(entry.value, str) else ""
        meta.visibility = STATUS_WORDS.get(word, meta.visibility)
    if draft and meta.visibility == "public":
        meta.visibility = "draft"


def _truth(meta: Meta, key: str, entry: Entry, *, unclear: bool) -> bool:
    word = entry.value.strip().casefold() if isinstance(entry.value, str) else "?"
    if is_null(entry.value) or word in FALSE_WORDS:
        return False
    if word in TRUE_WORDS:
        return True
    meta.diagnostics.append(catalogue.DRAFT_UNCLEAR.at(entry.line, key=key))
    return unclear


def _read_list(meta: Meta, known: Mapping[str, Entry], what: str, longest: int, most: int) -> list[str]:
    """Return the texts in a list, or in one text with commas, under the first key for `what` that has a value.

    Other values are ignored with a warning.
    """
    for key, entry in _find(known, what):
        value = entry.value
        if is_null(value):
            continue
        if isinstance(value, dict):
            meta.diagnostics.append(catalogue.LIST_IS_MAP.at(entry.line, what=what, key=key))
            continue
        items: list[Value] = list(value) if isinstance(value, list) else [*map(type(value), value.split(","))]
        items = [_read_link(item) for item in items]
        return _list_texts(meta, items, what, longest, most, entry.line)
    return []


def _read_link(item: Value) -> Value:
    """Return the words of a link to a note, such as `[[topics/Moss]]`; other items are returned unchanged.

    YAML reads such a link without quotes as a list of one text in a list.
    """
    inner = item
    while isinstance(inner, list) and len(inner) == 1:
        inner = inner[0]
    if not isinstance(inner, str):
        return item
    return type(inner)(_LINK.sub(r"\1", inner if inner is item else f"[[{inner}]]"))


def _list_texts(meta: Meta, items: list[Value], what: str, longest: int, most: int, line: int) -> list[str]:
    texts: dict[str, None] = {}
    dropped = 0
    for item in items:
        if not isinstance(item, str):
            dropped += 1
        elif not is_null(item) and item.strip():
            text = type(item)(join_lines(item))
            _note_unquoted(meta, text, line, what)
            texts[_cut(meta, str(text), longest, what, line)] = None
    if dropped:
        meta.diagnostics.append(catalogue.ITEMS_NOT_TEXT.at(line, what=what, count=dropped))
    if len(texts) > most:
        meta.diagnostics.append(catalogue.TOO_MANY_ITEMS.at(line, what=what, count=len(texts), most=most))
    return list(texts)[:most]

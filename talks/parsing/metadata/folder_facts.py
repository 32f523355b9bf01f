"""Facts about a post from the folders above it, a README, and the form of the files beside it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from talks.code_fences import track_fence
from talks.counts_and_cut_texts import cut_text
from talks.line_ends import split_lines
from talks.names import fold_words
from talks.parsing.metadata.date_formats import read_date
from talks.parsing.metadata.dated_file_names import find_mark
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.metadata.event_names import find_event_names
from talks.parsing.metadata.found_events import EventName
from talks.parsing.metadata.front_matter import read_front_matter
from talks.parsing.metadata.path_events import PathEvent, is_dated_folder, lies_among_events, read_part, read_path_event
from talks.parsing.metadata.path_words import fold_camel_words
from talks.parsing.metadata.series_names import find_series, fold_without_spaces, is_same_event, spell_series
from talks.parsing.records import EVENT_YEAR
from talks.parsing.text.inline import make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.title_comparison import has_any
from talks.parsing.words.common import COMMON_WORDS, EVERYDAY_WORDS
from talks.parsing.words.event_words import EVENT_LEADS, FOLDER_WORDS, GATHERING_FOLDERS, GATHERINGS
from talks.parsing.words.front_matter_keys import KEYS, TALK_KEYS
from talks.parsing.words.talk_words import SPEAKER_LABELS, TALK_PLURALS, TALK_WORDS

HEAD_LENGTH = 6_000
MOST_HEADS = 40
_OPENING_LINES = 4
_LONGEST_LINE = 300
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*?)\s*#*\s*\Z")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*\Z")
_MARKS = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)]|>|\|)\s")
_PERSON = re.compile(r"((?:[A-ZÀ-Þ][\w.'’-]+ ){1,3}[A-ZÀ-Þ][\w'’-]+)")
_NAMES_PERSON = re.compile(rf"(?:\bby |\bpar |\bvon |[-–—:|(]\s*){_PERSON.pattern}\)?\s*\Z")
_CODE = re.compile(r"`[^`]*`")
_YEAR = re.compile(rf"(?<![\d/.])({EVENT_YEAR})(?!\d)")
_NO_NAMES = COMMON_WORDS | EVERYDAY_WORDS
_EVIDENT = 2.0
_LEAST_VOTES = 3
_LEAST_OPENING = 2  # words
_WEEK = 7  # days
_SHARE, _RIVAL = 0.6, 0.2
_LEAST_MENTIONS = 2
_DIFFERENT = 3
_SIZES = (3, 8)
_SHARES = (0.5, 0.8)
_TELLING, _LEAST_TELLING = 0.2, 2
_EXAMPLE = re.compile(r"\b(?:like|such as|including|e\.g\.|for example,?|wie|z\.\s?B\.|comme|como)\s*\Z", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d:T.-])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d:.])")  # "10:15, Salon B"
_SHORT_LINE = 60  # characters
_FIRST_LINES = 8
_OF_EVENT = re.compile(rf"\b(?:{'|'.join(sorted(GATHERING_FOLDERS))})/\w", re.IGNORECASE)  # "meetups/moss"
_MOST_MARKED = 2


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """Facts that a folder gives about its posts, rounded so that adding a post rarely changes how the others are read.

    `event` applies if it is `sure` and the post does not name another. `files` is the number of posts in the folder,
    rounded down: 3 or 8 means that many or more, 0 fewer than 3. `single` is the share of its files that look like
    notes of one talk, rounded down to 0, 0.5 or 0.8; it is 0 in a folder that tells of no talks, such as one of a blog.
    `day` is the day of the event that folders of several days tell. `mark` is what stands before the event in the names
    of files that are called by event and date, "" if nothing does; None if most files are called otherwise.
    """

    event: PathEvent | None = None
    files: int = 0
    single: float = 0.0
    day: int | None = None
    mark: str | None = None


NO_FACTS = FolderFacts()


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, for judging the files beside it. `opening` are its first four lines of prose.

    `single` says whether the file has the shape of notes of one talk, which other texts have, too; `telling` whether
    its title, first lines or front matter name an event, a speaker, a talk or the time of one. `year` is that of the
    folder between a README and the posts about which it tells: "2019" for "README.md" and "2019/moss.md".
    `written_on` is the date in the front matter.
    """

    name: str
    title: str = ""
    opening: tuple[str, ...] = ()
    single: bool = False
    telling: bool = False
    year: int | None = None
    written_on: date | None = None


def read_head(name: str, text: str) -> Head:
    """Return the head of a file, read from its first 6000 characters.

    The file counts as `single` in any case if its front matter has a key for a talk.
    """
    lines = split_lines(text[:HEAD_LENGTH])
    front = read_front_matter(lines)
    entries = {key.casefold(): entry.value for key, entry in front.entries.items()}
    title = next((str(entries[key]) for key in KEYS["title"] if isinstance(entries.get(key), str)), "")
    headings, opening = _read_lines(lines[front.body_line - 1 :])
    title = title or (headings[0][1] if headings else "")
    talk = any(entries.get(key) for key in TALK_KEYS)
    title = make_plain(title)[:_LONGEST_LINE]
    single = talk or (_is_single(name, headings) and not _is_only_event(title))
    sorted_by = (str(entries.get(key, "")) for key in KEYS["category"])
    telling = talk or any(map(_OF_EVENT.search, sorted_by)) or _tells_of_talk(name, title, headings, opening, lines)
    dated = next((read for key in KEYS["date"] if (read := read_date(str(entries.get(key, ""))))), None)
    return Head(name, title, tuple(opening), single, telling, written_on=dated)


def _tells_of_talk(
    name: str, title: str, headings: Sequence[tuple[int, str]], opening: Sequence[str], lines: Sequence[str]
) -> bool:
    titles = (make_plain(text[:_LONGEST_LINE]) for text in (title, *(text for _, text in headings)))
    named = (*map(_NAMES_PERSON.search, titles), *map(_PERSON.fullmatch, opening))
    if any(match and _NO_NAMES.isdisjoint(fold_words(match[1]).split()) for match in named):
        return True
    texts = (name.rpartition(".")[0], title, *opening)
    if any(has_any(fold_words(text), TALK_WORDS) for text in texts) or next(_find_evident(texts), None):
        return True
    if any(_CLOCK.search(line) for line in opening if len(line) <= _SHORT_LINE):
        return True
    firsts = [line for line in lines if line.strip()][:_FIRST_LINES]
    return any(split_label(make_plain(_MARKS.sub("", line[:_LONGEST_LINE])))[0] in SPEAKER_LABELS for line in firsts)


def _read_lines(lines: Sequence[str]) -> tuple[list[tuple[int, str]], list[str]]:
    """Return the headings as (level, text), and the first four lines of prose in plain text."""
    headings: list[tuple[int, str]] = []
    opening: list[str] = []
    fence, above = "", ""
    for line in lines:
        inside, fence = fence, track_fence(line, fence)
        if inside or fence:
            continue
        if match := _HEADING.match(line):
            headings.append((len(match[1]), match[2]))
        elif (match := _UNDERLINE.match(line)) and above.strip() and not _MARKS.match(above):
            headings.append((1 if "=" in match[1] else 2, above.strip()))
            if opening and opening[-1] == make_plain(above[:_LONGEST_LINE]):
                opening.pop()
        elif line.strip() and len(opening) < _OPENING_LINES and not _MARKS.match(line):
            opening.append(make_plain(_CODE.sub(" ", line[:_LONGEST_LINE])))
        above = line
    return headings, opening


def _is_single(name: str, headings: Sequence[tuple[int, str]]) -> bool:
    """Whether a file looks like the notes of one talk.

    Its name has no word such as "talks" and is not that of a day, at most one heading below the first ends in a person
    ("Moss – Ann Lee"), and at most two headings are of level 1.
    """
    words = fold_words(name.rsplit(".", 1)[0]).split()
    if set(words) & TALK_PLURALS or (read_day(" ".join(words)) and len(words) <= 4):
        return False
    marked = sum(bool(_NAMES_PERSON.search(text)) for _, text in headings[1:])
    tops = sum(level == 1 for level, _ in headings)
    return marked < _MOST_MARKED and tops <= _MOST_MARKED


def _is_only_event(title: str) -> bool:
    """Whether a title is little more than the name of an event: "Recap of GardenConf 2019"."""
    named = {word for event in _find_evident([title]) for word in fold_words(event.name).split()}
    others = set(fold_words(title).split()) - named
    return bool(named) and all(word in EVENT_LEADS or word.isdigit() for word in others)


def says_nothing(folder: str) -> bool:
    """Whether a folder's name does not say what its posts are about: "content", "my-notes", "2019", "day-2"."""
    return FOLDER_WORDS.issuperset(fold_camel_words(folder).split()) or read_part(folder).kind in ("day", "year")


def weigh_folder(
    path: str,
    heads: Sequence[Head],
    indexes: Sequence[Head] = (),
    day: int | None = None,
    dated: PathEvent | None = None,
) -> FolderFacts:
    """Return facts from the files of one folder. `path` is its path, ending in a slash, or the path of its only post.

    `heads` are the beginnings of the folder's posts, `indexes` the READMEs about it, the nearest first. `day` is that
    of `find_folder_day`, and `dated` the folder's event of `find_dated_events`.
    """
    event = _weigh_event(path, heads, indexes, dated)
    if event and event.sure and not event.year:
        event = replace(event, year=_find_only_year(event.series, heads))
    files = max((size for size in _SIZES if len(heads) >= size), default=0)
    share = sum(head.single for head in heads) / len(heads) if files and _holds_talks(path, event, heads) else 0.0
    single = max((least for least in _SHARES if share >= least), default=0.0)
    return FolderFacts(event, files, single, day, _find_mark(path, heads))


def _find_mark(path: str, heads: Sequence[Head]) -> str | None:
    """Return `FolderFacts.mark`; None, too, if the folder is not one of events or talks by its path or its texts."""
    mark = find_mark([head.name for head in heads])
    if mark is None or lies_among_events(path) or has_any(fold_camel_words(path), TALK_PLURALS):
        return mark
    texts = (fold_words(" ".join((head.title, *head.opening))) for head in heads)
    told = sum(has_any(text, GATHERINGS | GATHERING_FOLDERS | TALK_WORDS) for text in texts)
    return mark if told >= _TELLING * len(heads) else None


def _holds_talks(path: str, event: PathEvent | None, heads: Sequence[Head]) -> bool:
    """Whether a folder has files about talks: it is called so or like an event, or a fifth of the files tell of one.

    Two files at least must tell of one: of a few, one may do so by chance.
    """
    if (event and event.sure) or lies_among_events(path) or has_any(fold_camel_words(path), TALK_PLURALS):
        return True
    return sum(head.telling for head in heads) >= max(_LEAST_TELLING, _TELLING * len(heads))


def _weigh_event(
    path: str, heads: Sequence[Head], indexes: Sequence[Head], dated: PathEvent | None
) -> PathEvent | None:
    event = read_path_event(path + (heads[0].name if len(heads) == 1 and path.endswith("/") else ""))
    if dated:
        return dated
    mixed = _are_mixed(heads)
    # The README that is the folder's only post tells of itself: its event is read from its text like that of any post.
    own = next((index for index in indexes if index.name == path.rpartition("/")[2]), None)
    for index in indexes:
        told = _read_index(index)
        if event and told.series and is_same_event(event.series, told.series):
            as_long = len(told.series.split()) == len(event.series.split())
            name = told.series if as_long or not event.sure else event.series
            sure = event.sure or not is_dated_folder(path)  # else the index is the post itself
            return replace(event, series=spell_series(name), year=event.year or told.year, sure=sure)
        if event and event.sure:
            return replace(event, year=event.year or told.year)
        if told.series and not mixed and index is not own:
            return told
    titled = is_dated_folder(path)  # the folder is called by the title of its post
    if event and (event.sure or (not titled and _count_mentions(event.series, heads) >= _LEAST_MENTIONS)):
        return replace(event, sure=True)
    voted = _vote(heads)
    if not voted and titled and own and (opening := _find_opening(own, heads)):
        return opening
    if voted and titled and own and not _count_mentions(voted.series, [own]):
        return event  # a month of a blog, in which most posts are about one event
    return voted or event


def _find_opening(own: Head, heads: Sequence[Head]) -> PathEvent | None:
    """Return as an event the name before the colon in a post's title, if it is an event; else None.

    "Moss Gardens: Soils by Ann Lee" is of the event "Moss Gardens" if at least two other posts have titles that begin
    with "Moss Gardens:", all of them are of the same week, and most tell of talks. The name has at least two words;
    each begins with a capital, and at least one is no common word.
    """
    name = own.title.partition(": ")[0] if ": " in own.title else ""
    words = fold_words(name).split()
    capital = all(word[0].isupper() for word in name.split())
    if len(words) < _LEAST_OPENING or not capital or all(word in _NO_NAMES or word in FOLDER_WORDS for word in words):
        return None
    alike = [head for head in heads if head.title.startswith(f"{name}: ")]
    days = [(head.written_on - own.written_on).days for head in alike if head.written_on and own.written_on]
    told = sum(head.telling for head in alike)
    if len(days) < max(_LEAST_VOTES, len(alike)) or max(map(abs, days)) > _WEEK or 2 * told <= len(alike):
        return None
    year = own.written_on.year if own.written_on else None
    return PathEvent(spell_series(name), year, True, f"{len(days)} titles of the folder begin with it")


def _are_mixed(heads: Sequence[Head]) -> bool:
    """Whether titles and names of the files name three different events at least, so that none is the folder's."""
    found: list[str] = []
    for head in heads:
        name = " ".join(word.capitalize() for word in fold_words(head.name.rpartition(".")[0]).split())
        for event in _find_evident([head.title, name]):
            if not any(is_same_event(event.name, other) for other in found):
                found.append(event.name)
        if len(found) >= _DIFFERENT:
            return True
    return False


def _read_index(index: Head) -> PathEvent:
    """Return the only event that a README names in its title and first lines, with its year.

    An example is none: "conferences like GardenConf". The year of the folder below the README counts, else that beside
    the event, else the only year named. Without a single event the series is "".
    """
    texts = [index.title, *index.opening]
    years = {int(match[1]) for text in texts for match in _YEAR.finditer(text)}
    year = index.year or (years.pop() if len(years) == 1 else None)
    named: dict[str, EventName] = {}
    examples = {
        event.name for text in texts for event in find_event_names(text) if _EXAMPLE.search(text[: event.place])
    }
    for event in _find_evident(texts):
        if event.name in examples:
            continue
        known = next((key for key, other in named.items() if is_same_event(other.name, event.name)), None)
        named.setdefault(known or fold_without_spaces(event.name), event)
    if len(named) != 1:
        return PathEvent("", year, False, "")
    event = next(iter(named.values()))
    return PathEvent(spell_series(event.name), index.year or event.year or year, True, say_named_by(index.name))


def say_named_by(index: str) -> str:
    """Return the reason for an event that the README of this name tells as that of its folder."""
    return f"“{cut_text(index, 60)}” of the folder names it"


def _find_evident(texts: Iterable[str]) -> Iterator[EventName]:
    """Yield the names in these texts that are almost certainly those of events."""
    for text in texts:
        for event in find_event_names(text):
            words = fold_words(event.name).split()
            dull = all(word in FOLDER_WORDS or word in EVENT_LEADS or word in COMMON_WORDS for word in words)
            if event.weight >= _EVIDENT and words and (not dull or find_series(event.name)):
                yield event


def _find_only_year(series: str, heads: Sequence[Head]) -> int | None:
    """Return the year that files name beside the event in title or first lines; None if they name none or several."""
    years = {event.year for event in _iterate_mentions(series, heads) if event.year}
    return years.pop() if len(years) == 1 else None


def _count_mentions(series: str, heads: Sequence[Head]) -> int:
    """Return how many of the files name the event in title or first lines."""
    return sum(any(True for _ in _iterate_mentions(series, [head])) for head in heads)


def _iterate_mentions(series: str, heads: Iterable[Head]) -> Iterator[EventName]:
    """Yield the event as often as titles and first lines of the files name it, with the year beside it, if any."""
    for head in heads:
        for text in (head.title, *head.opening):
            yield from (event for event in find_event_names(text) if is_same_event(series, event.name))


def _vote(heads: Sequence[Head]) -> PathEvent | None:
    """Return the event and year that three of the files' titles at least, and 60 % of all, name; else None.

    It is None too if more than a fifth as many titles name another event or year.
    """
    spellings: defaultdict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    for head in heads:
        named: dict[str, EventName] = {}
        for event in _find_evident([head.title]):
            key = fold_without_spaces(event.name)
            named[key] = event if key not in named or event.year else named[key]
        for key, event in named.items():
            spellings[key, event.year][event.name] += 1
    counts = Counter({key: names.total() for key, names in spellings.items()})
    (best, count), *others = [*counts.most_common(2), (("", None), 0)]
    if count < _LEAST_VOTES or count < _SHARE * len(heads) or others[0][1] > _RIVAL * count:
        return None
    name = spell_series(spellings[best].most_common(1)[0][0])
    return PathEvent(name, best[1], True, f"{count} files of the folder name it")

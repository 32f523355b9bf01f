"""A post while it is parsed: its blocks, their outline, and what is known from front matter and path."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from talks.names import fold_words
from talks.parsing.metadata.dated_file_names import read_marked_event
from talks.parsing.metadata.day_labels import is_day_heading, read_day
from talks.parsing.metadata.folder_facts import NO_FACTS, FolderFacts
from talks.parsing.metadata.hints import Hints
from talks.parsing.metadata.path_events import (
    PathEvent,
    is_dated_folder,
    lies_among_events,
    read_file_event,
    read_part,
    read_path_event,
)
from talks.parsing.metadata.path_words import ends_like_event, fold_camel_words
from talks.parsing.metadata.post_metadata import Meta
from talks.parsing.metadata.series_names import is_same_event, list_spellings
from talks.parsing.records import EVENT_YEAR, Passage
from talks.parsing.talks.full_names import list_name_words
from talks.parsing.talks.people import People, read_people
from talks.parsing.talks.title_parts import Split, split_title
from talks.parsing.talks.title_slots import drop_front_slot, drop_slot
from talks.parsing.talks.unheard_talks import is_heading_of_missed, leads_to_heard, leads_to_missed, says_only_missed
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import escape_brackets, make_plain
from talks.parsing.text.pictures import drop_edge_pictures
from talks.parsing.title_comparison import has_any
from talks.parsing.words.common import GERMAN_WORDS
from talks.parsing.words.event_words import GATHERINGS
from talks.parsing.words.given_names import GIVEN_NAMES, fold_given_name
from talks.parsing.words.heading_words import SEE_ALSO_WORDS
from talks.parsing.words.talk_words import TALK_OR_NOTES, TALKS_OR_NOTES

_FOLDER = re.compile(r"[\\/]|__")
YEAR = re.compile(rf"{EVENT_YEAR}(?<!\d{{5}})(?!\d)")
_WORD = re.compile(r"(?<![\w@/.#-])[^\W\d_]{2,}(?![\w@/-]|\.\w)")
_IN_YEAR = "stands in a folder of a year"
_IN_EVENT = "stands in a folder of an event"
_RECORDINGS = ("youtube", "youtu.be", "vimeo.com", "speakerdeck", "slideshare", "slides", "infoq.com")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?:[-–—]\s+)?(?=\S)")
_SIGNS_OF_LINKS = ("://", "](", "][", "www.", "{{", "{%", "<")
_LONGEST_PLAIN = 4000
_LONGEST_SEARCHED = 3000
_LEAST_PARTS = 3
_LEAST_DAYS = 2
_MOST_SKIPPED = 3
_SET_APART = ("*", "_", "[", "“", '"')  # how a paragraph begins that may be a talk
_VOUCHED_PATTERNS, _SHAPED, _VOUCHED = ("dash>", "bar>"), 0.45, 0.6
_LEAST_GERMAN, _NOUN = 5, 0.15
_LONGEST_RATING = 40
_OF_BLOCKS_AND_PATH = (
    *("headings", "_outline", "_levels", "day_headings", "called", "path_parts", "stem", "stem_words", "path_event"),
    *("small_words", "_is_german"),
)
NOTED = (Form.LIST, Form.PARAGRAPH, Form.QUOTE)
"""The forms of blocks that are notes in words."""


def make_passage(block: Block) -> Passage:
    return Passage(block.text, block.line, block.end_line)


def _joins_any(words: Sequence[str], spellings: Set[str]) -> bool:
    """Whether some words that follow each other are one of the spellings, written as one word."""
    longest = max(map(len, spellings))
    for start in range(len(words)):
        joined = ""
        for word in words[start:]:
            joined += word
            if joined in spellings:
                return True
            if len(joined) >= longest:
                break
    return False


@dataclass(frozen=True)
class Document:
    """The post as recognisers read it. A block is named by its number, which is its index in `blocks`, from 0.

    A range of blocks, given as `start` and `end`, ends before block `end`. `name` is the post's path, `series` the name
    of its conference or empty. `about_person` says that the post only tells who somebody is. `lines` are the numbers of
    the blocks that are title lines, which count as headings (`promote_lines`).
    """

    name: str
    meta: Meta
    hints: Hints
    blocks: tuple[Block, ...]
    definitions: dict[str, str]
    published_on: date | None = None
    series: str = ""
    about_person: bool = False
    folder: FolderFacts = NO_FACTS
    lines: frozenset[int] = frozenset()
    _splits: dict[str, list[Split]] = field(default_factory=dict, repr=False, compare=False)
    _people: dict[str, People] = field(default_factory=dict, repr=False, compare=False)
    _plains: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False, compare=False)

    def tell_event(self, series: str, *, about_person: bool) -> "Document":
        """Return the document with the given series, and with whether the post is about a person.

        What was found out about its blocks and path is taken over, so that it need not be found again.
        """
        document = replace(self, series=series, about_person=about_person)
        vars(document).update({name: vars(self)[name] for name in _OF_BLOCKS_AND_PATH if name in vars(self)})
        return document

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """The numbers of the blocks that are headings."""
        return tuple(number for number, block in enumerate(self.blocks) if block.form is Form.HEADING)

    @cached_property
    def _outline(self) -> dict[int, tuple[int, int, int]]:
        """By heading three numbers of blocks: its parent or -1, the end of its section, the next heading or the end."""
        parents, ends = {}, {}
        path: list[int] = []
        for number in self.headings:
            while path and self._levels[path[-1]] >= self._levels[number]:
                ends[path.pop()] = number
            parents[number] = path[-1] if path else -1
            path.append(number)
        ends |= dict.fromkeys(path, len(self.blocks))
        following = (*self.headings[1:], len(self.blocks))
        return {n: (parents[n], ends[n], after) for n, after in zip(self.headings, following, strict=True)}

    def find_parent(self, heading: int) -> int:
        """Return the number of the heading above the given one in the outline, or -1."""
        return self._outline[heading][0]

    def find_end(self, heading: int) -> int:
        """Return the number of the first block after a heading's section; sections of its subheadings belong to it."""
        return self._outline[heading][1]

    @cached_property
    def _children(self) -> Counter[int]:
        """The number of headings right below each heading in the outline; for -1, of the outermost headings."""
        return Counter(parent for parent, _, _ in self._outline.values())

    def has_siblings(self, heading: int) -> bool:
        """Whether another heading has the same parent in the outline, or neither has one."""
        return self._children[self.find_parent(heading)] > 1

    def find_next_heading(self, heading: int) -> int:
        """Return the number of the next heading of any level, else the number of blocks."""
        return self._outline[heading][2]

    @cached_property
    def _levels(self) -> dict[int, float]:
        """The level of each heading in the outline.

        A title line is half a level above headings of its own level. If all days (two at least) have one level, and a
        heading after the first of them has a higher one, days count as of the highest level there.
        """
        levels = {
            number: self.blocks[number].level - (0.5 if number in self.lines else 0.0) for number in self.headings
        }
        days = self.day_headings
        if len(days) >= _LEAST_DAYS:
            above = min((levels[number] for number in self.headings if number > days[0]), default=0)
            held = {levels[number] for number in days}
            if len(held) == 1 and above < min(held):
                levels |= dict.fromkeys(days, above)
        return levels

    def find_level(self, heading: int) -> float:
        """Return the level of a heading in the outline, smaller for a higher one. Title lines have halves, such as 2.5.

        Headings of days may have another level there than in the text; see `_levels`.
        """
        return self._levels[heading]

    def find_heading_above(self, number: int) -> int:
        """Return the index in `blocks` of the last heading before the block with index `number`, or -1."""
        place = bisect_left(self.headings, number)
        return self.headings[place - 1] if place else -1

    @cached_property
    def day_headings(self) -> tuple[int, ...]:
        """The numbers of the headings of days (`is_day_heading`): "Day 2", but not "Day 2, 10:30: Gardens"."""
        untimed = ((number, drop_front_slot(drop_slot(self.plain(number)))[0]) for number in self.headings)
        return tuple(number for number, plain in untimed if is_day_heading(plain))

    def find_day_above(self, number: int) -> int:
        """Return the index in `blocks` of the last day heading before the block with index `number`, or -1."""
        place = bisect_left(self.day_headings, number)
        return self.day_headings[place - 1] if place else -1

    @cached_property
    def missed_sections(self) -> frozenset[int]:
        """The numbers of the blocks in sections of talks that the writer did not hear.

        Their headings say so ("Talks I missed"), or all that is written there ("- Absent").
        """
        return frozenset(
            number
            for heading in self.headings
            if is_heading_of_missed(self.plain(heading))
            or (self.find_end(heading) == heading + 2 and says_only_missed(self.blocks[heading + 1].content))
            for number in range(heading, self.find_end(heading))
        )

    @cached_property
    def missed(self) -> frozenset[int]:
        """The numbers of the blocks that tell of talks which the writer did not hear.

        They stand in `missed_sections`, or behind a paragraph such as "Here are talks that I still want to see:". Lists
        behind such a paragraph are left to the recogniser of items, and a post that says so of all its talks to
        `lists_unheard_talks`, which looks for notes.
        """
        found = set(self.missed_sections)
        for number in self.paragraphs(0, len(self.blocks)):
            if number not in found and leads_to_missed(self.blocks[number].content):
                told = range(number, self._find_end_of_announced(number))
                if told.stop == len(self.blocks) and self._is_opening(number):
                    continue
                found.update(each for each in told if self.blocks[each].form is not Form.LIST)
        return frozenset(found)

    def _is_opening(self, number: int) -> bool:
        """Whether only a title and paragraphs that begin with no quote, link or bold text stand above a paragraph."""
        return all(
            (block.form is Form.HEADING and not place)
            or (block.form is Form.PARAGRAPH and not block.content.startswith(_SET_APART))
            for place, block in enumerate(self.blocks[:number])
        )

    def _find_end_of_announced(self, number: int) -> int:
        """Return the number of the first block after those that a paragraph announces.

        They end before the next heading. If a heading follows at once, they end before the first heading of a higher
        level than that. A paragraph that tells of talks which the writer heard ends them too.
        """
        after = [heading for heading in self.headings if heading > number]
        if after[:1] == [number + 1]:
            after = [heading for heading in after if self.find_level(heading) < self.find_level(number + 1)]
        end = next(iter(after), len(self.blocks))
        heard = (each for each in self.paragraphs(number + 1, end) if leads_to_heard(self.blocks[each].content))
        return next(heard, end)

    @cached_property
    def called(self) -> str:
        """The post's title: that of its front matter, else its first heading, or empty."""
        return self.meta.title or next(map(self.plain, self.headings[:1]), "")

    @cached_property
    def path_parts(self) -> tuple[str, ...]:
        """The names of the post's folders and of its file, with the ending; `__` in a name separates like `/`."""
        return tuple(part for part in _FOLDER.split(self.name) if part)

    @cached_property
    def stem(self) -> str:
        """The last of `path_parts`, without the ending of the file's name."""
        return _FOLDER.split(self.name)[-1].rsplit(".", 1)[0]

    @cached_property
    def stem_words(self) -> str:
        """`stem` with spaces in place of "-" and "_"."""
        return self.stem.replace("-", " ").replace("_", " ")

    @cached_property
    def path_event(self) -> PathEvent | None:
        """The event that the folder's files tell of.

        If they tell of none, or the file's own name tells of another event, it is the event that the post's path names,
        or None if the path names none.
        """
        event = self.folder.event
        if not (event and event.sure) and (marked := read_marked_event(self.stem, self.folder.mark)):
            return marked
        if not event:
            return read_path_event(self.name)
        own = read_file_event(self.name)
        return event if own is None or is_same_event(own.series, event.series) else read_path_event(self.name)

    @cached_property
    def folder_signs(self) -> tuple[str, ...]:
        """Reasons of evidence that hold for the post: that it is in a folder of an event, of a year, of talks or notes.

        A folder that is called by a date and holds only this post is no folder of an event; one that is called by a
        year, in a folder of conferences, is.
        """
        folders = self.path_parts[-4:-1]
        signs = []
        event = self.path_event
        parts = [read_part(folder) for folder in (folders[:-1] if is_dated_folder(self.name) else folders)]
        named = [part for part in parts if part.kind == "named"]
        dated = any(map(YEAR.search, folders))
        if (
            (event and event.sure)
            or any(part.year or any(map(ends_like_event, fold_words(part.written).split()[-1:])) for part in named)
            or (dated and lies_among_events(self.name))
        ):
            signs.append(_IN_EVENT)
        elif dated:
            signs.append(_IN_YEAR)
        collected = any(part.kind == "gatherings" and has_any(fold_words(part.written), GATHERINGS) for part in parts)
        if collected or any(has_any(fold_camel_words(folder), TALK_OR_NOTES) for folder in folders):
            signs.append("stands in a folder of talks or notes")
        return tuple(signs)

    @cached_property
    def lies_among_events(self) -> bool:
        """Whether a folder above the post is one of an event or of several."""
        return _IN_EVENT in self.folder_signs or lies_among_events(self.name)

    @cached_property
    def lies_among_talks(self) -> bool:
        """Whether a folder above the post is one of an event, of several, of talks or of notes."""
        return any(sign != _IN_YEAR for sign in self.folder_signs) or lies_among_events(self.name)

    def names_series(self, folded: str) -> bool:
        """Whether a folded text has the conference's name in one of its spellings, even around a year.

        "moss 2018 con", "mosscon" and "mosscon2018" for "Moss Con".
        """
        if not self.series:
            return False
        spellings, dateless = list_spellings(self.series), YEAR.sub(" ", folded)
        squeezed = dateless.replace(" ", "")
        if any(spelling in squeezed for spelling in spellings) and _joins_any(dateless.split(), spellings):
            return True
        return not folded.isascii() and any(spelling in folded.replace(" ", "") for spelling in spellings)

    @cached_property
    def names_event_or_day(self) -> bool:
        """Whether the post's title (`called`) or its file's name names the event or a day.

        A year beside only words of the event's name will do: "fe-2020" for "GardenConf FE".
        """
        series = fold_words(self.series)
        for text in (self.called, self.stem_words):
            folded = fold_words(text)
            joined = bool(series) and series.replace(" ", "") in folded.replace(" ", "")
            words = {word for word in folded.split() if not word.isdigit()}
            dated = bool(words and YEAR.search(text)) and words <= set(series.split())
            if joined or dated or self.names_series(folded) or read_day(text) or is_day_heading(text):
                return True
        return False

    @cached_property
    def tells_of_event(self) -> bool:
        """Whether the post's title (`called`) or its file's name names the event, a day, talks or notes."""
        texts = map(fold_words, (self.called, self.stem_words))
        return self.names_event_or_day or any(has_any(folded, TALKS_OR_NOTES) for folded in texts)

    @cached_property
    def list_share(self) -> float:
        """The share of lists among all lists and paragraphs, from 0 to 1; 0 without any."""
        lists = sum(block.form is Form.LIST for block in self.blocks)
        texts = sum(block.form is Form.PARAGRAPH for block in self.blocks)
        return lists / max(1, lists + texts)

    @cached_property
    def length(self) -> int:
        """The number of characters in all blocks."""
        return sum(len(block.text) for block in self.blocks)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Folded texts of headings that stand right below three or more different headings: "Speaker", "Summary".

        These headings name parts of talks, not talks. Headings like "See also" are left out.
        """
        parents: dict[str, set[int]] = {}
        for number in self.headings:
            if (parent := self.find_parent(number)) >= 0:
                parents.setdefault(fold_words(self.plain(number)), set()).add(parent)
        return frozenset(
            text
            for text, above in parents.items()
            if len(above) >= _LEAST_PARTS and not set(text.split()) <= SEE_ALSO_WORDS
        )

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the post writes in small letters somewhere, except in addresses and code.

        They are not taken for names of people.
        """
        texts = (block.text[:_LONGEST_SEARCHED] for block in self.blocks if block.form is not Form.CODE)
        return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())

    @cached_property
    def _is_german(self) -> bool:
        """Whether the post is in German, which writes nouns with capitals as it does names."""
        return len(GERMAN_WORDS & self.small_words) >= _LEAST_GERMAN

    @cached_property
    def recordings(self) -> frozenset[int]:
        """The numbers of the blocks that hold a word for slides or recordings, and a link that may lead to these."""
        texts = [block.text[:_LONGEST_SEARCHED].casefold() for block in self.blocks]
        if not any(map("\n".join(texts).__contains__, _RECORDINGS)):  # true of many posts
            return frozenset()
        return frozenset(
            number
            for number, (block, text) in enumerate(zip(self.blocks, texts, strict=True))
            if any(map(text.__contains__, _RECORDINGS)) and any(map(block.text.__contains__, _SIGNS_OF_LINKS))
        )

    @cached_property
    def repeated(self) -> Counter[str]:
        """The number of times each folded heading occurs in the post."""
        return Counter(fold_words(self.plain(number)) for number in self.headings)

    @cached_property
    def sections(self) -> tuple[tuple[int, int, int], ...]:
        """For each run of blocks between headings: its heading or -1, its first block, the block after its last."""
        starts = [(-1, 0), *((number, number + 1) for number in self.headings)]
        ends = [*self.headings, len(self.blocks)]
        return tuple((heading, start, end) for (heading, start), end in zip(starts, ends, strict=True))

    def split(self, content: str) -> list[Split]:
        """Return all ways to split a text into title and people, cached since several recognisers need the same."""
        if content not in self._splits:
            self._splits[content] = [self._vouch(split) for split in split_title(content, self.definitions)]
        return self._splits[content]

    def _vouch(self, split: Split) -> Split:
        """Return the split with its people doubted as nouns; some behind a dash or bar get the certainty 0.6.

        These have full names without companies and a certainty from 0.45 to below 0.6, and the post writes no word of
        their names in small letters.
        """
        split = split._replace(people=self._doubt_nouns(split.people))
        if split.pattern not in _VOUCHED_PATTERNS or not _SHAPED <= split.score < _VOUCHED:
            return split
        speakers = split.people.speakers
        full = all(" " in speaker.name and not speaker.affiliation for speaker in speakers)
        words = list_name_words(speakers)
        vouched = full and self.small_words.isdisjoint(words)
        return split._replace(people=split.people._replace(score=_VOUCHED)) if vouched else split

    def read_people(self, content: str) -> People:
        """Return the people that a text names, cached for all recognisers."""
        if content not in self._people:
            self._people[content] = self._doubt_nouns(read_people(content, self.definitions))
        return self._people[content]

    def _doubt_nouns(self, people: People) -> People:
        """Return the people, with the certainty 0.15 in a German post if they may be nouns: "Neue Werkzeuge"."""
        if not _NOUN < people.score < _VOUCHED or not self._is_german:
            return people
        firsts = (fold_given_name(re.split("[ -]", speaker.name)[0]) for speaker in people.speakers)
        return people if any(first in GIVEN_NAMES for first in firsts) else people._replace(score=_NOUN)

    @cached_property
    def _is_numbered(self) -> bool:
        """Whether three headings at least have numbers of sections: "1.2. Introduction"."""
        numbered = (self.blocks[number].content for number in self.headings)
        return sum(bool(_SECTION_NUMBER.match(content)) for content in numbered) >= _LEAST_PARTS

    def _drop_number(self, heading: str) -> str:
        return _SECTION_NUMBER.sub("", heading) if heading[:1].isdigit() and self._is_numbered else heading

    def plain(self, number: int) -> str:
        """Return the plain text of a block, or of its beginning if it is long.

        Of a heading it is without emoji, and without the number of a section ("1.2.") if several headings have one.
        """
        block = self.blocks[number]
        content, is_heading = key = block.content, block.form is Form.HEADING
        known = self._plains.get(key)
        if known is not None:
            return known
        content = content[:_LONGEST_PLAIN]
        plain = make_plain(escape_brackets(content, self.definitions) if is_heading else content)
        self._plains[key] = plain = self._drop_number(drop_edge_pictures(plain) or plain) if is_heading else plain
        return plain

    def find_words(self, start: int) -> int:
        """Return the number of the first block from `start` on that has words, not only stars, a rule or a picture.

        At most three blocks are skipped: the next one, like the last of the post, is returned whatever it holds.
        """
        number = start
        while number < min(start + _MOST_SKIPPED, len(self.blocks) - 1) and self._is_wordless(number):
            number += 1
        return number

    def _is_wordless(self, number: int) -> bool:
        block = self.blocks[number]
        return block.form in (Form.RULE, Form.IMAGE, Form.EMBED) or (
            block.form is Form.PARAGRAPH and len(block.content) <= _LONGEST_RATING and not fold_words(block.content)
        )

    def paragraphs(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the paragraphs among the blocks from `start` on, up to but without `end`."""
        return (number for number in range(start, end) if self.blocks[number].form is Form.PARAGRAPH)

"""Splits headings that contain more than a title: "Title – Speaker", "Speaker: Title", "Title by Speaker (Company)"."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from talks.late_patterns import compile_late
from talks.line_ends import join_lines
from talks.names import fold_words
from talks.parsing.metadata.series_names import fold_without_spaces, list_spellings
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.affiliations import names_organisation
from talks.parsing.talks.full_names import drop_unnamed, is_given_name
from talks.parsing.talks.people import (
    NOBODY,
    People,
    describe,
    is_role_text,
    read_people,
    read_people_in,
    round_brackets,
)
from talks.parsing.talks.title_kinds import measure_kind, names_only_kind
from talks.parsing.talks.title_slots import NUMBERED_TALK, drop_slot, measure_slot
from talks.parsing.text.inline import Link, escape_brackets, find_links, make_plain_with_links
from talks.parsing.text.pictures import drop_last_pictures, drop_pictures, measure_pictures
from talks.parsing.words.talk_words import BY_WORDS, HONORIFICS, MAKING_WORDS, RESOURCE_LABELS, TALK_WORDS
from talks.parsing.words.word_sets import match_any

_BY = re.compile(
    r"(?:\s+|^)(?:\((?=\w))?(?:"
    + "|".join(sorted({re.escape(w).replace(r"\ ", r"\s+") for w in BY_WORDS}, key=len, reverse=True))
    + r")\s+(?!(?:[-–—|:]+|//)\s)",  # "Tools I live with - Ann Lee"
    re.IGNORECASE,
)
# Behind a comma, before nobody but a speaker: "Leading gardeners, by Ann Lee".
_BY_PERSON = re.compile(r",\s+(?:by|par|por)\s", re.IGNORECASE)
# Name of the pattern, signs of which the text must have one, and the separator itself.
_SEPARATORS = (
    (
        "dash",
        "-–—―~:→=ー",
        re.compile(
            r"\s+ー\s*|\s+(?:[-–—―]|--|---|~|::|→|=>)\s+|\s*[—―]+\s*|\s+[–-](?=[A-Z@])|(?<=\w)[–-]\s+"
            r"|(?<![」』”\"»])\s+[–-](?=[\u3040-\u9fff\uac00-\ud7af])"
        ),
    ),
    ("bar", "|｜¦/／·•", re.compile(r"\s*[|｜¦/／]{1,2}\s+|\s+[·•]\s+")),
    ("colon", ":：", re.compile(r"\s*[:：]\s+|：")),
    ("stop", ".", re.compile(r"\.(?<=[^\W\dA-Z_)].)\s+(?=[A-ZÀ-Þ])")),
    ("comma", ",，", re.compile(r"\s*[,，]\s+")),
)
_BRACKET = re.compile(
    r"\s*[(（\[]([^()（）\[\]]*(?:[(（\[][^()（）\[\]]*[)）\]][^()（）\[\]]*){0,3})[)）\]]\s*[.!?]*\Z"
)
OPENING_QUOTES = '"“”„«「『《'
_QUOTED = re.compile(r"[\"“”„«「『《]([^\"“”„«»「」『』《》]{3,})[\"“”»」』》]")
# "Ann Lee, University of Acme, *Better gardens*": the marked end is the title.
_SLANTED = re.compile(r"(.{4,160}?)[\s,:–—-]+([*_]{1,2})(?=[^\s*_])([^*_\n]{6,})(?<=\S)\2\s*\Z")
_NUMBERING = re.compile(
    r"(?:主[题題]\s*[一二三四五六七八九十\d]{1,3}\s*[:：]\s*|[一二三四五六七八九十]{1,3}、\s*|#?\d{1,3}\s*[.):](?!\d)\s*|[A-Z]\d{1,3}\.\s+"
    rf"|\d{{1,3}}\s*[-–—/]\s+|[①-⑳]\s*|{NUMBERED_TALK}\s*[:.–—-]\s*)",
    re.IGNORECASE,
)
_ONLY_LINK = re.compile(r"(?P<before>\[)(?P<shown>[^\[\]]+)(?P<behind>\]\([^()\s]*\))\s*\Z")
# What may be the conference, a year perhaps, and the sign before a title.
_BEFORE_TITLE = re.compile(r"\W*([^:|–—•·]{3,60}?)(?:\s+['’]?(?:\d\d){1,2})?\s*[:|–—•·]\s+(?=\S)")
_DASH = re.compile(r"\s+[-–—]\s+")
_DANGLING = re.compile(r"(?:\s+[-–—|]+|[:：])\s*\Z")
_FIELD = re.compile(r"\s+[|｜¦]\s+")
_EDGES = " \t-–—|:：,;•·*_"
# What a writer has still to do, before a title: "(TODO needs notes)".
_TO_DO = re.compile(r"\W*[(\[]\s*(?:TODO|TBD|WIP|FIXME)\b[^()\[\]]{0,60}[)\]]\s*(?=\w)")
# "(Lightning talk)" at the end of a title or before the links to its files, and a file that has no link yet.
_KIND_AFTER = re.compile(r"\s*[(\[]([\w -]{3,30})[)\]](?=\s*(?:\Z|[-–—,|]))")
_FILE_AFTER = re.compile(r"\s*[-–—,|/(\[]\s*(\w+)[)\]]?\s*\Z")
_QUOTES = {"《": "》", '"': '"', "“": "”", "”": "”", "„": "“", "«": "»", "「": "」", "『": "』", "‘": "’", "'": "'"}
MOST_CUTS = 3
_KINDS_OF_TALK = r"(?:keynote|talk|session|presentation|lecture|speech|workshop|tutorial)"
_GENITIVE = compile_late(
    rf"((?:[^\W\d_][\w.’-]*\s+){{0,3}}[^\W\d_][\w-]*)['’]s?\s+(?:[\w-]+\s+)?{_KINDS_OF_TALK}"
    r"(?:(?:\s+(?:on|about|called|titled|entitled)|\s*[:,–—-])\s+(.{3,}))?\s*\Z",
    re.IGNORECASE,
)
# "Panel with" before names and a title: "Panel with Ann Lee: Gardens".
_KIND_BY = re.compile(rf"(?:{match_any(TALK_WORDS)})(?=\s){_BY.pattern}", re.IGNORECASE)
# "Keynote by Ann Lee on gardens", and, where the siblings are alike, "Ann Lee on gardens".
_ON = re.compile(
    rf"(?P<kind>(?:[\w-]+\s+)?{_KINDS_OF_TALK}\s+by\s+)?(?P<people>.{{5,80}}?)\s+(?:on|about|über|sobre)\s+(?P<title>.{{3,}})\Z",
    re.IGNORECASE,
)
# Who saw a talk or took the notes, behind its title: "Gardens, seen by Ann", "Moss (notes by Bob)".
_CREDIT = compile_late(
    r"\s*[,(\[|–—-]\s*(?:(?:seen|watched|attended|notes?|written up|summari[sz]ed) by|vue?s? par|notes? (?:de|par)"
    r"|gesehen von|besucht von|notizen von|vist[ao] por|notas de)\s+[^,()\[\]]{2,60}[)\]]?\s*\Z",
    re.IGNORECASE,
)
_LINK = r"\[[^\[\]]{0,40}\]\([^()\s]*\)"
_FILES = re.compile(rf"(?<!\s)\s*+[(\[]\s*+{_LINK}(?:\s*+(?:[,/|·&]\s*+)?{_LINK})*+\s*+[)\]]")
# Words without which the patterns above cannot match, so that most texts need not be searched for these.
_FIRST_BY_WORDS = frozenset(word.split()[0].casefold() for word in BY_WORDS)
_CREDIT_WORDS = frozenset({"by", "par", "de", "von", "por"})
_TOPIC_WORDS = frozenset({"on", "about", "über", "sobre"})
_FIELD_SIGNS = "|｜¦"
_PERHAPS_NAMED = 0.45
_ON_TOPIC = 0.5  # "Ann Lee on gardens", where "on" may be part of a title
_LONGEST_WRITTEN = 20_000
_LONGEST_CONTENT = 1000
_PLAIN_PATTERNS = ("dash>", "bar>")
_LONGEST_TAIL = 4
_LEAST_FIELDS = _LEAST_TITLE = 3
_MOST_FIELDS = 5
_HARDLY = 0.05
_NAME_ALONE = 0.15
_MOST_WORDS = 4
_NAMED = 0.75
_SURELY_NAMED = 0.9


class Split(NamedTuple):
    """One way to split a heading into title and people; `NOBODY` if the whole heading is title.

    `linked`: after "by" comes a link to somebody without a person's name. `pattern` is separator and side, for
    comparing with other headings: "dash>" has the people after a dash, "<dash" before it.
    """

    title: str
    people: People
    pattern: str
    linked: bool = False

    @property
    def score(self) -> float:
        """The certainty that `people` are people, from 0 to 1; 0 if the whole heading is title."""
        return self.people.score


def split_title(content: str, definitions: Mapping[str, str] | None = None) -> list[Split]:
    """Return all ways to split a heading into title and people, first the one in which the whole is title.

    Time slots, numbers and links to files at its ends are left out. Only its first 1,000 characters are read.
    """
    content = join_lines(content[:_LONGEST_WRITTEN])[:_LONGEST_CONTENT]
    content = round_brackets(drop_slot(drop_files(content)), definitions)
    if "(" in content or "[" in content:
        content = _KIND_AFTER.sub(
            lambda match: "" if match.start() and names_only_kind(match[1]) else match[0], content
        )
    content = escape_brackets(content[measure_slot(content, 0) :], definitions or {})
    plain, links = make_plain_with_links(content, definitions)
    plain = _DANGLING.sub("", plain)
    words, whole = _list_words(plain), plain
    if not words.isdisjoint(_CREDIT_WORDS):
        plain = _CREDIT.sub("", plain)
    plain, links = _drop_front(*_drop_end(drop_unnamed(plain), links))
    words = words if plain == whole else _list_words(plain)
    splits = [Split(clean_title(plain), NOBODY, ""), *_read_fields(plain), *_read_slanted(content, definitions)]
    splits += _read_genitive(plain)
    if not words.isdisjoint(_TOPIC_WORDS):
        splits += _read_topic(plain)
    has_fields = any(split.pattern == "<bar" for split in splits)
    for pattern, title, start, end in _cut(plain, words):
        if has_fields and pattern in ("bar>", "<bar"):
            continue
        people = read_people_in(
            plain[start:end], [_shift(link, start) for link in links if link.start < end and link.end > start]
        )
        linked = pattern == "by>" and not people.speakers and any(_covers(link, plain, start) for link in links)
        if not people.speakers and pattern in _PLAIN_PATTERNS:
            tail = join_lines(plain[start:end])
            people = People((ParsedSpeaker(tail),), _HARDLY) if 0 < len(tail.split()) <= _LONGEST_TAIL else NOBODY
        if not linked and not people.speakers:
            continue
        if pattern == "by>" and _is_byline(plain, title, people, start):
            people = people._replace(score=max(people.score, _NAMED))
        title = clean_title(title)
        if title and names_only_kind(title):
            title = join_lines(plain)  # "Keynote - Ann Lee" is all the name that the talk has
            if pattern == "by>" and _NAME_ALONE <= people.score < _NAMED:
                people = people._replace(score=_NAMED)  # a keynote is always by a person
        if linked or title:
            splits.append(Split(title, people, pattern, linked=linked))
    return _complete_lists(splits)


def _is_byline(plain: str, title: str, people: People, start: int) -> bool:
    """Whether the text from `start` on, behind "by", is only names: full ones behind a comma, or a given name.

    A full name is two or three words, all with capitals, with at most one word between two of them. A given name counts
    behind a capital: "Roses and Moss by Andrew", but not "gardens as seen by Anna".
    """
    text = plain[start:]
    if is_given_name(text) and title.rpartition(" ")[2][:1].isupper():
        return True
    names = [speaker.name.split() for speaker in people.speakers]
    full = all(1 < len(name) < _MOST_WORDS and all(word[:1].isupper() for word in name) for name in names)
    full = full and len(text.split()) < sum(map(len, names)) + len(names) and people.score >= _PERHAPS_NAMED
    return full and bool(_BY_PERSON.match(plain, len(title) - 1))


def _complete_lists(splits: Sequence[Split]) -> list[Split]:
    """Return the splits; the score of one before a list of people rises to that of the split before the last of them.

    In "Gardens, Ann Lee, Bob Roy" or "Gardens - Ann Lee, Bob Roy (Moss)", the split before "Ann Lee" scores at least as
    much as the one at the comma before "Bob Roy". A score below 0.75 does not rise.
    """
    listed = [split for split in splits if split.pattern == "comma>"]
    if not listed:
        return [*splits]
    return [
        split._replace(people=split.people._replace(score=max([split.score, *_weigh_ends(split, listed)])))
        if split.pattern.endswith(">") and split.score >= _NAMED
        else split
        for split in splits
    ]


def _weigh_ends(split: Split, listed: Sequence[Split]) -> Iterator[float]:
    """Yield the score of each split in `listed` whose people are the last people of `split`."""
    return (other.score for other in listed if _ends(split, other))


def _ends(split: Split, other: Split) -> bool:
    last = other.people.speakers
    return bool(last) and split.people.speakers[-len(last) :] == last


def find_files(text: str) -> re.Match[str] | None:
    """Return the first brackets behind other text that hold only links to files: "([slides](…) / [🎥](…))", or None."""
    groups = _FILES.finditer(text) if "[[" in text or "([" in text else ()
    return next((group for group in groups if group.start() and all(map(_names_file, find_links(group[0])))), None)


def drop_files(text: str) -> str:
    """Return the text without brackets that hold only links to slides and the like."""
    while group := find_files(text):
        text = text[: group.start()] + text[group.end() :]
    return text


def _names_file(link: Link) -> bool:
    return set(fold_words(drop_pictures(link.text)).split()) <= RESOURCE_LABELS


def _list_words(plain: str) -> frozenset[str]:
    return frozenset(plain.casefold().replace("(", " ").split())


def _read_genitive(plain: str) -> Iterator[Split]:
    """Yield a split of "Ann Lee’s talk on gardens", title "gardens", or of "Ann Lee’s keynote", whose title is all."""
    if ("'" in plain or "’" in plain) and (match := _GENITIVE.match(plain)):
        people = read_people_in(match[1], ())
        if people.score >= _NAMED or (len(people.speakers) == 1 and people.score >= _PERHAPS_NAMED):
            title = clean_title(match[2] or "") or join_lines(plain)
            yield Split(title, people._replace(score=max(people.score, _NAMED)), "<genitive")


def _read_topic(plain: str) -> Iterator[Split]:
    """Yield a split of "Keynote by Ann Lee on gardens" or "Ann Lee on gardens", with the title "gardens"."""
    if match := _ON.match(plain):
        people = read_people_in(match["people"], ())
        if match["kind"] and people.score >= _NAME_ALONE:
            yield Split(clean_title(match["title"]), people._replace(score=max(people.score, _NAMED)), "<topic")
        elif people.score >= _SURELY_NAMED:
            yield Split(clean_title(match["title"]), people._replace(score=_ON_TOPIC), "<topic")


def _read_slanted(content: str, definitions: Mapping[str, str] | None) -> Iterator[Split]:
    """Yield a split of a heading with people before a title in italics: "Ann Lee: *Gardens in winter*"."""
    if content[-1:] in "*_" and (match := _SLANTED.match(content)) and not match[1].lstrip().startswith(match[2]):
        people = read_people(match[1], definitions)
        if people.speakers:
            yield Split(
                clean_title(make_plain_with_links(match[3])[0]),
                people._replace(score=min(1.0, people.score + 0.2)),
                "<slanted",
            )


def _read_fields(plain: str) -> Iterator[Split]:
    """Yield a split of a heading that consists of fields: "Ann Lee | @annlee | Initech | Gardens in winter"."""
    split = any(map(plain.__contains__, _FIELD_SIGNS))
    fields = [field for field in _FIELD.split(plain) if field] if split else []
    if _LEAST_FIELDS <= len(fields) <= _MOST_FIELDS:
        title = next((field for field in fields[1:] if _QUOTED.fullmatch(field)), fields[-1])
        told = [field for field in fields if field is not title]
        people = _read_described(told[0], told[1:])
        if len(people.speakers) == 1:
            yield Split(clean_title(title), people._replace(score=min(1.0, people.score + 0.1)), "<bar")
    yield from _read_dashed_fields(plain)


def _read_dashed_fields(plain: str) -> Iterator[Split]:
    """Yield splits of a heading of three fields with the title last: "Ann Lee - Initech - Gardens in winter"."""
    fields = _DASH.split(plain)
    if len(fields) != _LEAST_FIELDS or len(fields[-1].split()) <= 1 or is_role_text(fields[-1]):
        return
    *told, title = fields
    for name, company in (told, reversed(told)):
        shorter = len(company.split()) < len(title.split())
        people = _read_described(name, [company]) if shorter else NOBODY
        if people.score >= _NAMED:
            yield Split(clean_title(title), people._replace(score=people.score - 0.05), "<fields")


def _read_described(name: str, notes: Sequence[str]) -> People:
    """Return the person in the field `name`, with role or affiliation from `notes`; nobody unless it names just one."""
    people = read_people_in(name, ())
    if len(people.speakers) != 1:
        return NOBODY
    speaker = people.speakers[0]
    for note in notes:
        speaker = describe(speaker, note)
    return People((speaker,), people.score)


def _covers(link: Link, plain: str, start: int) -> bool:
    """Whether one link covers all of the text from `start` to its end."""
    return start - 1 <= link.start <= start and link.end >= len(plain.rstrip(" .)"))


def _shift(link: Link, start: int) -> Link:
    return Link(link.start - start, link.end - start, link.text, link.url)


def _drop_end(plain: str, links: Sequence[Link]) -> tuple[str, Sequence[Link]]:
    """Return the text without links to slides and the like, a time slot or emoji at its end, and the links left."""
    plain = _drop_file(drop_last_pictures(plain), links)
    while links and links[-1].end >= len(plain) and _names_file(links[-1]):
        plain, links = drop_last_pictures(plain[: links[-1].start].rstrip(" ([|,/:–—-")), links[:-1]
    plain = drop_slot(plain)
    return plain, [link for link in links if link.start < len(plain)]


def _drop_file(plain: str, links: Sequence[Link]) -> str:
    """Return a title that ends in links to files, without the name of a file that is not linked: "…, Slides".

    Any other title is returned unchanged.
    """
    match = _FILE_AFTER.search(plain) if links else None
    if match and links[-1].end <= match.start() and fold_words(match[1]) in RESOURCE_LABELS:
        return plain[: match.start()]
    return plain


def _drop_front(plain: str, links: Sequence[Link]) -> tuple[str, list[Link]]:
    """Return the text without emoji, numbers and time slots before it, and its links, with their new indexes."""
    start = measure_pictures(plain)
    while (end := _find_front(plain, start)) > start:
        start = end
    return plain[start:], [_shift(link, start) for link in links if link.end > start]


def _find_front(plain: str, start: int) -> int:
    """Return the index at which a title begins behind a number, or else a time slot, at `start`; else `start`."""
    numbering = _NUMBERING.match(plain, start)
    return numbering.end() if numbering and numbering.end() < len(plain) else measure_slot(plain, start)


def _cut(plain: str, words: Set[str]) -> Iterator[tuple[str, str, int, int]]:
    """Yield (pattern, title, start and end of the people) for each place at which the text may be split."""
    cuts = [] if words.isdisjoint(_FIRST_BY_WORDS) else list(_BY.finditer(plain))
    if kind := _KIND_BY.match(plain) if cuts else None:
        yield from _cut_behind_names(plain, kind.end())
    for match in cuts[-MOST_CUTS:]:
        if not _tells_of_maker(plain, match):
            yield "by>", plain[: match.start()], match.end(), len(plain)
    signs = set(plain)
    for name, own_signs, separator in _SEPARATORS:
        if signs.isdisjoint(own_signs):
            continue
        cuts = list(separator.finditer(plain))
        if name == "stop":  # "Dr. Ann Lee"
            cuts = [cut for cut in cuts if plain[: cut.start() + 1].split()[-1].casefold() not in HONORIFICS]
        places = cuts[:MOST_CUTS] + [cut for cut in cuts[-MOST_CUTS:] if cut not in cuts[:MOST_CUTS]]
        for match in places:
            yield f"{name}>", plain[: match.start()], match.end(), len(plain)
            yield f"<{name}", plain[match.end() :], 0, match.start()
    bracket = None if signs.isdisjoint("(（[") else _BRACKET.search(plain)
    if bracket and not _abbreviates(bracket[1], plain[: bracket.start()]):
        yield "bracket>", plain[: bracket.start()], bracket.start(1), bracket.end(1)
    if quoted := None if signs.isdisjoint(OPENING_QUOTES) else _QUOTED.search(plain):
        before, after = plain[: quoted.start()].strip(_EDGES), plain[quoted.end() :].strip(_EDGES)
        if after and (not before or fold_words(before) in TALK_WORDS):
            yield "quote>", quoted[1], quoted.end(), len(plain)
        elif before and not after:
            yield "<quote", quoted[1], 0, quoted.start()


def _abbreviates(short: str, plain: str) -> bool:
    """Whether a bracket only shortens the words before it: "GML" behind "Growing Moss Lightly"."""
    initials = "".join(word[0] for word in plain.split()[-len(short) :])
    return len(short) > 1 and short.isupper() and initials.upper() == short


def _tells_of_maker(plain: str, by: re.Match[str]) -> bool:
    """Whether "by" stands behind "powered" or the like, and before no surely known full name."""
    before = plain[: by.start()].rpartition(" ")[2].casefold()
    return before in MAKING_WORDS and read_people_in(plain[by.end() :], ()).score < _SURELY_NAMED


def _cut_behind_names(plain: str, start: int) -> Iterator[tuple[str, str, int, int]]:
    """Yield the parts, as `_cut` does, of a text whose names begin at `start`, with the title behind a colon or dash.

    Behind a dash stands the company or role as often, so that the title must be in quotes there, or have three words.
    """
    for name, _, separator in _SEPARATORS:
        if name in ("dash", "colon") and (match := separator.search(plain, start)):
            title = plain[match.end() :]
            long = len(title.split()) >= _LEAST_TITLE and not (is_role_text(title) or names_organisation(title))
            if name == "colon" or long or title[:1] in OPENING_QUOTES:
                yield f"<{name}", title, start, match.start()


def _drop_resources(title: str) -> str:
    """Return the title without a bracket at its end that only says "slides" or "video"."""
    match = _BRACKET.search(title) if ")" in title or "]" in title or "）" in title else None
    if match and match.start() and set(fold_words(match[1]).split()) <= RESOURCE_LABELS:
        return title[: match.start()]
    return title


def clean_title(text: str) -> str:
    """Return a title without the kind of talk before it, quotes around it, and separators or a full stop at its ends.

    A bracket at its end that only says "slides" or "video" is left out too, and one before it with "TODO".
    """
    title = _TO_DO.sub("", _drop_resources(join_lines(text)), count=1).strip(_EDGES)
    title = title[measure_kind(title) :].strip(_EDGES)
    while len(title) > 2 and _QUOTES.get(title[0]) == title[-1] and title[0] not in title[1:-1]:
        title = title[1:-1].strip(_EDGES)
    return title.removesuffix(".") if title.endswith(".") and not title.endswith("..") else title


def drop_event(title: str, series: str) -> str:
    """Return the title without the conference before it ("FooConf 2019: …") or in brackets at either end.

    Before it, any known spelling of the conference is dropped: "KubeCon EU 2022: …" for KubeCon Europe. Of a title that
    is a link, the text is shortened and the address stays.
    """
    words, folded, bare = fold_words(series).split(), fold_words(title), title
    if not words:
        return title
    if link := _ONLY_LINK.match(title):
        return f"{link['before']}{drop_event(link['shown'], series)}{link['behind']}"
    if (begun := _BEFORE_TITLE.match(title)) and fold_without_spaces(begun[1]) in list_spellings(series):
        return title[begun.end() :]
    if words[0] not in folded:
        return title
    event = r"\W*".join(map(re.escape, words))  # a pattern is made only where it may match, since that takes long
    if folded.startswith(words[0]):
        bare = re.sub(rf"\A\W*{event}\W*(?:['’]?\d{{2,4}})?\s*[:|–—•·-]\s*", "", title, flags=re.IGNORECASE)
    if any(map(title.__contains__, "([【")):
        bare = re.sub(
            rf"\A(\W*)[\[(【](?:\d{{4}}\s+)?{event}(?:\s+\d{{4}})?[\])】]\s*(?=\S)", r"\1", bare, flags=re.IGNORECASE
        )
        bare = re.sub(rf"\s*[(\[][^()\[\]]*{event}[^()\[\]]*[)\]]\s*\Z", "", bare, flags=re.IGNORECASE)
    return bare or title


def match_pattern(content: str, pattern: str) -> dict[str, str] | None:
    """Return the values in a title that fits a writer's own pattern, `{title} – {speaker} ({affiliation})`, else None.

    The keys are the names in the pattern. What the pattern has before `{title}` is cut at its first occurrence, what it
    has after it at its last, so that a title may contain the separators.
    """
    plain = join_lines(make_plain_with_links(content)[0])
    parts = [re.sub(r"\s+", " ", part) for part in re.split(r"\{(\w+)\}", pattern)]
    names, literals = parts[1::2], parts[::2]
    place = names.index("title")
    before = _take_front(plain, names[:place], literals[: place + 1])
    if before is None:
        return None
    values, start = before
    reversed_literals = [literal[::-1] for literal in reversed(literals[place + 1 :])]
    after = _take_front(plain[start:][::-1], names[:place:-1], reversed_literals)
    if after is None:
        return None
    ends, length = after
    values |= {name: value[::-1] for name, value in ends.items()}
    values["title"] = plain[start : len(plain) - length]
    return {name: value.strip() for name, value in values.items()} if values["title"].strip() else None


def _take_front(plain: str, names: Sequence[str], literals: Sequence[str]) -> tuple[dict[str, str], int] | None:
    """Return the values of the fields `names` at the start of a text, and the length of the part that was read.

    The first literal stands before the first field, the others stand behind one field each. None if the text does not
    begin like that, or if there is no text between two fields.
    """
    values: dict[str, str] = {}
    if not plain.startswith(literals[0]):
        return None
    start = len(literals[0])
    for name, literal in zip(names, literals[1:], strict=True):
        end = plain.find(literal, start + 1) if literal else -1
        if end < 0:
            return None
        values[name], start = plain[start:end], end + len(literal)
    return values, start

"""Reads names of people, with company, handle and address, in a text that may contain them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from talks.line_ends import join_lines
from talks.names import NAME_LENGTH, fold_words
from talks.parsing.metadata.date_formats import read_date
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.affiliations import end_before, is_remark, names_organisation, names_resources
from talks.parsing.talks.east_asian_names import (
    EAST_ASIAN_NAME,
    drop_title_of_address,
    has_family_name,
    read_east_asian,
)
from talks.parsing.talks.full_names import EDGES, drop_honorific, turn_name, weigh_name
from talks.parsing.talks.title_slots import is_slot_line
from talks.parsing.text.inline import Link, make_plain_with_links
from talks.parsing.text.pictures import drop_pictures
from talks.parsing.web_addresses import URL_LENGTH, is_profile
from talks.parsing.words.given_names import GIVEN_NAMES
from talks.parsing.words.speech import SPEECH_VERBS
from talks.parsing.words.talk_words import AND_WORDS, AT_WORDS, HONORIFICS, JOINING_PARTICLES, PARTICLES, ROLE_WORDS
from talks.parsing.words.word_sets import match_any

_LONGEST_TEXT = 600
_LONGEST_COMPANY = 4
_SMALL_ADDRESS = re.compile(r"\s*[/|(]\s*https?://[^\s()]+\)?")  # "ann lee (https://lee.example)"
_SITE_HOST = re.compile(r"https?://(?:www\.)?([^./]+)\.[^/]*/?\Z")
_LEAST_SITE = 3
_LONGEST_TITLED, _LONGEST_NOTE = 6, 16  # characters; words
_SHAPED, _VOUCHED = 0.45, 0.8
_PAIR = 2
_COMPANY_SIGN = re.compile(r",|\s[-–—]\s")
_MOST_SMALL = 8  # words of a text without capitals that may be a name
_KNOWN, _PERHAPS = 0.9, 0.5
_WORD = re.compile(r"(?<![@\w.])[^\W\d_]+")
# "Ann Lee Initech.com"
_SITE_AFTER = re.compile(r"(\S+ \S.*?)[,\s]\s*(\w[\w-]*\.(?:com|io|org|net|dev|ai|de|fr|co\.uk))\Z")
_HANDLE = re.compile(r"@([A-Za-z0-9_][A-Za-z0-9_.-]{0,59})")
_HANDLE_LABEL = re.compile(r"([^\W\d_]+)\s*[:：]\s*")  # "Twitter: @annlee"
_NICKNAME = re.compile(r"[a-z][\w-]{2,30}\Z")
HANDLE_ONLY = re.compile(_HANDLE.pattern + r"\Z")
_ROLE_END = re.compile(
    r"(?:教授|工程師|工程师|經理|经理|研究員|研究员|執行長|总监|總監|主任|專家|专家|科學家|科学家|架構師|架构师|創辦人|创始人"
    r"|董事|开发者|開發者|组长|組長|顾问|顧問|讲师|講師|负责人|負責人|エンジニア|代表|研究者|의장|대표|교수|엔지니어|개발자|리더)\Z"
)
_URL = re.compile(r"https?://\S+")
_GENITIVE_END = re.compile(r"['’](?<=\w.)s\Z")
_GENITIVE = re.compile(r"(\S[^,;:'’]{1,30}?)(?:['’]s|(?<=s)['’]) (\S+ \S[^,;:]*)\Z")
_OPENING = re.compile(r"[(\[（]")
_BRACKETED = re.compile(r"([(\[（])([^)\]）]*)([)\]）]|\Z)")
_NOTE = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_CALLED = re.compile(r"(?<=\w\s)\([A-Z]\w+\)(?=\s[A-Z])")  # "Ann (Annie) Lee"
# "Ann Lee [Initech]": square brackets that hold no link.
_SQUARE = re.compile(r"(?<=[^\W_]\s)\[([^\[\]\n]{2,60})\](?![(\[:])")
_BRACES = re.compile(r"\s*\{[^{}\n]{1,80}\}")  # remarks: "Ann Lee and Bob Roy {best paper}"
_AND = match_any(AND_WORDS)
_JOINING = frozenset({*(word.casefold() for word in AND_WORDS), "＆"})
# Labels of details behind a name: "-- twitter @annlee --company: Initech".
_LABELLED_NOTE = re.compile(
    r"\s*(?:twitter|mastodon|github|company|employer|organi[sz]ation|affiliation|org)\s*:?\s+(?=\S)", re.IGNORECASE
)
_SPLIT = re.compile(
    rf"(?=[\s,;、，＆/])(?:\s*[,;、，]\s*(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+|\s+/\s+|(?<=[\uac00-\ud7af])/(?=[\uac00-\ud7af])|\s*＆\s*|\s+(?-i:[|x×~·•])\s+|\s+[–—-]\s+|\s+--\s*)",
    re.IGNORECASE,
)
# Text without these is one piece. Each word that stands between pieces has white space around it.
_SPLIT_SIGNS = frozenset(",;、，＆/")
_SPLIT_WORDS = frozenset({*(word.casefold() for word in AND_WORDS), "/", "|", "~", "x", "×", "·", "•", "–", "—", "-"})
_AT = re.compile(rf"\s+(?:{match_any(AT_WORDS)})\s+|\s*@\s*(?=[A-Z])|\s+@")
_AT_SURELY = re.compile(r"\s+(?:at|bei|chez)\s+|\s*@\s*", re.IGNORECASE)
_OF_FIELD = re.compile(
    r"(?:\w+ ){0,3}(?:head|vp|svp|evp|president|director|manager|lead|leader|chief|professor|officer) of ",
    re.IGNORECASE,
)
_INITIALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # "Susan E Moss"
_ARTICLES = frozenset({"les", "las", "los", "der", "die", "das", "den", "une", "il", "lo"})  # "les" may be a name too
_STAYS_SMALL = frozenset({*AND_WORDS, *AT_WORDS, *PARTICLES})
_BEFORE_COMPANY = frozenset(word.split()[0] for word in AT_WORDS)
_OPENS_NAME = frozenset({*HONORIFICS, *PARTICLES}) - JOINING_PARTICLES
_NO_COMPANY = re.compile(r"(?:pronounced|she|he|they|https?|slides?|video|remote|remotely)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\s*(?:and\s+)?[*_]*[\"“„«][^\"“”„«»]+[\"”“»][*_.]*\s*")
_SIGNS_OF_NAMES = frozenset("@.([")  # handles, sites, initials and what brackets say
_SIGNS_IN_WORDS = frozenset("([-")
_COMPANY_EDGES = EDGES.replace("!", "")  # "Yahoo!"
_URL_HANDLE = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/@?(\w{1,30})(?:[/?#]|\Z)", re.IGNORECASE)


class People(NamedTuple):
    """The people whom a text names; `score` from 0 to 1 is the certainty that it only names people."""

    speakers: tuple[ParsedSpeaker, ...]
    score: float


NOBODY = People((), 0.0)


def read_people(markdown: str, definitions: Mapping[str, str] | None = None) -> People:
    """Return the people whom a text names, with details about them, and how sure it is that it names nothing else.

    Return `NOBODY` if the text names nobody, is empty, or has more than 600 characters.
    """
    if len(markdown) > 4 * _LONGEST_TEXT:
        return NOBODY
    if "{" in markdown:
        markdown = _BRACES.sub("", markdown)
    plain, links = make_plain_with_links(drop_pictures(round_brackets(markdown, definitions)), definitions)
    if not plain.strip(EDGES) or len(plain) > _LONGEST_TEXT:
        return NOBODY
    return read_people_in(plain, links)


def round_brackets(markdown: str, definitions: Mapping[str, str] | None = None) -> str:
    """Write square brackets that hold no link as round ones: "Ann Lee (Initech)" for "Ann Lee [Initech]"."""
    if "[" not in markdown:
        return markdown
    labels = definitions or {}
    return _SQUARE.sub(lambda found: found[0] if found[1].casefold() in labels else f"({found[1]})", markdown)


def read_people_in(plain: str, links: Sequence[Link]) -> People:
    """Read the people in a plain text, with the links that it contained.

    The text is read piece by piece: a name begins a person, any other piece describes the person before it.
    """
    return _read_people(plain, tuple(links)) if len(plain) <= _LONGEST_TEXT else NOBODY


@lru_cache(maxsize=2048)  # parts of a line are read again with and without its link
def _read_people(plain: str, links: tuple[Link, ...]) -> People:
    return _read_small(plain, links) if plain.islower() else _read_pieces(plain, links)


def _read_small(plain: str, links: Sequence[Link]) -> People:
    """Read people whose names are in lower case: "ann lee" is a person if the given name is known."""
    plain = _SMALL_ADDRESS.sub("", plain)
    if not _ARTICLES.isdisjoint(plain.split()[:1]) or len(plain.split()) > _MOST_SMALL or "://" in plain:
        return NOBODY
    large = _WORD.sub(lambda word: word[0] if word[0] in _STAYS_SMALL else word[0].capitalize(), plain)
    people = _read_pieces(large, links)
    if people.score < _KNOWN or any(" " not in speaker.name for speaker in people.speakers):
        return _read_pieces(plain, links)
    small = (
        replace(speaker, name=speaker.name.lower(), affiliation=speaker.affiliation and speaker.affiliation.lower())
        for speaker in people.speakers
    )
    return People(tuple(small), _VOUCHED if any(speaker.handle for speaker in people.speakers) else _PERHAPS)


def _read_pieces(plain: str, links: Sequence[Link]) -> People:
    speakers: list[ParsedSpeaker] = []
    scores: list[float] = []
    pieces = list(_split_people(plain))
    if not links and all(_is_no_name(plain[start:end]) for start, end in pieces):
        return NOBODY  # as most parts of sentences
    if described := _read_described(plain, pieces):
        return described
    if turned := _read_last_first(plain, pieces):
        return turned
    has_role = False  # any text after a role is a company
    for start, end in pieces:
        piece = plain[start:end]
        linked = [link for link in links if link.start < end and link.end > start]
        speaker, score = (None, 0.0) if not linked and _is_no_name(piece) else _read_person(piece, linked)
        if speakers and speakers[-1].affiliation and plain[:start].rstrip()[-1:] == "," and _QUOTED.fullmatch(piece):
            continue  # "Ann Lee, author of “Moss”, “Soil”"
        if speakers and (names_resources(piece) or _URL.fullmatch(piece.strip(EDGES))):
            continue  # "Ann Lee - website"
        if speakers and (
            _is_linked_company(piece, linked)
            or _is_description(piece, score)
            or _is_company(plain, pieces, start, score, scores, speakers[-1])
        ):
            speakers[-1] = describe(speakers[-1], piece)
            scores[-1] = _vouch(scores[-1], speakers[-1].name) if is_role_text(piece) else scores[-1]
        elif speakers and speaker and speaker.name == speaker.handle and not speakers[-1].handle:
            speakers[-1] = replace(speakers[-1], handle=speaker.handle, url=speakers[-1].url or speaker.url)
            scores[-1] = _vouch(scores[-1])
        elif speaker and (score >= 0.3 or not speakers or _is_joined(plain[:start], piece, speakers[-1])):
            scores.append(score if score >= 0.3 or not speakers else _SHAPED)
            speakers.append(speaker)
        elif speakers and (_describes(piece) or (has_role and len(piece.split()) <= _LONGEST_COMPANY)):
            speakers[-1] = describe(speakers[-1], piece)
            has_role = has_role or is_role_text(piece)
            scores[-1] = _vouch(scores[-1], speakers[-1].name) if is_role_text(piece) else scores[-1]
        else:
            scores.append(0.0)
    if not speakers or not scores:
        return NOBODY
    return People(tuple(speakers), sum(scores) / len(scores))


def _read_described(plain: str, pieces: Sequence[tuple[int, int]]) -> People | None:
    """Read one person with a long description ("Ann Lee, gardener and member of the council"), else return None.

    If the description begins with a role, it may contain capitals, and the name may be unknown.
    """
    if len(pieces) <= _PAIR or plain[pieces[0][1] : pieces[1][0]].strip() not in (",", "，", "-", "–", "—"):
        return None
    name, *notes = (plain[start:end].strip(EDGES) for start, end in pieces)
    note = plain[pieces[1][0] :].strip(EDGES)
    if len(note.split()) > _LONGEST_NOTE or not is_role_text(note.replace(",", " ")) or _HANDLE.search(note):
        return None
    scores = [weigh_name(piece) for piece in notes]
    if is_role_text(notes[0]):
        people = any(score >= _SHAPED and is_role_text(below) for score, below in zip(scores, notes[1:], strict=False))
        if people or max(scores) >= _KNOWN or weigh_name(name) < _SHAPED:
            return None
    elif EAST_ASIAN_NAME.match(name) and not notes[0].isascii():
        if len(notes) != _PAIR or has_family_name(notes[0]) or not _ROLE_END.search(notes[1]):
            return None  # of "陈连平，某公司，工程师" the middle is a company
    elif not notes[0][:1].islower() or max(scores) >= _SHAPED or weigh_name(name) < _KNOWN:
        return None
    return People((describe(ParsedSpeaker(drop_honorific(name)), note),), _KNOWN)


def _vouch(score: float, name: str = "") -> float:
    """Return the score of a name beside which a handle or a role stands: 0.8 at least if it looks like a full name.

    The score of any other name stays.
    """
    return max(score, _VOUCHED) if score >= _SHAPED or EAST_ASIAN_NAME.match(name) else score


def _read_last_first(plain: str, pieces: Sequence[tuple[int, int]]) -> People | None:
    """Read people written "Rossi, Ann" or "Lee, Ann; Roy, Bob", with the given name last; None for other texts."""
    groups = plain.split(";") if ";" in plain else []
    if len(groups) > 1 and all(group.count(",") == 1 for group in groups):
        turned = [turn_name(*group.split(","), listed=True) for group in groups]
        if all(turned):
            return People(tuple(ParsedSpeaker(name) for name, _ in filter(None, turned)), 0.9)
    if len(pieces) != _PAIR or plain[pieces[0][1] : pieces[1][0]].strip() != ",":
        return None
    one = turn_name(*(plain[start:end] for start, end in pieces))
    return People((ParsedSpeaker(one[0]),), one[1]) if one else None


def _is_company(
    plain: str,
    pieces: Sequence[tuple[int, int]],
    start: int,
    score: float,
    scores: Sequence[float],
    above: ParsedSpeaker,
) -> bool:
    """Whether the piece at `start` is a company, even if it looks like a name; only the last piece can be one."""
    if start != pieces[-1][0]:
        return False
    if names_organisation(_NOTE.sub(" ", plain[start:])):  # "Ann Lee (Moss Foundation)" is no organisation
        return True
    if not SPEECH_VERBS.isdisjoint(plain[start:].split()):
        return False  # "Ann Lee, a gardener, gave a talk"
    gap = plain[:start].rstrip()[-1:]
    if gap == ",":
        if score > 0.5 or (above.affiliation and not is_role_text(above.affiliation)):
            return False
        # "Ann Lee, Daily Planet": two people would rather be joined by "and"; "Ann Lee & Bob Roy, Daily Planet".
        joined = [plain[end:begin].strip(" ,") for (_, end), (begin, _) in pairwise(pieces[:-1])]
        return scores[0] >= 0.9 and (len(pieces) == 2 or (bool(joined) and all(joined)))
    if gap in "-–—" and len(pieces) == _PAIR and scores[0] >= _KNOWN:
        return score <= _PERHAPS  # "Ann Lee - Daily Planet"
    role = bool(above.affiliation) and _is_bare_role(above.affiliation or "")
    return len(pieces) >= 3 and gap in "-–—" and role  # "Ann Lee - Developer - Daily Planet"


def _is_joined(before: str, piece: str, above: ParsedSpeaker) -> bool:
    """Whether "and" joins a piece to the person before it: not in "Ann Lee & Initech", where the piece is one word."""
    joined = not above.affiliation and before.casefold().split()[-1:][0] in _JOINING
    return joined and (" " in piece.strip() or " " not in above.name) and not is_role_text(piece)


def _is_linked_company(piece: str, links: Sequence[Link]) -> bool:
    """Whether a piece is one word that links to the site of that name: "[Initech](https://initech.example)"."""
    word = fold_words(piece)
    if " " in word or word in GIVEN_NAMES or len(word) < _LEAST_SITE:
        return False
    return any(_SITE_HOST.sub(r"\1", link.url).casefold() == word for link in links if not is_profile(link.url))


def _is_description(piece: str, score: float) -> bool:
    """Whether a piece describes the person before it: it has a label, or tells a role and is no known name.

    A piece of at most six characters that ends in a role in Chinese, Japanese or Korean is a name with its title.
    """
    piece = piece.strip(EDGES)
    if score < _KNOWN and piece.isascii() and is_role_text(piece):
        return True
    role = _ROLE_END.search(piece)
    return bool(_LABELLED_NOTE.match(piece) or (role and (not role.start() or len(piece) > _LONGEST_TITLED)))


def _split_people(plain: str) -> Iterator[tuple[int, int]]:
    """Yield start and end, in characters, of each piece between separators outside brackets."""
    masked = _mask_brackets(plain)
    start = 0
    for match in _SPLIT.finditer(masked) if _may_split(masked) else ():
        word = match[0].strip()
        joins = word in JOINING_PARTICLES and _joins_surnames(plain[start : match.start()], masked[match.end() :])
        if joins or (word in _INITIALS and not plain.isupper()):
            continue
        if plain[start : match.start()].strip(EDGES):
            yield start, match.start()
        start = match.end()
    if plain[start:].strip(EDGES):
        yield start, len(plain)


def _may_split(masked: str) -> bool:
    """Whether a text may contain separators: a fast test, since most parts of sentences contain none."""
    signs = not masked.isascii() and not _SPLIT_SIGNS.isdisjoint(masked)
    if signs or "," in masked or ";" in masked or "--" in masked:
        return True
    return not _SPLIT_WORDS.isdisjoint(masked.casefold().split())


def _joins_surnames(before: str, after: str) -> bool:
    """Whether "y", "e" or "i" is inside a name: "Ana Moss y Roca", whose second half has no given name."""
    following = _AT.split(_OPENING.split(_SPLIT.split(after, maxsplit=1)[0], maxsplit=1)[0], maxsplit=1)[0].split()
    if len(before.split()) < _PAIR or len(following) != 1:
        return False
    return fold_words(following[0]) not in GIVEN_NAMES


def _mask_brackets(plain: str) -> str:
    """Return the text with the content of round and square brackets masked; its length stays the same."""
    if "(" not in plain and "[" not in plain and "（" not in plain:
        return plain
    return _BRACKETED.sub(lambda match: f"{match[1]}{chr(0) * len(match[2])}{match[3]}", plain)


@lru_cache(maxsize=4096)
def _is_no_name(piece: str) -> bool:
    """Whether the first two words show that nobody is named, as in most pieces of sentences."""
    if not piece.isascii() or "@" in piece:
        return False
    first, *rest = piece.strip(EDGES).split(maxsplit=2) or [""]
    plain = _SIGNS_OF_NAMES.isdisjoint(piece)
    if first.casefold() in _OPENS_NAME or not (plain or _SIGNS_IN_WORDS.isdisjoint(first)):
        return False
    if not _may_be_name_token(first):
        return True
    return plain and bool(rest) and rest[0] not in _BEFORE_COMPANY and not _may_be_name_token(rest[0])


@lru_cache(maxsize=4096)
def _may_be_name_token(token: str) -> bool:
    bare = token.strip(EDGES)
    return not bare or bare[0].isupper() or "'" in bare or bare.casefold().partition("-")[0] in _OPENS_NAME


def _read_person(piece: str, links: Sequence[Link]) -> tuple[ParsedSpeaker | None, float]:
    text, notes = _take_brackets(piece)
    text = _GENITIVE_END.sub("", join_lines(text).strip(EDGES))
    if match := HANDLE_ONLY.match(drop_title_of_address(text)):
        return _finish(ParsedSpeaker(match[1], handle=match[1]), notes, links), 0.6
    affiliation = None
    handle = _HANDLE.search(text) if "@" in text else None
    label = _HANDLE_LABEL.fullmatch(text[: handle.start()]) if handle else None
    if handle and label and fold_words(label[1]) not in GIVEN_NAMES:
        return _finish(ParsedSpeaker(handle[1], handle=handle[1]), notes, links), 0.6
    if handle and (before := text[: handle.start()].strip(EDGES + "(")):
        is_company = handle[1][:1].isupper() and weigh_name(before) < 0.3
        text, notes = before, notes if is_company else [*notes, handle[0]]
    elif handle and weigh_name(after := text[handle.end() :].strip(EDGES)) >= 0.3:
        text, notes = after, [*notes, handle[0]]
    whole = any(is_profile(link.url) and link.text == text for link in links)
    if (match := _AT.search(text)) and not (whole and match[0].strip().casefold() in PARTICLES):
        before, after = text[: match.start()].strip(EDGES), text[match.end() :].strip(EDGES)
        if _is_affiliation(before, match[0].strip(), after):
            text, affiliation = before, end_before(after, SPEECH_VERBS)
    if "." in text and (match := _SITE_AFTER.match(text)):
        text, affiliation = match[1], match[2]
    if links and _NICKNAME.match(text) and any(is_profile(link.url) for link in links):
        return _finish(ParsedSpeaker(text), notes, links), 0.6
    name, company, score = _read_name(text)
    affiliation = affiliation or company
    if not score or names_resources(name):
        return None, 0.0
    if any(is_profile(link.url) for link in links) and score >= 0.15:
        score = max(score, 0.8)
    if affiliation or notes:
        score = min(1.0, score + 0.1)
    return _finish(ParsedSpeaker(drop_honorific(name), affiliation=affiliation), notes, links), score


def _read_name(text: str) -> tuple[str, str | None, float]:
    """Return name, company (or None) and score, from 0 to 1, of a text that holds one person without other details."""
    name, company, called = (text, None, False) if text.isascii() else read_east_asian(text)
    if called:
        return name, company, 0.85
    score = weigh_name(name)
    if score < _KNOWN and (match := _GENITIVE.match(text)) and weigh_name(match[2]) >= _KNOWN:
        return match[2], match[1], _KNOWN  # "Initech's Ann Lee"
    return name, company, 0.0 if 0 < score < _KNOWN and names_organisation(name) else score


def _is_affiliation(before: str, word: str, after: str) -> bool:
    """Whether `before word after` is a person and a company: "Ana of Acme", but not "Theo van Hoesel"."""
    if not after or (word.casefold() in PARTICLES and len(before.split()) < 2):
        return False
    if word.casefold() in PARTICLES and fold_words(before.split()[-1]) in GIVEN_NAMES and len(after.split()) == 1:
        return False  # "Carlos Antonio da Silva"
    if word in ("van", "von") and len(after.split()) == 1 and weigh_name(before) < _KNOWN:
        return False  # "Ewoud Moss van Acker", whose given name is not known
    named = any(c.isupper() or c.isdigit() for c in after.split()[0]) or "." in after
    return named and weigh_name(before) >= 0.15


def _take_brackets(piece: str) -> tuple[str, list[str]]:
    """Return the piece without its bracketed parts, and these parts."""
    if not _OPENING.search(piece):
        return piece, []
    notes = [join_lines(note) for note in _NOTE.findall(_CALLED.sub(" ", piece))]
    return _NOTE.sub(" ", piece), [note for note in notes if note]


def _finish(speaker: ParsedSpeaker, notes: Sequence[str], links: Sequence[Link]) -> ParsedSpeaker:
    """Return the speaker with the details from brackets and links; an address that is too long is left out."""
    for note in notes:
        speaker = describe(speaker, note)
    url = next((link.url for link in links if link.url.startswith(("http://", "https://"))), None)
    profile = next((link.url for link in links if is_profile(link.url)), None)
    url = profile or url
    if url and len(url) <= URL_LENGTH:
        match = _URL_HANDLE.match(url)
        speaker = replace(speaker, url=url, handle=speaker.handle or (match[1] if match else None))
    return speaker


def make_speaker(text: str, url: str | None = None, handle: str | None = None) -> ParsedSpeaker:
    """Return a speaker of this name, without titles before it and a genitive at its end; "@annlee" is a handle too."""
    name = join_lines(text).strip(EDGES)
    for ending in ("'s", "’s", "'", "’"):
        name = name.removesuffix(ending)
    if match := HANDLE_ONLY.match(name):
        name, handle = match[1], handle or match[1]
    links = [Link(0, len(name), name, url)] if url else []
    return _finish(ParsedSpeaker(drop_honorific(name)[:NAME_LENGTH], handle=handle), (), links)


def describe(speaker: ParsedSpeaker, note: str) -> ParsedSpeaker:
    """Return the speaker with the handle or affiliation that the note gives, unless one is known already.

    A company takes the place of a bare role. A date, a time, pronouns and words such as "slides" give nothing.
    """
    note = _LABELLED_NOTE.sub("", note.strip(_COMPANY_EDGES), count=1)
    if read_date(note) or is_slot_line(note):
        return speaker
    if match := HANDLE_ONLY.match(note):
        return speaker if speaker.handle else replace(speaker, handle=match[1])
    known = speaker.affiliation
    replaces = known is None or (_is_bare_role(known) and not _is_bare_role(note))
    if note and replaces and not _NO_COMPANY.match(note) and not is_remark(note):
        return replace(speaker, affiliation=_read_company(note).lstrip("@") or None)
    return speaker


def _read_company(note: str) -> str:
    """Return the company in a note that may hold a role too: "CTO of Initech", "Gardener, Initech"; else the note."""
    cuts = [match.end() for match in _COMPANY_SIGN.finditer(_mask_brackets(note))]
    last = note[cuts[-1] if cuts else 0 :].strip(_COMPANY_EDGES)
    if last != note and is_role_text(note.replace(",", " ")) and not is_role_text(last) and last:
        note = last
    if len(parts := _AT_SURELY.split(note)) > 1 and is_role_text(parts[0]):
        return parts[-1].strip(_COMPANY_EDGES)
    if not _AT.search(note) or _begins_with_organisation(note) or _OF_FIELD.match(note):
        return note  # "Head of Gardens" says what somebody does, "CTO of Initech" where
    return _AT.split(note, maxsplit=1)[-1].strip(_COMPANY_EDGES)


def _is_bare_role(affiliation: str) -> bool:
    """Whether the affiliation is a role without an organisation ("Staff Gardener"): `describe` puts a company there."""
    return is_role_text(affiliation) and not names_organisation(affiliation)


def _begins_with_organisation(note: str) -> bool:
    """Whether the part of a note before "at", "of" or the like names an organisation: "University of Acme"."""
    return names_organisation(_AT.split(note, maxsplit=1)[0])


def _describes(piece: str) -> bool:
    """Whether a piece after a name is a role, a company or a handle, rather than part of a title."""
    piece = piece.strip(EDGES)
    words = piece.casefold().split()
    if HANDLE_ONLY.match(piece) or is_role_text(piece):
        return True
    return 0 < len(words) <= 4 and (piece[0].isupper() or piece[0].isdigit() or "." in piece)


def is_role_text(piece: str) -> bool:
    """Whether a text has a word for a role, anywhere: "Director of Engineering", "Ann Lee, Director"."""
    words = piece.casefold().replace("-in-", " in ").split()  # "Editor-in-Chief"
    return any(word.strip(".,") in ROLE_WORDS for word in words) or bool(_ROLE_END.search(piece))

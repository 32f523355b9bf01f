"""How names of people, tags and titles compare, sort and become slugs, and how permalinks are spelled. Pure."""

import re
import unicodedata
from collections.abc import Callable, Container
from functools import lru_cache

from talks.late_patterns import compile_late

NAME_LENGTH, TAG_LENGTH, TITLE_LENGTH, PATH_LENGTH = 200, 100, 300, 500
"""The greatest lengths, in characters, of names of people and events, of names of tags, of titles, and of paths."""
FOLDED_NAME_LENGTH, FOLDED_TAG_LENGTH, SORTED_TITLE_LENGTH = 400, 200, 600
"""Columns of folded forms hold twice as many characters as the shown form: folding makes some letters longer."""
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 without letters that look like digits
_MISREAD = str.maketrans("ilo", "110")
_PAIRS = [first + second for first in _CROCKFORD for second in _CROCKFORD]
_PERMALINK = re.compile(f"[{_CROCKFORD}]{{10}}")
PERMALINK_BITS = 50
_SHORT, _MOST_FOLDED = 200, 4096
_FILE_ENDING = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdx|qmd|txt|rst|org|adoc|html?|ipynb)\Z", re.IGNORECASE)
_FILE_DATE = re.compile(r"\A\d{4}-\d{2}-\d{2}-(?=.)")
_NOT_WORD = re.compile(r"[\W_]+")
_TYPOGRAPHIC = re.compile("[\xa0‘’‚“”„«»–—…•·→]")  # the signs that most texts have, none of which is part of a word
_LAST_LATIN = "\u02ff"  # text with later letters is not ASCII without its accents
# Folds ASCII as bytes, which takes a quarter of the time: all but letters and digits become spaces.
_FOLDED_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
_SIGN_SUFFIX = re.compile(r"(?<=\w)(\+\+|\+|#)(?!\w)")
_SIGN_NAMES = {"++": "pp", "+": "-plus", "#": "-sharp"}
# Thai, Lao, Burmese, Khmer; Chinese and Japanese; Korean, whose particles stick to the words before them.
UNSPACED_RANGES = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# Letters that are no accented ones to Unicode, and those that people type for them.
PLAIN_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
_PLAIN_LETTERS = str.maketrans(PLAIN_LETTERS)
_LAST_CONFERENCE = re.compile(r"(?<=\S) conf(?:erence)?\Z")
VOICING_MARKS = "\u3099\u309a"
_UNSPACED = compile_late(f"[{UNSPACED_RANGES}]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def normalise(text: str) -> str:
    """Return a name as it is shown: in NFC, trimmed, each run of white space (no-break spaces too) as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Return a form of a text by which texts are compared: `normalise`d, without case, wide letters as usual ones.

    Accents stay; NFKC makes letters usual.
    """
    if text.isascii():
        return " ".join(text.split()).lower()
    return unicodedata.normalize("NFC", normalise(unicodedata.normalize("NFKC", text)).casefold())


def fold_name(text: str) -> str:
    """Return `fold` of a name of a person or event, cut to the length of its column."""
    return fold(text)[:FOLDED_NAME_LENGTH]


def fold_tag(text: str) -> str:
    """Return `fold` of a tag's name, cut to the length of its column."""
    return fold(text)[:FOLDED_TAG_LENGTH]


def list_series_keys(name: str) -> tuple[str, ...]:
    """Return one or two forms of a series' name; names of which a form is equal mean the same series.

    Spaces and hyphens are left out, and "conference" is "conf". The second form lacks it at the end, if it is not the
    only word.
    """
    folded = fold_name(name)
    endings = {folded: None, _LAST_CONFERENCE.sub("", folded): None}
    return tuple(each.replace(" ", "").replace("-", "").replace("conference", "conf") for each in endings)


def fold_accents(text: str) -> str:
    """Return a form of a text for searching: without case, like `fold`, and without accents."""
    folded = fold(text)
    return folded if folded.isascii() else normalise(drop_accents(folded))


def drop_accents(text: str) -> str:
    """Return a text without accents, and with plain letters for ligatures and wide letters: "ﬁ" becomes "fi".

    Case stays, and so do the marks that voice kana: ガス is not カス.
    """
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda run: _drop_accents(run[0]), text)


@lru_cache(maxsize=4096)  # most texts have the same few: quotes, dashes, letters with accents
def _drop_accents(run: str) -> str:
    decomposed = unicodedata.normalize("NFKD", run)
    kept = "".join(c for c in decomposed if c in VOICING_MARKS or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)


def spell_plainly(text: str) -> str:
    """Return a text, given in small letters, with plain letters for special ones: "o" for "ø", "ae" for "æ".

    Accents stay.
    """
    return text if text.isascii() else text.translate(_PLAIN_LETTERS)


def _fold_words(text: str) -> str:
    plain = text if text.isascii() else _TYPOGRAPHIC.sub(" ", text)
    if not plain.isascii() and max(plain) <= _LAST_LATIN:
        plain = drop_accents(plain)
    if plain.isascii():
        return b" ".join(plain.encode().translate(_FOLDED_ASCII).split()).decode()
    return " ".join(_NOT_WORD.sub(" ", drop_accents(unicodedata.normalize("NFKD", text).casefold())).split())


class _FoldedTexts(dict[str, str]):
    """A cache of `fold_words` by text, of short texts only: the parser folds each title several times.

    It is faster than `lru_cache`, and emptied when full.
    """

    def __missing__(self, text: str) -> str:
        folded = _fold_words(text)
        if len(text) <= _SHORT:
            if len(self) >= _MOST_FOLDED:
                self.clear()
            self[text] = folded
        return folded


fold_words: Callable[[str], str] = _FoldedTexts().__getitem__
"""Return the text as words with one space between them: without case, accents, width, punctuation and signs.

"C++" becomes "c".
"""


def is_unspaced(text: str) -> bool:
    """Whether a text has a letter of a script in which spaces do not separate all words, such as Thai or Chinese.

    `UNSPACED_RANGES` lists these scripts. Korean counts among them.
    """
    return not text.isascii() and bool(_UNSPACED.search(text))


def sort_key(text: str) -> str:
    """Return a key by which names sort alike on every database: without case, accents and punctuation.

    The key of a name of nothing but punctuation keeps the punctuation.
    """
    return fold_words(text) or fold_accents(text)


def sort_name(text: str) -> str:
    """Return the `sort_key` of the name of a person or event, cut to the length of its column."""
    return sort_key(text)[:FOLDED_NAME_LENGTH]


def sort_tag(text: str) -> str:
    """Return the `sort_key` of a tag's name, cut to the length of its column."""
    return sort_key(text)[:FOLDED_TAG_LENGTH]


def sort_title(text: str) -> str:
    """Return the `sort_key` of a talk's title, cut to the length of its column."""
    return sort_key(text)[:SORTED_TITLE_LENGTH]


def slugify(text: str, *, length: int = 80) -> str:
    """Return a slug of a name in any script, `length` characters at most; "" for a name without letters and digits.

    The names "C", "C++" and "C#" give `c`, `cpp` and `c-sharp`: signs at the end of a word belong to it.
    """
    folded = _SIGN_SUFFIX.sub(lambda sign: _SIGN_NAMES[sign[1]], fold_accents(text))
    slug = _NOT_WORD.sub("-", folded.replace("'", "").replace("’", "")).strip("-")
    if len(slug) <= length:
        return slug
    cut = slug[:length]
    return cut.rsplit("-", 1)[0] if "-" in cut[length // 2 :] else cut


def cut_stored_path(path: str) -> str:
    """Return the path of a post's file as its column stores it; if too long, its end, since many paths begin alike."""
    return path[-PATH_LENGTH:]


def choose_slug(text: str, taken: Container[str], *, fallback: str) -> str:
    """Return a slug of `text` that is not in `taken`, if need be by adding `-2`, `-3` and so on.

    If the text has no letters and digits, the slug is `fallback`; if it has digits alone, they follow `fallback`. So no
    slug is empty or a number.
    """
    slug = slugify(text)
    if not slug or slug.isdigit():
        slug = f"{fallback}-{slug}" if slug else fallback
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def slugify_file(name: str) -> list[str]:
    """Return the slugs that links to a post may use for a file's name: without its date, and with it; none twice.

    The file's ending is left out.
    """
    bare = _FILE_ENDING.sub("", name)
    slugs = (slugify(_FILE_DATE.sub("", bare)), slugify(bare))
    return list(dict.fromkeys(filter(None, slugs)))


def make_permalink(number: int) -> str:
    """Return the permalink that stands for a number of 50 bits: ten digits and small letters."""
    left = _PAIRS[number >> 40 & 1023] + _PAIRS[number >> 30 & 1023] + _PAIRS[number >> 20 & 1023]
    return left + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]


def is_permalink(text: str) -> bool:
    """Whether a text has the form of a permalink: ten digits and small letters, but no i, l, o or u."""
    return bool(_PERMALINK.fullmatch(text))


def read_permalink(text: str) -> str:
    """Return a permalink from what a reader typed: in small letters, "i" and "l" as 1, "o" as 0.

    The result need not have the form of a permalink.
    """
    return text.lower().translate(_MISREAD)

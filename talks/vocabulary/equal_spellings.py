"""Splits texts and names of tags into words and folds the words, by the same rules for both. Pure.

In scripts without spaces each letter counts as a word, so that a Chinese name is found inside a sentence, and a Latin
word beside Chinese letters.
"""

import re
import unicodedata
from functools import lru_cache

from talks.image_markup import choose_alt
from talks.late_patterns import compile_late
from talks.names import UNSPACED_RANGES, drop_accents, is_unspaced

# Signs belong to the word in C++, C#, .NET and °C; underscores join words.
_WORD = compile_late(
    rf"[{UNSPACED_RANGES}]|(?:(?<![\w.])\.|°)?[^\W_{UNSPACED_RANGES}]+(?:_+[^\W_{UNSPACED_RANGES}]+)*(?:(?:\+\+|\#)(?![+\#]))?"
)
# The same in a text of ASCII alone. In one without the signs that may belong to a word, all but letters and digits
# become spaces: bytes are split into words several times faster than a pattern finds them.
_PLAIN_WORD = re.compile(r"(?:\.(?<![\w.]\.))?[A-Za-z0-9]++(?:_++[A-Za-z0-9]++)*+(?:(?:\+\+|\#)(?![+\#]))?")
_BEGINS_WITH_DOT = re.compile(r"\.(?<![\w.]\.)[A-Za-z0-9]")
_LETTERS_AND_DIGITS = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
_SPACE = re.compile(r"\s+|[‐‑-]")
_NO_PLURALS = frozenset({"news"})
_APOSTROPHES = str.maketrans("’ʼ", "''")
_UNSEEN = compile_late(
    r"""
    ^[ ]*(?:`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$                        # a fence and its language
    | ^[ ]*\[[^\]\n]+\]:[^\n]*$                                    # the definition of a link
    | (?<=\])\((?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)            # the address of a link,
      (?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)                         #   and its title
    | (?<=\])\[[^\[\]\n]*\]                                        # the name of the link's definition
    | <!--(?:(?!<!--|-->).)*-->
    | </?[a-zA-Z][^<>]*>                                           # a tag, or an address between brackets
    | \b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s<>\])]+                 # a bare address
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+                # a mail address
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_MAIL = re.compile(r"<?([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)>?")
# The same for links alone, and the signs of all others; each way begins with a sign, so that Python passes over others.
_UNSEEN_OF_LINK = re.compile(
    r"\((?<=\]\()(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
    r"|\[(?<=\]\[)[^\[\]\n]*\]"
)
_SIGN_OF_OTHERS = re.compile(r"[<\\@]|```|~~~|\]:")
_IMAGE = re.compile(r"!\[([^\[\]\n]+)\](?=\(<?([^()\s<>]*))")
_SIGN = re.compile(r"\]|<|\\|@|://|```|~~~")  # one of them is in whatever `_UNSEEN` and `_ESCAPED` match
_SHORT = 500
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


class Words:
    """The words of a text in order: as they are written (`raw`), folded, and in the singular; with their spans.

    `text` is the text without accents, from which the words come, and `written` the text with them. Methods take a
    `place`: the index of a word in `raw`. Words are folded, and their spans found, only when asked for, since most
    texts contain no name of a tag.
    """

    __slots__ = ("_spans", "raw", "text", "written")

    def __init__(self, text: str, raw: list[str], written: str = "") -> None:
        self.text, self.written = text, written
        self.raw = raw
        self._spans: list[tuple[int, int]] | None = None

    @property
    def folded(self) -> list[str]:
        return [fold_word(word)[0] for word in self.raw]

    @property
    def singular(self) -> list[str]:
        return [fold_word(word)[1] for word in self.raw]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The start and end of each word, as positions of characters in `text`."""
        if self._spans is None:
            self._spans, find, end = [], self.text.index, 0
            for word in self.raw:  # between words are no letters or digits, so the next occurrence is this one
                start = find(word, end)
                end = start + len(word)
                self._spans.append((start, end))
        return self._spans

    def is_accented(self, place: int) -> bool:
        """Whether the word with index `place` has accents wherever the original text contains it."""
        if self.text == self.written or self.written.isascii():
            return False
        return self.raw[place] not in _WORD.findall(unicodedata.normalize("NFKC", self.written))

    def read_separator(self, place: int) -> str:
        """Return what separates the word with index `place` from the word before, in a form for comparing.

        White space alone, and a hyphen without spaces, become one space, or "" beside a letter of a script without
        spaces. `/` and `&` lose white space around them. Any other separator is returned as it is.
        """
        spans = self.spans
        start, end = spans[place - 1][1], spans[place][0]
        gap = self.text[start:end]
        if gap == " " and self.text.isascii():
            return " "
        if gap == " " or _SPACE.fullmatch(gap):
            beside = self.text[start - 1] + self.text[end]
            return "" if is_unspaced(beside) else " "
        stripped = gap.strip()
        return stripped if stripped in {"/", "&"} else gap


@lru_cache(maxsize=20_000)  # a few thousand words make up most texts
def fold_word(raw: str) -> tuple[str, str]:
    """Return two forms of a word: folded, and folded in the singular; both are equal if it is no plural."""
    folded = raw.casefold()
    return folded, fold_plural(raw, folded)


def split_words(text: str) -> Words:
    """Return the words of a text, as a `Words`; accents are removed first."""
    plain = normalise_letters(text)
    return Words(plain, _list_plain_words(plain) if plain.isascii() else _WORD.findall(plain), text)


def _list_plain_words(text: str) -> list[str]:
    """Return the words of a text that has only ASCII characters."""
    if "_" in text or "+" in text or "#" in text or ("." in text and _BEGINS_WITH_DOT.search(text)):
        return _PLAIN_WORD.findall(text)
    return text.encode().translate(_LETTERS_AND_DIGITS).decode().split()


def normalise_letters(text: str) -> str:
    """Return a text without accents, and with straight apostrophes."""
    return text if text.isascii() else drop_accents(text).translate(_APOSTROPHES)


@lru_cache(maxsize=10_000)
def split_name(name: str) -> Words:
    """Return the words of a tag's name, as a `Words`; cached, since shipped names are split repeatedly."""
    return split_words(name)


@lru_cache(maxsize=30_000)
def fold_spelling(name: str, *, singular: bool = False) -> str:
    """Return a form of a name by which names are compared: its words without case and accents, and their separators.

    With `singular` the last word is in the singular. "CI / CD" equals "CI/CD"; "Graph QL" and "GraphQL" differ. For a
    name without words "" is returned.
    """
    words = split_name(name)
    if not words.raw:
        return ""
    folded = [*words.folded[:-1], words.singular[-1] if singular else words.folded[-1]]
    return folded[0] + "".join(words.read_separator(place) + folded[place] for place in range(1, len(folded)))


def fold_plural(raw: str, folded: str) -> str:
    """Return the singular of an English word, folded, by its spelling alone.

    If it is no plural, return `folded`, the folded word. `DNS`, `iOS` and `is` count as no plurals.
    """
    if len(folded) < 3 or not raw.endswith("s") or raw.endswith("ss") or folded in _NO_PLURALS:
        return folded
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    return folded[:-2] if folded.endswith(("sses", "xes", "tches", "nches", "rches", "shes")) else folded[:-1]


def read_plain(text: str, *, mail: bool = False) -> str:
    """Return Markdown without addresses, HTML tags, backslashes that escape, and alternative texts that say nothing.

    With `mail`, mail addresses stay. Other signs of Markdown stay, since they separate words.
    """
    if not _SIGN.search(text):
        return text
    mail = mail and "@" in text
    return _read_short(text, mail) if len(text) <= _SHORT else _read_marked(text, mail)


def _read_marked(text: str, mail: bool) -> str:
    if "![" in text:
        text = _IMAGE.sub(lambda image: f"![{choose_alt(image[1], image[2])}]", text)
    if not _SIGN_OF_OTHERS.search(text):
        shorter = _UNSEEN_OF_LINK.sub(" ", text)
        if "://" not in shorter:
            return shorter
    return _ESCAPED.sub("", _UNSEEN.sub(_keep_mail if mail else " ", text))


def _keep_mail(unseen: re.Match[str]) -> str:
    found = _MAIL.fullmatch(unseen[0])
    return f" {found[1]} " if found else " "


_read_short = lru_cache(maxsize=10_000)(_read_marked)  # a takeaway is read for its tags, and again for the search

"""Finds the speaker of a talk in the name of the file that holds its notes."""

import re

from talks.names import fold_words
from talks.parsing.metadata.path_titles import read_path_title
from talks.parsing.records import EVENT_YEAR, ParsedSpeaker
from talks.parsing.talks.bylines import SHAPED, SURELY
from talks.parsing.talks.document import Document
from talks.parsing.talks.people import NOBODY, People, read_people

_HALVES = 2
# The sign that sets the halves of a file's name apart, and the signs that may join the words of each.
_APART = (("--", "-_ "), ("_", "- "), ("-", "_"))
_DATE = re.compile(rf"{EVENT_YEAR}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])[-_. ]*")
_DOT = re.compile(r"(?<=\w\w)\.(?=\w)")
_NUMBER = re.compile(r"\d{1,3}[-_. ]+")
_LENGTHS_OF_NAMES = (2, 3)  # words


def read_file_name(document: Document, title: str) -> People:
    """Return the speaker in a file's name, or nobody: "Gardens - Ann Lee", "moss-grows_ann-lee", "Soils by annlee".

    After "by" any one or two words are a name if the words before it are the title.
    """
    titled, by, name = f" {read_path_title(document.name)}".rpartition(" by ")
    told = not titled or f" {fold_words(titled)}".endswith(f" {fold_words(title)}")
    if by and told and len(words := _DOT.sub(" ", name).split()) <= _HALVES:
        return People((ParsedSpeaker(" ".join(words)),), 1.0)
    stem = _DATE.sub("", document.stem)
    if " - " in stem:
        return max(document.split(stem), key=lambda split: split.score).people
    pieces = [piece for piece in _cut_stem(stem) if any(c.isalpha() for c in piece)]
    named = [read_people(" ".join(map(_write_large, piece.split()))) for piece in pieces]
    for piece, people in zip(pieces, reversed(named), strict=True):
        if len(pieces) == _HALVES and fold_words(title).startswith(fold_words(piece)) and people.score >= SHAPED:
            return people._replace(score=1.0)  # the other half repeats the title
    full = [people for people in named if people.score >= SURELY and _is_full_name(people)]
    return full[0] if len(full) == 1 else _read_name_beside(stem, title)


def _read_name_beside(stem: str, title: str) -> People:
    """Return the person named beside the title in a file's name ("2-ann-lee-gardens-in-winter"), else `NOBODY`.

    If the name stands first, the first words of the title behind it are enough, two at least.
    """
    words, titled = fold_words(_NUMBER.sub("", stem)).split(), fold_words(title).split()
    for count in _LENGTHS_OF_NAMES:
        name, rest = words[:count], words[count:]
        if words[:-count] == titled:
            name = words[-count:]
        elif len(rest) < min(_HALVES, len(titled)) or rest != titled[: len(rest)]:
            continue
        people = read_people(" ".join(map(_write_large, name)))
        if people.score >= SURELY and len(people.speakers) == 1:
            return people
    return NOBODY


def _cut_stem(stem: str) -> list[str]:
    """Return the parts of a file's name, split at the sign between groups of words: "moss-grows_ann-lee" at "_"."""
    signs = [sign for sign, others in _APART if stem.count(sign) == 1 and any(other in stem for other in others)]
    return [" ".join(re.split(r"[-_\s.]+", piece)).strip() for piece in (stem.split(signs[0]) if signs else [stem])]


def _write_large(word: str) -> str:
    return word[:1].upper() + word[1:]


def _is_full_name(people: People) -> bool:
    return len(people.speakers) == 1 and len(people.speakers[0].name.split()) == _HALVES

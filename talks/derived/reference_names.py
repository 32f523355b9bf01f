"""Chooses the name of a reference: its repository, the best text of a link to it, its talk, or its address."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from talks.models import name_repository
from talks.names import TITLE_LENGTH, fold_accents

_OF_FORGES = frozenset({"topics", "orgs", "features", "sponsors", "marketplace", "explore", "users", "groups"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_RECORDED = frozenset({"video", "slides"})
_NO_SECTION = re.compile(r"[=~/!]")
_OWN = re.compile(
    r"\b(?:recording|recorded|video|vidéo|watch|slides?|deck|folien|aufzeichnung|présentation)", re.IGNORECASE
)
# Words that say what a link is for, not which resource it leads to; in English, German and French.
_GENERIC = frozenset(Path(__file__).with_name("generic_link_words.txt").read_text(encoding="utf-8").split())
_THEIRS = re.compile(r"(?:her|his|their)\s+(?:talk|keynote|session|presentation|lightning talk)", re.IGNORECASE)
_OPENERS = re.compile(
    r"(?:about|as|and|at|by|for|from|in|into|of|on|or|that|to|via|which|with|a|an|the|this|his|her|our|my)\s"
)


def name_reference(url: str, kind: str, cited: Iterable[tuple[str, str]], own: Iterable[str] = ()) -> str:
    """Return the name of a reference; `cited` has for each citation the link's text and the talk's title.

    A repository is named by owner and name, other resources by the commonest descriptive text of a link. Without such a
    text, a recording or slides are named after their talk: one of `own`, the titles of talks that name the resource as
    theirs, else the talk whose notes link to it by words like "recording" or "her talk". Any other resource is named by
    its address.
    """
    repository = name_repository(urlsplit(url))
    if repository and repository.partition("/")[0] not in _OF_FORGES:
        return repository[:TITLE_LENGTH]
    citations = [(" ".join(text.split()), talk) for text, talk in cited]
    if telling := [text for text, _ in citations if is_telling(text, url)]:
        known = Counter(telling)
        return min(known, key=lambda text: (-known[text], not text[0].isupper(), -min(len(text), 60), text))
    said = [talk for text, talk in citations if kind in _RECORDED and _names_record(text)]
    if not (found := [*own] or said):
        return write_short(url)
    recorded = Counter(found)
    return min(recorded, key=lambda talk: (-recorded[talk], talk))


def may_rename(name: str, url: str, kind: str, text: str) -> bool:
    """Whether one more link with this text could change the name of a reference, which is `name` now."""
    text = " ".join(text.split())
    if is_telling(text, url):
        return text != name
    return kind in _RECORDED and _names_record(text)


def _names_record(text: str) -> bool:
    return bool(_OWN.search(text) or _THEIRS.fullmatch(text))


def is_telling(text: str, url: str) -> bool:
    """Whether the text of a link describes what the link leads to.

    Words like "here" or "slides" and the name of the host describe nothing; "@name" and "#tag" describe something. A
    text that begins with a small word like "the" is part of a sentence and describes nothing, nor does any other text
    all in lower case, unless one of its words occurs in the address.
    """
    if len(text) < 2 or "://" in text or _is_address(text, url):
        return False
    if text[0] in "@#":
        return True
    words = _fold_words(text)
    telling = [word for word in words if word not in _GENERIC and not word.isdigit()]
    if not telling:
        return False
    host, address = _read_words(url)
    named = [word for word in telling if len(word) < 3 or word not in host]
    is_phrase = text == text.lower() and text != text.upper()
    if not named:
        return not is_phrase and (len(telling) > 1 or _is_site(url))
    if _OPENERS.match(text) or (text[0].islower() and words[0] in _GENERIC):
        return False
    return not is_phrase or any(len(word) > 3 and word in address for word in named)


def read_section(url: str) -> str:
    """Return the section of a page to which an address leads: "intro" of "…/docs#intro", "" without one.

    A fragment that is a place in a video or a path for the page's script is no section.
    """
    _, found, fragment = url.partition("#")
    return fragment if found and not _NO_SECTION.search(fragment) else ""


def write_short(url: str) -> str:
    """Return an address in the form that people write: without scheme and `www.`, cut to the length of a name."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    decoded = unquote(parts.path)
    path = (parts.path if "\ufffd" in decoded else decoded).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{path}{query}"[:TITLE_LENGTH]


@lru_cache(maxsize=1_000)  # a batch of posts asks for each address twice
def _read_words(url: str) -> tuple[str, str]:
    """Return the host of an address without hyphens; and the host followed by the letters and digits of path and query.

    "https://a-b.org/my_docs?id=2" gives "ab.org" and "ab.orgmydocsid2".
    """
    parts = urlsplit(url)
    host = re.sub(r"[ -]", "", fold_accents(parts.hostname or ""))
    return host, host + "".join(_fold_words(unquote(f"{parts.path} {parts.query}")))


def _fold_words(text: str) -> list[str]:
    return [fold_accents(word).strip().replace(" ", "") for word in _WORD.findall(text)]


def _is_site(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/") == "" and not parts.query


def _is_address(text: str, url: str) -> bool:
    """Whether the text of a link is its address, or a piece of it that looks like an address: "example.org"."""
    bare = text.lower().rstrip("/").removeprefix("www.")
    return bool(re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", bare)) and bare in url.lower()

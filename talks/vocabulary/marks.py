"""Marks in a takeaway's HTML where it mentions something. The HTML is cleaned; tags and entities stay whole."""

import re
from collections.abc import Collection
from functools import lru_cache

_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")


def mark_mentions(html: str, spellings: Collection[str]) -> str:
    """The HTML with `<mark>` around each of the spellings that stands in its text as a word.

    A name in its own case is looked for first: where `Go` is written, `go` is a verb.
    """
    spellings = [spelling for spelling in spellings if spelling.strip()]
    if not spellings:
        return html
    parts = _TAG.split(html)
    for flags in (re.NOFLAG, re.IGNORECASE):
        pattern = _compile(tuple(sorted(spellings)), flags)
        marked = [part if place % 2 else pattern.sub(r"<mark>\g<0></mark>", part) for place, part in enumerate(parts)]
        if marked != parts:
            return "".join(marked)
    return html


@lru_cache(maxsize=256)
def _compile(spellings: tuple[str, ...], flags: re.RegexFlag) -> re.Pattern[str]:
    """Longest first; white space and hyphens between words are one, and a plural s is part of the word."""
    ways = [
        r"[\s‐‑–-]+".join(re.escape(_escape(word)) for word in re.split(r"[\s‐‑–-]+", spelling.strip()) if word)
        for spelling in sorted(spellings, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w&#])(?:{'|'.join(ways)})(?:(?<=\w)s)?(?![\w+#])", flags)


def _escape(word: str) -> str:
    return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Writes how to cite the notes of a talk or one takeaway: as plain text, Markdown, BibTeX and CSL-JSON.

The model `Citation` is something else: a link from notes to a reference. A citation here names the speakers, the event
and who took the notes, and never presents notes as the speaker's words.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.text import get_text_list

from talks import names
from talks.models import Takeaway, Talk

_TEX = {character: f"\\{character}" for character in "#$%&_{}"}
_TEX |= {"\\": "\\textbackslash{}", "~": "\\~{}", "^": "\\^{}"}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


def escape_markdown(text: str) -> str:
    """Return the text on one line, with backslashes, backticks and `*_[]<>` escaped."""
    return _escape_marks(" ".join(text.split()))


def _escape_marks(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def escape_tex(text: str) -> str:
    """Return the text on one line, with each character escaped that has a meaning in TeX."""
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))


def make_citation(talk: Talk, writers: Sequence[str], takeaway: Takeaway | None = None) -> dict[str, Any]:
    """Return how to cite a talk's notes, or one takeaway, by format: `plain`, `markdown`, `bibtex` and `csl`.

    `writers` are the names of those who took the notes. `csl` is an object, the other formats are texts.
    """
    row = takeaway or talk
    url = settings.SITE_URL + row.get_absolute_url()
    speakers = [speaker.name for speaker in talk.given_by]
    key = _make_key(talk, speakers, takeaway)
    event = str(talk.event or "")
    takers = list(dict.fromkeys(writers))
    noted = f"Notes by {get_text_list(takers, 'and')}." if takers else ""
    who = f"{get_text_list(speakers, 'and')}: " if speakers else ""
    tail = f"Talk at {event}. {noted}".rstrip() if event else f"Talk. {noted}".rstrip()
    return {
        "plain": f"{who}“{talk.title}”. {tail} {url}",
        "markdown": f"{_escape_marks(who)}[{_escape_marks(talk.title)}]({url}). {_escape_marks(tail)}",
        "bibtex": _write_bibtex(talk, key, speakers, event, noted, url),
        "csl": _write_csl(talk, key, speakers, event, noted, url),
    }


def _make_key(talk: Talk, speakers: Sequence[str], takeaway: Takeaway | None) -> str:
    """Return a key that no other talk or takeaway has: first speaker's last name, event with its year, title.

    A takeaway has its permalink in place of the title. Letters are plain ones; a key that loses some has a digest.
    """
    last = names.slugify(speakers[0].split()[-1]) if speakers else ""
    parts = [last, talk.conference.slug, takeaway.public_id if takeaway else talk.slug]
    full = "-".join(filter(None, parts))
    key = re.sub(r"[^a-z0-9]+", "-", names.spell_plainly(full)).strip("-")
    return key if key == full else f"{key}-{sha256(full.encode()).hexdigest()[:8]}".strip("-")


def _write_bibtex(talk: Talk, key: str, speakers: Sequence[str], event: str, noted: str, url: str) -> str:
    fields = {
        "author": " and ".join(f"{{{escape_tex(speaker)}}}" for speaker in speakers),
        "title": f"{{{escape_tex(talk.title)}}}",
        "year": str(talk.conference.year or ""),
        "howpublished": escape_tex(f"Talk at {event}" if event else "Talk"),
        "note": escape_tex(noted),
        "url": url,
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def _write_csl(talk: Talk, key: str, speakers: Sequence[str], event: str, noted: str, url: str) -> dict[str, Any]:
    date = talk.day.date
    parts = [date.year, date.month, date.day] if date else [talk.conference.year] if talk.conference.year else None
    fields = {
        "id": key,
        "type": "speech",
        "title": talk.title,
        "author": [{"literal": speaker} for speaker in speakers],
        "event-title": event,
        "issued": {"date-parts": [parts]} if parts else None,
        "note": noted,
        "URL": url,
    }
    return {field: value for field, value in fields.items() if value}

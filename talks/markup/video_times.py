"""Turns times in notes, such as 12:34, into links into the recording of the talk."""

import re
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from talks.markup.plain_text import ELEMENT

_TAG = re.compile(f"({ELEMENT.pattern})")
_CLOSED = re.compile(r"<(/?)(?:a|code|pre|kbd)\b")  # times in these elements are not linked
_TIME = re.compile(
    r"(?<![\w:.,/+-])(?:(?P<hours>\d{1,2}):(?=\d\d:))?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)"
    r"(?![\w:/+-]|[.,]\d|\s?(?:[ap]\.?m\b|o['’]clock|h\b|Uhr\b))",
    re.IGNORECASE,
)
_BY_QUERY = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"})
_BY_FRAGMENT = frozenset({"vimeo.com", "player.vimeo.com", "media.ccc.de"})
_FILES = (".mp4", ".webm", ".ogv")


def link_times(html: str, video: str) -> str:
    """Return the HTML with times such as 12:34 as links to that time of the video. The HTML must be cleaned.

    Times in links and code stay, and all stay if no address starts the video at a time (`can_start_at`).
    """
    if ":" not in html or not can_start_at(video):
        return html
    pieces, inside = [], 0
    for piece in _TAG.split(html):
        if closed := _CLOSED.match(piece):
            inside += -1 if closed[1] else 1
        stays = inside or piece.startswith("<")
        pieces.append(piece if stays else _TIME.sub(lambda found: _link(found, video), piece))
    return "".join(pieces)


def can_start_at(video: str) -> bool:
    """Whether a link can start this video at a given second: on YouTube, Vimeo or media.ccc.de, or a video file."""
    try:
        parts = urlsplit(video)
    except ValueError:
        return False
    known = parts.hostname in _BY_QUERY | _BY_FRAGMENT or parts.path.lower().endswith(_FILES)
    return parts.scheme in {"http", "https"} and known


def start_at(video: str, second: int) -> str:
    """Return the address that starts the video at this second; ask only if `can_start_at` is true for the video."""
    parts = urlsplit(video)
    if parts.hostname in _BY_QUERY:
        fields = [(name, value) for name, value in parse_qsl(parts.query) if name not in {"t", "start"}]
        return parts._replace(query=urlencode([*fields, ("t", str(second))]), fragment="").geturl()
    return parts._replace(fragment=f"t={second}").geturl()


def _link(found: re.Match[str], video: str) -> str:
    hours, minutes, seconds = (int(found[name] or 0) for name in ("hours", "minutes", "seconds"))
    if found["hours"] and minutes > 59:
        return found[0]
    address = escape(start_at(video, 3600 * hours + 60 * minutes + seconds))
    return f'<a href="{address}" rel="nofollow noopener">{found[0]}</a>'

"""Addresses of the web: which ones a link may have, and what stands at them as far as the address tells. Pure."""

import re
from urllib.parse import SplitResult, urlsplit

URL_LENGTH = 2000
_CONTROL = re.compile(r"[\x00-\x20\x7f]")

# The first row whose host (or a parent of it) and path fit decides.
_KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("book", r"/(?:dp|gp/product|.*/dp)/", tuple(f"amazon.{end}" for end in ("com", "co.uk", "de", "fr", "es", "it"))),
    ("book", r"/(?:library/view/.*|product/.*|.*book.*|shop/.*)", ("oreilly.com", "safaribooksonline.com")),
    ("book", r"/.*(?:book|titles).*", ("pragprog.com", "manning.com", "packtpub.com", "apress.com", "springer.com")),
    ("book", r"/", ("leanpub.com", "goodreads.com", "gitbook.com", "gitbook.io", "amzn.to")),
    ("slides", r"/.*(?:slides|\.pptx?|\.key)", ("github.io", "infoq.com")),
    ("video", r"/presentations/", ("infoq.com",)),
    ("video", r"/(?:watch|playlist|live|embed|shorts|v)\b", ("youtube.com", "youtube-nocookie.com")),
    ("video", r"/", ("youtu.be", "vimeo.com", "media.ccc.de", "confreaks.tv", "confreaks.com", "skillsmatter.com")),
    ("video", r"/talks/", ("ted.com",)),
    ("slides", r"/", ("slideshare.net", "speakerdeck.com", "slides.com", "noti.st", "prezi.com")),
    ("slides", r"/presentation/", ("docs.google.com",)),
    ("paper", r"/.+", ("arxiv.org", "doi.org", "dl.acm.org", "ieeexplore.ieee.org", "semanticscholar.org")),
    ("paper", r"/(?:pubs?|papers?|research)/", ("research.google.com", "research.google", "usenix.org", "vldb.org")),
    ("code", r"/[^/]+/?", ("gist.github.com",)),
    ("code", r"/[^/]+/[^/]+", ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht")),
)
_SLIDE_FILE = re.compile(r"\.(?:pptx?|odp|key)\Z", re.IGNORECASE)
_PAPER_FILE = re.compile(r"\.(?:pdf|ps)\Z", re.IGNORECASE)
_VIDEO_FILE = re.compile(r"\.(?:mp4|webm|mov)\Z", re.IGNORECASE)


def split_address(url: str) -> SplitResult | None:
    """The parts of an address of the web; None for another scheme, for one too long to be kept or with a password."""
    if len(url) > URL_LENGTH or _CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or len(host) > 255 or "@" in parts.netloc:
        return None
    return parts


def guess_kind(parts: SplitResult) -> str:
    """Book, video, slides, paper, code, or site where the address tells no more."""
    host, path = (parts.hostname or "").rstrip("."), parts.path
    for kind, pattern, hosts in _KINDS:
        if any(host == known or host.endswith(f".{known}") for known in hosts) and re.match(pattern, path or "/"):
            return kind
    for kind, file in (("slides", _SLIDE_FILE), ("video", _VIDEO_FILE), ("paper", _PAPER_FILE)):
        if file.search(path):
            return kind
    return "site"

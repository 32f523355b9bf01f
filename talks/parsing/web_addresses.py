"""Addresses on the web: which addresses a link may have, and to which kind of resource an address leads. Pure."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.unseen_characters import misleads

URL_LENGTH, HOST_LENGTH = 2000, 255
REFERENCE_KINDS = ("paper", "book", "video", "slides", "code", "site")
"""What an address may lead to (`recognise_kind`), in the order of lists: longest reading first."""
_HOST = re.compile(r"https?://([^/?#]+)", re.IGNORECASE)

# The first row with a matching host (or parent of it) and path decides.
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
    ("paper", r"/(?!.*slides).*\.pdf\Z", ("usenix.org", "vldb.org", "cidrdb.org", "acm.org", "nips.cc", "mlr.press")),
    ("code", r"/[^/]+/?", ("gist.github.com",)),
    ("code", r"/[^/]+/[^/]+", ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht")),
)
_KINDS_BY_HOST = tuple((kind, re.compile(path), tuple(f".{host}" for host in hosts)) for kind, path, hosts in _KINDS)
_SLIDE_FILE = re.compile(r"\.(?:pptx?|odp|key)\Z", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|ps)\Z", re.IGNORECASE)
_SLIDES_SAID = re.compile(r"slides?|\b(?:deck|talks?|presentations?|folien|handouts?)\b", re.IGNORECASE)
_PAPER_SAID = re.compile(
    r"\b(?:papers?|whitepapers?|pubs?|publications?|proceedings|preprints?|thes[ie]s|research|journals?)\b",
    re.IGNORECASE,
)
_VIDEO_FILE = re.compile(r"\.(?:mp4|webm|mov)\Z", re.IGNORECASE)
_PROFILE = compile_late(
    r"https?://(?:www\.|mobile\.|de\.|fr\.|uk\.|be\.|nl\.|pl\.)?(?:twitter\.com|x\.com|github\.com|linkedin\.com/in|mastodon\.\w+|"
    r"hachyderm\.io|bsky\.app/profile|plus\.google\.com|about\.me|instagram\.com|facebook\.com|speakerdeck\.com|fosstodon\.org)"
    r"/@?[^/?#\s]+/?(?:[?#]\S*)?\Z",
    re.IGNORECASE,
)
_PAGE_OF_PERSON = re.compile(
    r"https?://[^/\s]+/(?:[^?#\s]*/)?(?:speakers?|people|person|presenters?|authors?|profiles?|members?)"
    r"(?:/[^/?#\s]+/?(?:[?#]\S*)?|/?#[^/\s]+)\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)  # asked of each link of a name several times
def is_profile(url: str) -> bool:
    """Whether the address is a person's page on one of the big networks, or among the speakers or people of a site."""
    return bool(_PROFILE.match(url) or _PAGE_OF_PERSON.match(url))


def is_own_page(url: str, name: str) -> bool:
    """Whether an address is a profile (`is_profile`), or its host has a word of the name, of four letters at least."""
    if is_profile(url):
        return True
    host = re.sub(r"https?://([^/]*).*", r"\1", url, flags=re.DOTALL).casefold()
    return any(len(word) >= 4 and word in host for word in fold_words(name).split())


def read_host(url: str) -> str:
    """Return the host of an http or https address, with any port, in lower case; "" for another scheme."""
    match = _HOST.match(url)
    return match[1].casefold() if match else ""


def split_address(url: str) -> SplitResult | None:
    """Return the parts of an address that a link may have; else None.

    It must be http or https, with a host and no user name, of at most 2000 characters, without spaces and backslashes.
    """
    if len(url) > URL_LENGTH or misleads(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or len(host) > HOST_LENGTH or "@" in parts.netloc:
        return None
    return parts


def recognise_kind(parts: SplitResult) -> str:
    """Return what an address leads to: "book", "video", "slides", "paper" or "code", else "site".

    A PDF is slides or a paper only if its host or a word of its address says so.
    """
    host, path = (parts.hostname or "").rstrip("."), parts.path
    for kind, pattern, hosts in _KINDS_BY_HOST:
        if f".{host}".endswith(hosts) and pattern.match(path or "/"):
            return kind
    if _VIDEO_FILE.search(path):
        return "video"
    said = f"{host}{path}".replace("_", " ")
    is_document = bool(_DOCUMENT.search(path))
    if _SLIDE_FILE.search(path) or (is_document and _SLIDES_SAID.search(said)):
        return "slides"
    return "paper" if is_document and _PAPER_SAID.search(said) else "site"

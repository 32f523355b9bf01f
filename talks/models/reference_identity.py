"""Decides which addresses lead to the same resource, and guesses its kind from the address. Pure, without network."""

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from talks.parsing import recognise_kind, split_address
from talks.value_classes import value_class

NO_WEB_ADDRESS = "An address begins with http:// or https://, and holds no spaces and no password."
_PORTS = {"http": 80, "https": 443}
_PREFIX = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_SMALL_SCREEN = re.compile(r"(?:m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)\Z", re.IGNORECASE)
# Parameters that only inform the site who followed a link, or from where.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|ref_src|ref_url"
    r"|cmpid|cmp|ncid|ocid|sr_share|s_cid|spm|trk|vero_id|wt\.mc_id|feature|__s",
    re.IGNORECASE,
)
_TIDY_PATH = re.compile(r"(?:/[A-Za-z0-9_.~-]+)*/?")
_ROUTE = re.compile(r"!|/")  # a fragment that a page's script reads as its address
_VIDEO = re.compile(r"/(?:embed|v|shorts|live|e)/([\w-]{6,20})")
_VIDEO_ID = re.compile(r"[\w-]{6,20}")
_ARXIV = re.compile(r"/(?:abs|pdf|html|ps|format|e-print)/((?:[a-z-]+(?:\.[A-Z]{2})?/)?[\d.]+?)(?:v\d+)?(?:\.pdf)?/?")
_DOI = re.compile(r"(?:/doi(?:/(?:abs|full|pdf|epdf|epub|book|citation))?)?/(10\.\d{4,9}/[^?#]+?)/?")
_PUBLISHERS = "doi.org dx.doi.org dl.acm.org onlinelibrary.wiley.com journals.sagepub.com tandfonline.com"
_DOI_HOSTS = frozenset(_PUBLISHERS.split())
_AMAZON = re.compile(r"amazon\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
_BOOK = re.compile(r"/(?:[^/]+/)?(?:dp|gp/product|exec/obidos/asin|o/asin)/([0-9A-Za-z]{10})(?:/.*)?", re.IGNORECASE)
_REPOSITORY = re.compile(r"/([^/]+)/([^/]+?)(?:\.git)?(?:/tree/(?:master|main))?/?")
_FORGES = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")


@value_class
class Resource:
    """The columns of a reference. `key` is a digest of the canonical form that all addresses of the resource share."""

    key: str
    url: str
    host: str
    kind: str


@lru_cache(maxsize=10_000)  # as many as the posts of a batch may hold, since each is asked for several times
def read_resource(url: str) -> Resource | None:
    """Return the resource of an address.

    None if the text is no web address, is too long to store, or holds a user name.
    """
    parts = split_address(url)
    if parts is None:
        return None
    try:
        form = normalise_address(url)
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    return Resource(hashlib.sha256(form.encode()).hexdigest(), url, host, recognise_kind(parts))


def normalise_address(url: str) -> str:
    """Return the canonical form of an address: without scheme, `www.`, tracking parameters and fragment.

    A fragment stays if it is a path for the page's script (`#/intro`). Videos, papers, books and repositories have a
    form of their own. The result is only for comparing, since a site may answer at one of two spellings. Raises
    ValueError for an address that cannot be parsed.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".").lower()
    site = _PREFIX.sub("", host)
    for special in _SPECIAL:
        if form := special(site, parts):
            return form
    port = parts.port
    place = site if port in {None, _PORTS.get(parts.scheme)} else f"{site}:{port}"
    path = _INDEX.sub("", _normalise_path(parts.path)).rstrip("/")
    query = _normalise_query(parts.query)
    fragment = f"#{parts.fragment}" if _ROUTE.match(parts.fragment) else ""
    return f"{place}{path}{f'?{query}' if query else ''}{fragment}"


def rank_address(url: str) -> tuple[bool, bool, bool, int, str]:
    """Return a sort key for an address, lowest for the best one to follow.

    Better are addresses with https, without tracking, not for phones, and short ones, in this order.
    """
    parts = urlsplit(url.strip())
    tracked = any(_TRACKING.fullmatch(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return parts.scheme != "https", tracked, bool(_SMALL_SCREEN.match(parts.hostname or "")), len(url), url


def _normalise_path(path: str) -> str:
    """Return the path of an address with escapes written in one way and without double slashes."""
    if _TIDY_PATH.fullmatch(path):
        return path
    parts = [unquote(part, errors="surrogateescape") for part in re.sub(r"/{2,}", "/", path).split("/")]
    return "/".join(quote(part.encode(errors="surrogateescape"), safe="~:@!$&'()*+,;=") for part in parts)


def _normalise_query(query: str) -> str:
    """Return the query of an address sorted and without tracking parameters."""
    if not query:
        return ""
    fields = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted((name, value) for name, value in fields if not _TRACKING.fullmatch(name))
    return urlencode(kept, errors="surrogateescape")


def _read_video(site: str, parts: SplitResult) -> str | None:
    """Return the canonical form of a video's address: its id, whatever page shows it; None for other addresses."""
    if site == "youtu.be":
        wanted = parts.path.strip("/")
    elif site in {"youtube.com", "youtube-nocookie.com", "music.youtube.com"}:
        match = _VIDEO.match(parts.path)
        watched = dict(parse_qsl(parts.query)).get("v", "") if parts.path.rstrip("/") == "/watch" else ""
        wanted = match[1] if match else watched
    elif site in {"vimeo.com", "player.vimeo.com"} and (number := re.fullmatch(r"/(?:video/)?(\d+)/?", parts.path)):
        return f"vimeo.com/{number[1]}"
    else:
        return None
    return f"youtube.com/{wanted}" if _VIDEO_ID.fullmatch(wanted) else None


def _read_paper(site: str, parts: SplitResult) -> str | None:
    """Return the canonical form of a paper's address: its number on arXiv, else its DOI; None for other addresses."""
    if site in {"arxiv.org", "export.arxiv.org"} and (match := _ARXIV.fullmatch(parts.path)):
        return f"arxiv.org/{match[1]}"
    if site in _DOI_HOSTS and (match := _DOI.fullmatch(unquote(parts.path))):
        number = match[1].lower()
        arxiv = re.fullmatch(r"10\.48550/arxiv\.(.+?)(?:v\d+)?", number)
        return f"arxiv.org/{arxiv[1]}" if arxiv else f"doi.org/{number}"
    return None


def _read_book(site: str, parts: SplitResult) -> str | None:
    """Return the canonical form of a book's address in a shop, the same for all countries; None for other addresses.

    It has the book's number.
    """
    if _AMAZON.fullmatch(site) and (match := _BOOK.fullmatch(parts.path)):
        return f"amazon.com/{match[1].upper()}"
    return None


def _read_repository(site: str, parts: SplitResult) -> str | None:
    """Return the canonical form of a repository's address: site, owner and name in lower case; None for others."""
    named = "" if parts.query else name_repository(parts)
    return f"{site}/{named}".lower() if named else None


def name_repository(parts: SplitResult) -> str:
    """Return "owner/name" if the address is that of a whole repository on one of the big sites, else ""."""
    site = _PREFIX.sub("", (parts.hostname or "").rstrip("."))
    match = _REPOSITORY.fullmatch(parts.path) if site in _FORGES else None
    return f"{match[1]}/{match[2]}" if match else ""


_SPECIAL: Sequence[Callable[[str, SplitResult], str | None]] = (_read_video, _read_paper, _read_book, _read_repository)

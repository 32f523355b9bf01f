"""Cleans HTML by an allow-list of tags and attributes.

All HTML from notes passes this module, except that of `render_simple`, and of code and plain text, which are escaped.
"""

import re
from urllib.parse import quote, urljoin

import nh3

from talks.unseen_characters import misleads

SHOWN_IN_LINE = frozenset(
    ["a", "abbr", "b", "br", "code", "del", "em", "i", "kbd", "mark", "q", "s", "strong", "sub", "sup"]
)
_BLOCKS = "blockquote figcaption figure hr li ol p pre table tbody td th thead tr ul"
SHOWN_BLOCKS = frozenset(_BLOCKS.split())
_ALIGNED = {"align": {"left", "center", "right"}}
UNNAMED_IMAGE = "Image"
"""The title of a link to an image about which the notes say nothing: the only link without a text that stays."""
MISSING_IMAGE = "An image that is not among the notes"
"""The title of what stands for an image whose file did not come along."""
_EMPTY = re.compile(
    rf'<a(?! href="[^"]*" title="{UNNAMED_IMAGE}"[ >])(?: [a-z]+="[^"]*")*></a>'
    r'|<p>\s*</p>|<img(?: (?:alt|loading)="[^"]*")*>'
)
_MEDIA = re.compile(r"/media/[0-9a-f]{64}\.[a-z]{3,4}")
_SCHEME = re.compile(r"([^/?#:]*):")
_HOST = re.compile(r"//(?:[^\W_]|\[[0-9a-fA-F:.]+\])")
_HERE = "https://here.invalid"


class Cleaner:
    """Cleans HTML. Threads must not share a cleaner, since it remembers the link that it is in."""

    def __init__(self) -> None:
        self._base = "/"
        self._leads_out = False
        self._cleaner = nh3.Cleaner(
            tags=SHOWN_IN_LINE | SHOWN_BLOCKS | {"img"},
            clean_content_tags=frozenset(),
            attributes={
                "*": frozenset(),
                "a": {"href", "title"},
                "img": {"src", "alt", "loading"},
                "abbr": {"title"},
                "ol": {"start"},
            },
            tag_attribute_values={"td": _ALIGNED, "th": _ALIGNED},
            attribute_filter=self._filter_attribute,
            link_rel="nofollow noopener",
            url_schemes={"http", "https", "mailto"},
        )

    def clean(self, html: str, base: str) -> str:
        """Return balanced HTML of allowed tags and attributes, with relative links resolved against the path `base`.

        Links may lead to http, https, mailto or a path of this site. Images must be in the media store. Empty
        paragraphs, and links without a text except those to unnamed images, are removed.
        """
        self._base, self._leads_out = base, False
        cleaned = self._cleaner.clean(html)
        return _EMPTY.sub("", cleaned).strip()

    def _filter_attribute(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            url = resolve_url(value, self._base)
            self._leads_out = url is not None and url.startswith("http")
            return url
        if attribute == "src":
            return value if _MEDIA.fullmatch(value) else None
        if attribute == "rel":  # comes last, on every link
            leads_out, self._leads_out = self._leads_out, False
            return value if leads_out else None
        return value


def resolve_url(url: str, base: str) -> str | None:
    """Return the address of a link if it may lead there (http, https, mailto or a path of this site), else None.

    A relative address is resolved against the path `base`, an address without a scheme (`//host`) gets https.
    """
    url = url.strip().replace(" ", "%20")
    if not url or misleads(url):
        return None
    if scheme := _SCHEME.match(url):
        name, rest = scheme[1].lower(), url[scheme.end() :]
        if name in {"http", "https"} and _HOST.match(rest):
            return f"{name}:{rest}"
        return f"mailto:{rest}" if name == "mailto" else None
    if url.startswith("//"):
        return f"https:{url}" if _HOST.match(url) else None
    path = urljoin(f"{_HERE}/{quote(base.lstrip('/'), errors='replace')}", url).removeprefix(_HERE)
    return path if re.match("/(?!/)", path) else None

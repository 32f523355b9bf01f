"""Endings of image files, tags by which site generators show images, and alternative texts that mean something."""

import re
from urllib.parse import unquote

IMAGE_ENDINGS = ("png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "ico", "tif", "tiff", "heic")
"""The endings of files that are images; few of these formats are shown: `importing/sources/image_formats.py`."""
IMAGE_ENDING = rf"\.(?i:{'|'.join(IMAGE_ENDINGS)})"
"""A regex for an ending in any case, with its dot."""
IMAGE_TAG = (
    r"(?:include(?:_\w{1,9})?\s{1,9})?[\w/-]{0,40}?(?:figure|img|image|picture|photo)(?:s|[_-]\w{0,20})?(?:\.html)?"
    r"(?=[\s%>}])"
)
"""A regex, to be used with `re.IGNORECASE`, for the names of tags of site generators that show an image.

Examples are `figure`, `img` and `include image.html`.
"""

_CALLED_ALT = re.compile(r"alt(?:[ _-]?text)?\b[\s:_-]*", re.IGNORECASE)
# Names that a camera, a phone or a program writes, not a person.
_NO_WORDS = re.compile(
    r"""
    \S+\.\w{3,4}
    | (?:(?:image|img|photo|picture|pic|figure|screen[ _-]?shot|dsc[nf]?|pxl|gopr|untitled)(?![^\W\d_]))?
      (?:[\W\d_]|at|[ap]m)*
    | (?=\S*\d)(?=\S*[^\W\d])[\w-]{20,}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = re.compile(r"[\W\d_]+")


def choose_alt(alt: str, src: str) -> str:
    """Return the alternative text of an image, without "alt text:" before it; "" if it means nothing.

    "image", a number, a hash, a file's name, and the name of the image's own file without ending ("moss-2") mean
    nothing. `src` is the image's address.
    """
    said = _CALLED_ALT.sub("", alt.strip(), count=1) if _CALLED_ALT.match(alt.strip()) else alt.strip()
    if _NO_WORDS.fullmatch(said):
        return ""
    file = unquote(re.split(r"[?#]", src, maxsplit=1)[0]).rpartition("/")[2].rpartition(".")[0]
    named = said.casefold() != _SIGNS.sub("", said).casefold() and " " not in said
    return "" if named and _SIGNS.sub("", said).casefold() == _SIGNS.sub("", file).casefold() else said

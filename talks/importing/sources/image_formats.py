"""Recognises images by endings and first bytes of files; imports accept the formats that `Media.Format` names."""

import re

TAKEN_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_FORMATS = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n....IHDR", re.DOTALL)),
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBPVP8", re.DOTALL)),
)
_OTHER_FORMAT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype|svg)|.{4}ftyp|BM|II\*\0|MM\0\*", re.IGNORECASE | re.DOTALL
)


def recognise_format(head: bytes) -> str:
    """Return the format of an image, by the first bytes of its file; "" if it is none that imports take."""
    return next((form for form, pattern in _FORMATS if pattern.match(head)), "")


def has_other_format(head: bytes) -> bool:
    """Whether the first bytes may be an image in a format that imports refuse, such as SVG.

    True for HTML and MP4 too.
    """
    return bool(_OTHER_FORMAT.match(head[:1000]))


def stands_in_git_lfs(head: bytes) -> bool:
    """Whether the first bytes of a file are the text that Git LFS leaves in place of an image it did not fetch."""
    return head.startswith(b"version https://git-lfs.github.com/spec/")

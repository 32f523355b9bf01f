"""Which files can be read as posts, and which are images or the like, by their file endings."""

from talks.image_markup import IMAGE_ENDINGS
from talks.importing.sources.pandoc import FORMATS, find_pandoc

MARKDOWN = ("md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "txt")
TEXT_ENDINGS = tuple(f".{ending}" for ending in (*MARKDOWN, *FORMATS))
"""The endings of files that may be posts; those of other formats than Markdown need pandoc."""
_RECORDINGS = ("mp3", "mp4", "m4a", "mov", "avi", "webm", "wav", "ogg")
_FONTS = ("ttf", "otf", "woff", "woff2")
_BESIDE_POSTS = frozenset((*IMAGE_ENDINGS, *_RECORDINGS, *_FONTS))


def read_ending(name: str) -> str:
    """Return the text after the last dot of a file's name, in lower case; "" without a dot inside the name."""
    return name.rpartition(".")[2].casefold() if "." in name.strip(".") else ""


def is_readable(name: str, *, plain: bool = False) -> bool:
    """Whether a file of this name can be read as text; a file without an ending can be.

    Formats for pandoc count where it is installed, and with `plain` not at all.
    """
    ending = read_ending(name)
    return ending in ("", *MARKDOWN) or (not plain and ending in FORMATS and find_pandoc() is not None)


def is_medium(name: str) -> bool:
    """Whether a file of this name is an image, recording or font, which posts may show but which is no post."""
    return read_ending(name) in _BESIDE_POSTS

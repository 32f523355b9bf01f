"""Which files are read, by the endings of their names."""

from talks.importing.sources.pandoc import FORMATS, find_pandoc

MARKDOWN = ("md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "txt")
_NO_POSTS = frozenset(
    """
    css js ts jsx tsx json jsonl yml yaml toml xml csv tsv py rb go rs java kt swift c h cpp sh bat lock map svg png jpg
    jpeg gif webp avif ico bmp tif tiff heic mp3 mp4 m4a mov avi webm wav ogg zip gz tar tgz 7z ttf otf woff woff2 scss
    less sass php pl lua sql db sqlite ini cfg conf env log gitignore bib drawio excalidraw canvas
    """.split()  # noqa: SIM905
)


def get_ending(name: str) -> str:
    """Return what follows the last dot of a file's name, in lower case; "" without a dot."""
    return name.rpartition(".")[2].casefold() if "." in name.strip(".") else ""


def is_readable(name: str, *, plain: bool = False) -> bool:
    """Whether a file of this name can be read; `plain`: without the help of another program."""
    ending = get_ending(name)
    return ending in ("", *MARKDOWN) or (not plain and ending in FORMATS and find_pandoc() is not None)


def is_document(name: str) -> bool:
    """Whether a file of this name, in a format that is not read, may hold notes."""
    return get_ending(name) not in _NO_POSTS

"""The identity of posts and takeaways: keys of posts, digests of texts, and permalinks made from both. Pure."""

import hashlib
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from talks import names
from talks.importing.escaping import escape
from talks.line_ends import join_lines, split_lines
from talks.parsing import PARSER_VERSION, Correction, FolderFacts, Hints

HALF_DIGEST = 32
_TELLING_LENGTH = 20  # shorter lines, like `draft: false`, occur in unrelated texts too
_COMMON_SHARE = 0.2


def make_key(path: str, *, folder: str) -> str:
    """Return the key of the post at `path` below a root folder: this path, escaped and without ".." and the like.

    The key of `index.md` or `index.markdown` is the path of its folder; in the root itself it is the root's name,
    `folder`.
    """
    pure = PurePosixPath(unicodedata.normalize("NFC", escape(path)))
    parts = [part for part in pure.parts if part not in {"/", "..", "."}]
    if parts and parts[-1].casefold() in {"index.md", "index.markdown"}:
        parts = parts[:-1] or [unicodedata.normalize("NFC", escape(folder)) or "index"]
    return "/".join(parts)


def make_digest(text: str, hints: Hints, name: str, folder: FolderFacts, corrections: Sequence[Correction] = ()) -> str:
    """Return a digest of all that determines how a post is read; if it is unchanged, the post need not be read again.

    Its first half is of the text, its second half of all else: see `digest_place`.
    """
    return f"{digest_text(text)}{digest_place(hints, name, folder, corrections)}"


def digest_text(text: str) -> str:
    """Return the first half of a post's digest, which depends on its text alone."""
    return _digest(text)


def digest_place(hints: Hints, name: str, folder: FolderFacts, corrections: Sequence[Correction] = ()) -> str:
    """Return the second half of a post's digest: of hints, path, facts of its folder, corrections, parser's version."""
    corrected = f"\n{corrections!r}" if corrections else ""
    return _digest(f"{PARSER_VERSION}\n{hints!r}\n{name}\n{folder!r}{corrected}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HALF_DIGEST]


def make_stem(slug: str | None, url: str | None, key: str) -> str:
    """Return the last part of the address by which other posts link to this post, as a slug without file ending.

    It is made of the `slug` or else the `url` in the front matter, else of the end of the key without a date at its
    beginning. Return "" if none of these has a letter or digit.
    """
    for address in (slug, url):
        segment = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2] if _is_path(address) else ""
        if slugs := names.slugify_file(segment):
            return slugs[-1]
    return next(iter(names.slugify_file(key.rpartition("/")[2])), "")


def _is_path(address: str | None) -> bool:
    try:
        return bool(address and urlsplit(address).path)
    except ValueError:
        return False


@lru_cache(maxsize=100)  # as many posts as a batch has, since each is asked for twice if no other process did this
def make_public_ids(key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the permalinks that all takeaways of a post, with these texts, would have if there were no other posts."""
    shapes = list(map(join_lines, texts))
    return tuple(map(_make_permalink, [key] * len(shapes), shapes, _number_equal(shapes)))


def number_equal(texts: Iterable[str]) -> Iterator[int]:
    """Yield for each text its number, from 1, among the texts that differ from it at most in their white space."""
    return _number_equal(map(join_lines, texts))


def _number_equal(shapes: Iterable[str]) -> Iterator[int]:
    seen: dict[str, int] = {}
    for shape in shapes:
        number = seen[shape] = seen.get(shape, 0) + 1
        yield number


def make_public_id(key: str, text: str, ordinal: int) -> str:
    """Return the permalink of a takeaway, made from the post's key, the text, and the number `ordinal`.

    The number, from 1, is that of the text among equal texts of the post.
    """
    return _make_permalink(key, join_lines(text), ordinal)


def _make_permalink(key: str, shape: str, ordinal: int) -> str:
    digest = hashlib.sha256(f"{key}\0{shape}\0{ordinal}".encode("utf-8", "surrogatepass")).digest()
    return names.make_permalink(int.from_bytes(digest[:8]) >> 64 - names.PERMALINK_BITS)


def choose_public_id(key: str, text: str, ordinal: int, taken: Container[str]) -> str:
    """Return the permalink from `make_public_id` for the number `ordinal` or the next one that is not `taken`."""
    while (chosen := make_public_id(key, text, ordinal)) in taken:
        ordinal += 1
    return chosen


def are_strangers(old: str, new: str) -> bool:
    """Whether two texts share less than a fifth of the long lines of that text which has fewer long lines.

    Some lines occur in every post of a blog, and prove nothing. Lines are long from 20 characters on; if a text has
    none, all lines of both count. A text without any line is no stranger to any text.
    """
    lines = [find_telling_lines(text) for text in (old, new)]
    if not all(lines):
        lines = [find_lines(text) for text in (old, new)]
    return len(lines[0] & lines[1]) < _COMMON_SHARE * min(map(len, lines))


def find_telling_lines(text: str) -> frozenset[str]:
    """Return the lines of 20 characters or more, with single spaces: they distinguish the text from others."""
    return find_lines(text, _TELLING_LENGTH)


def find_lines(text: str, least: int = 1) -> frozenset[str]:
    """Return the lines of `least` characters or more, with single spaces."""
    return frozenset(line for raw in split_lines(text) if len(line := join_lines(raw)) >= least)

"""Images that a post shows and the importer did not find: an editor gives them, as corrections of the post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from talks.editing.corrections import NotCorrectedError, add_corrections
from talks.importing import NoImageError, keep_image, list_images
from talks.markup import locate_image
from talks.models import Correction, Post
from talks.parsing import Act
from talks.parsing import Correction as Said

IMAGE_CODES = ("image-missing", "image-not-read", "image-unknown")
_NO_FILE = "no file was found"
_REASONS = {
    "image-missing": _NO_FILE,
    "image-not-read": "the file could not be read",
    "image-unknown": "the file is no image",
    "image-too-large": "the file is too large",
    "image-format": "only PNG, JPEG, GIF and WebP are taken in",
    "too-many-images": "the post shows too many images",
}


@dataclass(frozen=True, slots=True)
class MissingImage:
    """An image that pages do not show: its address and lines in the post, and the reason.

    `message` is what the import said of it, or "".
    """

    src: str
    lines: tuple[int, ...]
    reason: str
    message: str = ""


def list_missing_images(post: Post) -> list[MissingImage]:
    """Return the images of the post for which no file is stored, each address once, in the order of the post."""
    stored = {use.path for use in post.media.all() if not use.withdrawn}
    lines: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for src, shown, line in list_images(post.source):
        if locate_image(src, f"/{post.key}") not in stored:
            lines.setdefault(src, []).append(line)
            names[src] = shown
    said: dict[str, Mapping[str, Any]] = {}
    for remark in post.diagnostics if lines else ():
        named = [src for src in lines if lines[src][0] == remark.get("line") and names[src] in remark["message"]]
        if named and remark.get("code") in _REASONS:
            said[max(named, key=lambda src: len(names[src]))] = remark  # the address a.png is part of b/a.png
    return [_describe_image(src, found, said.get(src, {})) for src, found in lines.items()]


def _describe_image(src: str, lines: Sequence[int], remark: Mapping[str, Any]) -> MissingImage:
    reason = _REASONS.get(str(remark.get("code")), _NO_FILE)
    return MissingImage(src, tuple(dict.fromkeys(lines)), reason, str(remark.get("message", "")))


def give_images(post: Post, images: Mapping[str, bytes], *, made_by: str, version: str) -> list[Correction]:
    """Store images, given as bytes by the address in the post, as corrections, and import the post again at once.

    Return the saved corrections. Raises `NotCorrectedError` if a file is no image or too large, if the post misses no
    image at an address, or as `add_corrections` does.
    """
    missing = {image.src for image in list_missing_images(post)}
    if gone := next((src for src in images if src not in missing), None):
        raise NotCorrectedError(f"The post misses no image {gone!r} any more.")
    try:
        given = [Said(Act.IMAGE, image=keep_image(data, src)) for src, data in images.items()]
    except NoImageError as fault:
        raise NotCorrectedError(f"{fault} {fault.diagnostic.hint}") from None
    return add_corrections(post, given, made_by=made_by, version=version)


def match_images(missing: Sequence[MissingImage], files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """Match files with missing images by the last part of the image's address, regardless of case.

    Return the bytes of the files by address, and a list of the names of files that match no image.
    """
    by_name = {name.casefold(): data for name, data in files.items()}
    wanted = {image.src: PurePosixPath(image.src).name.casefold() for image in missing}
    taken = {src: by_name[name] for src, name in wanted.items() if name in by_name}
    return taken, [name for name in files if name.casefold() not in wanted.values()]

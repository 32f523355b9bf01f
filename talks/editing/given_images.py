"""Images that a post shows and the importer did not find: an editor gives them, as corrections of the post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from talks.editing.corrections import NotCorrectedError, add_corrections
from talks.importing import NoImageError, keep_image, list_images
from talks.models import Correction, Post
from talks.parsing import Act
from talks.parsing import Correction as Said

IMAGE_CODES = ("image-missing", "image-not-read", "image-unknown")
_OTHER_CODES = ("image-too-large", "image-format")


@dataclass(frozen=True, slots=True)
class MissingImage:
    """An image that is not shown: its address as the post writes it, its line, and what the import said of it."""

    src: str
    line: int
    message: str
    code: str


def list_missing_images(post: Post) -> list[MissingImage]:
    """Return the images of the post that its last import did not take in, each once, in the order of the post."""
    remarks = [each for each in post.diagnostics if each.get("code") in (*IMAGE_CODES, *_OTHER_CODES)]
    images = list_images(post.source) if remarks else []
    found: dict[str, MissingImage] = {}
    for remark in remarks:
        line, message = int(remark.get("line") or 1), str(remark["message"])
        named = [(shown, src) for src, shown, place in images if place == line and shown in message]
        if named:
            src = max(named, key=lambda each: len(each[0]))[1]  # the address a.png is part of b/a.png
            found.setdefault(src, MissingImage(src, line, message, str(remark["code"])))
    return list(found.values())


def give_images(post: Post, images: Mapping[str, bytes], *, made_by: str, version: str) -> list[Correction]:
    """Store images for addresses of the post, and import the post again at once.

    Raises `NotCorrectedError` if a file is no image or too large, or if the post misses no image at an address.
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
    """Match files with missing images by the last part of the address, regardless of case.

    Return the files by address, and the names of files that match no image.
    """
    by_name = {name.casefold(): data for name, data in files.items()}
    wanted = {image.src: PurePosixPath(image.src).name.casefold() for image in missing}
    taken = {src: by_name[name] for src, name in wanted.items() if name in by_name}
    return taken, [name for name in files if name.casefold() not in wanted.values()]

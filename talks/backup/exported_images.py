"""Copies the base's images to and from a folder beside the export, with the same layout as the media store."""

import os
import shutil
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from talks.models import Media
from talks.whole_files import write_whole


class ImageError(Exception):
    """An image file is missing, or its content does not match the digest that is its name."""


def save_images(folder: Path) -> int:
    """Copy the images of the base into the folder, unless they are there already; return how many the base has.

    The folder is made also for a base without images, so that a restore finds it. Raises `ImageError` if an image is
    missing in the media store, or has other content than its digest says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return _copy_all(Path(settings.MEDIA_ROOT), folder)


def load_images(folder: Path) -> int:
    """Copy the images of the base from the folder into the media store, unless they are there already.

    Return how many images the base has. Raises `ImageError` if one is missing in the folder, or has other content than
    its digest says.
    """
    return _copy_all(folder, Path(settings.MEDIA_ROOT))


def _copy_all(source: Path, target: Path) -> int:
    images = list(Media.objects.order_by("digest"))
    for image in images:
        place = image.location.relative_to(settings.MEDIA_ROOT)
        if not (target / place).is_file():
            _copy_image(source / place, target / place, image.digest)
    return len(images)


def _copy_image(source: Path, target: Path, digest: str) -> None:
    """Copy an image file whole or not at all. Raises `ImageError` if it is missing or does not have this digest."""
    if not source.is_file():
        raise ImageError(f"The image {source} is missing")
    target.parent.mkdir(parents=True, exist_ok=True)
    with write_whole(target) as file:
        with source.open("rb") as original:
            shutil.copyfileobj(original, file)
        file.seek(0)
        if file_digest(file, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
            raise ImageError(f"The image {source} is not the one that its name says")
        os.fchmod(file.fileno(), 0o644)

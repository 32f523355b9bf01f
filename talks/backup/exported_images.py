"""Copies the base's images to and from a folder beside the export, with the same layout as the media store."""

import shutil
import tempfile
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from talks.models import Media


class ImageError(Exception):
    """An image file is missing, or its content does not match the digest that is its name."""


def save_images(folder: Path) -> int:
    """Copy the images of the base into the folder, except those that are there; return the number of all images."""
    return _copy_all(Path(settings.MEDIA_ROOT), folder)


def load_images(folder: Path) -> int:
    """Copy the images of the base from the folder into the media store, except those that are there.

    Return the number of all images. Raises `ImageError` if one is missing or has other content.
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
    """Copy an image to a temporary file and rename the file, so that an interrupted copy leaves no partial image.

    Raises `ImageError` if the source is missing or its digest is another one.
    """
    if not source.is_file():
        raise ImageError(f"The image {source} is missing")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        try:
            with source.open("rb") as original:
                shutil.copyfileobj(original, file)
            file.flush()
            with open(file.name, "rb") as copied:
                if file_digest(copied, "sha256").hexdigest() != digest:
                    raise ImageError(f"The image {source} is not the one that its name says")
            Path(file.name).chmod(0o644)
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise

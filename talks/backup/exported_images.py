"""The images of the base in a folder beside its export, laid out like the media store: by digest."""

import shutil
import tempfile
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from talks.models import Media


class ImageError(Exception):
    """An image that is not where it must be, or is not what its name says."""


def give_images(folder: Path) -> int:
    """Copy all images of the base into the folder; how many they are. One that is there already is left alone."""
    return _copy_all(Path(settings.MEDIA_ROOT), folder)


def take_images(folder: Path) -> int:
    """Copy the images that the base tells of from the folder into the media store; how many they are."""
    return _copy_all(folder, Path(settings.MEDIA_ROOT))


def _copy_all(source: Path, target: Path) -> int:
    images = list(Media.objects.order_by("digest"))
    for image in images:
        place = image.location.relative_to(settings.MEDIA_ROOT)
        if not (target / place).is_file():
            _copy(source / place, target / place, image.digest)
    return len(images)


def _copy(source: Path, target: Path, digest: str) -> None:
    """Copy beside the target and take its place at the end, so that no half image is ever there."""
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

"""Whether the media store holds what the rows say. Files that no row knows do no harm: a crash may leave one."""

import hashlib
from collections.abc import Iterator

from talks.models import Media


def find_media_faults() -> Iterator[str]:
    """Images whose file is not there, or is another one."""
    for media in Media.objects.order_by("pk").iterator():
        try:
            with media.location.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.tell()
        except OSError as error:
            yield f"The image {media} cannot be read from the media store: {error.strerror}."
            continue
        if (digest, size) != (media.digest, media.size):
            yield f"The image {media} is not the one that was imported."

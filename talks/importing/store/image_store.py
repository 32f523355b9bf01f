"""The media store: image files named by their digests, and the rows that say which post shows which image."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from django.conf import settings

from talks.importing.reconcile.known import KnownImage
from talks.importing.sources.files import NEW_FILE, open_below, sync_folder
from talks.importing.sources.local_images import CHUNK, LocalImage, identify_image
from talks.models import Media, PostMedia
from talks.parsing import Correction, GivenImage


def find_address(image: LocalImage) -> str:
    """Return the address at which pages show the image once it is stored."""
    return Media(digest=image.digest, format=image.format).get_absolute_url()


def store_image(image: LocalImage) -> bool:
    """Copy the image into the store unless it is there. Return whether it is in the store now.

    It is not if its file is gone or changed since the digest was computed.
    """
    target = Media(digest=image.digest, format=image.format).location
    if target.is_file() and target.stat().st_size == image.size:
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    name = target.with_name(f".{target.name}.part")
    name.unlink(missing_ok=True)  # a rest of a crash
    try:
        with open(os.open(name, NEW_FILE, 0o600), "wb") as copy:
            if _copy_image(image, copy.fileno()) != image.digest:
                return False
        os.chmod(name, 0o644)  # the web server may run as another user
        os.replace(name, target)
        sync_folder(target.parent)
    finally:
        name.unlink(missing_ok=True)
    return True


def store_images(found: Mapping[str, LocalImage], *, dry_run: bool = False) -> dict[str, KnownImage]:
    """Copy images into the media store before any row points to them; a dry run copies nothing.

    Return the images by path, without those whose files are gone or changed since they were found.
    """
    return {
        path: KnownImage(image.digest, image.format, image.size, find_address(image), image.alt, given=image.given)
        for path, image in found.items()
        if dry_run or store_image(image)
    }


def _copy_image(image: LocalImage, descriptor: int) -> str:
    """Write the image's bytes to the open file `descriptor` and return their digest.

    If the image's file is gone, nothing is written and the digest is that of no bytes.
    """
    digest, left = hashlib.sha256(), image.size + 1
    if image.data:
        with open(descriptor, "wb", closefd=False) as copy:
            copy.write(image.data)
        os.fsync(descriptor)
        return hashlib.sha256(image.data).hexdigest()
    with suppress(FileNotFoundError, NotADirectoryError), open_below(image.root, image.file) as file:
        with open(descriptor, "wb", closefd=False) as copy:
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                digest.update(chunk)
                copy.write(chunk)
        os.fsync(descriptor)
    return digest.hexdigest()


def list_given(corrections: Iterable[Correction]) -> dict[str, GivenImage]:
    """Return the images that editors gave, by the address in the post, without those whose files are not in the store.

    Of two images for one address the later one counts.
    """
    given = {each.image.src: each.image for each in corrections if each.image}
    return {
        src: image for src, image in given.items() if Media(digest=image.digest, format=image.format).location.is_file()
    }


def keep_image(data: bytes, src: str) -> GivenImage:
    """Copy an image that an editor gives for the address `src` in a post into the store; return it for a correction.

    Raises `NoImageError` if the bytes are no image in an accepted format, or too many.
    """
    image = identify_image(data, src, settings.MEDIA_MAX_BYTES)
    store_image(image)
    return GivenImage(src, image.digest, image.format, image.size)


def load_images(posts: Iterable[int]) -> dict[int, dict[str, KnownImage]]:
    """Return the images that each post shows or used to show, by the post's id and then by path."""
    found: dict[int, dict[str, KnownImage]] = {}
    for row in PostMedia.objects.filter(post__in=list(posts)).select_related("media"):
        media = row.media
        kept = (media.digest, media.format, media.size, media.get_absolute_url(), row.alt, row.withdrawn, row.given)
        image = KnownImage(*kept)
        found.setdefault(row.post_id, {})[row.path] = image
    return found


def write_images(images: Sequence[tuple[str, KnownImage]], post: int) -> None:
    """Create or update the rows that say which image the post shows at each path; rows of other paths stay.

    The images are given as pairs of path and image, and their files must be in the store already.
    """
    files = {image.digest: Media(digest=image.digest, format=image.format, size=image.size) for _, image in images}
    Media.objects.bulk_create(files.values(), ignore_conflicts=True)
    stored = dict(Media.objects.filter(digest__in=files).values_list("digest", "pk"))
    PostMedia.objects.bulk_create(
        (
            PostMedia(
                post_id=post,
                path=path,
                media_id=stored[image.digest],
                alt=image.alt,
                withdrawn=image.withdrawn,
                given=image.given,
            )
            for path, image in images
        ),
        update_conflicts=True,
        unique_fields=["post", "path"],
        update_fields=["media", "alt", "withdrawn", "given"],
    )


def remove_images(paths: Iterable[str], post: int) -> None:
    """Delete the rows of images at these paths; the files stay in the store."""
    PostMedia.objects.filter(post=post, path__in=list(paths)).delete()

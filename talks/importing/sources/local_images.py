"""Finds the local images of a post and identifies each by a digest of its bytes. Nothing is downloaded."""

import base64
import errno
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote

from talks.counts_and_cut_texts import cut_text
from talks.importing.escaping import escape
from talks.importing.sources.files import Source, open_below
from talks.importing.sources.image_folders import ImageFolders
from talks.importing.sources.image_formats import has_other_format, recognise_format, stands_in_git_lfs
from talks.markup import FoundImage, find_images, locate_image
from talks.models import ALT_LENGTH
from talks.names import PATH_LENGTH
from talks.parsing import (
    Act,
    Diagnostic,
    EmbeddedImage,
    GivenImage,
    describe_correction,
    find_embedded,
    read_markdown_lines,
)
from talks.parsing import diagnostic_catalogue as catalogue

MOST_IMAGES = 500  # of a post
CHUNK = 1 << 20
NO_GIVEN: Mapping[str, GivenImage] = {}
_LONGEST_PART = 255  # of a path, on any file system
# Signs with which every image begins, also in the marks of other programs.
_SIGN = re.compile(r"![^ -~]*[\[<^]|<[^ -~]*img|\{[^ -~]*[{%]", re.IGNORECASE)
_REMOTE = re.compile(r"!\[[^\[\]\n]*\]\(\s*<?https?://[^\s()<>]*", re.IGNORECASE)
_STATIC = PurePosixPath("static")  # site generators publish this folder's files at the site's root


class NoImageError(Exception):
    """An image cannot be stored. Its diagnostic gets the line of the image where the exception is caught."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class LocalImage:
    """An image that a post shows; `file` is its path below `root`, `src` the address written in the post.

    `data` are the bytes of an image that is embedded in the post or was uploaded with it. An image that an editor gave
    (`given`) is in the media store already. Neither has a `root`.
    """

    src: str
    alt: str
    root: Path
    file: PurePosixPath
    digest: str
    format: str
    size: int
    data: bytes = b""
    given: bool = False


@dataclass(frozen=True, slots=True)
class Gallery:
    """The local images of a post, each once, and diagnostics about images that cannot be stored."""

    images: tuple[LocalImage, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()

    def by_path(self, key: str) -> dict[str, LocalImage]:
        """Return the images by the site path to which their link in the post leads; `key` is the post's key.

        Images whose path is too long to be stored are left out.
        """
        placed: dict[str, LocalImage] = {}
        for image in self.images:
            placed.setdefault(locate_image(image.src, f"/{key}"), image)
        return {path: image for path, image in placed.items() if len(path) <= PATH_LENGTH}


def look_for_images(
    source: Source,
    text: str,
    most: int,
    folders: ImageFolders | None = None,
    given: Mapping[str, GivenImage] = NO_GIVEN,
    stored: Collection[str] = (),
) -> Gallery:
    """Return the images that the text shows, each once; one missing, unfit or above `most` bytes gets a diagnostic.

    After the first `MOST_IMAGES` images the next gets a diagnostic, and no more are looked at.

    `given` are images that editors gave, by the address in the post; they go before files. A given image for an address
    that the text does not show gets a diagnostic. A post without a file has only given, embedded and uploaded images;
    any other image that it shows gets a diagnostic, unless its path is in `stored`: there the base has an image
    already.
    """
    if not _may_show_images(text):
        return Gallery(remarks=tuple(map(_remark_unfit, given)))
    folders = folders or ImageFolders()
    images, remarks = [], []
    read = "\n".join(read_markdown_lines(text))
    embedded = {image.name: image for image in find_embedded(text) if image.name in read}
    for count, (found, line) in enumerate(_list_all(read, embedded), 1):
        try:
            if count > MOST_IMAGES:
                raise NoImageError(catalogue.TOO_MANY_IMAGES.at(line, most=MOST_IMAGES))
            if found.src in embedded:
                images.append(_decode_image(found, embedded[found.src], most))
            elif image := given.get(found.src):
                images.append(_take_given(found, image))
            elif source.beside:
                images.append(_find_beside(found, source, most))
            elif source.file is not None and source.top is not None:
                folder = PurePosixPath(source.file.parent.relative_to(source.top).as_posix())
                images.append(_find_file(found, source.top, folder, most, folders))
            elif locate_image(found.src, f"/{source.key}") not in stored:
                raise NoImageError(catalogue.IMAGE_NOT_IN_ZIP.at(1, image=_show(found.src)))
        except NoImageError as fault:
            remarks.append(replace(fault.diagnostic, line=line))
            if count > MOST_IMAGES:
                break
    taken = {image.src for image in images if image.given}
    remarks += [_remark_unfit(src) for src in given if src not in taken]
    return Gallery(tuple(images), tuple(remarks))


def list_images(text: str) -> list[tuple[str, str, int]]:
    """Return, for each time that the text shows a local image, its address, the address as people see it, and its line.

    The second is cut and escaped. Images embedded in the text are left out.
    """
    read = "\n".join(read_markdown_lines(text))
    embedded = {image.name for image in find_embedded(text)}
    return [(found.src, _show(found.src), line) for found, line in _list_each(read) if found.src not in embedded]


def identify_image(data: bytes, src: str, most: int) -> LocalImage:
    """Return the image with these bytes, for the address `src` in a post.

    Raises `NoImageError` if the bytes are no image in an accepted format, or more than `most`.
    """
    return _identify(FoundImage(src, "", 0, 0), data, most, PurePosixPath(src))


def _identify(found: FoundImage, data: bytes, most: int, place: PurePosixPath) -> LocalImage:
    digest, form, size = _digest_image(BytesIO(data), found.src, most)
    return LocalImage(found.src, found.alt[:ALT_LENGTH], Path(), place, digest, form, size, data)


def _take_given(found: FoundImage, image: GivenImage) -> LocalImage:
    alt, place = found.alt[:ALT_LENGTH], PurePosixPath(found.src)
    return LocalImage(found.src, alt, Path(), place, image.digest, image.format, image.size, given=True)


def _remark_unfit(src: str) -> Diagnostic:
    """Return the diagnostic that the post shows no image at the address `src` for which an editor gave one."""
    reason = "the post shows no image at this address"
    return catalogue.CORRECTION_UNFIT.at(1, said=describe_correction(Act.IMAGE, _show(src)), reason=reason)


def _may_show_images(text: str) -> bool:
    """Whether the text may contain local images.

    This quick test avoids parsing an unchanged post, which takes longer than anything else.
    """
    signed = ("!" in text or "<" in text or "{" in text) and _SIGN.search(_REMOTE.sub("", text))
    return bool(signed) or "data:image" in text.lower()


def _list_all(text: str, embedded: Mapping[str, EmbeddedImage]) -> Iterator[tuple[FoundImage, int]]:
    """Yield pairs: an image of the text, each address once, and the first line that shows it.

    Last come embedded images whose data the post contains without showing them.
    """
    seen: set[str] = set()
    for found, line in _list_each(text):
        if found.src not in seen:
            seen.add(found.src)
            yield found, line
    for name in embedded.keys() - seen:
        place = text.index(name)
        yield FoundImage(name, "", place, place + len(name)), text.count("\n", 0, place) + 1


def _decode_image(found: FoundImage, image: EmbeddedImage, most: int) -> LocalImage:
    """Return the image that is embedded in the post. Raises `NoImageError` if its bytes are none, or too many."""
    try:
        data = base64.b64decode(unquote(image.data), validate=True)
    except ValueError:
        data = b""
    return _identify(found, data, most, PurePosixPath(found.src))


def _find_beside(found: FoundImage, source: Source, most: int) -> LocalImage:
    """Return the image among the files uploaded with the post: at one of `_list_places`, else any of the same name.

    Of several with the name it is the one in fewest folders. Raises `NoImageError` if there is none, or its bytes are
    no image in an accepted format.
    """
    named = (PurePosixPath(path) for path in source.beside if PurePosixPath(path).name == PurePosixPath(found.src).name)
    nearest = sorted(named, key=lambda place: (len(place.parts), place))
    for place in (*_list_places(found.src, PurePosixPath(source.path).parent), *nearest):
        if data := source.beside.get(place.as_posix()):
            return _identify(found, data, most, place)
    raise NoImageError(catalogue.IMAGE_NOT_IN_ZIP.at(1, image=_show(found.src)))


def _list_each(text: str) -> Iterator[tuple[FoundImage, int]]:
    line, at = 1, 0
    for found in find_images(text):
        line += text.count("\n", at, found.start)
        at = found.start
        yield found, line


def _find_file(found: FoundImage, root: Path, folder: PurePosixPath, most: int, folders: ImageFolders) -> LocalImage:
    """Return the image in the first of `_list_places` that can be opened, else one of the same name below the root.

    The latter only if nothing is at those places. Raises `NoImageError` if there is no file, or the file cannot be read
    or is no image in an accepted format.
    """
    src = found.src
    fault: NoImageError | None = None
    places = tuple(_list_places(src, folder))
    for place in places:
        try:
            return _open_image(found, root, place, most)
        except OSError as error:
            fault = fault or _explain_os_error(src, error)
    if places and fault is None and (namesake := folders.find(root, places, places[0].name)):
        try:
            return _open_image(found, root, namesake, most)
        except OSError as error:
            fault = _explain_os_error(src, error)
    raise fault or NoImageError(catalogue.IMAGE_MISSING.at(1, image=_show(src)))


def _open_image(found: FoundImage, root: Path, place: PurePosixPath, most: int) -> LocalImage:
    with open_below(root, place) as file:
        digest, form, size = _digest_image(file, found.src, most)
    return LocalImage(found.src, found.alt[:ALT_LENGTH], root, place, digest, form, size)


def _list_places(src: str, folder: PurePosixPath) -> Iterable[PurePosixPath]:
    """Return possible places of an image below the root: relative to the post's folder, to the root, to its `static`.

    An address that begins with a slash is not relative to the post.
    """
    bases = [] if src.startswith("/") else [folder]
    places = [_join_path(base, src) for base in [*bases, PurePosixPath(), _STATIC]]
    return dict.fromkeys(place for place in places if place is not None)


def _join_path(base: PurePosixPath, src: str) -> PurePosixPath | None:
    parts = list(base.parts)
    for part in src.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    if not parts or any(len(part.encode("utf-8", "replace")) > _LONGEST_PART for part in parts):
        return None
    return PurePosixPath(*parts)


def _digest_image(file: BinaryIO, src: str, most: int) -> tuple[str, str, int]:
    """Return digest, format and size of an opened file; `most` is its greatest size in bytes.

    Raises `NoImageError` if it is larger or no image in an accepted format.
    """
    digest, size, form = hashlib.sha256(), 0, ""
    while chunk := file.read(CHUNK):
        form = form or _recognise_format(chunk, src)
        digest.update(chunk)
        size += len(chunk)
        if size > most:
            break
    if size > most:
        raise NoImageError(catalogue.IMAGE_TOO_LARGE.at(1, image=_show(src), most=most))
    return digest.hexdigest(), form or _recognise_format(b"", src), size


def _recognise_format(head: bytes, src: str) -> str:
    """Return the format of an image by its first bytes. Raises `NoImageError` if it is no accepted format."""
    if form := recognise_format(head):
        return form
    fault = catalogue.IMAGE_FORMAT if has_other_format(head) else catalogue.NO_IMAGE
    if stands_in_git_lfs(head):
        fault = catalogue.IMAGE_ELSEWHERE
    raise NoImageError(fault.at(1, image=_show(src)))


def _explain_os_error(src: str, error: OSError) -> NoImageError | None:
    """Return an error that says why the file could not be opened; None if there is no such file."""
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EISDIR}:
        return None
    reason = {
        errno.ELOOP: "a symbolic link leads to it",
        errno.EINVAL: "it is no regular file",
        errno.ENXIO: "it is no regular file",
    }.get(error.errno or 0, error.strerror or "it cannot be read")
    return NoImageError(catalogue.IMAGE_NOT_READ.at(1, image=_show(src), reason=reason))


def _show(src: str) -> str:
    return escape(cut_text(src, 200))

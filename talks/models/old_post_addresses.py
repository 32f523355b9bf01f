"""Checks and normalises old addresses of posts, from which this site redirects to the post."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from talks.names import PATH_LENGTH
from talks.unseen_characters import has_unseen

_UNFIT = re.compile(r"//|[\\\t\n]")
_CATCH_ALL = "elsewhere"
_POST = "post"  # where no post is, its view looks for an old address


class AliasError(ValueError):
    """An address that cannot be an old address of a post; the message completes "The alias … is left out: it"."""


def read_alias(address: str) -> str:
    """Return the path of an old address: with a slash at its front, none at its end, percent-decoded.

    Raises `AliasError` for an address that cannot redirect to a post.
    """
    try:
        decoded = unicodedata.normalize("NFC", unquote(_read_path(address), errors="strict"))
    except UnicodeDecodeError:
        raise AliasError("is not UTF-8 when percent-decoded") from None
    if _UNFIT.search(decoded) or has_unseen(decoded):
        raise AliasError("holds what no path of this site has")
    decoded = f"/{decoded.strip('/')}"
    if any(segment in {".", ".."} for segment in decoded.split("/")):
        raise AliasError("leads through `.` or `..`")
    if len(decoded) > PATH_LENGTH:
        raise AliasError(f"is longer than {PATH_LENGTH} characters")
    if is_route(decoded):
        raise AliasError("would hide a page of this site")
    return decoded


def _read_path(address: str) -> str:
    if "\\" in address or address.startswith("//"):
        raise AliasError("is no path of this site")
    try:
        parts = urlsplit(address)
    except ValueError:
        raise AliasError("is no address") from None
    if parts.scheme or parts.netloc:
        raise AliasError("is no path of this site")
    if parts.query or parts.fragment:
        raise AliasError("is more than a path")
    return parts.path


def is_route(path: str) -> bool:
    """Whether this site has a page at the path, with or without a slash at its end, or keeps static files there.

    Pages of single posts do not count: where there is none, the address may be an old one.
    """
    if f"{path}/".startswith(f"/{settings.STATIC_URL.strip('/')}/"):
        return True
    names = (_find_route(candidate) for candidate in (path, f"{path}/") if candidate != "//")
    return any(name not in (_CATCH_ALL, _POST) for name in names)


def is_page(path: str) -> bool:
    """Whether a route of this site answers at the path, other than the one that looks for old addresses of posts."""
    return _find_route(path) != _CATCH_ALL


def _find_route(path: str) -> str | None:
    """Return the name of the route that answers at the path; where none does, that of the one for old addresses."""
    try:
        return resolve(path).url_name
    except Resolver404:
        return _CATCH_ALL

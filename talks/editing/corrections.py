"""Corrections of how a post is read: an editor makes them, sees what they change, and takes them back."""

from collections.abc import Sequence
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from talks import parsing
from talks.importing import NotRereadError, read_corrected, reimport_post
from talks.models import Correction, Post

MOST_CORRECTIONS = 200


class NotCorrectedError(Exception):
    """The correction was not made; the message says why, and what to do."""


def make_version(post: Post) -> str:
    """What a page was made from: it is another one once the post or its corrections have changed."""
    rows = Correction.objects.filter(post=post).order_by("number").values_list("number", "active")
    made = ".".join(f"{number}" if active else f"{number}-" for number, active in rows)
    return sha256(f"{post.digest} {made}".encode()).hexdigest()[:32]


def list_corrections(post: Post, *more: parsing.Correction) -> tuple[parsing.Correction, ...]:
    """The corrections that hold, and after them those that are tried."""
    return (*Correction.objects.filter(post=post).by_post().get(post.pk, ()), *more)


def preview_correction(post: Post, correction: parsing.Correction) -> parsing.ParsedPost:
    """What would be read of the post with one more correction. Raises `NotCorrectedError` where it does not fit."""
    parsed = _read(post, list_corrections(post, correction))
    before = sum(said.code == "correction-unfit" for said in _read(post, list_corrections(post)).diagnostics)
    unfit = [said for said in parsed.diagnostics if said.code == "correction-unfit"]
    if len(unfit) > before:
        raise NotCorrectedError(unfit[-1].message)
    return parsed


def preview_reading(post: Post) -> parsing.ParsedPost:
    """What is read of the post now, its corrections included."""
    return _read(post, list_corrections(post))


def _read(post: Post, corrections: Sequence[parsing.Correction]) -> parsing.ParsedPost:
    try:
        return read_corrected(post, corrections)
    except NotRereadError as fault:
        raise NotCorrectedError(str(fault)) from None


def add_correction(post: Post, correction: parsing.Correction, *, made_by: str, version: str) -> Correction:
    """Make a correction, and read the post again at once. Nothing is kept of one that does not fit.

    `version` is that of the page on which the editor saw the post.
    """
    preview_correction(post, correction)
    with transaction.atomic():
        _lock(post, version)
        last = Correction.objects.filter(post=post).aggregate(last=Max("number"))["last"] or 0
        if Correction.objects.filter(post=post).filter(active=True).count() >= MOST_CORRECTIONS:
            raise NotCorrectedError(f"A post has at most {MOST_CORRECTIONS} corrections: rather edit its file.")
        anchor, value = parsing.store_correction(correction)
        act, number = correction.act.value, last + 1
        row = Correction.objects.create(
            post=post, number=number, act=act, anchor=anchor, value=value, made_by=made_by[:150]
        )
        _reimport(post)
    return row


def switch_correction(correction: Correction, *, active: bool, version: str) -> None:
    """Take a correction back, or let it hold again; the post is read again at once."""
    post = correction.post
    with transaction.atomic():
        _lock(post, version)
        Correction.objects.filter(pk=correction.pk).update(active=active)
        _reimport(post)


def _lock(post: Post, version: str) -> None:
    list(Post.objects.select_for_update().filter(pk=post.pk).order_by().values_list("pk"))
    now = Post.objects.only("digest").get(pk=post.pk)
    if make_version(now) != version:
        raise NotCorrectedError(
            "The post was changed meanwhile, by an import or by somebody else, and nothing was saved. "
            "Look at it as it is now, and repeat what you wanted."
        )


def _reimport(post: Post) -> None:
    try:
        outcome = reimport_post(post)
    except NotRereadError as fault:
        raise NotCorrectedError(str(fault)) from None
    if outcome.outcome in {"refused", "skipped"}:
        said = " ".join(str(remark["message"]) for remark in outcome.diagnostics)
        raise NotCorrectedError(f"The post was not read again. {said}")

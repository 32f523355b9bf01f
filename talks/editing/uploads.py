"""Posts that an editor uploads in the browser: kept for a preview, then imported exactly as the preview showed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from talks import parsing
from talks.importing import (
    Content,
    ImportReport,
    escape,
    find_absent,
    import_posts,
    read_content,
    refuse_to_wait,
    render_text,
    withdraw_absent,
)
from talks.models import Correction, ImportRun, Post, Upload
from talks.parsing import Act, ParsedPost


class ShownOtherwiseError(Exception):
    """The base changed since the preview, so that an import would differ from it."""


@dataclass(frozen=True, slots=True)
class UploadPreview:
    """What an import of the upload would do: the report of a dry run, and the stamp that names this preview."""

    report: ImportReport
    text: str
    stamp: str


def keep_upload(posts: Sequence[Content], *, made_by: str, withdraws: bool = False) -> Upload:
    """Store uploaded posts until they are imported. Raises `ValueError` if one is no text."""
    Upload.clear_old()
    kept = []
    for post in posts:
        text = parsing.decode(post.data)
        if isinstance(text, parsing.Diagnostic):
            raise ValueError(f"{post.name}: {text.message} {text.hint}")
        kept.append({"name": post.name, "text": text})
    return Upload.objects.create(posts=kept, withdraws=withdraws, made_by=made_by[:150])


def list_contents(upload: Upload) -> list[Content]:
    """Return the posts of an upload."""
    return [Content(post["name"], post["text"].encode()) for post in upload.posts]


def _make_corrections(upload: Upload) -> dict[str, tuple[parsing.Correction, ...]]:
    """Return the editor's hints for all posts of the upload as each post's next correction, by its key."""
    if not upload.answers:
        return {}
    keys = [read_content(content)[0].key for content in list_contents(upload)]
    last = dict(
        Post.objects.filter(key__in=keys).values_list("key").annotate(Max("corrections__number")).order_by("key")
    )
    said = parsing.Correction(Act.POST, post=tuple(sorted(upload.answers.items())))
    return {key: (replace(said, number=(last.get(key) or 0) + 1),) for key in keys}


def read_upload(upload: Upload, number: int) -> ParsedPost | None:
    """Parse one post of the upload, counted from 0."""
    content = list_contents(upload)[number]
    source, _ = read_content(content)
    return read_content(content, _make_corrections(upload).get(source.key, ()))[1]


def preview_upload(upload: Upload) -> UploadPreview:
    """Return what an import of the upload would do now; nothing is written."""
    report = import_posts(list_contents(upload), dry_run=True, corrections=_make_corrections(upload))
    text = render_text(replace(report, seconds=0.0), verbosity=2).replace(", in 0.0 s.", ".")
    if absent := _list_absent(upload):
        keys = [f"    {escape(post.key)}" for post in absent]
        text = "\n".join(
            [text, "", f"{len(absent):,} posts would be withdrawn, since they are not among these:", *keys]
        )
    return UploadPreview(report, text, sha256(text.encode()).hexdigest()[:32])


def _list_absent(upload: Upload) -> list[Post]:
    return find_absent({escape(post["name"]) for post in upload.posts}) if upload.withdraws else []


def import_upload(upload: Upload, stamp: str) -> ImportReport:
    """Import exactly what the preview with this stamp showed, and delete the upload.

    Raises `ShownOtherwiseError`, and `NotRereadError` while another import is running.
    """
    corrections = _make_corrections(upload)
    with transaction.atomic():
        if preview_upload(upload).stamp != stamp:
            raise ShownOtherwiseError
        report = import_posts(list_contents(upload), corrections=corrections, on_wait=refuse_to_wait)
        _keep_corrections(upload, corrections)
        if absent := _list_absent(upload):
            withdraw_absent(absent, ImportRun.objects.latest("pk"))
        upload.delete()
    return report


def _keep_corrections(upload: Upload, corrections: Mapping[str, Sequence[parsing.Correction]]) -> None:
    for content in list_contents(upload):
        source, _ = read_content(content)
        post = Post.objects.filter(path=source.place[-500:]).first()
        if post is None:
            continue
        for correction in corrections.get(source.key, ()):
            anchor, value = parsing.store_correction(correction)
            row: dict[str, Any] = {"act": correction.act.value, "anchor": anchor, "value": value}
            Correction.objects.create(post=post, number=correction.number, made_by=upload.made_by, **row)

"""Posts that an editor uploads in the browser: stored for a preview, then imported exactly as previewed."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import Max

from talks import parsing
from talks.editing.corrections import make_correction_row
from talks.editing.stamps import make_stamp
from talks.importing import (
    Content,
    ImportReport,
    escape,
    find_absent,
    hold_lock,
    import_posts,
    read_content,
    refuse_to_wait,
    render_text,
    withdraw_absent,
)
from talks.importing.sources import HINTS_NAME
from talks.models import LOGIN_LENGTH, Correction, ImportRun, Post, Upload
from talks.parsing import Act, ParsedPost
from talks.wording import show_count


class PreviewOutdatedError(Exception):
    """The base changed since the preview, so that an import would do something else than the preview showed."""


@dataclass(frozen=True, slots=True)
class UploadPreview:
    """What an import of the upload would do, as text, and a stamp that identifies this preview."""

    text: str
    stamp: str


def keep_upload(posts: Sequence[Content], *, made_by: str, withdraws: bool = False) -> Upload:
    """Store uploaded posts until they are imported. Raises `ValueError` if a file is not text."""
    Upload.clear_old()
    kept = []
    for post in posts:
        text = parsing.decode(post.data)
        if isinstance(text, parsing.Diagnostic):
            raise ValueError(f"{post.name}: {text.message} {text.hint}")
        kept.append({"name": post.name, "text": text})
    beside = {path: data for post in posts for path, data in post.beside.items()}
    for path, data in beside.items():
        _read_folder_hints(path, data)
    files = {path: b64encode(data).decode() for path, data in beside.items()}
    return Upload.objects.create(posts=kept, files=files, withdraws=withdraws, made_by=made_by[:LOGIN_LENGTH])


def _read_folder_hints(path: str, data: bytes) -> dict[str, Any]:
    """Return the hints of an uploaded `confnotes.toml` that an editor can also give in the admin.

    A file with another name gives no hints. Raises `ValueError` if the `confnotes.toml` cannot be read.
    """
    if PurePosixPath(path).name != HINTS_NAME:
        return {}
    text = parsing.decode(data)
    hints, said = parsing.read_hints(text) if isinstance(text, str) else (parsing.NO_HINTS, (text,))
    if faults := [each for each in said if each.severity is parsing.Severity.ERROR]:
        raise ValueError(f"{path}: {faults[0].message}")
    return {key: value for key in parsing.POST_ANSWERS if (value := getattr(hints, key)) is not None}


def list_contents(upload: Upload) -> list[Content]:
    """Return the posts of an upload with their texts."""
    files = {path: b64decode(data) for path, data in upload.files.items()}
    return [Content(post["name"], post["text"].encode(), files) for post in upload.posts]


def _make_corrections(upload: Upload) -> dict[str, tuple[parsing.Correction, ...]]:
    """Return for each post a correction from the editor's answers and an uploaded `confnotes.toml`."""
    made: dict[str, tuple[parsing.Correction, ...]] = {}
    if not (upload.answers or any(PurePosixPath(path).name == HINTS_NAME for path in upload.files)):
        return made
    contents = list_contents(upload)
    read = [(content, *read_content(content)) for content in contents]
    rows = Post.objects.filter(key__in=[source.key for _, source, _ in read])
    last = dict(rows.values_list("key").annotate(Max("corrections__number")).order_by("key"))
    stored = dict(rows.values_list("pk", "key"))
    by_post = Correction.objects.filter(post__in=list(stored)).by_post()
    held = {key: by_post.get(pk, ()) for pk, key in stored.items()}
    for content, source, parsed in read:
        before = {key: value for said in held.get(source.key, ()) for key, value in said.post}
        folder = {key: value for key, value in _find_hints(content, parsed).items() if key not in before}
        answers = {key: value for key, value in (folder | upload.answers).items() if before.get(key) != value}
        if answers:
            number = (last.get(source.key) or 0) + 1
            made[source.key] = (parsing.Correction(Act.POST, post=tuple(sorted(answers.items())), number=number),)
    return made


def _find_hints(content: Content, parsed: ParsedPost | None) -> dict[str, Any]:
    """Return the hints of the nearest `confnotes.toml` above the post, without those that the post gives itself."""
    near = next(
        (
            str(folder / HINTS_NAME)
            for folder in PurePosixPath(content.name).parents
            if str(folder / HINTS_NAME) in content.beside
        ),
        None,
    )
    if near is None or parsed is None:
        return {}
    own = parsed.front_matter.get("confnotes")
    said = _read_folder_hints(near, content.beside[near])
    order = ("public", "draft", "private")
    if "visibility" in said and order.index(said["visibility"]) <= order.index(parsed.visibility):
        del said["visibility"]  # a folder's "public" publishes no draft
    return {key: value for key, value in said.items() if not (isinstance(own, dict) and key in own)}


def read_upload(upload: Upload, number: int) -> ParsedPost | None:
    """Parse one post of the upload; `number` counts from 0."""
    content = list_contents(upload)[number]
    source, _ = read_content(content)
    return read_content(content, _make_corrections(upload).get(source.key, ()))[1]


def preview_upload(upload: Upload) -> UploadPreview:
    """Return what an import of the upload would do now; nothing is stored."""
    report = import_posts(list_contents(upload), dry_run=True, corrections=_make_corrections(upload))
    text = render_text(replace(report, seconds=0.0), verbosity=2).replace(", in 0.0 s.", ".")
    if absent := _list_absent(upload):
        keys = [f"    {escape(post.key)}" for post in absent]
        text = "\n".join([text, "", f"{show_count(len(absent), 'post')} not among these would be withdrawn:", *keys])
    return UploadPreview(text, make_stamp(text))


def _list_absent(upload: Upload) -> list[Post]:
    return find_absent({escape(post["name"]) for post in upload.posts}) if upload.withdraws else []


def import_upload(upload: Upload, stamp: str) -> ImportReport:
    """Import exactly what the preview with this stamp (the digest of all that it showed) said, then delete the upload.

    No other import can run between the comparison with the preview and this import. Raises `PreviewOutdatedError` if an
    import would do something else by now, and
    `ImportRunningError` while another import is running.
    """
    with hold_lock(refuse_to_wait), transaction.atomic():
        if preview_upload(upload).stamp != stamp:
            raise PreviewOutdatedError
        corrections = _make_corrections(upload)
        report = import_posts(list_contents(upload), corrections=corrections, locked=True)
        _keep_corrections(upload, corrections, ImportRun.objects.get(pk=report.run or 0))
        if absent := _list_absent(upload):
            withdraw_absent(absent, report.run)
        upload.delete()
    return report


def _keep_corrections(upload: Upload, corrections: Mapping[str, Sequence[parsing.Correction]], run: ImportRun) -> None:
    if not corrections:
        return
    for content in list_contents(upload):
        source, _ = read_content(content)
        post = Post.objects.filter(path=source.place[-500:]).first()
        if post is None:
            continue
        for correction in corrections.get(source.key, ()):
            row = make_correction_row(post, correction.number, correction, upload.made_by)
            row.made_at = run.started_at  # undoing the run takes it back
            row.save()

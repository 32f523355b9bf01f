"""Posts that an editor uploads in the browser: stored for a preview, then imported exactly as previewed."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max

from talks import importing, parsing
from talks.counts_and_cut_texts import show_count
from talks.editing.corrections import make_correction_row
from talks.editing.page_stamps import make_stamp
from talks.models import LOGIN_LENGTH, Correction, ImportRun, Post, Upload
from talks.names import cut_stored_path
from talks.parsing import Act, ParsedPost


class PreviewOutdatedError(Exception):
    """The base changed since the preview, so that an import would do something else than the preview showed."""


@dataclass(frozen=True, slots=True)
class UploadPreview:
    """What an import of the upload would do: as a whole text, as a short one (`told`), and the whole text's digest."""

    text: str
    told: str
    stamp: str


def keep_upload(posts: Sequence[importing.Content], *, made_by: str, withdraws: bool = False) -> Upload:
    """Store uploaded posts for a preview and an import, and return the upload.

    Uploads that were not imported within a day are deleted. `withdraws`: the import also withdraws posts that were
    uploaded in the same top folders before and are not among `posts`. Raises `ValueError` if a file is not text.
    """
    Upload.clear_old()
    kept = []
    for post in posts:
        text = parsing.decode(post.data)
        if isinstance(text, parsing.Diagnostic):
            raise ValueError(f"{post.name}: {text.message} {text.hint}")
        folder = {"folder": parsing.store_given_folder(post.folder)} if post.folder else {}
        kept.append({"name": post.name, "text": text, **folder})
    files = {path: b64encode(data).decode() for post in posts for path, data in post.beside.items()}
    return Upload.objects.create(posts=kept, files=files, withdraws=withdraws, made_by=made_by[:LOGIN_LENGTH])


def answer_upload(upload: Upload, answers: Mapping[str, Any]) -> None:
    """Store an editor's answers (conference, year and so on), by which all posts of the upload are read."""
    upload.answers = dict(answers)
    upload.save(update_fields=["answers"])


def list_contents(upload: Upload) -> list[importing.Content]:
    """Return the posts of an upload with their texts, the files uploaded with them and what their folders told."""
    files = {path: b64decode(data) for path, data in upload.files.items()}
    return [
        importing.Content(post["name"], post["text"].encode(), files, parsing.read_given_folder(post.get("folder")))
        for post in upload.posts
    ]


def _make_corrections(upload: Upload) -> dict[str, tuple[parsing.Correction, ...]]:
    """Return the corrections that are to be saved with each post of the upload, by the post's key.

    They are what its folder told and the editor's answers, without what stored corrections of the post say already.
    """
    contents = {importing.make_content_source(content).key: content for content in list_contents(upload)}
    rows = Post.objects.filter(key__in=list(contents))
    last = dict(rows.values_list("key").annotate(Max("corrections__number")).order_by("key"))
    by_post = Correction.objects.filter(post__in=rows).by_post()
    held = {key: by_post.get(pk, ()) for pk, key in rows.values_list("pk", "key")}
    made: dict[str, tuple[parsing.Correction, ...]] = {}
    for key, content in contents.items():
        said: list[parsing.Correction] = []
        told = next((each.folder for each in reversed(held.get(key, ())) if each.folder), None)
        if content.folder and content.folder != told:
            said.append(parsing.Correction(Act.FOLDER, folder=content.folder))
        before = {name: value for each in held.get(key, ()) for name, value in each.post}
        answers = {name: value for name, value in upload.answers.items() if before.get(name) != value}
        if answers:
            said.append(parsing.Correction(Act.POST, post=tuple(sorted(answers.items()))))
        if said:
            numbers = count((last.get(key) or 0) + 1)
            made[key] = tuple(replace(each, number=number) for each, number in zip(said, numbers, strict=False))
    return made


def read_upload(upload: Upload, number: int) -> tuple[str, ParsedPost] | None:
    """Return the text of a post of the upload as Markdown, and the post parsed with the editor's answers.

    `number` is its index in the upload, from 0. Return None if it cannot be read.
    """
    content = list_contents(upload)[number]
    key = importing.make_content_source(content).key
    return importing.read_content(content, _make_corrections(upload).get(key, ()))


def preview_upload(upload: Upload) -> UploadPreview:
    """Return what an import of the upload would do now; nothing is stored."""
    report = importing.import_posts(list_contents(upload), dry_run=True, corrections=_make_corrections(upload))
    text = importing.render_text(replace(report, seconds=0.0), verbosity=2).replace(", in 0.0 s.", ".")
    told = f"{importing.describe_outcomes(report)}."
    if absent := _list_absent(upload):
        said = f"{show_count(len(absent), 'post')} not among these would be withdrawn"
        text = "\n".join([text, "", f"{said}:", *(f"    {importing.escape(post.key)}" for post in absent)])
        told += f" {said}."
    return UploadPreview(text, told, make_stamp(text))


def _list_absent(upload: Upload) -> list[Post]:
    return importing.find_absent({importing.escape(post["name"]) for post in upload.posts}) if upload.withdraws else []


def import_upload(upload: Upload, stamp: str) -> importing.ImportReport:
    """Import exactly what the preview said whose digest is `stamp`, delete the upload, and return the report.

    No other import can run between the comparison with the preview and this import. Raises `PreviewOutdatedError` if an
    import would do something else by now, and `ImportRunningError` while another import is running.
    """
    with importing.hold_lock(importing.refuse_to_wait), transaction.atomic():
        if preview_upload(upload).stamp != stamp:
            raise PreviewOutdatedError
        corrections = _make_corrections(upload)
        report = importing.import_posts(list_contents(upload), corrections=corrections, locked=True)
        _keep_corrections(upload, corrections, ImportRun.objects.get(pk=report.run or 0))
        if absent := _list_absent(upload):
            importing.withdraw_absent(absent, report.run)
        upload.delete()
    return report


def _keep_corrections(upload: Upload, corrections: Mapping[str, Sequence[parsing.Correction]], run: ImportRun) -> None:
    if not corrections:
        return
    for content in list_contents(upload):
        source = importing.make_content_source(content)
        post = Post.objects.filter(path=cut_stored_path(source.place)).first()
        if post is None:
            continue
        for correction in corrections.get(source.key, ()):
            row = make_correction_row(post, correction.number, correction, upload.made_by)
            row.made_at = run.started_at  # undoing the run takes it back
            row.save()

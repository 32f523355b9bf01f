"""Writes editors' changes into the file of one post; either both its rows and its file change, or neither."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from talks import parsing
from talks.derived import renew
from talks.importing import PostOutcome, make_digest, make_lone_source
from talks.importing.reconcile import ReadPost, fit_post, reconcile
from talks.importing.sources import (
    FolderHints,
    Folders,
    NotFoundError,
    Source,
    find_sources,
    is_converted,
    look_for_images,
    read_source,
    replace_file,
)
from talks.importing.store import keep_outcome, list_given, load_known, store_images, write_plan
from talks.models import Correction as CorrectionRow
from talks.models import ImportRun, Post
from talks.parsing import Correction, Diagnostic, FolderFacts, ParsedPost
from talks.write_back.edited_fields import EditedField, EditedFields, find_edited_fields
from talks.write_back.edits import TakeawayEdit
from talks.write_back.proof import Written, write_edits
from talks.write_back.write_back_report import FileOutcome, make_diff
from talks.write_back.written_rows import is_expected, update_rows

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class LeftAloneError(Exception):
    """The post's file is not written; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class File:
    """A post's file: its bytes `data`, their text `now`, and the stored text of the last import, `text`.

    The two texts differ if the file changed since. `folder`, `facts`, `corrections` and `language` are what the parser
    needs besides; see `read`.
    """

    source: Source
    data: bytes
    now: str
    text: str
    folder: FolderHints
    facts: FolderFacts
    corrections: tuple[Correction, ...]
    language: str

    def read(self, text: str) -> ParsedPost:
        """Parse a text as if it were the content of this file, and return the post.

        If the text states no language, the post gets that of the last import.
        """
        name, hints = self.source.name, self.folder.hints
        read = parsing.parse_post(text, name=name, hints=hints, folder=self.facts, corrections=self.corrections)
        parsed = fit_post(read, text)
        return parsed if parsed.language else replace(parsed, language=self.language)

    def make_digest(self, text: str) -> str:
        """Return the digest that the importer would store if the file contained this text."""
        return make_digest(text, self.folder.hints, self.source.name, self.facts, self.corrections)

    def encode(self, text: str) -> bytes:
        """Return the text as bytes for this file, with a byte order mark if the file has one."""
        return (_BYTE_ORDER_MARK if self.data.startswith(_BYTE_ORDER_MARK) else b"") + text.encode()


def write_post(source: Source, pk: int, run: ImportRun | None, shown: Mapping[str, str] | None) -> FileOutcome | None:
    """Write editors' changes into the post's file, and return what was done; None if there are no changes.

    Without a run nothing is written, and the outcome tells what would be. With `shown`, which maps paths to the diffs
    that a person saw, the file is left alone if its diff would now be another one. The outcome of a file that is left
    alone has a `fault`, which says why.
    """
    try:
        with transaction.atomic():
            row = Post.objects.get(pk=pk)
            file = _open_file(source, row)
            parsed = file.read(file.text)
            edited = _find_edits(file, row, parsed, lock=run is not None)
            if not edited.all:
                return None
            written = _write_edits(file, parsed, edited)
            if file.now not in (file.text, written.text):  # a write-back that was cut short left the written text
                raise LeftAloneError("It has changed since it was imported. Import it first, and write back then.")
            diff = make_diff(source.path, file.now, written.text)
            if shown is not None and shown.get(source.path, "") != diff:
                raise LeftAloneError("It would be written otherwise than it was shown.")
            outcome = replace(_conclude(source, edited, written, parsed), diff=diff)
            if written.done and run:
                _store(file, pk, parsed, edited, written, run)
            return outcome
    except LeftAloneError as refusal:
        return FileOutcome(source.path, fault=str(refusal))


def write_text(row: Post) -> str:
    """Return the stored text of the post with editors' changes, except those that no line can hold.

    No file is written.
    """
    source = make_lone_source(row)
    corrections = CorrectionRow.objects.of_post(row.pk)
    language = str(row.imported.get("language") or "")
    lone = File(source, source.data, row.source, row.source, FolderHints(), parsing.NO_FACTS, corrections, language)
    file = _find_file(row) or lone
    parsed = file.read(file.text)
    return _write_edits(file, parsed, _find_edits(file, row, parsed, lock=False)).text


def _find_edits(file: File, row: Post, parsed: ParsedPost, *, lock: bool) -> EditedFields:
    """Return what editors changed in the post's rows; `parsed` is its file as it was last imported."""
    known = load_known(ReadPost(row.key, file.source.place, row.digest, file.text, parsed), row.pk, lock=lock)
    return find_edited_fields(parsed, known, known.post) if known.post else EditedFields()


def _write_edits(file: File, parsed: ParsedPost, edited: EditedFields) -> Written:
    edits = [item.edit for item in edited.all if item.edit]
    return write_edits(file.text, parsed, edits, file.read, edited.list_reworded(parsed))


def _find_file(row: Post) -> File | None:
    """Return the post's file, opened; None if it is gone or `_open_file` refuses it."""
    with suppress(LeftAloneError, NotFoundError):
        for source in find_sources([row.path]) if Path(row.path).is_absolute() else ():
            return _open_file(source, row)
    return None


def _open_file(source: Source, row: Post) -> File:
    """Return the opened file of the post.

    Raises `LeftAloneError` if it cannot be read, if the post lies in no file or was converted by pandoc, or if the text
    of the last import would now be read in another way, as after a change of `confnotes.toml`.
    """
    folders = Folders()
    folder = folders.read_hints(source.root)
    if fault := source.fault or folder.fault:
        raise LeftAloneError(fault.message)
    data = read_source(source, settings.POST_MAX_BYTES)
    if isinstance(data, Diagnostic):
        raise LeftAloneError(data.message)
    if isinstance(text := parsing.decode(data), Diagnostic):
        raise LeftAloneError(text.message)
    if source.file is None:
        raise LeftAloneError("It lies in no file.")
    if is_converted(source.name):
        raise LeftAloneError("It was read through pandoc, which cannot write back into this format.")
    facts, language = folders.read_facts(source.file), str(row.imported.get("language") or "")
    corrections = CorrectionRow.objects.of_post(row.pk)
    file = File(source, data, text, row.source, folder, facts, corrections, language)
    if file.make_digest(row.source) != row.digest:
        raise LeftAloneError("It would be read in another way than it was imported. Import it first.")
    return file


def _conclude(source: Source, edited: EditedFields, written: Written, parsed: ParsedPost) -> FileOutcome:
    reasons = list(written.refused)
    notes = {(index, n): unit for index, talk in enumerate(parsed.talks) for n, unit in enumerate(talk.walk())}
    said = {(edit.talk, edit.unit): edit.text for edit in written.done if isinstance(edit, TakeawayEdit)}
    also_changed = [
        EditedField(notes[place].line, "takeaway", said.get(place, notes[place].text), edit.text)
        for edit in written.also_changed
        if (place := (edit.talk, edit.unit)) in notes
    ]
    done, refused = [], []
    for item in edited.all:
        why = item.why or next((why for edit, why in reasons if edit is item.edit), "")
        if why:
            refused.append(replace(item, why=why))
        else:
            done.append(item)
    return FileOutcome(source.path, tuple(done), tuple(refused), tuple(also_changed))


def _store(file: File, pk: int, before: ParsedPost, edited: EditedFields, written: Written, run: ImportRun) -> None:
    """Update the rows to the written text, import this text, and replace the file as the last step.

    Raises `LeftAloneError` if that cannot be done; the caller's transaction then undoes all changes of rows.
    """
    expected = update_rows(pk, before, edited, written)
    digest = file.make_digest(written.text)
    key = Post.objects.values_list("key", flat=True).get(pk=pk)
    most, given = settings.MEDIA_MAX_BYTES, list_given(file.corrections)
    gallery = look_for_images(file.source, written.text, most, given=given)
    parsed = replace(written.parsed, diagnostics=(*written.parsed.diagnostics, *gallery.remarks))
    images = store_images(gallery.by_path(key))
    reading = ReadPost(key, file.source.place, digest, written.text, parsed, images)
    known = load_known(reading, pk, lock=True)
    plan = reconcile(reading, known)
    if not is_expected(plan, edited, expected):
        raise LeftAloneError("Its talks and takeaways would not be recognised when it is imported again.")
    _, talks = write_plan(plan, known, run)
    # The plan takes an edited field for an imported one, so it does not list the talks of the edits.
    renew(talks)
    said = tuple(parsing.make_plain_diagnostic(diagnostic) for diagnostic in plan.diagnostics)
    keep_outcome(run, PostOutcome(file.source.path, "updated", said), pk)
    if file.now == written.text:
        return
    if fault := replace_file(file.source, file.data, file.encode(written.text)):
        raise LeftAloneError(fault.message)

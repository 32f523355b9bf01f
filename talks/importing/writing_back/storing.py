"""One post's write-back: rows and file change together, or neither does."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from talks import relating, search
from talks.importing import sources
from talks.importing.fitting import fit_post
from talks.importing.folders import FolderHints, load_hints
from talks.importing.identity import make_digest
from talks.importing.images import look_for_images
from talks.importing.journal import keep_outcome
from talks.importing.loading import load_known
from talks.importing.plan import Plan
from talks.importing.reconcile import describe, reconcile
from talks.importing.reconcile_post import Reading
from talks.importing.report import PostOutcome
from talks.importing.sources import Source
from talks.importing.storing import take_in
from talks.importing.write import write_plan
from talks.importing.writing_back.collecting import Wishes, collect_wishes
from talks.importing.writing_back.edits import Addition, Edit, SpeakersEdit, TagsEdit, TakeawayEdit, TitleEdit
from talks.importing.writing_back.proving import Written, write_edits
from talks.importing.writing_back.report import FileOutcome
from talks.models import ImportRun, Post, TaggedPost, Takeaway, TalkSource
from talks.parsing import Diagnostic, ParsedPost, ParsedTalk, decode, parse_post

_UNKNOWN = 0  # no row has this primary key
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class LeftAloneError(Exception):
    """The file is not written; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class File:
    """A post's file as it lies there, and how to read its text."""

    source: Source
    data: bytes
    text: str
    name: str
    folder: FolderHints
    language: str

    def read(self, text: str) -> ParsedPost:
        """What the parser makes of a text in this file's place; the language stays what it was found to be."""
        parsed = fit_post(parse_post(text, name=self.name, hints=self.folder.hints), text)
        return parsed if parsed.language else replace(parsed, language=self.language)

    def encode(self, text: str) -> bytes:
        """The bytes of a text in this file's place."""
        return (_BYTE_ORDER_MARK if self.data.startswith(_BYTE_ORDER_MARK) else b"") + text.encode()


def write_post(source: Source, pk: int, run: ImportRun | None) -> FileOutcome | None:
    """Write what a hand changed into the post's file; None where there is nothing. Without a run a dry one."""
    try:
        with transaction.atomic():
            row = Post.objects.get(pk=pk)
            file = _open_file(source, row)
            parsed = file.read(file.text)
            reading = Reading(row.key, source.place, row.digest, file.text, parsed)
            known = load_known(reading, pk, lock=run is not None)
            if known.post is None:
                return None
            wishes = collect_wishes(parsed, known, known.post)
            if not wishes.all:
                return None
            edits = [wish.edit for wish in wishes.all if wish.edit]
            written = write_edits(file.text, parsed, edits, file.read)
            outcome = _conclude(source, wishes, written)
            if written.done and run:
                _store(file, pk, wishes, written, run)
            return outcome
    except LeftAloneError as refusal:
        return FileOutcome(source.path, fault=str(refusal))


def _open_file(source: Source, row: Post) -> File:
    """The file, if it is what was imported last."""
    folder = load_hints(source.root) if source.root else FolderHints()
    if fault := source.fault or folder.fault:
        raise LeftAloneError(fault.message)
    data = sources.read_source(source, settings.POST_MAX_BYTES)
    text = data if isinstance(data, Diagnostic) else decode(data)
    if isinstance(data, Diagnostic) or isinstance(text, Diagnostic):
        raise LeftAloneError((data if isinstance(data, Diagnostic) else text).message)  # type: ignore[union-attr]
    if source.file is None:
        raise LeftAloneError("It lies in no file.")
    if text != row.source:
        raise LeftAloneError("It has changed since it was imported. Import it first, and write back then.")
    if make_digest(text, folder.hints) != row.digest:
        raise LeftAloneError("It would be read in another way than it was imported. Import it first.")
    # Looked up by itself a file does not know of the folder that it was imported with, whose names may hold a date.
    name = row.key if row.key.endswith(source.key) else source.key
    return File(source, data, text, name, folder, str(row.imported.get("language") or ""))


def _conclude(source: Source, wishes: Wishes, written: Written) -> FileOutcome:
    reasons = list(written.refused)
    done, refused = [], []
    for wish in wishes.all:
        why = wish.why or next((why for edit, why in reasons if edit is wish.edit), "")
        if why:
            refused.append(replace(wish, why=why))
        else:
            done.append(wish)
    return FileOutcome(source.path, tuple(done), tuple(refused))


def _store(file: File, pk: int, wishes: Wishes, written: Written, run: ImportRun) -> None:
    """Bring the rows up to date as if the post had always said so, import its new text, and replace the file last."""
    expected = _settle(pk, wishes, written)
    digest = make_digest(written.text, file.folder.hints)
    key = Post.objects.values_list("key", flat=True).get(pk=pk)
    gallery = look_for_images(file.source, written.text, settings.MEDIA_MAX_BYTES)
    parsed = replace(written.parsed, diagnostics=(*written.parsed.diagnostics, *gallery.remarks))
    images = take_in(gallery.by_path(key))
    reading = Reading(key, file.source.place, digest, written.text, parsed, images)
    plan = reconcile(reading, load_known(reading, pk, lock=True))
    if not _is_expected(plan, wishes, expected):
        raise LeftAloneError("Its talks and takeaways would not be recognised when it is imported again.")
    _, talks = write_plan(plan, run)
    # The plan takes edits for what was imported, and so knows nothing of the talks that they are in.
    relating.refresh_mentions(talks)
    search.refresh(talks)
    said = tuple(describe(diagnostic) for diagnostic in plan.diagnostics)
    keep_outcome(run, PostOutcome(file.source.path, "updated", said), pk)
    if fault := sources.replace_file(file.source, file.data, file.encode(written.text)):
        raise LeftAloneError(fault.message)


def _settle(pk: int, wishes: Wishes, written: Written) -> dict[int, list[int]]:
    """Let the rows say that the post said this before; give back the takeaways' primary keys by talk."""
    expected: dict[int, list[int]] = {}
    added = {edit.talk for edit in written.done if isinstance(edit, Addition)}
    for index, talk in enumerate(written.parsed.talks):
        new = list(wishes.new.get(index, ())) if index in added else []
        units = list(talk.walk())
        rows = [wishes.rows.get((index, number)) for number in range(len(units) - len(new))]
        expected[index] = [*(row.pk if row else _UNKNOWN for row in rows), *new]
    for edit in written.done:
        _settle_edit(pk, edit, wishes, written, expected)
    return expected


def _settle_edit(pk: int, edit: Edit, wishes: Wishes, written: Written, expected: dict[int, list[int]]) -> None:
    if isinstance(edit, TagsEdit):
        TaggedPost.objects.filter(content_object=pk, origin="hand").update(origin="post")
        return
    talk = written.parsed.talks[edit.talk]
    if isinstance(edit, TitleEdit | SpeakersEdit):
        _settle_source(wishes.sources[edit.talk].pk, talk, edit)
        return
    units = list(talk.walk())
    start = edit.unit if isinstance(edit, TakeawayEdit) else len(units) - len(wishes.new[edit.talk])
    stop = start + 1 if isinstance(edit, TakeawayEdit) else len(units)
    for number in range(start, stop):
        unit = units[number]
        said = {"text": unit.text, "kind": unit.kind.value}
        fields = {"text": unit.text, "imported": said, "post": pk}
        if isinstance(edit, Addition):
            fields |= {"position": number + 1, "line": unit.line, "end_line": unit.end_line}
        Takeaway.objects.filter(pk=expected[edit.talk][number]).update(**fields)


def _settle_source(pk: int, talk: ParsedTalk, edit: TitleEdit | SpeakersEdit) -> None:
    row = TalkSource.objects.get(pk=pk)
    if isinstance(edit, TitleEdit):
        row.title = talk.title
        row.imported = {**row.imported, "title": talk.title}
    else:
        row.speakers = [
            {"name": s.name, "affiliation": s.affiliation, "handle": s.handle, "url": s.url} for s in talk.speakers
        ]
        row.imported = {**row.imported, "speakers": row.speakers}
    row.save(update_fields=["title", "speakers", "imported"])


def _is_expected(plan: Plan, wishes: Wishes, expected: dict[int, list[int]]) -> bool:
    """Whether importing the new text leaves every talk and takeaway the row that it is."""
    told = [talk for talk in plan.talks if talk.source]
    if len(told) != len(plan.talks) or plan.takeaways_withdrawn:
        return False
    for index, talk in enumerate(told):
        source = wishes.sources.get(index)
        if source and talk.pk != source.talk.pk:
            return False
        found = [takeaway.pk for takeaway in talk.takeaways if takeaway.line is not None]  # else kept by a hand alone
        if any(wanted != _UNKNOWN and wanted != pk for wanted, pk in zip(expected[index], found, strict=True)):
            return False
    return True

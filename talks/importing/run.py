"""One import run: opens files, has them parsed ahead, and writes the posts in batches."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings

from talks.importing.batch import BatchWriter, NotTakenError, Pending
from talks.importing.batch_size import BatchSize
from talks.importing.parse_worker import Job, Read, Workers, add_language, read_post, read_post_again
from talks.importing.post_identity import HALF_DIGEST, are_strangers, digest_place, digest_text, make_digest
from talks.importing.reconcile.known import KnownImage
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.read_ahead import NOTHING_AHEAD
from talks.importing.report import PostOutcome
from talks.importing.run_counts import Tally
from talks.importing.sources import files
from talks.importing.sources.files import Source
from talks.importing.sources.finding import find_sources
from talks.importing.sources.folder_hints import FolderHints
from talks.importing.sources.folders import Folders
from talks.importing.sources.image_folders import ImageFolders
from talks.importing.sources.local_images import Gallery, LocalImage, look_for_images
from talks.importing.sources.texts import is_converted, read_markdown, read_text, remark_conversion
from talks.importing.store.image_store import list_given, store_images
from talks.importing.store.new_tag_names import refresh_mentions_of_new_tags
from talks.importing.store.renamed_posts import Missing
from talks.importing.unchanged_posts import count_unchanged_posts
from talks.models import Correction as CorrectionRow
from talks.models import ImportRun, Post, PostMedia
from talks.names import cut_stored_path
from talks.parsing import (
    Correction,
    Diagnostic,
    FolderFacts,
    ParsedPost,
    PlainDiagnostic,
    Severity,
    make_plain_diagnostic,
)
from talks.parsing import diagnostic_catalogue as catalogue

Corrections = tuple[Correction, ...]
NO_CORRECTIONS: Mapping[str, Corrections] = {}
OnDone = Callable[[PostOutcome], None]
_FEW, _MANY = 3, 60  # posts parsed in this process before workers start; posts in a run that has workers
_AHEAD, _AHEAD_SIZE = 100, 2_000_000  # posts parsed ahead of the batch being written, and their characters


@dataclass(frozen=True, slots=True)
class Stored:
    """The columns of a stored post by which a run recognises it."""

    pk: int
    key: str
    digest: str
    path: str
    withdrawn: bool

    @property
    def text_digest(self) -> str:
        """The half of the post's digest that depends on its text."""
        return self.digest[:HALF_DIGEST]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that the run opened: unchanged since its last import (`stored`), being parsed (`read`), or with a fault.

    `original` is the text of the file, `text` this text converted to Markdown.
    """

    source: Source
    folder: FolderHints
    original: str | None = None
    text: str = ""
    digest: str = ""
    gallery: Gallery = field(default_factory=Gallery)
    stored: Stored | None = None
    job: Job | None = None
    read: Callable[[], Read] | None = None
    fault: Diagnostic | None = None


class Run:
    """The state of one run. Without an `ImportRun` it is a dry run, which writes nothing.

    If there are more than 60 posts, `jobs` processes parse them, this one among them. Posts at the places `excluded`
    count as if their files were gone.
    """

    def __init__(
        self,
        found: Sequence[Source],
        run: ImportRun | None,
        folders: Folders,
        *,
        strict: bool,
        jobs: int = 1,
        corrections: Mapping[str, Corrections] = NO_CORRECTIONS,
        excluded: Container[str] = (),
    ) -> None:
        self.run = run
        self.folders = folders
        self.strict = strict
        self.tally = Tally()
        self.unkept: list[tuple[PostOutcome, int | None]] = []
        self.met: set[int] = set()
        self._outcomes: list[PostOutcome | None] = []
        self._unchanged: list[int] = []
        self._writer = BatchWriter(run, self.tally, strict=strict)
        self._image_folders = ImageFolders()
        self._batch: list[Pending] = []
        self._size = BatchSize()
        self._told = 0
        self._jobs, self._read_here = jobs, 0
        self._workers: Workers | None = None
        stored = [Stored(*row) for row in Post.objects.values_list("pk", "key", "digest", "path", "withdrawn")]
        self._by_key = {post.key: post for post in stored}
        self._by_place = {post.path: post for post in sorted(stored, key=lambda post: not post.withdrawn)}
        self._keys = {source.key for source in found}
        self._places = {cut_stored_path(source.place): source for source in found if source.file}
        self._given = {source.key: source for source in map(self._name_as_stored, found)}
        self._by_text = {post.text_digest: post for post in stored if not post.withdrawn}
        self._images: defaultdict[int, set[tuple[str, str, bool]]] = defaultdict(set)
        shown = PostMedia.objects.filter(withdrawn=False)
        for pk, path, image_digest, given in shown.values_list("post", "path", "media__digest", "given"):
            self._images[pk].add((path, image_digest, given))
        self._corrections = CorrectionRow.objects.by_post()
        self._new_corrections = corrections
        self._said: set[Path | None] = set()
        self._paths_of_keys: dict[str, str] = {}
        self._paths_of_texts: dict[str, str] = {}
        self._excluded = excluded
        self._missing = Missing(((post.pk, post.key, post.path) for post in stored), self._given, excluded)

    @property
    def outcomes(self) -> list[PostOutcome]:
        """The outcomes of the posts, in their order."""
        return [outcome for outcome in self._outcomes if outcome]

    def import_all(self, sources: Sequence[Source], on_done: OnDone = lambda outcome: None) -> None:
        """Import these posts; `on_done` is called with each outcome, in the order of the posts."""
        waiting: deque[Opened] = deque()
        size = 0
        try:
            for source in sources:
                waiting.append(self._open_file(source, len(sources)))
                size += len(waiting[-1].text)
                while waiting and not (self._workers and len(waiting) <= _AHEAD and size <= _AHEAD_SIZE):
                    size -= len(waiting[0].text)
                    self._add_post(waiting.popleft(), on_done)
            while waiting:
                self._add_post(waiting.popleft(), on_done, len(waiting) if self._workers else None)
            self._close_batch(on_done)
        finally:
            if self._workers:
                self._workers.close()
                self._workers = None

    def _name_as_stored(self, source: Source, text: str | None = None) -> Source:
        """Return the file with the key of the stored post that lies there, however the file was given.

        The file keeps its own key if the stored post with that key lies there too, or if `text`, its text now, is that
        of another post: see `_is_replaced`.
        """
        stored = self._by_place.get(cut_stored_path(source.place)) if source.file else None
        own = self._by_key.get(source.key)
        if stored is None or (own and own.path == stored.path) or self._is_replaced(stored, text):
            return source
        return replace(source, key=stored.key)

    def _is_replaced(self, stored: Stored, text: str | None) -> bool:
        """Whether `text`, now at the place of the stored post, is that of a stranger, and the post may lie elsewhere.

        It may if another file of the run has its key by the folder given, or if its key is an `id` in its former text.
        """
        if text is None or digest_text(text) == stored.text_digest:
            return False
        before = Post.objects.values_list("source", flat=True).get(pk=stored.pk)
        return (stored.key in self._keys or stored.key in before) and are_strangers(before, text)

    def _open_file(self, source: Source, count: int) -> Opened:
        """Read a file, and start parsing it unless it is unchanged or has a fault; return what `Opened` tells of it."""
        folder = self.folders.read_hints(source.root)
        if fault := source.fault or folder.fault:
            return Opened(source, folder, fault=fault)
        original = read_text(source, settings.POST_MAX_BYTES)
        if isinstance(original, Diagnostic):
            return Opened(source, folder, fault=original)
        source = self._name_as_stored(source, None if is_converted(source.name) else original)
        facts = self.folders.read_facts(source.file)
        known = self._by_key.get(source.key) or self._by_text.get(digest_text(original))
        corrections = self._find_corrections(source, known.pk if known else None)
        digest = make_digest(original, folder.hints, source.name, facts, corrections)
        if is_converted(source.name) and known and (known.digest, known.path) == (digest, source.place):
            return Opened(
                source, folder, original, digest=digest, stored=known
            )  # recognised without running pandoc again
        text = read_markdown(source.name, original)
        if isinstance(text, Diagnostic):
            return Opened(source, folder, original, digest=digest, fault=text)
        gallery = self._look_for_images(source, text, corrections, known.pk if known else None)
        if unchanged := self._find_unchanged(source, digest, text, gallery):
            return Opened(source, folder, original, text, digest, gallery, unchanged)
        job = Job(source.path, text, source.name, folder.hints, facts, corrections, known is None, source.key)
        read = self._begin_to_read(job, count)
        return Opened(source, folder, original, text, digest, gallery, job=job, read=read)

    def _look_for_images(self, source: Source, text: str, corrections: Corrections, post: int | None) -> Gallery:
        stored = {path for path, _, given in self._images.get(post or 0, ()) if not given}
        most, given = settings.MEDIA_MAX_BYTES, list_given(corrections)
        return look_for_images(source, text, most, self._image_folders, given, stored)

    def _begin_to_read(self, job: Job, count: int) -> Callable[[], Read]:
        """Start parsing a post in another process, if there are enough posts to make that faster.

        Return a function that waits for the parsed post, or parses it when it is called.
        """
        self._read_here += 1
        if self._jobs > 1 and not self._workers and self._read_here > _FEW and count > _MANY:
            self._workers = Workers(self._jobs - 1)  # this process is at work, too
        return self._workers.submit(job) if self._workers else lambda: (read_post_again(job), NOTHING_AHEAD)

    def _add_post(self, opened: Opened, on_done: OnDone, left: int | None = None) -> None:
        """Add a post to the batch, unless it is unchanged or refused; write the batch if it is full.

        While workers parse the last posts of the run, `left` says how many of these are still to be added.
        """
        remarks = self._read_remarks(opened)
        place = len(self._outcomes)
        self._outcomes.append(None)
        try:
            if pending := self._prepare_post(opened, remarks, place):
                self._batch.append(pending)
        except NotTakenError as refusal:
            self._refuse(place, opened.source.path, remarks, refusal)
        if not self._batch:
            self._announce_outcomes(on_done)
        elif self._size.is_full(self._batch, left):
            self._close_batch(on_done)

    def _close_batch(self, on_done: Callable[[PostOutcome], None]) -> None:
        """Write the batch, and choose the size of the next one so that writing takes about one second at most."""
        begun = time.monotonic()
        batch, self._batch = self._batch, []
        results = self._writer.write_batch(batch) if batch else {}
        for post in batch:
            result = results[post.place]
            if isinstance(result, NotTakenError):
                self._refuse(post.place, post.path, post.remarks, result)
            else:
                self._outcomes[post.place] = result
        if batch:
            self._size.fit_next(batch, time.monotonic() - begun)
        self._announce_outcomes(on_done)

    def _refuse(self, place: int, path: str, remarks: tuple[PlainDiagnostic, ...], refusal: NotTakenError) -> None:
        said = (*remarks, *(make_plain_diagnostic(diagnostic) for diagnostic in refusal.diagnostics))
        outcome = PostOutcome(path, "refused" if self.strict else refusal.outcome, said)
        self._outcomes[place] = outcome
        self.unkept.append((outcome, None))

    def _announce_outcomes(self, on_done: Callable[[PostOutcome], None]) -> None:
        """Call `on_done` with the outcomes that are new since the last call."""
        self._size.begin()
        for outcome in self._outcomes[self._told :]:
            if outcome:
                on_done(outcome)
        self._told = len(self._outcomes)

    def finish(self, gone: Iterable[int]) -> None:
        """Search all posts for mentions of new tags; count unchanged posts and the posts `gone`.

        A dry run searches nothing. `gone` are primary keys of posts that were withdrawn because their files are gone.
        The outcomes of unchanged posts get their `told`: event, days and number of talks.
        """
        if self.run:
            refresh_mentions_of_new_tags()
        self.tally.count_gone(gone)
        told = count_unchanged_posts(self._unchanged, self.tally)
        left = iter(self._unchanged)
        for place, outcome in enumerate(self._outcomes):
            if outcome and outcome.outcome == "unchanged" and outcome.told is None:
                self._outcomes[place] = replace(outcome, told=told.get(next(left)))

    def _read_remarks(self, opened: Opened) -> tuple[PlainDiagnostic, ...]:
        """Return the diagnostics of the folder's `confnotes.toml` for the folder's first post in the run.

        For other posts return ().
        """
        if opened.source.root in self._said:
            return ()
        self._said.add(opened.source.root)
        return opened.folder.said

    def is_read_otherwise(self, source: Source) -> bool:
        """Whether a stored post would be read otherwise than in its last import, even if its text is unchanged.

        That is so if the hints, its path, the files beside it, its corrections or the parser's version changed. False
        if no post that is not withdrawn is stored with this key and place, or if the file or the hints have a fault.
        """
        stored = self._by_key.get(self._name_as_stored(source).key)
        folder = self.folders.read_hints(source.root)
        if stored is None or stored.withdrawn or stored.path != source.place or source.fault or folder.fault:
            return False
        facts, corrections = self.folders.read_facts(source.file), self._corrections.get(stored.pk, ())
        place = digest_place(folder.hints, source.name, facts, corrections)
        return stored.digest[HALF_DIGEST:] != place

    def _prepare_post(self, opened: Opened, remarks: tuple[PlainDiagnostic, ...], place: int) -> Pending | None:
        """Return the post ready for its plan, with its images stored; None if it is unchanged.

        The outcome of an unchanged post is set here. Later files of the run with the same key or text will be refused.
        Raises `NotTakenError` if this post is refused or skipped.
        """
        source, text, original = opened.source, opened.text, opened.original or ""
        if twin := self._paths_of_texts.get(opened.digest[:HALF_DIGEST]):
            raise _refuse(catalogue.SAME_CONTENT.at(1, other=twin))
        if opened.fault:
            raise _refuse(opened.fault)
        pending = None
        if opened.stored:
            self._claim_key(opened.stored.key, source)
            self._add_unchanged(opened.stored, source, remarks, place)
        else:
            read, ahead = opened.read() if opened.read else (None, NOTHING_AHEAD)
            parsed, digest = _require_parsed(read), opened.digest
            key = parsed.id or source.key
            row = self._find_row(source, key, text, original)
            self._claim_key(key, source)
            own, gallery = self._find_corrections(source, row), opened.gallery
            if opened.job and opened.job.corrections != own:  # the post has another key than its place suggested
                job = replace(opened.job, corrections=own)
                parsed, ahead = _require_parsed(read_post(job)), NOTHING_AHEAD
                digest = make_digest(original, job.hints, job.name, job.facts, own)
                gallery = self._look_for_images(source, text, own, row)
            told = (*parsed.diagnostics, *gallery.remarks, *remark_conversion(source.path))
            parsed = replace(parsed, diagnostics=told)
            parsed = self._choose_language(parsed, row, text)
            parsed, images = self._store_images(gallery.by_path(key), parsed)
            self.met.add(row or 0)
            reading = ReadPost(key, source.place, digest, text, parsed, images, ahead)
            pending = Pending(place, source.path, reading, row, remarks)
        self._paths_of_texts[opened.digest[:HALF_DIGEST]] = source.path
        return pending

    def _choose_language(self, parsed: ParsedPost, row: int | None, text: str) -> ParsedPost:
        """Return the post with its language: the stated one, else that of its last import, else the one detected now.

        If the text has little in common with that of the last import (`are_strangers`), the language is detected again.
        """
        if parsed.language:
            return parsed
        if row:
            imported, before = Post.objects.values_list("imported", "source").get(pk=row)
            if not are_strangers(before, text):
                return replace(parsed, language=str(imported.get("language") or ""))
        return add_language(parsed, text)

    def _find_corrections(self, source: Source, post: int | None) -> Corrections:
        """Return the stored corrections of the post, followed by those that were uploaded with its text."""
        return (*self._corrections.get(post or 0, ()), *self._new_corrections.get(source.key, ()))

    def _find_unchanged(self, source: Source, digest: str, text: str, gallery: Gallery) -> Stored | None:
        """Return the stored post that this file leaves unchanged: it has this digest and all images found; else None.

        It is the post with the file's key, or one of the same place and text whose key stands in the text (as `id`).
        """
        stored = self._by_key.get(source.key)
        if not stored or stored.digest != digest or stored.withdrawn:
            stored = self._by_text.get(digest_text(text))
            if not stored or stored.digest != digest or stored.path != source.place or stored.key not in text:
                return None
        found = {(path, image.digest, image.given) for path, image in gallery.by_path(stored.key).items()}
        return stored if found <= self._images.get(stored.pk, set()) else None

    def _store_images(
        self, found: Mapping[str, LocalImage], parsed: ParsedPost
    ) -> tuple[ParsedPost, dict[str, KnownImage]]:
        """Store the images found (a dry run does not), and return the post and the images by path.

        The post has a warning for each image whose file changed since it was found: that image is not stored. Raises
        `NotTakenError` if the run is strict and the post has a warning.
        """
        if self.strict and any(diagnostic.severity is Severity.WARNING for diagnostic in parsed.diagnostics):
            raise NotTakenError("refused", *parsed.diagnostics)
        stored = store_images(found, dry_run=self.run is None)
        changed = [catalogue.IMAGE_CHANGED.at(1, image=path) for path in found if path not in stored]
        return replace(parsed, diagnostics=(*parsed.diagnostics, *changed)), stored

    def _add_unchanged(self, stored: Stored, source: Source, remarks: tuple[PlainDiagnostic, ...], place: int) -> None:
        if stored.path != cut_stored_path(source.place) and self.run:
            Post.objects.filter(pk=stored.pk).update(path=cut_stored_path(source.place))
        self._unchanged.append(stored.pk)
        self.met.add(stored.pk)
        outcome = PostOutcome(source.path, "unchanged", remarks)
        self._outcomes[place] = outcome
        self.unkept.append((outcome, stored.pk))

    def _claim_key(self, key: str, source: Source) -> None:
        """Remember that this file has the key. Raises `NotTakenError` if another file of the run has it already."""
        other = self._paths_of_keys.setdefault(key, source.path)
        if other != source.path:
            raise _refuse(catalogue.SAME_KEY.at(1, other=other, key=key))

    def _find_row(self, source: Source, key: str, text: str, original: str) -> int | None:
        """Return the primary key of the post's row: with its key or at its place, else of a like post without its file.

        Like is a post with the same text or, if there is none, with most of its lines (see `Missing.find`). None for a
        new post. Raises `NotTakenError` if another post, whose file is there, has the key or the text.
        """
        if stored := self._by_key.get(key):
            if stored.path != cut_stored_path(source.place):
                if key == source.key and (other := self._places.get(stored.path)) and self._is_there(stored, other):
                    raise _refuse(catalogue.SAME_KEY.at(1, other=other.path, key=key))
                _refuse_stranger(stored, text)
            return stored.pk
        stored = self._by_key.get(source.key)
        if stored and stored.path == cut_stored_path(source.place):  # the file has got an `id`
            return stored.pk
        stored = self._by_text.get(digest_text(original))
        if stored and (stored.key in self._given or self._has_file(stored)):
            if self._has_other_text(stored, original):
                return self._missing.find(text)
            raise _refuse(catalogue.SAME_CONTENT.at(1, other=stored.path))
        return stored.pk if stored else self._missing.find(text)

    def _has_file(self, stored: Stored) -> bool:
        return stored.path not in self._excluded and files.exists(stored.path)

    def _is_there(self, stored: Stored, source: Source) -> bool:
        """Whether this file of the run, which lies where the stored post lay, can be read and still is that post."""
        text = read_text(source, settings.POST_MAX_BYTES)
        return not isinstance(text, Diagnostic) and (is_converted(source.name) or not self._is_replaced(stored, text))

    def _has_other_text(self, stored: Stored, text: str) -> bool:
        """Whether the stored post's file, in this import or on disk, now has another text.

        Then a file with the old text is not refused as a copy of the stored post.
        """
        twin = self._given.get(stored.key) or next(iter(find_sources([stored.path])), None)
        if twin is None or twin.fault:
            return False
        now = read_text(twin, settings.POST_MAX_BYTES)
        return not isinstance(now, Diagnostic) and now != text


def parse_source(
    source: Source, text: str, folder: FolderHints, facts: FolderFacts, corrections: Sequence[Correction] = ()
) -> ParsedPost:
    """Parse the text of a file. Raises `NotTakenError` if the parser crashes; a post that is refused is returned."""
    parsed = read_post_again(Job(source.path, text, source.name, folder.hints, facts, corrections))
    if isinstance(parsed, Diagnostic):
        raise _refuse(parsed)
    return parsed


def _require_parsed(parsed: ParsedPost | Diagnostic | None) -> ParsedPost:
    """Return the parsed post. Raises `NotTakenError` if the post is refused or the parser crashed."""
    if parsed is None or isinstance(parsed, Diagnostic):
        raise NotTakenError("refused", *([parsed] if parsed else []))
    if parsed.refused:
        raise NotTakenError("refused", *parsed.diagnostics)
    return parsed


def _refuse(fault: Diagnostic) -> NotTakenError:
    return NotTakenError("skipped" if fault.severity is Severity.WARNING else "refused", fault)


def _refuse_stranger(stored: Stored, text: str) -> None:
    """Raise `NotTakenError` if the text and that of the stored post, which has the same key, `are_strangers`."""
    before = Post.objects.values_list("source", flat=True).get(pk=stored.pk)
    if are_strangers(before, text):
        raise _refuse(catalogue.KEY_OF_STRANGER.at(1, key=stored.key, path=stored.path))

"""One run: takes posts one by one from where they lie to the rows that they become."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError, transaction

from talks import parsing
from talks.importing.identity import HALF_DIGEST, are_strangers, digest_place, digest_text, make_digest
from talks.importing.language import detect_language
from talks.importing.reconcile.known import Known, KnownImage, make_order
from talks.importing.reconcile.limits import fit_post
from talks.importing.reconcile.plan import Change, Plan
from talks.importing.reconcile.plan_diff import write_diff
from talks.importing.reconcile.post_fields import Reading
from talks.importing.reconcile.post_plan import reconcile
from talks.importing.report import PostOutcome, Said, Told
from talks.importing.sources import files
from talks.importing.sources.files import Source
from talks.importing.sources.finding import find_sources
from talks.importing.sources.folder_hints import FolderHints
from talks.importing.sources.folders import Folders
from talks.importing.sources.image_folders import ImageFolders
from talks.importing.sources.local_images import Gallery, LocalImage, look_for_images
from talks.importing.sources.texts import is_converted, read_markdown, remark_conversion
from talks.importing.store.foreseen import Foreseen
from talks.importing.store.joined_names import seek_joined
from talks.importing.store.loader import load_known
from talks.importing.store.media_store import take_in
from talks.importing.store.plan_writer import write_plan
from talks.importing.store.renamed_posts import Missing
from talks.importing.store.row_changes import recount
from talks.importing.store.run_journal import keep_outcome
from talks.importing.tally import Tally
from talks.importing.told import read_told
from talks.lines import split_lines
from talks.models import Correction, ImportRun, Post, PostMedia, is_passing
from talks.parsing import (
    Diagnostic,
    FolderFacts,
    ParsedPost,
    Severity,
    decode,
    make_plain_diagnostic,
    parse_post,
)

Corrections = tuple[parsing.Correction, ...]
NO_CORRECTIONS: Mapping[str, Corrections] = {}
_TRIES = 3
_OUTCOMES = {Change.CREATED: "created", Change.UPDATED: "updated"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """A post of the base, as far as telling posts apart needs it."""

    pk: int
    key: str
    digest: str
    path: str
    withdrawn: bool

    @property
    def text_digest(self) -> str:
        """The half of the digest that is the text's."""
        return self.digest[:HALF_DIGEST]


class NotTakenError(Exception):
    """The post at hand is refused, or skipped."""

    def __init__(self, outcome: str, *diagnostics: Diagnostic) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.diagnostics = diagnostics


class Run:
    """The state of one run. Without an `ImportRun` it is a dry one, and writes nothing."""

    def __init__(
        self,
        found: Sequence[Source],
        run: ImportRun | None,
        folders: Folders,
        *,
        strict: bool,
        corrections: Mapping[str, Corrections] = NO_CORRECTIONS,
    ) -> None:
        self.run = run
        self.folders = folders
        self.strict = strict
        self.tally = Tally()
        self.outcomes: list[PostOutcome] = []
        self.unkept: list[tuple[PostOutcome, int | None]] = []
        self._unchanged: list[int] = []
        self._foreseen = Foreseen()
        self._image_folders = ImageFolders()
        self._given = {source.key: source for source in found}
        stored = [Stored(*row) for row in Post.objects.values_list("pk", "key", "digest", "path", "withdrawn")]
        self._by_key = {post.key: post for post in stored}
        self._by_text = {post.text_digest: post for post in stored if not post.withdrawn}
        self._images: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
        for pk, *image in PostMedia.objects.filter(withdrawn=False).values_list("post", "path", "media__digest"):
            self._images[pk].add((image[0], image[1]))
        self._corrections = Correction.objects.by_post()
        self._new_corrections = corrections
        self._said: set[Path | None] = set()
        self._paths_of_keys: dict[str, str] = {}
        self._paths_of_texts: dict[str, str] = {}
        self._missing = Missing(((post.pk, post.key, post.path) for post in stored), self._given)
        self.met: set[int] = set()

    def take(self, source: Source) -> PostOutcome:
        """Import one post, or find out why not."""
        folder, remarks = self._read_folder(source)
        try:
            fault = source.fault or folder.fault
            if fault:
                raise _refuse(fault)
            outcome = self._take_text(source, self._read_text(source), folder, remarks)
        except NotTakenError as refusal:
            said = (*remarks, *(make_plain_diagnostic(diagnostic) for diagnostic in refusal.diagnostics))
            kind = "refused" if self.strict else refusal.outcome
            outcome = PostOutcome(source.path, kind, said)
            self.unkept.append((outcome, None))
        self.outcomes.append(outcome)
        return outcome

    def finish(self, gone: Iterable[int]) -> None:
        """Look everywhere for new subjects; count what was left alone, and posts that are gone."""
        if self.run:
            seek_joined()
        self.tally.count_gone(gone)
        self.tally.count_unchanged(self._unchanged)
        told = read_told(self._unchanged)
        left = iter(self._unchanged)
        for place, outcome in enumerate(self.outcomes):
            if outcome.outcome == "unchanged" and outcome.told is None:
                self.outcomes[place] = replace(outcome, told=told.get(next(left)))

    def _read_folder(self, source: Source) -> tuple[FolderHints, tuple[Said, ...]]:
        """The hints that hold for the post, and what there is to say of them, which is said once."""
        folder = self.folders.read_hints(source.root)
        if source.root in self._said:
            return folder, ()
        self._said.add(source.root)
        return folder, folder.said

    def concerns(self, source: Source) -> bool:
        """Whether a post that lies beside those given would be read otherwise than it was, because of them."""
        stored = self._by_key.get(source.key)
        folder = self.folders.read_hints(source.root)
        if stored is None or stored.withdrawn or stored.path != source.place or source.fault or folder.fault:
            return False
        facts, corrections = self.folders.read_facts(source.file), self._corrections.get(stored.pk, ())
        place = digest_place(folder.hints, source.name, facts, corrections)
        return stored.digest[HALF_DIGEST:] != place

    def _read_text(self, source: Source) -> str:
        data = files.read_source(source, settings.POST_MAX_BYTES)
        text = data if isinstance(data, Diagnostic) else decode(data)
        if isinstance(text, Diagnostic):
            raise _refuse(text)
        return text

    def _take_text(self, source: Source, original: str, folder: FolderHints, remarks: tuple[Said, ...]) -> PostOutcome:
        facts = self.folders.read_facts(source.file)
        stored = self._by_key.get(source.key) or self._by_text.get(digest_text(original))
        corrections = self._find_corrections(source, stored.pk if stored else None)
        digest = make_digest(original, folder.hints, source.name, facts, corrections)
        if twin := self._paths_of_texts.get(digest_text(original)):
            raise _skip_copy(twin)
        if is_converted(source.name) and stored and (stored.digest, stored.path) == (digest, source.place):
            self._claim(stored.key, source)  # known without asking pandoc again
            self._paths_of_texts[digest_text(original)] = source.path
            return self._leave_alone(stored, source, remarks)
        text = read_markdown(source.name, original)
        if isinstance(text, Diagnostic):
            raise _refuse(text)
        gallery = look_for_images(source, text, settings.MEDIA_MAX_BYTES, self._image_folders)
        if stored := self._find_unchanged(source, digest, text, gallery):
            self._claim(stored.key, source)
            outcome = self._leave_alone(stored, source, remarks)
        else:
            parsed = parse_source(source, text, folder, facts, corrections)
            if parsed.refused:
                raise NotTakenError("refused", *parsed.diagnostics)
            key = parsed.id or source.key
            row = self._identify(source, key, text, original)
            self._claim(key, source)
            if corrections != (own := self._find_corrections(source, row)):  # it is another post than it looked like
                parsed = parse_source(source, text, folder, facts, own)
                digest = make_digest(original, folder.hints, source.name, facts, own)
            told = (*parsed.diagnostics, *gallery.remarks, *remark_conversion(source.name))
            parsed = replace(parsed, diagnostics=told)
            images = self._store_images(gallery.by_path(key), parsed)
            self.met.add(row or 0)
            outcome = self._apply(Reading(key, source.place, digest, text, parsed, images), row, source, remarks)
        self._paths_of_texts[digest_text(original)] = source.path
        return outcome

    def _find_corrections(self, source: Source, post: int | None) -> Corrections:
        """Those of the post, and after them those that came along with its text."""
        return (*self._corrections.get(post or 0, ()), *self._new_corrections.get(source.key, ()))

    def _find_unchanged(self, source: Source, digest: str, text: str, gallery: Gallery) -> Stored | None:
        """The post that was imported from the same text and images, unless its key may be another now."""
        stored = self._by_key.get(source.key)
        if not stored or stored.digest != digest or stored.withdrawn:
            stored = self._by_text.get(digest_text(text))
            if not stored or stored.digest != digest or stored.path != source.place or stored.key not in text:
                return None
        found = {(path, image.digest) for path, image in gallery.by_path(stored.key).items()}
        return stored if found <= self._images.get(stored.pk, set()) else None

    def _store_images(self, found: Mapping[str, LocalImage], parsed: ParsedPost) -> dict[str, KnownImage]:
        """Take in the images of a post that will not be refused for a warning of its own."""
        if self.strict and any(diagnostic.severity is Severity.WARNING for diagnostic in parsed.diagnostics):
            raise NotTakenError("refused", *parsed.diagnostics)
        return take_in(found, dry_run=self.run is None)

    def _leave_alone(self, stored: Stored, source: Source, remarks: tuple[Said, ...]) -> PostOutcome:
        if stored.path != source.place[-500:] and self.run:
            Post.objects.filter(pk=stored.pk).update(path=source.place[-500:])
        self._unchanged.append(stored.pk)
        self.met.add(stored.pk)
        outcome = PostOutcome(source.path, "unchanged", remarks)
        self.unkept.append((outcome, stored.pk))
        return outcome

    def _claim(self, key: str, source: Source) -> None:
        """One key is one post: the second place that has it is refused."""
        other = self._paths_of_keys.setdefault(key, source.path)
        if other != source.path:
            raise _refuse_key(f"This and {other} would be the same post, `{key}`.")

    def _identify(self, source: Source, key: str, text: str, original: str) -> int | None:
        """The row of the post: by its key, else by its content where it moved."""
        if stored := self._by_key.get(key):
            if stored.path != source.place[-500:]:
                _refuse_stranger(stored, source, text)
            return stored.pk
        stored = self._by_text.get(digest_text(original))
        if stored and (stored.key in self._given or files.exists(stored.path)):
            if self._says_otherwise(stored, original):
                return self._missing.find(text)
            raise _skip_copy(stored.path)
        return stored.pk if stored else self._missing.find(text)

    def _says_otherwise(self, stored: Stored, text: str) -> bool:
        """Whether the post's file can be read, and holds another text by now: then a copy of the old one is no copy."""
        twin = self._given.get(stored.key) or next(iter(find_sources([stored.path])), None)
        if twin is None or twin.fault:
            return False
        data = files.read_source(twin, settings.POST_MAX_BYTES)
        now = data if isinstance(data, Diagnostic) else decode(data)
        return not isinstance(now, Diagnostic) and now != text

    def _apply(self, reading: Reading, pk: int | None, source: Source, remarks: tuple[Said, ...]) -> PostOutcome:
        if self.run is None:
            known = self._foreseen.extend(load_known(reading, pk, lock=False))
            plan = self._plan(reading, known)
            outcome = _conclude(plan, reading.parsed, source, remarks)
            order = make_order(plan.fields, plan.key)
            self.tally.count_plan(plan, plan.pk or plan.key, self._foreseen.add(plan, order, known))
            return replace(outcome, changes=write_diff(plan))
        for tries_left in reversed(range(_TRIES)):
            try:
                return self._write(self.run, reading, pk, source, remarks)
            except (IntegrityError, DataError, OperationalError) as error:
                # Somebody may have written the same name, or held the base, at the same moment.
                if isinstance(error, OperationalError) and not is_passing(error):
                    raise
                fault = error
                _log.debug("A post was not stored, %s more tries.", tries_left, exc_info=error)
        if isinstance(fault, OperationalError):
            raise fault
        message = f"The database does not take this post: {str(fault).partition(chr(10))[0]}."
        raise _refuse(Diagnostic(Severity.ERROR, "not-stored", 1, message, "Please report this with the post."))

    def _write(
        self, run: ImportRun, reading: Reading, pk: int | None, source: Source, remarks: tuple[Said, ...]
    ) -> PostOutcome:
        """One transaction: the post is in the base whole, or not at all."""
        with transaction.atomic():
            plan = self._plan(reading, load_known(reading, pk, lock=True))
            post, talks = write_plan(plan, run)
            outcome = _conclude(plan, reading.parsed, source, remarks)
            keep_outcome(run, outcome, post, recount(plan, talks))
        self.tally.count_plan(plan, post, talks)
        return outcome

    def _plan(self, reading: Reading, known: Known) -> Plan:
        plan = reconcile(reading, known)
        if self.strict and any(diagnostic.severity is Severity.WARNING for diagnostic in plan.diagnostics):
            raise NotTakenError("refused", *plan.diagnostics)
        return plan


def parse_source(
    source: Source, text: str, folder: FolderHints, facts: FolderFacts, corrections: Corrections = ()
) -> ParsedPost:
    """What the parser makes of it. It promises never to raise; if it does, the other posts shall not suffer."""
    try:
        parsed = parse_post(text, name=source.name, hints=folder.hints, folder=facts, corrections=corrections)
        parsed = fit_post(parsed, text)
    except Exception as error:
        _log.exception("The parser failed on %s.", source.path)
        message = f"The parser failed on this post: {type(error).__name__}."
        fault = Diagnostic(Severity.ERROR, "parser-failed", 1, message, "Please report this with the post.")
        raise _refuse(fault) from error
    if parsed.language or parsed.refused:
        return parsed
    body = split_lines(text)[parsed.body_line - 1 :]
    return replace(parsed, language=detect_language("\n".join(body)))


def _conclude(plan: Plan, parsed: ParsedPost, source: Source, remarks: tuple[Said, ...]) -> PostOutcome:
    said = (*remarks, *(make_plain_diagnostic(diagnostic) for diagnostic in plan.diagnostics))
    return PostOutcome(source.path, _OUTCOMES.get(plan.change, "unchanged"), said, told=_tell(parsed))


def _tell(parsed: ParsedPost) -> Told:
    conference = (parsed.conference.series, parsed.conference.year) if parsed.conference else None
    return Told(conference, tuple(day.number for day in parsed.days), len(parsed.talks))


def _refuse(fault: Diagnostic) -> NotTakenError:
    return NotTakenError("skipped" if fault.severity is Severity.WARNING else "refused", fault)


def _skip_copy(other: str) -> NotTakenError:
    message = f"This holds the same text as {other}, and is the same post."
    return _refuse(Diagnostic(Severity.WARNING, "same-content", 1, message, "Remove one of the two files."))


def _refuse_key(message: str) -> NotTakenError:
    hint = "Rename one of the two, give it a `confnotes: id`, or put a confnotes.toml into the folder above both."
    return _refuse(Diagnostic(Severity.ERROR, "same-key", 1, message, hint))


def _refuse_stranger(stored: Stored, source: Source, text: str) -> None:
    """A key that suddenly means another text, from another place, is a mistake."""
    before = Post.objects.values_list("source", flat=True).get(pk=stored.pk)
    if are_strangers(before, text):
        raise _refuse_key(
            f"The post `{stored.key}` was imported from {stored.path}, and this is an entirely different text."
        )

"""The report of a write-back or its dry run, as a value and as printed text."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff

from talks.counts_and_cut_texts import show_count
from talks.importing import escape
from talks.line_ends import end_with_lf, split_lines
from talks.write_back.edited_fields import EditedField

_SHOWN, _AROUND = 160, 50


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What a write-back did with one post's file. `fault` says why the whole file was left unchanged.

    `also_changed` are takeaways that changed too because they name a renamed talk or speaker. `diff` is the unified
    diff of the file's lines. A post `without_file` was uploaded in the browser, or restored from an export and not
    imported since.
    """

    path: str
    written: tuple[EditedField, ...] = ()
    refused: tuple[EditedField, ...] = ()
    also_changed: tuple[EditedField, ...] = ()
    fault: str = ""
    diff: str = ""
    without_file: bool = False


@dataclass(frozen=True, slots=True)
class WriteBackReport:
    """The outcomes of one write-back; posts that no editor changed are left out."""

    outcomes: tuple[FileOutcome, ...]
    dry_run: bool = False

    @property
    def refused(self) -> bool:
        """Whether any change could not be written into a file; posts that have no file do not count."""
        return any((outcome.fault and not outcome.without_file) or outcome.refused for outcome in self.outcomes)

    @property
    def finds_files_behind(self) -> bool:
        """Whether a post with a file is in the report: its file lacked an editor's change, or could not be written."""
        return any(not outcome.without_file for outcome in self.outcomes)


def make_diff(path: str, now: str, written: str) -> str:
    """Return the unified diff of a file's text; empty if the text does not change."""
    before, after = (split_lines(end_with_lf(text).removesuffix("\n")) for text in (now, written))
    rows = unified_diff(before, after, escape(path), escape(path), lineterm="")
    return "\n".join(map(escape, rows))


def render_write_back(report: WriteBackReport) -> str:
    """Return the report as lines for people: each change, with why it was not written, and at the end the counts.

    A change is shown with file, line, old and new text.
    """
    lines: list[str] = []
    for outcome in report.outcomes:
        if outcome.fault:
            lines.append(escape(f"{outcome.path}: left alone: {outcome.fault}"))
        for item in outcome.written:
            lines += [escape(f"{outcome.path}:{item.line}: {item.what}"), *_show(item)]
        for item in outcome.also_changed:
            lines += [escape(f"{outcome.path}:{item.line}: {item.what} that names it"), *_show(item)]
        for item in outcome.refused:
            lines += [escape(f"{outcome.path}:{item.line}: {item.what}: not written: {item.why}"), *_show(item)]
    written = sum(len(outcome.written) for outcome in report.outcomes)
    files = sum(1 for outcome in report.outcomes if outcome.written)
    left = sum(len(outcome.refused) for outcome in report.outcomes)
    faults = sum(1 for outcome in report.outcomes if outcome.fault)
    if left:
        lines.append("What is not written stays here. To have it in a post, write it there and import the post.")
    return "\n".join([*lines, _close(written, files, left, faults, dry_run=report.dry_run)])


def _close(written: int, files: int, left: int, faults: int, *, dry_run: bool) -> str:
    if not (written or left or faults):
        return "No edit made here is missing in the posts."
    verb = "would be written" if dry_run else "written"
    sentence = f"{show_count(written, 'edit')} {verb} into {show_count(files, 'file')}"
    if left:
        sentence += f", {left:,} not"
    if faults:
        sentence += f"; {show_count(faults, 'post')} left alone"
    return f"{sentence}. This was a dry run: nothing was written." if dry_run else f"{sentence}."


def _show(item: EditedField) -> Iterable[str]:
    for sign, text in zip("-+", _cut_to_difference(item.old, item.new), strict=True):
        for row in text.split("\n") if text else ():
            yield escape(f"    {sign} {row}")


def _cut_to_difference(old: str, new: str) -> tuple[str, str]:
    """Return two long lines cut to the words around their difference; shorter or several lines as they are."""
    if "\n" in old + new or min(len(old), len(new)) <= _SHOWN:
        return old, new
    start = max(_count_alike(old, new) - _AROUND, 0)
    end = max(_count_alike(old[start:][::-1], new[start:][::-1]) - _AROUND, 0)
    start = old.rfind(" ", 0, start) + 1
    return _cut(old, start, end), _cut(new, start, end)


def _count_alike(text: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))


def _cut(text: str, start: int, left: int) -> str:
    stop = text.find(" ", len(text) - left) if left else -1
    end = len(text) if stop < 0 else stop
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"

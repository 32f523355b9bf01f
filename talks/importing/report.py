"""The report of an import as a value, and its forms for the command and the admin."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape as escape_glob
from itertools import islice
from pathlib import PurePosixPath

from talks.counts_and_cut_texts import cut_text, show_count
from talks.importing.escaping import escape
from talks.importing.run_counts import COUNTS, KEPT_EDITS, NOUNS, Totals
from talks.importing.sources.pandoc import FORMATS
from talks.parsing import PASSED_OVER, PlainDiagnostic, merge_repeated
from talks.parsing import diagnostic_catalogue as catalogue

OUTCOMES = ("created", "updated", "unchanged", "refused", "skipped")
CONVERTED = tuple(f".{ending}" for ending in FORMATS)
_NAMES_FROM = 2
_MOST_POINTED, _MOST_PATTERNS, _SEVERAL, _MOST_LINES = 3, 8, 4, 8
_LEAST_MISSING = 5
_MOST_WARNINGS, _MOST_WARNED = 1_000, 5
_SHOWN_FROM = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """What a post is about: its event as (series, year), None if it names none; its numbered days; how many talks.

    `attributed` is the number of talks with a speaker, None for a post that was left unchanged. `place` is the path
    below the marked folder (or the given one), by which patterns in `confnotes.toml` match; empty if the post has an id
    instead. `is_settled`: the post holds no talk, and an editor or writer said that this is right. The last three
    do not count when two such values are compared.
    """

    conference: tuple[str, int | None] | None = None
    days: tuple[int, ...] = ()
    talks: int = 0
    attributed: int | None = field(default=None, compare=False)
    place: str = field(default="", compare=False)
    is_settled: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class PostOutcome:
    """The outcome of one post in an import, one of `OUTCOMES`, with its diagnostics; in a dry run also `changes`.

    `changes` are the lines of a diff. `told` is None if the post was not imported, and in reports of earlier runs.
    """

    path: str
    outcome: str
    diagnostics: tuple[PlainDiagnostic, ...] = ()
    changes: tuple[str, ...] = field(default=(), compare=False)
    told: Told | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The report of one import, with the outcomes of the posts given and of posts beside them that were read again.

    `seconds` is None if the run was interrupted.

    `gone` are the places of posts that left a given folder, `excluded` those that its `confnotes.toml` leaves out now;
    what came from both is withdrawn. `passed_over` are files that are not notes, as (path,
    code), `others` counts images and the like by file ending. `run` is the primary key of the run that the import
    stored. `shared` are talks of which several posts hold notes, as (title, paths of the posts).
    """

    outcomes: tuple[PostOutcome, ...]
    totals: Totals = field(default_factory=dict)
    seconds: float | None = None
    dry_run: bool = False
    gone: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)
    run: int | None = None
    shared: tuple[tuple[str, tuple[str, ...]], ...] = ()
    excluded: tuple[str, ...] = ()

    def list_withdrawn(self) -> list[tuple[str, str]]:
        """Return the places of posts that are withdrawn as a whole, each with the reason."""
        why = (("no longer there", self.gone), ("excluded in confnotes.toml", self.excluded))
        return [(place, reason) for reason, places in why for place in places]

    def count(self, outcome: str) -> int:
        """Return how many posts had this outcome."""
        return sum(1 for post in self.outcomes if post.outcome == outcome)

    @property
    def refused(self) -> int:
        """The number of posts that were refused, so that their present text is not in the base."""
        return self.count("refused")


def find_place(path: str, key: str) -> str:
    """Return the path of a post below its marked or given folder, from `path` and key; empty if the key is an id."""
    places = (key, f"{key}/{path.rpartition('/')[2]}")  # the key of an index is its folder
    return next((place for place in places if f"/{path}".endswith(f"/{place}")), "")


def render_json(report: ImportReport) -> str:
    """Return the report as one JSON object; `run` and `shared` are not in it."""
    return json.dumps(
        {
            "dry_run": report.dry_run,
            "seconds": report.seconds,
            "outcomes": {outcome: report.count(outcome) for outcome in OUTCOMES},
            "totals": report.totals,
            "gone": list(report.gone),
            "excluded": list(report.excluded),
            "passed_over": [{"path": path, "why": why} for path, why in report.passed_over],
            "other_files": dict(report.others),
            "posts": [
                {
                    "path": post.path,
                    "outcome": post.outcome,
                    **_make_told(post.told),
                    "diagnostics": [dict(said) for said in post.diagnostics],
                    **({"changes": list(post.changes)} if report.dry_run else {}),
                }
                for post in report.outcomes
            ],
        },
        indent=2,
    )


def _make_told(told: Told | None) -> dict[str, object]:
    if told is None:
        return {"conference": None, "days": [], "talks": 0}
    conference = {"series": told.conference[0], "year": told.conference[1]} if told.conference else None
    return {"conference": conference, "days": list(told.days), "talks": told.talks}


def render_text(report: ImportReport, *, verbosity: int = 1, look_at: str = "") -> str:
    """Return the report for a terminal or log: only errors at verbosity 0, also notes and all posts from 2 on.

    At 1 a warning that more than five posts have is written out for the first five, and the others are counted.
    `look_at` is what the last sentence tells the reader to look at, if anything was imported.
    """
    lines: list[str] = []
    converted: set[str] = set()
    warned: Counter[str] = Counter()
    for post in report.outcomes:
        if verbosity >= 2:
            lines.append(f"{post.path}: {post.outcome}")
        elif verbosity and post.changes:
            lines.append(f"{post.path}:")
        lines += [f"  {change}" for change in post.changes if verbosity]
        shown = _drop_common(post, warned) if verbosity == 1 else post.diagnostics
        said = render_diagnostics(post.path, shown, verbosity=verbosity)
        converted |= {ending for ending in CONVERTED if said and post.path.casefold().endswith(ending)}
        lines += said
    lines += [
        f"{show_count(others, 'more post')} with warning[{code}]: `-v 2` shows {'it' if others == 1 else 'them'}."
        for code, count in warned.items()
        if (others := count - _MOST_WARNED) > 0
    ]
    if converted:
        files = f"{', '.join(sorted(converted))} files"
        lines.append(f"Line numbers of {files} are those of the Markdown that pandoc made; the post's page shows it.")
    if verbosity:
        verb = "would be withdrawn" if report.dry_run else "is withdrawn"
        lines += [f"{escape(place)}: {why}; what came from it {verb}" for place, why in report.list_withdrawn()]
        lines += [*_describe_passed_over(report, verbosity), "", *_draw_table(report.totals), ""]
        lines += [*_list_advice(report, verbosity), _describe_run(report, look_at)]
    return "\n".join(_cut_paths(lines, _find_root(report))).lstrip("\n") if verbosity else "\n".join(lines)


def _drop_common(post: PostOutcome, warned: Counter[str]) -> list[PlainDiagnostic]:
    """Return what is said of a post without warnings that five posts have, and count the post in `warned` by code.

    Nothing is left out of a refused post.
    """
    codes = {str(said.get("code")) for said in post.diagnostics if said.get("severity") == "warning"}
    if post.outcome == "refused":
        return list(post.diagnostics)
    warned.update(sorted(codes))
    common = {code for code in codes if warned[code] > _MOST_WARNED}
    return [said for said in post.diagnostics if said.get("severity") != "warning" or said.get("code") not in common]


def _cut_paths(lines: Sequence[str], root: str) -> list[str]:
    """Return the lines with paths relative to the folder `root`, which a first line names.

    There is no such line if no path was shortened or `root` is the working directory.
    """
    shortened = [line.replace(f"{escape(root)}/", "") if root else line for line in lines]
    unnamed = root == os.getcwd() or shortened == list(lines)
    return shortened if unnamed else [f"Paths are relative to {escape(root)}.", *shortened]


def _find_root(report: ImportReport) -> str:
    """Return the folder by which paths are shortened: the working directory if all files of the report are below it.

    Otherwise the nearest folder above them all; "" if no path in the report is absolute.
    """
    told = (
        *(post.path for post in report.outcomes),
        *(path for path, _ in report.passed_over),
        *report.gone,
        *report.excluded,
    )
    folders = [os.path.dirname(path) for path in told if os.path.isabs(path)]
    root, here = os.path.commonpath(folders) if folders else "", os.getcwd()
    return here if root and os.path.commonpath([root, here]) == here else root.rstrip(os.sep)


def render_diagnostics(path: str, diagnostics: Iterable[PlainDiagnostic], *, verbosity: int = 1) -> list[str]:
    """Return lines: each diagnostic as `path:line:column: severity[code] message`, and its hint on a line below.

    At verbosity 0 only errors are shown, notes only from 2 on. At 1 only the first warning of each code in a file is
    written out, followed by the numbers of the lines with others, eight at most.
    """
    lines = []
    shown = [said for said in diagnostics if verbosity >= _SHOWN_FROM.get(str(said.get("severity")), 0)]
    for said, others in merge_repeated(shown) if verbosity == 1 else [(said, []) for said in shown]:
        severity = str(said.get("severity"))
        place = f"{said.get('path') or path}:{said.get('line', 1)}:{said.get('column', 1)}"
        lines.append(escape(f"{place}: {severity}[{said.get('code')}] {said.get('message')}"))
        if said.get("hint"):
            lines.append(escape(f"    {said['hint']}"))
        if others:
            places = ", ".join(map(str, others[:_MOST_LINES])) + (", …" if others[_MOST_LINES:] else "")
            lines.append(f"    Likewise in {'lines' if others[1:] else 'line'} {places}.")
    return lines


def _describe_passed_over(report: ImportReport, verbosity: int) -> list[str]:
    """Return lines about files that are not notes, and about formats that cannot be read.

    From verbosity 2 on each file has a line of its own above them.
    """
    lines = []
    if verbosity >= _NAMES_FROM:
        lines += [escape(f"{path}: passed over, {PASSED_OVER.get(why, why)}") for path, why in report.passed_over]
    counts = Counter(why for _, why in report.passed_over if why != "format")
    if counts:
        told = ", ".join(f"{PASSED_OVER.get(why, why)}: {count:,}" for why, count in counts.most_common())
        lines.append(
            f"{show_count(counts.total(), 'file')} passed over ({told}). `-v 2` names them; `include` takes them."
        )
    endings = Counter(f".{path.rpartition('.')[2].lower()}" for path, why in report.passed_over if why == "format")
    if endings:
        told = ", ".join(f"{ending} {count:,}" for ending, count in sorted(endings.items()))
        lines.append(f"{show_count(endings.total(), 'file')} passed over of formats that are not read: {told}.")
        if set(endings) & set(CONVERTED):
            lines.append(
                f"    {', '.join(CONVERTED)} are read where pandoc is installed (pip install pypandoc_binary)."
            )
    return lines


def _list_advice(report: ImportReport, verbosity: int) -> list[str]:
    """Return sentences about what a person should look at first."""
    lines = _list_unread_speakers(report)
    for title, paths in report.shared[:_MOST_PATTERNS]:
        lines.append(f"{len(paths)} posts hold notes of one talk, “{cut_text(title, 80)}”: {', '.join(paths)}.")
    if (others := len(report.shared) - _MOST_PATTERNS) > 0:
        lines.append(f"So it is with {show_count(others, 'talk')} more.")
    if report.shared:
        lines.append("    A post of another talk needs that talk's title in its front matter: `talk: …`.")
    told = [post for post in report.outcomes if post.told]
    lines += [*_list_missing(told), *_suggest_exclusion(told, complete=verbosity >= _NAMES_FROM)]
    faults = sorted(
        ((_weigh_faults(post), post.path) for post in report.outcomes), key=lambda pair: (-pair[0], pair[1])
    )
    if first := [path for weight, path in faults if weight][:_MOST_POINTED]:
        lines.append(f"Look first at {', '.join(first)}.")
    if lines and not report.dry_run and any(post.outcome != "refused" for post in report.outcomes):
        lines.append("All that is doubtful stands in the admin under “To look at”; `manage.py list_doubts` prints it.")
    return [escape(line) for line in lines]


def _list_unread_speakers(report: ImportReport) -> list[str]:
    """Return a sentence about talks without speaker whose first lines seem to name one; none without such talks."""
    places = [
        f"{post.path}:{said.get('line', 1)}"
        for post in report.outcomes
        for said in post.diagnostics
        if said.get("code") == catalogue.SPEAKER_UNREAD.code
    ]
    if not places:
        return []
    verb = "talk has" if len(places) == 1 else "talks have"
    named = _name_some(places, _MOST_PATTERNS)
    told = f"{len(places):,} {verb} no speaker although a line there seems to name one: {named}."
    return [f"{told} Write `Speaker:` before the name."]


def _weigh_faults(post: PostOutcome) -> int:
    warnings = sum(1 for said in post.diagnostics if said.get("severity") == "warning")
    return _MOST_WARNINGS if post.outcome == "refused" else min(warnings, _MOST_WARNINGS - 1)


def _list_missing(told: Sequence[PostOutcome]) -> list[str]:
    """Return up to three sentences: about events without talks, about lacking speakers, and about lacking events.

    The second comes if none of the talks that were read, five at least, has a speaker; the third if five posts with
    talks, and half of all posts with talks, name no event.
    """
    lines = []
    about_events = [post for post in told if post.told and post.told.conference]
    empty = [post.path for post in about_events if post.told and not (post.told.talks or post.told.is_settled)]
    if empty:
        verb = "post names an event and holds" if len(empty) == 1 else "posts name an event and hold"
        lines.append(
            f"{len(empty):,} {verb} no talk: {_name_some(empty)}. Where one is missing, make it under “Mend how it is "
            "read” on the post's page."
        )
    read = [post.told for post in told if post.told and post.told.attributed is not None]
    talks = sum(each.talks for each in read)
    if talks >= _LEAST_MISSING and not any(each.attributed for each in read):
        lines.append(f"None of {talks:,} talks has a speaker. `Speaker: Ann Lee` below its title names one.")
    holding = [post for post in told if post.told and post.told.talks]
    nameless = [post.path for post in holding if post.told and not post.told.conference]
    if len(nameless) >= _LEAST_MISSING and 2 * len(nameless) >= len(holding):
        lines.append(
            f"{len(nameless):,} of {len(holding):,} posts with talks name no event: {_name_some(nameless)}. `series` "
            "and `year` in a `confnotes:` block, or for a folder in confnotes.toml, name it; if these are no notes of "
            "talks, `exclude` leaves them out."
        )
    return lines


def _name_some(paths: Sequence[str], most: int = _MOST_POINTED) -> str:
    others = len(paths) - most
    return f"{', '.join(paths[:most])}{f' and {others:,} more' if others > 0 else ''}"


def _suggest_exclusion(told: Sequence[PostOutcome], *, complete: bool) -> list[str]:
    """Return a sentence with values for `exclude` that match just the posts with neither talk nor event.

    The sentence has eight values at most, unless it is to be `complete`. A second one says that the posts are public.
    Without such posts there is no sentence.
    """
    places = {_place(post): bool(post.told and (post.told.talks or post.told.conference)) for post in told}
    silent = [place for place, tells in places.items() if not tells]
    if not silent:
        return []
    counts = Counter(place.rpartition("/")[0] for place in silent)
    kept = {folder for place, tells in places.items() if tells for folder in map(str, PurePosixPath(place).parents)}
    whole = {folder for folder, count in counts.items() if folder and count >= _SEVERAL and folder not in kept}
    names = Counter(place.rpartition("/")[2] for place in places)
    patterns = dict.fromkeys(
        f"{escape_glob(folder)}/*"
        if (folder := place.rpartition("/")[0]) in whole
        else f"{'' if '/' in place or names[place] == 1 else './'}{escape_glob(place)}"
        for place in silent
    )
    most = len(patterns) if complete else _MOST_PATTERNS
    shown = ", ".join(json.dumps(pattern, ensure_ascii=False) for pattern in islice(patterns, most))
    more = f", and {others:,} more, which `-v 2` lists" if (others := len(patterns) - most) > 0 else ""
    verb = "tells" if len(silent) == 1 else "tell"
    found = f"{show_count(len(silent), 'post')} {verb} of neither talk nor event."
    public = "Unless its front matter says draft or private, such a post is public until excluded or made private."
    return [f"{found} To pass over, in confnotes.toml: exclude = [{shown}]{more}", f"    {public}"]


def _place(post: PostOutcome) -> str:
    return post.told.place if post.told and post.told.place else post.path


def _draw_table(totals: Totals) -> list[str]:
    width = max(len(noun) for noun in NOUNS)
    lines = [" " * width + "".join(f"{count:>11}" for count in COUNTS)]
    for noun in NOUNS:
        counts = totals.get(noun, {})
        lines.append(f"{noun:<{width}}" + "".join(f"{counts.get(count, 0):>11,}" for count in COUNTS))
    return lines


def describe_outcomes(report: ImportReport) -> str:
    """Return the number of outcomes, and that of each kind, without a full stop: "3 posts: 3 created"."""
    told = [f"{number:,} {outcome}" for outcome in OUTCOMES if (number := report.count(outcome))]
    posts = show_count(len(report.outcomes), "post")
    return f"{posts}: {', '.join(told)}" if told else posts


def _describe_run(report: ImportReport, look_at: str) -> str:
    given = len(report.outcomes)
    if not given and report.seconds is not None:
        return "No post was found: notes are texts in Markdown, in files that end in .md, .markdown, .txt or the like."
    took = f", in {report.seconds:.1f} s." if report.seconds is not None else "; the import did not come to its end."
    sentence = describe_outcomes(report) + took
    if kept := report.totals.get(KEPT_EDITS, {}).get("kept", 0):
        sentence += f" {show_count(kept, 'edit')} made here kept against the posts."
    if report.dry_run:
        return f"{sentence} This was a dry run: nothing was written."
    return f"{sentence} Look at {look_at}." if look_at and report.count("refused") < given else sentence

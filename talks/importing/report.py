"""What an import did, as a value; and how the command and the admin show it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from talks.importing.escaping import escape
from talks.importing.tally import COUNTS, NOUNS, Totals

OUTCOMES = ("created", "updated", "unchanged", "refused", "skipped")
_SHOWN_FROM = {"error": 0, "warning": 1, "note": 2}

Said = Mapping[str, object]
"""A diagnostic as it is stored; with a `path` where it is about another file than the post."""


@dataclass(frozen=True, slots=True)
class PostOutcome:
    """What became of one post, and what there was to say of it; in a dry run with what would change."""

    path: str
    outcome: str
    diagnostics: tuple[Said, ...] = ()
    changes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import. The outcomes sum to what was given; `seconds` is None where the run did not come to its end.

    `gone` are the places of posts that are no longer where they were, in a folder that was given.
    """

    outcomes: tuple[PostOutcome, ...]
    totals: Totals = field(default_factory=dict)
    seconds: float | None = None
    dry_run: bool = False
    gone: tuple[str, ...] = ()

    def count(self, outcome: str) -> int:
        """How many posts had this outcome."""
        return sum(1 for post in self.outcomes if post.outcome == outcome)

    @property
    def refused(self) -> int:
        """How many posts are not in the base as they were given."""
        return self.count("refused")


def render_json(report: ImportReport) -> str:
    """The whole report as one JSON object."""
    return json.dumps(
        {
            "dry_run": report.dry_run,
            "seconds": report.seconds,
            "outcomes": {outcome: report.count(outcome) for outcome in OUTCOMES},
            "totals": report.totals,
            "gone": list(report.gone),
            "posts": [
                {
                    "path": post.path,
                    "outcome": post.outcome,
                    "diagnostics": [dict(said) for said in post.diagnostics],
                    **({"changes": list(post.changes)} if report.dry_run else {}),
                }
                for post in report.outcomes
            ],
        },
        indent=2,
    )


def render_text(report: ImportReport, *, verbosity: int = 1, look_at: str = "") -> str:
    """The report for a terminal or a log. From verbosity 2 on with notes and one line a post; 0 tells errors alone."""
    lines: list[str] = []
    for post in report.outcomes:
        if verbosity >= 2:
            lines.append(f"{post.path}: {post.outcome}")
        elif verbosity and post.changes:
            lines.append(f"{post.path}:")
        lines += [f"  {change}" for change in post.changes if verbosity]
        lines += render_diagnostics(post.path, post.diagnostics, verbosity=verbosity)
    if verbosity:
        verb = "would be withdrawn" if report.dry_run else "is withdrawn"
        lines += [f"{escape(place)}: no longer there; what came from it {verb}" for place in report.gone]
        lines += ["", *_draw_table(report.totals), "", _close(report, look_at)]
    return "\n".join(lines).lstrip("\n")


def render_diagnostics(path: str, diagnostics: Iterable[Said], *, verbosity: int = 1) -> list[str]:
    """`path:line:column: severity[code] message`, each with its hint below."""
    lines = []
    for said in diagnostics:
        severity = str(said.get("severity"))
        if verbosity < _SHOWN_FROM.get(severity, 0):
            continue
        place = f"{said.get('path') or path}:{said.get('line', 1)}:{said.get('column', 1)}"
        lines.append(escape(f"{place}: {severity}[{said.get('code')}] {said.get('message')}"))
        if said.get("hint"):
            lines.append(escape(f"    {said['hint']}"))
    return lines


def _draw_table(totals: Totals) -> list[str]:
    width = max(len(noun) for noun in NOUNS)
    lines = [" " * width + "".join(f"{count:>11}" for count in COUNTS)]
    for noun in NOUNS:
        counts = totals.get(noun, {})
        lines.append(f"{noun:<{width}}" + "".join(f"{counts.get(count, 0):>11,}" for count in COUNTS))
    return lines


def _close(report: ImportReport, look_at: str) -> str:
    given = len(report.outcomes)
    if not given and report.seconds is not None:
        return "No post was found: they are files whose names end in .md or .markdown."
    told = [f"{number:,} {outcome}" for outcome in OUTCOMES if (number := report.count(outcome))]
    sentence = f"{given:,} post{'' if given == 1 else 's'} given"
    if told:
        sentence += f": {', '.join(told)}"
    sentence += (
        f", in {report.seconds:.1f} s." if report.seconds is not None else "; the import did not come to its end."
    )
    if kept := report.totals.get("hand edits", {}).get("kept", 0):
        sentence += f" {kept:,} edit{'' if kept == 1 else 's'} made here kept against the posts."
    if report.dry_run:
        return f"{sentence} This was a dry run: nothing was written."
    return f"{sentence} Look at {look_at}." if look_at and report.count("refused") < given else sentence

"""Edits made here that stand against a change in the post: noted, and asked for once alone. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from talks import names
from talks.importing.reconcile.known import KnownConflict
from talks.importing.reconcile.plan import ConflictPlan
from talks.parsing import Diagnostic, Severity

_HINT = "Settle it in the admin, or bring both to the same words."


@dataclass(slots=True)
class Ledger:
    """What became of fields that an editor can change too.

    `open` are the conflicts that stand, `answers` what an editor answered before, by subject and field; `agreed` are
    open ones that came to their end because both sides say the same by now.
    """

    open: Sequence[KnownConflict] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    conflicts: list[ConflictPlan] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)

    def note(self, conflict: ConflictPlan, subject: str, what: str, remarks: list[Diagnostic]) -> None:
        """A conflict, with a remark on it, unless an editor has answered just this one before."""
        answer = self.answers.get(f"{subject} {conflict.field}")
        sides = [names.fold(side) for side in (conflict.ours, conflict.theirs)]
        if isinstance(answer, list) and [names.fold(side) for side in answer] == sides:
            return
        self.conflicts.append(conflict)
        message = f"{what} changed here and in the post; what was entered here is kept."
        remarks.append(Diagnostic(Severity.WARNING, "edited-here-and-in-post", conflict.line, message, _HINT))

    def agree(self, field: str, *, talk: int | None = None, takeaway: int | None = None) -> None:
        """Both sides say the same of this field."""
        self.agreed += [row.pk for row in self.open if (row.talk, row.takeaway, row.field) == (talk, takeaway, field)]

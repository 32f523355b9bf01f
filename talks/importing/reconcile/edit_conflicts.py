"""Collects conflicts between editors' changes and the post, except those that editors answered before. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from talks import names
from talks.importing.reconcile.plan import ConflictPlan
from talks.models import Conflict
from talks.parsing import Diagnostic
from talks.parsing import diagnostic_catalogue as catalogue


@dataclass(slots=True)
class Ledger:
    """The conflicts found while a post is reconciled.

    `open` are the post's open conflicts in the base. `answers` are the two texts of each conflict that an editor
    answered, by the row's name in decisions and the field. `agreed` are ids of open conflicts that ended because the
    post and the row now have the same value.
    """

    open: Sequence[Conflict] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    conflicts: list[ConflictPlan] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)

    def note(self, conflict: ConflictPlan, subject: str, what: str, remarks: list[Diagnostic]) -> None:
        """Add a conflict, and a diagnostic to `remarks`, unless an editor answered one between the same values before.

        Values count as the same if `names.fold` makes them equal. `subject` is the name of the row in decisions, `what`
        the words for the field in the diagnostic.
        """
        answer = self.answers.get(f"{subject} {conflict.field}")
        sides = [names.fold(side) for side in (conflict.ours, conflict.theirs)]
        if isinstance(answer, list) and [names.fold(side) for side in answer] == sides:
            return
        self.conflicts.append(conflict)
        remarks.append(catalogue.EDITED_ON_BOTH_SIDES.at(conflict.line, what=what))

    def agree(self, field: str, *, talk: int | None = None, takeaway: int | None = None) -> None:
        """Add to `agreed` the open conflict about this field, if any, since post and row now have the same value."""
        about = (talk, takeaway, field)
        self.agreed += [row.pk for row in self.open if (row.talk_id, row.takeaway_id, row.field) == about]

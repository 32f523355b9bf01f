"""Stores decisions of editors, so that no import asks again or undoes them."""

from collections.abc import Iterable

from talks.models import Decision, Post, Takeaway, Talk, name_subject


def remember_withdrawn(rows: Iterable[Post] | Iterable[Talk] | Iterable[Takeaway], *, withdrawn: bool) -> set[str]:
    """Store that an editor withdrew or restored these rows; the rows themselves are not changed.

    Where the opposite is stored, that decision is deleted and no new one made. Return the lasting names
    (`name_subject`) of the rows whose earlier decision was deleted so.

    A withdrawn takeaway without a decision was withdrawn by an import, since its post no longer has it; restoring it
    stores a decision, so that the next import does not withdraw it again.
    """
    subjects = [name_subject(row) for row in rows]
    decisions = Decision.objects.filter(kind=Decision.Kind.WITHDRAWN, subject__in=subjects)
    undone = {row.subject for row in decisions if row.answer is not withdrawn}
    known = {row.subject for row in decisions}
    decisions.filter(subject__in=undone).delete()
    new = [subject for subject in subjects if subject not in known]
    kind = Decision.Kind.WITHDRAWN
    Decision.objects.bulk_create(Decision(kind=kind, subject=subject, answer=withdrawn) for subject in new)
    return undone

"""Answers conflicts: an editor chooses the row's value, the post's value, or another one for a field."""

from django.db import transaction

from talks.derived import render_takeaway, renew
from talks.fields import POST_ORDER, Field, find_table
from talks.importing import follow_leading_posts, list_talks_of, number_talks
from talks.models import Conflict, Decision, EditorTouch, Post, Takeaway, Talk, name_subject


def can_take(conflict: Conflict) -> bool:
    """Whether an editor can write another value into the conflict's field on the page of conflicts.

    For some fields, such as the order of a post's talks, that is done on other pages; on the page of conflicts the
    row's value can only be kept.
    """
    return conflict.field != POST_ORDER and _find_field(conflict).answer is not None


def _find_field(conflict: Conflict) -> Field:
    return find_table(conflict.about).find_field(conflict.field)


def read_present_value(conflict: Conflict) -> str:
    """Return the value that the row has now in the conflict's field, as text.

    For a conflict that `can_take` excludes, return the value that the row had when the conflict arose.
    """
    if not can_take(conflict):
        return conflict.ours
    field = _find_field(conflict)
    return field.show(field.read(conflict.about))


@transaction.atomic
def settle_conflict(conflict: Conflict, how: str, text: str = "") -> None:
    """Close the conflict, and remember the answer, so that no import asks again.

    `how` is a value of `Conflict.Settled`. Unless it says to keep the row's value, `text` is written into the field and
    what follows from it is renewed. Raises `ValidationError` for a text that is not valid in the field, and
    `LookupError` for a field that the page of conflicts cannot write.
    """
    ours, former = conflict.ours, read_present_value(conflict)
    if how != Conflict.Settled.MINE:
        _write_answer(conflict, text)
        ours = text
    is_written = how != Conflict.Settled.MINE and text != former
    EditorTouch.record([conflict.about], conflict.field if is_written else "changed")
    conflict.settled = how
    conflict.save(update_fields=["settled"])
    answer, subject = [ours, conflict.theirs], f"{name_subject(conflict.about)} {conflict.field}"
    Decision.objects.update_or_create({"answer": answer}, kind=Decision.Kind.CONFLICT, subject=subject)


def _write_answer(conflict: Conflict, text: str) -> None:
    about, answer = conflict.about, _find_field(conflict).answer
    if answer is None:
        raise LookupError(f"No answer is written into the field {conflict.field} of a {about._meta.verbose_name}.")
    former = about.day_id if isinstance(about, Talk) else None
    if isinstance(about, Post):
        with follow_leading_posts([about]):
            answer(about, text)
        renew(list_talks_of([about]), [about.pk])
        return
    answer(about, text)
    if isinstance(about, Takeaway):
        about.html = render_takeaway(about)
        about.save(update_fields=["html"])
        renew([about.talk_id])
    else:
        if former is not None and former != about.day_id:
            number_talks({former, about.day_id}, about)
        renew([about.pk])

"""Who may see a talk, and the conditions that all methods `visible()` of querysets use."""

from __future__ import annotations

from django.db.models import IntegerChoices, Q

HIDDEN = "Taken down: no reader sees it, whatever is imported."
"""What editors read of the field `hidden` of a talk or takeaway."""


class Audience(IntegerChoices):
    """Who may see a talk: everyone if one of its posts is public, or if the talk never had a post; else staff.

    Posts that are withdrawn, or have no notes of the talk any more, do not count; nobody sees a talk that has such
    posts alone.
    """

    NOBODY = 0
    STAFF = 1
    EVERYONE = 2

    @classmethod
    def of_post(cls, visibility: str) -> Audience:
        """Return who may see what a post of this visibility says, unless the post is withdrawn."""
        return cls.EVERYONE if visibility == "public" else cls.STAFF


def list_audiences(*, staff: bool) -> list[Audience]:
    """Return the audiences of the talks that the reader may see: `EVERYONE`, for staff also `STAFF`."""
    return [Audience.STAFF, Audience.EVERYONE] if staff else [Audience.EVERYONE]


def is_open(post: str, *, staff: bool) -> Q:
    """Return the condition that the reader may see the post; `post` is the prefix of lookups, such as `"post__"`.

    It is that the post is not withdrawn and, for others than staff, public. For `withdrawn IN (0)` SQLite uses an
    index, for `NOT withdrawn` none. Among posts the index gives their order; in a query of other rows SQLite would
    begin with all posts of the base instead of the few rows that are asked for.
    """
    open_post = Q(**{f"{post}withdrawn": False}) if post else Q(withdrawn__in=[False])
    return open_post if staff else open_post & Q(**{f"{post}visibility": "public"})


def is_shown(talk: str, *, staff: bool) -> Q:
    """Return the condition that the reader may see the talk; `talk` is the prefix of lookups, such as `"talk__"`.

    It is that the talk is neither hidden nor withdrawn, and that its audience includes the reader.
    """
    return Q(**{f"{talk}hidden": False, f"{talk}withdrawn": False, f"{talk}audience__in": list_audiences(staff=staff)})

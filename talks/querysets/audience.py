"""Who may see what came from posts."""

from django.db.models import IntegerChoices, Q


class Audience(IntegerChoices):
    """Of a talk: public posts are for everyone, drafts and private ones for staff, withdrawn ones for nobody."""

    NOBODY = 0
    STAFF = 1
    EVERYONE = 2


def list_audiences(*, staff: bool) -> list[Audience]:
    """The audiences that the reader belongs to."""
    return [Audience.STAFF, Audience.EVERYONE] if staff else [Audience.EVERYONE]


def is_open(post: str, *, staff: bool) -> Q:
    """Whether readers may see the post that `post` leads to, like `"post__"`."""
    open_post = Q(**{f"{post}withdrawn": False})
    return open_post if staff else open_post & Q(**{f"{post}visibility": "public"})


def is_shown(talk: str, *, staff: bool) -> Q:
    """Whether readers may see the talk that `talk` leads to, like `"talk__"`."""
    return Q(**{f"{talk}hidden": False, f"{talk}withdrawn": False, f"{talk}audience__in": list_audiences(staff=staff)})

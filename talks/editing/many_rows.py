"""Changes many posts or talks at once: gives or refuses a tag, or moves talks to a conference."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from talks import names
from talks.derived import renew
from talks.editing.posts import list_talks_of
from talks.editing.takeaway_order import settle_days
from talks.editing.talks import keep_address
from talks.models import Conference, Day, Post, Series, Tag, TagAlias, TaggedPost, TaggedTalk, Talk, TalkAddress
from talks.models.named_model import find_slugs


def _find_model(rows: Sequence[Post] | Sequence[Talk]) -> type[TaggedPost] | type[TaggedTalk]:
    return TaggedPost if isinstance(rows[0], Post) else TaggedTalk


def find_tag(name: str) -> Tag | None:
    """Return the tag with this name or alias."""
    folded = names.fold_tag(name)
    alias = TagAlias.objects.filter(folded=folded).select_related("tag").first()
    return alias.tag if alias else Tag.objects.filter(folded=folded).first()


@transaction.atomic
def tag_rows(rows: Sequence[Post] | Sequence[Talk], name: str) -> None:
    """Give posts or talks a tag as an editor's tag; a tag of this name is made if there is none."""
    if not rows:
        return
    tag, model = find_tag(name) or Tag.objects.create(name=name), _find_model(rows)
    chosen = [row.pk for row in rows]
    model.everything.filter(tag=tag, content_object__in=chosen).update(origin="editor", refused=False)
    held = set(model.everything.filter(tag=tag, content_object__in=chosen).values_list("content_object", flat=True))
    new = [model(tag=tag, content_object_id=pk, origin="editor") for pk in chosen if pk not in held]
    model.everything.bulk_create(new, batch_size=500)
    _renew(rows)


@transaction.atomic
def refuse_tag(rows: Sequence[Post] | Sequence[Talk], name: str) -> None:
    """Remove a tag from posts or talks. If the post or the text gave it, it is refused for good."""
    tag = find_tag(name)
    if not rows or tag is None:
        return
    held = _find_model(rows).everything.filter(tag=tag, content_object__in=[row.pk for row in rows])
    held.filter(origin="editor", refused=False).delete()
    held.update(origin="editor", refused=True)
    _renew(rows)


def _renew(rows: Sequence[Post] | Sequence[Talk]) -> None:
    posts = [row for row in rows if isinstance(row, Post)]
    renew([row.pk for row in rows if isinstance(row, Talk)] or list_talks_of(posts), [post.pk for post in posts])


@transaction.atomic
def move_talks(talks: Iterable[Talk], series: str, year: int | None, number: int | None) -> Day:
    """Move talks to a day of a conference, which is made if missing; old addresses redirect."""
    event = Series.objects.filter(folded=names.fold_name(series)).first() or Series.objects.create(name=series)
    conference, _ = Conference.objects.get_or_create(series=event, year=year)
    day, _ = Day.objects.get_or_create(conference=conference, number=number)
    rows = list(Talk.objects.filter(pk__in=[talk.pk for talk in talks]).select_related("day", "conference"))
    taken = find_slugs(Talk, conference=conference)
    taken |= set(TalkAddress.objects.filter(conference_slug=conference.slug).values_list("slug", flat=True))
    former, there = {row.day_id for row in rows}, Talk.objects.filter(day=day).count()
    for place, talk in enumerate([row for row in rows if row.day_id != day.pk], there + 1):
        moving = talk.conference_id != conference.pk
        talk.day, talk.position = day, place
        with keep_address(talk):
            if moving and talk.slug in taken:
                talk.slug = names.choose_slug(talk.title, taken, fallback="talk")
            taken.add(talk.slug)
            talk.save()
    settle_days({*former, day.pk})
    renew(row.pk for row in rows)
    return day

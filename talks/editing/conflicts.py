"""Conflicts between a hand's edit and the post's: what a field says now, and how it takes an answer."""

from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError

from talks import names
from talks.derived import render_takeaway, renew
from talks.editing.takeaway_order import settle_days
from talks.models import Appearance, Conflict, Day, Decision, Post, Speaker, Takeaway, Talk, Writer, name_subject

_LAST = 1_000_000


def can_take(conflict: Conflict) -> bool:
    """Whether the field takes an answer here; a conference and an order are changed on their own pages."""
    return conflict.field not in {"conference", "order"}


def read_now(conflict: Conflict) -> str:
    """What the row says now, as the field is written."""
    about = conflict.about
    if isinstance(about, Talk):
        if conflict.field == "speakers":
            rows = about.appearances.select_related("speaker").order_by("position", "pk")
            return "\n".join(f"{r.speaker.name} | {r.affiliation}" if r.affiliation else r.speaker.name for r in rows)
        if conflict.field == "day":
            return "" if about.day.number is None else str(about.day.number)
    if not can_take(conflict):
        return conflict.ours
    return str(getattr(about, conflict.field) or "")


def settle(conflict: Conflict, how: str, text: str = "") -> None:
    """Close it for good; unless the row stays as it is, it takes `text`.

    Raises `ValidationError` for a text that the field does not take, `LookupError` for a field that takes none.
    """
    ours = conflict.ours
    if how != Conflict.Settled.MINE:
        _write(conflict.about, conflict.field, text)
        ours = text
    conflict.settled = how
    conflict.save(update_fields=["settled"])
    Decision.objects.update_or_create(
        {"answer": [ours, conflict.theirs]},
        kind=Decision.Kind.CONFLICT,
        subject=f"{name_subject(conflict.about)} {conflict.field}",
    )


def _write(about: Post | Talk | Takeaway, field: str, text: str) -> None:
    if field not in _FIELDS[type(about)]:
        raise LookupError(f"No answer is written into the field {field} of a {about._meta.verbose_name}.")
    if isinstance(about, Takeaway):
        _write_takeaway(about, field, text)
        renew([about.talk_id])
    elif isinstance(about, Talk):
        _TALK_WRITERS[field](about, text)
        renew([about.pk])
    else:
        _write_post(about, field, text)
        renew(about.sources.values_list("talk", flat=True))


def _write_takeaway(takeaway: Takeaway, field: str, text: str) -> None:
    setattr(takeaway, field, text)
    takeaway.full_clean(exclude=["html", "line", "end_line"])
    takeaway.html = render_takeaway(takeaway)
    takeaway.save(update_fields=[field, "html"])


def _write_title(talk: Talk, text: str) -> None:
    talk.title = names.normalise(text)
    talk.clean_fields(exclude=["slug", "sort_key"])
    talk.save()


def _write_day(talk: Talk, text: str) -> None:
    if text and not (text.isascii() and text.isdecimal() and int(text) < 100):
        raise ValidationError("A day is a number up to 99, or nothing.")
    former = talk.day_id
    talk.day, _ = Day.objects.get_or_create(conference=talk.conference, number=int(text) if text else None)
    talk.position = _LAST
    talk.save()
    settle_days({former, talk.day_id}, talk)


def _write_speakers(talk: Talk, text: str) -> None:
    """Resolve names as an import does: a merged name is the speaker who took it over, and one person appears once."""
    said: dict[str, tuple[str, str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, affiliation = (names.normalise(part) for part in line.partition("|"))
        if not name or max(len(name), len(affiliation)) > names.NAME_LENGTH:
            raise ValidationError("Each line is a name, with the affiliation behind a bar.")
        said.setdefault(names.fold_name(name), (name, affiliation))
    known = Speaker.objects.named(name for name, _ in said.values())
    people: dict[int, str] = {}
    for folded, (name, affiliation) in said.items():
        speaker = known.get(folded) or Speaker.objects.create(name=name)
        people.setdefault(speaker.pk, affiliation)
    talk.appearances.all().delete()
    Appearance.objects.bulk_create(
        Appearance(talk=talk, speaker_id=pk, affiliation=affiliation, position=position)
        for position, (pk, affiliation) in enumerate(people.items(), 1)
    )


def _write_post(post: Post, field: str, text: str) -> None:
    value: object = text
    if field == "published_on":
        try:
            value = date.fromisoformat(text) if text else None
        except ValueError:
            raise ValidationError("A date is written like 2017-03-23.") from None
    elif field == "writer":
        folded = names.fold_name(text)
        value = (Writer.objects.filter(folded=folded).first() or Writer.objects.create(name=text)) if text else None
    setattr(post, field, value)
    post.clean_fields(exclude=[each.name for each in Post._meta.fields if each.name != field])
    post.save(update_fields=[field])


_TALK_WRITERS: Mapping[str, Callable[[Talk, str], None]] = {
    "title": _write_title,
    "day": _write_day,
    "speakers": _write_speakers,
}
_FIELDS: Mapping[type[Post | Talk | Takeaway], frozenset[str]] = {
    Takeaway: frozenset({"text", "kind"}),
    Talk: frozenset(_TALK_WRITERS),
    Post: frozenset({"title", "writer", "published_on", "language", "visibility"}),
}

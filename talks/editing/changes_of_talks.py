"""Changes of whole talks by an editor: fields, hiding, restoring and moving them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction

from talks import names
from talks.derived import renew
from talks.editing.changes_of_takeaways import Part, save_takeaways
from talks.editing.decisions import remember_withdrawn
from talks.editing.touches import record_switch
from talks.importing import number_talks
from talks.models import Appearance, Conference, Day, Takeaway, Talk, TalkAddress, TalkSource, keep_decisions
from talks.models.named_model import find_slugs


@transaction.atomic
def set_talks_hidden(talks: Iterable[Talk], *, hidden: bool) -> None:
    """Hide talks or, with `hidden` false, show them. A hidden talk is taken down, whatever is imported later."""
    rows = list(talks)
    record_switch(rows, hidden=hidden)
    chosen = [talk.pk for talk in rows]
    Talk.objects.filter(pk__in=chosen).update(hidden=hidden)
    renew(chosen)


@transaction.atomic
def restore_talks(talks: Iterable[Talk]) -> None:
    """Show withdrawn talks and their takeaways again, although no post has notes of these talks any more."""
    rows = list(talks)
    chosen = [talk.pk for talk in rows]
    record_switch(rows, withdrawn=False)
    remember_withdrawn(rows, withdrawn=False)
    TalkSource.objects.filter(talk__in=chosen).update(withdrawn=False)
    Talk.objects.filter(pk__in=chosen).update(withdrawn=False)
    gone = Takeaway.objects.filter(talk__in=chosen, withdrawn=True)
    save_takeaways([Part(takeaway, {"withdrawn": False}) for takeaway in gone])
    number_talks({talk.day_id for talk in rows})
    renew(chosen)


def save_talk(talk: Talk, changed: Collection[str]) -> None:
    """Save the talk; if it is new or moved, number the talks of its day, and of the day that it left.

    If it moves to another conference, its old address redirects, and editors' decisions stay with it. The caller renews
    the talk.
    """
    former = Talk.objects.filter(pk=talk.pk)
    days = set(former.values_list("day", flat=True))
    moving = list(former.exclude(conference=talk.day.conference_id).values_list("pk", flat=True))
    TalkAddress.keep_current(moving)
    with keep_decisions(moving):
        talk.save()
    if not days or not {"day", "position"}.isdisjoint(changed):
        number_talks({talk.day_id}, talk)
        number_talks(days - {talk.day_id})


def place_talks(conference: Conference, talks: Sequence[Talk], days: Mapping[int, Day]) -> None:
    """Move each talk to the day that `days` gives by the talk's id, behind the other talks there.

    Old addresses redirect. All of the days are of `conference`. A talk whose slug another talk of the conference has
    gets a new one. Nothing derived is renewed.
    """
    left = {talk.day_id for talk in talks}
    chosen = [talk.pk for talk in talks if talk.conference_id != conference.pk]
    TalkAddress.keep_current(chosen)
    taken = find_slugs(Talk, conference=conference)
    former = dict(TalkAddress.objects.filter(conference_slug=conference.slug).values_list("slug", "talk"))
    last = Talk.objects.filter(conference=conference).count()
    with keep_decisions(chosen):
        for place, talk in enumerate(talks, last + 1):
            if talk.conference_id != conference.pk:
                if talk.slug in taken or former.get(talk.slug, talk.pk) != talk.pk:
                    talk.slug = names.choose_slug(talk.title, taken | former.keys(), fallback="talk")
                taken.add(talk.slug)
            talk.day, talk.position = days[talk.pk], place
            talk.save(update_fields=["day", "conference", "slug", "position"])
    number_talks(left | {day.pk for day in days.values()})


def number_speakers(talk: int) -> None:
    """Give the speakers of the talk the positions 1, 2, 3 in their present order."""
    for position, appearance in enumerate(Appearance.objects.filter(talk=talk).order_by("position", "pk"), 1):
        if appearance.position != position:
            appearance.position = position
            appearance.save(update_fields=["position"])

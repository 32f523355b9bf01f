"""Merges speakers who are one person under several names, and splits them again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from talks import names
from talks.derived import renew
from talks.editing.changes_of_talks import number_speakers
from talks.models import Appearance, EditorTouch, Speaker, SpeakerAlias, TalkSource


@transaction.atomic
def merge_speakers(kept: Speaker, others: Iterable[Speaker]) -> set[int]:
    """Merge the other speakers into `kept`, and delete them: their names become aliases, their addresses redirect.

    `kept` gets their handle and web address if it has none. Return the ids of the talks that the other speakers gave.
    """
    talks: set[int] = set()
    for other in others:
        talks |= _move_appearances(other, kept)
        other.aliases.update(speaker=kept)
        merged = {"handle": [other.handle, not kept.handle], "url": [other.url, not kept.url]}
        kept.handle, kept.url = kept.handle or other.handle, kept.url or other.url
        name, folded, slug = other.name, other.folded, other.slug
        other.delete()
        SpeakerAlias.objects.create(speaker=kept, name=name, folded=folded, slug=slug, merged=merged)
    kept.save()
    EditorTouch.record([kept], "changed")
    renew(talks)
    return talks


def _move_appearances(other: Speaker, kept: Speaker) -> set[int]:
    """Give the appearances of `other` to `kept`, who appears once in each talk; return the ids of these talks.

    Positions stay gapless. An appearance stores the names under which it was given, so that a split can give it back.
    """
    rows = list(Appearance.objects.filter(speaker=other))
    talks = {row.talk_id for row in rows}
    there = {row.talk_id: row for row in Appearance.objects.filter(speaker=kept, talk__in=talks)}
    for row in rows:
        names_given = row.merged or [other.folded]
        if held := there.get(row.talk_id):
            held.merged = [*(held.merged or [kept.folded]), *names_given]
            held.save(update_fields=["merged"])
            row.delete()
            number_speakers(row.talk_id)
        else:
            row.speaker, row.merged = kept, names_given
            row.save(update_fields=["speaker", "merged"])
    return talks


@transaction.atomic
def split_speaker(alias: SpeakerAlias) -> set[int]:
    """Make an alias a speaker again, at the alias's address if no speaker has that address.

    The new speaker gets the talks whose posts use the alias, and those that had a speaker of this name before the
    merge. Return the ids of all these talks.
    """
    kept, name, folded, slug = alias.speaker, alias.name, alias.folded, alias.slug
    alias.delete()
    is_taken = Speaker.objects.filter(slug=slug).exists()
    person = Speaker.objects.create(name=name, slug="" if is_taken else slug, **_take_back(kept, alias.merged or {}))
    told = TalkSource.objects.filter(talk__appearances__speaker=kept, withdrawn=False).values_list("talk", "speakers")
    said: dict[int, set[str]] = defaultdict(set)
    for talk, speakers in told:
        said[talk] |= {names.fold_name(speaker["name"]) for speaker in speakers}
    own = {kept.folded, *kept.aliases.values_list("folded", flat=True)}
    theirs = set()
    for row in Appearance.objects.filter(speaker=kept).select_related("speaker"):
        written, given = said[row.talk_id], row.merged or []
        if folded in written or folded in given:
            theirs.add(row.talk_id)
            rest = [each for each in given if each != folded]
            _give_back(row, person, rest, shared=bool(written & own or rest))
    EditorTouch.record([kept], "changed")
    renew(theirs)
    return theirs


def _take_back(kept: Speaker, merged: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Return handle and web address of the split-off speaker, as a dict, and take from `kept` what the merge gave."""
    for column in [column for column, (value, was_taken) in merged.items() if value and was_taken]:
        value = merged[column][0]
        if getattr(kept, column) == value:
            setattr(kept, column, "")
        for alias in kept.aliases.all():
            if alias.merged and alias.merged[column][0] == value:  # was merged in between, and had it from this one
                alias.merged[column] = ["", False]
                alias.save(update_fields=["merged"])
    kept.save()
    return {column: value for column, (value, _) in merged.items()}


def _give_back(row: Appearance, person: Speaker, rest: list[str], *, shared: bool) -> None:
    """Give an appearance in a talk back to the split-off speaker `person`.

    If it is `shared`, the speaker from whom `person` was split keeps it, under the names in `rest`, and `person` gets a
    new appearance behind all others of the talk.
    """
    if not shared:
        row.speaker, row.merged = person, None
        row.save(update_fields=["speaker", "merged"])
        return
    row.merged = rest if set(rest) - {row.speaker.folded} else None
    row.save(update_fields=["merged"])
    last = Appearance.objects.filter(talk=row.talk_id).aggregate(last=Max("position"))["last"] or 0
    Appearance.objects.create(talk_id=row.talk_id, speaker=person, position=last + 1)

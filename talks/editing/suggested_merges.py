"""Suggests speakers who may be one person under several names, until an editor merges them or tells them apart."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction

from talks.models import Decision, EditorTouch, Speaker, name_subject

_MOST_ALIKE = 12  # more with one key share a placeholder, like an empty profile


@dataclass(frozen=True, slots=True)
class Alike:
    """Speakers who may be one person, and the reason for the suggestion."""

    reason: str
    speakers: tuple[Speaker, ...]


def find_alike_speakers() -> list[Alike]:
    """Return groups of speakers whose names differ in nothing but accents, signs or middle names.

    Speakers with one handle or web address make a group too, as does a speaker whose one-word name is another's handle.
    The groups are sorted by the name of their first speaker; a speaker may be in several groups. A speaker whom editors
    declared different from all others of a group is left out of it. A group of more than twelve is left out.
    """
    by_key: dict[tuple[str, str], list[Speaker]] = defaultdict(list)
    for speaker in Speaker.objects.order_by("sort_key", "pk").iterator(2_000):
        for key in set(_make_keys(speaker)):
            by_key[key].append(speaker)
    apart = set(Decision.objects.filter(kind=Decision.Kind.APART).values_list("subject", flat=True))
    found: dict[tuple[int, ...], Alike] = {}
    for (reason, _), speakers in sorted(by_key.items()):
        if 1 < len(speakers) <= _MOST_ALIKE and (left := _drop_told_apart(speakers, apart)):
            found.setdefault(tuple(speaker.pk for speaker in left), Alike(reason, left))
    return sorted(found.values(), key=lambda alike: alike.speakers[0].sort_key)


@transaction.atomic
def store_different_speakers(speakers: Sequence[Speaker]) -> None:
    """Store for each pair of these speakers that they are different people, so that the pair is not suggested again."""
    subjects = [_name_pair(*pair) for pair in combinations(speakers, 2)]
    decided = [Decision(kind=Decision.Kind.APART, subject=subject, answer=True) for subject in subjects]
    Decision.objects.bulk_create(decided, ignore_conflicts=True)
    EditorTouch.record(speakers, "changed")


def _name_pair(one: Speaker, other: Speaker) -> str:
    return " ".join(sorted((name_subject(one), name_subject(other))))


def _drop_told_apart(speakers: Sequence[Speaker], apart: set[str]) -> tuple[Speaker, ...]:
    """Return the speakers of a group without each one whom editors declared different from all others of the group."""
    open_pairs = [pair for pair in combinations(speakers, 2) if _name_pair(*pair) not in apart]
    asked = {speaker.pk for pair in open_pairs for speaker in pair}
    return tuple(speaker for speaker in speakers if speaker.pk in asked)


def _make_keys(speaker: Speaker) -> Iterator[tuple[str, str]]:
    words = speaker.sort_key.split()
    yield "accents or punctuation", "".join(words)
    if len(words) > 1:
        yield "middle names", f"{words[0]} {words[-1]}"
    for handle in {_read_handle(speaker.handle), *([_read_handle(speaker.name)] if len(words) == 1 else [])} - {""}:
        yield "handle", handle
    if speaker.url:
        yield "address", re.sub(r"^https?://(?:www\.)?", "", speaker.url.casefold()).rstrip("/")


def _read_handle(text: str) -> str:
    return text.strip().lstrip("@").casefold()


def list_speakers_apart() -> list[tuple[str, tuple[Speaker, ...]]]:
    """Return pairs for the decisions that two speakers are different people: the decision's subject, and the speakers.

    A decision about a speaker who is no longer in the base is left out.
    """
    subjects = list(Decision.objects.filter(kind=Decision.Kind.APART).values_list("subject", flat=True))
    slugs = {slug for subject in subjects for slug in _read_slugs(subject)}
    known = {speaker.slug: speaker for speaker in Speaker.objects.filter(slug__in=slugs)}
    pairs = [(subject, tuple(known[slug] for slug in _read_slugs(subject) if slug in known)) for subject in subjects]
    return [(subject, pair) for subject, pair in pairs if len(pair) > 1]


def _read_slugs(subject: str) -> list[str]:
    return [name.partition(":")[2] for name in subject.split(" ")]


def suggest_pair_again(subject: str) -> None:
    """Delete the decision that two speakers are different people, so that the pair is suggested again.

    `subject` is the decision's subject, as `list_speakers_apart` gives it.
    """
    Decision.objects.filter(kind=Decision.Kind.APART, subject=subject).delete()

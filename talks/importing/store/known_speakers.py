"""Which speakers the base knows by the names that posts write."""

from collections.abc import Iterable

from django.db.models import Q

from talks import names
from talks.importing.reconcile.known import KnownSpeaker
from talks.models import Speaker, SpeakerAlias


def load_speakers(said: Iterable[str]) -> dict[str, KnownSpeaker]:
    """By folded name; a person who is written in several ways, by each of them that is said."""
    wanted = {names.fold(name)[:400] for name in said}
    aliases = SpeakerAlias.objects.filter(folded__in=wanted)
    rows = Speaker.objects.filter(Q(folded__in=wanted) | Q(pk__in=aliases.values("speaker")))
    known = {row.folded: KnownSpeaker(row.pk, row.handle, row.url, row.folded) for row in rows}
    return known | {alias: known[own] for alias, own in aliases.values_list("folded", "speaker__folded")}

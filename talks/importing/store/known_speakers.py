"""Which speakers the base knows by the names that posts write."""

from collections.abc import Iterable

from talks.importing.reconcile.known import KnownSpeaker
from talks.models import Speaker


def load_speakers(said: Iterable[str]) -> dict[str, KnownSpeaker]:
    """By folded name; a person who is written in several ways, by each of them that is said."""
    known = Speaker.objects.named(said).items()
    return {folded: KnownSpeaker(row.pk, row.handle, row.url, row.folded) for folded, row in known}

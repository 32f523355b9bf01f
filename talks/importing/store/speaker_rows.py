"""Finds the speakers of the base by the names that posts write."""

from collections.abc import Iterable

from talks.importing.reconcile.known import KnownSpeaker
from talks.models import Speaker


def load_speakers(said: Iterable[str]) -> dict[str, KnownSpeaker]:
    """Return the speakers by folded name; one who is written in several ways, by each of them."""
    known = Speaker.objects.named(said).items()
    return {folded: KnownSpeaker(row.pk, row.handle, row.url, row.folded) for folded, row in known}

"""Finds stored speakers by the names in posts."""

from collections.abc import Iterable

from talks.importing.reconcile.known import KnownSpeaker
from talks.models import Speaker


def load_speakers(said: Iterable[str]) -> dict[str, KnownSpeaker]:
    """Return the speakers by folded name; a speaker with several spellings is listed under each."""
    known = Speaker.objects.named(said).items()
    return {folded: KnownSpeaker(row.pk, row.handle, row.url, row.folded) for folded, row in known}

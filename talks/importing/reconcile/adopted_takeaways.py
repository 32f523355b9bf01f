"""Finds takeaways that an editor wrote and that a post now contains: the row becomes the post's. Pure.

This happens when an editor copied one into the post, and when a write-back was cut short after it replaced the file.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from talks.importing.post_identity import collapse
from talks.importing.reconcile.known import KnownTakeaway
from talks.importing.reconcile.takeaway_plan import choose_texts
from talks.importing.reconcile.talk_matching import Match


def adopt_notes(
    matches: Sequence[Match], known: Sequence[KnownTakeaway], written_here: Iterable[KnownTakeaway]
) -> list[KnownTakeaway]:
    """Return editors' takeaways that the post now has in the same talk, unless a row of the post has it already."""
    candidates = list(written_here)
    if not candidates:
        return []
    said = Counter(
        (match.talk.pk, collapse(unit.text)) for match in matches if match.talk for unit in match.parsed.walk()
    )
    old = [row for row in known if not row.withdrawn]
    texts = choose_texts(old, [text for _, text in said])
    said.subtract((row.talk, collapse(text)) for row, text in zip(old, texts, strict=True))
    adopted = []
    for row in candidates:
        if said[row.talk, collapse(row.text)] > 0:
            said[row.talk, collapse(row.text)] -= 1
            adopted.append(row)
    return adopted

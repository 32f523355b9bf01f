"""Finds takeaways that an editor wrote and that a post now contains: the row becomes the post's. Pure.

This happens when an editor copied one into the post, and when a write-back was cut short after it replaced the file.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from talks.importing.reconcile.known import KnownTakeaway
from talks.importing.reconcile.takeaway_plan import choose_texts
from talks.importing.reconcile.talk_matching import Match
from talks.lines import join_lines


def adopt_notes(
    matches: Sequence[Match], known: Sequence[KnownTakeaway], written_here: Iterable[KnownTakeaway]
) -> list[KnownTakeaway]:
    """Return editors' takeaways that the post now has in the same talk, unless a row of the post has it already."""
    candidates = list(written_here)
    if not candidates:
        return []
    said = Counter(
        (match.talk.pk, join_lines(unit.text)) for match in matches if match.talk for unit in match.parsed.walk()
    )
    old = [row for row in known if not row.withdrawn]
    texts = choose_texts(old, [text for _, text in said])
    said.subtract((row.talk, join_lines(text)) for row, text in zip(old, texts, strict=True))
    adopted = []
    for row in candidates:
        if said[row.talk, join_lines(row.text)] > 0:
            said[row.talk, join_lines(row.text)] -= 1
            adopted.append(row)
    return adopted

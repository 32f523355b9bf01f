"""Finds takeaways that an editor wrote and that a post now contains: their rows become rows of the post. Pure.

This happens when an editor copied a takeaway into the post's file, or when a write-back stopped after replacing the
file.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from talks.importing.reconcile.takeaway_plan import choose_texts
from talks.importing.reconcile.talk_matching import Match
from talks.line_ends import join_lines
from talks.models import Takeaway


def adopt_notes(
    matches: Sequence[Match], known: Sequence[Takeaway], written_here: Iterable[Takeaway]
) -> list[Takeaway]:
    """Return the takeaways `written_here` by editors whose text is now a note of the post in the same talk.

    A note that a takeaway of the post among `known`, not withdrawn, has already as text does not count. Each note
    counts for one takeaway.
    """
    candidates = list(written_here)
    if not candidates:
        return []
    said = Counter(
        (match.talk.pk, join_lines(unit.text)) for match in matches if match.talk for unit in match.parsed.walk()
    )
    old = [row for row in known if not row.withdrawn]
    texts = choose_texts(old, [text for _, text in said])
    said.subtract((row.talk_id, join_lines(text)) for row, text in zip(old, texts, strict=True))
    adopted = []
    for row in candidates:
        if said[row.talk_id, join_lines(row.text)] > 0:
            said[row.talk_id, join_lines(row.text)] -= 1
            adopted.append(row)
    return adopted

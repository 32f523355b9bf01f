"""Recognises a file that was renamed and edited: most of its lines are those of a stored post whose file is gone."""

import os
from collections.abc import Container, Iterable
from functools import cached_property

from talks.importing.post_identity import find_telling_lines
from talks.importing.sources import files
from talks.models import Post

MOST_MISSING = 300  # with more, the base was probably restored on another machine
_SAME_SHARE, _FEWEST = 0.6, 3


class Missing:
    """Stored posts whose files are gone and whose keys are not `given`, the keys of the run. `find` returns each once.

    The files at the places `excluded` count as gone.
    Uploaded posts, which have no files, are not among them.
    """

    def __init__(
        self, posts: Iterable[tuple[int, str, str]], given: Container[str], excluded: Container[str] = ()
    ) -> None:
        self._excluded = excluded
        self._posts = [(pk, place) for pk, key, place in posts if key not in given]
        self._taken: set[int] = set()

    @cached_property
    def _lines(self) -> dict[int, frozenset[str]]:
        lying = ((pk, place) for pk, place in self._posts if os.path.isabs(place))
        missing = [pk for pk, place in lying if place in self._excluded or not files.exists(place)]
        if len(missing) > MOST_MISSING:
            return {}
        rows = Post.objects.filter(pk__in=missing).values_list("pk", "source")
        return {pk: find_telling_lines(source) for pk, source in rows}

    def find(self, text: str) -> int | None:
        """Return the id of the missing post that has the greatest share of long lines in common with this text.

        The common lines must be three at least, and 60 % of the long lines of the text that has more; else return None.
        So it is if more than 300 posts are missing. A post that was returned once is not returned again.
        """
        if not self._lines:
            return None
        lines = find_telling_lines(text)
        shares = {
            pk: len(lines & known) / max(len(lines), len(known))
            for pk, known in self._lines.items()
            if pk not in self._taken and len(lines & known) >= _FEWEST
        }
        best = max(shares, key=lambda pk: (shares[pk], -pk), default=None)
        if best is None or shares[best] < _SAME_SHARE:
            return None
        self._taken.add(best)
        return best

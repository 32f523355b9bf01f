"""Recognises a file that was renamed and edited: most of its lines are those of a stored post whose file is gone."""

import os
from collections.abc import Container, Iterable
from functools import cached_property

from talks.importing.post_identity import find_lines, find_telling_lines
from talks.importing.sources import files
from talks.models import Post

MOST_MISSING = 300  # with more, the base was probably restored on another machine
_FEWEST = 3
_SAME_SHARE, _SAME_SHARE_OF_SHORT = 0.6, 0.75  # a template makes many lines of short texts the same


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
    def _texts(self) -> dict[int, "_Lines"]:
        lying = ((pk, place) for pk, place in self._posts if os.path.isabs(place))
        missing = [pk for pk, place in lying if place in self._excluded or not files.exists(place)]
        if len(missing) > MOST_MISSING:
            return {}
        rows = Post.objects.filter(pk__in=missing).values_list("pk", "source")
        return {pk: _Lines(source) for pk, source in rows}

    def find(self, text: str) -> int | None:
        """Return the id of the missing post that has the greatest share of lines in common with this text, or None.

        The common lines must be three at least, and 60 % of the long lines of the text that has more. If one of the
        texts has fewer than three long lines, all lines count, and 75 % must be common. None if more than 300 posts are
        missing. A post that was returned once is not returned again.
        """
        if not self._texts:
            return None
        lines = _Lines(text)
        shares = {pk: lines.find_common_share(known) for pk, known in self._texts.items() if pk not in self._taken}
        best = max(shares, key=lambda pk: (shares[pk], -pk), default=None)
        if best is None or not shares[best]:
            return None
        self._taken.add(best)
        return best


class _Lines:
    """The lines of a text: the long ones, which distinguish it from others, and all."""

    def __init__(self, text: str) -> None:
        self.long, self.all = find_telling_lines(text), find_lines(text)

    def find_common_share(self, other: "_Lines") -> float:
        """Return which share of the lines is common if it is great enough, as `Missing.find` says; else 0."""
        short = min(len(self.long), len(other.long)) < _FEWEST
        mine, others = (self.all, other.all) if short else (self.long, other.long)
        common = len(mine & others)
        share = common / max(len(mine), len(others)) if common >= _FEWEST else 0.0
        return share if share >= (_SAME_SHARE_OF_SHORT if short else _SAME_SHARE) else 0.0

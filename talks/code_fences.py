"""Where fenced code of Markdown begins and ends. Pure."""

import re

_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})")
_ITEM_MARKS = re.compile(r"[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")


def match_fence(row: str) -> re.Match[str] | None:
    """Return a match with the groups `indent` and `fence` if a row opens code, at any indentation, else None.

    A row such as "```moss``` is green" opens none: it has backticks behind those that it begins with.
    """
    return _FENCE.match(row) if "```" in row or "~~~" in row else None


def closes_fence(row: str, fence: str) -> bool:
    """Whether a row closes the code that the fence opened: it has at least as many of its sign, and nothing else."""
    row = row.strip(" \t")
    return row.startswith(fence) and not row.strip(fence[0])


def track_fence(row: str, fence: str) -> str:
    """Return the fence that is open after a row, given the one that is open before it; "" for none.

    Code may begin behind the mark of an item.
    """
    if "```" not in row and "~~~" not in row:
        return fence
    if fence:
        return "" if closes_fence(row, fence) else fence
    marks = _ITEM_MARKS.match(row)
    opening = match_fence(row[marks.end() :] if marks else row)
    return opening["fence"] if opening else ""

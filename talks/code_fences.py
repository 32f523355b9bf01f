"""Where code between fences (three or more backticks or tildes) begins and ends in Markdown. Pure."""

import re

_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})")
_ITEM_MARKS = re.compile(r"[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")


def match_fence(row: str) -> re.Match[str] | None:
    """Return a match, with the groups `indent` and `fence`, if a line of Markdown opens fenced code; otherwise None.

    The line may be indented at will. A line such as "```moss``` is green" opens none: more backticks follow the fence.
    """
    return _FENCE.match(row) if "```" in row or "~~~" in row else None


def closes_fence(row: str, fence: str) -> bool:
    """Whether a line of Markdown closes the code that `fence` opened: it has only the fence's sign, as many or more."""
    row = row.strip(" \t")
    return row.startswith(fence) and not row.strip(fence[0])


def track_fence(row: str, fence: str) -> str:
    """Return the fence of code that is open after a line, given the one open before the line; "" if none is open.

    Code may begin behind the mark of a list item.
    """
    if "```" not in row and "~~~" not in row:
        return fence
    if fence:
        return "" if closes_fence(row, fence) else fence
    marks = _ITEM_MARKS.match(row)
    opening = match_fence(row[marks.end() :] if marks else row)
    return opening["fence"] if opening else ""

"""Reads lists written in HTML like lists with marks."""

import re
from collections.abc import Sequence

from talks.parsing.text.lists import Item, read_items

_OPEN = re.compile(r"<[uo]l\b[^<>]*>", re.IGNORECASE)
_CLOSE = re.compile(r"</[uo]l\s*>", re.IGNORECASE)
_OPENS_LIST = re.compile(r"\s*<[uo]l\b", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[uo]l|li|p)\b[^<>]*>", re.IGNORECASE)
_DEEPEST = 20


def read_html_list(rows: Sequence[str], start: int, first_line: int) -> tuple[tuple[Item, ...], int]:
    """Return the items of the list whose first item opens in row `start`, and the index of the row after the list.

    No items are returned if some share a row, since each row must belong to one item, or if text stands before an item
    in its row. Then the index is that of the row after the one that rules them out.
    """
    marked: list[str] = []
    depth, end = 0 if _OPENS_LIST.match(rows[start]) else 1, start
    while end < len(rows) and (end == start or 1 <= depth <= _DEEPEST):
        row = rows[end]
        end += 1
        found = _ITEM.search(row)
        if not found and not marked:
            return (), end  # "<li[Water": no item after all
        if found and (_ITEM.search(row, found.end()) or _TAG.sub("", row[: found.start()]).strip()):
            return (), end
        before = row[: found.start()] if found else ""
        level = depth + len(_OPEN.findall(before)) - len(_CLOSE.findall(before))
        text = _TAG.sub("", row).strip()
        marked.append(f"{'    ' * level}{'* ' if found else '  '}{text}" if found or text else "")
        depth += len(_OPEN.findall(row)) - len(_CLOSE.findall(row))
    return _stretch(read_items(marked, first_line + start), first_line + end - 1), end


def _stretch(items: tuple[Item, ...], last: int) -> tuple[Item, ...]:
    """Return the items, extended over following rows that only have tags: to the next item, the last to line `last`."""
    if not items:
        return ()
    ends = [*(item.line - 1 for item in items[1:]), last]
    return tuple(
        item._replace(
            own_end_line=item.items[0].line - 1 if item.items else end,
            end_line=end,
            items=_stretch(item.items, end),
        )
        for item, end in zip(items, ends, strict=True)
    )

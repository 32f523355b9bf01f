"""How numbers, cut texts and lists are worded for people. Pure."""

from collections.abc import Iterable


def show_count(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: 1 talk, 1,204 talks."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def cut_text(text: str, length: int) -> str:
    """Return the text, with an ellipsis at its end if it has more than `length` characters."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def join_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of a text sorted; spans that touch or overlap become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined

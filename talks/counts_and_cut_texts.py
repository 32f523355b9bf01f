"""How numbers, cut texts and lists are worded for people. Pure."""

from collections.abc import Iterable

_LONGEST_CUT = 24  # a longer word is cut itself


def show_count(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: 1 talk, 1,204 talks."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def cut_text(text: str, length: int) -> str:
    """Return the text; if it has more than `length` characters, cut it behind a word, to `length` with an ellipsis.

    A text without a space near the cut, such as an address, is cut between any two characters.
    """
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    if not text[length - 1].isspace() and (space := kept.rfind(" ")) > max(0, length - _LONGEST_CUT):
        kept = kept[:space]
    return f"{kept.rstrip()}…"


def show_numbers(numbers: Iterable[int]) -> str:
    """Return numbers sorted, with runs drawn together: 1–3, 5."""
    spans = join_spans((number, number + 1) for number in numbers)
    return ", ".join(str(first) if end == first + 1 else f"{first}–{end - 1}" for first, end in spans)


def join_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of a text sorted; spans that touch or overlap become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined

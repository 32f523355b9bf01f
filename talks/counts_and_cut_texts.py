"""Shows numbers with their nouns and runs of numbers as ranges, cuts long texts, and joins spans. Pure."""

from collections.abc import Iterable

_LONGEST_CUT = 24  # a longer word is cut itself


def show_count(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun, like "1 talk" and "1,204 talks"; `nouns` is an irregular plural."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def cut_text(text: str, length: int) -> str:
    """Return a text of at most `length` characters: the text itself or, if it is longer, its beginning and "…".

    It is cut behind a word or, if there is no space near the end, as in an address, between any two characters.
    """
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    if not text[length - 1].isspace() and (space := kept.rfind(" ")) > max(0, length - _LONGEST_CUT):
        kept = kept[:space]
    return f"{kept.rstrip()}…"


def show_numbers(numbers: Iterable[int]) -> str:
    """Return numbers as one text in ascending order, each run of successive ones as a range: "1–3, 5"."""
    spans = join_spans((number, number + 1) for number in numbers)
    return ", ".join(str(first) if end == first + 1 else f"{first}–{end - 1}" for first, end in spans)


def join_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans, pairs of start and end, in ascending order; spans that touch or overlap are joined to one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined

"""How texts for people are worded: numbers with their nouns, long texts cut short. Pure."""


def show_count(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: 1 talk, 1,204 talks."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def cut_text(text: str, length: int) -> str:
    """Return the text, with an ellipsis at its end if it has more than `length` characters."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"

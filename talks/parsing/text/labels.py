"""Splits lines such as "Speaker: Ann Lee" into label and value."""

from talks.names import fold_words


def split_label(text: str) -> tuple[str, str | None]:
    """Return the folded text before the first colon, and the text after it as written: ("speaker", " Ann Lee").

    Without a colon return the whole text folded, and None.
    """
    label, colon, value = text.replace("：", ":").partition(":")
    return fold_words(label), value if colon else None

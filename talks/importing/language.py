"""Detects the language of a post that does not state its language."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from talks.code_fences import track_fence
from talks.line_ends import split_lines

# A longer text makes the result no better, and takes longer.
SAMPLE_LENGTH = 20_000
UNSURE = ""
# English words that no other language of these letters has, or hardly has. A tenth of any English text is such words.
_WORDS = """
    about and are been but from had has how if it not than that the their them there they this were what when which with
    would you your
"""
_ENGLISH = frozenset(_WORDS.split())
_ENGLISH_SHARE, _LEAST_WORDS, _LATIN_SHARE = 0.1, 100, 0.95
_LATIN_WORD, _ASCII = re.compile(r"[a-z]+"), re.compile(r"[\x00-\x7f]+")
# Makes all but letters of ASCII spaces, and letters small: bytes are split into words faster than a pattern finds them.
_SMALL_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalpha() else ord(" ") for code in range(128)).ljust(256)
_NOT_PROSE, _MARK = re.compile(r"`[^`\n]*`|https?://\S+|<[^<>\n]*>"), re.compile(r"[#*_\[\]()|>-]")


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the Markdown's language.

    Return "" if the text has fewer than 40 letters, or no language has a probability of 0.9. Only the first 20,000
    characters are read, without code and addresses.
    """
    prose = _NOT_PROSE.sub(" ", _drop_code(text[:SAMPLE_LENGTH]))
    words = _list_words(prose)
    plain = sum(map(len, words))
    letters = plain if prose.isascii() else plain + sum(map(str.isalpha, _ASCII.sub("", prose)))
    if letters < 40:
        return UNSURE
    if plain >= _LATIN_SHARE * letters and _is_plainly_english(words):
        return "en"
    language, confidence = _load_identifier().classify(_MARK.sub(" ", prose))
    return str(language) if confidence >= 0.9 else UNSURE


def _list_words(prose: str) -> list[str]:
    """Return the runs of the letters a to z in a text, in lower case; any other character, such as "é", ends a run."""
    if prose.isascii():
        return prose.encode().translate(_SMALL_LETTERS).decode().split()
    return _LATIN_WORD.findall(prose.lower())


def _drop_code(text: str) -> str:
    """Return the text without its fenced code; code that is never closed stays, since its fence may be a stray one."""
    if "```" not in text and "~~~" not in text:
        return text
    prose: list[str] = []
    code: list[str] = []
    fence = ""
    for row in split_lines(text):
        inside, fence = fence, track_fence(row, fence)
        (code if inside or fence else prose).append(row)
        if not fence:
            code.clear()
    return "\n".join([*prose, *code])


def _is_plainly_english(words: Sequence[str]) -> bool:
    """Whether a text of these words of the letters a to z is clearly English, so that slow detection is not needed.

    It has 100 words or more, a tenth of them common English ones.
    """
    return len(words) >= _LEAST_WORDS and sum(map(_ENGLISH.__contains__, words)) >= _ENGLISH_SHARE * len(words)


@cache
def _load_identifier() -> Any:
    # The import needs numpy and half a second: done only for a post that states no language.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

"""Detects the language of a post that does not state its language."""

import re
from functools import cache
from typing import Any

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
_LATIN_WORD = re.compile(r"[a-z]+")
_NOT_PROSE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`|https?://\S+|<[^<>\n]*>|[#*_\[\]()|>-]", re.MULTILINE | re.DOTALL)


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the Markdown's language; "" if it has fewer than 40 letters or is unclear.

    Only the first 20,000 characters are read, without code and addresses.
    """
    prose = _NOT_PROSE.sub(" ", text[:SAMPLE_LENGTH])
    letters = sum(map(str.isalpha, prose))
    if letters < 40:
        return UNSURE
    if _is_plainly_english(prose, letters):
        return "en"
    language, confidence = _load_identifier().classify(prose)
    return str(language) if confidence >= 0.9 else UNSURE


def _is_plainly_english(prose: str, letters: int) -> bool:
    """Whether the text, which has `letters` letters, is clearly English, so that slow detection is not needed.

    False for a text of fewer than 100 words.
    """
    words = _LATIN_WORD.findall(prose.lower())
    if len(words) < _LEAST_WORDS or sum(map(_ENGLISH.__contains__, words)) < _ENGLISH_SHARE * len(words):
        return False
    return sum(map(len, words)) >= _LATIN_SHARE * letters


@cache
def _load_identifier() -> Any:
    # The import needs numpy and half a second: done only for a post that states no language.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

"""The language of a post, from its script and its small words; light, and good enough for those we know."""

import re
from collections import Counter
from collections.abc import Iterable

from talks.parsing.words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH = 4000
_LEAST_WORDS = 4
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.2),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.1),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.3),
    ("he", re.compile("[\u0590-\u05ff]"), 0.3),
)


def detect_language(texts: Iterable[str]) -> str:
    """A two-letter code, or "" where the text is too short or too strange to tell."""
    sample, length = [], 0
    for text in texts:
        sample.append(text[: _ENOUGH - length])
        length += len(sample[-1])
        if length >= _ENOUGH:
            break
    text = " ".join(sample)
    letters = sum(c.isalpha() for c in text) or 1
    for language, script, share in _SCRIPTS:
        if len(script.findall(text)) >= share * letters:
            return language
    counts = Counter(word.casefold() for word in _WORD.findall(text))
    scores = {code: sum(counts[word] for word in words) for code, words in STOP_WORDS.items()}
    second, first = sorted(scores.values())[-2:]
    if first < _LEAST_WORDS or first < second + 2:
        return ""
    return max(scores, key=lambda code: scores[code])

"""Spells words of Latin or Greek origin as other languages spell them: "accessibility" is "accessibilité".

The endings of such words correspond regularly: English -ity is French -ité, Spanish -idad, German -ität. Words and
endings are folded.
"""

import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

from talks.search.tokens import DEFAULT_LANGUAGE as ENGLISH

SHORTEST = 7  # letters; the ends of shorter words are alike by chance more often
_FILE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_LANGUAGES = _FILE["languages"].split()
_ENDINGS = [dict(zip(_LANGUAGES, row.split(), strict=True)) for row in _FILE["endings"].strip().splitlines()]


def list_cognates(word: str, languages: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs (language, spelling): a folded word with its ending replaced by that of another language.

    The languages are English and the `languages` in `cognates.toml`. A language that spells the word alike is left out.
    A word shorter than `SHORTEST`, or without an ending of these languages, gives nothing.
    """
    wanted = {language.split("-")[0] for language in languages} | {ENGLISH}
    spoken = [language for language in _LANGUAGES if language in wanted]
    if len(word) < SHORTEST or len(spoken) == 1:
        return
    for endings in _ENDINGS:
        if any(word.endswith(endings[language]) for language in spoken):
            longest = max((endings[one] for one in spoken if word.endswith(endings[one])), key=len)
            for language in spoken:
                if endings[language] != longest:
                    yield language, word.removesuffix(longest) + endings[language]

"""The language of a post that does not say it."""

import re
from functools import cache
from typing import Any

# Longer texts tell no more, and cost more.
SAMPLE_LENGTH = 20_000
UNSURE = ""
_NOT_PROSE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`|https?://\S+|<[^<>\n]*>|[#*_\[\]()|>-]", re.MULTILINE | re.DOTALL)


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language that the markdown is written in; empty where it is too little to tell."""
    prose = _NOT_PROSE.sub(" ", text[:SAMPLE_LENGTH])
    if sum(map(str.isalpha, prose)) < 40:
        return UNSURE
    language, confidence = _load_identifier().classify(prose)
    return str(language) if confidence >= 0.9 else UNSURE


@cache
def _load_identifier() -> Any:
    # It needs numpy, and takes half a second: only who meets a post without a language pays for it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

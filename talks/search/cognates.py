"""Spells words of Latin or Greek origin as other languages spell them: "accessibility" is "accessibilité". Pure.

The endings of such words correspond regularly: English -ity is French -ité, Spanish -idad, German -ität. Words and
endings are folded.
"""

from collections.abc import Collection, Iterator

from talks.search.tokens import DEFAULT_LANGUAGE as ENGLISH

SHORTEST = 7  # letters; the ends of shorter words are alike by chance more often
_LANGUAGES = ("en", "fr", "es", "pt", "it", "de", "nl")
# The endings in the order of the languages; the same ending in several languages needs no correspondence.
_ROWS = """
    ity ite idad idade ita itat iteit
    ities ites idades idades ita itaten iteiten
    ization isation izacion izacao izzazione isierung isatie
    isation isation izacion izacao izzazione isierung isatie
    ation ation acion acao azione ation atie
    ction ction ccion cao zione ktion ctie
    sion sion sion sao sione sion sie
    ology ologie ologia ologia ologia ologie ologie
    graphy graphie grafia grafia grafia graphie grafie
    ism isme ismo ismo ismo ismus isme
    ence ence encia encia enza enz entie
    ency ence encia encia enza enz entie
    ance ance ancia ancia anza anz antie
    ical ique ico ico ico isch isch
    ic ique ico ico ico isch isch
    ture ture tura tura tura tur tuur
    ize iser izar izar izzare isieren iseren
    ise iser izar izar izzare isieren iseren
    ify ifier ificar ificar ificare ifizieren ificeren
"""
_ENDINGS = [dict(zip(_LANGUAGES, row.split(), strict=True)) for row in _ROWS.strip().splitlines()]


def list_cognates(word: str, languages: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield other spellings of a folded word in these languages and English, each after its language."""
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

"""Where in the base a change of the vocabulary may tell."""

from collections import defaultdict
from collections.abc import Iterable

from talks import names
from talks.models import Takeaway, Talk, TalkSource
from talks.vocabulary import fold_plural, load_shipped, split_words, strip_accents


def seek_names(spellings: Iterable[str]) -> set[int]:
    """Talks in whose words, or in titles and tags of whose posts, one of the names may stand. Reads the base once."""
    wanted = {parts for name in _spread(spellings) if (parts := _list_parts(name))}
    found: set[int] = set()
    if not wanted:
        return found
    sources = TalkSource.objects.filter(withdrawn=False)
    for rows in (
        Talk.objects.values_list("pk", "title"),
        Takeaway.objects.filter(withdrawn=False).values_list("talk", "text"),
        sources.values_list("talk", "post__title"),
        sources.exclude(post__tagged=None).values_list("talk", "post__tagged__tag__name"),
    ):
        for talk, text in rows.order_by().iterator(5_000):
            folded = strip_accents(text).casefold()
            if any(all(part in folded for part in parts) for parts in wanted):
                found.add(talk)
    return found


def _spread(spellings: Iterable[str]) -> set[str]:
    """The names, and where one is a shipped entry's, all of the entry's."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for spelling in spellings:
        wanted[names.fold(spelling)].add(spelling)
    for subject in load_shipped():
        if subject.key in wanted:
            wanted[subject.key] |= {way for way, _ in subject.list_spellings()}
    return {name for found in wanted.values() for name in found}


def _list_parts(name: str) -> tuple[str, ...]:
    """The words of a name, as far as singular and plural have them in common, the longest first."""
    words = split_words(name)
    parts = {fold_plural(raw, folded).removesuffix("y") for raw, folded in zip(words.raw, words.folded, strict=True)}
    return tuple(sorted(parts, key=len, reverse=True))

"""The words by which the search finds each talk. Only this module decides on rows of SearchText."""

from collections.abc import Iterable

from talks.models import Appearance, SearchText, TaggedTalk, Takeaway, Talk
from talks.models.bulk import cut
from talks.search import fold_words
from talks.vocabulary import read_plain

_CHUNK = 500


def refresh_search_text(talk_ids: Iterable[int]) -> None:
    """Correct the search text of these talks. Rows that are right already are not written."""
    for chunk in cut(talk_ids, _CHUNK):
        found = _compose(chunk)
        stored = dict(SearchText.objects.filter(talk__in=chunk).values_list("talk", "words"))
        rows = [SearchText(talk_id=talk, words=words) for talk, words in found.items() if stored.get(talk) != words]
        SearchText.objects.bulk_create(rows, update_conflicts=True, unique_fields=["talk"], update_fields=["words"])


def find_stale_search_text() -> list[int]:
    """Return the ids of the talks whose search text is wrong."""
    wrong = []
    for chunk in cut(Talk.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK), _CHUNK):
        stored = dict(SearchText.objects.filter(talk__in=chunk).values_list("talk", "words"))
        wrong += [talk for talk, words in _compose(chunk).items() if stored.get(talk) != words]
    return wrong


def _compose(talk_ids: list[int]) -> dict[int, str]:
    """Compose the words of each talk: a space before and after each word, a line end between separate texts.

    Words of a draft are included only where the whole talk is one: hidden words must not lead readers to a talk.
    """
    texts: dict[int, list[str]] = {}
    talks = Talk.objects.filter(pk__in=talk_ids)
    audiences = {}
    titles = talks.values_list("pk", "audience", "title", "conference__series__name", "conference__year")
    for talk, audience, title, series, year in titles:
        audiences[talk] = audience
        texts[talk] = [title, f"{series or ''} {year or ''}"]
    appearances = Appearance.objects.filter(talk__in=talk_ids).order_by("talk", "position", "pk")
    for talk, speaker, affiliation in appearances.values_list("talk", "speaker__name", "affiliation"):
        texts[talk] += [speaker, affiliation]
    tags = TaggedTalk.objects.filter(content_object__in=talk_ids).order_by("content_object", "tag__folded")
    for talk, tag in tags.values_list("content_object", "tag__name"):
        texts[talk].append(tag)
    for talk, text in Takeaway.objects.seen_with_talk(audiences).in_reading_order().values_list("talk", "text"):
        texts[talk].append(read_plain(text))
    return {
        talk: "".join(f" {words} \n" for text in parts if (words := fold_words(text))) for talk, parts in texts.items()
    }

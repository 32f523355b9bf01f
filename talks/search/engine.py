"""Answers: the talks in which every term of a question stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from talks.models import Takeaway, Talk, TalkQuerySet
from talks.search.plain_terms import Question, fold_words, read_question
from talks.vocabulary import read_plain

MOST_SHOWN = 3
_LONG_FIELDS = (
    "imported post__source post__front_matter post__intro post__intro_html post__outro post__outro_html post__lines "
    "post__diagnostics post__imported"
)


@dataclass(frozen=True)
class Results:
    """What a question found: `talks` to page over, newest first. `error` is a sentence for the one who asked."""

    question: Question
    talks: TalkQuerySet
    staff: bool = False

    @property
    def query(self) -> str:
        """The question as it was understood, for the search box."""
        return self.question.text

    @property
    def error(self) -> str | None:
        """Why nothing could be searched for."""
        return self.question.fault

    def matching(self, talks: Iterable[Talk]) -> dict[int, list[Takeaway]]:
        """For each of the talks its first takeaways in which a term stands, by the talk's row id."""
        found: dict[int, list[Takeaway]] = {talk.pk: [] for talk in talks}
        takeaways = Takeaway.objects.visible(staff=self.staff).filter(talk__in=list(found)).in_reading_order()
        for takeaway in takeaways.with_language().select_related("post__writer").defer(*_LONG_FIELDS.split()):
            shown = found[takeaway.talk_id]
            if len(shown) < MOST_SHOWN and self._stands_in(takeaway.text):
                shown.append(takeaway)
        return found

    def _stands_in(self, text: str) -> bool:
        words = f" {fold_words(read_plain(text))} "
        return any(term in words for term in self.question.terms)


def search(text: str, *, staff: bool = False) -> Results:
    """Talks that may be seen and hold all words of the text, each at the start of a word."""
    question = read_question(text)
    if not question.terms:
        return Results(question, Talk.objects.none(), staff)
    talks = Talk.objects.visible(staff=staff)
    for term in question.terms:
        talks = talks.filter(search_text__words__contains=term)
    return Results(question, talks.newest_first(), staff)

"""Finds what a sentence says that a talk was about: "a talk on moss", "eine Session über Moos war …"."""

import re

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.words.talk_words import BY_WORDS, TALK_WORDS, TOPIC_WORDS
from talks.parsing.words.word_sets import match_any

_SUBTITLE = r"(?<=\w):(?= [A-ZÀ-Þ]\w*(?: \w{1,3})* [A-ZÀ-Þ])"  # of "Roses: The Next Five Years", written in capitals
_TALK_ON = (
    rf"\b(?:{match_any(TALK_WORDS | {'spoke'})})"
    rf"\s+(?:{match_any(TOPIC_WORDS)})\s+"
    r"(?:(?:(?:the|le|el|il|o|das|dem)\s+)?(?:topic|subject|thema|begriff|sujet|tema)\s+(?:of\s+)?)?"
)
_ENDS_WITH_TALK_ON = compile_late(rf"{_TALK_ON}\Z", re.IGNORECASE)
_TOPIC = compile_late(rf"(?i:{_TALK_ON})((?:[^,.;:!?()]|:(?=[:\w])|(?<=:):|{_SUBTITLE}){{4,90}})")
_IS = r"\s+(?:was|were|is|are|war|waren|ist|sind|était|étaient|est|fue|fueron|foi|foram|è|era)\s"
_VERDICT = re.compile(_IS)
# A question and its own verb: "why moss is green".
_QUESTION = compile_late(
    r"(?:why|what|when|where|who|which|how(?! to\b)|warum|was|wann|wo|wer|wie|pourquoi|comment|qué|cómo|por qu[eê]"
    rf"|perché)\b.*?{_IS}",
    re.IGNORECASE,
)
_TOPIC_STARTS = frozenset(words.split()[0] for words in TOPIC_WORDS)
_TALK_ENDS = frozenset(fold_words(word).split()[-1] for word in TALK_WORDS | {"spoke"})
_OF_SPEAKERS = tuple(f"{word} " for word in BY_WORDS)


def find_topic(text: str, most: int | None = None) -> str:
    """Return the topic of the first "talk on …" in the text: "moss" for "a talk on moss was fine".

    Empty if there is none, if "talk on" begins behind the index `most`, or if a word such as "by" follows it.
    """
    match = _TOPIC.search(text) if _may_tell(text) else None
    if not match or (most is not None and match.start() > most):
        return ""
    if match[1].casefold().startswith(_OF_SPEAKERS):
        return ""
    question = _QUESTION.match(match[1])
    verdict = _VERDICT.search(match[1], question.end() - 1 if question else 0)
    return clean_title(match[1][: verdict.start()] if verdict else match[1])


def leads_to_topic(text: str) -> bool:
    """Whether a text ends with "talk on" or the like, so that the topic follows."""
    return _may_tell(text) and bool(_ENDS_WITH_TALK_ON.search(text))


def _may_tell(text: str) -> bool:
    """Whether a text has the words of a phrase such as "talk on", in any place: a fast test, false of most texts."""
    words = text.casefold().split()
    return not (_TOPIC_STARTS.isdisjoint(words) or _TALK_ENDS.isdisjoint(fold_words(text).split()))

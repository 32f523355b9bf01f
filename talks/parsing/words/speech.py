"""Words beside names of people in sentences."""

from talks.parsing.words.word_sets import make_words, read_lists

_LISTS = read_lists("speech.toml")
SPEECH_VERBS = make_words(_LISTS["speech_verbs"])
SAYING_WORDS = make_words(_LISTS["saying_words"])
TOPIC_VERBS = make_words(_LISTS["topic_verbs"])
STAGE_WORDS = make_words(_LISTS["stage_words"])
ASIDE_WORDS = make_words(_LISTS["aside_words"])
THANKS_WORDS = make_words(_LISTS["thanks_words"])
TO_WORDS = make_words(_LISTS["to_words"])
PRONOUNS = make_words(_LISTS["pronouns"])
SELF_WORDS = make_words(_LISTS["self_words"])
FIRST_PERSON_SINGULAR = make_words(_LISTS["first_person_singular"])
FIRST_PERSON_PLURAL = make_words(_LISTS["first_person_plural"])
FIRST_PERSON = FIRST_PERSON_SINGULAR | FIRST_PERSON_PLURAL

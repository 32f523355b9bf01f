"""Headings and closing phrases of text that belongs to no talk."""

from talks.parsing.words.word_sets import list_phrases, make_phrases, make_words, read_lists

_LISTS = read_lists("headings.toml")
OTHER_HEADINGS = make_phrases(_LISTS["other_headings"])
OTHER_OPENINGS = make_phrases(_LISTS["other_openings"])
TITLE_OPENINGS = make_phrases(_LISTS["title_openings"])
ARTICLES = make_words(_LISTS["articles"])
SOCIAL_WORDS = make_words(_LISTS["social_words"])
CHOSEN_WORDS = make_words(_LISTS["chosen_words"])
MEAL_WORDS = make_words(_LISTS["meal_words"])
SEE_ALSO_WORDS = make_words(_LISTS["see_also_words"])
SOURCE_WORDS = make_words(_LISTS["source_words"])
SAID_WORDS = make_words(_LISTS["said_words"])
COLLECTION_WORDS = make_words(_LISTS["collection_words"])
COLLECTED_THINGS = make_words(_LISTS["collected_things"])
LATER_WORDS = make_words(_LISTS["later_words"])
LATER_VERBS = make_words(_LISTS["later_verbs"])
SOFTWARE_HEADINGS = make_phrases(_LISTS["software_headings"])
ABSTRACT_HEADINGS = make_phrases(_LISTS["abstract_headings"])
PROGRAMME_WORDS = make_words(_LISTS["programme_words"])
LINEUP_HEADINGS = make_phrases(_LISTS["lineup_headings"])
SIGN_OFF = list_phrases(_LISTS["sign_off"])

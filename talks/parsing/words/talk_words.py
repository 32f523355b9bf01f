"""Words for talks, kinds of talks and speakers, and the small words that join them."""

from talks.parsing.words.word_sets import list_phrases, make_phrases, make_words, read_lists

_LISTS = read_lists("talk_words.toml")
# Words that are those of a talk only with their accent: an English "conference" is an event.
_WITH_ACCENT = frozenset({"conference", "conferences"})
TALK_WORDS = make_words(_LISTS["talk_words"]) - _WITH_ACCENT
TALK_PLURALS = make_words(_LISTS["talk_plurals"]) - _WITH_ACCENT
ABOUT_TALKS = make_words(_LISTS["about_talks"])
PEOPLE_THERE = make_words(_LISTS["people_there"])
NOTE_WORDS = make_words(_LISTS["note_words"])
SINGLE_TALK = TALK_WORDS - TALK_PLURALS
TALKS_OR_NOTES = TALK_PLURALS | NOTE_WORDS
TALK_OR_NOTES = TALK_WORDS | NOTE_WORDS
KIND_WORDS = make_words(_LISTS["kind_words"])
BY_WORDS = list_phrases(_LISTS["by_words"])
MAKING_WORDS = make_words(_LISTS["making_words"])
WITH_WORDS = make_words(_LISTS["with_words"])
TOPIC_WORDS = frozenset(list_phrases(_LISTS["topic_words"]))
AND_WORDS = list_phrases(_LISTS["and_words"])
AT_WORDS = list_phrases(_LISTS["at_words"])
SPEAKER_LABELS = make_words(_LISTS["speaker_labels"])
TITLE_LABELS = make_words(_LISTS["title_labels"])
UNNAMED_SPEAKERS = make_phrases(_LISTS["unnamed_speakers"])
TALK_TITLE_LABELS = frozenset(list_phrases(_LISTS["talk_title_labels"]))
VENUE_LABELS = make_words(_LISTS["venue_labels"])
ORGANISER_LABELS = make_words(_LISTS["organiser_labels"])
DETAIL_LABELS = make_words(_LISTS["detail_labels"]) | VENUE_LABELS | ORGANISER_LABELS
JUDGING_COLUMNS = make_words(_LISTS["judging_columns"])
VIDEO_LABELS = make_words(_LISTS["video_labels"])
SLIDES_LABELS = make_words(_LISTS["slides_labels"])
RESOURCE_LABELS = VIDEO_LABELS | SLIDES_LABELS | make_words(_LISTS["resource_labels"])
CONTACT_LABELS = make_words(_LISTS["contact_labels"])
WORDS_ABOUT_PEOPLE = make_words(_LISTS["words_about_people"])
PART_WORDS = make_words(_LISTS["part_words"])
PART_LABELS = PART_WORDS | RESOURCE_LABELS | TITLE_LABELS
LINK_FILLERS = make_words(_LISTS["link_fillers"])
MORE_PHRASES = list_phrases(_LISTS["more_phrases"])
NAMELESS_WORDS = make_words(_LISTS["nameless_words"])
JAPANESE_FAMILY_NAMES = make_words(_LISTS["japanese_family_names"])
CHINESE_FAMILY_NAMES = make_words(_LISTS["chinese_family_names"])
PLACE_WORDS = make_words(_LISTS["place_words"])
HONORIFICS = frozenset(list_phrases(_LISTS["honorifics"]))
# "And" between two surnames of one person: "Ana Moss y Roca".
JOINING_PARTICLES = frozenset({"e", "i", "y"})
PARTICLES = JOINING_PARTICLES | frozenset(list_phrases(_LISTS["particles"]))
UNIVERSITIES = frozenset(list_phrases(_LISTS["universities"]))
INSTITUTE_WORDS = make_words(_LISTS["institute_words"])
ORGANISATION_WORDS = INSTITUTE_WORDS | make_words(_LISTS["organisation_words"])
ROLE_WORDS = make_words(_LISTS["role_words"]) - {"co"}  # of "co-founder"

"""Words in and around the names of events."""

from talks.parsing.words.word_sets import list_phrases, make_words, read_lists

_LISTS = read_lists("event_words.toml")
EVENT_NOUNS = make_words(_LISTS["event_nouns"])
GATHERINGS = make_words(_LISTS["gatherings"])
EVENT_COLUMNS = GATHERINGS | make_words(_LISTS["event_columns"])
EVENT_LABELS = make_words(_LISTS["event_labels"])
EVENT_ENDINGS = list_phrases(_LISTS["event_endings"])
NO_EVENTS = make_words(_LISTS["no_events"])
EVENT_REGIONS = frozenset(list_phrases(_LISTS["event_regions"]))
COUNTRIES = make_words(_LISTS["countries"])
CITIES = make_words(_LISTS["cities"])
PLACES = COUNTRIES | CITIES
EVENT_LEADS = make_words(_LISTS["event_leads"])
GATHERING_FOLDERS = make_words(_LISTS["gathering_folders"])
GROUP_WORDS = make_words(_LISTS["group_words"])
FOLDER_WORDS = GATHERING_FOLDERS | make_words(_LISTS["folder_words"])
WORK_FOLDERS = make_words(_LISTS["work_folders"])
TRADE_WORDS = make_words(_LISTS["trade_words"])
NAMING_NOTHING = FOLDER_WORDS | GATHERINGS | TRADE_WORDS

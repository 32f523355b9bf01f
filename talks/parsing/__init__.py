"""The parser: takes the text of a post, returns plain values and diagnostics. No Django, no files, no clock."""

from talks.parsing.corrections import (
    ACTS_IN_WORDS,
    NO_DAY,
    Act,
    Anchor,
    Correction,
    GivenFolder,
    GivenImage,
    describe_correction,
    find_shared_lines,
    make_anchor,
    read_anchor_lines,
    read_correction,
    read_given_folder,
    store_correction,
    store_given_folder,
)
from talks.parsing.diagnostic_catalogue import HINTS_FOR_EDITORS
from talks.parsing.diagnostics import Diagnostic, Severity
from talks.parsing.explanation import explain_post
from talks.parsing.metadata.dated_file_names import find_dated_events
from talks.parsing.metadata.day_labels import find_folder_day
from talks.parsing.metadata.files_without_notes import (
    INDEX_NAMES,
    PASSED_OVER,
    may_be_other,
    recognise_by_name,
    recognise_by_text,
)
from talks.parsing.metadata.folder_facts import (
    HEAD_LENGTH,
    MOST_HEADS,
    NO_FACTS,
    FolderFacts,
    Head,
    read_head,
    says_nothing,
    weigh_folder,
)
from talks.parsing.metadata.hints import NO_HINTS, Hints, read_hints
from talks.parsing.metadata.path_events import PathEvent, lies_among_events
from talks.parsing.pipeline import parse_post
from talks.parsing.plain_records import PlainDiagnostic, make_plain_diagnostic, make_plain_record, merge_repeated
from talks.parsing.records import (
    DAYS,
    YEARS,
    Kind,
    LineupEntry,
    ParsedConference,
    ParsedDay,
    ParsedPost,
    ParsedReference,
    ParsedSpeaker,
    ParsedTakeaway,
    ParsedTalk,
    Passage,
)
from talks.parsing.shown_text import cut_front_matter, find_replaced, read_markdown_lines, read_shown_lines
from talks.parsing.similar_lines import find_divided, find_similar_lines
from talks.parsing.talks.block_cuts import find_words
from talks.parsing.talks.corrected_speakers import split_names
from talks.parsing.talks.title_kinds import names_only_kind
from talks.parsing.text.cleaning import clean_value
from talks.parsing.text.decoding import decode
from talks.parsing.text.embedded_images import EmbeddedImage, find_embedded
from talks.parsing.text.inline import read_definitions, resolve_links
from talks.parsing.web_addresses import HOST_LENGTH, REFERENCE_KINDS, URL_LENGTH, recognise_kind, split_address

PARSER_VERSION = 32
"""Part of each post's digest: raise it whenever the same text may be parsed into another record."""

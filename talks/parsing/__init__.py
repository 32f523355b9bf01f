"""The door of the parser: text in, values out. No Django, no files, no clock."""

from talks.parsing.cleaning import clean_value
from talks.parsing.decoding import decode
from talks.parsing.diagnostics import Diagnostic, Severity
from talks.parsing.explaining import explain_post
from talks.parsing.hints import NO_HINTS, Hints, read_hints
from talks.parsing.inline import resolve_links
from talks.parsing.parsing import parse_post
from talks.parsing.plain_form import make_plain_form
from talks.parsing.records import (
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

PARSER_VERSION = 3
"""Part of the importer's digest: raise it whenever the same text may give another record."""

__all__ = [
    "NO_HINTS",
    "PARSER_VERSION",
    "Diagnostic",
    "Hints",
    "Kind",
    "LineupEntry",
    "ParsedConference",
    "ParsedDay",
    "ParsedPost",
    "ParsedReference",
    "ParsedSpeaker",
    "ParsedTakeaway",
    "ParsedTalk",
    "Passage",
    "Severity",
    "clean_value",
    "decode",
    "explain_post",
    "make_plain_form",
    "parse_post",
    "read_hints",
    "resolve_links",
]

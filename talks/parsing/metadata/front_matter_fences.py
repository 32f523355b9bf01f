"""Finds where front matter ends and the body begins, in each format that blogs use."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from talks.parsing.diagnostics import Diagnostic, Severity
from talks.parsing.words import FRONT_MATTER_KEYS

_KEY_LINE = re.compile(r"[\"']?[^\W\d][\w .-]{0,60}[\"']?\s*(?::(?:\s|$)|=\s)")
_COLON_KEY = re.compile(r"([^\W\d][\w .-]{0,60}):(?:\s|$)")
_EQUALS_KEY = re.compile(r"[A-Za-z][\w.-]{0,60}\s*=")
_AT_KEY = re.compile(r"@[A-Za-z][\w-]{0,60}(?:\s|\Z)")
_LOGSEQ_KEY = re.compile(r"[A-Za-z][\w.-]{0,60}::(?:\s|\Z)")
_TILDES = re.compile(r"~{4,}\s*\Z")
_INSIDE_KEY = re.compile(r"\s+\S|-\s|-$|#")
_FORMATS = {"---": "yaml", "+++": "toml", ";;;": "json"}
_CLOSINGS = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",)}
_LONGEST_OPEN_BLOCK = 200


@dataclass(frozen=True, slots=True)
class Split:
    """Front matter is `lines[start:end]`, the body begins at index `body`; `format` is "" if there is none."""

    format: str
    start: int = 0
    end: int = 0
    body: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


def split_front_matter(lines: Sequence[str]) -> Split:
    """Find the front matter. One that is opened and not closed is an error; a rule at the top is text."""
    if blank := next((number for number, line in enumerate(lines) if line.strip()), 0):
        return _split_late(lines, blank)
    first = lines[0].rstrip()
    if first in _FORMATS:
        return _split_fenced(lines, first)
    if first.startswith("----") and not first.strip("-"):
        return Split("", diagnostics=(_warn_rule(f"{len(first)} dashes"),))
    if re.match(r"\{\s*(?:$|[\"}])", first):
        return _split_json(lines)
    return (
        _split_jbake(lines)
        or _split_at_signs(lines)
        or _split_logseq(lines)
        or _split_hexo(lines)
        or _split_pelican(lines)
        or Split("")
    )


def _split_late(lines: Sequence[str], blank: int) -> Split:
    """Find front matter below blank lines, if it certainly is some; else all is text."""
    split = split_front_matter(lines[blank:])
    if not split.format or split.diagnostics or lines[blank].startswith("{"):
        return Split("")
    message = "Blank lines stand above the front matter; it is read nevertheless."
    late = Diagnostic(Severity.WARNING, "front-matter-late", blank + 1, message, "Begin the file with it.")
    return Split(split.format, split.start + blank, split.end + blank, split.body + blank, (late,))


def _split_jbake(lines: Sequence[str]) -> Split | None:
    """Find `key=value` lines that end at a line of tildes."""
    for index, line in enumerate(lines[:_LONGEST_OPEN_BLOCK]):
        if index and _TILDES.match(line):
            return Split("jbake", 0, index, index + 1)
        if line.strip() and not _EQUALS_KEY.match(line):
            return None
    return None


def _split_at_signs(lines: Sequence[str]) -> Split | None:
    """Find `@key value` lines at the very top, of which one is the title."""
    end = next((index for index, line in enumerate(lines) if not _AT_KEY.match(line)), len(lines))
    titled = any(line.casefold().startswith("@title ") for line in lines[:end])
    return Split("at", 0, end, end) if titled else None


def _split_logseq(lines: Sequence[str]) -> Split | None:
    """Find `key:: value` lines at the very top: the properties of a page of an outliner."""
    end = next((index for index, line in enumerate(lines) if not _LOGSEQ_KEY.match(line)), len(lines))
    return Split("logseq", 0, end, end) if end else None


def _split_fenced(lines: Sequence[str], fence: str) -> Split:
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() in _CLOSINGS[fence]), None)
    first = next((i for i in range(1, len(lines)) if lines[i].strip()), None)
    looks_like_keys = first is not None and bool(_KEY_LINE.match(lines[first]) or lines[first].lstrip()[:1] in "{#")
    if end is None or first is None:
        if not looks_like_keys:
            return Split("", diagnostics=(_warn_rule(f"`{fence}`"),))
        message = f"The front matter that begins with `{fence}` here is not closed."
        hint = f"Put a line of `{fence}` after the last key."
        keys = _split_pelican(lines[1:]) if fence == "---" else None
        if keys and keys.end + 1 < len(lines):
            message += " It is read up to the first blank line."
            told = Diagnostic(Severity.WARNING, "front-matter-unclosed", 1, message, hint)
            return Split(_FORMATS[fence], 1, keys.end + 1, keys.end + 1, (told,))
        return Split("", diagnostics=(Diagnostic(Severity.ERROR, "front-matter-unclosed", 1, message, hint),))
    if first > 1 and not looks_like_keys and first != end:
        return Split("", diagnostics=(_warn_rule(f"`{fence}`"),))
    return Split(_FORMATS[fence], 1, end, end + 1)


def _warn_rule(what: str) -> Diagnostic:
    message = f"The post begins with {what} and no keys follow, so it is read as text without front matter."
    hint = "Front matter begins with a line of exactly three dashes and a `key: value` line."
    return Diagnostic(Severity.WARNING, "rule-at-top", 1, message, hint)


def _split_json(lines: Sequence[str]) -> Split:
    """Find JSON without a fence: an object at the top that ends at its last brace."""
    text = "\n".join(lines)
    try:
        _, length = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        message = f"The post begins with a brace, but what follows is no JSON: {error.msg}."
        return Split("", diagnostics=(_refuse_json(error.lineno, message, error.colno),))
    except (RecursionError, ValueError):
        return Split("", diagnostics=(_refuse_json(1, "The JSON at the top is nested too deeply."),))
    end = text.count("\n", 0, length) + 1
    if text[length : text.find("\n", length) if "\n" in text[length:] else len(text)].strip():
        message = "Text follows the JSON front matter on its last line."
        return Split("", diagnostics=(_refuse_json(end, message),))
    return Split("json", 0, end, end)


def _refuse_json(line: int, message: str, column: int = 1) -> Diagnostic:
    hint = "Correct the JSON front matter, or begin the post with its text."
    return Diagnostic(Severity.ERROR, "front-matter-invalid", line, message, hint, column)


def _split_hexo(lines: Sequence[str]) -> Split | None:
    """Find front matter without an opening fence, with only a `---` below the keys."""
    known = False
    for index, line in enumerate(lines[:_LONGEST_OPEN_BLOCK]):
        if line.rstrip() == "---":
            return Split("yaml", 0, index, index + 1) if known else None
        if match := _COLON_KEY.match(line):
            known = known or match[1].casefold() in FRONT_MATTER_KEYS
        elif line.strip() and (index == 0 or not _INSIDE_KEY.match(line)):
            return None
    return None


def _split_pelican(lines: Sequence[str]) -> Split | None:
    """Find `Title: …` lines at the very top, up to the first blank line, of which the first or two are known keys."""
    known, end = 0, 0
    for index, line in enumerate(lines[:_LONGEST_OPEN_BLOCK]):
        if not line.strip():
            break
        match = _COLON_KEY.match(line)
        if not match and (index == 0 or not line[0].isspace()):
            return None
        if match and match[1].casefold() in FRONT_MATTER_KEYS:
            known += 1
        end = index + 1
    title_first = bool(lines) and lines[0].casefold().startswith("title:")
    return Split("pelican", 0, end, end) if known >= 2 or (known and title_first) else None

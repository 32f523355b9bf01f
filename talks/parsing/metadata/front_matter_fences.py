"""Finds where front matter ends and the body begins, in each format that blogs use."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.words.front_matter_keys import FRONT_MATTER_KEYS

_KEY_LINE = re.compile(r"[\"']?[^\W\d][\w .-]{0,60}[\"']?\s*(?::(?:\s|$)|=\s)")
_COLON_KEY = re.compile(r"([^\W\d][\w .-]{0,60}):(?:\s|$)")
_EQUALS_KEY = re.compile(r"[A-Za-z][\w.-]{0,60}\s*=")
_AT_KEY = re.compile(r"@[A-Za-z][\w-]{0,60}(?:\s|\Z)")
_LOGSEQ_KEY = re.compile(r"[A-Za-z][\w.-]{0,60}::(?:\s|\Z)")
_FROG_KEY = re.compile(r"(?: {4}|\t)[^\W\d][\w .-]{0,60}:(?:\s|\Z)")
_NIKOLA_KEY = re.compile(r"\.\. [A-Za-z][\w-]{0,60}:(?:\s|\Z)")
_META_OPEN = re.compile(r"\{%-?\s*meta\s*-?%\}\s*\Z")
_META_END = re.compile(r"\{%-?\s*end_?meta\s*-?%\}\s*\Z")
META_TAG = re.compile(r"\{%-?\s*meta\s+([A-Za-z][\w-]{0,60})\s*[:=\s]\s*(\S.{0,1000}?)\s*-?%\}\s*\Z")
_TILDES = re.compile(r"~{4,}\s*\Z")
_INSIDE_KEY = re.compile(r"\s+\S|-\s|-$|#")
_FORMATS = {"---": "yaml", "+++": "toml", ";;;": "json"}
_CLOSINGS = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",)}
_LONGEST_OPEN_BLOCK = 200


@dataclass(frozen=True, slots=True)
class Split:
    """Where front matter is: in `lines[start:end]`; the body begins at index `body`.

    `format` is "" without front matter.
    """

    format: str
    start: int = 0
    end: int = 0
    body: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


def split_front_matter(lines: Sequence[str]) -> Split:
    """Return where the front matter is; nothing is read in it. What is wrong is in the result's `diagnostics`.

    Below a `---` that is never closed, front matter with known keys ends at the first blank line, with a warning; other
    front matter without a closing fence is text, with an error. A rule at the top is text, with a warning.
    """
    if blank := next((number for number, line in enumerate(lines) if line.strip()), 0):
        return _split_late(lines, blank)
    first = lines[0].rstrip()
    if first in _FORMATS:
        return _split_fenced(lines, first)
    if first.startswith("----") and not first.strip("-"):
        return Split("", diagnostics=(catalogue.RULE_AT_TOP.at(1, what=f"{len(first)} dashes"),))
    if re.match(r"\{\s*(?:$|[\"}])", first):
        return _split_json(lines)
    return (
        _split_elixir(lines)
        or _split_jbake(lines)
        or _split_nikola(lines)
        or _split_meta_tags(lines)
        or _split_at_signs(lines)
        or _split_logseq(lines)
        or _split_frog(lines)
        or _split_hexo(lines)
        or _split_pelican(lines)
        or Split("")
    )


def _split_late(lines: Sequence[str], blank: int) -> Split:
    """Return where front matter is below blank lines, if that is certain; otherwise all lines are text."""
    split = split_front_matter(lines[blank:])
    if not split.format or split.diagnostics or lines[blank].startswith("{"):
        return Split("")
    late = catalogue.FRONT_MATTER_LATE.at(blank + 1)
    return Split(split.format, split.start + blank, split.end + blank, split.body + blank, (late,))


def _split_elixir(lines: Sequence[str]) -> Split | None:
    """Return where a map written in Elixir, as for NimblePublisher, is above a line of dashes; None without one."""
    if lines[0].rstrip() != "%{":
        return None
    end = next((index for index, line in enumerate(lines[:_LONGEST_OPEN_BLOCK]) if line.rstrip() == "---"), 0)
    return Split("elixir", 0, end, end + 1) if end else None


def _split_jbake(lines: Sequence[str]) -> Split | None:
    """Return where `key=value` lines are above a line of tildes; None without them."""
    for index, line in enumerate(lines[:_LONGEST_OPEN_BLOCK]):
        if index and _TILDES.match(line):
            return Split("jbake", 0, index, index + 1)
        if line.strip() and not _EQUALS_KEY.match(line):
            return None
    return None


def _split_nikola(lines: Sequence[str]) -> Split | None:
    """Return where `.. key: value` lines are at the very top; None unless one of them has the title."""
    return _split_rows(lines, "nikola", _NIKOLA_KEY, title=".. title:")


def _split_frog(lines: Sequence[str]) -> Split | None:
    """Return where `Title: …` and more keys are at the very top, indented like code, above a blank line; else None."""
    end = next((index for index, line in enumerate(lines) if not _FROG_KEY.match(line)), len(lines))
    titled = end > 1 and lines[0].strip().casefold().startswith("title:")
    return Split("frog", 0, end, end) if titled and not "".join(lines[end : end + 1]).strip() else None


def _split_meta_tags(lines: Sequence[str]) -> Split | None:
    """Return where front matter written as tags of a template is at the very top; None without it.

    It is `{% meta %}`, keys and `{% endmeta %}`, or a tag for each key: `{% meta title: "…" %}`.
    """
    if _META_OPEN.match(lines[0]):
        end = next((i for i, line in enumerate(lines[:_LONGEST_OPEN_BLOCK]) if _META_END.match(line)), 0)
        return Split("yaml", 1, end, end + 1) if end and any(map(_KEY_LINE.match, lines[1:end])) else None
    return _split_rows(lines, "meta tags", META_TAG)


def _split_at_signs(lines: Sequence[str]) -> Split | None:
    """Return where `@key value` lines are at the very top; None unless one of them has the title."""
    return _split_rows(lines, "at", _AT_KEY, title="@title ")


def _split_logseq(lines: Sequence[str]) -> Split | None:
    """Return where `key:: value` lines, properties of an outliner's page, are at the very top; None without them."""
    return _split_rows(lines, "logseq", _LOGSEQ_KEY)


def _split_rows(lines: Sequence[str], form: str, key: re.Pattern[str], title: str = "") -> Split | None:
    """Return where lines with keys are at the very top; None unless one of them begins with `title`."""
    end = next((index for index, line in enumerate(lines) if not key.match(line)), len(lines))
    return Split(form, 0, end, end) if any(line.casefold().startswith(title) for line in lines[:end]) else None


def _split_fenced(lines: Sequence[str], fence: str) -> Split:
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() in _CLOSINGS[fence]), None)
    first = next((i for i in range(1, len(lines)) if lines[i].strip()), None)
    looks_like_keys = first is not None and bool(_KEY_LINE.match(lines[first]) or lines[first].lstrip()[:1] in "{#")
    if end is None or first is None:
        if not looks_like_keys:
            return Split("", diagnostics=(catalogue.RULE_AT_TOP.at(1, what=f"`{fence}`"),))
        keys = _split_pelican(lines[1:]) if fence == "---" else None
        if keys and keys.end + 1 < len(lines):
            ended = catalogue.FRONT_MATTER_ENDED.at(1, fence=fence)
            return Split(_FORMATS[fence], 1, keys.end + 1, keys.end + 1, (ended,))
        return Split("", diagnostics=(catalogue.FRONT_MATTER_UNCLOSED.at(1, fence=fence),))
    if first > 1 and not looks_like_keys and first != end:
        return Split("", diagnostics=(catalogue.RULE_AT_TOP.at(1, what=f"`{fence}`"),))
    if lines[first].rstrip() == "%{" and fence == "---":
        return Split("elixir", 1, end, end + 1)
    return Split(_FORMATS[fence], 1, end, end + 1)


def _split_json(lines: Sequence[str]) -> Split:
    """Return where JSON without a fence is: an object at the top up to its last brace.

    If it cannot be read, all lines are text, with a diagnostic.
    """
    text = "\n".join(lines)
    try:
        _, length = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        fault = catalogue.BRACE_WITHOUT_JSON.at(error.lineno, column=error.colno, reason=error.msg)
        return Split("", diagnostics=(fault,))
    except (RecursionError, ValueError):
        return Split("", diagnostics=(catalogue.JSON_TOO_DEEP.at(1),))
    end = text.count("\n", 0, length) + 1
    if text[length : text.find("\n", length) if "\n" in text[length:] else len(text)].strip():
        return Split("", diagnostics=(catalogue.TEXT_BEHIND_JSON.at(end),))
    return Split("json", 0, end, end)


def _split_hexo(lines: Sequence[str]) -> Split | None:
    """Return where keys are above a `---` that no opening fence precedes; None unless one of them is a known key."""
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
    """Return where `Key: value` lines are at the very top, up to the first blank line.

    None unless two keys at least are known ones, or `Title` is the first.
    """
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

"""Recognises files that are not notes, by name or text: licences, templates, indexes, agendas."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from talks.code_fences import track_fence
from talks.names import fold_words
from talks.parsing.metadata.path_titles import read_path_title
from talks.parsing.words.heading_words import PROJECT_HEADINGS
from talks.parsing.words.talk_words import NOTE_WORDS

PASSED_OVER: Mapping[str, str] = MappingProxyType(
    {
        "licence": "a licence",
        "project": "about a project, like CONTRIBUTING or CHANGELOG",
        "agent": "for programs, like CLAUDE or AGENTS",
        "contents": "a table of contents",
        "template": "a template",
        "sample": "a sample of a site generator's theme",
        "agenda": "an agenda without notes",
        "index": "an index of other files",
        "no-notes": "no text that reads like notes",
        "empty": "an empty file",
        "format": "of a format that is not read",
        "folder": "a folder of programs or of an editor",
        "excluded": "excluded by confnotes.toml",
    }
)
"""The reason why a file is passed over, by its code."""

INDEX_NAMES = frozenset({"readme", "index"})
_LICENCES = frozenset({"license", "licence", "licenses", "copying", "unlicense", "notice", "copyright"})
_PROJECT_FILES = """
    contribute contributing contributors code_of_conduct codeofconduct security support changelog changes history
    authors maintainers governance pull_request_template issue_template codeowners funding install installation
    release_notes todo
"""
_PROJECT = frozenset(_PROJECT_FILES.split())
_SURE_PROJECT = frozenset({"contributing", "code_of_conduct", "codeofconduct", "changelog"})
_SURE_LICENCES = frozenset({"license", "licence", "unlicense", "ofl"})
_AGENTS = frozenset({"claude", "agents", "gemini", "copilot-instructions", "cursorrules", "llms", "llms-full"})
_CONTENTS = frozenset({"summary", "_sidebar", "_navbar", "_coverpage", "sidebar", "toc", "table-of-contents"})
_TEMPLATES = frozenset({"template", "templates", "archetypes", "scaffolds", "layouts", "_layouts", "_includes"})
# "obsidian-templates", "_note-templates"; "function-templates" may hold notes.
_NAMED_TEMPLATES = re.compile(
    r"_*(?:obsidian|logseq|notion|hugo|jekyll|hexo|vault|daily|meeting|files?|notes?|pages?|posts?)[-_ ]templates?"
)
# Posts that themes of site generators ship, by the titles in their names.
_SAMPLE_POSTS = """
    welcome-to-jekyll test-markdown sample-markdown markdown-syntax placeholder-text math-typesetting emoji-support
    rich-content text-and-typography write-a-new-post customize-the-favicon flake-it-till-you-make-it hamlet-monologue
    first-blog-post long-blog-post mdx-blog-post creating-a-new-theme goisforlovers hugoisforlovers
    2015-01-15-pirates 2015-01-19-soccer 2015-01-27-dear-diary
"""
_SAMPLES = frozenset(_SAMPLE_POSTS.split())
_DATE = re.compile(r"\d{4}-\d\d-\d\d-")
# A line of machine code or of a dump: "  0010: c0d2".
_DUMPED = re.compile(r"\s*(?:0x)?[0-9a-f]{4,16}:?\s+[0-9a-f]{2,16}\b")
_AGENDAS = frozenset({"schedule", "schedules", "agenda", "agendas", "timetable", "program", "programme"})
_PROGRAM_FILES = """
    requirements requirements-dev constraints robots humans ads cmakelists manifest security version runtime
    makefile dockerfile gemfile rakefile procfile cname vagrantfile jenkinsfile brewfile podfile
"""
_OTHER_TEXTS = frozenset(_PROGRAM_FILES.split())
# Placeholders of templates, in a heading or under a key: "# {{title}}", "speaker: <% speaker %>".
_PLACEHOLDER = re.compile(
    r"^(?:#{1,6} +|[\w -]{1,30}: *[\"']?).{0,40}(?:\{\{ *[\w .:|-]{1,60}\}\}|<%[^%]{1,60}%>|<[a-z][a-z _-]{2,20}>)",
    re.MULTILINE,
)
_HEADING = re.compile(r"^#{1,6} +(\S.*)$", re.MULTILINE)
_USE = "how to use "
_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)|!?\[\[[^\[\]]*\]\]|<doc:[^<>]*>|<?https?://[^\s<>]+>?")
_LOCAL_LINK = re.compile(r"(?<!!)\[[^\[\]]*\]\((?![a-z]+://|#)[^()\s]+\)|(?<!!)\[\[[^\[\]]+\]\]|<doc:[^<>]+>")
# A link to a file of notes in the same repository.
_NOTES_LINK = re.compile(
    r"\]\((?:(?![a-z]+:)[^()\s]+|https?://(?:www\.)?(?:github|gitlab)\.com/[^()\s]+)\.(?:md|markdown|rst|txt)\)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^#{1,6} ", re.MULTILINE)
# A link by label to a file beside this one, by its name alone or by its address in the repository.
_LABELLED = re.compile(r"(?<!!)\[[^\[\]]+\]\[[^\[\]]*\]")
_LOCAL_LABEL = re.compile(
    r"^ {0,3}\[[^\[\]]+\]: +<?(?!#)(?:(?![a-z]+:)\S+|https?://(?:www\.)?(?:github|gitlab)\.com/\S{1,200}/\S{1,200}\.(?:md|markdown|rst|txt))>?\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_LABEL_ROW = re.compile(r" {0,3}\[[^\[\]]+\]: ")
# The contents of documentation that Sphinx makes: names of files, indented below a line of its own.
_TOCTREE = re.compile(r"^ *(?:\.\. |```{)toctree(?:::|})", re.MULTILINE)
_ABOUT_FOLDER = re.compile(
    r"\b(?:this|these)\s+(?:repo|repository|folder|directory|collection|are\s+(?:my|the|some)\s+notes)\b"
    r"|\b(?:my|our|personal|collection of|contains|repository for|repo for)\s+(?:\w+\s+){0,2}notes\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\d:])\d{1,2}[:.h]\d{2}(?!\d)|\b\d{1,2}\s?[ap]m\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+\S|#{1,6}\s|[=-]{3,}\s*\Z|>\s")
_UNDERLINE = re.compile(r"[=-]{3,}\s*\Z")
_SITE_PAGE = re.compile(r"\{[{%]|<nav\b|<script\b[^>]*\bsrc=|<form\b", re.IGNORECASE)
_ITEM = re.compile(r"^\s*[*+-]\s", re.MULTILINE)
_NESTED = re.compile(r"(?:\t| {2,})(?:[*+-]|\d{1,3}[.)])\s+\S")
_LEAST_LINKS = 3
_LEAST_PLACEHOLDERS = 2
_LEAST_ABOUT = 2
_SHORT, _LONGEST_ABOUT = 60, 200  # words
_ITEMS = 3


def recognise_by_name(path: str) -> str | None:
    """Return the code in `PASSED_OVER` of a file whose path shows that it is not notes, else None."""
    *folders, last = path.replace("\\", "/").split("/")
    stem = last.partition(".")[0].casefold() if not last.startswith(".") else last[1:].casefold()
    plain = stem.replace(" ", "_").replace("-", "_")
    named = [folder.casefold() for folder in folders]
    if any(folder in _TEMPLATES or _NAMED_TEMPLATES.fullmatch(folder) for folder in named):
        return "template"
    shouted = last.partition(".")[0].isupper() or not last.partition(".")[0].isalpha()
    if plain.split("_")[0] in _SURE_LICENCES or (shouted and plain in _LICENCES):
        return "licence"
    if plain in _SURE_PROJECT or (shouted and plain in _PROJECT):
        return "project"
    if stem in _SAMPLES or _DATE.sub("", stem, count=1) in _SAMPLES:
        return "sample"
    if stem == "404":
        return "no-notes"
    if shouted and stem in _AGENTS:
        return "agent"
    if shouted and stem in _CONTENTS:
        return "contents"
    return "template" if stem in _TEMPLATES or stem.endswith(("-template", "_template", " template")) else None


def may_be_other(path: str) -> bool:
    """Whether `recognise_by_text` must read a file that `recognise_by_name` lets pass: it may be no notes."""
    *folders, last = path.replace("\\", "/").split("/")
    stem, _, ending = last.partition(".")
    if ending.casefold() in ("", "txt", "html") or stem.casefold() in INDEX_NAMES or "template" in path.casefold():
        return True
    return bool({part.casefold() for part in (stem, *folders[-1:])} & _AGENDAS) or _is_called_like(stem, folders[-1:])


def recognise_by_text(path: str, text: str, beside: Collection[str]) -> str | None:
    """Return the code in `PASSED_OVER` of a file whose text shows that it is not notes, else None.

    `beside` are the names of the other files in its folder.
    """
    *folders, last = path.replace("\\", "/").split("/")
    stem, _, ending = last.partition(".")
    if len(_PLACEHOLDER.findall(text)) >= _LEAST_PLACEHOLDERS:
        return "template"
    if ending.casefold() == "html" and (stem.casefold() in INDEX_NAMES or _SITE_PAGE.search(text)):
        return "no-notes"
    listed = {folder.casefold() for folder in folders[-1:]} | {stem.casefold()}
    if listed & _AGENDAS and not _holds_notes(text) and (_TIME.search(text) or not _ITEM.search(text)):
        return "agenda"
    if (not ending or ending.casefold() == "txt") and not reads_like_notes(stem, text):
        return "no-notes"
    opens = stem.casefold() in INDEX_NAMES
    if opens and _TOCTREE.search(text):
        return "index"
    if opens and _is_about_project(text):
        return "index"
    if opens and _links_its_sections(text):
        return "index"
    called_like = _is_called_like(stem, folders[-1:])
    short = (opens and bool(beside)) or (called_like and bool(_LOCAL_LINK.search(text)))
    if (opens or called_like) and _is_index(text, short=short):
        return "index"
    return None


def _is_about_project(text: str) -> bool:
    """Whether two headings at least are those of a README of software: "Usage", "How to use Moss"."""
    headings = map(fold_words, _HEADING.findall(text))
    return sum(heading in PROJECT_HEADINGS or heading.startswith(_USE) for heading in headings) >= _LEAST_ABOUT


def _is_called_like(stem: str, folders: list[str]) -> bool:
    """Whether a file has the name of its folder, with at most one word more: "2026-Moss/2026 Moss Conference.md"."""
    own = fold_words(stem).split()
    names = [fold_words(folder.rpartition(".")[0] or folder).split() for folder in folders]
    return any(
        "".join(name) == "".join(own) or (set(name) < set(own) and len(own) == len(name) + 1) for name in names if name
    )


def _is_index(text: str, *, short: bool) -> bool:
    """Whether a text mostly links to files; with `short`, it is enough that it has few words and hardly a list.

    Few are 60, or 200 in a text that says what its folder holds. False for a text with a block of code, and for a text
    with nested items and fewer than three links.
    """
    labelled = len(_LABELLED.findall(text)) if len(_LOCAL_LABEL.findall(text)) >= _LEAST_LINKS else 0
    links = len(_LOCAL_LINK.findall(text)) + labelled
    lines = [line for line in text.split("\n") if line.strip() and not _LABEL_ROW.match(line)]
    rest = [words for line in lines if (words := _LINK.sub(" ", line).split()) and not line.lstrip().startswith("#")]
    prose = sum(map(len, rest))
    if (_NESTED.search(text) and links < _LEAST_LINKS) or _has_fence(text):
        return False
    linked = (_LINK.search(line) or (labelled and _LABELLED.search(line)) for line in lines)
    noted = sum(
        bool(_MARKDOWN.match(line)) and not link
        for line, link in zip(lines, linked, strict=True)
        if not line.startswith("#") and not _UNDERLINE.match(line)
    )
    if links >= _LEAST_LINKS and links >= noted and links * 3 >= len(lines) // 2:
        return True
    longest = _LONGEST_ABOUT if _ABOUT_FOLDER.search(text) else _SHORT
    return short and prose <= longest and noted < _ITEMS and not links >= len(lines)


def _links_its_sections(text: str) -> bool:
    """Whether three sections at least, and half of those with text, are short and link to a file of notes.

    False for a text with a block of code.
    """
    sections = [section for section in _SECTION.split(text)[1:] if section.partition("\n")[2].strip()]
    linked = sum(bool(_NOTES_LINK.search(section)) and len(section.split()) <= _SHORT for section in sections)
    return linked >= _LEAST_LINKS and 2 * linked >= len(sections) and not _has_fence(text)


def _has_fence(text: str) -> bool:
    return any(track_fence(line, "") for line in text.split("\n"))


def _holds_notes(text: str) -> bool:
    return len(_NESTED.findall(text)) >= _ITEMS


def reads_like_notes(stem: str, text: str) -> bool:
    """Whether a plain text is prose or lists, rather than a program, a list of packages or a page for robots.

    A word for notes in the file's name is enough, unless the text begins as programs and markup do.
    """
    if stem.casefold() in _OTHER_TEXTS or text.startswith(("#!", "<?", "<!")) or "\0" in text:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    if 2 * sum(bool(_DUMPED.match(line)) for line in lines) > len(lines):
        return False
    marked = sum(bool(_MARKDOWN.match(line)) for line in lines)
    words = sum(len(line.split()) for line in lines)
    titled = bool(set(fold_words(read_path_title(stem)).split()) & NOTE_WORDS)
    return bool(lines) and (marked >= _ITEMS or (words >= _SHORT // 2 and words >= _ITEMS * len(lines)) or titled)

"""Every diagnostic code of the parser is documented, and every documented code exists."""

import re
from pathlib import Path

from talks.parsing.metadata.hints import NO_HINTS

ROOT = Path(__file__).parents[2]
SOURCES = [
    *(ROOT / "talks" / "parsing").rglob("*.py"),
    ROOT / "talks" / "management" / "commands" / "parse_posts.py",
    ROOT / "talks" / "importing" / "sources" / "pandoc.py",
    ROOT / "talks" / "importing" / "sources" / "texts.py",
]
CODE = re.compile(
    r'(?:Severity\.\w+,\s*|FrontMatterError\(\s*|_warn\(\s*(?:meta,\s*)?|_note\(\s*|_refuse\(\s*)f?"([a-z0-9{}-]{5,})"'
)
MADE = {"{what}-type": ["title", "tag", "alias"], "{what}-too-long": [], "{what}-too-many": ["tag", "alias"]}
CUT = ["title", "tag", "alias", "author", "slug", "url", "language"]


def find_codes() -> set[str]:
    found = {code for path in SOURCES for code in CODE.findall(path.read_text(encoding="utf-8"))}
    made = {f"{name}-type" for name in MADE["{what}-type"]} | {f"{name}-too-many" for name in MADE["{what}-too-many"]}
    return {code for code in found if "{" not in code} | made | {f"{name}-too-long" for name in CUT}


def test_codes_are_documented():
    text = (ROOT / "docs" / "writing-posts.md").read_text(encoding="utf-8")
    section = text[text.index("## What confnotes may say") :]
    documented = {
        code
        for row in section.splitlines()
        if row.startswith("| `")
        for code in re.findall(r"`([a-z0-9-]+)`", row.split("|")[1])
    }
    assert documented == find_codes()


def test_hints_are_documented():
    text = (ROOT / "docs" / "writing-posts.md").read_text(encoding="utf-8")
    section = text[text.index("## Settling it") : text.index("## Limits")]
    assert {row.split("`")[1] for row in section.splitlines() if row.startswith("| `")} == {*NO_HINTS.__slots__} - {
        "usual_certainty"
    }  # the site's setting

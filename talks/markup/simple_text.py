"""Renders simple markdown, which most notes are, in a fraction of the parser's time. Pure.

The HTML equals that of the parser and the allow-list; other markdown is left to these.
"""

import re

_LONGEST = 20_000
_MOST_LINKS = 200
# Text that is its own HTML: no line begins like a list, and no character is special in markdown.
_PLAIN = r"(?:[^\s\x00-\x20\x7f\\`*_{}\[\]<>&#|~=:]++|:(?!//)| (?!\s|\Z))"
_LINE = rf"(?:[^\W\d_]|[\"'“‘«(@$…]|\d++(?![.)])){_PLAIN}*+"
_LINES = re.compile(rf"{_LINE}(?:\n{_LINE})*+")
_WORDS = r"[^\s\x00-\x20\x7f\\`*_{}\[\]<>&#|~=:!](?: ?[^\s\x00-\x20\x7f\\`*_{}\[\]<>&#|~=:])*"
_ADDRESS = r"https?://(?:[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*\.)+[a-zA-Z]{2,24}(?:[/?#][a-zA-Z0-9/?#=%.,+;_-]*)?"
# An external link, code, and strong words between spaces or brackets; what stands before a sign is looked at behind it,
# since Python finds the first sign of a pattern fast.
_MARKED = re.compile(
    rf"\[(?<!!\[)(?P<shown>{_WORDS})\]\((?P<address>{_ADDRESS})\)"
    r"|`(?<!``)(?P<code>[^\s`\\&<>|\x00-\x20\x7f](?: ?[^\s`\\&<>|\x00-\x20\x7f])*)`(?!`)"
    rf"|\*\*(?:(?<=[\s(]\*\*)|(?<!.\*\*))(?P<strong>{_WORDS})\*\*(?=[\s),.;]|\Z)"
)


def render_simple(text: str) -> str | None:
    """Return the HTML of the text, without `<p>`; None if the text is not simple, too long or has too many links."""
    if len(text) > _LONGEST or text.count("[") > _MOST_LINKS:
        return None
    if not ("[" in text or "`" in text or "*" in text):
        return text if _LINES.fullmatch(text) else None
    return _MARKED.sub(_show, text) if _LINES.fullmatch(_MARKED.sub("x", text)) else None


def _show(match: re.Match[str]) -> str:
    if shown := match["shown"]:
        return f'<a href="{match["address"]}" rel="nofollow noopener">{shown}</a>'
    return f"<code>{match['code']}</code>" if match["code"] else f"<strong>{match['strong']}</strong>"

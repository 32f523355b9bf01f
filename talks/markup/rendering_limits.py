"""Limits of a block of markdown, so that rendering takes less than a second.

Python-Markdown takes quadratic time and deep recursion for some texts.
"""

import re

LONGEST = 20_000  # characters
MOST = {
    "\n": (2_000, "lines"),
    "[": (500, "opening brackets"),
    "`": (1_500, "backticks"),
    "*": (4_000, "asterisks"),
    "_": (4_000, "underscores"),
}
LONGEST_RUN = 200  # of a sign of emphasis
MOST_STEPS = 1_500_000  # each opening bracket is followed to its closing one, or to the end
DEEPEST = 20
GROWTH, HEADROOM = 10, 2_000

_RUN = re.compile(rf"([*_~])\1{{{LONGEST_RUN}}}")
_BRACKET = re.compile(r"[\[\]()]")
_NESTING = re.compile(r"[ \t]*(?:(?:>|[-+*][ \t]|\d+[.)][ \t])[ \t]*)+")
_MARKER = re.compile(r">|[-+*](?=[ \t])|\d+[.)]")
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:[^"<>]|"[^"]*")*>')
_NOT_NESTED = frozenset(["br", "code", "hr", "img", "li", "p", "pre", "table", "tbody", "td", "th", "thead", "tr"])

_TOO_DEEP = f"The markup is nested more than {DEEPEST} levels deep."


def find_excess(text: str) -> str | None:
    """Return a sentence that says why rendering the text would take too long; None if it would not."""
    if len(text) > LONGEST:
        return f"The text is longer than {LONGEST:,} characters."
    for sign, (most, name) in MOST.items():
        if text.count(sign) > most:
            return f"The text holds more than {most:,} {name}."
    if _RUN.search(text):
        return f"The text holds more than {LONGEST_RUN} signs of emphasis in a row."
    if text.count("[") * len(text) > MOST_STEPS and _count_steps(text) > MOST_STEPS:
        return "The text holds too many brackets that are not closed."
    if any(_count_levels(line) > DEEPEST for line in text.split("\n")):
        return _TOO_DEEP
    return None


def find_growth(shown: str, text: str) -> str | None:
    """Return a sentence that says why the rendered HTML is too large or too deep to show; None if it is not."""
    if len(shown) > GROWTH * len(text) + HEADROOM:
        return f"The markup grows to more than {GROWTH} times its length."
    if shown.count("<") > 2 * DEEPEST and _measure_depth(shown) > DEEPEST:
        return _TOO_DEEP
    return None


def _count_steps(text: str) -> int:
    """Return the sum of the distances, in characters, from each opening bracket to its closing one.

    If a bracket has none, its distance to the end of the text counts.
    """
    steps = 0
    opened: dict[str, list[int]] = {"]": [], ")": []}
    for bracket in _BRACKET.finditer(text):
        place, sign = bracket.start(), bracket[0]
        if sign == "[":
            opened["]"].append(place)
        elif sign == "(":
            opened[")"].append(place)
        elif opened[sign]:
            steps += place - opened[sign].pop()
    return steps + sum(len(text) - place for places in opened.values() for place in places)


def _count_levels(line: str) -> int:
    """Return how many levels of lists and quotes a line begins with, by its marks and its indentation."""
    opening = _NESTING.match(line)
    if not opening:
        return 0
    indent = opening[0].expandtabs(4)
    return len(_MARKER.findall(indent)) + (len(indent) - len(indent.lstrip())) // 4


def _measure_depth(shown: str) -> int:
    depth = deepest = 0
    for tag in _TAG.finditer(shown):
        if tag[2] not in _NOT_NESTED:
            depth += -1 if tag[1] else 1
            deepest = max(deepest, depth)
    return deepest

"""How many takeaways are rendered in a second, and how long the slowest text takes.

    python bench/markup.py

Nothing is asserted; a text of 20,000 characters is meant to stay below a second.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from talks.markup import render, rendering_limits

USUAL = {
    "plain": "Measure first, since the slow part is seldom where everybody in the room expects it to be",
    "a little markup": "Measure *first*: see [the paper](https://example.org/a.pdf), `perf` and https://example.org/x",
    "blocks": "One **thing**\nover two lines.\n\n- first\n- second\n  - third\n\nAnd a [link](day-3.md).",
    "table": "| name | time |\n|------|-----:|\n| one  |  1 ms |\n| two  |  2 ms |",
    "code": "```py\nfor line in lines:\n    print(line)\n```",
}
SIGNS = [
    "*", "**", "_", "__", "`", "```", "~~", "[", "![", "](", "[a](", "[a]: ", ")", "<", ">", "<b>", "<a href=", "<!--",
    "&", "&amp;", "\\", "\n", "\n\n", " ", "    ", "- ", "1. ", "> ", "# ", "|", "=", "\"", "a", "é", "https://x", "@",
]  # fmt: skip


def main():
    for name, text in USUAL.items():
        kind = name if name in {"table", "code"} else "paragraph"
        print(f"{name:28} {count_a_second(text, kind):8,.0f} a second")
    print()
    for seconds, text, fault in find_slowest(1_000)[:5]:
        print(f"{seconds * 1000:7.0f} ms  {text[:30]!r} … {fault or ''}")


def count_a_second(text, kind):
    started, count = time.perf_counter(), 0
    while time.perf_counter() - started < 0.5:
        render(text, kind=kind)
        count += 1
    return count / (time.perf_counter() - started)


def find_slowest(tries):
    """Return the text that takes longest to render, as (seconds, text, fault of its rendering).

    Each text has the greatest length that is rendered and repeats one sign or, in `tries` texts, a few random ones.
    """
    dice = random.Random(17)
    units = [*SIGNS, *("".join(dice.choices(SIGNS, k=dice.randint(2, 5))) for _ in range(tries))]
    found = []
    for unit in units:
        text = ("".join(dice.choices(SIGNS, k=2)) + unit * rendering_limits.LONGEST)[: rendering_limits.LONGEST]
        started = time.perf_counter()
        fault = render(text).fault
        found.append((time.perf_counter() - started, text, fault))
    return sorted(found, key=lambda entry: -entry[0])


if __name__ == "__main__":
    main()

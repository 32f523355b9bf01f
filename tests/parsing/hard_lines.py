"""Parses posts with lines of one repeated sign, in each construct, and prints those that take too long.

Run in a process of its own with a hard limit: `python -m tests.parsing.hard_lines LENGTH SECONDS`.
"""

import sys
import time
from collections.abc import Iterator

from talks.markup import render
from talks.parsing import find_replaced, parse_post, read_shown_lines

SIGNS = (
    *" \t[*_`>-|7\\(<#!~:={%&^\"'.,@+/a",
    "[[",
    "](",
    "![",
    "==",
    "%%",
    "<!--",
    "- ",
    "* a",
    "[^1]",
    "-|",
    " a",
    "{{",
)


def make_posts(sign: str, length: int) -> Iterator[tuple[str, str, str]]:
    """Yield (construct, name of the post, its text)."""
    run = (sign * length)[:length]
    talk = "# FooConf 2019\n\n## A Title – Ann Lee\n\n"
    yield "heading", "a.md", f"# A{run}b\n\n- x\n"
    yield "title of a talk", "a.md", f"# FooConf 2019\n\n## A {run} by Ann Lee\n\n- x\n\n## B – Bob Roy\n- y\n"
    yield "item", "a.md", f"{talk}- x{run}y\n- z\n"
    yield "paragraph", "a.md", f"{talk}x{run}y\n"
    yield "row of a table", "a.md", f"| talk | speaker |\n|---|---|\n| x{run}y | Ann Lee |\n"
    yield "definition", "a.md", f"{talk}[a][b{run}]\n\n[a]: {run}\n[b{run}]: http://x.example\n[^1]: {run}\n"
    yield "front matter", "a.md", f"---\ntitle: {run}\nx{run}: y\n---\n\n{talk}"
    yield "start of a line", "a.md", f"{talk}{run}\n"
    yield "name", f"{run}.md", f"{talk}- x\n"


def find_slow(length: int, most: float) -> Iterator[str]:
    """Yield the posts that take longer than allowed."""
    for sign in SIGNS:
        for construct, name, text in make_posts(sign, length):
            start = time.process_time()
            post = parse_post(text, name=name)
            read_shown_lines(text)
            find_replaced(text)
            for talk in post.talks:
                for takeaway in talk.walk():
                    render(takeaway.text, kind=takeaway.kind.value)
            if (taken := time.process_time() - start) > most:
                yield f"{sign!r} in {construct}: {taken:.1f} s"


if __name__ == "__main__":
    slow = list(find_slow(int(sys.argv[1]), float(sys.argv[2])))
    print("\n".join(slow))
    sys.exit(bool(slow))

#!/usr/bin/env python3
"""How fast posts are parsed: `python bench/parse.py [--profile | --signs]`.

Measures the corpus of real posts (or tests/posts, where there is none), one post of 2 MB, and texts that
make careless parsers slow: each twice, once doubled, and the time for double the text is at most 2.2 times.
With `--signs`: one sign over and over in each construct of a post, where double the text takes at most 2.5 times.
"""

import argparse
import cProfile
import gc
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talks.parsing import parse_post  # noqa: E402
from tests.parsing.hard_lines import SIGNS, make_posts  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "posts"
SECTION = (
    "## Talk number {0} by Ann Lee (Initech)\n\nShe told of *many* things, see [here](https://a.example/{0}).\n\n"
    + ("* a point that is about as long as points are, number {0}\n    * one below it, with `code` and **more**\n" * 20)
)
UNITS = {
    "brackets": "[",
    "links": "[a](",
    "images": "![",
    "code": "`a",
    "stars": "* ",
    "quotes": "> ",
    "tags": "<a ",
    "braces": "{{",
    "tables": "|a|b|\n|-|-|\n",
    "headings": "# A by Ann Lee\n",
    "bare headings": "## a\n\n",
    "bullets": "* a\n",
    "numbers": "1. a\n\n",
    "bold lines": "**A b by Ann Lee**\n\nx\n\n",
    "definitions": "[a]: http://a.example\n",
    "names": "Ann Lee and ",
    "commas": "Ann, ",
    "dashes": "a - ",
    "html": "<p>a\n",
    "fences": "```\n\n",
    "wrapped": "words\n",
    "nested": "  * a\n    * b\n",
    "paragraphs": "“A b” by Ann Lee.\n\n",
}


def measure(text: str, name: str = "bench.md") -> float:
    """Return the seconds of processor time for parsing the text, the fewer of two tries.

    Python's garbage collector is off, since it takes longer the more objects there are; imports let it run seldom.
    """
    best = float("inf")
    gc.collect()
    gc.disable()
    for _ in range(2):
        start = time.process_time()
        parse_post(text, name=name)
        best = min(best, time.process_time() - start)
    gc.enable()
    return best


def bench_corpus() -> None:
    """Print how many real posts, and megabytes of them, are parsed in a second."""
    folder = CORPUS if CORPUS.exists() else ROOT / "tests" / "posts"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
    seconds = sum(measure(text) for text in texts)
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} posts of {folder}: {len(texts) / seconds:.0f} posts/s, {size / seconds:.2f} MB/s")


def make_large(size: int) -> str:
    """Return a post of about `size` bytes: usual talks of twenty takeaways, as many as fit."""
    count = size // len(SECTION.format(100))
    return "---\ntitle: FooConf 2019\n---\n" + "\n".join(SECTION.format(number) for number in range(count))


def bench_double(name: str, make: Callable[[int], str], size: int) -> None:
    """Print the times for the text that `make` returns for this size and for double the size."""
    once, twice = measure(make(size)), measure(make(2 * size))
    ratio = twice / once
    mark = "" if ratio <= 2.2 or twice < 0.05 else "   <-- more than linear"
    print(f"{name:14} {size / 1e6:.2f} MB {once:7.3f} s, doubled {twice:7.3f} s, ratio {ratio:.2f}{mark}")


def bench_signs(length: int) -> None:
    """Print each sign and construct of a post that takes more than 2.5 times as long for double as many of the sign.

    The last line says how many times as long the worst of those takes that take a measurable time.
    """
    worst = 0.0
    for sign in SIGNS:
        for once, twice in zip(make_posts(sign, length), make_posts(sign, 2 * length), strict=True):
            seconds, doubled = (measure(text, name) for _, name, text in (once, twice))
            ratio = doubled / seconds if doubled >= 0.1 else 0.0
            worst = max(worst, ratio)
            if ratio > 2.5:
                print(f"{sign!r} in {once[0]}: {seconds:.3f} s, doubled {doubled:.3f} s, ratio {ratio:.2f}")
    print(f"one sign {length:,} times: at most {worst:.2f} times as long for double of it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="store_true", help="say where the time goes for a post of 1 MB")
    parser.add_argument("--signs", action="store_true", help="measure posts that hold one sign over and over")
    given = parser.parse_args()
    if given.signs:
        bench_signs(50_000)
        return
    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(parse_post, make_large(1_000_000), name="bench.md")
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    bench_corpus()
    bench_double("2 MB post", make_large, 1_000_000)
    for name, unit in UNITS.items():
        bench_double(name, lambda size, unit=unit: "# T by Ann Lee\n\n" + unit * (size // len(unit)), 100_000)


if __name__ == "__main__":
    main()

"""Random texts for the parser: it must not raise, and lose no line. `python -m tests.parsing.fuzz CASES` runs more."""

import random
import sys
from pathlib import Path

from talks.parsing import Kind, ParsedPost, parse_post
from tests.parsing.conservation import find_misplaced

POSTS = Path(__file__).parents[1] / "posts"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "posts"
PIECES = (
    "# A",
    "## Talk – Ann Lee",
    "#### x",
    "####",
    "* a",
    "** b",
    "- c",
    "  - d",
    "\t* e",
    "1. f",
    "   2) g",
    "•h",
    "> q",
    "```",
    "~~~",
    "---",
    "+++",
    "===",
    "",
    "  ",
    "[x]: http://a.example",
    "[t](http://b.example",
    ") z",
    "|a|b|",
    "|-|-|",
    "<p>para</p>",
    "<h3>H</h3>",
    "<!-- c",
    "-->",
    "* a <!-- c --> b",
    "%%",
    "* d %%c%%",
    "> %%c",
    "[//]: # (c)",
    "see [[A b|c]] ==d== ^abc123",
    "> [!tip] e",
    "id:: f",
    "- ## g",
    ":LOGBOOK:",
    ":END:",
    "h[^1] i",
    "[^1]: j",
    "#k #l",
    "{{< m >}}",
    "<N o='p'>",
    ":::q",
    "!!! r",
    "^[s]",
    "{% comment %}",
    "{{< fig >}}",
    "{% image a %}",
    "![i](j.png)",
    "**Bold** by Ann Lee",
    "Speaker: Bob Roy",
    "Day 2",
    "## Day 2",
    "Title: x",
    "date: 2017",
    "tags: [a, b]",
    "By [Ann Lee](https://twitter.com/annlee)",
    "    code",
    "\xa0",
    "﻿",
    "日本語。",
    "### 1日目",
    "- [Title](#a) (Ann Lee)",
    "Setext\n---",
    "* [ ] task",
    "text  ",
    "text\\",
    "<div>",
    "</div>",
    "import X from 'y'",
    "$$",
    "\u200b",
    "&nbsp;",
    "a\u0301",
    "“Quoted” by Zoë Roe",
)


def make_text(chance: random.Random) -> str:
    """Return a random text that resembles a post."""
    lines = [chance.choice(PIECES) for _ in range(chance.randrange(1, 30))]
    if chance.random() < 0.3:
        lines = ["---", "title: T", *lines[:2], "---", *lines]
    return chance.choice(("\n", "\n", "\n\n", "\r\n", "\r")).join(lines)


def mutate(text: str, chance: random.Random) -> str:
    """Return the text with some characters changed, doubled, dropped or swapped."""
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(text) + 1)
        other = chance.randrange(len(text) + 1)
        low, high = sorted((place, min(other, place + 200)))
        change = chance.randrange(4)
        if change == 0:
            text = text[:place] + chance.choice(PIECES) + text[place:]
        elif change == 1:
            text = text[:low] + text[high:]
        elif change == 2:
            text = text[:high] + text[low:high] + text[high:]
        else:
            text = (
                text[:place]
                + chr(chance.choice((10, 13, 35, 42, 45, 58, 60, 91, 96, 124, 0x200B, 0x202E, 0xD800)))
                + text[place + 1 :]
            )
    return text


def check(text: str) -> ParsedPost:
    """Parse the text, and fail if a line of the body is lost or doubled, or if a record contradicts itself."""
    post = parse_post(text, name="2017-03-23-fuzz.md")
    misplaced = find_misplaced(text, post)
    assert misplaced == {}, f"lines in no place (0) or several: {misplaced}\n{text!r}"
    for talk in post.talks:
        assert talk.title.strip() == talk.title != ""
        assert len(talk.title) <= 300
        for takeaway in talk.walk():
            assert takeaway.line <= takeaway.end_line
            assert takeaway.text or takeaway.takeaways or takeaway.kind in (Kind.POINT, Kind.CODE, Kind.QUOTE)
    return post


def run(cases: int, seed: int) -> None:
    """Check random texts and mutations of real posts, half of the cases each."""
    chance = random.Random(seed)
    seeds = [path.read_text(encoding="utf-8") for folder in (POSTS, CORPUS) for path in sorted(folder.glob("*.md"))]
    for case in range(cases):
        text = (
            mutate(chance.choice(seeds)[: chance.randrange(200, 6000)], chance)
            if seeds and case % 2
            else make_text(chance)
        )
        try:
            check(text)
        except Exception:
            Path("fuzz-failure.md").write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
            print(f"case {case} of seed {seed} failed; its text is in fuzz-failure.md", file=sys.stderr)
            raise
    print(f"{cases} cases of seed {seed}: no exception, no line lost")


if __name__ == "__main__":
    run(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6),
    )

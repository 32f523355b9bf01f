"""Lines that an editor calls takeaways become some, whatever they stand in, and any two lines can be parted."""

import json
import random
import re

import pytest

from talks.parsing import Act, Correction, find_divided, make_anchor, parse_post, read_anchor_lines
from talks.parsing.text.inline import make_plain
from tests.parsing.conservation import find_misplaced
from tests.parsing.test_golden import NAMES, POSTS

HEAD = "# Acme Conf 2019\n\n## Roses by Ann Lee\n\n"
FOOT = "\n\n## Tulips by Ben Roe\n\n- Red\n"
FIRST = HEAD.count("\n") + 1


def say(text, act, first, last, **more):
    lines = read_anchor_lines(text)
    exact = (first, last) in find_divided(text, [(first, last)])
    return Correction(act, make_anchor(lines, first), make_anchor(lines, last), exact=exact, **more)


def read(text, *said):
    post = parse_post(text, name="notes.md", corrections=said)
    assert find_misplaced(text, post) == {}
    return post


def tell(post):
    """Return line and text of each takeaway of the first talk, nested ones too."""
    return [(unit.line - FIRST, unit.text) for unit in post.talks[0].walk()]


def part(body, first=0, last=None):
    """Return the takeaways after an editor said of these lines of the body that each is one."""
    text = HEAD + body + FOOT
    last = body.count("\n") if last is None else last
    post = read(text, say(text, Act.UNITS, FIRST + first, FIRST + last))
    assert [said.message for said in post.diagnostics if said.code == "correction-unfit"] == []
    return tell(post)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    (wild) roses\n    red ones", [(0, "(wild) roses"), (1, "red ones")]),
        ('    *"Wild" roses\n    * red ones', [(0, '"Wild" roses'), (1, "red ones")]),
        ("    1. Dig\n    2. Water", [(0, "Dig"), (1, "Water")]),
        ("```sh\ndig\n\nwater\n```", [(0, "```sh\ndig\n```"), (3, "```sh\nwater\n```")]),
        ("> Dig.\n> Water.", [(0, "Dig."), (1, "Water.")]),
        (
            "| Rose | Colour |\n|---|---|\n| Moss | red |\n| Tea | white |",
            [(0, "Rose | Colour"), (2, "Moss | red"), (3, "Tea | white")],
        ),
        ("<div>\nDig.\nWater.\n</div>", [(1, "Dig."), (2, "Water.")]),
        ("<p>Dig.\nWater.</p>", [(0, "Dig."), (1, "Water.")]),
        ("- Dig\n  Water\n  - Prune\n- Wait", [(0, "Dig"), (1, "Water"), (2, "Prune"), (3, "Wait")]),
        ("- Dig\n  Water\n\n  Prune", [(0, "Dig"), (1, "Water"), (3, "Prune")]),
        (
            "- Dig:\n  ```\n  spade\n  fork\n  ```\n  Water",
            [(0, "Dig:"), (1, "```\nspade\n```"), (3, "```\nfork\n```"), (5, "Water")],
        ),
        ("### Soil\n- Dig", [(0, "Soil"), (1, "Dig")]),
        ("Soil\n~~~~\n- Dig", [(0, "Soil"), (2, "Dig")]),
        ("<https://roses.example>", [(0, "<https://roses.example>")]),
        ("https://roses.example\nhttps://moss.example", [(0, "https://roses.example"), (1, "https://moss.example")]),
        ("[roses]: https://roses.example", [(0, "[roses]: https://roses.example")]),
        ("![A rose](a.png)\n![A bud](b.png)", [(0, "![A rose](a.png)"), (1, "![A bud](b.png)")]),
        ("★★★", [(0, "★★★")]),
        ("Slides:\n- Dig", [(0, "Slides:"), (1, "Dig")]),
    ],
)
def test_editors_can_make_each_line_of_any_block_a_takeaway(body, expected):
    assert part(body) == expected


def test_code_and_tables_parted_by_a_correction_keep_their_form():
    assert part("```\ndig\nwater\nwait\n```", 2, 2) == [
        (0, "```\ndig\n```"),
        (2, "```\nwater\n```"),
        (3, "```\nwait\n```"),
    ]
    assert part("    dig()\n    water(a=1)\n    wait(b=2)", 1, 1) == [
        (0, "    dig()"),
        (1, "water(a=1)"),
        (2, "    wait(b=2)"),
    ]
    table = "| Rose | Colour |\n|---|---|\n| Moss | red |\n| Tea | white |\n| Dog | pink |"
    head = table[: table.index("| Moss")]
    assert part(table, 3, 3) == [
        (0, f"{head}| Moss | red |"),
        (3, "Tea | white"),
        (4, f"{head}| Dog | pink |"),
    ]
    assert part("- Dig\n  Water\n  Prune", 1, 1) == [(0, "Dig"), (1, "Water"), (2, "Prune")]
    assert part("- Dig\n  and water\n- Prune", 0, 0) == [(0, "Dig and water"), (2, "Prune")]


def test_editors_can_make_a_talks_heading_a_takeaway_too():
    text = HEAD + "- Dig" + FOOT
    post = read(text, say(text, Act.UNITS, FIRST - 2, FIRST - 2))
    assert (post.talks[0].title, tell(post)) == ("Roses", [(-2, "Roses by Ann Lee"), (0, "Dig")])


@pytest.mark.parametrize("act", [Act.OUT, Act.PART])
@pytest.mark.parametrize(
    ("body", "line", "kept"),
    [
        ("```\ndig\nwater\n```", 1, [(2, "```\nwater\n```")]),
        ("> Dig.\n> Water.", 1, [(0, "Dig.")]),
        ("- Dig\n  Water\n  Prune", 1, [(0, "Dig"), (2, "Prune")]),
        ("| Rose |\n|---|\n| Moss |\n| Tea |", 2, [(0, "| Rose |\n|---|"), (3, "| Rose |\n|---|\n| Tea |")]),
    ],
)
def test_editors_can_take_one_line_out_of_a_blocks_notes(act, body, line, kept):
    text = HEAD + body + FOOT
    post = read(text, say(text, act, FIRST + line, FIRST + line))
    assert tell(post) == kept


@pytest.mark.parametrize("body", ["<https://roses.example>", "### Soil", "[roses]: https://roses.example"])
def test_lines_given_to_another_talk_become_its_takeaways(body):
    text = HEAD + body + FOOT
    talk = make_anchor(read_anchor_lines(text), FIRST + 2)
    post = read(text, say(text, Act.NOTES, FIRST, FIRST, talk=talk))
    assert [unit.text for unit in post.talks[1].takeaways] == [body.removeprefix("### "), "Red"]


def test_headings_moved_with_notes_to_another_talk_stay_their_headings():
    text = HEAD + "### Soil\n\n- Dig" + FOOT
    talk = make_anchor(read_anchor_lines(text), FIRST + 4)
    [dig, red] = read(text, say(text, Act.NOTES, FIRST, FIRST + 2, talk=talk)).talks[1].takeaways
    assert (dig.text, dig.headings, red.text) == ("Dig", "Soil", "Red")


LABELLED = "Of the many things that one does in a garden\n\n- Dig\n- Then\n  - Wait\n  - Water"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (0, [(2, "Dig", "Of the many things that one does in a garden"), (3, "Then", "")]),
        (2, [(0, LABELLED[:44], ""), (3, "Then", "Dig")]),
        (3, [(0, LABELLED[:44], ""), (2, "Dig", ""), (4, "Wait", "Then"), (5, "Water", "")]),
    ],
)
def test_editors_can_make_a_line_a_heading_above_takeaways(line, expected):
    text = HEAD + LABELLED + FOOT
    said = say(text, Act.HEADING, FIRST + line, FIRST + line)
    units = read(text, said).talks[0].takeaways
    assert [(unit.line - FIRST, unit.text, unit.headings) for unit in units] == expected
    back = read(text, said, say(text, Act.UNITS, FIRST + line, FIRST + line))
    assert [unit.headings for unit in back.talks[0].walk()] == [""] * 5


def test_items_nested_in_talks_that_are_items_can_become_headings():
    text = "# Acme Conf 2019\n\n- Roses by Ann Lee\n  - Soil\n    - Dig\n  - Water\n"
    talk = say(text, Act.TALK, 3, 3)
    [dig, water] = read(text, talk, say(text, Act.HEADING, 4, 4)).talks[0].takeaways
    assert (dig.text, dig.headings, water.text, water.headings) == ("Dig", "Soil", "Water", "")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (1, "its lines are in no talk, or the first of one"),
        (FIRST - 2, "its lines are in no talk, or the first of one"),
        (FIRST + 4, "headings stand above items that are not"),
        (FIRST + 7, "no takeaway of its talk stands below it"),
    ],
)
def test_headings_that_editors_make_in_wrong_places_are_reported(number, reason):
    text = HEAD + LABELLED + "\n\nBye, all of you." + FOOT
    post = read(text, say(text, Act.HEADING, number, number))
    assert [reason in said.message for said in post.diagnostics if said.code == "correction-unfit"] == [True]


def test_editors_can_begin_talks_within_an_item_quotation_or_code():
    for body in ("- Dig\n  Water\n  Prune", "> Dig\n> Water\n> Prune", "```\nDig\nWater\nPrune\n```"):
        text = HEAD + body + FOOT
        line = FIRST + body[: body.index("Water")].count("\n")
        post = read(text, say(text, Act.TALK, line, line, title="Water"))
        assert [talk.title for talk in post.talks] == ["Roses", "Water", "Tulips"], body


def test_lines_that_hold_an_image_as_data_can_be_corrected():
    text = HEAD + "- Dig ![spade](data:image/png;base64,bm90IHJlYWxseQ==)\n- Water" + FOOT
    [unit] = read(text, say(text, Act.PART, FIRST, FIRST)).talks[0].takeaways
    assert unit.text == "Water"


def list_posts_with_talks():
    """Return the test posts in which talks are found, as the files beside them say."""
    return [path for path in POSTS if json.loads(path.with_suffix(".expected.json").read_bytes())["talks"]]


@pytest.mark.slow
@pytest.mark.parametrize("path", list_posts_with_talks(), ids=lambda path: path.stem)
def test_editors_can_make_any_line_of_a_talk_a_takeaway(path):
    """Of each post, lines of all kinds are said to be takeaways: they become some, and no line is lost."""
    text, name = path.read_text(encoding="utf-8"), NAMES.get(path.stem, path.name)
    chance = random.Random(path.name)
    before = parse_post(text, name=name)
    lines = read_anchor_lines(text)
    inside = [
        number
        for talk in before.talks
        for first, last in [
            *((passage.line, passage.end_line) for passage in talk.head),
            *((unit.line, unit.end_line) for unit in talk.walk()),
        ]
        for number in range(first, last + 1)
        if re.search(r"\w", make_plain(lines[number - 1])) or lines[number - 1].startswith("![")
    ]
    assert inside
    for number in chance.sample(inside, min(len(inside), 4)):
        said = say(text, Act.UNITS, number, number)
        post = parse_post(text, name=name, corrections=[said])
        assert find_misplaced(text, post) == {}
        begun = {unit.line for talk in post.talks for unit in talk.walk()}
        while number not in begun and lines[number - 2].lstrip().startswith(("```", "~~~")):
            number -= 1
        assert number in begun, (number, lines[number - 1])


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        (
            "So was [Moss walls](https://a.example) by Cy Dow",
            "Moss walls",
            "[Moss walls](https://a.example) by Cy Dow",
        ),
        (
            "So was [Moss walls](https://a.example) by Cy Dow",
            "walls",
            "[Moss walls](https://a.example) by Cy Dow",
        ),
        ("So was [[Moss walls]] by Cy Dow", "walls", "[Moss walls](Moss%20walls) by Cy Dow"),
        ("So was [Moss walls][m] by Cy Dow", "Moss", "[Moss walls][m] by Cy Dow"),
        ("So was ![Moss](m.png) by Cy Dow", "Moss", "![Moss](m.png) by Cy Dow"),
        ("So was `moss walls` by Cy Dow", "walls", "`moss walls` by Cy Dow"),
        ("So was **Moss walls** by Cy Dow", "Moss walls", "**Moss walls** by Cy Dow"),
        ("So was <https://a.example/moss> by Cy Dow", "moss", "<https://a.example/moss> by Cy Dow"),
        ("So was 2*3 by Cy Dow", "3 by", "3 by Cy Dow"),
        ("So was [draft] Moss by Cy Dow", "Moss", "Moss by Cy Dow"),
    ],
)
@pytest.mark.parametrize("before", ["", "* ", "### "])
def test_a_talk_begun_inside_a_link_includes_the_whole_link(line, words, expected, before):
    """So it is with images, code and emphasis."""
    text = f"{HEAD}* Dig\n\n{before}{line}\n\n* Water{FOOT}"
    number = read_anchor_lines(text).index(f"{before}{line}") + 1
    begun = say(text, Act.TALK, number, number, within=words)
    post = parse_post(text, name="notes.md", corrections=[begun])
    assert [said.message for said in post.diagnostics if said.code == "correction-unfit"] == []
    [talk] = [talk for talk in post.talks if talk.line == number]
    assert talk.heading == expected
    named = say(text, Act.DETAILS, number, number, title="Walls", within=words)
    post = parse_post(text, name="notes.md", corrections=[begun, named])
    assert [talk.title for talk in post.talks if talk.line == number] == ["Walls"]

"""Corrections of list items: what becomes of an item's own lines, of what is nested in it, and of what stands below."""

import pytest

from talks.parsing import Act, ParsedSpeaker, make_anchor, read_anchor_lines
from tests.parsing.test_corrected_days_and_speakers import read, units

LONG = "**Roses** by Ann Lee told how a garden of old roses is kept through a winter with much snow and little light"
LISTED = f"""# Acme Conf 2019

Good things were said.

- {LONG} ([site]).
  - Snow keeps them warm

[site]: https://roses.example.org

---

![A rose](rose.png)

- Something else
"""


def alone(first, last="", **more):
    return (Act.TALK, first, last, {"alone": True} | more)


def test_items_made_talks_keep_texts_nested_items_and_images():
    """Text, nested items and images become takeaways of the talk."""
    post = read(alone("**Roses**", "![A rose]"), text=LISTED)
    [talk] = post.talks
    assert (talk.title, [s.name for s in talk.speakers]) == ("Roses", ["Ann Lee"])
    told = [f"{LONG} ([site](https://roses.example.org)).", "Snow keeps them warm", "![A rose](rose.png)"]
    assert units(post) == [told]


def test_items_of_title_and_speaker_alone_are_no_takeaways():
    """What is nested in them is."""
    text = LISTED.replace(f"{LONG} ([site]).", "Roses by Ann Lee")
    assert units(read(alone("- Roses", "![A rose]"), text=text)) == [["Snow keeps them warm", "![A rose](rose.png)"]]


def test_editors_can_make_a_bold_first_line_a_takeaway():
    """The talk begins with the line, or with an image."""
    for text, line in [(LISTED.replace("- **Roses", "**Roses"), "**Roses**"), (LISTED, "![A rose]")]:
        shown = read(alone(line, title="Roses"), text=text)
        noted = read(alone(line, title="Roses"), (Act.UNITS, line, "", {}), text=text)
        assert len(units(noted)[0]) == max(len(units(shown)[0]), 1)


PANEL = """# Acme Conf 2019

## A panel on roses

- Ann Lee
- Ben Roe (Moss Ltd)
- Cy Dow, Acme
- Di Eve
- Eli Fox
    - Water them

Good.
"""
FIVE = tuple(ParsedSpeaker(name) for name in ("Ann Lee", "Ben Roe", "Cy Dow", "Di Eve", "Eli Fox"))


def test_all_items_that_only_name_speakers_are_no_takeaways():
    assert units(read((Act.DETAILS, "## A panel", "", {"speakers": FIVE}), text=PANEL)) == [["Water them", "Good."]]


@pytest.mark.parametrize("indent", ["", "    "], ids=["below a heading", "in an item"])
def test_items_naming_one_of_several_speakers_head_their_nested_notes(indent):
    title = "- A panel on roses" if indent else "## A panel on roses"
    told = "\n".join(indent + row for row in ("- Ann Lee", "    - Prune", "    - Wait", "- Ben Roe", "    - Water"))
    text = f"# Acme Conf 2019\n\n{title}\n{told}\n"
    for count, headings in ((2, ["Ann Lee", "", "Ben Roe"]), (1, ["", "", ""])):
        said = (Act.TALK, title, "", {"title": "A panel on roses", "speakers": FIVE[:count]})
        noted = [unit for unit in read(said, text=text).talks[0].walk() if unit.text in ("Prune", "Wait", "Water")]
        assert [unit.headings for unit in noted] == headings


@pytest.mark.parametrize("told", ["Ann Lee, Acme, showed roses", "Ann Lee told us of roses"])
def test_lines_about_what_an_editors_speaker_said_stay_takeaways(told):
    text = f"# Acme Conf 2019\n\n## Roses in winter\n\n{told}\n\n- Good\n\n## Tulips by Cy Dow\n\n- Red\n"
    post = read((Act.DETAILS, "## Roses", "", {"speakers": FIVE[:1]}), text=text)
    assert units(post) == [[told, "Good"], ["Red"]]


def test_items_of_only_a_title_or_link_are_no_takeaways():
    text = "# Acme Conf 2019\n\n## Roses by Ann Lee\n\n- One\n- Moss in winter\n- https://moss.example.org\n"
    post = read((Act.TALK, "- Moss", "- https", {"title": "Moss in winter"}), text=text)
    assert units(post) == [["One"], []]
    assert [(part.line, part.end_line) for part in post.talks[1].head] == [(6, 6), (7, 7)]


TREE = """# Acme Conf 2019

## Roses by Ann Lee

- One
  - Half
    - Quarter
  - Third
- Two

## Tulips by Ben Roe

- Three
"""


def tell(post):
    """Return by title of each talk its takeaways, nested as in the post, and by "" the texts outside talks, if any."""

    def walk(units):
        return [(unit.text, walk(unit.takeaways)) if unit.takeaways else unit.text for unit in units]

    outside = [passage.text.strip() for passage in (*post.unplaced, *post.aside)]
    return {talk.title: walk(talk.takeaways) for talk in post.talks} | ({"": sorted(outside)} if outside else {})


def exact(act, first, last="", **more):
    return (act, first, last, {"exact": True} | more)


ROSES = [("One", [("Half", ["Quarter"]), "Third"]), "Two"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (exact(Act.PART, "- One"), {"Roses": [("Half", ["Quarter"]), "Third", "Two"]}),
        (exact(Act.PART, "- Half"), {"Roses": [("One", ["Quarter", "Third"]), "Two"]}),
        (exact(Act.PART, "- Half", "- Quarter"), {"Roses": [("One", ["Third"]), "Two"]}),
        (exact(Act.PART, "- Quarter"), {"Roses": [("One", ["Half", "Third"]), "Two"]}),
        (exact(Act.OUT, "- One"), {"Roses": [("Half", ["Quarter"]), "Third", "Two"], "": ["- One"]}),
        (exact(Act.OUT, "- Third"), {"Roses": [("One", [("Half", ["Quarter"])]), "Two"], "": ["- Third"]}),
        (exact(Act.UNITS, "- Half"), {}),
        (exact(Act.END, "- Third"), {"Roses": [("One", [("Half", ["Quarter"])])], "": ["- Third", "- Two"]}),
        (exact(Act.TALK, "- Third", alone=True), {"Third": []}),
        (exact(Act.TALK, "- Half", "- Quarter", title="Half of it"), {"Half of it": ["Quarter"]}),
    ],
)
def test_corrections_with_the_exact_flag_spare_the_nested_items(said, expected):
    told = tell(read(said, text=TREE))
    if said[0] is Act.TALK:
        assert told.items() >= expected.items()
    else:
        assert told == {"Roses": ROSES, "Tulips": ["Three"]} | expected


def test_exact_corrections_move_an_item_without_its_nested_items():
    to = make_anchor(read_anchor_lines(TREE), 11)
    assert tell(read(exact(Act.NOTES, "- One", talk=to), text=TREE)) == {
        "Roses": [("Half", ["Quarter"]), "Third", "Two"],
        "Tulips": ["One", "Three"],
    }
    assert tell(read(exact(Act.NOTES, "- Third", "- Two", talk=to), text=TREE)) == {
        "Roses": [("One", [("Half", ["Quarter"])])],
        "Tulips": ["Third", "Two", "Three"],
    }


def test_each_line_of_a_talk_in_a_list_is_correctable():
    made = (Act.TALK, "- One", "", {"title": "One"})
    assert tell(read(made, text=TREE))["One"] == [("Half", ["Quarter"]), "Third"]
    for act, outside in [(Act.PART, ["- Two"]), (Act.OUT, ["- Half", "- Two"])]:
        told = tell(read(made, exact(act, "- Half"), text=TREE))
        assert (told["One"], told[""]) == (["Quarter", "Third"], outside)
    noted = read((Act.TALK, "- Two", "", {}), (Act.UNITS, "- Two", "", {}), text=TREE)
    assert tell(noted)["Two"] == ["Two"]
    joined = read(made, (Act.ABOVE, "- Two", "", {}), text=TREE)
    assert tell(joined)["One"] == [("Half", ["Quarter"]), "Third", "Two"]


def test_editors_can_make_a_talks_own_item_no_takeaway():
    """Those nested in it stay."""
    text = f"# Acme Conf 2019\n\n- Start\n  of it\n- {LONG}\n  - Snow\n    - Ice\n  - Frost\n"
    made = [(Act.TALK, "- Start", "", {"title": "Start"}), (Act.TALK, "- **Roses", "", {"title": "Roses"})]
    noted = tell(read(*made, text=text))
    assert noted["Roses"] == [LONG, ("Snow", ["Ice"]), "Frost"]
    for first in ("- **Roses", "of it"):
        assert tell(read(*made, exact(Act.PART, first, "- **Roses"), text=text))["Roses"] == noted["Roses"][1:]
    assert tell(read(*made, exact(Act.PART, "- **Roses", "- Snow"), text=text))["Roses"] == ["Ice", "Frost"]


def test_corrections_of_items_reach_nested_ones_unless_exact():
    assert tell(read((Act.PART, "- One", "", {}), text=TREE))["Roses"] == ["Two"]


def test_nested_items_are_left_out_only_by_exact_corrections():
    assert "correction-unfit" in [said.code for said in read((Act.OUT, "- Half", "", {}), text=TREE).diagnostics]

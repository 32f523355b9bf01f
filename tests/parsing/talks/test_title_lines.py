"""Lines that may be titles of the lists below them."""

import pytest

from talks.parsing import parse_post
from talks.parsing.pipeline import read_post
from talks.parsing.talks.title_lines import Style, find_style


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("第一天我听了三个很好的演讲。", None),
        ("[深度学习入门](https://fooconf.example/2)", Style.LINK),
        ("Moss that grows on walls", Style.PLAIN),
        ("Moss grows on walls.", None),
        ("Moss grows on walls. It is green", None),
        ("10:30 Moss on walls (J. Lindqvist)", Style.PLAIN),
        ("Moss on walls (É. Roche & Dr. Cy Dow)", Style.PLAIN),
        ("Can moss be free? - Ann Lee, Bob Roy", Style.PLAIN),
        ("Where did the ferns go?? (Eve Stein)", Style.PLAIN),
        ("We must do it! | Ann Lee", Style.PLAIN),
        ("Can moss be free? It can", None),
        ("~ 10:30 Moss on walls", Style.PLAIN),
        ("moss on walls - Ann Lee", Style.PLAIN),
        ("moss on walls - all of it", None),
        ("-moss on walls", None),
        (":Place: a wall", None),
        ("**Speaker:** Ann Lee", None),
        ("**by Ann Lee**", None),
        ("**By the wall of moss**", Style.BOLD),
        ("**Moss on walls**", Style.BOLD),
        ("[Back to the agenda](#agenda)", None),
        ("[![Moss on a wall](moss.png)](large.png)", None),
    ],
)
def test_lines_are_recognised_as_linked_bold_or_plain_titles(line, style):
    _, reading = read_post(f"# FooConf 2019\n\n{line}\n\n- a\n- b\n", name="x.md")
    assert find_style(reading.document, 1) == style


def test_lines_that_name_speakers_by_initials_begin_talks():
    lines = ("09:00 Moss on walls (J. Lindqvist)", "10:00 Ferns in shade (Ann Lee)", "11:00 Reeds by lakes (B. Oduya)")
    text = "\n\n".join(f"{line}\n- one\n- two" for line in lines)
    talks = parse_post(f"# FooConf 2019, day 1\n\n{text}\n", name="day1.md").talks
    assert [(talk.title, [speaker.name for speaker in talk.speakers]) for talk in talks] == [
        ("Moss on walls", ["J. Lindqvist"]),
        ("Ferns in shade", ["Ann Lee"]),
        ("Reeds by lakes", ["B. Oduya"]),
    ]


SECTIONS = (
    ("Moss in the shade by Ann Lee", "It was told how moss grows.\n\n- water it\n- wait"),
    ("Bridges of wood by Bob Roy", "- no nails"),
    ("Coffee", "We met old friends."),
    ("Why glass breaks at night by Cara Fox", "- it is cold\n- it is late"),
)
FORMS = ("### {}", "**{}**", "[{}](https://fooconf.example/schedule/event/1)")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("above", ["# Notes from FooConf 2019\n\n## Day 1", "# Notes from FooConf 2019\n\n## Room A"])
def test_titles_in_bold_or_linked_are_talks_as_headings_are(form, above):
    sections = "\n\n".join(f"{form.format(title)}\n\n{notes}" for title, notes in SECTIONS)
    post = parse_post(f"{above}\n\n{sections}\n", name="fooconf-2019.md")
    assert [talk.title for talk in post.talks] == ["Moss in the shade", "Bridges of wood", "Why glass breaks at night"]
    assert [talk.certainty > 0.9 for talk in post.talks] == [True] * 3


def test_lines_below_headings_of_time_and_place_are_talks_titles():
    titles = ["Moss in the shade", "Bridges of wood", "Why glass breaks"]
    slots = [
        f"## {hour}:00 Room A\n\n[{title}](https://a.example/{hour})\n\n- a" for hour, title in enumerate(titles, 10)
    ]
    rows = "\n\n".join(slots)
    post = parse_post(f"# FooConf 2019\n\n{rows}\n", name="x.md")
    assert [talk.title for talk in post.talks] == titles


def test_numbers_and_talk_labels_before_titles_are_dropped():
    items = "* 1. Talk: Moss by Ann Lee\n* 2. Talk: Bridges by Bob Roy\n* 3. Talk: Glass by Cara Fox\n"
    post = parse_post(f"# FooConf 2019\n\n## Talks\n\n{items}", name="x.md")
    assert [talk.title for talk in post.talks] == ["Moss", "Bridges", "Glass"]


@pytest.mark.parametrize(
    "written",
    [
        "## {title}<br>{name}", "## {title} <br /> <small>{name}</small>", "**{title}**<br/>{name}",
        "**{title}<br>{name}**", "## {title}\n\n{name}<br>Gardener at Initech",
        "## {title}\n\nSpeaker: {name}<br/>Room 2",
    ],
)  # fmt: skip
def test_br_parts_titles_from_speakers_as_lines_do(written):
    talks = (("Moss in the shade", "Ann Lee"), ("Bridges of wood", "Bob Roy"), ("Why glass breaks", "Eve Stein"))
    sections = [f"{written.format(title=title, name=name)}\n\n- it is wet" for title, name in talks]
    post = parse_post("\n\n".join(["# FooConf 2019", *sections]), name="x.md")
    assert tuple((talk.title, *(speaker.name for speaker in talk.speakers)) for talk in post.talks) == talks
    assert [[takeaway.text for takeaway in talk.takeaways] for talk in post.talks] == [["it is wet"]] * 3


@pytest.mark.parametrize("above", ["", "Moss grows in the shade.\n\n"])
def test_an_item_without_a_paragraph_below_is_no_title_line(above):
    _, reading = read_post(f"{above}* [Moss in the shade](https://a.example/1)\n", name="x.md")
    assert find_style(reading.document, len(reading.document.blocks) - 1) is None


def test_a_linked_line_that_is_repeated_is_no_title():
    links = "[Description of the talk](https://a.example/{})\n\nMoss is green.\n\n"
    text = "".join(f"## {title}\n\n{links.format(number)}" for number, title in enumerate(("Moss", "Ferns", "Glass")))
    _, reading = read_post(f"# FooConf 2019\n\n{text}", name="x.md")
    assert {candidate.shape for candidate in reading.candidates if candidate.kind == "heading"} == {
        "heading 1",
        "heading 2",
    }


def test_single_items_in_sections_of_named_speakers_are_notes():
    items = "* Idea by Bob Roy\n\nShade is good for moss.\n\n* Question from Cara Fox\n\nFerns are like moss.\n"
    post = parse_post(f"# Moss in the shade by Ann Lee\n\nMoss is green.\n\n{items}", name="fooconf-2019.md")
    assert [(talk.title, len(talk.takeaways)) for talk in post.talks] == [("Moss in the shade", 5)]


ROWS = (
    "**Walls of moss**\n_Ann Lee & Bob Roy_\nSlides will follow. Moss likes shade.",
    "Tools:\n\n* a spade\n* a hose",
    "**Why Bridges Bend**\nLaura Miller",
    "Lessons learnt\n\n* no nails\n* no glue",
    "**Glass at night**\n_Zuzu Qorb_\n\nWhat we saw\n\n* it is cold",
)


def test_bold_lines_above_speakers_are_talks_unlike_plain_lines():
    text = "Notes of today.\n\n" + "\n\n".join(ROWS)
    post = parse_post(f"---\ntitle: GardenConf 2019 Day 2 Notes\n---\n{text}\n", name="x.md")
    assert [(talk.title, [speaker.name for speaker in talk.speakers]) for talk in post.talks] == [
        ("Walls of moss", ["Ann Lee", "Bob Roy"]),
        ("Why Bridges Bend", ["Laura Miller"]),
        ("Glass at night", ["Zuzu Qorb"]),
    ]
    assert [[unit.text for unit in talk.takeaways] for talk in post.talks] == [
        ["Slides will follow. Moss likes shade.", "a spade", "a hose"],
        ["no nails", "no glue"],
        ["it is cold"],
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "---\ntitle: Walls of moss\nspeaker: Eve Poe\nevent: GardenConf 2019\n---\n",
        "# Walls of moss, Eve Poe, GardenConf 2019\n\n",
        "# GardenConf 2019\n\n## Roses\n\nby Bob Roy\n\nRed.\n\n## Walls of moss\n\nby Eve Poe\n\n",
    ],
)
def test_books_with_authors_in_notes_are_no_talks(opening):
    books = "**The Wild Fern**\nby Ann Lee\n\n**A Small Garden**\nby Laura Miller\n\nStart small.\n"
    post = parse_post(f"{opening}She named two books.\n\n{books}", name="x.md")
    assert post.talks[-1].title == "Walls of moss"
    assert len(post.talks[-1].takeaways) == 4


BOOKS = "**The Wild Fern** by Ann Lee\n\nIt is old.\n\n**A Small Garden** by Laura Miller\n\nStart small.\n"
HEARD = "## Bridges of wood by Bob Roy\n\n- no nails\n\n## Walls of moss by Eve Poe\n\n- shade\n"


@pytest.mark.parametrize("above", ["## Books", "## Recommended reading", "## Books I bought", "She named some books:"])
def test_bold_titles_below_books_are_no_talks(above):
    text = f"# GardenConf 2019\n\n{HEARD}\n{above}\n\n{BOOKS}\n## Why glass breaks by Ida Lund\n\n- it is cold"
    titles = [talk.title for talk in parse_post(text, name="x.md").talks]
    assert titles == ["Bridges of wood", "Walls of moss", "Why glass breaks"]


@pytest.mark.parametrize(
    "above",
    [
        "# Books in Browsers 2012\n", "# GardenConf 2019\n\nTalks, and books:\n",
        "# GardenConf 2019\n\nShe sold books:\n\n- The Wild Fern\n",
    ],
)  # fmt: skip
def test_bold_titles_of_talks_stand_near_books(above):
    talks = "**Bridges of wood** by Bob Roy\n\n- no nails\n\n**Walls of moss** by Eve Poe\n\n- shade\n"
    post = parse_post(f"{above}\n{talks}", name="x.md")
    assert [talk.title for talk in post.talks] == ["Bridges of wood", "Walls of moss"]


def test_paragraphs_that_begin_with_a_bold_line_stay_whole():
    text = "**Walls of moss**\nThey like shade.\n\n**Tools**\nA spade and a hose.\n\n**Where:**\nAnn Lee"
    document = read_post(f"# GardenConf 2019\n\n{text}\n", name="x.md")[1].document
    assert [block.line for block in document.blocks] == [1, 3, 6, 9]


def test_slots_right_below_items_begin_talks():
    slots = "9:30 Ann Lee: Moss\n - a\n - b\n10:30 Ferns in a bank (?), who?\n - c\n11:00 Reeds (Bob Roy)\n - d\n"
    talks = parse_post(f"FooConf 2019 sunday\n\n{slots}", name="sunday.txt").talks
    assert [(talk.title, len(talk.takeaways)) for talk in talks] == [
        ("Moss", 2),
        ("Ferns in a bank (?), who?", 1),
        ("Reeds", 1),
    ]


def test_what_the_writer_missed_belongs_to_no_talk():
    slots = (
        "10:00 Moss (Ann Lee)\n - a\n\n11:00 Reeds (Bob Roy)\n - b\n\nmissed:\n - Ferns -> video https://youtu.be/a\n"
    )
    talks = parse_post(f"FooConf 2019 sunday\n\n{slots}", name="sunday.txt").talks
    assert [(talk.title, talk.references) for talk in talks] == [("Moss", ()), ("Reeds", ())]


@pytest.mark.parametrize("heading", ["hallway", "not seen", "What I skipped"])
def test_headings_of_what_was_not_heard_are_no_talks(heading):
    sections = "## Moss - Ann Lee\n\n- a\n\n## Reeds - Bob Roy\n\n- b\n"
    talks = parse_post(f"# FooConf 2019\n\n{sections}\n## {heading}\n\n- c\n- d\n", name="day1.md").talks
    assert [talk.title for talk in talks] == ["Moss", "Reeds"]


LIKED = (
    ("Type hints in large gardens", "A great talk on how to add types step by step. They began with leaves."),
    ("How we water at scale", "Lots of practical hints: hoses, no cans, and keep the beds small."),
    ("Moss without tears", "Very dense. I need to see the recording of this talk again."),
)
EATEN = "**Food**\nThe steak was enormous and the cakes even better than last year."


def test_bold_lines_that_open_paragraphs_are_titles_below_an_announcement():
    rows = "\n\n".join(f"**{title}**\n{said}" for title, said in LIKED)
    text = (
        f"---\ntitle: My PyCon Italia 2019\n---\nI was there. Here are the talks I liked most:\n\n{rows}\n\n{EATEN}\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, len(talk.takeaways)) for talk in talks] == [(title, 1) for title, _ in LIKED]


def test_bold_lines_that_open_paragraphs_are_parts_of_one_talk():
    rows = "\n\n".join(f"**{title}**\n{said}" for title, said in LIKED)
    for top in ("---\ntitle: Ann Lee - Growing moss\n---\n", "# GardenConf 2019\n\n## Growing moss – Ann Lee\n\n"):
        talks = parse_post(f"{top}{rows}\n", name="x.md").talks
        assert [(talk.title, len(talk.takeaways)) for talk in talks] == [("Growing moss", 3)]

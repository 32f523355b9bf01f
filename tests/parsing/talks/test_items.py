"""Talks that are items of lists."""

import pytest

from talks.parsing import Hints, parse_post
from talks.parsing.metadata.hints import NO_HINTS
from talks.parsing.pipeline import read_post

SENTENCES = "# Gardens\n\n* Roses need the sun, and moss fears it (1.1)\n* Moss grows in shade, but roses fade\n"


def _count_items(text, hints=NO_HINTS):
    reading = read_post(text, name="gardens.md", hints=hints)[1]
    return sum(each.kind == "item" for each in reading.candidates)


@pytest.mark.parametrize(
    "item",
    [
        "Winter in the garden (Ann Lee)",
        "Ann van der Berg, Initech: winter in the garden",
        "Winter in the garden, by Ann and others",
        "Winter in the garden - a talk",
        "@annlee, on winter in the garden",
        "**Winter in the garden**, which was long",
    ],
)
def test_one_possible_talk_makes_all_items_of_lists_candidates(item):
    assert _count_items(f"{SENTENCES}* {item}\n") == 3


def test_a_list_of_sentences_that_name_nobody_holds_no_candidates():
    assert _count_items(SENTENCES) == 0


def test_lists_of_sentences_hold_candidates_if_hints_ask_little_certainty():
    assert _count_items(SENTENCES, Hints(least_certainty=0.01)) == 2


def test_the_kind_of_talk_before_a_linked_title_is_dropped():
    text = (
        "# GardenConf 2019\n\nThe talks that I heard:\n\n"
        "- [Moss in winter](https://g.example/1), by Ann Lee: it was green, and she showed how it grows.\n"
        "- Keynote: [Roses for all](https://g.example/2), by Eve Stein: roses need the sun, which was new to me.\n"
        "- [Why trees talk](https://g.example/3), by Carl Dent: they do, by their roots, and he measured it.\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in talks] == [
        ("Moss in winter", ["Ann Lee"]),
        ("Roses for all", ["Eve Stein"]),
        ("Why trees talk", ["Carl Dent"]),
    ]


def test_files_linked_in_brackets_belong_to_neither_title_nor_speaker():
    text = (
        "# GardenConf 2019\n\nThe talks were these:\n\n"
        "- Moss in winter, by [Ann Lee](https://g.example/ann) ([🎥](https://g.example/1) / [📈](https://g.example/2))\n"
        "- Walls with moss, by Eve Stein ([🎥](https://g.example/3) / [📈](https://g.example/4))\n"
        "- Why trees talk, by Carl Dent [[slides](https://g.example/5)]\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in talks] == [
        ("Moss in winter", ["Ann Lee"]),
        ("Walls with moss", ["Eve Stein"]),
        ("Why trees talk", ["Carl Dent"]),
    ]


def test_a_title_ends_before_a_link_to_its_slides():
    text = (
        "# GardenConf 2019\n\nThe talks that I heard:\n\n"
        "- Moss in winter [slides](https://g.example/1) it was green, and she showed how it grows.\n"
        "- Roses for all [slides](https://g.example/2) roses need the sun, which was new to me.\n"
        "- Why trees talk [slides](https://g.example/3) they do, by their roots, and he measured it.\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [talk.title for talk in talks] == ["Moss in winter", "Roses for all", "Why trees talk"]


def test_speakers_in_brackets_are_read_before_links_to_files():
    text = (
        "# GardenConf 2019\n\nThe talks that I heard:\n\n"
        "- Moss in winter (Zora Quillby): [Slides](https://g.example/1), [Video](https://g.example/2)\n"
        "- Roses for all (Eve Stein): [Slides](https://g.example/3)\n"
        "- Why trees talk (Carl Dent): [Slides](https://g.example/4), [Video](https://g.example/5)\n"
        "- Walls with moss (Qorin Vash): [Slides](https://g.example/6)\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in talks] == [
        ("Moss in winter", ["Zora Quillby"]),
        ("Roses for all", ["Eve Stein"]),
        ("Why trees talk", ["Carl Dent"]),
        ("Walls with moss", ["Qorin Vash"]),
    ]


def test_items_of_person_role_and_notes_are_titled_by_person():
    text = (
        "# GardenConf 2019\n\nThe talks that I heard:\n\n"
        "- Ann Lee - Director, Initech\n  - Moss grows in the shade.\n"
        "- Bob Roy - Engineer, Hooli\n  - Roses need the sun.\n"
        "- Eve Stein - Architect, Acme\n  - Trees talk by their roots.\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [(each.name, each.affiliation) for each in talk.speakers]) for talk in talks] == [
        ("Ann Lee", [("Ann Lee", "Initech")]),
        ("Bob Roy", [("Bob Roy", "Hooli")]),
        ("Eve Stein", [("Eve Stein", "Acme")]),
    ]


def test_lists_of_people_and_roles_without_notes_hold_no_talks():
    text = (
        "# GardenConf 2019\n\nWhom I met:\n\n"
        "- Ann Lee - Director, Initech\n- Bob Roy - Engineer, Hooli\n- Eve Stein - Architect, Acme\n"
    )
    assert parse_post(text, name="x.md").talks == ()


def test_items_of_person_company_and_notes_are_titled_by_person():
    items = [
        ("Ann Lee (Initech)", "moss needs shade"),
        ("Bob Roy - CEO, Globex", "roofs need rain"),
        ("Eve Stein - arch, roofs + walls, Initech", "walls need sun"),
        ("Eva Ray, Tom Moss, Sr Staff Eng, Globex", "ponds need time"),
    ]
    text = "# GardenConf 2019 keynotes\n\n" + "".join(f"- {item}\n  - {note}\n" for item, note in items)
    talks = parse_post(text, name="gardenconf-2019.md").talks
    assert [(talk.title, [(each.name, each.affiliation) for each in talk.speakers]) for talk in talks] == [
        ("Ann Lee", [("Ann Lee", "Initech")]),
        ("Bob Roy", [("Bob Roy", "Globex")]),
        ("Eve Stein", [("Eve Stein", "Initech")]),
        ("Eva Ray, Tom Moss", [("Eva Ray", None), ("Tom Moss", "Globex")]),
    ]


def test_names_in_the_line_below_linked_titles_are_their_speakers():
    titles = [("Roofs with Mosses", "J Stein and Ann Lee"), ("Gardens in winter", "Bob Roy and Eve Stein")]
    text = "# GardenConf 2019\n\n## Talks\n\n" + "".join(
        f"* [**{title}**](https://videos.example/{number})  \n{people}\n\n"
        for number, (title, people) in enumerate(titles)
    )
    talks = parse_post(text, name="gardenconf-2019.md").talks
    assert [(talk.title, " and ".join(each.name for each in talk.speakers)) for talk in talks] == titles


def test_items_about_a_speaker_are_titled_by_what_was_explained():
    text = (
        "# GardenConf 2019\n\nThe talks that I heard:\n\n"
        "- Ann Lee ([@annlee](https://twitter.com/annlee)) explained how to grow moss, the green of roofs. Short!\n"
        "- Bob Roy (@bobroy) demoed the [Rosette](https://rosette.example/) planner and showed its beds. Exciting!\n"
        "- Eve Stein presented a talk on ponds in winter. Her fish are fine.\n"
    )
    assert [talk.title for talk in parse_post(text, name="gardenconf-2019.md").talks] == [
        "how to grow moss, the green of roofs",
        "the Rosette planner and showed its beds",
        "ponds in winter",
    ]


def test_items_with_notes_below_the_events_name_are_talks():
    items = "* How moss grows\n  * slowly\n  * in the shade\n* Bridges of wood\n  * no nails\n"
    items += "* Why glass breaks\n  * cold\n"
    above = "# Notes from FooConf 2019\n\n## Day 1\n\n"
    titles = ["How moss grows", "Bridges of wood", "Why glass breaks"]
    assert [talk.title for talk in parse_post(above + items, name="fooconf-2019.md").talks] == titles
    told = "# How gardens are kept\n\n" + items
    assert [talk.title for talk in parse_post(told, name="gardens.md").talks] in ([], ["How gardens are kept"])


def test_single_items_above_paragraphs_are_titles_of_talks():
    text = (
        "# GardenConf 2019\n\n## What we liked best\n\n- [Moss in winter](https://g.example/1) by Ann Lee\n\n"
        "It stays green below the snow.\n\n- Walls with moss by Eve Stein\n\nShe lets rain do the work.\n\n"
        "It takes three years.\n\n- [Why trees talk](https://g.example/3) by Carl Dent\n\nHe measured their roots.\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, talk.speakers[0].name, [each.text for each in talk.takeaways]) for talk in talks] == [
        ("Moss in winter", "Ann Lee", ["It stays green below the snow."]),
        ("Walls with moss", "Eve Stein", ["She lets rain do the work.", "It takes three years."]),
        ("Why trees talk", "Carl Dent", ["He measured their roots."]),
    ]


def test_a_single_linked_item_below_a_title_is_no_talk():
    text = (
        "# GardenConf 2019\n\n## Talks\n\n"
        "[Moss in winter](https://g.example/1)\n\n- [Green](https://g.example/g) by Bo Fox\n\n"
        "[Walls with moss](https://g.example/2)\n\n- [Rain](https://g.example/r) by Bo Fox\n\n"
        "[Why trees talk](https://g.example/3)\n\n- roots\n"
    )
    titles = [talk.title for talk in parse_post(text, name="x.md").talks]
    assert titles == ["Moss in winter", "Walls with moss", "Why trees talk"]


def test_items_that_tell_what_talks_were_about_are_talks():
    text = (
        "# GardenConf 2019\n\nSome highlights of day 2:\n\n"
        "1. [Ann Lee](https://twitter.com/annlee)'s talk about the patience of moss was lovely. I took photos.\n"
        "2. The panel on gardens for everybody was full. People stood outside.\n"
        "3. [Carl Dent of Acme](https://acme.example/) gave a great talk about trees and how they talk to each other.\n"
        "4. A session about ferns by Eve Stein was long.\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in talks] == [
        ("the patience of moss", ["Ann Lee"]),
        ("gardens for everybody", []),
        ("trees and how they talk to each other", ["Carl Dent"]),
        ("ferns", ["Eve Stein"]),
    ]


def test_announced_lists_that_images_interrupt_hold_talks_to_their_ends():
    items = [
        f"- [{title}](https://g.example/{title[:4]}): I liked it, and it was short.\n"
        for title in (
            "Moss in winter",
            "Walls with moss",
            "Trees that talk",
            "Roses for all",
            "Soil and rain",
            "Night in gardens",
        )
    ]
    text = (
        f"# GardenConf 2019\n\nI saw these sessions:\n\n{''.join(items[:3])}\n![moss](moss.png)\n\n{''.join(items[3:])}"
    )
    assert len(parse_post(text, name="x.md").talks) == 6


def test_items_of_a_person_and_an_address_are_no_talks():
    people = [
        f"* {name} [@moss](https://twitter.com/moss) : https://twitter.com/moss/1" for name in ("Ann Lee", "Bob Roy")
    ]
    _, reading = read_post("# GardenConf 2019\n\n## Photos\n\n" + "\n".join(people), name="x.md")
    addresses = [c for c in reading.candidates if c.kind == "item" and c.title.startswith("https:")]
    assert addresses
    assert all(candidate.settled is False for candidate in addresses)


@pytest.mark.parametrize(("opening", "expected"), [("", True), ("[", False)])
def test_items_beginning_with_i_tell_of_the_writer_unless_linked(opening, expected):
    link = "](https://gardens.example/1)" if opening else ""
    items = [f"* {opening}{words}{link} by Ann Lee" for words in ("I saw moss", "Roses grow", "Soil is wet")]
    if not opening:
        items[0] = "* I saw moss in the shade"
    _, reading = read_post("# GardenConf 2019\n\n" + "\n".join(items), name="x.md")
    first = next(candidate for candidate in reading.candidates if candidate.kind == "item")
    assert first.has("tells what the writer did") == expected


def test_names_behind_bold_titles_and_by_or_dash_are_speakers():
    rows = (
        "* **Moss and stones** by Quorn Nordmoss, in which I learned a lot about walls",
        "* **Roses on walls** by Ann Lee, a lovely talk about roses and about walls of stone",
        "* **Ferns for all** — Usamo Saqibo shared many lessons from growing ferns in gardens",
    )
    post = parse_post("# GardenConf 2019\n\nTalks I saw:\n\n" + "\n".join(rows) + "\n", name="gardenconf-2019.md")
    found = [[speaker.name for speaker in talk.speakers] for talk in post.talks]
    assert found == [["Quorn Nordmoss"], ["Ann Lee"], ["Usamo Saqibo"]]


def _read_titles(line, *items, above="# GardenConf 2019"):
    listed = "\n".join(f"- {item}" for item in items)
    return [talk.title for talk in parse_post(f"{above}\n\n{line}\n\n{listed}\n", name="x.md").talks]


NAMED = ("Moss in winter, by Ann Lee", "Roses for all, by Eve Stein", "Walls of moss, by Carl Dent")
TITLES = ["Moss in winter", "Roses for all", "Walls of moss"]


def test_breaks_in_a_list_of_talks_are_no_talks():
    read = _read_titles("I saw these talks:", *NAMED, "Lunch", "Social event: tapas and a walk by the river")
    assert read == TITLES


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("These are the talks that I liked (the slides of all of them are linked, and so are most of the videos):", 3),
        ("The lectures that I liked are:", 3),
        ("Some quotes from the talks and the panel:", 0),
        ("While not all talks were good, I liked these things:", 0),
        ("The most important points of the talks:", 0),
        ("Presentations by:", 0),
        ("There was one more thing on the last day. She named three books:", 0),
    ],
)
def test_the_last_sentence_above_a_list_announces_its_content(line, titles):
    items = ("“Moss in winter”", "“Roses for all”", "“Walls of moss”")
    assert len(_read_titles(line, *items)) == titles


def test_linked_words_before_a_colon_or_byline_are_titles():
    items = (
        "[Soil](https://g.example/1) [(slides)](https://g.example/2) by Ann Lee: it needs more care than I knew.",
        "[Roses for all](https://g.example/3) by Eve Stein: roses need the sun, which was new to me.",
        "[Moss](https://g.example/4): it grows in shade. Nobody believed that at first, but she had brought some.",
    )
    assert _read_titles("I saw these talks:", *items) == ["Soil", "Roses for all", "Moss"]


def test_a_titles_first_nested_item_may_name_its_speaker():
    notes = "    - water less\n    - dig more\n"
    post = parse_post(
        "# GlassConf 2023\n\nTalks:\n\n"
        f"- Walls of moss\n    - Ann Lee, gardener at Initech\n{notes}"
        f"- Roofs of grass\n    - Speaker: Zora Quillby\n{notes}"
        f"- 苔の庭\n    - 姜原 ~ 苔藓公司研发总监\n{notes}"
        f"- Ferns in winter\n    - Docker and Kubernetes\n{notes}",
        name="glass.md",
    )
    assert [([(s.name, s.affiliation) for s in talk.speakers], len(talk.takeaways)) for talk in post.talks] == [
        ([("Ann Lee", "Initech")], 2),
        ([("Zora Quillby", None)], 2),
        ([("姜原", "苔藓公司研发总监")], 2),
        ([], 3),
    ]


def test_a_titles_first_nested_item_may_name_several_speakers():
    """Even if the item contains "with"."""
    post = parse_post(
        "# GlassConf 2023\n\n### Session 1\n\n"
        "- [Roof Gardening with Grasses and Wild Mosses](https://papers.example/1)\n"
        "    * Zora Quillby, Ann A. Lee and Qin Fen\n\n    Grasses need more water than mosses.\n\n"
        "- [Watering Schedules with Partial Shade](https://papers.example/2)\n"
        "    * Bob Roy, Uli Moor and Eve Stein\n\n    At noon it helps nobody.\n\n"
        "- [Walls](https://papers.example/3) (best paper)\n    * Cy Moss and Ann Lee\n\n    Stones keep the warmth.\n",
        name="glass.md",
    )
    assert [(talk.title, [speaker.name for speaker in talk.speakers]) for talk in post.talks] == [
        ("Roof Gardening with Grasses and Wild Mosses", ["Zora Quillby", "Ann A. Lee", "Qin Fen"]),
        ("Watering Schedules with Partial Shade", ["Bob Roy", "Uli Moor", "Eve Stein"]),
        ("Walls (best paper)", ["Cy Moss", "Ann Lee"]),
    ]


def test_speakers_are_read_behind_von_or_de_and_schedule_links():
    post = parse_post(
        "# GlassConf 2023\n\nTalks:\n\n"
        "* [Walls of moss](https://g.example/1) [(Fahrplan)](https://g.example/a) von Ann Lee und Cy Moss. Es war es.\n"
        '* " [Roofs of grass](https://g.example/2)", de [Bob Roy](https://g.example/bob): una charla buena.\n'
        '* Keynote - " [Ferns in winter](https://g.example/3) ", de [Bob Roy](https://g.example/bob): muy buena.\n'
        "* [Trees in spring](https://g.example/4), de lejos: una charla que no me gustó nada y que nadie entendió.\n",
        name="glass.md",
    )
    assert [[speaker.name for speaker in talk.speakers] for talk in post.talks] == [
        ["Ann Lee", "Cy Moss"],
        ["Bob Roy"],
        ["Bob Roy"],
        [],
    ]


@pytest.mark.parametrize(("folder", "titles"), [("session", TITLES), ("gardening", [])])
def test_items_that_link_to_talks_of_the_programme_are_talks(folder, titles):
    items = [f'<a href="https://gardenconf.example/2019/{folder}/{n}">{title}</a>' for n, title in enumerate(TITLES)]
    assert _read_titles("I learned most here.", *items, above="# GardenConf 2019\n\n## What I joined") == titles


def test_one_programme_link_suffices_beside_a_list_of_such_links():
    """Most items of another list must link to it."""
    titles = [*TITLES, "Roofs and their grass"]
    items = [
        f"- [{title}](https://gardenconf.example/2019/session/{n}) told what grows on walls, and who eats it."
        for n, title in enumerate(titles)
    ]
    sunday = "- I slept until noon.\n- The [Spade of the House](https://spades.example/4) is a book."
    text = "\n".join(["# GardenConf 2019\n\n## Saturday\n", *items[:3], "\n## Sunday\n", items[3], sunday])
    assert [talk.title for talk in parse_post(text, name="x.md").talks] == titles


def test_linked_titles_in_scripts_without_spaces_count_as_set_apart():
    items = ("[庭の苔を育てる](https://g.example/1)について", "[石の上の薔薇](https://g.example/2)について")
    _, reading = read_post("# GardenConf 2019\n\n## セッション一覧\n\n- " + "\n- ".join(items), name="x.md")
    assert [c.has("its title is set apart") for c in reading.candidates if c.kind == "item"] == [True, True]


def _outline(*titles, notes=2, bare=0):
    nested = "".join(f"  - point {n}\n    - it grows well there\n" for n in range(notes))
    return "".join(f"- {title}\n{nested if n >= bare else ''}" for n, title in enumerate(titles))


@pytest.mark.parametrize(("bare", "expected"), [(0, True), (2, False)])
def test_outlines_in_event_files_hold_talks_if_items_have_notes(bare, expected):
    outline = _outline("Moss in winter", "Roses for all", "Walls of moss", "Why trees talk", bare=bare)
    _, reading = read_post(f"## GardenConf 2019\n\n{outline}", name="gardenconf.md")
    sentence = "one of several titles with notes in the outline of an event"
    assert {c.has(sentence) for c in reading.candidates if c.kind == "item"} == {expected}


def test_items_with_more_words_than_those_below_label_no_group():
    outline = _outline("Moss in the winter", "Roses for us all", "Why trees talk")
    text = f"# GardenConf 2019\n\n## Lightning talks\n\n{outline}"
    assert [talk.title for talk in parse_post(text, name="x.md").talks] == [
        "Moss in the winter",
        "Roses for us all",
        "Why trees talk",
    ]


def test_what_somebody_from_a_company_explained_is_a_title():
    text = (
        "# GardenConf 2019\n\n## Lightning talks\n\n"
        "* Ann Lee from Initech explained how to water moss in a dry summer. She keeps it in jars, and waters these"
        " once a week with what is left of the tea that she and her neighbours drink in the evening, for tea is warm"
        " and moss has nothing against warmth as long as the sun is far away, which it is behind her house.\n"
        "* Bob Roy from Globex showed how weeds find their way.\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [(talk.title, [each.name for each in talk.speakers]) for talk in talks] == [
        ("how to water moss in a dry summer", ["Ann Lee"]),
        ("how weeds find their way", ["Bob Roy"]),
    ]


@pytest.mark.parametrize(
    ("above", "announces"),
    [
        ("We heard many talks. Some of my favourites were:", False),
        ("The garden was green. Some of my favourites were:", True),
        ("We heard many talks. Highlights of the town were:", True),
    ],
)
def test_favourites_listed_below_a_sentence_about_talks_may_be_talks(above, announces):
    items = "- [Ann Lee](https://ann.example/) talked about moss in winter\n- Bob Roy spoke about roses in the city\n"
    _, reading = read_post(f"# GardenConf 2019\n\n{above}\n\n{items}", name="x.md")
    found = [candidate for candidate in reading.candidates if candidate.kind == "item"]
    assert [candidate.has("the line above announces something else") for candidate in found] == [announces] * 2


def test_what_somebody_talked_about_ends_at_a_dash_between_spaces():
    text = (
        "# GardenConf 2019\n\nThe talks that I liked:\n\n"
        "- Ann Lee talked about moss in winter -- I have some of it at home\n"
        "- Bob Roy spoke about self-sown roses – they grow in my yard as well\n"
    )
    talks = parse_post(text, name="x.md").talks
    assert [talk.title for talk in talks] == ["moss in winter", "self-sown roses"]


@pytest.mark.parametrize(("opening", "closing"), [("**", "**"), ("<strong>", "</strong>"), ("<b>", "</b>")])
def test_bold_names_that_begin_items_are_the_speakers(opening, closing):
    names = ("Ann Lee", "Bob Roy", "Eve Moss", "Tom Hill")
    items = "".join(f" - {opening}{name}{closing} discussed how moss grows in the shade.\n" for name in names)
    text = f"---\ntitle: GardenConf 2019\n---\nI went to GardenConf. Below are highlights from three days.\n\n{items}"
    talks = parse_post(text, name="_posts/2019-10-10-gardenconf.md").talks
    assert [[speaker.name for speaker in talk.speakers] for talk in talks] == [[name] for name in names]


def test_bold_speaker_and_title_outdo_the_sentence_about_the_talk():
    titles = ("Ann Lee - moss in winter", "Bob Roy - roses at night", "Eve Moss - bridges of wood")
    said = "This talk gave a brief history of gardens. " + "Gardens need water, shade and a lot of time. " * 6
    items = "".join(f" - **{title}:** {said}\n" for title in titles)
    text = f"# GardenConf 2019\n\nThese are highlights of the talks.\n\n{items}"
    talks = parse_post(text, name="_posts/2019-10-10-gardenconf.md").talks
    assert [(talk.speakers[0].name, talk.title) for talk in talks] == [tuple(each.split(" - ")) for each in titles]


def test_speakers_behind_a_french_by_end_before_the_colon():
    rows = ["**Kale**, par Florent Exemple : un tour.", "**Moss**, par Thomas Petit et Zoe Quinnell : des images."]
    text = "---\ntitle: Retour sur MossConf 2019\n---\n\n## Les conférences\n\n" + "".join(f"- {row}\n" for row in rows)
    talks = parse_post(text, name="moss.md").talks
    assert [[each.name for each in talk.speakers] for talk in talks] == [
        ["Florent Exemple"],
        ["Thomas Petit", "Zoe Quinnell"],
    ]


@pytest.mark.parametrize("tail", [". [Plugh][p] waters walls all day.", ". Plugh waters walls all day."])
def test_a_bold_title_ends_before_the_short_sentence_behind(tail):
    told = "**Roofs of grass**. Bob Roy told us how grass grows on roofs, and how long it takes until autumn."
    items = f"- **Walls of moss**{tail}\n- {told}\n- {told.replace('Roofs', 'Beds')}\n"
    text = f"# GlassConf 2023\n\nThe talks I heard:\n\n{items}\n[p]: https://x.com/plugh\n"
    titles = [talk.title for talk in parse_post(text, name="glass.md").talks]
    assert titles == ["Walls of moss", "Roofs of grass", "Beds of grass"]


def test_links_to_notes_without_points_are_no_talks():
    links = "- [[FooConf 2019 – Moss in the shade]]\n- [[FooConf 2018]] - Ferns of Doom\n- [[Reeds in May]] - Ann Lee\n"
    assert parse_post(f"# FooConf 2019\n\n## Talks I went to\n\n{links}", name="vault/FooConf 2019.md").talks == ()


def test_links_to_notes_with_points_are_talks():
    links = "- [[Moss in May]] - [[Ann Lee]]\n  - it grows\n- [[Bob Roy]] - Reeds in June\n  - they bend\n"
    talks = parse_post(f"# FooConf 2019\n\n## Talks I went to\n\n{links}", name="vault/FooConf 2019.md").talks
    assert [(talk.title, talk.speakers[0].name) for talk in talks] == [
        ("Moss in May", "Ann Lee"),
        ("Reeds in June", "Bob Roy"),
    ]


def test_bold_titles_end_before_remarks_behind_commas_dashes_colons():
    items = (
        "* **Ann Lee - Growing moss**, which needs no sun and hardly any soil",
        "* **Bob Roy - Bridges of straw** – they hold more than one thinks",
        "* **Eve Stein - Why glass breaks**\n  It is cold and it is late.",
        "* **Ferns on stones**, a great talk with many pictures of walls",
        "* **Reeds and rivers**: Carl told of the river where he grew up.",
    )
    talks = parse_post("# GardenConf 2019: lightning talks\n\n" + "\n".join(items) + "\n", name="x.md").talks
    titles = ["Growing moss", "Bridges of straw", "Why glass breaks", "Ferns on stones", "Reeds and rivers"]
    assert [(talk.title, len(talk.takeaways)) for talk in talks] == [(title, 1) for title in titles]

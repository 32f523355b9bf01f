"""Small posts, each with one way of marking talks, and as many similar ones without talks."""

import pytest

from talks.parsing import Hints, Kind, ParsedPost, ParsedSpeaker, ParsedTakeaway, ParsedTalk, parse_post
from talks.parsing.pipeline import read_post
from talks.parsing.talks.post_checks import Settled, check_post


def parse(body: str, title: str = "Notes from FooConf 2019") -> ParsedPost:
    return parse_post(f"---\ntitle: {title}\ndate: 2019-05-05\n---\n{body}", name="post.md")


def talks(body: str, title: str = "Notes from FooConf 2019") -> list[tuple[str, list[str], int]]:
    return [
        (talk.title, [speaker.name for speaker in talk.speakers], len(talk.takeaways))
        for talk in parse(body, title).talks
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Gardens by Ann Lee\n\n* a\n\n## Bridges by Bob Roy\n\n* b\n* c",
         [("Gardens", ["Ann Lee"], 1), ("Bridges", ["Bob Roy"], 2)]),
        ("**Gardens in winter** by Ann Lee\n\n* a\n\n**Bridges of wood** by Bob Roy\n\n* b",
         [("Gardens in winter", ["Ann Lee"], 1), ("Bridges of wood", ["Bob Roy"], 1)]),
        ("* Gardens in winter (Ann Lee)\n  * a\n* Bridges of wood (Bob Roy)\n  * b\n  * c",
         [("Gardens in winter", ["Ann Lee"], 1), ("Bridges of wood", ["Bob Roy"], 2)]),
        ("Ann Lee gave a talk called “Gardens in winter”.\n\nBob Roy presented “Bridges of wood”.",
         [("Gardens in winter", ["Ann Lee"], 1), ("Bridges of wood", ["Bob Roy"], 1)]),
        ("| Title | Author(s) | Seen |\n|---|---|---|\n| Gardens | Ann Lee | yes |\n| Bridges | Bob Roy | no |",
         [("Gardens", ["Ann Lee"], 0), ("Bridges", ["Bob Roy"], 0)]),
        ("| Talk | Speaker |\n|---|---|\n| Gardens | Ann Lee |\n| Bridges | Bob Roy |",
         [("Gardens", ["Ann Lee"], 0), ("Bridges", ["Bob Roy"], 0)]),
        ("## Gardens\n\n*Ann Lee, Initech*\n\n* a\n\n## Bridges\n\n*Bob Roy, Globex*\n\n* b",
         [("Gardens", ["Ann Lee"], 1), ("Bridges", ["Bob Roy"], 1)]),
        ("# Day 1\n\n## How gardens grow\n\n* a\n\n## How bridges hold\n\n* b\n\n## Lunch\n\nSoup.",
         [("How gardens grow", [], 1), ("How bridges hold", [], 1)]),
    ],
)  # fmt: skip
def test_every_way_of_marking_talks_is_recognised(body, expected):
    assert talks(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "We will be at FooConf. Come and see us!\n\n* booth 5\n* free coffee",
        "## Venue\n\nA barn.\n\n## Food\n\nSoup.\n\n## Conclusion\n\nGood.",
        "## Installing\n\nRun `make`.\n\n## Using\n\nRun it.",
        "Just a paragraph about nothing.",
        "* eggs\n* milk\n* bread",
        "| Size | Price |\n|---|---|\n| small | 1 |",
    ],
)
def test_no_talks_are_recognised_in_posts_that_mark_none(body):
    post = parse(body, title="FooConf 2019")
    assert post.talks == ()
    assert [d.code for d in post.diagnostics] == ["no-talks"]


def test_an_address_after_a_label_is_no_title():
    link = "Talk: <https://a.example/gardens-in-winter>"
    body = f"## Gardens with Ann Lee\n\n{link}\n\n* a\n\n## Bridges with Bob Roy\n\n* b"
    assert [title for title, *_ in talks(body)] == ["Gardens", "Bridges"]


def test_time_slots_with_arrows_are_no_part_of_titles():
    slots = [
        f"{hour}:00 -> {hour}:45 : {title}\nBob Roy\n\nwords" for hour, title in ((9, "Moss"), (10, "Glass and sand"))
    ]
    body = "\n\n".join([*slots, "13:30 -> 17h Wells in the wood\nAnn Lee\n\nwords"])
    assert [title for title, *_ in talks(body)] == ["Moss", "Glass and sand", "Wells in the wood"]


@pytest.mark.parametrize("farewell", ["¡Hasta el año que viene!", "À l'année prochaine !"])
def test_farewells_in_headings_are_no_talks(farewell):
    body = f"## Gardens by Ann Lee\n\n* a\n\n## Bridges by Bob Roy\n\n* b\n\n## {farewell}\n\n* c"
    assert [title for title, *_ in talks(body)] == ["Gardens", "Bridges"]


def test_subheadings_belong_to_their_talk():
    body = "## Gardens by Ann Lee\n\n### Soil\n\n* a\n\n### Water\n\n* b\n\n## Bridges by Bob Roy\n\n* c"
    assert talks(body) == [("Gardens", ["Ann Lee"], 2), ("Bridges", ["Bob Roy"], 1)]


def test_a_file_of_one_talk_is_recognised():
    post = parse_post("# Gardens by Ann Lee\n\n## Soil\n\n* a\n\n## Water\n\n* b\n", name="gardens.md")
    assert [(talk.title, len(talk.takeaways), talk.line) for talk in post.talks] == [("Gardens", 2, 1)]


def test_every_kind_of_takeaway_is_recognised():
    body = "## Gardens by Ann Lee\n\n* a\n\nWords.\n\n> Said.\n\n```\ncode\n```\n\n![i](i.png)\n\n|a|b|\n|-|-|\n|c|d|\n"
    kinds = [takeaway.kind for takeaway in parse(body).talks[0].takeaways]
    assert kinds == [Kind.POINT, Kind.PARAGRAPH, Kind.QUOTE, Kind.CODE, Kind.IMAGE, Kind.TABLE]


def test_an_address_alone_is_a_reference_but_no_takeaway():
    body = "## Gardens by Ann Lee\n\n* a\n* <https://a.example/x>\n* https://b.example/\n* see https://c.example\n"
    (talk,) = parse(body).talks
    assert [takeaway.text for takeaway in talk.takeaways] == ["a", "see https://c.example"]
    assert [reference.url for reference in talk.references][:1] == ["https://a.example/x"]


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("[The tracker](https://a.example/t)", False),
        ("[The tracker][1]", False),
        ("[Roses, the film?](https://a.example/t)", True),
        ("[Water!](https://a.example/t)", True),
        ("[A](https://a.example), [B](https://b.example)", False),
        ("[The tracker](https://a.example/t) grows", True),
        ("[The tracker](https://a.example/t)\n  * slowly", True),
        ("![Roses](roses.png)", True),
    ],
)
def test_linked_questions_and_exclamations_are_takeaways_unlike_other_links(item, told):
    """The words of the link end in a question or exclamation mark."""
    (talk,) = parse(f"## Gardens by Ann Lee\n\n* Water less\n* {item}\n\n[1]: https://a.example/t\n").talks
    assert len(talk.takeaways) == 1 + told


def test_lines_of_kramdown_attributes_vanish_but_attributes_within_lines_stay():
    (talk,) = parse("## Gardens by Ann Lee\n{: .no_toc}\n\n* Water less\n* Dig {: .more}\n{: .wide}\n").talks
    assert [takeaway.text for takeaway in talk.takeaways] == ["Water less", "Dig {: .more}"]


def test_references_are_links_out_of_the_notes():
    body = (
        "## Gardens by [Ann Lee](https://twitter.com/annlee)\n\n"
        "* see [here](https://a.example) and [there](/blog/x)\n* [here](https://a.example) again ![i](https://b.example/i.png)\n"
        "* `https://code.example`\n\n[Slides](https://s.example)"
    )
    (talk,) = parse(body).talks
    assert [(r.url, r.title, r.line) for r in talk.references] == [
        ("https://a.example", "here", 7),
        ("https://s.example", "Slides", 11),
    ]


def test_talks_are_assigned_to_days():
    post = parse("# Day 1\n\n## Gardens by Ann Lee\n\n* a\n\n# Day 2\n\n## Bridges by Bob Roy\n\n* b")
    assert [(talk.title, talk.day) for talk in post.talks] == [("Gardens", 1), ("Bridges", 2)]
    assert [(day.number, day.heading.line) for day in post.days] == [(1, 5), (2, 11)]


def test_a_farewell_does_not_belong_to_the_last_talk():
    post = parse("## Gardens by Ann Lee\n\n* a\n\n## Bridges by Bob Roy\n\n* b\n\nThat's all, see you next year!")
    assert [passage.line for passage in post.outro] == [13]
    assert len(post.talks[-1].takeaways) == 1


def test_a_listed_talk_with_its_own_section_is_one_talk():
    body = (
        "## Talks on Thursday\n\n* Gardens in winter (Ann Lee)\n* Bridges of wood (Bob Roy)\n\n"
        "## Insights into “Bridges of wood”\n\n[This talk](https://www.youtube.com/watch?v=x) was about pegs."
    )
    post = parse(body)
    assert [(talk.title, [s.name for s in talk.speakers]) for talk in post.talks] == [
        ("Gardens in winter", ["Ann Lee"]),
        ("Bridges of wood", ["Bob Roy"]),
    ]
    assert [(entry.title, entry.line) for entry in post.lineup] == [("Bridges of wood", 8)]


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("## Gardens by Ann Lee\n\n## Bridges by Bob Roy\n\n* b", "talk-without-notes", 5),
        ("* a\n* b\n\n## Gardens by Ann Lee\n\n* c", "notes-before-talk", 5),
        ("## Gardens by Ann Lee\n\n* a\n\n## Gardens by Ann Lee\n\n* b", "repeated-title", 9),
        ("## Gardens by Ann Lee\n\n* a\n\n## Gardens: a tour by Ann Lee\n\n* b", "repeated-title", 9),
        ("## Gardens – a tour by Ann Lee\n\n* a\n\n## Gardens by Ann Lee\n\n* b", "repeated-title", 9),
        ("## Gardens by Ann Lee\n\n* a\n\n## Food\n\n* soup\n\n## Bridges by Bob Roy\n\n* b", "unplaced-notes", 11),
    ],
)
def test_questionable_posts_get_a_warning(body, code, line):
    assert [(d.code, d.line) for d in parse(body).diagnostics if d.severity.value == "warning"] == [(code, line)]


@pytest.mark.parametrize(
    "titles",
    [("Gardens by Ann Lee", "Gardens: a tour by Bob Roy"), ("Gardens: roses by Ann Lee", "Gardens: moss by Ann Lee")],
)
def test_talks_of_other_speakers_or_subtitles_are_told_apart(titles):
    first, second = titles
    post = parse(f"## {first}\n\n* a\n\n## {second}\n\n* b")
    assert not [d for d in post.diagnostics if d.severity.value == "warning"]


@pytest.mark.parametrize(
    "above",
    [
        "Key points:\n\n* a\n* b",
        "## Books to look up\n\n* a\n* b\n\n## Talks",
        "* [Site](https://x.example/1)\n* [Slides](https://x.example/2)\n* and roses",
    ],
)
def test_lists_below_headings_or_colons_before_talks_raise_no_warning(above):
    post = parse(f"{above}\n\n### Gardens by Ann Lee\n\n* c\n\n### Bridges by Bob Roy\n\n* d")
    found = [diagnostic.code for diagnostic in post.diagnostics if diagnostic.severity.value == "warning"]
    assert ([talk.title for talk in post.talks], found) == (["Gardens", "Bridges"], [])


@pytest.mark.parametrize(
    "head",
    [
        "* 📍 Venue: Moss Hall\n* 🗓 Date: 4 May 2019\n* Hashtag: moss",
        "* 일시 : 2019. 05. 04\n* 주최 : 모스 모임",
        "* Venue: Moss Hall\n* Organiser: Moss Society\n\n## 👏 Summary\n\n* It was cold.\n* It was good.",
    ],
)
def test_rows_about_the_event_and_a_summary_raise_no_warning(head):
    """They stand above the talks."""
    told = parse(f"{head}\n\n## Gardens by Ann Lee\n\n* c\n\n## Walls by Bob Roy\n\n* d").diagnostics
    assert [d.code for d in told if d.severity.value == "warning"] == []


@pytest.mark.parametrize(
    "text",
    [
        "# Slide decks of all speakers\n\n* [Walls of moss](https://a.example)\n* [Roses](https://b.example)\n* [Rain](https://c.example)",
        "# GardenConf 2019 recordings\n\n1. [Walls of moss](https://a.example)\n2. <https://b.example>\n3. [Rain](https://c.example)",
    ],
)
def test_posts_that_only_link_to_slides_have_no_talks(text):
    """Or to recordings."""
    assert parse_post(text, name="gardenconf-2019/decks.md").talks == ()


def test_talks_with_some_links_below_their_titles_stay_talks():
    links = "* [Walls](https://a.example)\n* [Roses](https://b.example)\n* [Rain](https://c.example)"
    post = parse_post(
        f"# Slides considered harmful – Ann Lee\n\n{links}\n* Draw more.\n* Talk less.", name="gardenconf-2019/a.md"
    )
    assert [talk.title for talk in post.talks] == ["Slides considered harmful"]


def test_a_repeated_point_gets_a_note_and_no_warning():
    told = parse("## Gardens by Ann Lee\n\n* c\n* c").diagnostics
    assert [(d.code, d.line, d.severity.value) for d in told] == [("repeated-point", 8, "note")]


@pytest.mark.parametrize(
    ("heading", "notes", "found"),
    [
        ("Gardens", ("Zora Vel",), (1, "Zora Vel")),
        ("Gardens", ("moss", "Ann Lee, engineer, Initech"), (2, "Ann Lee, engineer, Initech")),
        ("Gardens – Ann Lee", ("moss is green",), (0, "Ann Lee")),
        ("Gardens: Deep Roots", ("moss is green", "ferns are not"), None),
        ("Gardens", ("moss is green", "ferns are not", "bark", "Ann Lee"), None),
        ("Gardens", ("Ann Lee",), None),
    ],
)
def test_talks_without_speakers_get_diagnostics_if_lines_may_name_some(heading, notes, found):
    """The first lines of such a talk may name one."""
    units = tuple(ParsedTakeaway(Kind.POINT, text, 6 + place, 6 + place) for place, text in enumerate(notes))
    speakers = () if found or len(notes) > 1 else (ParsedSpeaker("Ann Lee"),)
    post = ParsedPost("x.md", talks=(ParsedTalk("Gardens", heading, 5, speakers=speakers, takeaways=units),))
    told = check_post(post, Hints(), (), (), too_many=False, settled=Settled())
    lines = [(d.line - 5, d.message) for d in told if d.code == "speaker-unread"]
    assert lines == ([(found[0], f"“Gardens” has no speaker, but “{found[1]}” may be one.")] if found else [])


@pytest.mark.slow
def test_too_many_talks_or_takeaways_are_reported():
    post = parse("\n".join(f"## Talk number {n} by Ann Lee\n\n* a\n" for n in range(1005)))
    assert len(post.talks) == 1000
    assert "too-many-talks" in [d.code for d in post.diagnostics]
    post = parse("\n".join(f"## Talk number {n} by Ann Lee\n\n* a\n" for n in range(1000)))
    assert (len(post.talks), post.diagnostics) == (1000, ())
    post = parse("## Gardens by Ann Lee\n\n" + "\n".join(f"* point {n}" for n in range(5001)))
    assert [(d.code, d.severity.value) for d in post.diagnostics] == [("too-many-takeaways", "error")]
    assert parse("## Gardens by Ann Lee\n\n" + "\n".join(f"* point {n}" for n in range(5000))).diagnostics == ()


def test_overlong_titles_are_cut_but_whole_in_the_heading():
    heading = "## " + "word " * 100 + "by Ann Lee"
    (talk,) = parse(f"{heading}\n\n* a").talks
    assert len(talk.title) <= 300
    assert talk.head[0].text == heading


@pytest.mark.parametrize(
    ("title", "talk", "speaker"),
    [
        ("Gardens in winter – Ann Lee at FooConf 2019", "Gardens in winter", "Ann Lee"),
        ("Ann Lee: Gardens in winter (FooConf 2019)", "Gardens in winter", "Ann Lee"),
        ("FooConf 2019: Gardens in winter with Ann Lee", "Gardens in winter", "Ann Lee"),
        ("Gardens in winter by Ann Lee (FooConf 2019)", "Gardens in winter", "Ann Lee"),
    ],
)
def test_posts_titled_by_a_talk_and_speaker_are_one_talk(title, talk, speaker):
    post = parse("It was about snow.\n\n* a\n* b\n", title=f"'{title}'")
    assert [(t.title, [(s.name, s.affiliation) for s in t.speakers], len(t.takeaways)) for t in post.talks] == [
        (talk, [(speaker, None)], 3)
    ]
    assert (post.conference.series, post.conference.year) == ("FooConf", 2019)


@pytest.mark.parametrize(
    "title", ["Report from FooConf 2019 by Eve Moss", "FooConf 2019", "My FooConf 2019 notes by Eve Moss"]
)
def test_a_writers_name_in_the_title_makes_no_talk(title):
    assert parse("It was good.\n\n* soup\n* bread\n", title=f"'{title}'").talks == ()


def test_bracketed_headings_about_something_missed_are_no_talks():
    body = "## Gardens - Ann Lee\n\n* a\n\n## (missed Bob’s talk)\n\n## (skipped lunch)\n\n## Bridges - Bob Roy\n\n* b"
    assert talks(body) == [("Gardens", ["Ann Lee"], 1), ("Bridges", ["Bob Roy"], 1)]


def test_items_below_the_heading_missed_are_no_talks():
    missed = "## Missed\n\n* [Locks](https://example.org/locks)"
    body = f"## Gardens - Ann Lee\n\n* a\n\n{missed}\n\n## Bridges - Bob Roy\n\n* b"
    assert talks(body) == [("Gardens", ["Ann Lee"], 1), ("Bridges", ["Bob Roy"], 1)]


_LISTED = """
* 10:00 [Gardens in winter](https://fooconf.example/schedule/1) by Ann Lee
* 11:00 [Bridges of wood](https://fooconf.example/schedule/2) by Bob Roy
* 12:00 [Soils and their worms](https://fooconf.example/schedule/3) by Eve Moss
"""


@pytest.mark.parametrize(
    "opening",
    [
        "The programme is out. These sessions got my attention:",
        "I leafed through the programme. I am planning to attend all of these talks:",
        "So that I know where to go, below is my tentative schedule:",
        "Es gibt mehr Vorträge als Stunden. Welche Talks wir sehen wollen, haben wir aus dem Fahrplan herausgesucht:",
        "Voici ma sélection de conférences :",
        "Estas son las charlas que quiero ver:",
        "As palestras que pretendo assistir:",
        "We could not make it to the barn. The videos are out, here are those on plants:",
    ],
)
def test_listed_talks_that_writers_missed_or_plan_are_not_read(opening):
    """They are no talks of the post."""
    assert talks(f"{opening}\n{_LISTED}", title="FooConf 2019") == []


@pytest.mark.parametrize(
    "opening",
    [
        "These are the talks that I attended:",
        "I was looking forward to the sessions of this day, and they were lovely. I saw these talks:",
        "Below are the talks that we liked:",
        "Who could not make it to the barn finds here my notes of all talks:",
        "I missed the opening, since the train was late. The talks below stand in no order.",
        "The videos of all talks will be out soon, so I won't go into much detail here.",
    ],
)
def test_listed_talks_that_the_writer_heard_are_talks(opening):
    listed = [("Gardens in winter", ["Ann Lee"], 0), ("Bridges of wood", ["Bob Roy"], 0)]
    assert talks(f"{opening}\n{_LISTED}", title="FooConf 2019")[:2] == listed


def test_a_plan_for_tomorrow_does_not_hide_the_talks_above():
    body = "## Gardens by Ann Lee\n\n* a\n\n## Bridges by Bob Roy\n\n* b\n\nTomorrow I plan to attend more talks."
    assert talks(body) == [("Gardens", ["Ann Lee"], 1), ("Bridges", ["Bob Roy"], 1)]


@pytest.mark.parametrize(
    ("before", "missed"),
    [
        ("**Gardens in winter** by Ann Lee\n\nWater less.\n\n**Soils** by Eve Moss\n\nDig.\n\n",
         "These are the talks that I could not see:\n\n**Bridges of wood** by Bob Roy\n\nThey say it was full."),
        ("# Gardens in winter - Ann Lee\n\nWater less.\n\n# Soils - Eve Moss\n\nDig.\n\n",
         "Here are two talks that I missed.\n\n## Bridges of wood - Bob Roy\n\nFull.\n\n## Roofs - Ida Oak\n\nFull."),
        ("# Gardens in winter - Ann Lee\n\nWater less.\n\n# Soils - Eve Moss\n\nDig.\n\n",
         "# Talks I am looking forward to on video\n\n## Bridges of wood - Bob Roy\n\nFull, they say."),
    ],
)  # fmt: skip
def test_talks_said_to_be_missed_are_not_read(before, missed):
    """A sentence or a heading says so; they are no talks of the post."""
    assert [(title, names) for title, names, _ in talks(before + missed)] == [
        ("Gardens in winter", ["Ann Lee"]), ("Soils", ["Eve Moss"])
    ]  # fmt: skip


def test_missed_talks_end_where_the_writer_tells_of_heard_ones():
    missed = "The talks that I could not see:\n\n**Bridges of wood** by Bob Roy\n\nThey say it was full."
    heard = "**Gardens in winter** by Ann Lee\n\nWater less.\n\n**Soils** by Eve Moss\n\nDig."
    assert [title for title, _, _ in talks(f"{missed}\n\nNow the talks that I did attend:\n\n{heard}")] == [
        "Gardens in winter",
        "Soils",
    ]


def test_quoted_sentences_in_a_list_are_no_talks():
    body = (
        "I kept some quotes from the talks of that day:\n\n"
        '- "A gardener is somebody who believes in rain." ~ Eve Moss\n- "The soil was not ready for it yet."\n'
        '- "Keep the paths that people want to walk."\n'
    )
    assert talks(body) == []


def test_items_about_a_texts_source_and_author_are_no_talks():
    items = (
        "- 原文：[FooConf 2019 Trip Report: Ann Lee](https://example.org/foo)\n- 2019 年 5 月 25 日\n- 作者：Ann Lee"
    )
    assert parse(f"# FooConf 2019 旅行报告：Ann Lee\n\n{items}\n\n我很高兴去了那里。\n").talks == ()


def test_bold_lines_ending_in_korean_name_and_dash_are_talks():
    names = ["김무성", "이재면", "황성현", "정윤원"]
    body = "**처음 온 행사**\n\n사람이 많았다.\n\n"
    body += "".join(f"**정원에서 {name[0]} 기르기 - {name} -**\n\n좋았다. 많이 배웠다.\n\n" for name in names)
    assert [(title, speakers) for title, speakers, _ in talks(body)][-4:] == [
        (f"정원에서 {name[0]} 기르기", [name]) for name in names
    ]


def test_headings_of_what_happens_beside_talks_are_no_talks():
    """In any language."""
    for aside in ("発表資料", "午後の部", "Pause déjeuner", "Mittagspause", "Выводы", "茶歇", "참가 후기", "Almoço"):
        body = f"## Gardens - Ann Lee\n\n* a\n\n## {aside}\n\n* b\n\n## Bridges - Bob Roy\n\n* c"
        assert [title for title, _, _ in talks(body)] == ["Gardens", "Bridges"], aside


def test_lines_below_headings_of_time_and_room_are_talks_titles():
    titles = ["Growing moss on stones", "Bridges of old towns", "Locks without keys"]
    slots = [("10:35", "Room A"), ("11:30", "Room B"), ("12:00", "Room A")]
    body = "".join(
        f"## {time} {room}\n\n[{title}](https://example.org/{room[-1]})\n\n- a\n- b\n\n"
        for title, (time, room) in zip(titles, slots, strict=True)
    )
    assert talks(body) == [(title, [], 2) for title in titles]


def test_sentences_below_headings_of_time_and_room_are_no_titles():
    body = "## 10:35 Room A\n\nWe came late.\n\n## 11:30 Room B\n\nIt rained.\n\n## 12:00 Room A\n\nWe ate soup.\n\n"
    assert talks(body) == []


def test_lists_of_people_with_what_they_did_hold_no_talks():
    did = {"Francesca Allen": "school, afternoon", "Stefan Delpy": "tools, morning", "Roberto Guy": "basics"}
    items = "".join(f"<li>{name} (session {work})</li>\n" for name, work in did.items())
    body = f"It was good.\n\nThose who led the sessions:\n<ul>\n{items}</ul>\n"
    assert parse_post(body, name="it/posts/2020/foo-day-2020-thanks.md").talks == ()


def test_titles_containing_the_word_missed_are_talks():
    body = "## Missed gardens - Ann Lee\n\n* a\n\n## Bridges (missed chances) - Bob Roy\n\n* b"
    assert [title for title, _, _ in talks(body)] == ["Missed gardens", "Bridges (missed chances)"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Talk | Speaker | Slides | Video", []),
        ("Talk | Speaker | Remarks | Video", ["Gardens", "Bridges"]),
        ("Talk | Speaker | Slides | Remarks", ["Gardens", "Bridges"]),
    ],
)
def test_tables_of_titles_beside_slides_and_videos_hold_no_talks(header, expected):
    """They have columns for nothing else."""
    rows = "| Gardens | Ann Lee | [x](https://x.example) | [y](https://y.example) |\n"
    body = f"| {header} |\n|---|---|---|---|\n{rows}{rows.replace('Gardens', 'Bridges').replace('Ann Lee', 'Bob Roy')}"
    assert [title for title, _, _ in talks(body)] == expected


def test_items_labelled_topic_below_a_title_with_speaker_are_takeaways():
    body = "* Gardens in winter (Ann Lee)\n  * Topic: roses\n* Bridges of wood (Bob Roy)\n  * b"
    assert talks(body) == [("Gardens in winter", ["Ann Lee"], 1), ("Bridges of wood", ["Bob Roy"], 1)]


def headings(body: str) -> list[tuple[str, str]]:
    return [(unit.text, unit.headings) for talk in parse(body).talks for unit in talk.walk() if unit.headings]


def test_a_takeaway_has_the_headings_and_labels_above_it():
    talk = "## Gardens by Ann Lee\n\nOne.\n\n### Soil\n\n#### *Good* soil\n\n* dark\n* wet\n\nThe bad:\n\n* dry\n"
    assert headings(talk) == [("dark", "Soil\nGood soil"), ("dry", "The bad:")]


def test_headings_above_links_or_ratings_are_headings_of_no_takeaway():
    talk = (
        "## Gardens by Ann Lee\n\nRating: :star: :star:\n\n### Links\n\n[Slides](https://bread.example/s)\n\n* dark\n"
    )
    assert headings(talk) == []


@pytest.mark.parametrize("line", ["3/5", "**My score: 4.5 / 5**", "Rating: 8/10", "Further remarks:", "*See also:*"])
def test_scores_and_labels_of_nothing_are_no_takeaways(line):
    post = parse_post(
        f"# GardenConf 2019\n\n## Moss by Ann Lee\n\nMoss is green.\n\n{line}\n\n## Roses by Bob Roy\n\n- a\n",
        name="x.md",
    )
    assert [len(talk.takeaways) for talk in post.talks] == [1, 1]


@pytest.mark.parametrize("line", ["He gave it 3/5 of a day.", "By the way, 3/5 is much.", "It said this:\nmoss"])
def test_lines_that_say_more_than_scores_or_labels_are_takeaways(line):
    post = parse_post(
        f"# GardenConf 2019\n\n## Moss by Ann Lee\n\nMoss is green.\n\n{line}\n\n## Roses by Bob Roy\n\n- a\n",
        name="x.md",
    )
    assert [len(talk.takeaways) for talk in post.talks] == [2, 1]


def test_headings_before_a_talk_belong_to_none_of_its_takeaways():
    assert headings("# Day 1\n\n## Gardens by Ann Lee\n\n* dark\n\n## Bridges by Bob Roy\n\n* wood\n") == []


def test_a_takeaway_keeps_ten_headings_of_200_characters_each():
    many = "".join(f"### {'word ' * 60}{number}\n\n" for number in range(20))
    post = parse_post(f"---\nconfnotes:\n  talk_level: 2\n---\n## Gardens by Ann Lee\n\n{many}* dark\n", name="a.md")
    (unit,) = post.talks[0].takeaways
    assert [len(line) <= 200 and line.endswith("…") for line in unit.headings.split("\n")] == [True] * 10


@pytest.mark.parametrize(
    ("name", "body", "days"),
    [
        ("Day2_Monday.md", "# May 6, Monday\n\n## Gardens by Ann Lee\n\n* a", [(2, "2019-05-06")]),
        (
            "Day2-3.md",
            "# May 6, Monday\n\n## Gardens by Ann Lee\n\n* a\n\n# May 7, Tuesday\n\n## Bridges by Bob Roy\n\n* b",
            [(2, "2019-05-06"), (3, "2019-05-07")],
        ),
        ("all.md", "# Day 1 - 6 May\n\n## Gardens by Ann Lee\n\n* a", [(1, "2019-05-06")]),
        ("all.md", "# Monday 6 May\n\n## Gardens by Ann Lee\n\n* a", []),
        ("day-2.md", "## Gardens by Ann Lee\n\n* a\n\n# 1 January 2011\n\n* b", [(2, "2011-01-01")]),
    ],
)
def test_headings_give_days_their_dates(name, body, days):
    post = parse_post(f"---\ntitle: Notes from FooConf 2019\n---\n{body}", name=name)
    assert [(day.number, str(day.date)) for day in post.days] == days


@pytest.mark.parametrize(
    ("title", "headings", "told", "days"),
    [
        ("FooConf 2019", ["Wed 6 Nov", "Thu 7 Nov"], [(1, "2019-11-06"), (2, "2019-11-07")], [1, 2]),
        ("FooConf 2019", ["06.11. - Mittwoch", "08.11. - Freitag"], [(1, "2019-11-06"), (3, "2019-11-08")], [1, 3]),
        ("FooConf", ["11月6日(水)", "11月7日(木)"], [(1, "None"), (2, "None")], [1, 2]),
        ("FooConf 2019", ["17th", "18th"], [(1, "None"), (2, "None")], [1, 2]),
        ("FooConf 2019", ["31st", "1st"], [], [None, None]),
        ("FooConf 2019", ["7 Nov", "Day 1 - 6 Nov"], [(1, "2019-11-06"), (2, "2019-11-07")], [2, 1]),
        ("FooConf 2019", ["Wed 6 Nov", "Wed 6 Nov"], [], [None, None]),  # one day, whose number nothing tells
        ("FooConf 2019", ["Thu 7 Nov", "Wed 6 Nov"], [], [None, None]),  # in no order of days
        ("FooConf 2019", ["6 Nov", "Panel on 7 Nov"], [], [None, None]),
        ("FooConf 2019", ["6 March", "7 November"], [], [None, None]),
    ],
)
def test_headings_that_are_dates_begin_days(title, headings, told, days):
    sections = zip(headings, ("Gardens by Ann Lee", "Bridges by Bob Roy"), strict=True)
    body = "".join(f"# {heading}\n\n## {talk}\n\n* a\n\n" for heading, talk in sections)
    post = parse_post(f"---\ntitle: Notes from {title}\n---\n{body}", name="all.md")
    assert ([(day.number, str(day.date)) for day in post.days], [talk.day for talk in post.talks]) == (told, days)


def test_dates_without_talks_before_the_first_talk_are_no_days():
    text = "# FooConf 2019\n\n## Tue 5 Nov\n\nPacking.\n\n## Wed 6 Nov\n\n### Gardens by Ann Lee\n\n* a\n\n"
    text += "## Thu 7 Nov\n\n### Bridges by Bob Roy\n\n* b\n"
    assert [(day.number, day.heading.line) for day in parse_post(text, name="a.md").days] == [(1, 7), (2, 13)]


@pytest.mark.parametrize(
    ("line", "is_label"),
    [
        ("What the talk said:", True),
        ("Dr. Lee said:", True),
        ("他说：", True),
        ("Moss grows. Here is why:", False),
        ("苔藓长在墙上。原因如下：", False),
        ("苔" * 41 + "：", False),
    ],
)
def test_only_a_short_clause_before_a_colon_is_a_label(line, is_label):
    talk = parse(f"## Moss by Ann Lee\n\n{line}\n\nRoses too.\n\n## Tulips by Ben Roe\n\n- Red\n").talks[0]
    noted = [unit.text for unit in talk.takeaways]
    assert (line in noted, talk.takeaways[-1].headings) == ((False, line) if is_label else (True, ""))


TALKS = "{}## Moss on walls by Ann Lee\n\n* Green\n\n## Roses by Ben Roe\n\n* Red\n"


@pytest.mark.parametrize(
    ("head", "name", "title"),
    [
        ("", "acme-conf-2019/day-2-hall-b.md", "Acme Conf 2019, day 2 (hall b)"),
        ("", "acme-conf-2019/day-2.md", "Acme Conf 2019, day 2"),
        ("", "acme-conf-2019/hall-b.md", "Acme Conf 2019 (hall b)"),
        ("", "hall-b.md", "hall b"),
        ("# Walls and roses\n\n", "acme-conf-2019/hall-b.md", "Walls and roses"),
        ("# Lightning Talks\n\n", "acme-conf-2019/lightning_talks.md", "Lightning Talks"),
        ("---\ntitle: Moss on walls\n---\n\n", "acme-conf-2019/hall-b.md", "Moss on walls"),
    ],
)
def test_posts_without_own_titles_are_named_by_event_and_file(head, name, title):
    """By the day too."""
    post = parse_post(TALKS.format(head), name=name)
    assert (post.title, len(post.talks)) == (title, 2)


def test_posts_of_one_talk_have_the_talks_heading_as_title():
    text = TALKS.format("").partition("## Roses")[0]
    assert parse_post(text, name="acme-conf-2019/hall-b.md").title == "Moss on walls by Ann Lee"


@pytest.mark.parametrize("above", ["Books she recommended:\n\n", "### Further reading\n\n"])
def test_rows_of_a_table_of_books_are_no_talks(above):
    books = "| Title | Author |\n|---|---|\n| The Book of Moss | Bob Roy |\n| Ferns and Trees | Eve Stein |\n"
    notes = f"# GardenConf 2023\n\n## Moss in the shade by Ann Lee\n\n- moss is green\n\n{above}{books}"
    assert [talk.title for talk in parse_post(notes, name="x.md").talks] == ["Moss in the shade"]


def test_a_surname_that_is_a_common_word_is_read():
    (talk,) = parse_post("# GardenConf 2019\n\n## Jez Humble\n\n- beds\n\n## Ann Lee\n\n- moss\n", name="x.md").talks
    assert [speaker.name for speaker in talk.speakers] == ["Jez Humble"]


def test_a_heading_that_labels_the_speaker_is_no_talk():
    body = "## Presenter: Ann Lee\n\nSlides: https://speakerdeck.com/ann/moss\n\n### Winter\n\n* a\n\n### Summer\n\n* b"
    assert "Presenter" not in [title for title, *_ in talks(f"# Tuesday Session 5: Moss in winter\n\n{body}")]


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ("- Absent", 0),
        ("(skipped this one)", 0),
        ("- Absent minds", 1),
        ("Couldn't go to this session, but a friend praised the moss.", 0),
        ("Couldn't see it because of the moss on the lens, so I listened. " + "Water it less, and dig more. " * 4, 1),
        ("- Couldn't see it, but heard:\n- water less", 1),
        ("Didn't see it, but a friend says that moss hates sun.", 1),
        ("Didn't see it, but the slides show moss in shade.", 1),
        ("Didn't attend but heard it was fine. There will be a video.", 0),
        ("Didn't go, but read the summary: water it less.", 1),
    ],
)
def test_sections_that_only_say_missed_hold_no_talk(notes, found):
    text = f"# GardenConf 2019\n\n## Moss by Ann Lee\n\n{notes}\n\n## Roses by Bob Roy\n\n- red\n"
    titles = [talk.title for talk in parse_post(text, name="x.md").talks]
    assert titles == ["Moss", "Roses"][-1 - found :]


@pytest.mark.parametrize(
    "line", ["Tools used: [moss](https://moss.example)", "Library: [a](https://a.example), [b](https://b.example)"]
)
def test_lines_of_a_label_and_links_are_no_takeaways(line):
    post = parse_post(
        f"# GardenConf 2019\n\n## Moss by Ann Lee\n\nMoss is green.\n\n{line}\n\nIt grows.\n", name="x.md"
    )
    assert [unit.text for unit in post.talks[0].takeaways] == ["Moss is green.", "It grows."]


def test_section_numbers_are_no_part_of_headings():
    sections = "".join(
        f"# {n}. Moss {n}\n\n## {n}.1. Intro\n\nGreen.\n\n## {n}.2 - Notes\n\n- wet\n\n" for n in range(1, 4)
    )
    _, reading = read_post(sections, name="x.md")
    assert reading.document.parts == {"intro", "notes"}


def test_numbers_before_only_two_headings_are_kept():
    _, reading = read_post("# 2.0 in the garden\n\n- a\n\n# 3.1 at night\n\n- b\n", name="x.md")
    assert [reading.document.plain(number) for number in reading.document.headings] == [
        "2.0 in the garden",
        "3.1 at night",
    ]


def test_headings_named_in_a_timetable_above_are_its_talks():
    rows = ("Moss at scale | Ann Lee", "Ferns in shade | Bob Roy", "Reeds by lakes | Eve Stein")
    table = "\n".join(["| Title | Speaker |", "|--|--|", *(f"| {row} |" for row in rows)])
    body = f"{table}\n\n## Notes\n\n### Moss at scale\n- a\n- b\n\n### Ferns in shade\n- c"
    assert talks(body) == [
        ("Reeds by lakes", ["Eve Stein"], 0), ("Moss at scale", ["Ann Lee"], 2), ("Ferns in shade", ["Bob Roy"], 1),
    ]  # fmt: skip

"""Files that contain the notes of one talk: the speaker is read from the file's name and its first lines."""

import pytest

from talks.parsing import parse_post
from talks.parsing.metadata.folder_facts import FolderFacts
from talks.parsing.metadata.path_events import PathEvent


def read(name: str, text: str) -> list[tuple[str, list[str]]]:
    post = parse_post(text, name=name)
    return [(talk.title, [speaker.name for speaker in talk.speakers]) for talk in post.talks]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("# Roses grow at night\n\nTopic: soil\n\nBy [Ann Lee](https://twitter.com/alee) (Acme). Thanks!", ["Ann Lee"]),
        ("# Roses grow at night\n\nIn this talk Ann Lee explained how roses grow.", ["Ann Lee"]),
        ("talk by [@annlee](https://twitter.com/annlee)\n\n# Roses grow at night", ["annlee"]),
        ("# Roses grow at night\n\nThanks to Ann Lee for the roses.", []),
    ],
)
def test_lines_beside_a_files_title_name_its_speaker(text, speakers):
    ((_, found),) = read("gardenconf-2019/roses-grow-at-night.md", f"{text}\n\n* red\n* green\n")
    assert found == speakers


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Report of the GardenConf, 26 May 2019, Roses grow at night", "Roses grow at night"),
        ("Roses grow, and at night, GardenConf 2019", "Roses grow, and at night"),
        ("GardenConf – 26.05.2019 – Roses grow at night", "Roses grow at night"),
        ("Roses grow at night, 26 May 2019", "Roses grow at night, 26 May 2019"),
    ],
)
def test_fields_of_event_and_date_are_no_part_of_titles(title, expected):
    ((found, _),) = read("gardenconf-2019/x.md", f"# {title}\n\nSpeaker: Ann Lee\n\n* red\n* green\n")
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "By Ann Lee\n\n# Roses grow at night\n\n* red\n* green\n",
        "# Roses grow at night\n\n* red\n* green\n\nAnn Lee is a gardener at Acme.\n",
    ],
)
def test_names_above_titles_or_in_closing_notes_are_the_speakers(text):
    """Unless they are the writer's."""
    for author, speakers in (("Ann Lee", []), ("Bob Roy", ["Ann Lee"])):
        ((_, found),) = read("gardenconf-2019/roses-grow-at-night.md", f"---\nauthor: {author}\n---\n{text}")
        assert found == speakers


def test_slides_that_are_embedded_below_a_title_name_their_author():
    slides = (
        '<iframe src="//www.slideshare.net/slideshow/embed_code/key/x"></iframe> <div> <strong> <a href="x">Moss</a>'
    )
    slides += (
        ' </strong> from <strong><a target="_blank" href="https://www.slideshare.net/alee">Ann Lee</a></strong> </div>'
    )
    text = f"# Roses grow at night\n\n{slides}\n\n* red\n* green\n"
    assert read("gardenconf-2019/roses.md", text) == [("Roses grow at night", ["Ann Lee"])]
    assert read("gardenconf-2019/roses.md", text.replace("Ann Lee", "Codemoss")) == [("Roses grow at night", [])]
    link = text.replace("</strong> from <strong>", "</strong><strong>Slide ")
    assert read("gardenconf-2019/roses.md", link) == [("Roses grow at night", [])]


@pytest.mark.parametrize(
    ("title", "name", "speakers"),
    [
        ("Growing Quillo Walls at home", "Quillo Walls", []),
        ("Growing walls at home", "Quillo Walls", ["Quillo Walls"]),
        ("Panel with Quillo Walls on moss", "Quillo Walls", ["Quillo Walls"]),
        ("What Ann Lee grows at home", "Ann Lee", ["Ann Lee"]),
    ],
)
def test_unknown_names_among_words_of_a_title_are_no_speakers(title, name, speakers):
    text = f"# {title}\n\n{name} explained how to water plants.\n\n- water\n- shade\n"
    assert [names for _, names in read("gardenconf-2019/walls.md", text)] == [speakers]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("here-grow-roses_sunjit-mossi.md", "# Here Grow Roses -- Why", ("Here Grow Roses -- Why", ["Sunjit Mossi"])),
        ("sunjit-mossi--here-grow-roses.md", "# Here Grow Roses", ("Here Grow Roses", ["Sunjit Mossi"])),
        ("2:00pm_ann-moss.md", "# Ann Moss", ("Ann Moss", ["Ann Moss"])),
        ("roses.md", "# Roses grow at night\n\nSunjit Mossi, UC Acme", ("Roses grow at night", ["Sunjit Mossi"])),
        ("roses.md", "# Roses grow\n\nAnn Lee, Acme\n\nBob Roy, Acme", ("Roses grow", ["Ann Lee", "Bob Roy"])),
        ("roses.md", "# Roses grow\n\n## Kin Moss - @kinmoss - 6 May 2015", ("Roses grow", ["Kin Moss"])),
        ("roses.md", "# GardenConf: Roses grow\nAnn Lee, Acme", ("Roses grow", ["Ann Lee"])),
        ("1600-roses-at-night.md", "# Sunjit Mossi - Roses at Night", ("Roses at Night", ["Sunjit Mossi"])),
        ("705_roses_grow.md", "# 705 - How Roses Grow", ("How Roses Grow", [])),
        (
            "roses.md",
            "---\ntitle: Roses grow\nsubtitle: Ann Lee and Bob Roy\n---",
            ("Roses grow", ["Ann Lee", "Bob Roy"]),
        ),
        ("ann-lee-roses-in-winter.md", "# Roses in Winter", ("Roses in Winter", ["Ann Lee"])),
        ("roses-in-winter-ann-lee.md", "# Roses in Winter", ("Roses in Winter", ["Ann Lee"])),
        ("many-red-roses-in-winter.md", "# Roses in Winter", ("Roses in Winter", [])),
        ("roses.md", "# Roses grow\n## By Ann Lee -- twitter @annlee --company: Acme", ("Roses grow", ["Ann Lee"])),
        ("roses.md", "# Roses grow\n\n> ## Kin Moss - @kinmoss\n>\n> - Gardener", ("Roses grow", ["Kin Moss"])),
        ("roses.md", "# Roses grow\n\n## A tour\n\n> ## Kin Moss - @kinmoss", ("Roses grow", ["Kin Moss"])),
        ("roses.md", "# Roses grow\n\n> ## What roses need", ("Roses grow", [])),
        ("roses_in_winter.md", "#Roses in winter – Kin Moss (Acme)", ("Roses in winter", ["Kin Moss"])),
        ("roses.md", "# GardenConf 2019\n\n# Ann Lee\n\n## Roses grow", ("Roses grow", ["Ann Lee"])),
        ("RosesGrow.md", "# GardenConf\n\n# Kin Moss\n\n## Roses grow", ("Roses grow", ["Kin Moss"])),
        ("roses.md", "# Roses grow\n\n## Ann Lee\n\n### Water and light", ("Roses grow", ["Ann Lee"])),
        ("roses_in_winter.md", "# Roses in winter", ("Roses in winter", [])),
        ("docker-swarm.md", "# Roses in winter", ("Roses in winter", [])),
        ("roses.md", "# Roses grow\n\nTel Moss, Israel", ("Roses grow", [])),
        ("roses.md", "# Roses grow\n## Sunjit Mossi", ("Roses grow", ["Sunjit Mossi"])),
        ("roses.md", "# Roses grow\n## Sunjit Mossi\n@mossi", ("Roses grow", ["Sunjit Mossi"])),
        ("roses.md", "# Roses grow\n\n### Kin Moss: Head of Gardens (kin@)", ("Roses grow", ["Kin Moss"])),
        ("roses.md", "# Roses grow\n\nSunjit Mossi\n\n## Abstract", ("Roses grow", ["Sunjit Mossi"])),
        ("roses.md", "# Roses grow\n\nSunjit Mossi, Ulf Vemmer", ("Roses grow", ["Sunjit Mossi", "Ulf Vemmer"])),
        (
            "roses.md",
            "# Roses grow\n\nSunjit Mossi (Acme)\\\nUlf Vemmer",
            ("Roses grow", ["Sunjit Mossi", "Ulf Vemmer"]),
        ),
        ("roses.md", "# Roses grow\n\n## Mossi Gardens\n\n- tall gardens\n\n## Light", ("Roses grow", [])),
        ("roses.md", "# Roses grow\n\nMossi Gardens\n\n- in gardens", ("Roses grow", [])),
        ("roses.md", "## Sunjit Mossi\n# Roses: How They Grow", ("Roses: How They Grow", ["Sunjit Mossi"])),
        (
            "roses.md",
            "# Roses grow\n\n* Who\n  * Sunjit Mossi, CTO, Acme\n  * @mossi",
            ("Roses grow", ["Sunjit Mossi"]),
        ),
        ("roses.md", "* Presentor: Sunjit Mossi\n* soft", ("roses", ["Sunjit Mossi"])),
        ("roses.md", "# Roses grow\n\n* sunjit mossi\n* ann lee\n* bob roy", ("Roses grow", [])),
        ("roses.md", "# Roses grow\n\n* ann lee\n* bob roy\n* soft", ("Roses grow", ["ann lee", "bob roy"])),
        (
            "roses.md",
            "# Roses grow\n\n* Kin Moss @ Acme & Ulf Vemmer @ Acme",
            ("Roses grow", ["Kin Moss", "Ulf Vemmer"]),
        ),
        (
            "roses.md",
            "# Roses grow\n\n* Sunjit Mossi\n  * Developer at Acme\n  * @mossi",
            ("Roses grow", ["Sunjit Mossi"]),
        ),
        (
            "roses.md",
            "# Roses grow\n\n# Details:\n* https://garden.example/17\n* Sunjit Mossi (Acme)\n\n# Notes:",
            ("Roses grow", ["Sunjit Mossi"]),
        ),
        (
            "roses_grow_at_night.md",
            "* Why roses grow at night\n** Sunjit Mossi",
            ("Why roses grow at night", ["Sunjit Mossi"]),
        ),
        ("roses_grow_at_night.md", "Roses Grow At Night!?", ("Roses Grow At Night!?", [])),
        ("roses.md", "# Roses grow\n\nKin Mossi:", ("Roses grow", [])),
        ("Roses Grow by Sunjit Mossi.md", "- soft", ("Roses Grow", ["Sunjit Mossi"])),
        ("Roses by Waking Early.md", "- waking early", ("Roses by Waking Early", [])),
        ("sunjit mossi- roses.md", "# ann lee “roses grow”", ("ann lee “roses grow”", [])),
        ("ann lee- roses grow.md", "# ann lee “roses grow”", ("roses grow", ["ann lee"])),
        ("roses.md", "# Roses grow\n\n## Mossi Rose-Gardens\n\n### Soil\n\n- soft\n\n## Light", ("Roses grow", [])),
        ("2_ann_lee_roses_grow.md", "# Roses grow in 2019", ("Roses grow in 2019", ["Ann Lee"])),
        ("Wed07_Roses.Grow_by_Zora.Quillby.md", "# Roses grow", ("Roses grow", ["Zora Quillby"])),
        ("Wed07__Roses.Grow__by_Zora.Quillby.md", "# Roses grow", ("Roses grow", ["Zora Quillby"])),
        ("roses.md", "# Roses grow\n\nTalk by Ann Lee", ("Roses grow", ["Ann Lee"])),
        ("roses.md", "# Roses grow\n\nSpeaker\n- Ann Lee, CTO of Acme\n- likes moss", ("Roses grow", ["Ann Lee"])),
        (
            "roses.md",
            "# Roses grow\n\n## Panelists\n\n- Kin Moss (Acme)\n- Ulf Vemmer",
            ("Roses grow", ["Kin Moss", "Ulf Vemmer"]),
        ),
        ("what-grows-where.md", "Works at Moss Gardens", ("what grows where", [])),
        ("1_rg.md", "How Roses Grow At Night", ("How Roses Grow At Night", [])),
        ("roses_grow.md", "Sunjit Mossi, Acme VP of Roses and Grass", ("roses grow", ["Sunjit Mossi"])),
        ("roses_at_night.md", "Roses", ("roses at night", [])),
        (
            "roses_by_night.md",
            "# Roses by Full Moonlight\n\n## Sunjit Mossi",
            ("Roses by Full Moonlight", ["Sunjit Mossi"]),
        ),
        (
            "roses.md",
            "# Gardens(square): Least Mossy Rose-Beds\n\nAnn Lee, Bob Roy",
            ("Gardens(square): Least Mossy Rose-Beds", ["Ann Lee", "Bob Roy"]),
        ),
        (
            "roses.md",
            "# Roses at night - Dawn Velmor\n\nSpeaker: Ann Lee",
            ("Roses at night - Dawn Velmor", ["Ann Lee"]),
        ),
        (
            "roses.md",
            "# Roses at night - Sunny Weather\n\nSpeaker: Ann Lee",
            ("Roses at night - Sunny Weather", ["Ann Lee"]),
        ),
        ("roses.md", "# Roses at night - Dawn Velmor\n\nNot on stage", ("Roses at night", ["Dawn Velmor"])),
    ],
)
def test_title_and_speaker_of_a_one_talk_file_are_found(name, text, expected):
    assert read(f"GardenConf 2019/{name}", f"{text}\n\n- red\n- white\n") == [expected]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ivy-and-nettles", "# Ivy and Nettles (IAN)\n\n* red\n", ("Ivy and Nettles (IAN)", [])),
        ("ivy", "# Ivy\n\nA talk given by [Zorbo Pluk](https://a.example) at Moss.\n\n* a\n", ("Ivy", ["Zorbo Pluk"])),
        ("ivy", "# Ivy: Wet Walls and Old Elms\n## by Ann Lee\n\n* a\n", ("Ivy: Wet Walls and Old Elms", ["Ann Lee"])),
    ],
)  # fmt: skip
def test_abbreviations_and_topics_are_no_speakers_beside_lines_with_by(name, text, expected):
    assert read(f"gardenconf-2019/{name}.md", text) == [expected]


def test_headings_above_speakers_are_titles_also_below_other_text():
    text = "!SLIDE\n\n# Roses grow at night #\n## Ann Lee ##\n\n!SLIDE\n\n# Red\n# or\n# green\n\n* red\n* green\n"
    assert read("gardenconf-2019/dark/slides.md", text) == [("Roses grow at night", ["Ann Lee"])]


def test_a_file_titled_by_its_event_is_no_single_talk():
    body = "# GardenConf 2019\n\n## Abstract\n\n- red\n\n## Questions\n\n- wet\n"
    assert read("GardenConf 2019/roses.md", body) == []


def test_the_files_name_is_the_title_beside_equal_headings():
    body = "# Soil\n\n- red\n\n# Water\n\n- wet\n\n# Light\n\n- bright\n"
    assert read("GardenConf 2019/talks/Roses in winter.md", body) == [("Roses in winter", [])]


def test_a_first_heading_like_the_files_name_is_the_title():
    body = "# Roses in winter: why they wait - Ann Lee\n\n- red\n\n# Demo\n\n- wet\n\n# Questions\n\n- bright\n"
    found = [("Roses in winter: why they wait", ["Ann Lee"])]
    assert read("GardenConf 2019/talks/3_winter_roses.md", body) == found


def test_a_talk_with_templates_in_its_title_is_as_certain():
    posts = [
        parse_post(f"# Growing {what}\nby Ann Lee\n\n- dark\n- wet\n", name=f"notes/growing_{what.lower()}.md")
        for what in ("Templates", "Plants")
    ]
    templates, plants = (post.talks[0].certainty for post in posts)
    assert templates == plants


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("StuffToLookAtAfterwards.md", 0),
        ("things-i-gotta-look-into.md", 0),
        ("things-to-try-in-gardens.md", 1),
        ("learn-more-of-moss.md", 1),
    ],
)
def test_lists_of_things_to_look_at_later_are_no_talk(name, count):
    text = "* moss grows where it is wet\n* ferns\n  * and where it is dark\n* bark\n"
    post = parse_post(text, name=f"gardenconf-2019/{name}")
    assert len(post.talks) == count
    assert (
        len(parse_post(f"---\nconfnotes:\n  holds_talks: true\n---\n{text}", name=f"gardenconf-2019/{name}").talks) == 1
    )


SECTIONS = "## Soil\n\nmoss likes it wet\n\n- rain\n\n## Light\n\nmoss likes it dark\n\n- shade\n\n## Stones\n\n- old\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        # The folder's name is written as one word, and so is the title.
        (
            "GardenTalkNotes/MossOnStonesAndTrees.md",
            f"Speaker: Ann Lee - GardenConf 2014\n-----\n\n{SECTIONS}",
            ("Moss On Stones And Trees", ["Ann Lee"]),
        ),
        ("Roses/MossOnStonesAndTrees.md", SECTIONS, None),
        ("ConferenceNotes/grdn2017/day1/Moss-on-stones.md", SECTIONS, ("Moss on stones", [])),
        ("garden-notes/Moss on stones.md", SECTIONS, None),
        # Sections at the title's level, below the speaker's name.
        (
            "GardenConf 2019/moss.md",
            "# Looking for wet stones\n\n## Ann Lee\n\n# soil\n\n- wet\n\n# light\n\n- dark\n\n# stones\n\n- old",
            ("Looking for wet stones", ["Ann Lee"]),
        ),
        # A heading with a colon, below text, is that of a section.
        (
            "GardenConf 2019/talks/moss-on-stones.md",
            "the first stones were dry\n\nnow they are wet\n\n#### What moss likes:\n\n- rain\n- shade",
            ("moss on stones", []),
        ),
        # The title stands below a heading for it, and the front matter's title is the speaker.
        (
            "GardenNotes/_posts/2017-06-13-ann-lee.md",
            "---\ntitle: Ann Lee\n---\n# Topic\n**Moss on stones and trees**\n\n# Notes\n\n- wet\n- dark",
            ("Moss on stones and trees", ["Ann Lee"]),
        ),
        # Links at the top, below a heading, are a part of the notes of a talk.
        ("meetup-notes/20151014_Moss_walls.md", f"## Links\n\nmoss.example\n\n{SECTIONS}", ("Moss walls", [])),
        ("garden-notes/20151014_Moss_walls.md", f"## Links\n\nmoss.example\n\n{SECTIONS}", None),
        # An address in the notes does not make its words common ones.
        (
            "GardenConf 2019/moss.md",
            "# How moss grows\n\n## Ossip Vemmer - Acme\n\n- ossip.example/moss\n\n### Soil\n\n- wet",
            ("How moss grows", ["Ossip Vemmer"]),
        ),
    ],
)
def test_files_in_talk_folders_with_several_sections_are_one_talk(name, text, expected):
    assert read(name, text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("vault/GardenConf - How moss grows.md", ("How moss grows", [], "GardenConf", None)),
        ("vault/[2018 GardenConf] How moss grows.md", ("How moss grows", [], "GardenConf", 2018)),
        ("vault/GardenConf - Soils by a-lee.md", ("Soils", ["a-lee"], "GardenConf", None)),
        ("mossconf-notes/Soils by a-lee.md", ("Soils", ["a-lee"], "Mossconf", None)),
    ],
)
def test_files_named_after_event_and_title_are_one_talk(name, expected):
    title = "# Soils\n\n" if "Soils" in name else ""
    post = parse_post(f"{title}- Moss drinks through its leaves\n- It needs shade\n- No roots\n", name=name)
    found = [(talk.title, [speaker.name for speaker in talk.speakers]) for talk in post.talks]
    assert found == [expected[:2]]
    assert (post.conference.series, post.conference.year) == expected[2:]


def test_an_event_in_brackets_before_a_linked_title_is_dropped():
    text = "[[2018 GardenConf] How moss grows - Ann Lee](https://videos.example/1)\n\n- It drinks\n- It climbs\n"
    assert read("vault/[2018 GardenConf] How moss grows.md", text) == [("How moss grows", ["Ann Lee"])]


def test_files_named_after_a_meeting_and_title_are_no_talks():
    text = "- Moss drinks through its leaves\n- It needs shade\n- No roots\n"
    assert not read("vault/Garden meeting - How moss grows.md", text)


def test_several_headings_with_speaker_subheadings_are_several_talks():
    body = "# Soil\n\n## Ann Lee\n\n- wet\n\n# Light\n\n## Bob Roy\n\n- dark\n\n# Stones\n\n## Kim Poe\n\n- old\n"
    assert read("GardenConf 2019/moss.md", body) == [
        ("Soil", ["Ann Lee"]),
        ("Light", ["Bob Roy"]),
        ("Stones", ["Kim Poe"]),
    ]


@pytest.mark.parametrize("title", ["Moss Night", "Moss Night 2019", "An evening of moss", "모스의 밤"])
def test_a_file_whose_sections_have_speakers_is_not_one_talk(title):
    sections = "".join(
        f"## {number}. {heading}\n\n- 🎤 Speaker: {name}\n- Water it.\n- Cut it in March.\n\n"
        for number, (heading, name) in enumerate([("Walls of moss", "Ann Lee"), ("What bees want", "Eve Moss")], 1)
    )
    assert read("moss-night.md", f"# {title}\n\n{sections}") == [
        ("Walls of moss", ["Ann Lee"]),
        ("What bees want", ["Eve Moss"]),
    ]


def test_files_titled_with_event_year_and_city_have_no_talk():
    head = "- 🗓 Date: 10 June 2018\n- 💁 Organiser: Moss Society\n- ⛳ Venue: Moss Hall"
    for title in ("Google I/O Extended 2018 Seoul", "GardenConf 2018 Oslo"):
        assert read("moss.md", f"# {title}\n\n{head}\n\n## Summary\n\n- It was cold.\n") == []


def test_the_event_in_a_files_name_overrides_its_folders_event():
    facts = FolderFacts(PathEvent("Mosscon", 2017, True, "its folder"))
    for name, expected in (("GardenConf - Soil.md", ("GardenConf", None)), ("Mosscon - Soil.md", ("Mosscon", 2017))):
        post = parse_post("- Moss drinks\n- It needs shade\n", name=f"mosscon/{name}", folder=facts)
        assert (post.conference.series, post.conference.year) == expected


def test_a_table_of_one_row_below_titles_tells_the_speakers():
    table = "| Date | Title | Speaker |\n| --- | --- | --- |\n| 12/06/2020 | Moss on stones | Ann Lee |\n"
    text = f"## Moss on stones\n\n{table}\n### Shade\n\n- it needs little light\n- it drinks dew\n"
    (talk,) = parse_post(text, name="gardenconf-2020/talks/moss-on-stones.md").talks
    assert ([speaker.name for speaker in talk.speakers], len(talk.takeaways)) == (["Ann Lee"], 2)


def test_the_files_name_outdoes_a_first_heading_like_synopsis():
    text = "## Synopsis\n\nMoss on stones\n\n## Shade\n\n- it needs little light\n- it drinks dew\n"
    assert read("gardenconf-notes/moss-and-stones.md", text) == [("moss and stones", [])]


@pytest.mark.parametrize(
    ("title", "talk"),
    [
        ("Ann Lee: How Roses Grow (Velocity 2012)", "How Roses Grow"),
        ("KubeCon EU 2022: It Was Moss, It Wasn’t Roses by Ann Lee", "It Was Moss, It Wasn’t Roses"),
    ],
)
def test_front_matter_titles_with_speaker_and_event_are_talks(title, talk):
    text = f'---\ntitle: "{title}"\n---\n\nLook closely.\n\n* red roses need water\n* green moss does not\n'
    assert read("notes/2022/roses.md", text) == [(talk, ["Ann Lee"])]


def test_the_files_name_outdoes_a_first_heading_like_trends():
    text = "# Trends\n\n## Moss\n\n- it needs little light\n- it drinks dew\n\n## Stones\n\n- they warm the moss\n"
    assert read("gardenconf-notes/2018/why_walls_need_moss.md", text) == [("why walls need moss", [])]


@pytest.mark.parametrize(
    "text",
    [
        "**Presenter:** Ann Lee\n\n## Bio\n\nShe gardens.\n\n## Notes\n\n* red\n* green\n",
        "Presenter: Ann Lee\n\n* red\n* green\n* yellow\n* blue\n",
        "**Presenter:** Ann Lee\n\n## Speaker\n\n> She gardens.\n\n## Abstract\n\n> Roses.\n\n* red\n* green\n",
    ],
)
def test_lines_with_the_label_of_a_speaker_are_no_titles(text):
    assert read("gardenconf-2019/Roses-grow-at-night.md", text) == [("Roses grow at night", ["Ann Lee"])]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Bio", "Roses grow at night"),
        ("Synopsis", "Roses grow at night"),
        ("The bad news", "Roses grow at night"),
        ("1. Roses grow at night", "1. Roses grow at night"),
        ("How roses grow at night", "How roses grow at night"),
    ],
)
def test_the_file_name_titles_a_post_whose_heading_is_bio(heading, title):
    text = f"Speaker: Ann Lee\n\n## {heading}\n\n* red\n* green\n\n## More of it\n\n* blue\n"
    assert parse_post(text, name="gardenconf-2019/Roses-grow-at-night.md").title == title


def test_titles_behind_event_and_bullet_are_read_with_their_speakers():
    text = "# GardenConf 2017 • How to grow roses at night • Ann Lee\n\nLink to the talk: https://youtu.be/x\n\n* red\n"
    assert read("talks/how-to-grow-roses.md", text) == [("How to grow roses at night", ["Ann Lee"])]


def test_a_list_item_labelled_name_tells_the_files_speaker():
    text = (
        "---\ntitle: Roses grow at night\n---\n## Overview\n\n- name: Ann Lee\n- red\n\n## Notes\n\n- green\n- blue\n"
    )
    assert read("gardenconf-2019/talk.ann-lee.md", text) == [("Roses grow at night", ["Ann Lee"])]
    assert read(
        "gardenconf-2019/roses.md", "- Name: Roses grow at night\n- Speaker: Ann Lee\n\n## Notes\n\n- red\n"
    ) == [("Roses grow at night", ["Ann Lee"])]


def test_an_event_in_brackets_is_dropped_from_a_files_title():
    text = "# Growing moss indoors (GardenConf 2019)\n\n## Pots\n\n* red\n\n## Water\n\n* wet\n\n## Light\n\n* dim\n"
    assert read("gardenconf-notes/2019/growing-moss-indoors.md", text) == [("Growing moss indoors", [])]


CHAPTERS = "# Why we garden\n\n## The spade\n\nIt was a stick.\n\n## Walls\n\nThey are old.\n\n## Roofs\n\nBees.\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CHAPTERS, 0),
        (CHAPTERS.replace("## Roofs\n\n", ""), 1),
        (CHAPTERS.replace("## Roofs", "## Questions"), 1),
        (CHAPTERS.replace("It was a stick.", "* a stick"), 1),
        (CHAPTERS.replace("garden\n\n", "garden\n\nSpeaker: Ann Lee\n\n", 1), 1),
        (CHAPTERS.replace("garden\n\n", "garden\n\nAnn Lee gave this talk at MossConf 2019.\n\n", 1), 1),
    ],
)
def test_essays_among_notes_of_talks_are_no_talks(text, found):
    post = parse_post(text, name="conference-notes/why-we-garden.md", folder=FolderFacts(single=1.0, files=5))
    assert len(post.talks) == found


@pytest.mark.parametrize("folder", ["talks", "talks/2019", "my-talk-notes", "lectures", "Sessions", "vorträge"])
def test_essays_in_folders_of_talks_are_talks(folder):
    post = parse_post(CHAPTERS, name=f"{folder}/why-we-garden.md", folder=FolderFacts(single=1.0, files=5))
    assert [talk.title for talk in post.talks] == ["Why we garden"]


def test_a_heading_that_names_the_speaker_is_no_title():
    text = "## Speaker: Ann Lee\n\n- Soil is deep\n- Soil is red\n\nMoss grows on it, and it holds water.\n"
    assert read("MossTalks/DeepSoilForBuildingGardens.md", text) == [("Deep Soil For Building Gardens", ["Ann Lee"])]


@pytest.mark.parametrize(("folder", "count"), [("GardenConf 2019", 1), ("photos", 0)])
def test_a_photo_alone_is_notes_in_an_events_folder(folder, count):
    assert len(parse_post("![[IMG-1.png]]\n", name=f"{folder}/Moss on old walls.md").talks) == count


@pytest.mark.parametrize(
    ("title", "talk", "speaker"),
    [
        ("Notes from Sarah Lee's talk", "Sarah Lee's talk", "Sarah Lee"),
        ("Apuntes de la charla de Javier Moss sobre muros verdes", "muros verdes", "Javier Moss"),
        ("Notizen zum Vortrag von Gunter Moos auf der GardenConf 2019", "Vortrag von Gunter Moos", "Gunter Moos"),
        ("Mes notes sur la conférence de David Mousse", "conférence de David Mousse", "David Mousse"),
        ("Anotações da palestra do Silvio Lima", "palestra do Silvio Lima", "Silvio Lima"),
    ],
)
def test_titles_call_files_notes_of_somebodys_talk(title, talk, speaker):
    text = f'---\ntitle: "{title}"\n---\n- Moss needs shade.\n- Walls are dry.\n- Water helps.\n'
    talks = parse_post(text, name="2019-05-06-notes-of-the-talk.md").talks
    assert [(each.title, [person.name for person in each.speakers]) for each in talks] == [(talk, [speaker])]
    for other in ("Notes from GardenConf talks", "Notes on moss in the shade", "Notes from the keynotes"):
        assert not parse_post(text.replace(title, other), name="2019-05-06-notes.md").talks

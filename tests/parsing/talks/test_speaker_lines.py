import pytest

from talks.parsing import parse_post


def read(first: str, second: str):
    notes = "\n\n- water less\n- dig more\n\n"
    text = f"# GlassConf 2023\n\n{first}{notes}{second}{notes}"
    post = parse_post(text, name="glass.md")
    return [(talk.title, [(s.name, s.affiliation) for s in talk.speakers], len(talk.takeaways)) for talk in post.talks]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("## Ann Lee - Initech - Walls of moss", "## Bob Roy - Globex - Roofs of grass"),
        ("## Initech – Ann Lee – Walls of moss", "## Globex – Bob Roy – Roofs of grass"),
        ("## Walls of moss – Ann Lee – Initech", "## Roofs of grass – Bob Roy – Globex"),
        ("## Walls of moss\n> Ann Lee | Staff Engineer | Initech", "## Roofs of grass\n> Bob Roy | CTO | Globex"),
        ("## Walls of moss\nSpeakers:\n- Ann Lee (Initech)\n\nNotes:",
         "## Roofs of grass\nSpeakers:\n- Bob Roy (Globex)\n\nNotes:"),
        ('## Walls of moss\n<span class="who">by Ann Lee, Initech</span>',
         '## Roofs of grass\n<span class="who">by Bob Roy, Globex</span>'),
        ("## Walls of moss\nRoom 4, 10:30 AM\nAnn Lee, Initech",
         "## Roofs of grass\nRoom 4, 11:30 AM\nBob Roy, Globex"),
        ("## Walls of moss\nSpeaker(s): Ann Lee, Initech\nTrack: Frontend",
         "## Roofs of grass\nSpeaker(s): Bob Roy, Globex\nTrack: Ops"),
    ],
)  # fmt: skip
def test_speaker_and_company_are_read_in_or_below_a_title(first, second):
    assert read(first, second) == [
        ("Walls of moss", [("Ann Lee", "Initech")], 2),
        ("Roofs of grass", [("Bob Roy", "Globex")], 2),
    ]


@pytest.mark.parametrize(
    ("details", "speaker", "count"),
    [
        ("* Ann Lee\n* @annlee", ("Ann Lee", None, "annlee"), 2),
        ("* Ann Lee\n* the @annlee of roofs", ("Ann Lee", None, None), 3),
        ("Ann Lee @annlee\n\nDeveloper, Initech", ("Ann Lee", "Initech", "annlee"), 2),
        ("Ann Lee @annlee\n\nDevelopers water less.", ("Ann Lee", None, "annlee"), 3),
    ],
)
def test_the_line_below_a_name_gives_the_handle_or_company(details, speaker, count):
    join = "\n" if details.startswith("*") else "\n\n"
    notes = f"{details}{join}* water less\n* dig more\n\n## Roofs\n\n* Bob Roy\n* grass\n"
    talk = parse_post(f"# GlassConf 2023\n\n## Walls of moss\n\n{notes}", name="glass.md").talks[0]
    assert [(s.name, s.affiliation, s.handle) for s in talk.speakers] == [speaker]
    assert len(talk.takeaways) == count


@pytest.mark.parametrize(
    "label",
    [
        "Speaker name", "Presented by", "Talk by", "Moderator", "Facilitators", "Présenté par",
        "Intervenant·e·s", "Referent:in", "Докладчик", "Prelegentka", "Talare", "연사", "話者",
    ],
)  # fmt: skip
def test_labels_of_many_languages_announce_speakers(label):
    assert read(f"## Walls of moss\n{label}: Zora Quillby", f"## Roofs of grass\n{label}: Ulf Vemmer") == [
        ("Walls of moss", [("Zora Quillby", None)], 2),
        ("Roofs of grass", [("Ulf Vemmer", None)], 2),
    ]


@pytest.mark.parametrize("label", ["Date/time", "Session type", "Track/Room", "Level"])
def test_items_of_speaker_or_date_below_titles_are_no_takeaways(label):
    first = f"## Walls of moss\n\n* Speaker: Zora Quillby\n* {label}: tomorrow at 10"
    assert read(first, "## Roofs of grass - Bob Roy")[0] == ("Walls of moss", [("Zora Quillby", None)], 2)


@pytest.mark.parametrize("label", ["Grown by hand", "Talk about", "Name of the game"])
def test_labels_that_only_resemble_those_for_speakers_announce_none(label):
    told = read(f"## Walls of moss (Ann Lee)\n{label}: Zora Quillby", "## Roofs of grass (Bob Roy)")
    assert told == [("Walls of moss", [("Ann Lee", None)], 3), ("Roofs of grass", [("Bob Roy", None)], 2)]


@pytest.mark.parametrize(
    "place",
    ["Зал 1", "Sala A", "Salle 2", "第1会場", "A会場", "Sál B", "Track 1:", "Первый день", "Второй зал", "Second hall"],
)
def test_headings_of_places_and_days_above_talks_are_no_talks(place):
    text = f"# GlassConf 2023\n\n## {place}\n\n### Walls of moss - Ann Lee\n\n- a\n\n### Roofs - Bob Roy\n\n- b\n"
    assert [talk.title for talk in parse_post(text, name="glass.md").talks] == ["Walls of moss", "Roofs"]


@pytest.mark.parametrize("title", ["Sala de espera", "Halls of moss", "Das Saalbuch"])
def test_titles_that_contain_a_word_for_rooms_are_talks(title):
    text = f"# GlassConf 2023\n\n## {title} - Ann Lee\n\n- a\n\n## Roofs - Bob Roy\n\n- b\n"
    assert [talk.title for talk in parse_post(text, name="glass.md").talks] == [title, "Roofs"]


def test_lower_case_names_are_read_if_several_headings_have_them():
    assert read("## walls of moss - ann lee", "## roofs of grass - bob roy") == [
        ("walls of moss", [("ann lee", None)], 2),
        ("roofs of grass", [("bob roy", None)], 2),
    ]


def test_lowercase_names_with_handles_are_read_in_nested_brackets():
    assert read(
        "## walls of moss (ann lee (@annlee / http://lee.example))", "## roofs of grass (bob roy / @bobroy)"
    ) == [("walls of moss", [("ann lee", None)], 2), ("roofs of grass", [("bob roy", None)], 2)]


def test_a_quotation_with_its_author_stays_a_takeaway():
    found = read("## Walls of moss - Ann Lee\n\n> Less is more. — Eve Moss", "## Roofs of grass - Bob Roy")
    assert found[0] == ("Walls of moss", [("Ann Lee", None)], 3)


@pytest.mark.parametrize(
    "line",
    [
        "- 🎤 Speaker: Ann Lee", "🎤 **Speaker**: Ann Lee", "**🗣️ Speaker**: Ann Lee 🎉", "- **Speaker** 🎤: Ann Lee 🇩🇪",
        "1️⃣ Speaker: Ann Lee", ":microphone: Speaker: Ann Lee", "- ★ 🎤 発表者 : Ann Lee", "- 👩🏽‍💻 발표자 ： Ann Lee",
        "🎤 by Ann Lee", "### 🎤 Speaker\n\nAnn Lee",
    ],
)  # fmt: skip
def test_emoji_around_labels_and_names_are_no_part_of_them(line):
    second = "## Roofs of grass 🌱\n\n- 📍 Room: 4\n- 🎤 Referent: Bob Roy"
    assert read(f"## 🌿 Walls of moss\n\n{line}", second) == [
        ("Walls of moss", [("Ann Lee", None)], 2),
        ("Roofs of grass", [("Bob Roy", None)], 2),
    ]


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("김민수 모스코리아", [("김민수", "모스코리아")]),
        ("모스 코리아 김민수", [("김민수", "모스 코리아")]),
        ("김민수, 정도현 Initech", [("김민수", None), ("정도현", "Initech")]),
        ("김민수 님", [("김민수", None)]),
        ("김민수 및 이영희", [("김민수", None), ("이영희", None)]),
        ("김민수 이영희", []),
        ("남궁도현 Initech", [("남궁도현", "Initech")]),
        ("표은 모스코리아", [("표은", "모스코리아")]),
        ("아직 미정", []),
    ],
)
def test_korean_names_and_companies_may_have_only_a_space_between(value, people):
    told = read(f"## Walls of moss\n\n- 발표자 : {value}", "## Roofs of grass\n\n- 발표자 : Bob Roy")
    assert told == [("Walls of moss", people, 2), ("Roofs of grass", [("Bob Roy", None)], 2)]


def test_rows_that_tell_when_and_where_are_no_notes():
    rows = "- 🗓 일시 : 2023. 05. 04\n- 💁 주최 : 모스 모임\n- ⛳ 장소 : 모스홀\n- 📎 발표자료 : [PDF](https://moss.example/a.pdf)"
    second = "- Where: Moss Hall\n- 🎤 Speaker: Bob Roy\n- Talk video: https://moss.example/v\n- 📽️ 발표 영상 : [영상](https://moss.example/v)"
    assert read(f"## Walls of moss\n\n{rows}", f"## Roofs of grass\n\n{second}") == [
        ("Walls of moss", [], 2),
        ("Roofs of grass", [("Bob Roy", None)], 2),
    ]


@pytest.mark.parametrize(
    "heading", ["📸 Selfie", "📸 인증샷", "Gruppenfoto", "Galerie photo", "集合写真", "现场照片", "Zdjęcia"]
)
def test_a_heading_for_photos_is_no_talk(heading):
    first = f"## {heading}\n\n![moss](moss.png)\n\n## Walls of moss – Ann Lee"
    assert read(first, "## Roofs of grass – Bob Roy") == [
        ("Walls of moss", [("Ann Lee", None)], 2),
        ("Roofs of grass", [("Bob Roy", None)], 2),
    ]


def test_addresses_below_a_speaker_are_no_notes():
    text = (
        "# How moss is watered\n\n@annlee\nann@initech.example\nhttps://initech.example\n\n## Keep it wet\n\n- rain\n"
    )
    [talk] = parse_post(f"{text}- more rain\n", name="moss.md").talks
    assert ([speaker.handle for speaker in talk.speakers], len(talk.takeaways)) == (["annlee"], 2)


def test_labels_below_abstracts_name_the_speaker_unless_headings_intervene():
    abstract = "> #### Abstract\n>\n> Nobody waters walls. We look at how moss grows there.\n> It takes a year.\n\n"
    told = read(
        f"## Walls of moss\n\nRoom 4, 10:30\n{abstract}> #### Speaker Bio : Zora Quillby",
        f"## Roofs of grass\n\n{abstract}#### Rain\n\nIt was dry up there.\n\nThen it rained.\n\n> Speaker : Bob Roy",
    )
    assert [speakers for _, speakers, _ in told] == [[("Zora Quillby", None)], []]


def test_items_like_names_are_speakers_beside_one_known_name():
    links = "[Slides](https://g.example/slides)\n[Page of the talk](https://g.example/1)\n\n"
    people = "* [Ann Lee](https://g.example/ann)\n* [Zora Quillby](https://g.example/zora)\n* Ulf Vemmer"
    things = "* [Ann Lee](https://g.example/ann)\n* [Zora Quillby](https://g.example/zora)\n* moss and more"
    assert read(f"## Walls of moss\n\n{links}{people}", f"## Roofs of grass\n\n{links}{things}") == [
        ("Walls of moss", [("Ann Lee", None), ("Zora Quillby", None), ("Ulf Vemmer", None)], 2),
        ("Roofs of grass", [("Ann Lee", None)], 3),
    ]


@pytest.mark.parametrize("line", ["(from Acmeville)", "(by Friday)", "(mit Kaffee)"])
def test_places_things_and_days_in_bracketed_bylines_are_no_speakers(line):
    text = f"# GlassConf 2023\n\n## Walls of moss\n\n{line}\n\n* green\n\n## Roofs by Ann Lee\n\n* green\n"
    assert [talk.speakers for talk in parse_post(text, name="glass.md").talks][:-1] in ([], [()])


def test_handles_in_first_items_below_titles_are_the_speakers():
    told = read("## Walls of moss\n\n* @zoraq\n* https://slides.example/moss", "## Roofs of grass\n\n* green\n* @zoraq")
    assert [speakers for _, speakers, _ in told] == [[("zoraq", None)], []]


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("(by Ann Lee)", ["Ann Lee"]),
        ("(by K Ann Quillby)", ["K Ann Quillby"]),
        ("(by Glenwyn)", ["Glenwyn"]),
        (
            "with [Ann Lee](https://ann.example/)\nand [Zora Quillby](https://zora.example/)",
            ["Ann Lee", "Zora Quillby"],
        ),
        ("with [@annlee](https://twitter.com/annlee)\nand [@zoraq](https://twitter.com/zoraq)", ["annlee", "zoraq"]),
        (
            (
                "* [Slides & notes](https://slides.example/moss)\n* [Zora Quillby](https://twitter.com/zoraq)\n"
                "  * [GitHub](https://github.com/zoraq)\n* [Ann Lee](https://twitter.com/annlee) - website"
            ),
            ["Zora Quillby", "Ann Lee"],
        ),
    ],
)
def test_speakers_below_titles_may_be_in_brackets_or_linked(below, names):
    notes = "\n\nWater moss less.\n\n* dig more\n" if "*" not in below else "\n* water moss less\n* dig more\n"
    post = parse_post(f"# GlassConf 2023\n\n## Roofs of grass\n\n{below}{notes}", name="glass.md")
    assert [[speaker.name for speaker in talk.speakers] for talk in post.talks] == [names]
    assert [unit.text for unit in post.talks[0].takeaways] == [
        "Water moss less." if "*" not in below else "water moss less",
        "dig more",
    ]


@pytest.mark.parametrize(("note", "found"), [("It grows slowly.", True), ("Most talks of quill and moss.", False)])
def test_unknown_names_behind_dashes_are_speakers_unless_written_in_lowercase(note, found):
    post = parse_post(
        f"# Growing Gardens in Winter - Zaura Quill\n\n- Water less.\n- {note}\n", name="g/2023/winter.md"
    )
    assert [speaker.name for talk in post.talks for speaker in talk.speakers] == ["Zaura Quill"] * found


@pytest.mark.parametrize("label", ["### Attendees:", "### Attendees", "Organizers:", "### Teilnehmer"])
def test_people_below_a_label_for_the_audience_are_no_speakers(label):
    audience = f"{label}\n\n- Ann Lee (Initech)\n- Bob Roy\n\nNotes:"
    assert read(f"## Walls of moss\n\n{audience}", "## Roofs of grass\n\nby Eve Poe") == [
        ("Walls of moss", [], 2),
        ("Roofs of grass", [("Eve Poe", None)], 2),
    ]


def test_notes_on_what_the_audience_did_are_kept():
    notes = "Participants:\n\n- Voted on which ferns to plant\n- Learned that spores need light\n"
    (talk,) = parse_post(f"# Ferns at scale\nby Ann Lee, GardenConf 2019\n\n{notes}", name="x.md").talks
    assert [takeaway.text for takeaway in talk.takeaways] == [
        "Voted on which ferns to plant",
        "Learned that spores need light",
    ]


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("- Plugh Zastro & Quux Fargle", ["Plugh Zastro", "Quux Fargle"]),
        ("- Ann Lee\n  - moss grows slowly in winter", []),
    ],
)
def test_a_first_item_of_names_names_speakers_without_nested_notes(below, names):
    text = (
        f"# GlassConf 2023\n\n## Walls of moss\n\n{below}\n- water less\n- dig more\n\n## Roofs\n\n- Bob Roy\n- grass\n"
    )
    talk = parse_post(text, name="glass.md").talks[0]
    assert [s.name for s in talk.speakers] == names
    assert len(talk.takeaways) == (2 if names else 3)


def test_a_first_name_beside_a_full_name_is_a_speaker():
    notes = "\n\n- water less\n\nMoss moss moss\n\n- dig more\n\n"
    text = f"# GlassConf 2023\n\n## Walls of moss\nAnn Lee & Bob{notes}## Roofs\nBob Roy{notes}## Grass\nJoe Roe{notes}"
    assert [s.name for s in parse_post(text, name="glass.md").talks[0].speakers] == ["Ann Lee", "Bob"]

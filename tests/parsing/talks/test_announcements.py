import pytest

from talks.parsing import explain_post, parse_post


def count_talks(intro: str, title: str) -> int:
    text = f"---\ntitle: {title}\n---\n{intro}\n\n## Gardens by Ann Lee\n\n* a\n\n## Bridges by Bob Roy\n\n* b\n"
    return len(parse_post(text, name="post.md").talks)


@pytest.mark.parametrize(
    ("title", "intro"),
    [
        ("FooConf 2019 is coming", "We will be at FooConf. Join us at our booth."),
        ("FooConf 2019", "The call for papers is open, and tickets will be sold from May."),
        ("FooConf 2019 – have your say!", "Come see the five short papers of our project on Thursday."),
        ("FooConf 2019", "Vou participar da FooConf, e estarei lá com a equipe."),
        ("FooConf 2019", "Ich werde auf der FooConf sein. Die Anmeldung ist offen."),
    ],
)
def test_a_post_that_announces_a_future_event_has_no_talks(title, intro):
    assert count_talks(intro, title) == 0


@pytest.mark.parametrize(
    ("title", "intro"),
    [
        ("FooConf 2019", "I was at FooConf, and next year I will be there again. It was fun."),
        ("Notes from FooConf 2019", "Here is what I heard."),
        ("FooConf 2019 recap", "It will be remembered. You can register for next year, tickets are on sale."),
        ("FooConf 2019", "The future of gardens will be green."),
    ],
)
def test_reports_of_events_have_talks_despite_mentions_of_the_future(title, intro):
    assert count_talks(intro, title) == 2


@pytest.mark.parametrize(
    ("title", "intro", "expected"),
    [
        ("Notes from FooConf 2019", "Text.", 3),
        ("FooConf 2019", "These are the talks that I heard.", 3),
        ("Wood", "It rained.", 0),
    ],
)
def test_headings_without_speakers_are_talks_if_the_post_announces_notes(title, intro, expected):
    headings = ("Gardens that water themselves", "Bridges made of glass", "Roofs for people in a hurry")
    body = "\n\n".join(f"## {heading}\n\n* a" for heading in headings)
    post = parse_post(f"---\ntitle: {title}\n---\n{intro}\n\n{body}\n", name="post.md")
    assert len(post.talks) == expected


@pytest.mark.parametrize(
    ("name", "titles"),
    [("srecon-europe-2015-notes/handling-tickets.md", ["Handling Tickets"]), ("blog/handling-tickets.md", [])],
)
def test_notes_of_a_talk_in_event_folders_may_mention_plans(name, titles):
    notes = "tickets go to everyone\n\nupcoming work waits\n\npeople will be tired\n\nit is going to be like that\n"
    post = parse_post(f"# Handling Tickets\n\n{notes}", name=name)
    assert [talk.title for talk in post.talks] == titles


def test_explanations_in_the_future_tense_announce_no_event():
    text = "# Watering moss at night\n\nYou will need rain. It will be cold.\n\n## Rain\n\nWe will catch it.\n"
    post = parse_post(text, name="fooconf-2019/watering-moss-at-night.md")
    assert [talk.title for talk in post.talks] == ["Watering moss at night"]


def test_abstracts_in_the_future_tense_make_no_post_an_announcement():
    sections = ("## Gardens - Ann Lee\n\nI will show gardens.", "## Bridges - Bob Roy\n\nI will talk about bridges.")
    post = parse_post("# FooConf 2019\n\n{}\n\n{}\n".format(*sections), name="post.md")
    assert [talk.title for talk in post.talks] == ["Gardens", "Bridges"]


def test_notes_about_the_future_do_not_make_posts_announcements():
    notes = "* Moss grows in the shade.\n* It needs rain.\n\nIt will be sold in June. Join us, there will be more.\n\n"
    titles = ("Gardens in winter", "Bridges of wood", "Roses grow at night")
    text = "# Day 2 of FooConf 2019\n\n" + "".join(f"## {title}\n\n{notes}" for title in titles)
    assert [talk.title for talk in parse_post(text, name="notes/fooconf-2019/day-2.md").talks] == [*titles]


def test_items_that_tell_who_spoke_are_talks_despite_promised_recordings():
    opening = "We will be able to watch all talks of FooConf, which will be online soon:"
    names = ("Ann Lee", "Bob Roy", "Eve Moss", "Tom Hill")
    for said, count in (("talked about the moss of", 4), ("– The moss of", 0)):
        items = "".join(f"- {name} {said} {place}\n" for name, place in zip(names, "ABCD", strict=True))
        assert len(parse_post(f"---\ntitle: FooConf 2019\n---\n{opening}\n\n{items}", name="post.md").talks) == count


def test_a_heading_for_organisers_is_no_talk():
    first = "## Coordenadores: Ana Moss e Luis Roca\n\nObrigado a todos."
    post = parse_post(
        f"# FooConf 2019\n\n{first}\n\n## Gardens - Ann Lee\n\n* a\n\n## Bridges - Bob Roy\n\n* b\n", name="p.md"
    )
    assert [talk.title for talk in post.talks] == ["Gardens", "Bridges"]


def test_an_explanation_says_why_a_post_has_no_talks():
    text = "---\ntitle: FooConf 2019\n---\nThese talks got my attention:\n\n* Gardens by Ann Lee\n* Bridges by Bob Roy"
    assert "talks: none, since the writer did not hear what the post lists" in explain_post(text, name="post.md")


PROGRAMME = """
## Friday

- 10:00 [Gardens in winter (Ann Lee)](https://foo.example/1)
- 11:00 [Bridges of wood (Bob Roy)](https://foo.example/2)
- 12:00 [Soils and their worms (Eve Moss)](https://foo.example/3)
"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("fooconf-2019/schedule.md", PROGRAMME, 0),
        ("fooconf-2019/friday.md", f"# FooConf 2019 agenda\n{PROGRAMME}", 0),
        ("fooconf-2019/friday.md", f"# Programm der FooConf 2019\n{PROGRAMME}", 0),
        ("fooconf-2019/friday.md", f"# FooConf 2019\n{PROGRAMME}", 3),
        ("fooconf-2019/schedule.md", f"The talks that I attended:\n{PROGRAMME}", 3),
        ("fooconf-2019/schedule.md", f"{PROGRAMME}  - Dig deeper\n", 3),
    ],
)
def test_a_programme_without_notes_has_no_talks(name, text, expected):
    assert len(parse_post(text, name=name).talks) == expected


@pytest.mark.parametrize(
    "opening",
    [
        "Now and then I give talks. Here are the slides.",
        "I’ve spoken at a couple of conferences:",
        "I have spoken in these countries: Norway, Chad.",
        "These are the talks that I have given so far.",
        "Meine Vorträge der letzten Jahre.",
        "Les conférences que j’ai données.",
        "Mis charlas de los últimos años.",
        "Список моих докладов.",
    ],
)
def test_a_page_about_its_writers_own_talks_has_no_talks(opening):
    assert count_talks(opening, "Talks") == 0


def test_a_page_called_speaking_has_no_talks():
    assert count_talks("Here they are.", "Speaking") == 0
    assert count_talks("Here they are.", "Public Speaking Engagements") == 0
    assert count_talks("Here they are.", "Speaking with moss") == 2


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("FooConf 2019", "I gave talks on both days, and heard some."),
        ("Talks", "Before and after my talks I attended these."),
        ("Talks", "My favourite talks of these years."),
    ],
)
def test_lists_of_talks_heard_are_read_beside_talks_given(title, opening):
    assert count_talks(opening, title) == 2


NOTED = "## {} by Ann Lee\n\n{}\n\n## {} by Bob Roy\n\n{}\n"


@pytest.mark.parametrize(
    "opening",
    [
        "I could not attend day two. Videos of it are online.",
        "If you could not attend, the videos are on YouTube.",
        "Videos will be out soon; I want to watch some of these talks again.",
        "I hope to see more talks next year.",
        "I am looking forward to the recordings of the sessions.",
        "My talks went well.",
        "I gave two talks myself; my slides are online.",
        "Ich will die Vorträge noch einmal anschauen.",
        "Meine Vorträge liefen gut.",
        "Je vais voir les vidéos des conférences une deuxième fois.",
        "Mon programme : huit conférences en deux jours.",
        "Espero ver más charlas el próximo año.",
        "Quero ver mais palestras no próximo ano.",
        "Ik ga de talks nog eens zien.",
        "Мои доклады прошли хорошо.",
    ],
)
@pytest.mark.parametrize(
    "noted",
    [
        ("* moss needs deep shade\n* water twice a week", "* oak lasts longest of all\n* steel rusts"),
        ("Ann shows how moss grows in deep shade. It needs water.", "Bob explains why oak lasts longest of all."),
    ],
)
def test_sections_with_notes_are_talks_despite_a_sentence_about_plans(opening, noted):
    body = NOTED.format("Gardens", noted[0], "Bridges", noted[1])
    assert len(parse_post(f"---\ntitle: Two days of moss\n---\n{opening}\n\n{body}", name="post.md").talks) == 2


@pytest.mark.parametrize(
    "noted", ["* 10:00 - 10:45", "* [Slides](https://foo.example/1)", "I want to know more of it."]
)
def test_planned_talks_with_only_times_links_or_wishes_are_none(noted):
    body = NOTED.format("Gardens", noted, "Bridges", noted)
    text = f"# FooConf 2019\n\nI plan to attend these talks.\n\n{body}"
    assert parse_post(text, name="post.md").talks == ()


@pytest.mark.parametrize(
    "body",
    [
        (
            "Ann Lee's talk on [Moss](https://a.example) shows how moss grows in shade.\n\n"
            "Bob Roy's talk on [Oak](https://b.example) explains why oak lasts longest.\n"
        ),
        (
            "* **Gardens in winter** (Ann Lee): moss needs shade and much water.\n"
            "* **Bridges of wood** (Bob Roy): oak lasts longest of all woods.\n"
        ),
        (
            "| Talk | Speaker | Notes |\n|---|---|---|\n| Gardens in winter | Ann Lee | moss needs shade and water |\n"
            "| Bridges of wood | Bob Roy | oak lasts longest of all |\n"
        ),
    ],
)
@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("FooConf 2019", "I hope to see more talks next year."),
        ("FooConf 2019", "Espero ver más charlas el próximo año."),
        ("FooConf 2019", "I missed some talks; here are those with the best content:"),
        ("FooConf 2019 schedule", "It rains."),
    ],
)
def test_talks_with_short_notes_are_read_below_sentences_about_plans(title, opening, body):
    assert len(parse_post(f"---\ntitle: {title}\n---\n{opening}\n\n{body}", name="post.md").talks) == 2


@pytest.mark.parametrize(
    "above",
    [
        "These are the sessions that caught my attention.\n\n",
        "These are talks not to be missed:\n\n",
        "Here are talks that I missed:\n\n",
        "# Talks that got my attention\n\n",
        "# Ma sélection de conférences\n\n",
        "# Talks not to be missed\n\n",
        "# Не пропустите эти доклады\n\n",
    ],
)
def test_sections_with_notes_are_talks_below_a_line_about_plans(above):
    body = NOTED.format("Gardens", "* moss needs shade", "Bridges", "* oak lasts longest")
    assert len(parse_post(f"---\ntitle: FooConf 2019\n---\n{above}{body}", name="post.md").talks) == 2


NOTED_THINGS = "# Moss\n\n- dig by Ann Lee\n- rain\n- shade\n"


@pytest.mark.parametrize(
    ("name", "front"),
    [
        ("vault-notes/Books/Ann Lee - Moss/Moss.md", ""),
        ("vault-notes/My Recipes/Moss.md", ""),
        ("vault-notes/garden tools/Moss.md", ""),
        ("vault-notes/Moss.md", "---\ntags: [book]\n---\n"),
        ("vault-notes/Moss.md", "---\ntags: [code-kata]\n---\n"),
    ],
)
def test_notes_on_books_recipes_and_tools_are_no_talks(name, front):
    assert not parse_post(front + NOTED_THINGS, name=name).talks


@pytest.mark.parametrize(
    ("name", "front"),
    [
        ("books/talks/Moss by Ann Lee.md", ""),
        ("books/GardenConf 2019/Moss by Ann Lee.md", ""),
        ("talks/Moss by Ann Lee.md", "---\ntags: [book, talk]\n---\n"),
        ("books/Moss.md", "---\nspeakers: [Ann Lee]\n---\n"),
    ],
)
def test_notes_of_talks_beside_books_stay_talks(name, front):
    assert len(parse_post(front + NOTED_THINGS, name=name).talks) == 1


BOOKS = (
    "## {} – Ann Lee\n\nShe digs.\n\n## Walls of stone – Bob Roy\n\nHe builds.\n\n"
    "## Wet gardens – Tom Hill\n\nIt rains.\n"
)


@pytest.mark.parametrize(("title", "count"), [("Ten books on moss", 0), ("Books I read", 0), ("Books in Browsers", 3)])
def test_a_title_that_tells_of_books_is_of_no_talks(title, count):
    assert len(parse_post(f"---\ntitle: {title}\n---\n{BOOKS.format('Hills of moss')}", name="x.md").talks) == count


def test_references_of_a_post_of_no_event_are_no_talks():
    items = "- [Moss, by Ann Lee, 1982](https://x.example/1)\n- [Roses, by Bob Roy, 1986](https://x.example/2)\n"
    text = f"# My garden\n\nI heard talks.\n\n## {{}}\n\n{items}"
    assert not parse_post(text.format("References"), name="x.md").talks
    assert len(parse_post(text.format("Talks"), name="x.md").talks) == 2
